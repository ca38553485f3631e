"""Machines that are being destroyed: why they remain, and the name or volume that they still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources._nouns.existence import find_machine
from fly_resources._sdk import reading
from fly_resources.errors import (
    ContradictionError,
    FlyError,
    MachineNameConflictError,
    VolumeInUseError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._engine.effects import Flow
    from fly_resources.resources import Resource


def read_holder(app: str, held: MachineNameConflictError | VolumeInUseError) -> Flow[models.Machine | None]:
    """Read the machine that a refusal names. Return None if it names none or the machine is gone."""
    return None if held.machine_id is None else (yield from find_machine(app, held.machine_id))


def still_held(
    noun: Resource[object],
    held: MachineNameConflictError | VolumeInUseError,
    holder: models.Machine | None,
    waited_s: float,
) -> FlyError | None:
    """Build the error for a name or volume that stays held although its holder is being destroyed or gone.

    Return None if the refusal itself says all that is known.
    """
    if holder is not None and reading.is_leaving(holder):
        keeps, way_out = "the name", "or use another name"
        if isinstance(held, VolumeInUseError):
            keeps = "the volume"
            way_out = (
                "or use another one: restored from its snapshot (snapshot_id=) or empty (allow_empty=True)"
            )
        return WaitTimeoutError(
            f"{noun}: {describe_leaving(holder)}, and holds {keeps} until then; waited {waited_s:.0f} s. "
            f"Run it again when it is gone, {way_out}.",
            last_state=str(holder.state),
            waited_s=waited_s,
        )
    if isinstance(held, MachineNameConflictError) and holder is None and held.machine_id is not None:
        return ContradictionError(
            f"{noun}: the service says that machine {held.machine_id} has this name, and that no such "
            f"machine exists; waited {waited_s:.0f} s. Run it again in a minute."
        )
    return None


def needs_force(machine: models.Machine) -> str | None:
    """Return why only `force=True` can destroy the machine now, or None if its host may respond."""
    status = reading.host_trouble(machine)
    if status is None:
        return None
    return (
        f"its host is {status}, so it cannot be stopped now; try again when the host is back, or pass "
        "force=True to have it destroyed as soon as the host is back"
    )


def describe_leaving(machine: models.Machine) -> str:
    """Describe a machine being destroyed: since when, and whether its host causes the delay (HS-1)."""
    updated = reading.given(machine.updated_at)
    since = f" since {updated}" if updated else ""
    status = reading.host_trouble(machine)
    why = f" (its host is {status}: it goes when the host is back)" if status else ""
    return f"machine {machine.name} ({machine.id}) is being destroyed{since}{why}"
