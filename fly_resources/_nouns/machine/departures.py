"""Machines that are being destroyed, and those whose host does not respond: what they hold, what ends them.

A host that does not respond cannot grant a lease or stop its machine (HS-1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._nouns.existence import find_machine, or_none
from fly_resources._nouns.machine.leases import acquire, until_free
from fly_resources._nouns.machine.marks import is_protected, owner_of
from fly_resources._sdk import reading, requests
from fly_resources.errors import (
    ApiError,
    ContradictionError,
    FlyError,
    MachineNameConflictError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    VolumeInUseError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._engine.effects import Flow
    from fly_resources._nouns.run import Run
    from fly_resources.resources import Resource


def read_holder(app: str, held: MachineNameConflictError | VolumeInUseError) -> Flow[models.Machine | None]:
    """Read the machine that a refusal names. Return None if it names none or the machine is gone."""
    return None if held.machine_id is None else (yield from find_machine(app, held.machine_id))


def still_held(
    resource: Resource[object],
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
            f"{resource}: {describe_leaving(holder)}, and holds {keeps} until then; waited {waited_s:.0f} s. "
            f"Run it again when it is gone, {way_out}.",
            last_state=str(holder.state),
            waited_s=waited_s,
        )
    if isinstance(held, MachineNameConflictError) and holder is None and held.machine_id is not None:
        return ContradictionError(
            f"{resource}: the service says that machine {held.machine_id} has this name, and that no such "
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


def lease_to_destroy(resource: Resource[Any], observed: models.Machine, run: Run) -> Flow[bool]:
    """Take the machine's lease. Return False if it must be deleted without one: by force, on a dead host.

    Raises:
        ApiError: The lease was refused, or the request got no answer and `force` was not given.
    """
    app, machine_id, force = resource.app_name, observed.id, run.options.force
    if (app, machine_id) in run.leases:
        return True
    if force and not reading.is_reachable(observed):
        return False
    try:
        yield from acquire(app, machine_id, run)
    except NotFoundError:
        pass  # the deletion finds out whether the machine still exists
    except FlyError as error:
        # How a lost host refuses a lease is not recorded. A lease held by somebody else is respected.
        if not (error.maybe_applied or isinstance(error, PreconditionFailedError)):
            raise
        if force:
            return False
        if isinstance(error, ApiError):
            error.advice = "If its host is lost, pass force=True: it is then destroyed when its host is back."
        raise
    return True


def delete_without_lease(
    resource: Resource[Any], observed: models.Machine, run: Run
) -> Flow[models.Machine | None]:
    """Delete the machine without a lease if it has not changed since it was read; return what is left of it.

    The service accepts the deletion and destroys the machine when its host is back. Until then, the machine
    may even run.

    Raises:
        ReconcileError: Something else has changed the machine since it was read; it was not deleted.
        ApiError: The deletion was refused.
    """
    app, machine_id = resource.app_name, observed.id
    seen = yield from find_machine(app, machine_id)
    if seen is None or reading.is_leaving(seen):
        return seen
    if _identity(seen) != _identity(observed):
        raise ReconcileError(
            f"{resource} was not destroyed: something else has changed it since this run read it. Run it "
            "again to compare."
        )
    request = requests.delete_machine(app, machine_id, None, force=True)
    try:
        yield from until_free(lambda: or_none(request), run)
    except FlyError as error:
        seen = yield from find_machine(app, machine_id)
        if not error.maybe_applied or (seen is not None and reading.is_live(seen)):
            raise
        return seen
    return (yield from find_machine(app, machine_id))


def notes_on(left: models.Machine | None) -> tuple[str, ...]:
    """Return notes on what is left of a machine whose deletion was accepted."""
    if left is None:
        return ()
    if reading.is_leaving(left):
        return (describe_leaving(left),)
    return (f"its deletion was accepted, but it is still {left.state}: it goes when its host is back",)


def _identity(machine: models.Machine) -> tuple[object, ...]:
    """Return the values that reveal a change of the machine's owner, version or protection."""
    return machine.name, reading.version_of(machine), owner_of(machine), is_protected(machine)
