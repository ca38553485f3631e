"""Compare a machine's mounts with its description, and check what a replacement needs (LC-16, LC-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._nouns.volume import matching as volume_matching
from fly_resources._nouns.volume import planning as volumes
from fly_resources._sdk import reading
from fly_resources.errors import ImmutableFieldError, ReconcileError, VolumeLostError
from fly_resources.report import Change
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fly_machines import models

    from fly_resources._nouns.machine.wanted import Wanted
    from fly_resources._nouns.run import Context


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
            f"{wanted.resource} mounts {found.id} in {found.region!r}, and a volume cannot move to "
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
            f"{wanted.resource}: it mounts {_titled(rows[0])} at {rows[0].get('path')}, which its "
            "description does not name. Name it with mounts=, or give config={'mounts': []} to drop it."
        )


def check_free(wanted: Wanted, observed: models.Machine | None, context: Context) -> None:
    """Refuse to create a machine if another one holds its volume; the service would refuse only after writes.

    Raises:
        ReconcileError: Another live machine holds the volume.
    """
    resource, state = wanted.resource, context.state(wanted.resource)
    disk = state.volumes.by_id.get(_known_id(wanted.volume, context) or "")
    holder = state.machines.live.by_id.get((disk and reading.holder_id(disk)) or "")
    if disk and holder and (observed is None or holder.id != observed.id):
        raise ReconcileError(
            f"{resource}: machine {holder.name} ({holder.id}) has volume {disk.id}, and only one machine can "
            f"mount a volume. If {resource.name} is the new name of {holder.name}, destroy {holder.name} "
            "first, which keeps the volume, and run this again (prune=True would do so too late). Otherwise, "
            f"give {resource.name} a volume of its own."
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
    resource, asked = wanted.resource, _known_id(wanted.volume, context)
    if asked is None:
        return  # without a volume, or this run creates it for this machine
    fitting = [each for each in known if asked in {each.id, each.name}]
    if not fitting:
        raise VolumeLostError(
            f"{resource} was not replaced: there is no live volume {asked!r} for it to mount. "
            "List the app's volumes, and name one that exists.",
            app=resource.app_name,
            volume_id=asked,
        )
    if not any(reading.is_reachable(each) for each in fitting):
        raise ReconcileError(
            f"{resource} was not replaced: the host of volume {asked!r} is {fitting[0].host_status}. Try "
            "again when the host is back."
        )
    if not any(reading.holder_id(each) in {None, machine_id} for each in fitting):
        raise ReconcileError(
            f"{resource} was not replaced: machine {reading.holder_id(fitting[0])} has volume {asked!r}. "
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
