"""Build the errors about a machine that does not run or did not reach its state, with its last log lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._engine.effects import Flow, call
from fly_resources._nouns.machine import running
from fly_resources._sdk import reading, requests
from fly_resources._wire.masking import hide_in_use
from fly_resources.errors import FlyError, MachineNotRunningError, StuckMachineError, WaitTimeoutError

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._nouns.run import Run
    from fly_resources.report import Planned


#: Seconds in a transient state after which a machine counts as stuck (LC-3).
STUCK_AFTER_S: Final = {
    "starting": 300.0,
    "stopping": 300.0,
    "restarting": 300.0,
    "destroying": 300.0,
    "updating": 600.0,
    "replacing": 600.0,
}
#: The number of last log lines that an error tells.
_LINES: Final = 20
#: The number of machines whose logs are read per run: for a fleet, the first few are enough.
_MACHINES: Final = 3


def timed_out(
    planned: Planned[Any], model: models.Machine, state: str, waited: float, more_s: float
) -> WaitTimeoutError:
    """Build the timeout error, with the last state seen.

    A machine in transition for longer than documented is stuck (LC-3).
    """
    limit = STUCK_AFTER_S.get(str(model.state))
    kind = StuckMachineError if limit is not None and waited >= limit + more_s - 1.0 else WaitTimeoutError
    seen = str(model.state)
    if seen == state:  # with checks, it was started
        failing = seen == "started" and (running.has_checks(model) or bool(reading.given(model.checks)))
        seen += ", but its checks do not pass" if failing else ", with no time left to confirm that"
    further = "run it again to continue"
    if model.state == "created":
        further += "; a machine may stay in created for hours while its host makes it ready"
    if state == "stopped" and _restarts_always(model):
        further += "; its restart policy is always, which starts it whenever it stops: set another one"
    if planned.action == "destroy":
        further += ", or with force=True, which deletes it without stopping it first"
    return kind(
        f"{planned.resource} was not {state} after {waited:.0f} s; it was last {seen}. "
        f"See its events (machines_list_events) and logs; {further}.",
        last_state=str(model.state),
        waited_s=waited,
    )


def _restarts_always(machine: models.Machine) -> bool:
    config = reading.config_of(machine) if reading.has_config(machine) else {}
    return (config.get("restart") or {}).get("policy") == "always"


def not_running(planned: Planned[Any], seen: models.Machine) -> MachineNotRunningError:
    """Build the error for a machine that ended in a state from which it will not start by itself."""
    return about(seen, f"{planned.resource} {_how(seen)}")


def about(seen: models.Machine, text: str) -> MachineNotRunningError:
    """Build the error about a machine that does not run."""
    error = MachineNotRunningError(text)
    error.machine_id = seen.id
    return error


def _how(seen: models.Machine) -> str:
    exited = running.describe_exit(seen)
    look = "See its events (machines_list_events) and logs"
    events = running.describe_events(seen)
    listed = f" Its newest events: {events}." if events else ""
    if seen.state in {"failed", "launch_failed"}:
        return f"failed to start{exited}.{listed} {look}."
    if running.has_run(seen) is False:
        return f"is {seen.state}: its newest version was never started. {look}; run it again to start it."
    if not running.ended_by_itself(seen):
        return (
            f"is {seen.state}, and nothing starts it. Its newest events: {events or 'none are shown'}. "
            f"{look}; give state='started' to start it."
        )
    return (
        f"started and stopped by itself{exited}.{listed} {look}; a command that is meant to end belongs in "
        "fly.run."
    )


def add_log(error: FlyError, app: str, run: Run) -> Flow[None]:
    """Add the last lines of the machine's log to the error. If the log cannot be read, add nothing."""
    if not isinstance(error, MachineNotRunningError) or not error.machine_id or error.log:
        return
    if run.logs_read >= _MACHINES:
        return
    run.logs_read += 1
    try:
        lines = yield from call(requests.read_last_logs(app, error.machine_id))
    except FlyError:
        return
    last = reading.lines_of(error.machine_id, lines)[-_LINES:]
    error.log = tuple(attrs.evolve(line, message=hide_in_use(line.message)) for line in last)
