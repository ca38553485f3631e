"""Waiting for a machine: until it is in a state, or until it is no longer busy with something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from fly_resources import _ops
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows import leases
from fly_resources._flows.machines import may_sleep
from fly_resources._flows.run import Run, report_stage
from fly_resources.errors import (
    ApiError,
    ConflictError,
    LeaseHeldError,
    MachineNameConflictError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    RequestTimedOutError,
    VolumeInUseError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines import models

    from fly_resources.report import Planned

T = TypeVar("T")

#: The proxy cuts longer waits off (WA-10).
WAIT_POLL_S: Final = 25
#: A machine that was just made may be unknown to the wait endpoint for so long (MA-34).
UNKNOWN_S: Final = 30.0
#: Being replaced or stopped keeps a machine busy for some seconds (LC-4, LC-6).
BUSY_S: Final = 60.0


def until_allowed(attempt: Callable[[], Flow[T]], run: Run) -> Flow[T]:
    """Try again while the machine is busy with another transition (LC-6, LC-19, WA-8)."""
    end = (yield from now()) + min(BUSY_S, run.options.step_timeout_s)
    while True:
        try:
            return (yield from attempt())
        except (ConflictError, PreconditionFailedError) as busy:
            lasting = isinstance(busy, LeaseHeldError | MachineNameConflictError | VolumeInUseError)
            if lasting or (yield from now()) + 1.0 > end:
                raise
        yield from sleep(1.0)


def wait_for_state(
    planned: Planned[Any], model: models.Machine, state: str, run: Run
) -> Flow[models.Machine]:
    """Wait until the machine's newest version is in `state`; return it with what the answer says.

    Raises:
        WaitTimeoutError: It is not, after the step's limit.
        ReconcileError: It failed, or stopped by itself where it should run.
    """
    app = planned.noun.app_name
    began = yield from now()
    while True:
        waited = (yield from now()) - began
        left = run.options.step_timeout_s - waited
        if left < 1.0:
            raise WaitTimeoutError(
                f"{planned.noun} did not become {state} within {run.options.step_timeout_s:g} s; it was last "
                f"{model.state}. See its events (machines_list_events) and logs; run again to go on.",
                last_state=str(model.state),
                waited_s=waited,
            )
        timeout_s = int(min(WAIT_POLL_S, left))
        request = _ops.wait_machine(app, model.id, state, timeout_s=timeout_s, version=model.instance_id)
        try:
            answer = yield from call(request)
        except (RequestTimedOutError, ConflictError, NotFoundError) as pending:
            yield from _pause(pending, waited)
        else:
            return _ops.with_state(model, _ops.given(answer.state) or state)
        seen = yield from _look(app, model)
        if seen.state == state:
            return seen
        if state == "started":
            _check_alive(planned, seen)
            if seen.state in {"stopped", "suspended"}:
                return seen
        model = seen
        yield from report_stage(planned, "progress", str(seen.state))
        yield from leases.refresh(app, model.id, run)


def _pause(pending: ApiError, waited: float) -> Flow[None]:
    """Go on at once after a wait that ran out, a little later after one that could not begin (WA-8)."""
    if isinstance(pending, NotFoundError) and waited > UNKNOWN_S:
        raise pending
    if not isinstance(pending, RequestTimedOutError):
        yield from sleep(1.0)


def _look(app: str, model: models.Machine) -> Flow[models.Machine]:
    try:
        return (yield from call(_ops.get_machine(app, model.id)))
    except NotFoundError:
        return model


def _check_alive(planned: Planned[Any], seen: models.Machine) -> None:
    """Raise if the machine will not come up; stopped by the proxy again is fine (rule 6)."""
    if seen.state == "failed":
        raise ReconcileError(
            f"{planned.noun} failed to start. See its events (machines_list_events) and logs."
        )
    if seen.state == "stopped" and not may_sleep(_ops.config_of(seen)):
        raise ReconcileError(
            f"{planned.noun} started and stopped by itself. See its events (machines_list_events) and logs; "
            "a machine that is meant to end is not one to keep in existence."
        )
