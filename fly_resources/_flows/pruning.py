"""Machines of ours that are no longer named: found while planning, destroyed last of all."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Done, Flow, Node, call, graph
from fly_resources._flows import leases, machine_steps, machines
from fly_resources._flows.deletions import is_machine_there
from fly_resources._flows.run import check_deadline, report_stage
from fly_resources.errors import ContradictionError, NotFoundError
from fly_resources.report import Planned
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fly_machines import models

    from fly_resources._flows.run import Context, Run


def diff(context: Context) -> list[Planned[models.Machine]]:
    """Return a step for each machine with this owner's marks, its own name, and no description any more."""
    if not context.options.prune:
        return []
    named = {(noun.app_name, noun.name) for noun in context.nouns if isinstance(noun, Machine)}
    return [
        Planned(
            Machine(app, machine.name, {"image": _readings.config_of(machine).get("image")}),
            "destroy",
            notes=("ours, and no longer named",),
            observed=machine,
        )
        for app, state in context.world.items()
        for machine in state.live_machines()
        if _is_for_us_to_destroy(machine, context.options.owner) and (app, machine.name) not in named
    ]


def _is_for_us_to_destroy(machine: models.Machine, owner: str | None) -> bool:
    """Return whether it is ours and can be read: of a lost host's nothing is known (rule 10)."""
    return not _readings.why_unreadable(machine) and machines.is_ours(machine, owner)


def apply(steps: Sequence[Planned[models.Machine]], run: Run) -> Flow[dict[Hashable, Done[Any]]]:
    """Destroy them, after everything else has succeeded."""
    nodes: dict[Hashable, Node] = {step.noun: Node(functools.partial(_prune, step, run)) for step in steps}
    return (yield from graph(nodes)) if nodes else {}


def _prune(step: Planned[models.Machine], run: Run) -> Flow[None]:
    """Destroy one, if that is still right: its host may have gone, or another owner have taken it over.

    It is read before its lease is taken, which a host that is gone would keep us waiting for, and again
    afterwards, when nobody else can change it.
    """
    yield from check_deadline(step.noun, run)
    yield from report_stage(step, "started")
    fresh: models.Machine | None = None
    try:
        fresh = yield from _read_again(step)
        if _is_for_us_to_destroy(fresh, run.options.owner):
            yield from _prune_leased(step, run)
        else:
            run.record(step, fresh, changed=False, action="none")
    except NotFoundError as denied:
        if step.observed is not None and (yield from is_machine_there(step.noun.app_name, step.observed.id)):
            raise ContradictionError(
                f"{step.noun} was not destroyed: {denied} A read shows that it is there. Run it again."
            ) from denied
        run.record(step, fresh, changed=False, action="none")
    yield from report_stage(step, "done")


def _prune_leased(step: Planned[models.Machine], run: Run) -> Flow[None]:
    if step.observed is None:
        raise AssertionError("only what was observed is pruned")
    app, machine_id = step.noun.app_name, step.observed.id
    yield from leases.acquire(app, machine_id, run)
    try:
        fresh = yield from _read_again(step)
        if _is_for_us_to_destroy(fresh, run.options.owner):
            yield from machine_steps.destroy(attrs.evolve(step, observed=fresh), step.noun, run)
        else:
            run.record(step, fresh, changed=False, action="none")
    except Exception:
        yield from leases.release(app, machine_id, run)
        raise
    yield from leases.release(app, machine_id, run)


def _read_again(step: Planned[models.Machine]) -> Flow[models.Machine]:
    if step.observed is None:
        raise AssertionError("only what was observed is pruned")
    return (yield from call(_ops.get_machine(step.noun.app_name, step.observed.id)))
