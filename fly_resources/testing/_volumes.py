"""Volumes and their snapshots (VO-1 to VO-25, SN-1 to SN-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _errors as errors
from fly_resources.testing._bounds import GONE, forget_gone
from fly_resources.testing._call import as_bool, as_int, as_text
from fly_resources.testing._paging import MAX_ELEMENTS, next_header, page
from fly_resources.testing._regions import candidates
from fly_resources.testing._state import Snapshot, Volume
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App
    from fly_resources.testing._wire import Json, JsonObject

_DEFAULT_SIZE_GB = 3  # VO-1
_DEFAULT_RETENTION, _MAX_RETENTION = 5, 60  # VO-1
_BLOCK = 4096


def index(call: Call) -> Answer:
    """Volumes_list: a bare array that includes dying volumes, paginated on request (VO-13, VO-23)."""
    volumes = call.app().volumes.values()
    there = [
        (v.created_at, v.id, render(call.platform, v, call.now)) for v in volumes if not expired(v, call.now)
    ]
    shown, cursor = page(call, there, MAX_ELEMENTS)
    return json_answer(shown, headers=next_header(cursor))


def show(call: Call) -> Answer:
    """Volumes_get_by_id."""
    return json_answer(render(call.platform, _live(call), call.now))


def create(call: Call) -> Answer:
    """Volumes_create: 200; empty, from a snapshot or as a fork (VO-1, VO-5, VO-18)."""
    app = call.app()
    body = call.body("main.createVolumeRequest")
    name = as_text(body.get("name"), "string")
    if not name:  # VO-1; the text is not recorded
        raise errors.daemon("invalid_argument", "name is required")
    source, state = _source(call, app, body)
    least = source.size_gb if source is not None else 1
    size = as_int(body.get("size_gb"), "int") or (source.size_gb if source is not None else _DEFAULT_SIZE_GB)
    if size < least:
        raise _too_small(size, least, state)
    platform = call.platform
    volume = Volume(
        id=platform.ids.volume(),
        name=name,
        region=_region(call, as_text(body.get("region"), "string"), source),
        zone=platform.ids.hex(4),
        size_gb=size,
        encrypted=as_bool(body.get("encrypted"), "bool", default=True),
        snapshot_retention=_retention(body.get("snapshot_retention"), _DEFAULT_RETENTION),
        auto_backup_enabled=as_bool(body.get("auto_backup_enabled"), "bool", default=True),
        created_at=call.now,
        first_state=state,
        ready_at=call.now if state == "created" else call.now + platform.timings.volume,
    )
    app.volumes[volume.id] = volume
    forget_gone(app, call.now)
    shown = dict(render(platform, volume, call.now))
    shown["state"] = state
    return json_answer(shown)


def _too_small(size_gb: int, least_gb: int, state: str) -> errors.Refusal:
    if state == "restoring":
        return errors.restore_too_small(size_gb, least_gb)
    return errors.daemon("invalid_argument", f"size_gb must be at least {least_gb}")  # not recorded


def update(call: Call) -> Answer:
    """Volumes_update: only retention and automatic backups (VO-10)."""
    volume = _reachable(call)
    body = call.body("main.updateVolumeRequest")
    changed = attrs.evolve(
        volume,
        snapshot_retention=_retention(body.get("snapshot_retention"), volume.snapshot_retention),
        auto_backup_enabled=as_bool(
            body.get("auto_backup_enabled"), "bool", default=volume.auto_backup_enabled
        ),
    )
    call.app().volumes[volume.id] = changed
    return json_answer(render(call.platform, changed, call.now))


def extend(call: Call) -> Answer:
    """Volumes_extend: grows only; a mounted volume needs a restart of its machine (VO-11)."""
    volume = _reachable(call)
    size = as_int(call.body("main.extendVolumeRequest").get("size_gb"), "int")
    if size < volume.size_gb:  # neither text nor status is recorded
        raise errors.daemon("invalid_argument", "a volume cannot be made smaller")
    changed = attrs.evolve(volume, size_gb=size)
    call.app().volumes[volume.id] = changed
    shown = render(call.platform, changed, call.now)
    return json_answer({"volume": shown, "needs_restart": volume.held_by(call.now) is not None})


def delete(call: Call) -> Answer:
    """Volume_delete: 412 while attached to a machine (VO-14); answers `destroyed`, lists as dying (VO-12)."""
    volume = _live(call)
    holder = volume.held_by(call.now)
    if holder is not None:
        raise errors.volume_bound(holder)
    if volume.deleted_at is None:
        volume = attrs.evolve(volume, deleted_at=call.now)
        call.app().volumes[volume.id] = volume
    shown = dict(render(call.platform, volume, call.now))
    shown |= {"state": "destroyed", "snapshot_retention": 0}
    return json_answer(shown)


def list_snapshots(call: Call) -> Answer:
    """Volumes_list_snapshots: oldest first, also for a deleted volume (SN-3)."""
    wall = call.platform.wall
    listed: list[Json] = [
        {
            "id": snapshot.id,
            "size": 36_007_729,
            "digest": snapshot.digest,
            "created_at": wall.offset(snapshot.created_at),
            "retention_days": snapshot.retention_days,
            "status": "created",
            "volume_size": snapshot.volume_size,
        }
        for snapshot in call.volume().snapshots
        if call.now >= snapshot.ready_at
    ]
    return json_answer(listed)


def create_snapshot(call: Call) -> Answer:
    """createVolumeSnapshot: one at a time; the id for later use is `graph_id` (SN-1, SN-2, VO-25)."""
    volume = _reachable(call)
    if not volume.used:
        raise errors.volume_uninitialized()
    wall, ids = call.platform.wall, call.platform.ids
    for pending in volume.snapshots:
        if call.now < pending.ready_at:
            at = wall.seconds(pending.created_at)
            raise errors.daemon("failed_precondition", f"snapshot is already scheduled at {at}")
    snapshot = Snapshot(
        id=ids.snapshot(),
        created_at=call.now,
        ready_at=call.now + call.platform.timings.snapshot,
        digest=f"{ids.hex(32)}-1",
        retention_days=volume.snapshot_retention,
        volume_size=volume.size_gb,
    )
    call.app().volumes[volume.id] = attrs.evolve(volume, snapshots=(*volume.snapshots[1 - GONE :], snapshot))
    backup: dict[str, Json] = {
        "id": ids.hex(16),
        "app_id": call.app().number,
        "volume_id": volume.id,
        "state": "prepare",
        "type": "BACKUP_TYPE_ON_DEMAND",
        "created_at": wall.millis(call.now),
        "graph_id": snapshot.id,
    }
    return json_answer({"Msg": {"backup": backup}})


def state(platform: Platform, volume: Volume, now: float) -> str:
    """Return the state of a volume (VO-2, VO-12, VO-18)."""
    if volume.deleted_at is not None:
        dying = now < volume.deleted_at + platform.timings.volume
        return "scheduling_destroy" if dying else "pending_destroy"
    return volume.first_state if now < volume.ready_at else "created"


def expired(volume: Volume, now: float) -> bool:
    """Return whether a deleted volume is past recovery, and gone (VO-12)."""
    return volume.deleted_at is not None and now >= volume.deleted_at + volume.recoverable_s


def render(platform: Platform, volume: Volume, now: float) -> JsonObject:
    """Return a volume as the service returns it (VO-2, VO-3)."""
    blocks = volume.size_gb * 2**30 // _BLOCK if volume.used else 0
    return {
        "id": volume.id,
        "name": volume.name,
        "state": state(platform, volume, now),
        "size_gb": volume.size_gb,
        "region": volume.region,
        "zone": volume.zone,
        "encrypted": volume.encrypted,
        "attached_machine_id": volume.held_by(now),
        "attached_alloc_id": None,
        "created_at": platform.wall.millis(volume.created_at),
        "blocks": blocks,
        "block_size": _BLOCK if volume.used else 0,
        "blocks_free": blocks,
        "blocks_avail": blocks,
        "bytes_used": 0,
        "bytes_total": blocks * _BLOCK,
        "fstype": "ext4",  # VO-19
        "snapshot_retention": volume.snapshot_retention,
        "auto_backup_enabled": volume.auto_backup_enabled,
        "host_dedication_key": "",
        "host_status": volume.host_status,
    }


def _live(call: Call) -> Volume:
    volume = call.volume()
    if expired(volume, call.now):
        raise errors.volume_not_found()
    return volume


def _reachable(call: Call) -> Volume:
    volume = _live(call)
    if volume.host_status != "ok":  # MA-18; the response is not recorded
        raise errors.daemon("deadline_exceeded", "the host of the volume does not answer")
    return volume


@attrs.frozen
class _Source:
    """The source of a new volume's data."""

    size_gb: int
    region: str


