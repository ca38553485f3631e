"""Volumes are data: matched with care, never replaced by an empty one; `volume_steps` changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources._flows.run import Context, destroy_step
from fly_resources._flows.volume_matching import (
    Match,
    is_attached,
    match,
    mounted_id,
    same,
    users,
)
from fly_resources.errors import AmbiguousMatchError, FlyError, VolumeLostError
from fly_resources.report import Change, Planned
from fly_resources.resources import DEFAULT_SIZE_GB

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

    from fly_resources.resources import Volume

_SHOWN_SNAPSHOTS: Final = 5


def diff(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Find the volume and compare its size (at least) and the backup settings that are given.

    Raises:
        VolumeLostError: It was there, or is elsewhere: an empty one in its place would hide that.
        AmbiguousMatchError: Several fit and no machine says which.
    """
    _check_not_lost(noun, context)
    found = match(noun, context)
    observed = _unambiguous(noun, found)
    if observed is None:
        return _unread_user(noun, context) or _diff_absent(noun, context)
    if status := _readings.host_trouble(observed):
        note = f"its host is {status}; try again when it is back"
        return Planned(noun, "blocked", notes=(note,), observed=observed)
    changes = compare(noun, observed)
    notes = _taken_notes(noun, found)
    if observed.size_gb < noun.size_gb:
        notes.append(f"{noun.size_gb - observed.size_gb} GB more, billed monthly")
        if user := _readings.given(observed.attached_machine_id):
            host = next((each for each in context.state(noun).machines if each.id == user), None)
            if host is not None and not _readings.is_reachable(host):
                note = f"cannot grow: machine {user} that mounts it: {_readings.why_unreadable(host)}"
                return Planned(noun, "blocked", notes=(note,), observed=observed)
            notes.append(f"restarts machine {user}, if that runs and the service asks for it")
    if is_plain(noun, observed):
        notes.append("is not encrypted, which is settled when a volume is made")
    return Planned(noun, "update" if changes else "none", changes, tuple(notes), observed)


def compare(noun: Volume, disk: models.Volume) -> tuple[Change, ...]:
    """Return what of `disk` is not as described and can be changed in place."""
    changes = []
    if disk.size_gb < noun.size_gb:
        changes.append(Change("size_gb", disk.size_gb, noun.size_gb))
    for field in ("snapshot_retention", "auto_backup_enabled"):
        wanted, have = getattr(noun, field), _readings.given(getattr(disk, field))
        if wanted is not None and wanted != have:
            changes.append(Change(field, have, wanted))
    return tuple(changes)


def is_plain(noun: Volume, disk: models.Volume) -> bool:
    """Return whether `disk` is not encrypted and should be, which is settled when a volume is made."""
    return noun.encrypted and _readings.given(disk.encrypted) is False


def origin(noun: Volume) -> str | None:
    """Return what `noun` is filled from; no answer of the service names that of a disk."""
    return noun.snapshot_id or noun.source_volume_id


def _unread_user(noun: Volume, context: Context) -> Planned[models.Volume] | None:
    """Refuse to make a volume for a machine that cannot be read: it may mount one already (MA-45)."""
    for machine in users(noun, context):
        found = context.state(noun).machine(machine.name)
        if found is not None and not _readings.has_config(found):
            note = f"{machine}, which is to mount it, may have one already: {_readings.why_unreadable(found)}"
            return Planned(noun, "blocked", notes=(note,))
    return None


def may_restart(planned: Planned[models.Volume]) -> bool:
    """Return whether the machine that mounts it may have to restart to see its new size (VO-11)."""
    attached = planned.observed is not None and is_attached(planned.observed)
    return attached and any(change.path == "size_gb" for change in planned.changes)


