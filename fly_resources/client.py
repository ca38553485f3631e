"""`Fly` and `AsyncFly`: the verbs, the SDK handle, authentication and the transports underneath."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self, TypeVar, cast
from urllib.parse import urlsplit

import httpx
from fly_machines import Client

from fly_resources._clock import Clock, SystemClock
from fly_resources._effects import AsyncDriver, BlockingDriver
from fly_resources._flows import leases, verbs
from fly_resources._flows.run import Options, Run
from fly_resources._operations import find
from fly_resources.errors import (
    ConfigurationError,
    DecodeError,
    NotSentError,
    OutcomeUnknownError,
    from_response,
)
from fly_resources.ratelimit import RateLimit, RateLimitTransport
from fly_resources.resources import Machine, Resource, Secret
from fly_resources.retry import NEVER_SENT, RetryPolicy, RetryTransport, parse_retry_after

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator
    from types import TracebackType

    from fly_machines import models

    from fly_resources._effects import Flow
    from fly_resources.report import Event, Plan, Report

__all__ = ["AsyncFly", "Fly"]

T = TypeVar("T")
ModelT = TypeVar("ModelT")

DEFAULT_BASE_URL: Final = "https://api.machines.dev"
#: Creating can take 17 s (PL-9) and waiting 60 s (WA-2); a client that gives up first learns nothing.
TIMEOUT: Final = httpx.Timeout(75.0, connect=10.0, pool=60.0)
_TOKEN_VARIABLES: Final = ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class _TokenAuth(httpx.Auth):
    """Sends the token as its kind wants it: macaroons as FlyV1, others as Bearer (AU-2, AU-3)."""

    def __init__(self, token: Secret) -> None:
        self._header = Secret(_authorization(token.reveal()))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._header.reveal()
        yield request


def _authorization(token: str) -> str:
    bare = token.strip().removeprefix("Bearer ").strip()
    if not bare or not bare.isascii() or not bare.isprintable():
        raise ConfigurationError("The token is empty or holds characters that no token has; copy it again.")
    if bare.startswith("FlyV1 "):
        return bare
    return f"FlyV1 {bare}" if bare.startswith(("fm1r_", "fm1a_", "fm2_")) else f"Bearer {bare}"


def _find_token(token: str | Secret | None) -> Secret:
    value = token.reveal() if isinstance(token, Secret) else token
    if value is None:
        value = next((os.environ[name] for name in _TOKEN_VARIABLES if os.environ.get(name)), None)
    if not value:
        raise ConfigurationError(
            "No token: pass token=, or set FLY_API_TOKEN "
            "(fly tokens create deploy -a APP, or fly tokens create org)."
        )
    return Secret(value)


def _find_base_url(base_url: str | None) -> str:
    url = (base_url or os.environ.get("FLY_FLAPS_BASE_URL") or DEFAULT_BASE_URL).rstrip("/")
    parts = urlsplit(url)
    host = parts.hostname or ""
    private = host in _LOOPBACK or host.endswith(".internal") or host.startswith("fdaa:")
    if parts.scheme != "https" and not (parts.scheme == "http" and private):
        raise ConfigurationError(
            f"base_url {parts.scheme or '(none)'}://{host} would show the token to the network: use https. "
            "Plain http is for loopback and Fly.io's private addresses."
        )
    return url if parts.path.endswith("/v1") else f"{url}/v1"


class _ErrorTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The outermost transport: what is no success becomes a `FlyError` before anybody parses it."""

    def __init__(self, inner: RetryTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._inner.handle_request(request)
        except httpx.HTTPError as error:
            raise _lost(request, error) from error
        return _checked(request, response)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = await self._inner.handle_async_request(request)
        except httpx.HTTPError as error:
            raise _lost(request, error) from error
        return _checked(request, response)

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()


def _route(request: httpx.Request) -> tuple[str, str]:
    """Return the route's template and the path as sent, without the query."""
    path = request.url.raw_path.partition(b"?")[0].decode("ascii")
    target = find(request.method, path)
    return (target.operation.route if target else path), path


def _lost(request: httpx.Request, error: httpx.HTTPError) -> NotSentError | OutcomeUnknownError:
    route, path = _route(request)
    attempts = int(request.extensions.get("fly_attempts", 1))
    tried = f"{request.method} {path}" + (f" ({attempts} attempts)" if attempts > 1 else "")
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, (*NEVER_SENT, httpx.UnsupportedProtocol, httpx.LocalProtocolError)):
        return NotSentError(
            f"{tried} was not sent: {what}. Nothing has changed; check the network and base_url.",
            method=request.method,
            route=route,
            attempts=attempts,
        )
    return OutcomeUnknownError(
        f"{tried} was sent, and its answer was lost: {what}. Whether it was carried out is not known.",
        method=request.method,
        route=route,
        attempts=attempts,
    )


