"""A machine's mounts: the volume and its path are fixed when the machine is created (LC-16, LC-17).

The volume's growth settings (`extend_threshold_percent` and the like) are ordinary config.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._config.compare import MOUNTED
from fly_resources._nouns.volume import matching as volume_matching
from fly_resources._nouns.volume import planning as volumes
from fly_resources._sdk import reading
from fly_resources.errors import ConfigurationError, ImmutableFieldError, ReconcileError, VolumeLostError
from fly_resources.report import Change
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fly_machines import models

    from fly_resources._nouns.machine.wanted import Wanted
    from fly_resources._nouns.run import Context
    from fly_resources.resources import Machine

#: Pairs of path and volume: a resource, a volume's id or, in the config's own form, a name (VO-4).
Mounts: TypeAlias = tuple[tuple[str, Volume | str], ...]

#: The service fills these in from the volume (MA-8).
_OF_VOLUME: Final = MOUNTED - {"path", "volume"}


def split(noun: Machine, declared: dict[str, Any]) -> tuple[dict[str, Any], Mounts | None]:
    """Split the mounted volume and its path from a config, which keeps only the volume's growth settings.

    The mounts are None if the description does not mention mounts, which differs from an empty list.

    Raises:
        ConfigurationError: The config's mounts contradict `mounts=`, or set fields that belong to the volume.
    """
    named = tuple(noun.mounts.items())
    if declared.get("mounts") is None:
        return declared, named or None
    row = _row(noun, declared["mounts"])
    rest = {key: value for key, value in declared.items() if key != "mounts"}
    if growth := growth_of(row):
        rest["mounts"] = [growth]
    if not named:
        return rest, (_place(noun, row),) if declared["mounts"] else ()
    if not declared["mounts"] or "volume" in row or row.get("path", named[0][0]) != named[0][0]:
        raise ConfigurationError(
            f"{noun}: give the volume either in mounts= or in config['mounts'], not both. With mounts=, "
            "config['mounts'] may only say how the volume grows (extend_threshold_percent and so on)."
        )
    return rest, named


def growth_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the growth settings of a mount."""
    return {key: value for key, value in row.items() if key not in MOUNTED}


