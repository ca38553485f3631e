"""Which disk stands for which `Volume`: no disk is matched to two nouns of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from fly_resources import _readings
from fly_resources._flows.regions import allows, places
from fly_resources.resources import Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fly_machines import models

    from fly_resources._flows.run import Context
    from fly_resources._flows.world import AppState


@attrs.frozen
class Match:
    """What was found for one noun.

    `sure`: the noun says which it is, by id, region or the machine that mounts it; not only by a word for
    several regions. `others`: what fits as well, and no other noun of the call stands for.
    """

    disk: models.Volume | None
    sure: bool = True
    others: tuple[models.Volume, ...] = ()


def match(noun: Volume, context: Context) -> Match:
    """Find the live disk that `noun` means: pinned, mounted by its machine, or the one that fits best.

    One of another name that the machine mounts is not meant: it would grow in a stranger's place. Nor is
    the source of a fork: it would be written to in the place of its copy.
    """
    named = _named(noun, context)
    if named is not None or noun.id is not None:
        return Match(named)
    state = context.state(noun)
    volumes = [other for other in context.nouns if isinstance(other, Volume) and _is_beside(other, noun)]
    pointed = {other: _named(other, context) for other in volumes}
    taken = {disk.id for disk in pointed.values() if disk is not None}
    fitting = {
        other: [disk for disk in _fitting(other, state.volumes) if disk.id not in taken]
        for other in {noun, *(each for each in volumes if pointed[each] is None and each.id is None)}
    }
    assigned = _assign(fitting, state)
    disk = next((each for each in fitting[noun] if assigned.get(each.id) == noun), None)
    if disk is None:
        return Match(None)
    free = tuple(each for each in fitting[noun] if each.id not in assigned)
    return Match(disk, disk.region in _places(noun, state), free)


def _is_beside(other: Volume, noun: Volume) -> bool:
    """Return whether a disk of the one could be taken for the other's."""
    return other.app_name == noun.app_name and (other.name == noun.name or other.id is not None)


def _named(noun: Volume, context: Context) -> models.Volume | None:
    """Return the live disk that is pinned, or that a named machine mounts in the noun's name."""
    state = context.state(noun)
    by_id = {disk.id: disk for disk in state.live_volumes()}
    if noun.id is not None:
        return by_id.get(noun.id)
    for machine in users(noun, context):
        mounted = by_id.get(mounted_id(machine, state) or "")
        if mounted is not None and mounted.name == noun.name and mounted.id != noun.source_volume_id:
            return mounted
    return None


def _fitting(noun: Volume, disks: Sequence[models.Volume]) -> list[models.Volume]:
    return [disk for disk in same(noun, disks) if _readings.is_reachable(disk) or not noun.allow_empty]


def _assign(fitting: Mapping[Volume, Sequence[models.Volume]], state: AppState) -> dict[str, Volume]:
    """Give each disk to one noun, the closest pairs first; return the nouns by the disks' ids."""
    pairs = [
        (_distance(noun, disk, len(disks), state), noun, disk)
        for noun, disks in fitting.items()
        for disk in disks
    ]
    assigned: dict[str, Volume] = {}
    settled: set[Volume] = set()
    for _, noun, disk in sorted(pairs, key=lambda pair: pair[0]):
        if noun not in settled and disk.id not in assigned:
            assigned[disk.id] = noun
            settled.add(noun)
    return assigned


def _distance(noun: Volume, disk: models.Volume, choices: int, state: AppState) -> tuple[Any, ...]:
    """Tell how far a disk that fits is from what the noun says; no two pairs are equally far.

    Region first: named before a word for several, named early and alone before late and among many. What
    has fewer choices comes first. Then size, so that nothing grows without need.
    """
    wanted = _places(noun, state)
    region = wanted.index(disk.region) if disk.region in wanted else len(wanted)
    return (
        (disk.region not in wanted, region, len(wanted), choices),
        (disk.size_gb < noun.size_gb, -noun.size_gb, disk.size_gb),
        (noun.where, _readings.moment(disk.created_at), disk.id),
    )


def _places(noun: Volume, state: AppState) -> list[str]:
    """Return the regions that the noun names, in its order: a fork without one goes where its source is."""
    if noun.where:
        return places(noun.where)
    return [disk.region for disk in state.volumes if disk.id == noun.source_volume_id]


def users(noun: Volume, context: Context) -> list[Machine]:
    """Return the named machines that shall mount it."""
    return [other for other in context.nouns if isinstance(other, Machine) and noun in other.mounts.values()]


def mounted_id(machine: Machine, state: AppState) -> str | None:
    """Return the volume id that the live machine mounts, wherever: it has one mount at most (MA-26)."""
    observed = state.machine(machine.name)
    if observed is None:
        return None
    if not _readings.has_config(observed):
        return next((disk.id for disk in state.volumes if is_held_by(disk, observed)), None)
    mounts = _readings.config_of(observed).get("mounts") or []
    ids = (str(mount.get("volume", "")) for mount in mounts)
    return next((each for each in ids if each.startswith("vol_")), None)


def is_at(noun: Volume, region: str) -> bool:
    """Return whether a volume in `region` is where the noun says; a fork may say nothing (VO-5, VO-6)."""
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
        and not _readings.is_dying(volume)
    ]


def is_attached(volume: models.Volume) -> bool:
    """Return whether a machine holds it."""
    return bool(_readings.given(volume.attached_machine_id))


def is_held_by(volume: models.Volume | None, machine: models.Machine) -> bool:
    """Return whether this machine holds it."""
    return volume is not None and _readings.given(volume.attached_machine_id) == machine.id
