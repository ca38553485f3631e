"""The platform's scheduler: starts machines with `config.schedule` on schedule (LC-36, LC-40)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _mounts as mounts
from fly_resources.testing._bounds import trim

if TYPE_CHECKING:
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Machine, World

_DAY_S = 86_400.0
#: Seconds between two starts, counted from the machine's creation. Months are not recorded.
PERIODS_S = {"hourly": 3600.0, "daily": _DAY_S, "weekly": 7 * _DAY_S, "monthly": 30 * _DAY_S}
#: After a long idle period only the latest runs are carried out: events are trimmed anyway.
_RUNS = 25
#: Tolerance for floating-point errors of the clock, so that a due run is not missed.
_TOLERANCE = 1e-9


def run_schedules(world: World, platform: Platform, now: float) -> None:
    """Start the machines that became due since the last call, at their due times.

    This is the passage of time, not a request: it changes machines in place, like `lifecycle.advance`.
    """
    if not platform.schedules:
        return
    for app in world.apps.values():
        for machine in app.machines.values():
            if machine.config.get("schedule") in PERIODS_S and not machine.gone:
                _run(app, machine, platform, now)


def _run(app: App, machine: Machine, platform: Platform, now: float) -> None:
    since, machine.scheduled_at = machine.scheduled_at, now
    if since is None:
        return
    period = PERIODS_S[str(machine.config["schedule"])]
    done = math.floor((since - machine.created_at) / period + _TOLERANCE)
    last = math.floor((now - machine.created_at) / period + _TOLERANCE)
    for number in range(max(done, last - _RUNS) + 1, last + 1):
        at = machine.created_at + number * period
        lifecycle.advance(machine, at)
        if machine.state == "stopped" and machine.armed and machine.host_status == "ok":
            _start(app, machine, platform, at)
    lifecycle.advance(machine, now)
    trim(machine.events)


def _start(app: App, machine: Machine, platform: Platform, at: float) -> None:
    if not machine.skip_secrets:
        machine.secrets = app.digests()
    gone_at = lifecycle.started(machine, at, platform, "flyd")
    if gone_at is not None:
        mounts.release(app, machine.id, gone_at, platform)
