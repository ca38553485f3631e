"""Destroy a machine whose host does not respond and so cannot grant a lease or stop the machine (HS-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._nouns.existence import find_machine, or_none
from fly_resources._nouns.machine.departures import describe_leaving
from fly_resources._nouns.machine.leases import acquire, until_free
from fly_resources._nouns.machine.marks import is_protected, owner_of
from fly_resources._sdk import reading, requests
from fly_resources.errors import ApiError, FlyError, NotFoundError, PreconditionFailedError, ReconcileError

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._engine.effects import Flow
    from fly_resources._nouns.run import Run
    from fly_resources.resources import Resource


def lease_to_destroy(noun: Resource[Any], observed: models.Machine, run: Run) -> Flow[bool]:
    """Take the machine's lease. Return False if it must be deleted without one: by force, on a dead host.

    Raises:
        ApiError: The lease was refused, or the request got no answer and `force` was not given.
    """
    app, machine_id, force = noun.app_name, observed.id, run.options.force
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
    noun: Resource[Any], observed: models.Machine, run: Run
) -> Flow[models.Machine | None]:
    """Delete the machine without a lease if it has not changed since it was read; return what is left of it.

    The service accepts the deletion and destroys the machine when its host is back. Until then, the machine
    may even run.

    Raises:
        ReconcileError: Something else has changed the machine since it was read; it was not deleted.
        ApiError: The deletion was refused.
    """
    app, machine_id = noun.app_name, observed.id
    seen = yield from find_machine(app, machine_id)
    if seen is None or reading.is_leaving(seen):
        return seen
    if _identity(seen) != _identity(observed):
        raise ReconcileError(
            f"{noun} was not destroyed: something else has changed it since this run read it. Run it again "
            "to compare."
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
