"""The volume that a machine mounts, and how it is claimed and released (MA-8, MA-25..27, LC-17, VO-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_list, as_object, as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Volume
    from fly_resources.testing._wire import Json, JsonObject


def wanted(config: JsonObject) -> JsonObject | None:
    """Return the only mount of a config, or None (MA-26)."""
    mounts = as_list(config.get("mounts"), "[]fly.MachineMount")
    if len(mounts) > 1:
        raise errors.daemon("invalid_argument", "config.mounts: only one volume can be mounted")
    if not mounts:
        return None
    mount = as_object(mounts[0], "fly.MachineMount")
    if not as_text(mount.get("path"), "string"):
        raise errors.daemon("invalid_argument", "config.mounts[0].path is required")
    return mount


def find_volume(app: App, mount: JsonObject, regions: Sequence[str] | None, now: float) -> Volume:
    """Return the free volume for a mount: the one with its id, or any with its name (VO-4, MA-27)."""
    asked = as_text(mount.get("volume"), "string")
    volume = app.volumes.get(asked)
    if volume is None:
        return _find_by_name(app, asked, regions, now)
    if volume.deleted_at is not None:
        raise errors.mount_of_deleted_volume()
    if regions is not None and volume.region not in regions:
        raise errors.mount_in_wrong_region(volume.id, volume.region, regions[0])
    holder = volume.held_by(now)
    if holder is not None:
        raise errors.volume_claimed(holder)
    return volume


def claim(app: App, volume: Volume, machine_id: str) -> None:
    """Attach a volume to a machine; the first mount creates the file system (VO-2)."""
    app.volumes[volume.id] = attrs.evolve(volume, machine_id=machine_id, release_at=None, used=True)


def release(app: App, machine_id: str, gone_at: float, platform: Platform) -> None:
    """Release a machine's volumes a short time after it is gone (VO-15)."""
    for volume in app.volumes.values():
        if volume.machine_id == machine_id and volume.release_at is None:
            app.volumes[volume.id] = attrs.evolve(volume, release_at=gone_at + platform.timings.release)


def echo(mount: JsonObject, volume: Volume) -> list[Json]:
    """Return `mounts` as the service returns it: completed from the volume (MA-8)."""
    filled: dict[str, Json] = {
        **mount,
        "volume": volume.id,
        "name": volume.name,
        "size_gb": volume.size_gb,
        "encrypted": volume.encrypted,
    }
    return [filled]


def _find_by_name(app: App, name: str, regions: Sequence[str] | None, now: float) -> Volume:
    for volume in app.volumes.values():
        if (
            volume.name == name
            and volume.deleted_at is None
            and volume.held_by(now) is None
            and (regions is None or volume.region in regions)
        ):
            return volume
    raise errors.volume_not_found()
