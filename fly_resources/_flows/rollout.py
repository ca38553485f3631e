"""How a change goes through the machines of an app: which go first, and which have to wait for them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fly_resources._flows import machines, volume_matching, volumes
from fly_resources._flows.waiting import is_down
from fly_resources.resources import FlySecret, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fly_machines import models

    from fly_resources._flows.run import Run
    from fly_resources.report import Planned
    from fly_resources.resources import Resource


def order(group: Sequence[Planned[Any]], run: Run) -> dict[Resource[Any], frozenset[Hashable]]:
    """Order what may take an app's running machines down, so that only so many are down at once.

    Machines that are down already go first, and the disks of those before them: they cost no more, and
    healthy ones wait until they are up. Each waits for all that are `max_unavailable` or more before it:
    a failure stops all that have not begun.
    """
    mine = [step for step in group if isinstance(step.noun, Machine)]
    follows = any(isinstance(step.noun, FlySecret) for step in group)
    # Nothing is known of a blocked one, so nothing waits for it.
    known = [step for step in mine if step.action != "blocked"]
    awake = [step for step in known if step.observed is not None and not machines.is_asleep(step.observed)]
    changing = [step for step in awake if _may_restart(step, follows=follows)]
    down = [step for step in awake if is_down(step.observed) and (step in changing or _shall_run(step))]
    _note_updates(changing, run)
    # A volume that grows may restart its machine, which is then updated only afterwards.
    growing = [step for step in group if isinstance(step.noun, Volume) and _restarts_one(step, run)]
    first = [step for step in growing if any(_is_for(step, host) for host in down)]
    healthy = [step for step in (*growing, *changing) if step not in first and step not in down]
    if healthy:
        # One that is down as it should be described still counts: it has to come up before others go down.
        run.awaited.update({step.noun: tuple(healthy) for step in down if _shall_run(step)})
    else:
        down = [step for step in down if step in changing]
    line = [step.noun for step in (*first, *down, *healthy)]
    return _windows(line, _width(run.options.max_unavailable, len(mine)))


def holds_others_back(noun: Machine, run: Run) -> bool:
    """Whether this machine, which is down and stays as it is, must come up before others go down.

    Whether those do is known only once their secrets are set: the service tells then which are new.
    """
    later = run.awaited.get(noun, ())
    return any(step.action in {"update", "replace"} or machines.stale_since(step, run) for step in later)


def _note_updates(changing: Sequence[Planned[Any]], run: Run) -> None:
    """Remember which machines get another config, not only another state: that restarts them anyway."""
    for step in changing:
        given = step.action in {"update", "replace"} and any(each.path != "state" for each in step.changes)
        if given and isinstance(step.noun, Machine) and step.observed is not None:
            run.updates[step.observed.id] = step.noun


def _restarts_one(grown: Planned[Any], run: Run) -> bool:
    """Whether the volume grows under a machine that may run: one that sleeps is not woken."""
    holders = (each for each in run.context.state(grown.noun).machines if _holds(each, grown))
    return volumes.may_restart(grown) and not any(machines.is_asleep(each) for each in holders)


def _is_for(grown: Planned[Any], host: Planned[Any]) -> bool:
    """Whether this machine mounts the volume, or shall: then the volume must not wait for it."""
    mounts = host.noun.mounts.values() if isinstance(host.noun, Machine) else ()
    return grown.noun in mounts or _holds(host.observed, grown)


def _holds(machine: models.Machine | None, grown: Planned[Any]) -> bool:
    return machine is not None and volume_matching.is_held_by(grown.observed, machine)


def _windows(line: Sequence[Resource[Any]], width: int) -> dict[Resource[Any], frozenset[Hashable]]:
    return {noun: frozenset(line[: index - width + 1]) for index, noun in enumerate(line) if index >= width}


def _width(limit: int | str, machines_named: int) -> int:
    if isinstance(limit, str):
        return max(1, math.floor(machines_named * int(limit.removesuffix("%")) / 100))
    return limit


def _shall_run(step: Planned[Any]) -> bool:
    """Whether the machine is left as it is, and that is not stopped."""
    stopped = isinstance(step.noun, Machine) and step.noun.state == "stopped"
    return step.action in {"none", "adopt"} and not stopped


def _may_restart(step: Planned[Any], *, follows: bool) -> bool:
    """Whether the machine will be updated, or will be if a secret turns out to have a new value."""
    if step.action in {"update", "replace"}:
        return True
    return (
        follows and isinstance(step.noun, Machine) and step.noun.follow_secrets and step.action != "blocked"
    )
