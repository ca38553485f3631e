"""`Fly` and `AsyncFly`: the verbs, and the SDK handle."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TypeVar, cast, overload

import httpx

from fly_resources._checks import fields, keywords
from fly_resources._client.keeping import AsyncLeaseKeeper, LeaseKeeper
from fly_resources._client.machines import AsyncMachines, BlockingMachines
from fly_resources._engine.interrupts import in_a_hurry
from fly_resources._http.client import AsyncHttp, BlockingHttp
from fly_resources._lazy import lazy
from fly_resources._wire.pools import SplitTransport
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from fly_machines import bound, models

    from fly_resources import report, resources
    from fly_resources._engine.effects import Flow
    from fly_resources._nouns.machine import leases
    from fly_resources._nouns.run import Options
    from fly_resources._verbs import live, targets, verbs
else:
    bound, models = lazy("fly_machines.bound"), lazy("fly_machines.models")
    leases, verbs = lazy("fly_resources._nouns.machine.leases"), lazy("fly_resources._verbs.verbs")
    live, targets = lazy("fly_resources._verbs.live"), lazy("fly_resources._verbs.targets")
    resources, report = lazy("fly_resources.resources"), lazy("fly_resources.report")

__all__ = ["AsyncFly", "Fly"]

ModelT = TypeVar("ModelT")
ResourceT = TypeVar("ResourceT", bound="resources.Resource[Any]")

#: How long an interrupt waits for leases to be released, in seconds; they expire anyway.
GIVE_BACK_S: Final = 10.0


@keywords.with_answers
class Fly(BlockingMachines):
    """The blocking client. Use it as a context manager, or `close()` it. Threads may share it.

    Args:
        token: A Fly.io token; else FLY_ACCESS_TOKEN, then FLY_API_TOKEN (AU-8).
        base_url: Address of the API; else FLY_FLAPS_BASE_URL, then FLY_API_HOSTNAME, then
            https://api.machines.dev.
        owner: Marks the machines that this program manages: 1 to 128 letters, digits and `_.:/@-`. Without
            it, only machines that are described count as ours.
        transport: A transport to use instead of the network, e.g. `FlySimulator().transport()`.
        retry: When to retry a request; `RetryPolicy()` by default, False for never (but see
            `RetryTransport` on new apps).
        rate_limit: How fast to send requests; Fly.io's documented limits by default, False for no limit.
        max_concurrency: The most operations at the same time; waiting for a machine is one.
        clock: The source of time; tests pass a `VirtualClock`.
        on_event: Called with an `Event` for each step, on its thread, which sees the caller's contextvars.
        timeout: Seconds (or an `httpx.Timeout`) for a request through `api` or `sdk`; 75 by default. The
            verbs have their own timeouts, because giving up on a write early leaves its outcome unknown.
        headers: Sent with every request, in addition to the library's own.
        proxy: Address of a proxy; else HTTPS_PROXY, then ALL_PROXY, unless NO_PROXY lists the host. Not used
            for loopback and Fly.io's private addresses.
        verify: A file or folder of certificates, or an `ssl.SSLContext`; else SSL_CERT_FILE, SSL_CERT_DIR,
            then certifi's.

    A forked child opens its own connections. After `close()`, every call raises ConfigurationError.

    Raises:
        ConfigurationError: No token, an address that would expose it, or an invalid argument.
    """

    _is_async = False
    _network_kind = httpx.HTTPTransport
    _http_kind = BlockingHttp

    @property
    def api(self) -> bound.Api:
        """Return every operation of the API, as in `fly.api.machines.list("shop")`."""
        return bound.Api(self.sdk, refuse=ConfigurationError)

    def __enter__(self) -> Self:
        """Return the client."""
        self._lifetime.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections. Every later call but `close()` raises ConfigurationError."""
        self._http.close()

    def plan(
        self,
        *resources: resources.Resource[Any],
        prune: bool = False,
        destroy: bool = False,
        replace: report.Replace = False,
        take_over: bool = False,
        everything: bool = False,
        force: bool = False,
    ) -> report.Plan:
        """Return what `ensure` (or, with `destroy=True`, `destroy`) would do. Only reads are sent.

        The other arguments are those of `ensure` and `destroy`.

        Raises:
            ConfigurationError: The description is invalid.
            ReconcileError: An app that is given only by name does not exist, or the service contradicts
                itself. What cannot be done is no error here, but a "blocked" step of the plan.
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
        *resources: resources.Resource[Any],
        plan: report.Plan | None = None,
        prune: bool = False,
        replace: report.Replace = False,
        take_over: bool = False,
        wait: bool = True,
        max_unavailable: int | str = 1,
        smoke_s: float = 10.0,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> report.Report:
        """Bring the resources, and what they refer to, to the described state.

        Args:
            *resources: What should exist, in any order.
            plan: A plan for the same resources and options: exactly this is done, or nothing.
            prune: Destroy the machines of these apps that carry this client's `owner` and are no longer
                described: last, and only if everything else succeeded. Volumes are never pruned.
            replace: Destroy a machine and create it again where the API cannot change it. Its volume stays.
                Refused if others have changed something on it that is not declared, because that would be
                lost if the run ended in between; "with_undeclared" accepts that.
            take_over: Also change machines that flyctl deploys.
            wait: Return only when the machines that were created or changed run.
            max_unavailable: How many running machines of an app change at once: a number, or "33%".
            smoke_s: Seconds that a changed machine without checks must stay up before the next healthy one
                is taken down; 0 to skip this.
            step_timeout_s: Seconds that one machine may take, beyond its own stop timeout and the grace
                period of its checks.
            timeout_s: Seconds after which no new step starts; None for no limit.

        Raises:
            ConfigurationError, ReconcileError: A problem known before anything was written.
            StalePlanError: What would be done differs from `plan`; nothing was written.
            ApiError, TransportError: A read failed before anything was written.
            EnsureError: Some resources failed; the others are as described.
        """
        options = self._options(
            prune=prune,
            replace=replace,
            take_over=take_over,
            wait=wait,
            max_unavailable=max_unavailable,
            smoke_s=smoke_s,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
            shown=plan,
        )
        return self._carry_out(verbs.ensure(resources, options), options)

    def destroy(
        self,
        *resources: resources.Resource[Any],
        plan: report.Plan | None = None,
        everything: bool = False,
        force: bool = False,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> report.Report:
        """Destroy the resources, but nothing that they only refer to. Absent resources are not an error.

        Args:
            *resources: What should not exist.
            plan: What `plan` has returned for the same resources and options: no more than that goes.
            everything: An `App` goes with what it holds when the call begins, named or not.
            force: Do not stop machines gently first; one on a lost host is deleted when that is back.
            step_timeout_s: Seconds that one machine may take to stop, beyond its own stop timeout.
            timeout_s: Seconds after which no new step starts; None for no limit.

        Raises:
            ConfigurationError, ReconcileError: A problem known before anything was destroyed, such as a
                protected resource (ProtectedError).
            NotOwnedError: An app holds something that is not described; nothing was destroyed.
            StalePlanError: What would be destroyed differs from `plan`; nothing was destroyed.
            ApiError, TransportError: A read failed; nothing was destroyed.
            EnsureError: Some resources were not destroyed.
        """
        options = self._options(
            everything=everything,
            force=force,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
            shown=plan,
        )
        return self._carry_out(verbs.destroy(resources, options), options)

    @overload
    def read(
        self, resource: resources.Resource[ModelT], *, as_resource: Literal[False] = ...
    ) -> ModelT | None: ...

    @overload
    def read(self, resource: ResourceT, *, as_resource: Literal[True]) -> ResourceT | None: ...

    def read(self, resource: resources.Resource[Any], *, as_resource: bool = False) -> Any:
        """Return the SDK's model of a resource as it is now, or None if it does not exist.

        With `as_resource`, return a description of it whose plan changes nothing, to change a field or to
        create another like it. Config values that look like secrets become `Secret`s; what the service does
        not return, such as the value of a secret, is taken from `resource`.

        Raises:
            ConfigurationError: `resource` is not a resource.
            ReconcileError: The service contradicts itself; or, with `as_resource`, it cannot be described:
                its host is unreachable, or its value or key is missing.
            ApiError, TransportError: The read failed.
        """
        return self._driver().run(live.read_as_resource(resource) if as_resource else verbs.read(resource))

    @overload
    def wait(
        self, resource: targets.AnyMachine, *, state: str = ..., checks: bool = ..., timeout_s: float = ...
    ) -> models.Machine: ...

    @overload
    def wait(
        self, resource: resources.Certificate, *, timeout_s: float = ...
    ) -> models.CertificateDetail: ...

    def wait(
        self,
        resource: targets.AnyMachine | resources.Certificate,
        *,
        state: str = "started",
        checks: bool = True,
        timeout_s: float = 300.0,
    ) -> models.Machine | models.CertificateDetail:
        """Wait until a machine is in `state` (if "started", with passing checks), or a certificate is issued.

        Raises:
            ConfigurationError: `state` is not "started", "stopped", "suspended" or "destroyed" (of a machine
                that is gone already, the result then holds only its name).
            WaitTimeoutError: It did not happen within `timeout_s` seconds.
            ReconcileError: It does not exist, or will not reach that state.
        """
        flow = verbs.wait(resource, self._options(step_timeout_s=timeout_s), state=state, checks=checks)
        return cast("models.Machine | models.CertificateDetail", self._driver().run(flow))

    @contextlib.contextmanager
    def lease(
        self, machine: targets.AnyMachine, *, ttl_s: int = 60, timeout_s: float = 300.0
    ) -> Generator[str]:
        """Hold a machine's lease for a `with` block, so that no other client can change the machine.

        Yields the nonce, which the SDK's machine operations take as `fly_machine_lease_nonce`. The lease
        ends with the block, or after `ttl_s` seconds. It is taken for at most 60 seconds at a time and
        extended in the background, so that a program that dies blocks the machine no longer than that.

        Raises:
            ConfigurationError: `ttl_s` is not a whole number of seconds.
            LeaseHeldError: Another client still holds it after `timeout_s` seconds.
            ReconcileError: The machine does not exist.
        """
        fields.check_ttl(ttl_s)
        options = self._options(step_timeout_s=timeout_s)
        keeper = LeaseKeeper(self._clock, lambda: self._driver().drive(leases.extend(options, until)))
        try:
            nonce = self._driver().run(verbs.hold(machine, options, ttl_s))
            until = self._clock.now() + ttl_s
            if ttl_s > leases.LEASE_S:
                keeper.start()
            yield nonce
        finally:
            try:
                keeper.stop()
            finally:
                keeper.stop()  # the first call may have been interrupted
                self._give_back(options, options.step_timeout_s)

    def _carry_out(self, flow: Flow[report.Report], options: Options) -> report.Report:
        try:
            return self._driver().run(flow)
        except BaseException:
            self._give_back(options, GIVE_BACK_S)  # an interrupt may have left leases behind
            raise

    def _give_back(self, options: Options, within_s: float) -> None:
        """Release the leases that are still held, within `within_s` seconds."""
        if options.leases:
            with in_a_hurry(self._clock.now() + within_s):
                self._driver().run(leases.release_all(options))


@keywords.with_answers
class AsyncFly(AsyncMachines):
    """The async client. Use it with `async with`, or `await aclose()` it. Otherwise it is like `Fly`.

    It belongs to the asyncio event loop in which it is first used: in another one, every call raises
    ConfigurationError before anything is sent.
    """

    _is_async = True
    _network_kind = SplitTransport
    _http_kind = AsyncHttp

    @property
    def api(self) -> bound.AsyncApi:
        """Return every operation of the API, as in `await fly.api.machines.list("shop")`."""
        return bound.AsyncApi(self.sdk, refuse=ConfigurationError)

    async def __aenter__(self) -> Self:
        """Return the client, bound to the running event loop."""
        self._lifetime.check()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Every later call but `aclose()` raises ConfigurationError.

        Raises:
            ConfigurationError: It belongs to another event loop that is still open.
        """
        await self._transport.aclose()  # first, so that the client stays open if this refuses
        await self._http.aclose()

    async def plan(
        self,
        *resources: resources.Resource[Any],
        prune: bool = False,
        destroy: bool = False,
        replace: report.Replace = False,
        take_over: bool = False,
        everything: bool = False,
        force: bool = False,
    ) -> report.Plan:
        """Return what would be done; see `Fly.plan`."""
        options = self._options(
            prune=prune, replace=replace, take_over=take_over, everything=everything, force=force
        )
        flow = verbs.plan_destroy(resources, options) if destroy else verbs.plan(resources, options)
        return await self._driver().run(flow)

    async def ensure(
        self,
        *resources: resources.Resource[Any],
        plan: report.Plan | None = None,
        prune: bool = False,
        replace: report.Replace = False,
        take_over: bool = False,
        wait: bool = True,
        max_unavailable: int | str = 1,
        smoke_s: float = 10.0,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> report.Report:
        """Bring the resources to the described state; see `Fly.ensure`."""
        options = self._options(
            prune=prune,
            replace=replace,
            take_over=take_over,
            wait=wait,
            max_unavailable=max_unavailable,
            smoke_s=smoke_s,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
            shown=plan,
        )
        return await self._carry_out(verbs.ensure(resources, options), options)

    async def destroy(
        self,
        *resources: resources.Resource[Any],
        plan: report.Plan | None = None,
        everything: bool = False,
        force: bool = False,
        step_timeout_s: float = 300.0,
        timeout_s: float | None = None,
    ) -> report.Report:
        """Destroy the resources; see `Fly.destroy`."""
        options = self._options(
            everything=everything,
            force=force,
            step_timeout_s=step_timeout_s,
            timeout_s=timeout_s,
            shown=plan,
        )
        return await self._carry_out(verbs.destroy(resources, options), options)

    @overload
    async def read(
        self, resource: resources.Resource[ModelT], *, as_resource: Literal[False] = ...
    ) -> ModelT | None: ...

    @overload
    async def read(self, resource: ResourceT, *, as_resource: Literal[True]) -> ResourceT | None: ...

    async def read(self, resource: resources.Resource[Any], *, as_resource: bool = False) -> Any:
        """Return the SDK's model of a resource, or its description; see `Fly.read`."""
        flow = live.read_as_resource(resource) if as_resource else verbs.read(resource)
        return await self._driver().run(flow)

    @overload
    async def wait(
        self, resource: targets.AnyMachine, *, state: str = ..., checks: bool = ..., timeout_s: float = ...
    ) -> models.Machine: ...

    @overload
    async def wait(
        self, resource: resources.Certificate, *, timeout_s: float = ...
    ) -> models.CertificateDetail: ...

    async def wait(
        self,
        resource: targets.AnyMachine | resources.Certificate,
        *,
        state: str = "started",
        checks: bool = True,
        timeout_s: float = 300.0,
    ) -> models.Machine | models.CertificateDetail:
        """Wait until a machine is in `state`, or a certificate is issued; see `Fly.wait`."""
        flow = verbs.wait(resource, self._options(step_timeout_s=timeout_s), state=state, checks=checks)
        return cast("models.Machine | models.CertificateDetail", await self._driver().run(flow))

    @contextlib.asynccontextmanager
    async def lease(
        self, machine: targets.AnyMachine, *, ttl_s: int = 60, timeout_s: float = 300.0
    ) -> AsyncGenerator[str]:
        """Hold a machine's lease for an `async with` block; see `Fly.lease`."""
        fields.check_ttl(ttl_s)
        options = self._options(step_timeout_s=timeout_s)

        async def extend() -> bool:
            return await self._driver().drive(leases.extend(options, until))

        keeper = AsyncLeaseKeeper(self._clock, extend)
        try:
            nonce = await self._driver().run(verbs.hold(machine, options, ttl_s))
            until = self._clock.now() + ttl_s
            if ttl_s > leases.LEASE_S:
                keeper.start()
            yield nonce
        finally:
            try:
                await keeper.stop()
            finally:
                await self._give_back(options, options.step_timeout_s)

    async def _carry_out(self, flow: Flow[report.Report], options: Options) -> report.Report:
        try:
            return await self._driver().run(flow)
        except BaseException:
            await self._give_back(options, GIVE_BACK_S)  # a cancellation may have left leases behind
            raise

    async def _give_back(self, options: Options, within_s: float) -> None:
        """Release the leases that are still held, shielded from further cancellation."""
        if not options.leases:
            return
        task, cancelled = await self._run_undisturbed(leases.release_all(options), within_s)
        task.result()
        if cancelled is not None:
            raise cancelled
