"""Volumes are data: matched with care, grown in place, never replaced by an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from fly_resources import _ops
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.ambiguous import create_once
from fly_resources._flows.run import Context, Run, call_on_app, destroy_step
from fly_resources._flows.world import DYING_VOLUMES
from fly_resources.errors import AmbiguousMatchError, NotFoundError, VolumeInUseError, VolumeLostError
from fly_resources.report import Change, Planned
from fly_resources.resources import Machine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from fly_machines import models

    from fly_resources._flows.world import AppState
    from fly_resources.resources import Volume

#: A destroyed machine keeps its volume bound for up to a minute (VO-15).
UNBIND_S: Final = 90.0


def diff(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Find the volume and compare its size (at least) and the backup settings that are given.

    Raises:
        VolumeLostError: It was there, or is elsewhere: an empty one in its place would hide that.
        AmbiguousMatchError: Several fit and no machine says which.
    """
    _check_not_lost(noun, context)
    observed = find(noun, context)
    if observed is None:
        wanted_size, place = Change("size_gb", None, noun.size_gb), Change("region", None, noun.where)
        return Planned(
            noun, "create", (wanted_size, place), (f"{noun.size_gb} GB in {noun.where}, billed monthly",)
        )
    changes = []
    if observed.size_gb < noun.size_gb:
        changes.append(Change("size_gb", observed.size_gb, noun.size_gb))
    for field in ("snapshot_retention", "auto_backup_enabled"):
        wanted, have = getattr(noun, field), _ops.given(getattr(observed, field))
        if wanted is not None and wanted != have:
            changes.append(Change(field, have, wanted))
    return Planned(noun, "update" if changes else "none", tuple(changes), observed=observed)


def diff_destroy(noun: Volume, context: Context) -> Planned[models.Volume]:
    """Look which volume would be deleted."""
    return destroy_step(noun, find(noun, context), "its data is lost")


def find(noun: Volume, context: Context) -> models.Volume | None:
    """Return the live volume that `noun` means, if there is one; what a machine mounts wins over the name.

    Raises:
        AmbiguousMatchError: Several fit and no machine says which.
    """
    state = context.state(noun)
    by_id = {volume.id: volume for volume in state.live_volumes()}
    if noun.id is not None:
        return by_id.get(noun.id)
    for machine in _users(noun, context):
        mounted = _mounted_id(machine, noun, state)
        if mounted in by_id:
            return by_id[mounted]
    here = _same(noun, state.volumes)
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
                "List its volumes and name one that exists, or leave id out to make a new one."
            )
        return
    if noun.allow_empty:
        return
    for machine in _users(noun, context):
        mounted = _mounted_id(machine, noun, state)
        if mounted in live:
            return
        if mounted is not None:
            raise VolumeLostError(
                f"{noun}: {machine} mounts volume {mounted}, which is gone or going. "
                "No empty one is made in its place. Restore it from a snapshot (volumes_create with "
                "snapshot_id), or pass allow_empty=True to start anew."
            )
    named = [volume for volume in live.values() if volume.name == noun.name]
    if noun.region is None and named and all(volume.region != noun.where for volume in named):
        elsewhere = ", ".join(f"{volume.id} in {volume.region}" for volume in named)
        raise VolumeLostError(
            f"{noun}: its region is only the app's primary_region, and a volume of that name is "
            f"elsewhere: {elsewhere}. "
            f"Give region={named[0].region!r} to keep using it, or allow_empty=True for a new empty one."
        )


def _users(noun: Volume, context: Context) -> list[Machine]:
    """Return the named machines that shall mount it."""
    return [other for other in context.nouns if isinstance(other, Machine) and noun in other.mounts.values()]


def _mounted_id(machine: Machine, noun: Volume, state: AppState) -> str | None:
    """Return the volume id that the live machine mounts where it should mount `noun`."""
    observed = state.machine(machine.name)
    config = _ops.config_of(observed) if observed is not None else {}
    for path, wanted in machine.mounts.items():
        if wanted != noun:
            continue
        for mount in config.get("mounts") or []:
            # Under another path it is still the same disk.
            same = mount.get("path") == path or mount.get("name") == noun.name
            if same and str(mount.get("volume", "")).startswith("vol_"):
                return str(mount["volume"])
    return None


