"""What `Fly` and `AsyncFly` have in common: settings, and the transports that requests go through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Never, NoReturn, Self, TypedDict, Unpack, cast

import httpx

from fly_resources import _arguments, _checks, _guesses, _settings
from fly_resources._address import TokenAuth, find_base_url, find_token
from fly_resources._clock import Clock, SystemClock
from fly_resources._flows.departed import Departed
from fly_resources._flows.run import Options
from fly_resources._http import TIMEOUT, ErrorTransport, Sdk
from fly_resources._network import MACHINE_SOCKET, Network, find_network, find_socket
from fly_resources._transports import Lifetime
from fly_resources.errors import ConfigurationError
from fly_resources.ratelimit import RateLimit, RateLimitTransport, as_limit
from fly_resources.retry import RetryPolicy, RetryTransport, as_policy

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from fly_machines import Client

    from fly_resources.report import Event
    from fly_resources.resources import Secret

#: Of a client that needs none.
_NO_TOKEN: Final[Any] = object()


class MachineSettings(TypedDict, total=False):
    """What `Fly.in_machine` takes: the settings of `Fly` that are not about the way to the API."""

    owner: str | None
    retry: RetryPolicy | bool | None
    rate_limit: RateLimit | bool | None
    max_concurrency: int
    clock: Clock | None
    on_event: Callable[[Event], object] | None
    timeout: float | httpx.Timeout | None
    headers: Mapping[str, str] | None


class ClientBase:
    """What `Fly` and `AsyncFly` share: settings, transports, options."""

    _is_async: ClassVar[bool]
    _network_kind: ClassVar[Any]

    def __init__(
        self,
        token: str | Secret | None = None,
        *,
        base_url: str | None = None,
        owner: str | None = None,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
        retry: RetryPolicy | bool | None = None,
        rate_limit: RateLimit | bool | None = None,
        max_concurrency: int = 128,
        clock: Clock | None = None,
        on_event: Callable[[Event], object] | None = None,
        timeout: float | httpx.Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        proxy: str | httpx.URL | httpx.Proxy | None = None,
        verify: str | ssl.SSLContext | bool | None = None,
        **unknown: Never,
    ) -> None:
        """Find the token and the address; nothing is sent yet."""
        kind = type(self).__name__
        _settings.refuse_unknown(kind, unknown)
        _checks.check_owner(owner)
        _settings.check(kind, max_concurrency, on_event, transport=transport, network=(proxy, verify))
        _arguments.check_clock(kind, clock)
        self._base_url = find_base_url(base_url)
        self._auth = self._find_auth(token)
        self._owner = owner
        self._departed = Departed()
        self._clock = clock or SystemClock()
        self._max_concurrency = max_concurrency  # before the transport, which has as many connections
        self._on_event = cast("Callable[[object], object] | None", on_event)
        self._timeout = _settings.as_timeout(kind, timeout)
        self._headers = _settings.as_headers(kind, headers)
        network = Network() if transport is not None else find_network(self._base_url, proxy, verify)
        inner = self._open_network(network) if transport is None else self._own_half(transport)
        limited = RateLimitTransport(inner, as_limit(kind, "rate_limit", rate_limit), clock=self._clock)
        retrying = RetryTransport(limited, as_policy(kind, "retry", retry), clock=self._clock)
        self._lifetime = Lifetime(kind, is_async=self._is_async)
        self._transport = ErrorTransport(
            retrying, self._lifetime, via=network.via or getattr(transport, "via", "")
        )
        #: The SDK's client, for its operations: same token, retries, rate limits and errors.
        self.sdk: Client = Sdk(base_url=self._base_url)
        #: The same for the verbs, which do not decide by answers that are odd.
        self._careful_sdk = Sdk(base_url=self._base_url)
        self._open()

    @classmethod
    def in_machine(cls, socket: str = MACHINE_SOCKET, **settings: Unpack[MachineSettings]) -> Self:
        """Return a client for the machine that this runs on: through its own socket, without a token (PL-2).

        Args:
            socket: The path of the socket.
            **settings: Those of the class, but for `token`, `base_url`, `transport`, `proxy` and `verify`.

        Raises:
            ConfigurationError: There is no such socket, so this is not a machine of Fly.io.
        """
        path = find_socket(socket)
        most = settings.get("max_concurrency", 128)
        connections = httpx.Limits(max_connections=most, max_keepalive_connections=most)
        inner = Network().open(cls._network_kind, connections, uds=path)
        given: Any = settings
        return cls(_NO_TOKEN, base_url="http://localhost", transport=inner, **given)

    def _find_auth(self, token: str | Secret | None) -> TokenAuth | None:
        return None if token is _NO_TOKEN else TokenAuth(find_token(token), self._base_url)

    def _open_network(self, network: Network) -> httpx.BaseTransport | httpx.AsyncBaseTransport:
        opened: httpx.BaseTransport | httpx.AsyncBaseTransport = network.open(
            self._network_kind, self._connections()
        )
        return opened

    def _own_half(self, transport: Any) -> httpx.BaseTransport | httpx.AsyncBaseTransport:  # noqa: ANN401  # checked here
        """Return a caller's transport if it is of this class's kind."""
        if self._is_async and not isinstance(transport, httpx.AsyncBaseTransport):
            raise ConfigurationError("This transport blocks: AsyncFly needs an async one, or use Fly.")
        if not self._is_async and not isinstance(transport, httpx.BaseTransport):
            raise ConfigurationError(
                "This transport is async only: Fly needs one that blocks, or use AsyncFly."
            )
        checked: httpx.BaseTransport | httpx.AsyncBaseTransport = transport
        return checked

    def _open(self) -> None:
        raise NotImplementedError

    def _settings(self, *, careful: bool = False) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "auth": self._auth,
            "timeout": TIMEOUT if careful else self._timeout,
            "headers": self._headers,
            "transport": self._transport,
        }

    def _connections(self) -> httpx.Limits:
        most = self._max_concurrency
        return httpx.Limits(max_connections=most, max_keepalive_connections=most)

    def _options(self, *, prune: bool = False, **chosen: Any) -> Options:  # noqa: ANN401  # Options' own fields
        if prune and self._owner is None:
            raise ConfigurationError(
                f"prune=True needs {type(self).__name__}(owner=...): "
                "without it, no machine is known to be ours."
            )
        return Options(owner=self._owner, prune=prune, departed=self._departed, **chosen)

    if not TYPE_CHECKING:  # type checkers find what is not there by themselves

        def __getattr__(self, name: str) -> NoReturn:
            """Say what was probably meant."""
            raise AttributeError(_guesses.about(type(self).__name__, name), name=name, obj=self)

    def __repr__(self) -> str:
        """Name the address and the owner; the token stays hidden."""
        return f"{type(self).__name__}(base_url={self._base_url!r}, owner={self._owner!r})"
