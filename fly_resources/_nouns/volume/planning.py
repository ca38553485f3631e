"""Plan volumes. They hold data: never replaced by an empty one. `steps` applies the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fly_resources._engine.effects import Flow, call
from fly_resources._nouns.run import Context, destroy_step
from fly_resources._nouns.volume.matching import Match, candidates, match, mounted
from fly_resources._sdk import reading, requests
from fly_resources.errors import AmbiguousMatchError, FlyError, VolumeLostError
from fly_resources.report import Change, Planned
from fly_resources.resources import DEFAULT_SIZE_GB

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._nouns.listings import Volumes
    from fly_resources.resources import Volume

_SHOWN_SNAPSHOTS: Final = 5


def diff(resource: Volume, context: Context) -> Planned[models.Volume]:
    """Find the volume and compare its size (a minimum) and the declared backup settings.

    Raises:
        VolumeLostError: The volume is lost or in another region; creating an empty one would hide that.
        AmbiguousMatchError: Several volumes fit and no machine tells which one is meant.
    """
    _check_not_lost(resource, context)
    found = match(resource, context)
    observed = _unambiguous(resource, found)
    if observed is None:
        return _unread_user(resource, context) or _diff_absent(resource, context)
    if status := reading.host_trouble(observed):
        note = f"its host is {status}; try again when it is back"
        return Planned(resource, "blocked", notes=(note,), observed=observed)
    changes = compare(resource, observed)
    notes = _taken_notes(resource, found)
    if observed.size_gb < resource.size_gb:
        notes.append(f"{resource.size_gb - observed.size_gb} GB more, billed monthly")
        if user := reading.holder_id(observed):
            host = context.state(resource).machines.by_id.get(user)
            if host is not None and not reading.is_reachable(host):
                note = f"cannot grow: machine {user}, which mounts it: {reading.why_unreadable(host)}"
                return Planned(resource, "blocked", notes=(note,), observed=observed)
            notes.append(f"restarts machine {user} if it runs and the service requires it")
    if resource.size_gb != DEFAULT_SIZE_GB and observed.size_gb > resource.size_gb:
        notes.append(f"keeps its {observed.size_gb} GB: a volume cannot shrink")
    if is_plain(resource, observed):
        notes.append("is not encrypted, which is fixed when a volume is created")
    return Planned(resource, "update" if changes else "none", changes, tuple(notes), observed)


def compare(resource: Volume, disk: models.Volume) -> tuple[Change, ...]:
    """Return the differences between `disk` and its description that can be changed in place."""
    changes = []
    if disk.size_gb < resource.size_gb:
        changes.append(Change("size_gb", disk.size_gb, resource.size_gb))
    for field in ("snapshot_retention", "auto_backup_enabled"):
        wanted, have = getattr(resource, field), reading.given(getattr(disk, field))
        if wanted is not None and wanted != have:
            changes.append(Change(field, have, wanted))
    return tuple(changes)


def is_plain(resource: Volume, disk: models.Volume) -> bool:
    """Return whether `disk` should be encrypted but is not; this is fixed when a volume is created."""
    return resource.encrypted and reading.given(disk.encrypted) is False


def origin(resource: Volume) -> str | None:
    """Return the source of the data of `resource`; the service does not report it for an existing volume."""
    return resource.snapshot_id or resource.source_volume_id


def _unread_user(resource: Volume, context: Context) -> Planned[models.Volume] | None:
    """Return a blocked step if an unreadable machine is to mount it, which may mount one already (MA-45)."""
    for machine in context.described.mounting(resource):
        found = context.state(resource).machine(machine.name)
        if found is not None and not reading.has_config(found):
            note = f"{machine}, which is to mount it, may have one already: {reading.why_unreadable(found)}"
            return Planned(resource, "blocked", notes=(note,))
    return None


def may_restart(planned: Planned[models.Volume]) -> bool:
    """Return whether the machine that mounts the volume may have to restart to see its new size (VO-11)."""
    attached = planned.observed is not None and reading.holder_id(planned.observed) is not None
    return attached and any(change.path == "size_gb" for change in planned.changes)


def _diff_absent(resource: Volume, context: Context) -> Planned[models.Volume]:
    """Plan a creation: region, source and size, as far as they are known in advance."""
    state = context.state(resource)
    source = state.volumes.by_id.get(resource.source_volume_id or "")
    place = resource.where or (source.region if source else "its source's region")
    size_gb = max(resource.size_gb, source.size_gb) if source else resource.size_gb
    restored = resource.snapshot_id is not None and resource.size_gb == DEFAULT_SIZE_GB
    size = f"its snapshot's size, at least {size_gb} GB," if restored else f"{size_gb} GB"
    came = {"forked from": resource.source_volume_id, "restored from": resource.snapshot_id}
    notes = [f"{size} in {place}, billed monthly", *(f"{how} {what}" for how, what in came.items() if what)]
    changes = (Change("size_gb", None, size_gb), Change("region", None, place))
    return Planned(resource, "create", changes, (*notes, *_dying_notes(resource, state.volumes)))


def _dying_notes(resource: Volume, volumes: Volumes) -> list[str]:
    """Return a note on volumes of that name that are being destroyed, if the new one will be empty."""
    dying = [each.id for each in volumes.named(resource.name) if reading.is_dying(each)]
    if not dying or origin(resource):
        return []
    return [f"empty; {', '.join(dying)} of that name is being destroyed: snapshot_id= restores it"]


def diff_destroy(resource: Volume, context: Context) -> Planned[models.Volume]:
    """Plan the deletion of the volume.

    Raises:
        AmbiguousMatchError: Several volumes fit, or one fits only by a region alias.
    """
    found = match(resource, context)
    with_app = context.names_app_of(resource)
    if with_app and context.options.everything:
        # Whichever volume is meant, the app takes them all with it.
        return destroy_step(resource, found.disk, "its data is lost")
    disk = _unambiguous(resource, found)
    if disk is not None and not found.sure and not with_app:
        raise AmbiguousMatchError(
            f"{resource}: volume {disk.id} in {disk.region} may be the one, but only the service knows which "
            "regions an alias stands for. Give id= to destroy it.",
            candidates=[disk.id],
        )
    return destroy_step(resource, disk, "its data is lost", *_taken_notes(resource, found))


def find(resource: Volume, context: Context) -> models.Volume | None:
    """Return the live volume that `resource` means, or None; of several, the one that its machine mounts.

    Raises:
        AmbiguousMatchError: Several volumes fit and no machine tells which one is meant.
    """
    return _unambiguous(resource, match(resource, context))


def _unambiguous(resource: Volume, found: Match) -> models.Volume | None:
    if found.disk is not None and found.others:
        fitting = [volume.id for volume in (found.disk, *found.others)]
        raise AmbiguousMatchError(
            f"{resource}: {len(fitting)} live volumes match: {', '.join(fitting)}. Pin one with id=.",
            candidates=fitting,
        )
    return found.disk


def _taken_notes(resource: Volume, found: Match) -> list[str]:
    """Return a note on the volume that was taken, if only a region alias identifies it."""
    if found.disk is None or found.sure:
        return []
    return [f"{found.disk.id} in {found.disk.region} counts as {resource.where or 'it'}"]


def _check_not_lost(resource: Volume, context: Context) -> None:
    """Refuse to continue if an empty volume would replace one that holds data."""
    state = context.state(resource)
    if resource.id is not None and resource.id not in state.volumes.live.by_id:
        raise VolumeLostError(
            f"{resource}: app {state.name!r} has no live volume {resource.id}. "
            f"{_say_instead(resource, context)}",
            app=state.name,
            volume_id=resource.id,
        )
    if resource.id is None and not resource.allow_empty and not _is_mounted(resource, context):
        _check_not_elsewhere(resource, context)


def _is_mounted(resource: Volume, context: Context) -> bool:
    """Return whether its machine mounts it; refuse to replace one that is gone or being deleted."""
    for machine, volume_id, disk in mounted(resource, context):
        if disk is not None and disk.name == resource.name:
            return True
        if disk is None and origin(resource) is None:
            raise VolumeLostError(
                f"{resource}: {machine} mounts volume {volume_id}, which is gone or being destroyed. No "
                "empty one is created in its place. Destroy the machine and give snapshot_id= to restore the "
                "volume, or allow_empty=True to start with an empty one.",
                app=resource.app_name,
                volume_id=volume_id,
            )
    return False


def _check_not_elsewhere(resource: Volume, context: Context) -> None:
    state = context.state(resource)
    named = state.volumes.live.named(resource.name)
    by_default = resource.region is None and resource.source_volume_id is None
    if by_default and named and not candidates(resource, state.volumes.live):
        elsewhere = ", ".join(f"{volume.id} in {volume.region}" for volume in named)
        raise VolumeLostError(
            f"{resource}: its region is only the app's primary_region, and a volume of that name is "
            f"elsewhere: {elsewhere}. "
            f"Give region={named[0].region!r} to keep using it, or allow_empty=True for a new empty one.",
            app=state.name,
        )


def _say_instead(resource: Volume, context: Context) -> str:
    """Say what to give instead of an id that is gone; a host migration changes a volume's id (HS-2)."""
    for machine, volume_id, disk in mounted(resource, context):
        if disk is not None:
            return (
                f"{machine} mounts {volume_id} now, as after a migration to another host, which copies the "
                f"data: give id={volume_id!r} if that is meant."
            )
    return "List its volumes and name one that exists, or leave id out to create a new one."


def with_snapshots(lost: VolumeLostError) -> Flow[VolumeLostError]:
    """Add the snapshots of the lost volume to the error, newest first, if they can be read (SN-3)."""
    if lost.volume_id is None:
        return lost
    try:
        listed = yield from call(requests.list_snapshots(lost.app, lost.volume_id))
    except FlyError:
        return lost
    found = sorted(listed, key=lambda snapshot: reading.moment(snapshot.created_at), reverse=True)
    shown = ", ".join(f"{each.id} ({each.created_at})" for each in found[:_SHOWN_SNAPSHOTS])
    told = f"{lost} Its snapshots, newest first: {shown}." if found else f"{lost} It has no snapshot."
    ids = [each.id for each in found]
    return VolumeLostError(told, app=lost.app, volume_id=lost.volume_id, snapshots=ids)