def apply(planned: Planned[models.Volume], noun: Volume, run: Run) -> Flow[None]:
    """Create, grow or set."""
    observed = planned.observed
    if observed is None:
        model = yield from _create(noun, run)
        run.last_created = yield from now()
    elif planned.action == "none":
        model = observed
    else:
        model = yield from _update(planned, noun, observed)
    run.volumes[noun] = model
    run.record(planned, model, changed=planned.action != "none")


def _create(noun: Volume, run: Run) -> Flow[models.Volume]:
    app = noun.app_name
    known = {volume.id for volume in run.context.state(noun).volumes}
    guests = (_ops.as_mapping(machine.config).get("guest") for machine in _users(noun, run.context))
    # It shares a host with the machine that mounts it, so that must have room for both (VO-8).
    compute = next((guest for guest in guests if guest), None)

    def create() -> Flow[models.Volume]:
        return (yield from call_on_app(run, app, lambda: _ops.create_volume(noun, compute)))

    def find_new() -> Flow[list[models.Volume]]:
        listed = yield from call(_ops.list_volumes(app))
        return [volume for volume in _same(noun, listed) if volume.id not in known]

    return (yield from create_once(create, find_new, str(noun)))


def _update(planned: Planned[models.Volume], noun: Volume, observed: models.Volume) -> Flow[models.Volume]:
    fields = {change.path: change.after for change in planned.changes}
    model = observed
    if "size_gb" in fields:
        answer = yield from call(_ops.extend_volume(noun.app_name, observed.id, noun.size_gb))
        model = _ops.given(answer.volume) or observed
    settings = {key: value for key, value in fields.items() if key != "size_gb"}
    if settings:
        model = yield from call(_ops.update_volume(noun.app_name, observed.id, settings))
    return model


def settle(nouns: Sequence[Volume], run: Run) -> Flow[None]:
    """List once more after creating: of two made by a race, the later one goes, if it is ours and unused."""
    app = nouns[0].app_name
    listed = yield from call(_ops.list_volumes(app))
    before = {volume.id for volume in run.context.world[app].volumes}
    for noun in nouns:
        ours = run.volumes[noun]
        fresh = [volume for volume in _same(noun, listed) if volume.id not in before]
        rivals = sorted(fresh, key=_precedence)
        mine = next((volume for volume in rivals if volume.id == ours.id), None)
        if mine is None or mine is rivals[0] or _is_attached(mine):
            continue
        yield from call(_ops.delete_volume(app, ours.id))
        run.volumes[noun] = rivals[0]
        run.outcomes[noun] = attrs.evolve(run.outcomes[noun], model=rivals[0])


def _same(noun: Volume, volumes: Iterable[models.Volume]) -> list[models.Volume]:
    return [
        volume
        for volume in volumes
        if volume.name == noun.name and volume.region == noun.where and volume.state not in DYING_VOLUMES
    ]


def _precedence(volume: models.Volume) -> tuple[bool, dt.datetime, str]:
    return not _is_attached(volume), _ops.moment(volume.created_at), volume.id


def _is_attached(volume: models.Volume) -> bool:
    return bool(_ops.given(volume.attached_machine_id))


def destroy(planned: Planned[models.Volume], noun: Volume, run: Run) -> Flow[None]:
    """Delete the volume; its machine may keep it bound for a minute after it went (VO-15)."""
    observed = planned.observed
    if planned.action == "none" or observed is None:
        run.record(planned, observed, changed=False)
        return
    end = (yield from now()) + UNBIND_S
    pause = 1.0
    while True:
        try:
            yield from call(_ops.delete_volume(noun.app_name, observed.id))
        except NotFoundError:
            break
        except VolumeInUseError:
            if (yield from now()) + pause > end:
                raise
        else:
            break
        yield from sleep(pause)
        pause = min(pause * 2, 10.0)
    run.record(planned, observed)
