"""What a plan would destroy, and what it would create that is billed, to ask for confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._client.inside import (
    BILLED_ADDRESSES,
    is_dying,
    is_live,
    list_addresses,
    list_machines,
    list_volumes,
    send,
)
from fly_resources.cli import _screen
from fly_resources.resources import App, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fly_resources.client import Fly
    from fly_resources.report import Plan, Planned


def losses(plan: Plan, fly: Fly) -> list[str]:
    """Return a line for everything that would be lost, including what an app holds."""
    lines = []
    for step in plan:
        if step.action not in {"destroy", "replace"}:
            continue
        notes = "".join(f"; {note}" for note in step.notes)
        lines.append(f"{step.action} {step.resource} ({_screen.describe(step.observed)}){notes}")
        if isinstance(step.resource, App):
            lines += [
                f"  with it, though not described: {each}" for each in _beside(step.resource.name, plan, fly)
            ]
    return lines


def billed(plan: Plan) -> list[str]:
    """Return a line for everything that is billed once it is created or made larger."""
    return [f"{step.action} {step.resource}" + _noted(step.notes) for step in plan if _is_billed(step)]


def _is_billed(step: Planned[Any]) -> bool:
    match step.resource:
        case IpAddress() as address:
            return step.action == "create" and address.type in BILLED_ADDRESSES
        case Volume():
            grows = any(change.path == "size_gb" for change in step.changes)
            return step.action == "create" or (step.action == "update" and grows)
        case Machine():
            return step.action == "create"
        case _:
            return False


def _noted(notes: Sequence[str]) -> str:
    return f" ({'; '.join(notes)})" if notes else ""


def _beside(app: str, plan: Plan, fly: Fly) -> Iterator[str]:
    """Return what else an app holds: machines, volumes and addresses."""
    observed = [step.observed for step in plan]
    named = {getattr(each, key, None) for each in observed for key in ("id", "ip")}
    for machine in send(fly, list_machines(app)):
        if machine.id not in named and is_live(machine):
            yield f"machine {machine.name} ({_screen.describe(machine)})"
    for volume in send(fly, list_volumes(app)):
        if volume.id not in named and not is_dying(volume):
            yield f"volume {volume.name} ({_screen.describe(volume)})"
    for address in send(fly, list_addresses(app)):
        if address.ip not in named:
            yield f"address {address.ip}"
