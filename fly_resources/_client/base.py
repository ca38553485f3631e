"""The common base of `Fly` and `AsyncFly`: settings and transports."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Never, NoReturn, Self, TypedDict, Unpack, cast

import httpx

from fly_resources._checks import arguments, fields
from fly_resources._client import guesses, settings
from fly_resources._engine.clock import Clock, SystemClock
from fly_resources._engine.sharing import Reads
from fly_resources._http.address import TokenAuth, find_base_url, find_token
from fly_resources._http.client import ErrorTransport, Sdk, send_through
from fly_resources._http.network import MACHINE_SOCKET, Network, find_network, find_socket
from fly_resources._lazy import lazy
from fly_resources._nouns.departed import Departed
from fly_resources._secret import Secret  # noqa: TC001  # for typing.get_type_hints
from fly_resources._wire.transports import Lifetime
from fly_resources.errors import ConfigurationError
from fly_resources.ratelimit import RateLimit, RateLimitTransport, as_limit
from fly_resources.retry import RetryPolicy, RetryTransport, as_policy

if TYPE_CHECKING:
    from fly_machines import Client

    from fly_resources import report
    from fly_resources._nouns import run
else:
    report = lazy("fly_resources.report")
    run = lazy("fly_resources._nouns.run")

#: The token of a client that needs none.
_NO_TOKEN: Final[Any] = object()
#: The kind of transport that each client takes, and what to say of the other kind; async by True.
_HALVES: Final[dict[bool, tuple[type[httpx.BaseTransport | httpx.AsyncBaseTransport], str]]] = {
    False: (httpx.BaseTransport, "Fly needs a blocking transport, and this one is async: use AsyncFly."),
    True: (
        httpx.AsyncBaseTransport,
        "AsyncFly needs an async transport, and this one is blocking: use Fly.",
    ),
}


class MachineSettings(TypedDict, total=False):
    """The settings of `Fly.in_machine`: those of `Fly` that do not concern the connection to the API."""

    owner: str | None
    retry: RetryPolicy | bool | None
    rate_limit: RateLimit | bool | None
    max_concurrency: int
    clock: Clock | None
    on_event: Callable[[report.Event], object] | None
    timeout: float | httpx.Timeout | None
    headers: Mapping[str, str] | None


class ClientBase:
    """The common base of `Fly` and `AsyncFly`."""

    _is_async: ClassVar[bool]
    _network_kind: ClassVar[Any]
    _http_kind: ClassVar[Any]

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
        on_event: Callable[[report.Event], object] | None = None,
        timeout: float | httpx.Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        proxy: str | httpx.URL | httpx.Proxy | None = None,
        verify: str | ssl.SSLContext | bool | None = None,
        **unknown: Never,
    ) -> None:
        """Find the token and the address; nothing is sent."""
        kind = type(self).__name__
        settings.refuse_unknown(kind, unknown)
        fields.check_owner(owner)
        settings.check(kind, max_concurrency, on_event, transport=transport, proxy=proxy, verify=verify)
        arguments.check_clock(kind, clock)
        self._base_url = find_base_url(base_url)
        self._auth = None if token is _NO_TOKEN else TokenAuth(find_token(token), self._base_url)
        self._owner = owner
        self._departed = Departed()
        self._reads = Reads()
        self._clock = clock or SystemClock()
        self._max_concurrency = max_concurrency  # before the transport, which opens as many connections
        self._on_event = cast("Callable[[object], object] | None", on_event)
        network = Network() if transport is not None else find_network(self._base_url, proxy, verify)
        inner = self._open_network(network) if transport is None else self._own_half(transport)
        self._lifetime = Lifetime(kind, is_async=self._is_async)
        limited = RateLimitTransport(inner, as_limit(kind, "rate_limit", rate_limit), clock=self._clock)
        retrying = RetryTransport(limited, as_policy(kind, "retry", retry), clock=self._clock)
        via = network.via or getattr(transport, "via", "")
        self._transport = ErrorTransport(retrying, self._lifetime, via=via)
        self._http: Any = self._http_kind(
            base_url=self._base_url,
            auth=self._auth,
            timeout=settings.as_timeout(kind, timeout),
            headers=settings.as_headers(kind, headers),
            transport=self._transport,
        )
        #: The client for the SDK's functions, with the same token, retries, rate limits and errors.
        self.sdk: Client = Sdk(base_url=self._base_url)
        send_through(self._http, self.sdk)

    @classmethod
    def in_machine(cls, socket: str = MACHINE_SOCKET, **settings: Unpack[MachineSettings]) -> Self:
        """Return a client that uses the API socket of the machine that it runs on, without a token (PL-2).

        Args:
            socket: The path of the socket.
            **settings: The arguments of the class except `token`, `base_url`, `transport`, `proxy` and
                `verify`.

        Raises:
            ConfigurationError: The socket does not exist, so this is not a Fly.io machine.
        """
        path = find_socket(socket)
        inner = Network().open(cls._network_kind, settings.get("max_concurrency", 128), uds=path)
        given: Any = settings
        return cls(_NO_TOKEN, base_url="http://localhost", transport=inner, **given)

    def _open_network(self, network: Network) -> httpx.BaseTransport | httpx.AsyncBaseTransport:
        opened: httpx.BaseTransport | httpx.AsyncBaseTransport = network.open(
            self._network_kind, self._max_concurrency
        )
        return opened

    def _own_half(self, transport: Any) -> httpx.BaseTransport | httpx.AsyncBaseTransport:  # noqa: ANN401  # checked here
        """Return the caller's transport if it fits this class (sync or async)."""
        kind, mismatch = _HALVES[self._is_async]
        if not isinstance(transport, kind):
            raise ConfigurationError(mismatch)
        return transport

    def _options(self, *, prune: bool = False, **chosen: Any) -> run.Options:  # noqa: ANN401  # Options' own fields
        if prune and self._owner is None:
            raise ConfigurationError(
                f"prune=True needs {type(self).__name__}(owner=...), which marks the machines that are ours."
            )
        return run.Options(owner=self._owner, prune=prune, departed=self._departed, **chosen)

    if not TYPE_CHECKING:  # type checkers find what is not there by themselves

        def __getattr__(self, name: str) -> NoReturn:
            """Raise AttributeError with a suggestion."""
            raise AttributeError(guesses.about(type(self).__name__, name), name=name, obj=self)

    def __reduce__(self) -> NoReturn:
        """Refuse pickles and deep copies, which would hold the token and broken connections."""
        raise TypeError(f"a {type(self).__name__} cannot be pickled or copied: create one in each process")

    def __copy__(self) -> Self:
        """Return itself."""
        return self

    def __repr__(self) -> str:
        """Return the address and the owner, without the token."""
        return f"{type(self).__name__}(base_url={self._base_url!r}, owner={self._owner!r})"
