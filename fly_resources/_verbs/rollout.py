"""The order in which a change rolls out to the machines of an app."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources._engine.effects import Node
from fly_resources._nouns.machine import running
from fly_resources._nouns.machine.comparison import is_only_state, is_standing
from fly_resources._nouns.machine.marks import stale_since
from fly_resources._nouns.run import Growth
from fly_resources._nouns.volume.planning import may_restart
from fly_resources._sdk import reading
from fly_resources.resources import FlySecret, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from fly_resources._nouns.run import Handover, Run
    from fly_resources.report import Planned
    from fly_resources.resources import Resource


@attrs.define(eq=False)
class Line:
    """An app's rollout: the steps that may take a machine down, in order, and how many run at once.

    Each step waits for all steps that are `width` or more before it, so that a failure stops every step that
    has not begun. `healthy`: the position of the first step whose machine is up.
    """

    steps: Sequence[Planned[Any]]
    healthy: int
    width: int
    _places: dict[Resource[Any], int] = attrs.field(init=False)
    _last: int | None = attrs.field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        """Record the position of each step."""
        self._places = {step.resource: place for place, step in enumerate(self.steps)}

    def before(self, resource: Resource[Any]) -> frozenset[Hashable]:
        """Return the nodes that it waits for."""
        place = self._places.get(resource, 0) - self.width
        return frozenset() if place < 0 else frozenset({_end_of(self.steps[place])})

    def ends(self) -> dict[Hashable, Node]:
        """Return one node per step that marks when the step and all steps before it are done."""
        nodes: dict[Hashable, Node] = {}
        earlier: frozenset[Hashable] = frozenset()
        for step in self.steps[: -self.width]:
            nodes[_end_of(step)] = Node(after=earlier | {step.resource})
            earlier = frozenset({_end_of(step)})
        return nodes

    def is_followed(self, resource: Resource[Any], handed: Mapping[Resource[Any], Handover]) -> bool:
        """Return whether a running machine is taken down after `resource`; used when secrets are set."""
        if self._last is None:
            taken = (
                place
                for place in reversed(range(self.healthy, len(self.steps)))
                if _writes(self.steps[place]) or _is_stale(self.steps[place], handed)
            )
            self._last = next(taken, -1)
        return resource in self._places and self._places[resource] + self.width <= self._last


def _is_stale(step: Planned[Any], handed: Mapping[Resource[Any], Handover]) -> bool:
    resource = step.resource
    return isinstance(resource, Machine) and bool(stale_since(resource, step.observed, handed[resource]))


def _end_of(step: Planned[Any]) -> tuple[str, Resource[Any]]:
    return "end", step.resource


def order(group: Sequence[Planned[Any]], run: Run) -> Line:
    """Order the steps that may take running machines down, so that only a limited number is down at once.

    Machines that are already down go first, each preceded by its volumes: that adds no downtime, and healthy
    machines wait until they are up.
    """
    awake = [step for step in group if _is_awake(step)]
    follows = any(isinstance(step.resource, FlySecret) for step in group)
    changing = {step.resource: step for step in awake if _may_restart(step, follows=follows)}
    down = [
        step
        for step in awake
        if (step.resource in changing or _shall_run(step))
        and step.observed
        and running.is_down(step.observed)
    ]
    machines_named = sum(isinstance(step.resource, Machine) for step in group)
    return _line_up(down, _growing(group, run), changing, _width(run.options.max_unavailable, machines_named))


def _line_up(
    down: Sequence[Planned[Any]],
    growing: Sequence[Planned[Any]],
    changing: Mapping[Resource[Any], Planned[Any]],
    width: int,
) -> Line:
    first = _of_machines(down, growing)
    earlier = {step.resource for step in (*first, *down)}
    healthy = [step for step in (*growing, *changing.values()) if step.resource not in earlier]
    if not healthy:
        # A machine that is down as described counts only if others wait for it to come up.
        down = [step for step in down if step.resource in changing]
    return Line((*first, *down, *healthy), len(first) + len(down), width)


def _is_awake(step: Planned[Any]) -> bool:
    """Return whether the step is a machine that may run; one blocked without a crash is unknown."""
    known = isinstance(step.resource, Machine) and (step.action != "blocked" or is_standing(step))
    return known and step.observed is not None and not running.is_asleep(step.observed)


def _growing(group: Sequence[Planned[Any]], run: Run) -> list[Planned[Any]]:
    """Return the volumes that grow and may restart their machine, which is updated only afterwards."""
    return [step for step in group if isinstance(step.resource, Volume) and _restarts_one(step, run)]


def _writes(step: Planned[Any]) -> bool:
    return step.action in {"update", "replace"} and not is_standing(step)


def growth(step: Planned[Any]) -> Growth | None:
    """Return the volume growth that a machine's update must know of, if its config changes.

    Only a new config restarts the machine anyway; a change of state alone does not.
    """
    writes = isinstance(step.resource, Machine) and _writes(step) and not is_only_state(step)
    return Growth(step.observed.id) if writes and step.observed is not None else None


def _restarts_one(grown: Planned[Any], run: Run) -> bool:
    """Return whether the volume grows under a machine that may run: a sleeping one is not woken."""
    if not may_restart(grown):
        return False
    holder = run.context.state(grown.resource).machines.by_id.get(_holder(grown) or "")
    return holder is None or not running.is_asleep(holder)


def _of_machines(hosts: Sequence[Planned[Any]], growing: Sequence[Planned[Any]]) -> list[Planned[Any]]:
    """Return the volumes that these machines mount or will mount: those must not wait for the machines."""
    machines_down = (host.resource for host in hosts if isinstance(host.resource, Machine))
    mounted = {volume for machine in machines_down for volume in machine.mounts.values()}
    ids = {host.observed.id for host in hosts if host.observed is not None}
    return [step for step in growing if step.resource in mounted or _holder(step) in ids]


def _holder(grown: Planned[Any]) -> str | None:
    return None if grown.observed is None else reading.holder_id(grown.observed)


def _width(limit: int | str, machines_named: int) -> int:
    if isinstance(limit, str):
        return max(1, math.floor(machines_named * int(limit.removesuffix("%")) / 100))
    return limit


def _shall_run(step: Planned[Any]) -> bool:
    """Return whether the machine keeps its config and is not described as stopped."""
    stopped = isinstance(step.resource, Machine) and step.resource.state == "stopped"
    return is_standing(step) and not stopped


def _may_restart(step: Planned[Any], *, follows: bool) -> bool:
    """Return whether the machine will be updated, or will be if a secret turns out to have a new value."""
    return _writes(step) or (follows and isinstance(step.resource, Machine) and step.resource.follow_secrets)
