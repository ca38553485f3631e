"""What a machine mounts: which volume, and where, is fixed when it is made (LC-16, LC-17).

How a volume grows by itself (`extend_threshold_percent` and the like) is config as any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources import _readings
from fly_resources._flows import volume_matching, volumes
from fly_resources.errors import ConfigurationError, ImmutableFieldError, ReconcileError, VolumeLostError
from fly_resources.report import Change
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fly_machines import models

    from fly_resources._flows.run import Context
    from fly_resources.resources import Machine

#: Where it mounts what: a noun, a volume's id or, in the config's own form, a name (VO-4).
Mounts: TypeAlias = tuple[tuple[str, Volume | str], ...]

_FIXED: Final = frozenset({"path", "volume"})
#: The service fills these in from the volume (MA-8).
_OF_VOLUME: Final = frozenset({"encrypted", "name", "size_gb"})


def split(noun: Machine, declared: dict[str, Any]) -> tuple[dict[str, Any], Mounts | None]:
    """Take which volume is mounted where out of a config; what is left says how it grows.

    None if nothing is said of mounts, which is not the same as an empty list.

    Raises:
        ConfigurationError: The config's mounts contradict `mounts=`, or say what only the volume can.
    """
    named = tuple(noun.mounts.items())
    rows = declared.get("mounts")
    if rows is None:
        return declared, named or None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) > 1:
        raise ConfigurationError(
            f"{noun}: config['mounts'] takes a list of one object; Fly.io allows one mount."
        )
    rest = {key: value for key, value in declared.items() if key != "mounts"}
    growth = []
    for row in rows:
        filled = sorted(_OF_VOLUME & row.keys())
        if filled:
            raise ConfigurationError(
                f"{noun}: config['mounts'] gives {', '.join(filled)}, which the volume has: leave that "
                "out here, and describe it with Volume."
            )
        growth.append({key: value for key, value in row.items() if key not in _FIXED})
    if any(growth):
        rest["mounts"] = growth
    if not named:
        return rest, tuple(_place(noun, row) for row in rows)
    if not rows or any("volume" in row or row.get("path", named[0][0]) != named[0][0] for row in rows):
        raise ConfigurationError(
            f"{noun}: give the volume in mounts= or in config['mounts'], not both. Beside mounts=, "
            "config['mounts'] may say how the volume grows (extend_threshold_percent and the like)."
        )
    return rest, named


def _place(noun: Machine, row: Mapping[str, Any]) -> tuple[str, str]:
    path, volume = row.get("path"), row.get("volume")
    if not (isinstance(path, str) and path and isinstance(volume, str) and volume):
        raise ConfigurationError(f"{noun}: config['mounts'] needs a path and a volume, each a text.")
    return path, volume


def change(wanted: Mounts | None, observed: models.Machine, context: Context) -> Change | None:
    """Return how what is mounted differs, if it does; where nothing is said of it, it does not."""
    if wanted is None:
        return None
    rows = mounted(observed)
    want = {path: _known_id(volume, context) for path, volume in wanted}
    if {row.get("path") for row in rows} == want.keys() and all(_is(row, want[row["path"]]) for row in rows):
        return None
    have = {row.get("path"): _titled(row) for row in rows}
    return Change("mounts", _listed(have), _listed(want))


def mounted(machine: models.Machine) -> list[dict[str, Any]]:
    """Return what the machine mounts, as the service shows it."""
    return _readings.config_of(machine).get("mounts") or []


def check_stays(noun: Machine, wanted: Mounts | None, context: Context) -> None:
    """Refuse to move a machine away from its data, whatever else may be replaced (rule 7)."""
    for _, volume in wanted or ():
        if not isinstance(volume, Volume) or (volume.id is not None and volume.region is None):
            continue
        found = volumes.find(volume, context)
        if found is not None and not volume_matching.is_at(volume, found.region):
            raise ImmutableFieldError(
                f"{noun}: it mounts {found.id} in {found.region!r}, and a volume cannot move to "
                f"{volume.where!r}. Keep region={found.region!r}, or make a volume of another name from a "
                "snapshot of it there, and a machine of another name beside this one."
            )


def check_named(noun: Machine, wanted: Mounts | None, observed: models.Machine) -> None:
    """Refuse to make a machine again without the volume that it mounts, because nobody named that."""
    rows = mounted(observed)
    if wanted is None and rows:
        raise ImmutableFieldError(
            f"{noun}: it mounts {_titled(rows[0])} at {rows[0].get('path')}, which its description does not "
            "name: replacing the machine would drop the mount. Name it with mounts=, or give "
            "config={'mounts': []} to drop it."
        )


def check_free(
    noun: Machine, wanted: Mounts | None, observed: models.Machine | None, context: Context
) -> None:
    """Refuse to make a machine whose volume another one holds: the service would, after the first writes."""
    state = context.state(noun)
    mounted_ids = {_known_id(volume, context) for _, volume in wanted or ()}
    for disk in (each for each in state.volumes if each.id in mounted_ids):
        holder = next(
            (each for each in state.live_machines() if volume_matching.is_held_by(disk, each)), None
        )
        if holder is None or (observed is not None and holder.id == observed.id):
            continue
        raise ReconcileError(
            f"{noun}: machine {holder.name} ({holder.id}) holds volume {disk.id}, and a volume is for one "
            f"machine at a time. Is {noun.name} its new name? Then destroy {holder.name} first, which leaves "
            "the volume as it is, and run this again; prune=True does so only in the end. Or else give "
            f"{noun.name} a volume of its own."
        )


def check_mountable(
    noun: Machine, wanted: Mounts | None, machine_id: str, known: Sequence[models.Volume], context: Context
) -> None:
    """Refuse to destroy a machine for one that cannot have its volume; `known`: the app's live volumes.

    Raises:
        VolumeLostError: There is no such volume.
        ReconcileError: Its host is not reachable, or another machine holds it.
    """
    for _, volume in wanted or ():
        if isinstance(volume, Volume) and _known_id(volume, context) is None:
            continue  # made by this run, for this machine
        asked = volume if isinstance(volume, str) else str(_known_id(volume, context))
        fitting = [each for each in known if asked in {each.id, each.name}]
        if not fitting:
            raise VolumeLostError(
                f"{noun}: there is no live volume {asked!r} for it to mount, so it is not destroyed. "
                "List the app's volumes and name one that exists.",
                app=noun.app_name,
                volume_id=asked,
            )
        if not any(_readings.is_reachable(each) for each in fitting):
            raise ReconcileError(
                f"{noun}: the host of volume {asked!r} is {fitting[0].host_status}, so the machine is not "
                "destroyed. Try again when it is back."
            )
        free = [
            each for each in fitting if _readings.given(each.attached_machine_id) in {None, "", machine_id}
        ]
        if not free:
            raise ReconcileError(
                f"{noun}: machine {fitting[0].attached_machine_id} holds volume {asked!r}, so this one "
                "is not destroyed. Free the volume first, or name another."
            )


def _known_id(volume: Volume | str, context: Context) -> str | None:
    if isinstance(volume, str):
        return volume
    found = volumes.find(volume, context)
    return found.id if found else None


def _is(row: Mapping[str, Any], volume: str | None) -> bool:
    return volume is not None and volume in {row.get("volume"), row.get("name")}


def _titled(row: Mapping[str, Any]) -> str:
    """Return a mounted volume's id, and its name where the service tells it (MA-8)."""
    return str(row.get("volume")) + (f" ({row['name']})" if row.get("name") else "")


def _listed(mounts: Mapping[Any, Any]) -> str:
    return ", ".join(f"{volume or 'a new volume'} at {path}" for path, volume in mounts.items()) or "nothing"
