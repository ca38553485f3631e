"""How a change goes through the machines of an app: which go first, and which have to wait for them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fly_resources._flows import machines, volumes
from fly_resources._flows.waiting import is_down
from fly_resources.resources import FlySecret, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fly_resources._flows.run import Run
    from fly_resources.report import Planned
    from fly_resources.resources import Resource


def order(group: Sequence[Planned[Any]], run: Run) -> dict[Resource[Any], frozenset[Hashable]]:
    """Order what may take an app's running machines down, so that only so many are down at once.

    Each waits for all that are `max_unavailable` or more before it: a failure stops all that have not
    begun.
    """
    mine = [step for step in group if isinstance(step.noun, Machine)]
    follows = any(isinstance(step.noun, FlySecret) for step in group)
    # Those that are down already go first: they cost no more.
    awake = sorted(
        (step for step in mine if step.observed is not None and not machines.is_asleep(step.observed)),
        key=lambda step: step.observed is not None and step.observed.state == "started",
    )
    running = [step.noun for step in awake if _may_restart(step, follows=follows)]
    down: list[Resource[Any]] = []
    if any(step.action in {"update", "replace"} for step in mine):
        # One that is down as it should be described still counts: it has to come up before others go down.
        down = [step.noun for step in awake if is_down(step.observed) and _shall_run(step)]
        run.awaited.update(down)
    healthy = [noun for noun in running if noun not in down]
    # A volume that grows may restart its machine, which is then updated only afterwards.
    growing = [step for step in group if isinstance(step.noun, Volume) and volumes.may_restart(step)]
    first = [step.noun for step in growing if _is_for(step, down, run)]
    rest = [step.noun for step in growing if step.noun not in first]
    return _windows([*first, *down, *rest, *healthy], _width(run.options.max_unavailable, len(mine)))


def _is_for(grown: Planned[Any], hosts: Sequence[Resource[Any]], run: Run) -> bool:
    """Whether one of these machines mounts the volume, or shall: then it must not wait for that one."""
    for host in hosts:
        if not isinstance(host, Machine):
            continue
        found = machines.find(host, run.context)
        held = found is not None and volumes.is_held_by(grown.observed, found)
        if held or grown.noun in host.mounts.values():
            return True
    return False


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