def _row(noun: Machine, given: object) -> dict[str, Any]:
    """Return the config's own mount, one at most (MA-26); it is empty if there is none."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given) or len(given) > 1:
        raise ConfigurationError(
            f"{noun}: config['mounts'] takes a list of one object; Fly.io allows one mount."
        )
    row: dict[str, Any] = given[0] if given else {}
    if filled := sorted(_OF_VOLUME & row.keys()):
        raise ConfigurationError(
            f"{noun}: config['mounts'] gives {', '.join(filled)}, which belong to the volume: leave them "
            "out here, and set them on Volume."
        )
    return row


def _place(noun: Machine, row: Mapping[str, Any]) -> tuple[str, str]:
    path, volume = row.get("path"), row.get("volume")
    if not (isinstance(path, str) and path and isinstance(volume, str) and volume):
        raise ConfigurationError(f"{noun}: config['mounts'] needs a path and a volume, both strings.")
    return path, volume


def changes(wanted: Wanted, observed: models.Machine, context: Context) -> tuple[Change, ...]:
    """Return the difference in mounts, if there is one and mounts are declared."""
    if wanted.mounts is None:
        return ()
    rows = reading.mounts_of(observed)
    want: dict[Any, str | None] = {path: _known_id(volume, context) for path, volume in wanted.mounts}
    same = all(want.get(row.get("path")) in {row.get("volume"), row.get("name")} - {None} for row in rows)
    if same and {row.get("path") for row in rows} == want.keys():
        return ()
    have = {row.get("path"): _titled(row) for row in rows}
    return (Change("mounts", _listed(have), _listed(want)),)


def check_stays(wanted: Wanted, context: Context) -> None:
    """Refuse to move a machine away from its data, whatever else may be replaced (rule 7).

    Raises:
        ImmutableFieldError: The volume exists in another region and cannot move.
    """
    volume = wanted.volume
    if not isinstance(volume, Volume) or (volume.id is not None and volume.region is None):
        return
    found = volumes.find(volume, context)
    if found is not None and not volume_matching.is_at(volume, found.region):
        raise ImmutableFieldError(
            f"{wanted.noun} mounts {found.id} in {found.region!r}, and a volume cannot move to "
            f"{volume.where!r}. Keep region={found.region!r}, or restore a snapshot of it there to a volume "
            "with another name, for a machine with another name."
        )


def check_named(wanted: Wanted, observed: models.Machine) -> None:
    """Refuse to replace a machine if its description does not name the volume that it mounts.

    Raises:
        ImmutableFieldError: Replacing the machine would drop an undeclared mount.
    """
    rows = reading.mounts_of(observed)
    if wanted.mounts is None and rows:
        raise ImmutableFieldError(
            f"{wanted.noun}: it mounts {_titled(rows[0])} at {rows[0].get('path')}, which its description "
            "does not name. Name it with mounts=, or give config={'mounts': []} to drop it."
        )


def check_free(wanted: Wanted, observed: models.Machine | None, context: Context) -> None:
    """Refuse to create a machine if another one holds its volume; the service would refuse only after writes.

    Raises:
        ReconcileError: Another live machine holds the volume.
    """
    noun, state = wanted.noun, context.state(wanted.noun)
    disk = state.volumes.by_id.get(_known_id(wanted.volume, context) or "")
    holder = state.machines.live.by_id.get((disk and reading.holder_id(disk)) or "")
    if disk and holder and (observed is None or holder.id != observed.id):
        raise ReconcileError(
            f"{noun}: machine {holder.name} ({holder.id}) has volume {disk.id}, and only one machine can "
            f"mount a volume. If {noun.name} is the new name of {holder.name}, destroy {holder.name} first, "
            "which keeps the volume, and run this again (prune=True would do so too late). Otherwise, give "
            f"{noun.name} a volume of its own."
        )


def check_mountable(
    wanted: Wanted, machine_id: str, known: Sequence[models.Volume], context: Context
) -> None:
    """Refuse to destroy a machine if its replacement cannot mount its volume.

    `known` are the app's live volumes.

    Raises:
        VolumeLostError: The volume does not exist.
        ReconcileError: The volume's host is not reachable, or another machine holds the volume.
    """
    noun, asked = wanted.noun, _known_id(wanted.volume, context)
    if asked is None:
        return  # without a volume, or this run creates it for this machine
    fitting = [each for each in known if asked in {each.id, each.name}]
    if not fitting:
        raise VolumeLostError(
            f"{noun} was not replaced: there is no live volume {asked!r} for it to mount. "
            "List the app's volumes, and name one that exists.",
            app=noun.app_name,
            volume_id=asked,
        )
    if not any(reading.is_reachable(each) for each in fitting):
        raise ReconcileError(
            f"{noun} was not replaced: the host of volume {asked!r} is {fitting[0].host_status}. Try again "
            "when the host is back."
        )
    if not any(reading.holder_id(each) in {None, machine_id} for each in fitting):
        raise ReconcileError(
            f"{noun} was not replaced: machine {reading.holder_id(fitting[0])} has volume {asked!r}. "
            "Free the volume first, or name another one."
        )


def _known_id(volume: Volume | str | None, context: Context) -> str | None:
    if not isinstance(volume, Volume):
        return volume
    found = volumes.find(volume, context)
    return found.id if found else None


def _titled(row: Mapping[str, Any]) -> str:
    """Return a mounted volume's id, with its name if the service shows it (MA-8)."""
    return str(row.get("volume")) + (f" ({row['name']})" if row.get("name") else "")


def _listed(mounts: Mapping[Any, Any]) -> str:
    return ", ".join(f"{volume or 'a new volume'} at {path}" for path, volume in mounts.items()) or "nothing"