def _checked(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    route, path = _route(request)
    if not response.is_success:
        header = response.headers.get("retry-after")
        raise from_response(
            status=response.status_code,
            headers=response.headers,
            content=response.content,
            method=request.method,
            route=route,
            path=path,
            attempts=int(response.extensions.get("fly_attempts", 1)),
            retry_after_s=None if header is None else parse_retry_after(header),
        )

    def unexpected(status: int, content: bytes) -> DecodeError:
        return DecodeError(
            f"{request.method} {path} answered {status}, with a body that is not what the API describes. "
            "A proxy in between, or a newer API? See the error's body.",
            method=request.method,
            route=route,
            status=status,
            body=content,
        )

    # the generated parser raises what it finds here
    response.extensions["unexpected"] = unexpected
    return response


class _Sdk(Client):
    """The generated client, with one of its two halves replaced by ours and the other closed off."""

    def get_httpx_client(self) -> httpx.Client:
        if self._client is None:
            _refuse_half("AsyncFly", "asyncio", "Fly")
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        if self._async_client is None:
            _refuse_half("Fly", "sync", "AsyncFly")
        return self._async_client


def _refuse_half(owner: str, has: str, other: str) -> NoReturn:
    raise ConfigurationError(f"The sdk of {owner} serves the {has}() functions; use {other} for the others.")


class _Base:
    """What `Fly` and `AsyncFly` share: settings, transports, options."""

    def __init__(
        self,
        token: str | Secret | None = None,
        *,
        base_url: str | None = None,
        owner: str | None = None,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
        retry: RetryPolicy | None = None,
        rate_limit: RateLimit | None = None,
        max_concurrency: int = 16,
        clock: Clock | None = None,
        on_event: Callable[[Event], object] | None = None,
    ) -> None:
        """Find the token and the address; nothing is sent yet."""
        if max_concurrency < 1:
            raise ConfigurationError(f"max_concurrency {max_concurrency} is not possible: at least 1.")
        self._auth = _TokenAuth(_find_token(token))
        self._base_url = _find_base_url(base_url)
        self._owner = owner
        self._clock = clock or SystemClock()
        self._max_concurrency = max_concurrency
        self._on_event = cast("Callable[[object], object] | None", on_event)
        limited = RateLimitTransport(self._inner_transport(transport), rate_limit, clock=self._clock)
        self._transport = _ErrorTransport(RetryTransport(limited, retry, clock=self._clock))
        #: The SDK's client, for its operations: same token, retries, rate limits and errors.
        self.sdk: Client = _Sdk(base_url=self._base_url)
        self._open()

    def _inner_transport(
        self, transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None
    ) -> httpx.BaseTransport | httpx.AsyncBaseTransport:
        raise NotImplementedError

    def _open(self) -> None:
        raise NotImplementedError

    def _options(self, *, prune: bool = False, **chosen: Any) -> Options:  # noqa: ANN401  # Options' own fields
        if prune and self._owner is None:
            raise ConfigurationError(
                f"prune=True needs {type(self).__name__}(owner=...): "
                "without it, no machine is known to be ours."
            )
        return Options(owner=self._owner, prune=prune, **chosen)

    def __repr__(self) -> str:
        """Name the address and the owner; the token stays hidden."""
        return f"{type(self).__name__}(base_url={self._base_url!r}, owner={self._owner!r})"


class Fly(_Base):
    """The verbs, blocking. Use it as a context manager, or `close()` it. Threads may share it.

    Args:
        token: A Fly.io token; else FLY_ACCESS_TOKEN, then FLY_API_TOKEN (AU-8).
        base_url: Address of the API; else FLY_FLAPS_BASE_URL, then https://api.machines.dev.
        owner: Marks the machines that this program keeps.
        transport: What to send through instead of the network, e.g. `FlySimulator().transport()`.
        retry: When a request is sent again; `RetryPolicy()` by default.
        rate_limit: How fast requests are sent; Fly.io's documented limits by default.
        max_concurrency: How many things are done at once.
        clock: Where time comes from; tests pass a `VirtualClock`.
        on_event: Called with an `Event` for each step, from whichever thread makes it.

    Raises:
        ConfigurationError: No token, or an address that would show it to the network.
    """

    def _inner_transport(
        self, transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None
    ) -> httpx.BaseTransport | httpx.AsyncBaseTransport:
        if transport is None:
            return httpx.HTTPTransport()
        if not isinstance(transport, httpx.BaseTransport):
            raise ConfigurationError(
                "This transport is async only: Fly needs one that blocks, or use AsyncFly."
            )
        return transport

    def _open(self) -> None:
        self._http = httpx.Client(
            base_url=self._base_url, auth=self._auth, timeout=TIMEOUT, transport=self._transport
        )
        self.sdk.set_httpx_client(self._http)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def plan(
        self,
        *resources: Resource[Any],
        prune: bool = False,
        destroy: bool = False,
        replace: bool = False,
        take_over: bool = False,
        everything: bool = False,
    ) -> Plan:
        """Say what `ensure` (or with `destroy=True`, `destroy`) would do. Only reads are sent.

        The other arguments are those of `ensure` and `destroy`.

        Raises:
            ConfigurationError: The description cannot be right.
            ReconcileError: The described state cannot be reached.
            ApiError, TransportError: A read failed.
        """
        options = self._options(prune=prune, replace=replace, take_over=take_over, everything=everything)
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
            step_timeout_s: Seconds that one machine may take.
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
            force: Do not stop machines gently first.
            step_timeout_s: Seconds that one machine may take to stop.
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

    def wait(
        self, machine: Machine, *, state: str = "started", checks: bool = True, timeout_s: float = 300.0
    ) -> models.Machine:
        """Wait until a machine is in `state`; if "started", also until its checks pass.

        Raises:
            WaitTimeoutError: It is not, after `timeout_s` seconds.
            ReconcileError: There is no such machine, or it will not get there.
        """
        options = self._options(step_timeout_s=timeout_s)
        flow = verbs.wait(machine, options, state=state, checks=checks)
        return cast("models.Machine", self._driver().run(flow))

    @contextlib.contextmanager
    def lease(self, machine: Machine, *, ttl_s: int = 60, timeout_s: float = 300.0) -> Iterator[str]:
        """Hold a machine's lease for a `with` block: nobody else can change it meanwhile.

        Yields the nonce, which the SDK's machine operations take as `fly_machine_lease_nonce`. The lease
        ends after `ttl_s` seconds, or with the block.

        Raises:
            LeaseHeldError: Another still holds it after `timeout_s` seconds.
            ReconcileError: There is no such machine.
        """
        run, nonce = self._driver().run(verbs.hold(machine, self._options(step_timeout_s=timeout_s), ttl_s))
        try:
            yield nonce
        finally:
            self._driver().run(leases.release_all(run))

    def _driver(self) -> BlockingDriver:
        return BlockingDriver(
            self.sdk, self._clock, max_concurrency=self._max_concurrency, on_event=self._on_event
        )

    def _carry_out(self, verb: Callable[[Callable[[Run], None]], Flow[Report]]) -> Report:
        runs: list[Run] = []
        try:
            return self._driver().run(verb(runs.append))
        except BaseException:
            # An interrupt cuts flows short: give back the leases that they held.
            for run in runs:
                self._driver().run(leases.release_all(run))
            raise


class AsyncFly(_Base):
    """The verbs, to be awaited. The same arguments, results and errors as `Fly`.

    Use it with `async with`, or `await aclose()` it, in one event loop.
    """

    def _inner_transport(
        self, transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None
    ) -> httpx.BaseTransport | httpx.AsyncBaseTransport:
        if transport is None:
            return httpx.AsyncHTTPTransport()
        if not isinstance(transport, httpx.AsyncBaseTransport):
            raise ConfigurationError("This transport blocks: AsyncFly needs an async one, or use Fly.")
        return transport

    def _open(self) -> None:
        self._http = httpx.AsyncClient(
            base_url=self._base_url, auth=self._auth, timeout=TIMEOUT, transport=self._transport
        )
        self.sdk.set_async_httpx_client(self._http)

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def plan(
        self,
        *resources: Resource[Any],
        prune: bool = False,
        destroy: bool = False,
        replace: bool = False,
        take_over: bool = False,
        everything: bool = False,
    ) -> Plan:
        """Say what would be done; see `Fly.plan`."""
        options = self._options(prune=prune, replace=replace, take_over=take_over, everything=everything)
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

    async def wait(
        self, machine: Machine, *, state: str = "started", checks: bool = True, timeout_s: float = 300.0
    ) -> models.Machine:
        """Wait until a machine is in `state`; see `Fly.wait`."""
        options = self._options(step_timeout_s=timeout_s)
        flow = verbs.wait(machine, options, state=state, checks=checks)
        return cast("models.Machine", await self._driver().run(flow))

    @contextlib.asynccontextmanager
    async def lease(
        self, machine: Machine, *, ttl_s: int = 60, timeout_s: float = 300.0
    ) -> AsyncIterator[str]:
        """Hold a machine's lease for an `async with` block; see `Fly.lease`."""
        options = self._options(step_timeout_s=timeout_s)
        run, nonce = await self._driver().run(verbs.hold(machine, options, ttl_s))
        try:
            yield nonce
        finally:
            await asyncio.shield(self._driver().run(leases.release_all(run)))

    def _driver(self) -> AsyncDriver:
        return AsyncDriver(
            self.sdk, self._clock, max_concurrency=self._max_concurrency, on_event=self._on_event
        )

    async def _carry_out(self, verb: Callable[[Callable[[Run], None]], Flow[Report]]) -> Report:
        runs: list[Run] = []
        try:
            return await self._driver().run(verb(runs.append))
        except BaseException:
            # A cancellation cuts flows short: give back the leases that they held, undisturbed.
            for run in runs:
                await asyncio.shield(self._driver().run(leases.release_all(run)))
            raise


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
