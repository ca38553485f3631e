"""Prune owned machines that are no longer described: found while planning, destroyed last."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import attrs
from fly_machines import models

from fly_resources._engine.effects import Done, Flow, Node, call, graph
from fly_resources._nouns.existence import is_machine_there
from fly_resources._nouns.machine import leases
from fly_resources._nouns.machine import steps as machine_steps
from fly_resources._nouns.machine.marks import is_ours, is_protected
from fly_resources._sdk import reading, requests
from fly_resources._verbs.graph import start_of
from fly_resources.errors import ContradictionError, NotFoundError, NotOwnedError
from fly_resources.report import Planned
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from fly_resources._nouns.run import Context, Run


def diff(context: Context) -> list[Planned[models.Machine]]:
    """Return a step for each machine that has this owner's marks and its own name but no description."""
    if not context.options.prune:
        return []
    named = {(each.app_name, each.name) for each in context.resources if isinstance(each, Machine)}
    return [
        Planned(
            Machine(app, machine.name, models.MachineConfig(image=reading.config_of(machine).get("image"))),
            "destroy",
            notes=("ours, and no longer described",),
            observed=machine,
        )
        for app, state in context.world.items()
        for machine in state.machines.live
        if _is_for_us_to_destroy(machine, context.options.owner) and (app, machine.name) not in named
    ]


def _is_for_us_to_destroy(machine: models.Machine, owner: str | None) -> bool:
    """Return whether it is ours, readable and not protected: of one on a lost host, nothing is known."""
    return not reading.why_unreadable(machine) and is_ours(machine, owner) and not is_protected(machine)


def apply(steps: Sequence[Planned[models.Machine]], run: Run) -> Flow[dict[Hashable, Done[Any]]]:
    """Destroy the pruned machines after everything else has succeeded."""
    nodes: dict[Hashable, Node] = {
        step.resource: Node(start_of(functools.partial(_prune, step.observed), step, run))
        for step in steps
        if step.observed is not None
    }
    return (yield from graph(nodes))


def _prune(
    observed: models.Machine, step: Planned[models.Machine], resource: Machine, run: Run
) -> Flow[None]:
    """Destroy one machine if that is still right: its host may be gone, or its owner may have changed.

    It is read before its lease is taken, because a lost host would make the lease wait; again afterwards, so
    that a machine of another owner is not stopped; and right before it is deleted, because marks can change
    without a lease (LE-15).
    """
    app, fresh = resource.app_name, observed

    def check(machine: models.Machine) -> None:
        nonlocal fresh
        fresh = machine
        if not _is_for_us_to_destroy(machine, run.options.owner):
            why = "protected now" if is_protected(machine) else "no longer marked with this owner"
            raise NotOwnedError(reading.why_unreadable(machine) or why)

    def work() -> Flow[None]:
        machine = yield from call(requests.get_machine(app, observed.id))
        check(machine)
        yield from machine_steps.destroy(attrs.evolve(step, observed=machine), resource, run, check)

    try:
        check((yield from call(requests.get_machine(app, observed.id))))
        yield from leases.under_lease(app, observed.id, run, work)
    except NotOwnedError as left:
        run.record_as_found(step, fresh, str(left))
    except NotFoundError as denied:
        if (yield from is_machine_there(app, observed.id)):
            raise ContradictionError(
                f"{resource} was not destroyed: {denied} It still exists. Run it again."
            ) from denied
        run.record_as_found(step, observed)
