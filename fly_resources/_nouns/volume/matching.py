"""Match volumes to `Volume` resources: no volume is matched to two resources of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from fly_resources._nouns.regions import allows, places
from fly_resources._sdk import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fly_machines import models

    from fly_resources._nouns.listings import Machines, Volumes
    from fly_resources._nouns.run import Context
    from fly_resources._nouns.world import AppState
    from fly_resources.resources import Machine, Volume


@attrs.frozen
class Match:
    """The volume found for one resource.

    `sure`: the resource identifies it by id, region or the machine that mounts it, not only by a region
    alias. `others`: volumes that fit as well and are matched to no other resource of the call.
    """

    disk: models.Volume | None
    sure: bool = True
    others: tuple[models.Volume, ...] = ()


def match(resource: Volume, context: Context) -> Match:
    """Find the live volume that `resource` means: pinned, mounted by its machine, or the one that fits best.

    A volume of another name that the machine mounts is not meant: an unrelated volume would grow instead. Nor
    is the source of a fork: it would be written to instead of its copy.
    """
    named = _named(resource, context)
    if named is not None or resource.id is not None:
        return Match(named)
    state, group = context.state(resource), _group(resource, context)
    disk = next((each for each in group.fitting[resource] if group.assigned.get(each.id) == resource), None)
    if disk is None:
        return Match(None)
    free = tuple(each for each in group.fitting[resource] if each.id not in group.assigned)
    return Match(disk, disk.region in _places(resource, state), free)


@attrs.frozen
class _Group:
    """The resources of one app and name whose volume nothing identifies, with the volumes that fit.

    `machines`, `volumes`: the answers that the group was built from; it is as old as they are.
    """

    machines: Machines
    volumes: Volumes
    fitting: Mapping[Volume, Sequence[models.Volume]]
    assigned: Mapping[str, Volume]


def _group(resource: Volume, context: Context) -> _Group:
    """Return the group of `resource`, which its resources share until a list is read again."""
    state, key = context.state(resource), (resource.app_name, resource.name)
    if resource not in context.described:
        return _match_group(resource, context)
    found: _Group | None = context.matches.get(key)
    if found is None or found.machines is not state.machines or found.volumes is not state.volumes:
        found = context.matches[key] = _match_group(resource, context)
    return found


def _match_group(resource: Volume, context: Context) -> _Group:
    state = context.state(resource)
    pinned, rivals = context.described.volumes(resource.app_name, resource.name)
    pointed = {each: _named(each, context) for each in rivals}
    taken = pinned.union(disk.id for disk in pointed.values() if disk is not None)
    fitting = {
        other: [disk for disk in _fitting(other, state.volumes) if disk.id not in taken]
        for other in (resource, *(each for each, disk in pointed.items() if disk is None))
    }
    return _Group(state.machines, state.volumes, fitting, _assign(fitting, state))


def _named(resource: Volume, context: Context) -> models.Volume | None:
    """Return the live volume that is pinned, or mounted by a named machine and of the right name."""
    if resource.id is not None:
        return context.state(resource).volumes.live.by_id.get(resource.id)
    for _, _, disk in mounted(resource, context):
        if disk is not None and disk.name == resource.name and disk.id != resource.source_volume_id:
            return disk
    return None


def _fitting(resource: Volume, disks: Volumes) -> list[models.Volume]:
    return [
        disk for disk in candidates(resource, disks) if reading.is_reachable(disk) or not resource.allow_empty
    ]


def _assign(fitting: Mapping[Volume, Sequence[models.Volume]], state: AppState) -> dict[str, Volume]:
    """Assign each volume to one resource, the closest pairs first; return the resources by volume id."""
    pairs = [
        (_distance(resource, disk, len(disks), state), resource, disk)
        for resource, disks in fitting.items()
        for disk in disks
    ]
    assigned: dict[str, Volume] = {}
    settled: set[Volume] = set()
    for _, resource, disk in sorted(pairs, key=lambda pair: pair[0]):
        if resource not in settled and disk.id not in assigned:
            assigned[disk.id] = resource
            settled.add(resource)
    return assigned


def _distance(resource: Volume, disk: models.Volume, choices: int, state: AppState) -> tuple[Any, ...]:
    """Return a sort key for how far a fitting volume is from the description; it is unique for each pair.

    The region comes first: a named region before an alias, and an early position in a short list before a
    late one in a long list. Then resources with fewer choices, then the size, so that nothing grows without
    need.
    """
    wanted = _places(resource, state)
    region = wanted.index(disk.region) if disk.region in wanted else len(wanted)
    return (
        (disk.region not in wanted, region, len(wanted), choices),
        (disk.size_gb < resource.size_gb, -resource.size_gb, disk.size_gb),
        (resource.where, reading.moment(disk.created_at), disk.id),
    )


def _places(resource: Volume, state: AppState) -> list[str]:
    """Return the regions that the resource names, in order; a fork's default is its source's region."""
    if resource.where:
        return places(resource.where)
    source = state.volumes.by_id.get(resource.source_volume_id or "")
    return [] if source is None else [source.region]


def mounted(resource: Volume, context: Context) -> Iterator[tuple[Machine, str, models.Volume | None]]:
    """Yield each machine that is to mount `resource`, with the id of what it mounts now, and that if live."""
    state = context.state(resource)
    for machine in context.described.mounting(resource):
        volume_id = mounted_id(machine, state)
        if volume_id is not None:
            yield machine, volume_id, state.volumes.live.by_id.get(volume_id)


def mounted_id(machine: Machine, state: AppState) -> str | None:
    """Return the id of the volume that the live machine mounts, at any path, or None."""
    observed = state.machine(machine.name)
    if observed is None:
        return None
    if observed.id in state.machines.mounted:
        return state.machines.mounted[observed.id]
    return next((disk.id for disk in state.volumes.held_by(observed)), None)


def is_at(resource: Volume, region: str) -> bool:
    """Return whether `region` is what the resource wants; a fork may leave it open (VO-5, VO-6)."""
    return allows(resource.where, region)


def candidates(resource: Volume, volumes: Volumes) -> list[models.Volume]:
    """Return the live volumes of that name and place. A fork is where its source is, but not its source."""
    source = volumes.by_id.get(resource.source_volume_id or "")
    return [
        volume
        for volume in volumes.named(resource.name)
        if is_at(resource, volume.region)
        and (resource.where or source is None or volume.region == source.region)
        and volume.id != resource.source_volume_id
        and not reading.is_dying(volume)
    ]