def _source(call: Call, app: App, body: JsonObject) -> tuple[_Source | None, str]:
    """Return the source of the data, and the volume's state until the copy is complete (VO-18)."""
    fork_of = as_text(body.get("source_volume_id"), "string")
    if fork_of:
        volume = app.volumes.get(fork_of)
        if volume is None or volume.deleted_at is not None:
            raise errors.volume_not_found()
        return _Source(volume.size_gb, volume.region), "hydrating"
    snapshot_id = as_text(body.get("snapshot_id"), "string")
    if not snapshot_id:
        return None, "created"
    for owner in app.volumes.values():
        for snapshot in owner.snapshots:
            if snapshot.id == snapshot_id and call.now >= snapshot.ready_at:
                return _Source(snapshot.volume_size, owner.region), "restoring"
    raise errors.refusal(404, "snapshot not found")  # neither text nor status is recorded


def _region(call: Call, asked: str, source: _Source | None) -> str:
    """Return the first region of the list (VO-6); only a fork may omit it (VO-5)."""
    if not asked:
        if source is None:
            raise errors.region_unknown(asked)
        return source.region
    if not call.platform.behaviour.volume_region_lists and asked not in call.platform.regions:
        raise errors.region_unknown(asked)
    return candidates(asked, call.platform.regions, call.platform.nearest)[0]


def _retention(value: Json, default: int) -> int:
    days = as_int(value, "int", default)
    if not 1 <= days <= _MAX_RETENTION:  # VO-1; the text is not recorded
        raise errors.daemon("invalid_argument", f"snapshot_retention must be 1 to {_MAX_RETENTION}")
    return days
