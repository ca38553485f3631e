"""`Fly` and `AsyncFly`: the verbs, and the SDK handle."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Never,
    NoReturn,
    Self,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
    overload,
)

import httpx

from fly_resources import _arguments, _guesses, _keywords, _settings
from fly_resources._address import TokenAuth, find_base_url, find_token
from fly_resources._clock import Clock, SystemClock
from fly_resources._effects import AsyncDriver, BlockingDriver
from fly_resources._flows import leases, verbs
from fly_resources._flows.run import Options, Run
from fly_resources._halting import in_a_hurry, undisturbed
from fly_resources._http import TIMEOUT, AsyncHttp, BlockingHttp, ErrorTransport, Sdk
from fly_resources._network import MACHINE_SOCKET, Network, find_network, find_socket
from fly_resources._transports import Lifetime
from fly_resources.errors import ConfigurationError
from fly_resources.ratelimit import RateLimit, RateLimitTransport, as_limit
from fly_resources.resources import Certificate, Secret
from fly_resources.retry import RetryPolicy, RetryTransport, as_policy

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Callable, Generator, Mapping
    from types import TracebackType

    from fly_machines import Client, models
    from fly_machines.bound import Api, AsyncApi

    from fly_resources._effects import Flow
    from fly_resources.report import Event, Plan, Report
    from fly_resources.resources import Machine, Resource

__all__ = ["AsyncFly", "Fly"]

T = TypeVar("T")
ModelT = TypeVar("ModelT")

#: Seconds in which leases are given back while an interrupt waits for that; they end by themselves.
GIVE_BACK_S: Final = 10.0


#: Of a client that needs none.
_NO_TOKEN: Final = Secret("none")


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


class _Base:
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
        _settings.check(kind, owner, max_concurrency, on_event, transport=transport, network=(proxy, verify))
        _arguments.check_clock(kind, clock)
        self._base_url = find_base_url(base_url)
        self._auth = self._find_auth(token)
        self._owner = owner
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
        return Options(owner=self._owner, prune=prune, **chosen)

    if not TYPE_CHECKING:  # type checkers find what is not there by themselves

        def __getattr__(self, name: str) -> NoReturn:
            """Say what was probably meant."""
            raise AttributeError(_guesses.about(type(self).__name__, name), name=name, obj=self)

    def __repr__(self) -> str:
        """Name the address and the owner; the token stays hidden."""
        return f"{type(self).__name__}(base_url={self._base_url!r}, owner={self._owner!r})"


@_keywords.with_answers
class Fly(_Base):
    """The verbs, blocking. Use it as a context manager, or `close()` it. Threads may share it.

    Args:
        token: A Fly.io token; else FLY_ACCESS_TOKEN, then FLY_API_TOKEN (AU-8).
        base_url: Address of the API; else FLY_FLAPS_BASE_URL, then https://api.machines.dev.
        owner: Marks the machines that this program keeps.
        transport: What to send through instead of the network, e.g. `FlySimulator().transport()`.
        retry: When a request is sent again; `RetryPolicy()` by default, False for never (but see
            `RetryTransport` on apps that were just made).
        rate_limit: How fast requests are sent; Fly.io's documented limits by default, False for no limit.
        max_concurrency: How many things are done at once: a machine that is waited for is one of them.
        clock: Where time comes from; tests pass a `VirtualClock`.
        on_event: Called with an `Event` for each step, on the thread that makes it; two may come at once.
        timeout: Seconds (or an `httpx.Timeout`) for one request through `api` or `sdk`; 75 by default. The
            verbs have their own, because a client that gives up on a write first learns nothing of it.
        headers: Sent with every request, beside the library's own.
        proxy: Address of a proxy; else HTTPS_PROXY, then ALL_PROXY, unless NO_PROXY excepts the host. Never
            for loopback and Fly.io's private addresses.
        verify: A file or folder of certificates, or an `ssl.SSLContext`; else SSL_CERT_FILE, SSL_CERT_DIR,
            then certifi's.

    A forked child uses connections of its own. After `close()`, every call is a ConfigurationError.

    Raises:
        ConfigurationError: No token, an address that would show it to the network, or a wrong argument.
    """

    _is_async = False
    _network_kind = httpx.HTTPTransport

    @property
    def api(self) -> Api:
        """Every operation of the API: `fly.api.machines.list("shop")`."""
        from fly_machines import bound  # noqa: PLC0415  # for those who use it

        return bound.Api(self.sdk, refuse=ConfigurationError)

    def _open(self) -> None:
        self._http = BlockingHttp(**self._settings())
        self.sdk.set_httpx_client(self._http)
        self._careful_http = BlockingHttp(**self._settings(careful=True), cookies=self._http.cookies.jar)
        self._careful_http.careful = True
        self._careful_sdk.set_httpx_client(self._careful_http)

    def __enter__(self) -> Self:
        """Return itself."""
        self._lifetime.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections. Every later call is a ConfigurationError, but for another `close()`."""
        self._http.close()
        self._careful_http.close()

    def plan(
        self,
        *resources: Resource[Any],
        prune: bool = False,
        destroy: bool = False,
        replace: bool = False,
        take_over: bool = False,
        everything: bool = False,
        force: bool = False,
    ) -> Plan:
        """Say what `ensure` (or with `destroy=True`, `destroy`) would do. Only reads are sent.

        The other arguments are those of `ensure` and `destroy`.

        Raises:
            ConfigurationError: The description cannot be right.
            ReconcileError: The described state cannot be reached.
            ApiError, TransportError: A read failed.
        """
        options = self._options(
            prune=prune, replace=replace, take_over=take_over, everything=everything, force=force
        )
        return self._driver().run(
            verbs.plan_destroy(resources, options) if destroy else verbs.plan(resources, options)
        )

    def ensure(
        self,
        *resources: Resource[Any],
        prune: bool = False,
        replace: bool = False,
        take_over: bool = False,
        wait: bool = True,
        max_unavailable: int | str = 1,
        smoke_s: float = 10.0,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> Report:
        """Bring the resources, and what they refer to, to the described state.

        Args:
            *resources: What should exist; order does not matter.
            prune: Destroy the machines of these apps that carry this client's `owner` and are no longer
                named: last, and only if everything else succeeded. Volumes are never pruned.
            replace: Destroy a machine and make it again where the API cannot change it. Its volume stays.
            wait: Return only when machines that were made or changed run.
            take_over: Also change machines that flyctl deploys.
            max_unavailable: How many running machines of an app change at once: a number, or "33%".
            smoke_s: Seconds that a changed machine without checks has to stay up before the next healthy one
                is taken down; 0 for no such wait.
            step_timeout_s: Seconds that one machine may take, beyond its own stop timeout and the grace
                period of its checks.
            timeout_s: Seconds after which nothing more is begun; None for no limit.

        Raises:
            ConfigurationError, ReconcileError: Known before anything was written.
            ApiError, TransportError: A read failed before anything was written.
            EnsureError: Some resources failed; the others are as described.
        """
        options = self._options(
            prune=prune,
            replace=replace,
            take_over=take_over,
            wait=wait,
            max_unavailable=checked_width(max_unavailable),
            smoke_s=smoke_s,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
        )
        return self._carry_out(functools.partial(verbs.ensure, resources, options))

    def destroy(
        self,
        *resources: Resource[Any],
        everything: bool = False,
        force: bool = False,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> Report:
        """Destroy the resources, and nothing that they only refer to. What is absent is fine.

        Args:
            *resources: What should not exist.
            everything: An `App` goes with what it holds, named or not.
            force: Do not stop machines gently first; one on a lost host is deleted when that is back.
            step_timeout_s: Seconds that one machine may take to stop, beyond its own stop timeout.
            timeout_s: Seconds after which nothing more is begun; None for no limit.

        Raises:
            NotOwnedError: An app holds what was not named; nothing was destroyed.
            ApiError, TransportError: A read failed; nothing was destroyed.
            EnsureError: Some resources are left.
        """
        options = self._options(
            everything=everything, force=force, step_timeout_s=step_timeout_s, timeout_s=timeout_s
        )
        return self._carry_out(functools.partial(verbs.destroy, resources, options))

    def read(self, resource: Resource[ModelT]) -> ModelT | None:
        """Return the SDK's model of one resource as it is now; None if there is none."""
        return cast("ModelT | None", self._driver().run(verbs.read(resource)))

    @overload
    def wait(
        self, resource: Machine, *, state: str = ..., checks: bool = ..., timeout_s: float = ...
    ) -> models.Machine: ...

    @overload
    def wait(self, resource: Certificate, *, timeout_s: float = ...) -> models.CertificateDetail: ...

    def wait(
        self,
        resource: Machine | Certificate,
        *,
        state: str = "started",
        checks: bool = True,
        timeout_s: float = 300.0,
    ) -> models.Machine | models.CertificateDetail:
        """Wait until a machine is in `state`, if "started" with its checks passing; or a certificate issued.

        "destroyed": of a machine that is gone already, the answer holds its name and nothing else.

        Raises:
            WaitTimeoutError: It is not, after `timeout_s` seconds.
            ReconcileError: There is no such thing, or it will not get there.
        """
        options = self._options(step_timeout_s=timeout_s)
        if isinstance(resource, Certificate):
            found = self._driver().run(verbs.wait_until_issued(resource, options))
            return cast("models.CertificateDetail", found)
        flow = verbs.wait(resource, options, state=state, checks=checks)
        return cast("models.Machine", self._driver().run(flow))

    @contextlib.contextmanager
    def lease(self, machine: Machine, *, ttl_s: int = 60, timeout_s: float = 300.0) -> Generator[str]:
        """Hold a machine's lease for a `with` block: nobody else can change it meanwhile.

        Yields the nonce, which the SDK's machine operations take as `fly_machine_lease_nonce`. The lease
        ends after `ttl_s` seconds, or with the block.

        Raises:
            LeaseHeldError: Another still holds it after `timeout_s` seconds.
            ReconcileError: There is no such machine.
        """
        runs: list[Run] = []
        options = self._options(step_timeout_s=timeout_s)
        try:
            yield self._driver().run(verbs.hold(machine, options, ttl_s, runs.append))
        finally:
            self._give_back(runs, options.step_timeout_s)

    def _driver(self) -> BlockingDriver:
        self._lifetime.check()
        return BlockingDriver(
            self._careful_sdk, self._clock, max_concurrency=self._max_concurrency, on_event=self._on_event
        )

    def _carry_out(self, verb: Callable[[Callable[[Run], None]], Flow[Report]]) -> Report:
        runs: list[Run] = []
        try:
            return self._driver().run(verb(runs.append))
        except BaseException:
            self._give_back(runs, GIVE_BACK_S)  # an interrupt cuts flows short
            raise

    def _give_back(self, runs: list[Run], within_s: float) -> None:
        """Release the leases that are still held."""
        with in_a_hurry(self._clock.now() + within_s):
            for run in runs:
                self._driver().run(leases.release_all(run))


@_keywords.with_answers
class AsyncFly(_Base):
    """The verbs, to be awaited. The same arguments, results and errors as `Fly`.

    Use it with `async with`, or `await aclose()` it. It belongs to the event loop of asyncio in which it is
    used first: in another one, every call is a ConfigurationError before anything is sent.
    """

    _is_async = True
    _network_kind = httpx.AsyncHTTPTransport

    @property
    def api(self) -> AsyncApi:
        """Every operation of the API: `await fly.api.machines.list("shop")`."""
        from fly_machines import bound  # noqa: PLC0415  # for those who use it

        return bound.AsyncApi(self.sdk, refuse=ConfigurationError)

    def _open(self) -> None:
        self._http = AsyncHttp(**self._settings())
        self.sdk.set_async_httpx_client(self._http)
        self._careful_http = AsyncHttp(**self._settings(careful=True), cookies=self._http.cookies.jar)
        self._careful_http.careful = True
        self._careful_sdk.set_async_httpx_client(self._careful_http)

    async def __aenter__(self) -> Self:
        """Return itself; it belongs to this event loop from here on."""
        self._lifetime.check()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Every later call is a ConfigurationError, but for another `aclose()`.

        Raises:
            ConfigurationError: It belongs to another event loop, which is still there.
        """
        await self._http.aclose()
        await self._careful_http.aclose()

    async def plan(
        self,
        *resources: Resource[Any],
        prune: bool = False,
        destroy: bool = False,
        replace: bool = False,
        take_over: bool = False,
        everything: bool = False,
        force: bool = False,
    ) -> Plan:
        """Say what would be done; see `Fly.plan`."""
        options = self._options(
            prune=prune, replace=replace, take_over=take_over, everything=everything, force=force
        )
        flow = verbs.plan_destroy(resources, options) if destroy else verbs.plan(resources, options)
        return await self._driver().run(flow)

    async def ensure(
        self,
        *resources: Resource[Any],
        prune: bool = False,
        replace: bool = False,
        take_over: bool = False,
        wait: bool = True,
        max_unavailable: int | str = 1,
        smoke_s: float = 10.0,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> Report:
        """Bring the resources to the described state; see `Fly.ensure`."""
        options = self._options(
            prune=prune,
            replace=replace,
            take_over=take_over,
            wait=wait,
            max_unavailable=checked_width(max_unavailable),
            smoke_s=smoke_s,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
        )
        return await self._carry_out(functools.partial(verbs.ensure, resources, options))

    async def destroy(
        self,
        *resources: Resource[Any],
        everything: bool = False,
        force: bool = False,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> Report:
        """Destroy the resources; see `Fly.destroy`."""
        options = self._options(
            everything=everything, force=force, step_timeout_s=step_timeout_s, timeout_s=timeout_s
        )
        return await self._carry_out(functools.partial(verbs.destroy, resources, options))

    async def read(self, resource: Resource[ModelT]) -> ModelT | None:
        """Return the SDK's model of one resource; see `Fly.read`."""
        return cast("ModelT | None", await self._driver().run(verbs.read(resource)))

    @overload
    async def wait(
        self, resource: Machine, *, state: str = ..., checks: bool = ..., timeout_s: float = ...
    ) -> models.Machine: ...

    @overload
    async def wait(self, resource: Certificate, *, timeout_s: float = ...) -> models.CertificateDetail: ...

    async def wait(
        self,
        resource: Machine | Certificate,
        *,
        state: str = "started",
        checks: bool = True,
        timeout_s: float = 300.0,
    ) -> models.Machine | models.CertificateDetail:
        """Wait until a machine is in `state`, or a certificate issued; see `Fly.wait`."""
        options = self._options(step_timeout_s=timeout_s)
        if isinstance(resource, Certificate):
            found = await self._driver().run(verbs.wait_until_issued(resource, options))
            return cast("models.CertificateDetail", found)
        flow = verbs.wait(resource, options, state=state, checks=checks)
        return cast("models.Machine", await self._driver().run(flow))

    @contextlib.asynccontextmanager
    async def lease(
        self, machine: Machine, *, ttl_s: int = 60, timeout_s: float = 300.0
    ) -> AsyncGenerator[str]:
        """Hold a machine's lease for an `async with` block; see `Fly.lease`."""
        runs: list[Run] = []
        options = self._options(step_timeout_s=timeout_s)
        try:
            yield await self._driver().run(verbs.hold(machine, options, ttl_s, runs.append))
        finally:
            await self._give_back(runs, options.step_timeout_s)

    def _driver(self) -> AsyncDriver:
        self._lifetime.check()
        return AsyncDriver(
            self._careful_sdk, self._clock, max_concurrency=self._max_concurrency, on_event=self._on_event
        )

    async def _carry_out(self, verb: Callable[[Callable[[Run], None]], Flow[Report]]) -> Report:
        runs: list[Run] = []
        try:
            return await self._driver().run(verb(runs.append))
        except BaseException:
            await self._give_back(runs, GIVE_BACK_S)  # a cancellation cuts flows short
            raise

    async def _give_back(self, runs: list[Run], within_s: float) -> None:
        """Release the leases that are still held, undisturbed by a further cancellation."""
        cancelled: asyncio.CancelledError | None = None
        with in_a_hurry(self._clock.now() + within_s):
            for run in runs:
                task = asyncio.ensure_future(self._driver().run(leases.release_all(run)))
                cancelled = await undisturbed(task) or cancelled
                task.result()
        if cancelled is not None:
            raise cancelled


def checked_width(limit: int | str) -> int | str:
    """Return `max_unavailable` if it is a number of at least 1, or a percentage."""
    share = limit.removesuffix("%") if isinstance(limit, str) and limit.endswith("%") else None
    if share is not None and re.fullmatch(r"100|[1-9][0-9]?", share):
        return limit
    if isinstance(limit, int) and not isinstance(limit, bool) and limit >= 1:
        return limit
    raise ConfigurationError(
        f"max_unavailable {limit!r} is not possible: a number from 1, or '1%' to '100%'."
    )
