"""The methods of `Fly` and `AsyncFly` for single machines: run, exec, logs, last_good, start, stop, restart.

The drivers of both clients are made here, too.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fly_resources._client.base import ClientBase
from fly_resources._engine.interrupts import in_a_hurry, undisturbed
from fly_resources._http.client import TIMEOUT
from fly_resources._lazy import lazy
from fly_resources.errors import ConfigurationError, FlyError

if TYPE_CHECKING:
    import asyncio

    from fly_machines import config_types, models

    from fly_resources import report, resources
    from fly_resources._engine import blocking, tasks
    from fly_resources._engine.effects import Flow
    from fly_resources._verbs import logs as log_flows
    from fly_resources._verbs import one_off, power, rollback, targets
else:
    asyncio = lazy("asyncio")
    blocking, tasks = lazy("fly_resources._engine.blocking"), lazy("fly_resources._engine.tasks")
    config_types, models = lazy("fly_machines.config_types"), lazy("fly_machines.models")
    log_flows, one_off = lazy("fly_resources._verbs.logs"), lazy("fly_resources._verbs.one_off")
    power, rollback = lazy("fly_resources._verbs.power"), lazy("fly_resources._verbs.rollback")
    report, resources = lazy("fly_resources.report"), lazy("fly_resources.resources")
    targets = lazy("fly_resources._verbs.targets")

T = TypeVar("T")
DriverT = TypeVar("DriverT")

#: How long an error or interrupt waits for the machine of `run` to be destroyed, in seconds.
_FINISH_S: Final = 60.0


class _MachinesBase(ClientBase):
    """The common part of both clients: their drivers, and the flows of `run` and of power changes."""

    def _work(
        self,
        app: resources.App | str,
        config: models.MachineConfig | config_types.MachineConfigDict | str,
        command: Sequence[str] | str | None,
        timeout_s: float | None,
        **place: Any,  # noqa: ANN401  # region and extra
    ) -> tuple[one_off.Work, Flow[report.RunResult]]:
        """Return the description of a one-off machine with a unique name, and the flow that creates it."""
        options = self._options(timeout_s=timeout_s)
        if timeout_s == 0:
            raise ConfigurationError("run: timeout_s is 0; give seconds, or None for no limit.")
        name = f"run-{secrets.token_hex(6)}"
        work = one_off.describe(app, name, config, command, timeout_s=timeout_s, **place)
        return work, one_off.run(work, options)

    def _new_driver(self, kind: Callable[..., DriverT]) -> DriverT:
        self._lifetime.check()
        return kind(
            self._send,
            self._clock,
            max_concurrency=self._max_concurrency,
            on_event=self._on_event,
            reads=self._reads,
        )

    def _send(self, parts: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a response, or one that is awaited
        return self._http.request(**{"timeout": TIMEOUT, **parts})

    def _power(
        self,
        machine: targets.AnyMachine,
        what: power.Power,
        timeout_s: float,
        *,
        wait: bool,
        nonce: str | None,
    ) -> Flow[models.Machine]:
        options = self._options(step_timeout_s=timeout_s, wait=wait)
        return power.change_power(targets.target(machine), what, options, nonce)


class BlockingMachines(_MachinesBase):
    """The methods of `Fly`."""

    def run(
        self,
        app: resources.App | str,
        config: models.MachineConfig | config_types.MachineConfigDict | str,
        command: Sequence[str] | str | None = None,
        *,
        timeout_s: float | None = 600.0,
        region: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> report.RunResult:
        """Run a command on a one-off machine, wait for it to end, and leave no machine behind.

        The machine has a unique name, runs once without restarts, and destroys itself when it ends, even if
        this program is gone by then (MA-36). It is destroyed after `timeout_s`, and when this call is
        interrupted or cancelled. It is created at most once: after a lost response it is searched for, never
        created again. Operations: Machines_create, Machines_wait, Machines_show, Machines_list_logs,
        Machines_delete.

        If the caller dies and the command never ends, the next `run` in that app destroys the machine 5
        minutes after its time limit. `prune` and the checks of `destroy` ignore such machines.

        Args:
            app: The `App`, or the name of an existing one.
            config: A config as for `Machine`, or just an image. The restart policy and `auto_destroy` are set
                for you.
            command: The program and its arguments, instead of the image's (`init.cmd`): a list, or a string
                that is split like a shell command.
            timeout_s: Time limit in seconds, from now; None for no limit.
            region: A region as for `Machine`.
            extra: Config keys that this library does not know yet.

        Raises:
            ConfigurationError: A config that `Machine` refuses, or one that does not run just once.
            OutcomeUnknownError: The response to its creation was lost and it did not appear. It may still
                run.
            WaitTimeoutError: It did not end in time and was destroyed; `log` has its output.
            MachineNotRunningError: It never started.
            ApiError, TransportError: It was not created, or could not be watched and was destroyed.
        """
        work, flow = self._work(app, config, command, timeout_s, region=region, extra=extra)
        try:
            return self._driver().run(flow)
        except BaseException as failed:
            self._finish(work, failed)
            raise

    def exec(
        self,
        machine: targets.AnyMachine,
        command: Sequence[str] | str,
        *,
        timeout_s: int = 60,
        stdin: str | None = None,
        nonce: str | None = None,
    ) -> report.ExecResult:
        """Run a command on a started machine and return its output (Machines_exec).

        The request is sent once: after a lost response it is unknown whether the command ran.

        Args:
            machine: A `Machine`, its SDK model, (app, id or name), or just an id, whose app is then searched
                for in the token's organisations.
            command: The program and its arguments, or a string that is split like a shell command; no shell
                is involved.
            timeout_s: Time limit in whole seconds, after which the service ends it.
            stdin: Its standard input.
            nonce: The nonce of a lease that you hold.

        Raises:
            PreconditionFailedError: The machine is not started.
            OutcomeUnknownError: The response was lost; the command may have run.
            ReconcileError: The machine does not exist.
        """
        flow = power.execute(targets.target(machine), command, timeout_s=timeout_s, stdin=stdin, nonce=nonce)
        return self._driver().run(flow)

    def logs(
        self, app: resources.App | str, machine: targets.OneMachine | None = None, *, follow: bool = False
    ) -> Iterator[report.LogLine]:
        """Iterate over the latest log lines of an app or of one machine.

        Operations: App_Logs_list, Machines_list_logs, whose keys are not documented.

        Args:
            app: The `App`, or its name.
            machine: A `Machine`, its SDK model, an id or a name; None for all machines.
            follow: Continue with new lines, polled every 2 seconds, until the machine is gone. The service
                has no cursor for logs, so lines of a busy log may be missed.

        Raises:
            NotFoundError, ReconcileError: The app or machine does not exist.
        """
        return self._lines(log_flows.open_log(app, machine), follow=follow)

    def last_good(self, app: resources.App | str) -> list[resources.Machine]:
        """Return the machines of an app's last change, as they were before it.

        To roll back, give them to `plan` and `ensure`, with `take_over=True` where flyctl deploys them. If
        the last change was of the image, all machines that run the new one are returned; otherwise those
        whose config changed in the same keys. What was not described from here then stays as it is now. A
        machine that has gone back already is left out, so an interrupted rollback can be continued. One that
        cannot be read has no config, and is "blocked" in the plan. Operations:
        Machines_list_versions (LC-30), Machines_show.

        Raises:
            ReconcileError: No machine has an earlier config to go back to.
            UnreadableMachineError: No machine can be read.
            ContradictionError: The service's lists contradict each other.
        """
        return self._driver().run(rollback.find_last_good(targets.named_app(app)))

    def start(
        self,
        machine: targets.AnyMachine,
        *,
        wait: bool = True,
        timeout_s: float = 300.0,
        nonce: str | None = None,
    ) -> models.Machine:
        """Start a stopped or suspended machine and return it (Machines_start).

        A machine that is started already is not an error. This waits while the machine is busy or another
        client holds its lease.

        Args:
            machine: A `Machine`, its SDK model, (app, id or name), or just an id, whose app is then searched
                for in the token's organisations.
            wait: Return when it runs and its checks pass; otherwise as soon as the service accepts the
                request.
            timeout_s: Seconds to wait, in addition to the grace period of its checks.
            nonce: The nonce of a lease that you hold.

        Raises:
            WaitTimeoutError: It does not run in time.
            MachineNotRunningError: It fails to start.
            InsufficientCapacityError: Its host has no capacity (MA-29).
            LeaseHeldError: Another client holds its lease for longer than `timeout_s`.
            ReconcileError: The machine does not exist.
        """
        return self._driver().run(self._power(machine, "start", timeout_s, wait=wait, nonce=nonce))

    def stop(
        self,
        machine: targets.AnyMachine,
        *,
        wait: bool = True,
        timeout_s: float = 300.0,
        nonce: str | None = None,
    ) -> models.Machine:
        """Stop a machine with its own signal and timeout, and return it (Machines_stop); see `start`.

        A machine that is stopped already is not an error. A suspended one is stopped and loses its memory.
        """
        return self._driver().run(self._power(machine, "stop", timeout_s, wait=wait, nonce=nonce))

    def restart(
        self,
        machine: targets.AnyMachine,
        *,
        wait: bool = True,
        timeout_s: float = 300.0,
        nonce: str | None = None,
    ) -> models.Machine:
        """Restart a machine with its own signal and timeout, and return it (Machines_restart); see `start`.

        A stopped machine is started. After a lost response, its events show whether it was restarted.
        """
        return self._driver().run(self._power(machine, "restart", timeout_s, wait=wait, nonce=nonce))

    def _lines(self, tail: log_flows.Tail, *, follow: bool) -> Iterator[report.LogLine]:
        while True:
            yield from self._driver().run(log_flows.read_next(tail))
            if tail.ended or not follow:
                return

    def _driver(self) -> blocking.BlockingDriver:
        return self._new_driver(blocking.BlockingDriver)

    def _finish(self, work: one_off.Work, failed: BaseException) -> None:
        """Destroy the machine of a failed or interrupted `run`; if that fails, add a note to the error."""
        with in_a_hurry(self._clock.now() + _FINISH_S):
            try:
                self._driver().run(one_off.finish(work))
            except FlyError as left:
                failed.add_note(one_off.describe_left(work, left))


class AsyncMachines(_MachinesBase):
    """The methods of `AsyncFly`."""

    async def run(
        self,
        app: resources.App | str,
        config: models.MachineConfig | config_types.MachineConfigDict | str,
        command: Sequence[str] | str | None = None,
        *,
        timeout_s: float | None = 600.0,
        region: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> report.RunResult:
        """Run a command on a one-off machine; see `Fly.run`."""
        work, flow = self._work(app, config, command, timeout_s, region=region, extra=extra)
        try:
            return await self._driver().run(flow)
        except BaseException as failed:
            await self._finish(work, failed)
            raise

    async def exec(
        self,
        machine: targets.AnyMachine,
        command: Sequence[str] | str,
        *,
        timeout_s: int = 60,
        stdin: str | None = None,
        nonce: str | None = None,
    ) -> report.ExecResult:
        """Run a command on a started machine; see `Fly.exec`."""
        flow = power.execute(targets.target(machine), command, timeout_s=timeout_s, stdin=stdin, nonce=nonce)
        return await self._driver().run(flow)

    def logs(
        self, app: resources.App | str, machine: targets.OneMachine | None = None, *, follow: bool = False
    ) -> AsyncIterator[report.LogLine]:
        """Iterate over log lines with `async for`; see `Fly.logs`."""
        return self._lines(log_flows.open_log(app, machine), follow=follow)

    async def last_good(self, app: resources.App | str) -> list[resources.Machine]:
        """Return the machines as they were before the last change; see `Fly.last_good`."""
        return await self._driver().run(rollback.find_last_good(targets.named_app(app)))

    async def start(
        self,
        machine: targets.AnyMachine,
        *,
        wait: bool = True,
        timeout_s: float = 300.0,
        nonce: str | None = None,
    ) -> models.Machine:
        """Start a machine; see `Fly.start`."""
        return await self._driver().run(self._power(machine, "start", timeout_s, wait=wait, nonce=nonce))

    async def stop(
        self,
        machine: targets.AnyMachine,
        *,
        wait: bool = True,
        timeout_s: float = 300.0,
        nonce: str | None = None,
    ) -> models.Machine:
        """Stop a machine; see `Fly.stop`."""
        return await self._driver().run(self._power(machine, "stop", timeout_s, wait=wait, nonce=nonce))

    async def restart(
        self,
        machine: targets.AnyMachine,
        *,
        wait: bool = True,
        timeout_s: float = 300.0,
        nonce: str | None = None,
    ) -> models.Machine:
        """Restart a machine; see `Fly.restart`."""
        return await self._driver().run(self._power(machine, "restart", timeout_s, wait=wait, nonce=nonce))

    async def _lines(self, tail: log_flows.Tail, *, follow: bool) -> AsyncIterator[report.LogLine]:
        while True:
            for line in await self._driver().run(log_flows.read_next(tail)):
                yield line
            if tail.ended or not follow:
                return

    def _driver(self) -> tasks.AsyncDriver:
        return self._new_driver(tasks.AsyncDriver)

    async def _finish(self, work: one_off.Work, failed: BaseException) -> None:
        """Destroy the machine of a failed `run`, shielded from further cancellation."""
        task, cancelled = await self._run_undisturbed(one_off.finish(work), _FINISH_S)
        try:
            task.result()
        except FlyError as left:
            failed.add_note(one_off.describe_left(work, left))
        if cancelled is not None:
            raise cancelled

    async def _run_undisturbed(
        self, flow: Flow[T], within_s: float
    ) -> tuple[asyncio.Future[T], asyncio.CancelledError | None]:
        """Run a flow despite cancellations; return its task, which is done, and the last cancellation."""
        with in_a_hurry(self._clock.now() + within_s):
            task = asyncio.ensure_future(self._driver().run(flow))
            return task, await undisturbed(task)
