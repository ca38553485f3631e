"""Add the last log lines of a machine that does not run to the error about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from fly_resources._engine.effects import Flow, call
from fly_resources._sdk import reading, requests
from fly_resources._wire.masking import hide_in_use
from fly_resources.errors import FlyError, MachineNotRunningError

if TYPE_CHECKING:
    from fly_resources._nouns.run import Run

_LINES: Final = 20
#: The number of machines whose logs are read per run: for a fleet, the first few are enough.
_MACHINES: Final = 3


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
