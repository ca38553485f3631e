"""Destroying a machine whose host does not answer: no lease and no stop can be had there (HS-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources._flows.departures import describe_leaving
from fly_resources._flows.leases import acquire, until_free
from fly_resources._flows.machines import OWNER
from fly_resources.errors import ApiError, FlyError, NotFoundError, PreconditionFailedError, ReconcileError

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._flows.run import Run
    from fly_resources.resources import Resource


def lease_to_destroy(noun: Resource[Any], observed: models.Machine, run: Run) -> Flow[bool]:
    """Take the machine's lease; return False where it is to be deleted without: by force, on a dead host.

    Raises:
        ApiError: The lease was refused; or it was not answered, and `force` was not given.
    """
    app, machine_id, force = noun.app_name, observed.id, run.options.force
    if (app, machine_id) in run.leases:
        return True
    if force and not _readings.is_reachable(observed):
        return False
    try:
        yield from acquire(app, machine_id, run)
    except NotFoundError:
        pass  # whoever deletes it finds out whether it is there
    except FlyError as error:
        # What a lost host's lease is refused with is not recorded; a lease of another is respected.
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
    """Send just the deletion, if the machine is still the one that was looked at; return what is left.

    The service accepts it and destroys the machine when its host is back; until then it may even run.

    Raises:
        ReconcileError: Something else has changed the machine since; it was not deleted.
        ApiError: The deletion was refused.
    """
    app, machine_id = noun.app_name, observed.id
    seen = yield from _read(app, machine_id)
    if seen is None or _readings.is_leaving(seen):
        return seen
    if _identity(seen) != _identity(observed):
        raise ReconcileError(
            f"{noun} was changed by something else since this run looked at it, so it is not destroyed. "
            "Run it again to look anew."
        )
    try:
        yield from until_free(lambda: _delete(app, machine_id), run)
    except FlyError as error:
        seen = yield from _read(app, machine_id)
        if not error.maybe_applied or (seen is not None and _readings.is_live(seen)):
            raise
        return seen
    return (yield from _read(app, machine_id))


def notes_on(left: models.Machine | None) -> tuple[str, ...]:
    """Say what is left of a machine whose deletion was accepted."""
    if left is None:
        return ()
    if _readings.is_leaving(left):
        return (describe_leaving(left),)
    return (f"its deletion was accepted and it is still {left.state}: it goes when its host is back",)


def _delete(app: str, machine_id: str) -> Flow[None]:
    try:
        yield from call(_ops.delete_machine(app, machine_id, None, force=True))
    except NotFoundError:
        return


def _read(app: str, machine_id: str) -> Flow[models.Machine | None]:
    try:
        seen = yield from call(_ops.get_machine(app, machine_id))
    except NotFoundError:
        return None
    return None if _readings.is_gone(seen) else seen


def _identity(machine: models.Machine) -> tuple[str | None, ...]:
    """Return what tells whether a machine is another's or another version by now.

    Of a dead host, the service keeps the config under another key (MA-18); its marks count all the same.
    """
    config = _readings.given(machine.config) or _readings.given(machine.incomplete_config)
    metadata = (config.to_dict().get("metadata") or {}) if config else {}
    return machine.name, _readings.version_of(machine), metadata.get(OWNER)
