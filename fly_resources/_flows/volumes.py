"""Volumes are data: matched with care, never replaced by an empty one; `volume_steps` changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources._flows.regions import allows
from fly_resources._flows.run import Context, destroy_step
from fly_resources._flows.world import DYING_VOLUMES
from fly_resources.errors import AmbiguousMatchError, FlyError, VolumeLostError
from fly_resources.report import Change, Planned
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_machines import models

    from fly_resources._flows.world import AppState
    from fly_resources.resources import Volume

_SHOWN_SNAPSHOTS: Final = 5


def diff(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Find the volume and compare its size (at least) and the backup settings that are given.

    Raises:
        VolumeLostError: It was there, or is elsewhere: an empty one in its place would hide that.
        AmbiguousMatchError: Several fit and no machine says which.
    """
    _check_not_lost(noun, context)
    observed = find(noun, context)
    if observed is None:
        return _diff_absent(noun, context)
    if not is_reachable(observed):
        note = f"its host is {observed.host_status}; try again when it is back"
        return Planned(noun, "blocked", notes=(note,), observed=observed)
    changes: list[Change] = []
    notes: list[str] = []
    if observed.size_gb < noun.size_gb:
        changes.append(Change("size_gb", observed.size_gb, noun.size_gb))
        notes.append(f"{noun.size_gb - observed.size_gb} GB more, billed monthly")
        if user := _readings.given(observed.attached_machine_id):
            host = next((each for each in context.state(noun).machines if each.id == user), None)
            if host is not None and not is_reachable(host):
                note = f"cannot grow: the host of machine {user} that mounts it is {host.host_status}"
                return Planned(noun, "blocked", notes=(note,), observed=observed)
            notes.append(f"restarts machine {user}, if that runs and the service asks for it")
    for field in ("snapshot_retention", "auto_backup_enabled"):
        wanted, have = getattr(noun, field), _readings.given(getattr(observed, field))
        if wanted is not None and wanted != have:
            changes.append(Change(field, have, wanted))
    return Planned(noun, "update" if changes else "none", tuple(changes), tuple(notes), observed)


def may_restart(planned: Planned[models.Volume]) -> bool:
    """Whether the machine that mounts it may have to restart to see its new size (VO-11)."""
    attached = planned.observed is not None and is_attached(planned.observed)
    return attached and any(change.path == "size_gb" for change in planned.changes)


def _diff_absent(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Say where it would be made, what from, and how large, as far as that can be known before."""
    state = context.state(noun)
    source = next((each for each in state.volumes if each.id == noun.source_volume_id), None)
    place = noun.where or (source.region if source else "its source's region")
    size_gb = max(noun.size_gb, source.size_gb if source else 0)
    notes = [f"{size_gb} GB in {place}, billed monthly"]
    if noun.source_volume_id:
        notes.append(f"forked from {noun.source_volume_id}")
    if noun.snapshot_id:
        notes.append(f"restored from {noun.snapshot_id}")
    changes = (Change("size_gb", None, size_gb), Change("region", None, place))
    return Planned(noun, "create", changes, tuple(notes))


def diff_destroy(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Look which volume would be deleted."""
    return destroy_step(noun, find(noun, context), "its data is lost")


def find(noun: Volume, context: Context) -> models.Volume | None:
    """Return the live volume that `noun` means, if there is one; of several, the one that its machine mounts.

    One of another name that the machine mounts is not meant: it would grow in a stranger's place. Nor is
    the source of a fork: it would be written to in the place of its copy.

    Raises:
        AmbiguousMatchError: Several fit and no machine says which.
    """
    state = context.state(noun)
    by_id = {volume.id: volume for volume in state.live_volumes()}
    if noun.id is not None:
        return by_id.get(noun.id)
    for machine in users(noun, context):
        mounted = by_id.get(_mounted_id(machine, state) or "")
        if mounted is not None and mounted.name == noun.name and mounted.id != noun.source_volume_id:
            return mounted
    here = same(noun, state.volumes)
    if noun.allow_empty:
        here = [volume for volume in here if is_reachable(volume)]
    if len(here) > 1:
        listed = ", ".join(volume.id for volume in here)
        raise AmbiguousMatchError(
            f"{noun}: {len(here)} live volumes fit: {listed}. Pin one with id=.",
            candidates=[volume.id for volume in here],
        )
    return here[0] if here else None


def _check_not_lost(noun: Volume, context: Context) -> None:
    """Refuse to go on where an empty volume would take the place of one that holds data."""
    state = context.state(noun)
    live = {volume.id: volume for volume in state.live_volumes()}
    if noun.id is not None:
        if noun.id not in live:
            raise VolumeLostError(
                f"{noun}: app {state.name!r} has no live volume {noun.id}. "
                "List its volumes and name one that exists, or leave id out to make a new one.",
                app=state.name,
                volume_id=noun.id,
            )
        return
    if noun.allow_empty:
        return
    filled = noun.snapshot_id is not None or noun.source_volume_id is not None
    for machine in users(noun, context):
        mounted = _mounted_id(machine, state)
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


def users(noun: Volume, context: Context) -> list[Machine]:
    """Return the named machines that shall mount it."""
    return [other for other in context.nouns if isinstance(other, Machine) and noun in other.mounts.values()]


def _mounted_id(machine: Machine, state: AppState) -> str | None:
    """Return the volume id that the live machine mounts, wherever: it has one mount at most (MA-26)."""
    observed = state.machine(machine.name)
    mounts = _readings.config_of(observed).get("mounts") or [] if observed is not None else []
    ids = (str(mount.get("volume", "")) for mount in mounts)
    return next((each for each in ids if each.startswith("vol_")), None)


def is_at(noun: Volume, region: str) -> bool:
    """Whether a volume in `region` is where the noun says; a fork may say nothing (VO-5, VO-6)."""
    return allows(noun.where, region)


def same(noun: Volume, volumes: Sequence[models.Volume]) -> list[models.Volume]:
    """Return the live volumes of that name and place; a fork is never its own source, but goes beside it."""
    source = next((each for each in volumes if each.id == noun.source_volume_id), None)
    return [
        volume
        for volume in volumes
        if volume.name == noun.name
        and is_at(noun, volume.region)
        and (noun.where or source is None or volume.region == source.region)
        and volume.id != noun.source_volume_id
        and volume.state not in DYING_VOLUMES
    ]


def is_reachable(thing: models.Volume | models.Machine) -> bool:
    """Whether its host answers (MA-18)."""
    return _readings.given(thing.host_status) in {None, "ok"}


def is_attached(volume: models.Volume) -> bool:
    """Whether a machine holds it."""
    return bool(_readings.given(volume.attached_machine_id))


def is_held_by(volume: models.Volume | None, machine: models.Machine) -> bool:
    """Whether this machine holds it."""
    return volume is not None and _readings.given(volume.attached_machine_id) == machine.id
