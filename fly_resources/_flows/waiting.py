"""Waiting for a machine: until it is in a state, or until it is no longer busy with something else."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fly_machines import models

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows import leases
from fly_resources._flows.machines import ended_badly, is_asleep, may_sleep
from fly_resources._flows.run import Poll, Run, report_stage, time_left
from fly_resources.errors import (
    ConflictError,
    FlyError,
    LeaseHeldError,
    MachineNameConflictError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    RequestTimedOutError,
    StuckMachineError,
    VolumeInUseError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from fly_resources._flows.world import AppState
    from fly_resources.report import Planned
    from fly_resources.resources import Machine

T = TypeVar("T")

#: The proxy cuts longer waits off (WA-10).
WAIT_POLL_S: Final = 25
#: A machine that was just made may be unknown to the wait endpoint for so long (MA-34).
UNKNOWN_S: Final = 30.0
#: Being replaced or stopped keeps a machine busy for some seconds (LC-4, LC-6).
BUSY_S: Final = 60.0
#: How late a wait notices that another has listed: a share of how long it has taken already, in bounds.
NOTICE_SHARE: Final = 0.02
NOTICE_MIN_S: Final = 0.02
NOTICE_MAX_S: Final = 0.25
#: From so many waits in one app on, they share a list.
_SEVERAL: Final = 2
#: Seconds in a transient state after which a machine counts as stuck (LC-3).
STUCK_AFTER_S: Final = {
    "starting": 300.0,
    "stopping": 300.0,
    "restarting": 300.0,
    "destroying": 300.0,
    "updating": 600.0,
    "replacing": 600.0,
}


def until_allowed(attempt: Callable[[], Flow[T]], run: Run) -> Flow[T]:
    """Try again while the machine is busy with another transition (LC-6, LC-19, WA-8)."""
    began = yield from now()
    end = began + min(BUSY_S, (yield from time_left(run, began)))
    while True:
        try:
            return (yield from attempt())
        except (ConflictError, PreconditionFailedError) as busy:
            lasting = isinstance(busy, LeaseHeldError | MachineNameConflictError | VolumeInUseError)
            if lasting or (yield from now()) + 1.0 > end:
                raise
        yield from sleep(1.0)


def wait_until_settled(planned: Planned[Any], seen: models.Machine, run: Run) -> Flow[models.Machine]:
    """Wait while the machine goes from one state to another, and return what it has become (rule 10).

    Raises:
        WaitTimeoutError: It still does after the step's limit; StuckMachineError if that is documented.
    """
    app = planned.noun.app_name
    began = yield from now()
    pause = 1.0
    with _waiting(app, run):
        while seen.state in STUCK_AFTER_S:
            left = yield from time_left(run, began)
            if left < 1.0:
                raise _timed_out(planned, seen, "settled", (yield from now()) - began)
            yield from report_stage(planned, "progress", str(seen.state))
            yield from sleep(min(pause, left))
            pause = min(pause + 1.0, 5.0)
            yield from leases.refresh(app, seen.id, run)
            if run.waits[app] >= _SEVERAL:
                seen = yield from _look_in_list(seen, app, run, began)
            else:
                seen = yield from call(_ops.get_machine(app, seen.id))
    return seen


def last_of(noun: Machine, state: AppState) -> models.Machine:
    """Return the machine, or the one that goes; of one that is gone, no more than its name is known."""
    found = state.machine(noun.name)
    goes = (each for each in state.machines if each.name == noun.name and each.state == "destroying")
    gone = models.Machine(
        created_at="",
        id="",
        instance_id="",
        name=noun.name,
        private_ip="",
        region="",
        state=models.MachineState.DESTROYED,
    )
    return found or next(goes, gone)


def wait_for_state(
    planned: Planned[Any], model: models.Machine, state: str, run: Run, *, checks: bool = True
) -> Flow[models.Machine]:
    """Wait until the machine's newest version is in `state`, and if started, passes its `checks`.

    Raises:
        WaitTimeoutError: It is not, after the step's limit; StuckMachineError if it stays in transition.
        ReconcileError: It failed, or stopped by itself where it should run.
    """
    app = planned.noun.app_name
    began = yield from now()
    with _waiting(app, run):
        while True:
            left = yield from time_left(run, began)
            if left < 1.0:
                raise _timed_out(planned, model, state, (yield from now()) - began)
            seen = yield from _look_once(planned, model, state, run, began=began, left=left)
            if _readings.version_of(seen) == _readings.version_of(model) or state != "started":
                if seen.state == state and not (checks and _unhealthy(seen, state)):
                    return seen
                if state == "started":
                    _check_alive(planned, seen)
                    if seen.state in {"stopped", "suspended"}:
                        return seen
            model = (
                seen if (_readings.version_of(seen) or "") >= (_readings.version_of(model) or "") else model
            )
            yield from report_stage(planned, "progress", _progress(seen, state))
            yield from leases.refresh(app, model.id, run)


@contextlib.contextmanager
def _waiting(app: str, run: Run) -> Generator[None]:
    """Count a wait: two or more in one app look at one list."""
    run.waits[app] = run.waits.get(app, 0) + 1
    try:
        yield
    finally:
        run.waits[app] -= 1


def _look_once(
    planned: Planned[Any], model: models.Machine, state: str, run: Run, *, began: float, left: float
) -> Flow[models.Machine]:
    """Ask once: a wait by the service, or beside other waits of the app a look at one shared list."""
    app = planned.noun.app_name
    if run.waits[app] >= _SEVERAL:
        return (yield from _look_in_list(model, app, run, began))
    if model.state == state or (state == "started" and model.state in {"stopping", "suspending"}):
        # It is there and its checks do not pass yet, or it was and goes again: only a read tells the end.
        yield from sleep(1.0)
        return (yield from _read(app, model))
    timeout_s = int(min(WAIT_POLL_S, left))
    try:
        answer = yield from call(
            _ops.wait_machine(app, model.id, state, timeout_s=timeout_s, version=_readings.version_of(model))
        )
    except (RequestTimedOutError, ConflictError, NotFoundError) as pending:
        unknown = isinstance(pending, NotFoundError) and state != "destroyed"
        if unknown and (yield from now()) > began + UNKNOWN_S:
            raise
        if not isinstance(pending, RequestTimedOutError):
            # It could not begin to wait yet: the machine is new, or another version takes over (WA-8).
            yield from sleep(1.0)
        seen = yield from _read(app, model)
        # What is destroyed is soon unknown (WA-7).
        return _readings.with_state(model, state) if seen is model and state == "destroyed" else seen
    yield from _list_for_others(app, run)
    reached = _readings.with_state(model, _readings.given(answer.state) or state)
    return (yield from _read(app, reached)) if _has_checks(model) and state == "started" else reached


def _look_in_list(model: models.Machine, app: str, run: Run, began: float) -> Flow[models.Machine]:
    listed = yield from _shared_list(app, run, began)
    return next((each for each in listed if each.id == model.id), model)


def _shared_list(app: str, run: Run, began: float) -> Flow[list[models.Machine]]:
    """List the app's machines at most once a second, whoever asks (RL-1).

    Only what was asked for after the caller's own write tells what became of that.
    """
    asked = yield from now()
    while True:
        moment = yield from now()
        poll = run.polls.setdefault(app, Poll())
        if not poll.busy and poll.at >= asked:
            return poll.machines
        if run.waits[app] < _SEVERAL:
            return []  # the others have ended: the service can tell the very moment again
        if not poll.busy and moment >= poll.at + 1.0:
            yield from _list(app, poll, moment)
            return poll.machines
        # Another may list in between: noticed late by so little that it hardly counts in the whole wait.
        pause = min(NOTICE_MAX_S, max(NOTICE_MIN_S, NOTICE_SHARE * (moment - began)))
        yield from sleep(pause if poll.busy else min(pause, poll.at + 1.0 - moment))


def _list_for_others(app: str, run: Run) -> Flow[None]:
    """List at once: what was begun beside the one that the service has waited for is probably there too."""
    poll = run.polls.get(app)
    if poll is None or poll.busy or run.waits[app] < _SEVERAL:
        return
    # Its failure is for those to meet who depend on it: the caller has its answer.
    with contextlib.suppress(FlyError):
        yield from _list(app, poll, (yield from now()))


def _list(app: str, poll: Poll, moment: float) -> Flow[None]:
    poll.busy = True
    try:
        poll.machines = yield from call(_ops.list_machines(app))
        poll.at = moment
    finally:
        poll.busy = False


def _read(app: str, model: models.Machine) -> Flow[models.Machine]:
    try:
        return (yield from call(_ops.get_machine(app, model.id)))
    except NotFoundError:
        return model


def _has_checks(machine: models.Machine) -> bool:
    config = _readings.config_of(machine)
    return bool(config.get("checks")) or any(
        service.get("checks") for service in config.get("services") or []
    )


def is_down(machine: models.Machine | None) -> bool:
    """Whether a machine that is not asleep serves nobody: it does not run, or its checks do not pass."""
    if machine is None:
        return False
    return not is_asleep(machine) and (machine.state != "started" or _unhealthy(machine, "started"))


def _unhealthy(machine: models.Machine, state: str) -> bool:
    """Whether a check that it declares does not pass; one without a result yet does not either."""
    if state != "started" or not _has_checks(machine):
        return False
    results = _readings.given(machine.checks) or []
    return not results or any(result.status != "passing" for result in results)


def _progress(seen: models.Machine, state: str) -> str:
    return "checks do not pass yet" if seen.state == state else str(seen.state)


def _timed_out(planned: Planned[Any], model: models.Machine, state: str, waited: float) -> WaitTimeoutError:
    """Say what was seen last; a machine in transition for longer than documented is stuck (LC-3)."""
    limit = STUCK_AFTER_S.get(str(model.state))
    kind = StuckMachineError if limit is not None and waited >= limit - 1.0 else WaitTimeoutError
    seen = "started, but its checks do not pass" if model.state == state else str(model.state)
    further = "run it again to go on"
    if planned.action == "destroy":
        further += ", or with force=True, which deletes it without stopping it first"
    return kind(
        f"{planned.noun} was not {state} after {waited:.0f} s; it was last {seen}. "
        f"See its events (machines_list_events) and logs; {further}.",
        last_state=str(model.state),
        waited_s=waited,
    )


def _check_alive(planned: Planned[Any], seen: models.Machine) -> None:
    """Raise if the machine will not come up; stopped by the proxy again is fine (rule 6)."""
    if seen.state == "failed":
        raise ReconcileError(
            f"{planned.noun} failed to start. See its events (machines_list_events) and logs."
        )
    if seen.state == "stopped" and (ended_badly(seen) or not may_sleep(_readings.config_of(seen))):
        raise ReconcileError(
            f"{planned.noun} started and stopped by itself. See its events (machines_list_events) and logs; "
            "a machine that is meant to end is not one to keep in existence."
        )
