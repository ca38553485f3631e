"""The simulated world that all clients in a test talk to, including those that the tested code creates."""

from __future__ import annotations

import _socket
import contextlib
import socket
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

import attrs

from fly_resources._lazy import lazy

if TYPE_CHECKING:
    import httpx

    from fly_resources._engine.clock import Clock
    from fly_resources.testing import _simulator
    from fly_resources.testing._server import SimulatorServer

    Transport = httpx.BaseTransport | httpx.AsyncBaseTransport
else:
    _simulator = lazy("fly_resources.testing._simulator")

#: The variables where flyctl, other clients and this library look up the address and the token.
ADDRESS_VARIABLES: Final = ("FLY_FLAPS_BASE_URL", "FLY_API_HOSTNAME")
TOKEN_VARIABLE: Final = "FLY_API_TOKEN"  # noqa: S105 - its name
#: This one takes precedence over the other.
OTHER_TOKEN_VARIABLE: Final = "FLY_ACCESS_TOKEN"  # noqa: S105 - its name


@attrs.frozen
class FlyWorld:
    """A test's simulator, served over HTTP: the value of the fixture `fly_world`.

    Attributes:
        simulator: The `FlySimulator`; also the fixture `fly_simulator`.
        url: The base URL, without `/v1`, in the form that flyctl takes.
        env: The variables that the fixture has set, for programs that get their own environment.
    """

    simulator: _simulator.FlySimulator
    url: str
    env: Mapping[str, str]


def world_of(simulator: _simulator.FlySimulator, server: SimulatorServer, token: str) -> FlyWorld:
    """Describe a served simulator."""
    env = dict.fromkeys(ADDRESS_VARIABLES, server.url) | {TOKEN_VARIABLE: token}
    return FlyWorld(simulator, server.url, env)


@contextlib.contextmanager
def default_network(
    choose: Callable[[str, Callable[[], Transport]], tuple[Transport, Clock] | None],
) -> Generator[None]:
    """Choose the network and clock of this library's clients that were created without either.

    Args:
        choose: Called with the address of such a client and a function that opens its own network; returns
            the network to use instead and its clock, or None to use the client's own.
    """
    from fly_resources._client.base import ClientBase  # noqa: PLC0415 - the plugin imports what a test uses
    from fly_resources._engine.clock import SystemClock  # noqa: PLC0415 - the same

    plain: Callable[..., Transport] = ClientBase._open_network  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # a seam

    def open_network(client: Any, network: Any) -> Transport:  # noqa: ANN401 - of the class that is patched
        chosen = choose(client._base_url, lambda: plain(client, network))  # noqa: SLF001 - the same
        if chosen is None:
            return plain(client, network)
        transport, clock = chosen
        if type(client._clock) is SystemClock:  # noqa: SLF001 - the same
            client._clock = clock  # noqa: SLF001 - the same
        return transport

    with mock.patch.object(ClientBase, "_open_network", open_network):
        yield


@contextlib.contextmanager
def reachable(url: str) -> Generator[None]:
    """Let connections to a served simulator pass tools that block network access in tests.

    pytest-recording's `--block-network` and pytest-socket replace the methods of `socket.socket`.
    """
    host, _, port = url.removeprefix("http://").partition(":")
    own = (host, int(port))

    def through(name: str) -> Any:  # noqa: ANN401 - a patch
        blocked, plain = getattr(socket.socket, name), getattr(_socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:  # noqa: ANN401 - any family's
            return plain(self, address) if address == own else blocked(self, address)

        return mock.patch.object(socket.socket, name, connect)

    with through("connect"), through("connect_ex"):
        yield
