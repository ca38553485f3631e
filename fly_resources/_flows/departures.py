"""Machines on their way out: what keeps them, and what they still hold, a name or a volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources.errors import (
    ContradictionError,
    FlyError,
    MachineNameConflictError,
    NotFoundError,
    VolumeInUseError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources.resources import Resource


def read_holder(app: str, held: MachineNameConflictError | VolumeInUseError) -> Flow[models.Machine | None]:
    """Read the machine that a refusal names; None if it names none, or one that is gone."""
    if held.machine_id is None:
        return None
    try:
        machine = yield from call(_ops.get_machine(app, held.machine_id))
    except NotFoundError:
        return None
    return None if _readings.is_gone(machine) else machine


def still_held(
    noun: Resource[object],
    held: MachineNameConflictError | VolumeInUseError,
    holder: models.Machine | None,
    waited_s: float,
) -> FlyError | None:
    """Build the error for a name or volume that stays held although its holder is going or gone.

    None if the refusal itself says all that is known.
    """
    if holder is not None and _readings.is_leaving(holder):
        keeps, way_out = "the name", "or use another name"
        if isinstance(held, VolumeInUseError):
            keeps = "the volume"
            way_out = (
                "or use another one: restored from its snapshot (snapshot_id=) or empty (allow_empty=True)"
            )
        return WaitTimeoutError(
            f"{noun}: {describe_leaving(holder)}, and keeps {keeps} until it is gone; waited "
            f"{waited_s:.0f} s. Run it again when it is gone, {way_out}.",
            last_state=str(holder.state),
            waited_s=waited_s,
        )
    if isinstance(held, MachineNameConflictError) and holder is None and held.machine_id is not None:
        return ContradictionError(
            f"{noun}: the service refuses the name because machine {held.machine_id} has it, and says that "
            f"this machine does not exist; waited {waited_s:.0f} s. Run it again in a minute."
        )
    return None


def needs_force(machine: models.Machine) -> str | None:
    """Return why only `force=True` can destroy the machine now; None if its host may answer."""
    status = _readings.host_trouble(machine)
    if status is None:
        return None
    return (
        f"its host is {status}, so it cannot be stopped now; try again when it is back, or pass force=True: "
        "it is then destroyed as soon as its host is back"
    )


def describe_leaving(machine: models.Machine) -> str:
    """Say which machine is being destroyed, since when, and whether its host is why that lasts (HS-1)."""
    updated = _readings.given(machine.updated_at)
    since = f" since {updated}" if updated else ""
    status = _readings.host_trouble(machine)
    why = f" (its host is {status}: it goes when that is back)" if status else ""
    return f"machine {machine.name} ({machine.id}) is destroying{since}{why}"
