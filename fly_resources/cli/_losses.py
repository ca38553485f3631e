"""What a plan would destroy, for a person to agree to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources import _ops
from fly_resources._readings import is_dying, is_live
from fly_resources.cli import _screen
from fly_resources.resources import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources.client import Fly
    from fly_resources.report import Plan


def losses(plan: Plan, fly: Fly) -> list[str]:
    """Return a line for each thing that cannot be had back; what goes with its app is read and listed too."""
    lines = []
    for step in plan:
        if step.action not in {"destroy", "replace"}:
            continue
        notes = "".join(f"; {note}" for note in step.notes)
        lines.append(f"{step.action} {step.noun} ({_screen.describe(step.observed)}){notes}")
        if isinstance(step.noun, App):
            lines += [f"  with it, though not named: {each}" for each in _beside(step.noun.name, plan, fly)]
    return lines


def _beside(app: str, plan: Plan, fly: Fly) -> Iterator[str]:
    """Say what else an app holds: machines, volumes and addresses."""
    observed = [step.observed for step in plan]
    named = {getattr(each, key, None) for each in observed for key in ("id", "ip")}
    for machine in _ops.list_machines(app).sync(fly.sdk):
        if machine.id not in named and is_live(machine):
            yield f"machine {machine.name} ({_screen.describe(machine)})"
    for volume in _ops.list_volumes(app).sync(fly.sdk):
        if volume.id not in named and not is_dying(volume):
            yield f"volume {volume.name} ({_screen.describe(volume)})"
    for address in _ops.list_addresses(app).sync(fly.sdk):
        if address.ip not in named:
            yield f"address {address.ip}"
