"""How a change goes through the machines of an app: which go first, and which have to wait for them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fly_resources._flows import machines, running, volume_matching, volumes
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
    # Nothing is known of one that is blocked, so nothing waits for it, unless it has crashed.
    seen = [step for step in mine if step.action != "blocked" or machines.is_standing(step)]
    awake = [step for step in seen if step.observed is not None and not running.is_asleep(step.observed)]
    changing = [step for step in awake if _may_restart(step, follows=follows)]
    down = [
        step for step in awake if running.is_down(step.observed) and (step in changing or _shall_run(step))
    ]
    _note_updates(changing, run)
    # A volume that grows may restart its machine, which is then updated only afterwards.
    growing = [step for step in group if isinstance(step.noun, Volume) and _restarts_one(step, run)]
    first = [step for step in growing if any(_is_for(step, host) for host in down)]
    healthy = [step for step in (*growing, *changing) if step not in first and step not in down]
    if not healthy:
        # One that is down as it should be described counts only where others wait for it to come up.
        down = [step for step in down if step in changing]
    line = [step.noun for step in (*first, *down, *healthy)]
    before = _windows(line, _width(run.options.max_unavailable, len(mine)))
    for noun in line:
        run.followers[noun] = tuple(step for step in healthy if noun in before.get(step.noun, ()))
    return before


def has_followers(noun: Machine, run: Run) -> bool:
    """Return whether healthy machines are taken down once this one is done.

    Whether they are is known only once their secrets are set: the service tells then which are new.
    """
    later = run.followers.get(noun, ())
    return any(_writes(step) or machines.stale_since(step, run) for step in later)


def _writes(step: Planned[Any]) -> bool:
    return step.action in {"update", "replace"} and not machines.is_standing(step)


def _note_updates(changing: Sequence[Planned[Any]], run: Run) -> None:
    """Remember which machines get another config, not only another state: that restarts them anyway."""
    for step in changing:
        given = _writes(step) and not machines.is_only_state(step)
        if given and isinstance(step.noun, Machine) and step.observed is not None:
            run.updates[step.observed.id] = step.noun


def _restarts_one(grown: Planned[Any], run: Run) -> bool:
    """Return whether the volume grows under a machine that may run: one that sleeps is not woken."""
    holders = (each for each in run.context.state(grown.noun).machines if _holds(each, grown))
    return volumes.may_restart(grown) and not any(running.is_asleep(each) for each in holders)


def _is_for(grown: Planned[Any], host: Planned[Any]) -> bool:
    """Return whether this machine mounts the volume, or shall: then the volume must not wait for it."""
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
    """Return whether the machine is left as it is, and that is not stopped."""
    stopped = isinstance(step.noun, Machine) and step.noun.state == "stopped"
    return machines.is_standing(step) and not stopped


def _may_restart(step: Planned[Any], *, follows: bool) -> bool:
    """Return whether the machine will be updated, or will be if a secret turns out to have a new value."""
    return _writes(step) or (follows and isinstance(step.noun, Machine) and step.noun.follow_secrets)
