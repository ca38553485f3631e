"""`Fly` and `AsyncFly`: the verbs, and the SDK handle."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, cast, overload

import httpx

from fly_resources import _checks, _keywords
from fly_resources._client_base import ClientBase
from fly_resources._effects import AsyncDriver, BlockingDriver
from fly_resources._flows import leases, verbs
from fly_resources._halting import in_a_hurry, undisturbed
from fly_resources._http import AsyncHttp, BlockingHttp
from fly_resources._keeping import AsyncLeaseKeeper, LeaseKeeper
from fly_resources.errors import ConfigurationError
from fly_resources.resources import Certificate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator
    from types import TracebackType

    from fly_machines import models
    from fly_machines.bound import Api, AsyncApi

    from fly_resources._effects import Flow
    from fly_resources._flows.run import Run
    from fly_resources.report import Plan, Replace, Report
    from fly_resources.resources import Machine, Resource

__all__ = ["AsyncFly", "Fly"]

T = TypeVar("T")
ModelT = TypeVar("ModelT")

#: Seconds in which leases are given back while an interrupt waits for that; they end by themselves.
GIVE_BACK_S: Final = 10.0


@_keywords.with_answers
class Fly(ClientBase):
    """The verbs, blocking. Use it as a context manager, or `close()` it. Threads may share it.

    Args:
        token: A Fly.io token; else FLY_ACCESS_TOKEN, then FLY_API_TOKEN (AU-8).
        base_url: Address of the API; else FLY_FLAPS_BASE_URL, then https://api.machines.dev.
        owner: Marks the machines that this program keeps: 1 to 128 letters, digits and `_.:/@-`. Without one,
            no machine counts as ours that is not named.
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
        replace: Replace = False,
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
        plan: Plan | None = None,
        prune: bool = False,
        replace: Replace = False,
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
            plan: What `plan` has returned for the same resources and options: this is done, or nothing.
            prune: Destroy the machines of these apps that carry this client's `owner` and are no longer
                named: last, and only if everything else succeeded. Volumes are never pruned.
            replace: Destroy a machine and make it again where the API cannot change it. Its volume stays.
                Refused where others have put something on it that is not declared, because that would be
                lost if the run ended in between; "with_undeclared" accepts that.
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
            StalePlanError: What would be done is not what `plan` shows; nothing was written.
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
            shown=plan,
        )
        return self._carry_out(functools.partial(verbs.ensure, resources, options))

    def destroy(
        self,
        *resources: Resource[Any],
        plan: Plan | None = None,
        everything: bool = False,
        force: bool = False,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> Report:
        """Destroy the resources, and nothing that they only refer to. What is absent is fine.

        Args:
            *resources: What should not exist.
            plan: What `plan` has returned for the same resources and options: no more than that goes.
            everything: An `App` goes with what it holds, named or not.
            force: Do not stop machines gently first; one on a lost host is deleted when that is back.
            step_timeout_s: Seconds that one machine may take to stop, beyond its own stop timeout.
            timeout_s: Seconds after which nothing more is begun; None for no limit.

        Raises:
            NotOwnedError: An app holds what was not named; nothing was destroyed.
            StalePlanError: What would be destroyed is not what `plan` shows; nothing was.
            ApiError, TransportError: A read failed; nothing was destroyed.
            EnsureError: Some resources are left.
        """
        options = self._options(
            everything=everything,
            force=force,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
            shown=plan,
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
        ends after `ttl_s` seconds, or with the block. It is never taken for more than 60 seconds at once: in
        the background it is extended, so that a program which dies keeps nobody out for longer.

        Raises:
            ConfigurationError: `ttl_s` is no whole number of seconds.
            LeaseHeldError: Another still holds it after `timeout_s` seconds.
            ReconcileError: There is no such machine.
        """
        _checks.check_ttl(ttl_s)
        runs: list[Run] = []
        options = self._options(step_timeout_s=timeout_s)
        keeper = LeaseKeeper(self._clock, lambda: self._driver().drive(leases.extend(runs[0], until)))
        try:
            nonce = self._driver().run(verbs.hold(machine, options, ttl_s, runs.append))
            until = self._clock.now() + ttl_s
            if ttl_s > leases.LEASE_S:
                keeper.start()
            yield nonce
        finally:
            try:
                keeper.stop()
            finally:
                keeper.stop()  # the first may have been interrupted
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
class AsyncFly(ClientBase):
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
        replace: Replace = False,
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
        plan: Plan | None = None,
        prune: bool = False,
        replace: Replace = False,
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
            shown=plan,
        )
        return await self._carry_out(functools.partial(verbs.ensure, resources, options))

    async def destroy(
        self,
        *resources: Resource[Any],
        plan: Plan | None = None,
        everything: bool = False,
        force: bool = False,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> Report:
        """Destroy the resources; see `Fly.destroy`."""
        options = self._options(
            everything=everything,
            force=force,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
            shown=plan,
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
        _checks.check_ttl(ttl_s)
        runs: list[Run] = []
        options = self._options(step_timeout_s=timeout_s)

        async def extend() -> bool:
            return await self._driver().drive(leases.extend(runs[0], until))

        keeper = AsyncLeaseKeeper(self._clock, extend)
        try:
            nonce = await self._driver().run(verbs.hold(machine, options, ttl_s, runs.append))
            until = self._clock.now() + ttl_s
            if ttl_s > leases.LEASE_S:
                keeper.start()
            yield nonce
        finally:
            try:
                await keeper.stop()
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
    raise ConfigurationError(f"max_unavailable must be a number from 1, or '1%' to '100%', got {limit!r}.")
