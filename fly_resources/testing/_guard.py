"""Keep tests from reaching the live service by accident: connections are refused before they are made.

An audit hook of the interpreter sees every host name lookup and every connection that Python's own sockets
make, whatever the client; `Fly` and `AsyncFly` announce what they send through a proxy. The hook cannot be
removed, so there is one per process, which is switched on and off.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Generator

#: Fly.io's own addresses, public and internal (PL-2), and the socket of a machine.
_LIVE: Final = frozenset({"api.machines.dev", "api.fly.io", "_api.internal"})
_SOCKET: Final = "/.fly/api"
#: Other variables that tell a developer's programs where the service is.
_ADDRESS_VARIABLES: Final = ("FLY_FLAPS_BASE_URL", "FLY_API_HOSTNAME")
_PROXIES: Final = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
#: Raised by this library's clients: what goes through a proxy shows no lookup.
_PROXIED: Final = "fly_resources.proxied"
_LOOKUPS: Final = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


class _Guard:
    """The state of the guard: whether it refuses connections, and whether the hook is installed."""

    refuses = False
    installed = False


def switch(*, on: bool) -> bool:
    """Refuse connections to the live service from now on, or allow them; returns the previous setting."""
    if on and not _Guard.installed:
        sys.addaudithook(_watch)
        _Guard.installed = True
    before, _Guard.refuses = _Guard.refuses, on
    return before


@contextlib.contextmanager
def without_proxies() -> Generator[None]:
    """Keep environment proxies from carrying requests to the live service: no lookup would show them."""
    if not any(os.environ.get(name) for name in _PROXIES):
        yield
        return
    before = {name: os.environ.get(name) for name in ("NO_PROXY", "no_proxy")}
    listed = [value for value in before.values() if value]
    for name in before:
        os.environ[name] = ",".join([*listed, *sorted(_LIVE)])
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not _Guard.refuses or not event.startswith(("socket.", "fly_resources.")):
        return
    asked: object = None
    if event in _LOOKUPS or event == _PROXIED:
        asked = arguments[0]
    elif event == "socket.connect":
        asked = arguments[1][0] if isinstance(arguments[1], tuple) else arguments[1]
    host = asked.decode("ascii", "replace") if isinstance(asked, bytes) else asked
    if isinstance(host, str) and _is_live(host.lower().rstrip(".")):
        _refuse(host)


def _is_live(host: str) -> bool:
    if host in _LIVE or host == _SOCKET:
        return True
    named = (os.environ.get(name) for name in _ADDRESS_VARIABLES)
    return any(host == _host_of(address) for address in named if address) and not _is_loopback(host)


def _host_of(address: str) -> str | None:
    with contextlib.suppress(ValueError):
        return urlsplit(address if "//" in address else f"//{address}").hostname
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse(host: str) -> None:
    from fly_resources.errors import LiveServiceError  # noqa: PLC0415 - see the plugin's docstring

    raise LiveServiceError(
        f"This test was about to send a request to {host}, which is Fly.io itself; nothing was sent. For "
        "the simulator, use the fixture fly (or async_fly), which is a client, or fly_world, which catches "
        "the clients that the tested code creates itself. To run tests on Fly.io: pytest --fly-live."
    )