def _diff_absent(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Say where it would be made, what from, and how large, as far as that can be known before."""
    state = context.state(noun)
    source = next((each for each in state.volumes if each.id == noun.source_volume_id), None)
    place = noun.where or (source.region if source else "its source's region")
    size_gb = max(noun.size_gb, source.size_gb if source else 0)
    restored = noun.snapshot_id is not None and noun.size_gb == DEFAULT_SIZE_GB
    size = f"its snapshot's size, at least {size_gb} GB," if restored else f"{size_gb} GB"
    notes = [f"{size} in {place}, billed monthly"]
    if noun.source_volume_id:
        notes.append(f"forked from {noun.source_volume_id}")
    if noun.snapshot_id:
        notes.append(f"restored from {noun.snapshot_id}")
    changes = (Change("size_gb", None, size_gb), Change("region", None, place))
    return Planned(noun, "create", changes, tuple(notes))


def diff_destroy(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Look which volume would be deleted.

    Raises:
        AmbiguousMatchError: Several fit, or one does only by a word for several regions.
    """
    found = match(noun, context)
    with_app = context.names_app_of(noun)
    if with_app and context.options.everything:
        # Whichever is meant, the app takes them all along.
        return destroy_step(noun, found.disk, "its data is lost")
    disk = _unambiguous(noun, found)
    if disk is not None and not found.sure and not with_app:
        raise AmbiguousMatchError(
            f"{noun}: volume {disk.id} in {disk.region} may be meant, but that region is not named, and what "
            "a word for several stands for only the service knows. Pin it with id= to destroy it.",
            candidates=[disk.id],
        )
    return destroy_step(noun, disk, "its data is lost", *_taken_notes(noun, found))


def find(noun: Volume, context: Context) -> models.Volume | None:
    """Return the live volume that `noun` means, if there is one; of several, the one that its machine mounts.

    Raises:
        AmbiguousMatchError: Several fit and no machine says which.
    """
    return _unambiguous(noun, match(noun, context))


def _unambiguous(noun: Volume, found: Match) -> models.Volume | None:
    if found.disk is not None and found.others:
        fitting = [volume.id for volume in (found.disk, *found.others)]
        raise AmbiguousMatchError(
            f"{noun}: {len(fitting)} live volumes fit: {', '.join(fitting)}. Pin one with id=.",
            candidates=fitting,
        )
    return found.disk


def _taken_notes(noun: Volume, found: Match) -> list[str]:
    """Say which one is taken, where the noun says that only by a word for several regions."""
    if found.disk is None or found.sure:
        return []
    return [f"{found.disk.id} in {found.disk.region} is taken for {noun.where or 'it'}"]


def _check_not_lost(noun: Volume, context: Context) -> None:
    """Refuse to go on where an empty volume would take the place of one that holds data."""
    state = context.state(noun)
    live = {volume.id: volume for volume in state.live_volumes()}
    if noun.id is not None:
        if noun.id not in live:
            raise VolumeLostError(
                f"{noun}: app {state.name!r} has no live volume {noun.id}. "
                + _say_instead(noun, live, context),
                app=state.name,
                volume_id=noun.id,
            )
        return
    if noun.allow_empty:
        return
    filled = noun.snapshot_id is not None or noun.source_volume_id is not None
    for machine in users(noun, context):
        mounted = mounted_id(machine, state)
        if mounted in live:
            if live[mounted].name == noun.name:
                return
        elif mounted is not None and not filled:
            raise VolumeLostError(
                f"{noun}: {machine} mounts volume {mounted}, which is gone or going. "
                "No empty one is made in its place. Destroy the machine and give snapshot_id= to restore it "
                "from a snapshot, or allow_empty=True to start anew.",
                app=state.name,
                volume_id=mounted,
            )
    named = [volume for volume in live.values() if volume.name == noun.name]
    by_default = noun.region is None and noun.source_volume_id is None
    if by_default and named and not same(noun, named):
        elsewhere = ", ".join(f"{volume.id} in {volume.region}" for volume in named)
        raise VolumeLostError(
            f"{noun}: its region is only the app's primary_region, and a volume of that name is "
            f"elsewhere: {elsewhere}. "
            f"Give region={named[0].region!r} to keep using it, or allow_empty=True for a new empty one.",
            app=state.name,
        )


def _say_instead(noun: Volume, live: Mapping[str, models.Volume], context: Context) -> str:
    """Say what to give in place of an id that is gone; a host migration gives a disk another one (HS-2)."""
    for machine in users(noun, context):
        mounted = mounted_id(machine, context.state(noun))
        if mounted in live:
            return (
                f"{machine} mounts {mounted} now, as after a migration to another host, which copies the "
                f"data: give id={mounted!r} if that is meant."
            )
    return "List its volumes and name one that exists, or leave id out to make a new one."


def with_snapshots(lost: VolumeLostError) -> Flow[VolumeLostError]:
    """Add the snapshots of the lost volume to the error, newest first, as far as they can be read (SN-3)."""
    if lost.volume_id is None:
        return lost
    try:
        listed = yield from call(_ops.list_snapshots(lost.app, lost.volume_id))
    except FlyError:
        return lost
    found = sorted(listed, key=lambda snapshot: _readings.moment(snapshot.created_at), reverse=True)
    if not found:
        return VolumeLostError(f"{lost} It has no snapshot.", app=lost.app, volume_id=lost.volume_id)
    shown = ", ".join(f"{each.id} ({each.created_at})" for each in found[:_SHOWN_SNAPSHOTS])
    return VolumeLostError(
        f"{lost} Its snapshots, newest first: {shown}.",
        app=lost.app,
        volume_id=lost.volume_id,
        snapshots=[each.id for each in found],
    )
