"""Volumes are data: matched with care, grown in place, never replaced by an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from fly_resources import _ops
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.ambiguous import create_once
from fly_resources._flows.leases import under_lease
from fly_resources._flows.run import Context, Run, call_on_app, destroy_step, report_stage, time_left
from fly_resources._flows.world import DYING_VOLUMES, GONE_MACHINES
from fly_resources.errors import (
    AmbiguousMatchError,
    FlyError,
    NotFoundError,
    ReconcileError,
    VolumeInUseError,
    VolumeLostError,
    WaitTimeoutError,
)
from fly_resources.report import Change, Planned
from fly_resources.resources import Machine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from fly_machines import models

    from fly_resources._flows.world import AppState
    from fly_resources.resources import Volume

#: A destroyed machine keeps its volume bound for up to a minute (VO-15).
UNBIND_S: Final = 90.0
#: Words for several regions; what the service chose satisfies them (MA-3, VO-6).
REGION_ALIASES: Final = frozenset({"any", "apac", "eu", "na", "sa", "us", "usa"})
#: No machine can mount it yet. One that is hydrating can be mounted (VO-18), but grows only afterwards.
_FILLING: Final = frozenset({"creating", "restoring"})
_HYDRATING: Final = "hydrating"
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
    if not _is_reachable(observed):
        note = f"its host is {observed.host_status}; try again when it is back"
        return Planned(noun, "blocked", notes=(note,), observed=observed)
    changes: list[Change] = []
    notes: list[str] = []
    if observed.size_gb < noun.size_gb:
        changes.append(Change("size_gb", observed.size_gb, noun.size_gb))
        notes.append(f"{noun.size_gb - observed.size_gb} GB more, billed monthly")
        if user := _ops.given(observed.attached_machine_id):
            host = next((each for each in context.state(noun).machines if each.id == user), None)
            if host is not None and not _is_reachable(host):
                note = f"cannot grow: the host of machine {user} that mounts it is {host.host_status}"
                return Planned(noun, "blocked", notes=(note,), observed=observed)
            notes.append(f"restarts machine {user}, if that runs and the service asks for it")
    for field in ("snapshot_retention", "auto_backup_enabled"):
        wanted, have = getattr(noun, field), _ops.given(getattr(observed, field))
        if wanted is not None and wanted != have:
            changes.append(Change(field, have, wanted))
    return Planned(noun, "update" if changes else "none", tuple(changes), tuple(notes), observed)


def may_restart(planned: Planned[models.Volume]) -> bool:
    """Whether the machine that mounts it may have to restart to see its new size (VO-11)."""
    attached = planned.observed is not None and _is_attached(planned.observed)
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
    """Return the live volume that `noun` means, if there is one; what a machine mounts wins over the name.

    Raises:
        AmbiguousMatchError: Several fit and no machine says which.
    """
    state = context.state(noun)
    by_id = {volume.id: volume for volume in state.live_volumes()}
    if noun.id is not None:
        return by_id.get(noun.id)
    for machine in _users(noun, context):
        mounted = _mounted_id(machine, state)
        if mounted in by_id:
            return by_id[mounted]
    here = _same(noun, state.volumes)
    if noun.allow_empty:
        here = [volume for volume in here if _is_reachable(volume)]
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
    for machine in _users(noun, context):
        mounted = _mounted_id(machine, state)
        if mounted in live:
            return
        if mounted is not None and not filled:
            raise VolumeLostError(
                f"{noun}: {machine} mounts volume {mounted}, which is gone or going. "
                "No empty one is made in its place. Destroy the machine and give snapshot_id= to restore it "
                "from a snapshot, or allow_empty=True to start anew.",
                app=state.name,
                volume_id=mounted,
            )
    named = [volume for volume in live.values() if volume.name == noun.name]
    by_default = noun.region is None and noun.source_volume_id is None
    if by_default and named and not _same(noun, named):
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
    found = sorted(listed, key=lambda snapshot: _ops.moment(snapshot.created_at), reverse=True)
    if not found:
        return VolumeLostError(f"{lost} It has no snapshot.", app=lost.app, volume_id=lost.volume_id)
    shown = ", ".join(f"{each.id} ({each.created_at})" for each in found[:_SHOWN_SNAPSHOTS])
    return VolumeLostError(
        f"{lost} Its snapshots, newest first: {shown}.",
        app=lost.app,
        volume_id=lost.volume_id,
        snapshots=[each.id for each in found],
    )


def _users(noun: Volume, context: Context) -> list[Machine]:
    """Return the named machines that shall mount it."""
    return [other for other in context.nouns if isinstance(other, Machine) and noun in other.mounts.values()]


def _mounted_id(machine: Machine, state: AppState) -> str | None:
    """Return the volume id that the live machine mounts, wherever: it has one mount at most (MA-26)."""
    observed = state.machine(machine.name)
    mounts = _ops.config_of(observed).get("mounts") or [] if observed is not None else []
    ids = (str(mount.get("volume", "")) for mount in mounts)
    return next((each for each in ids if each.startswith("vol_")), None)


def apply(planned: Planned[models.Volume], noun: Volume, run: Run) -> Flow[None]:
    """Create, fill, set or grow; a machine that has to see its new size is restarted."""
    observed = planned.observed
    restarted: tuple[Change, ...] = ()
    if planned.action == "blocked" and observed is not None:
        if _is_reachable(observed):
            raise ReconcileError(f"{noun}: {'; '.join(planned.notes)}. Try again when it is back.")
        raise (yield from with_snapshots(_unreachable(noun, observed)))
    if observed is None:
        model = yield from _create(noun, run)
        run.last_created = yield from now()
    else:
        model = observed
    grows = model.size_gb < noun.size_gb
    model = yield from _await_filled(planned, model, run, _FILLING | ({_HYDRATING} if grows else set()))
    settings = {change.path: change.after for change in planned.changes if planned.action == "update"}
    settings.pop("size_gb", None)
    if settings:
        model = yield from call(_ops.update_volume(noun.app_name, model.id, settings))
    if grows:
        model, restarted = yield from _grow(planned, noun, model, run)
    run.volumes[noun] = model
    run.record(planned, model, changed=planned.action != "none", changes=(*planned.changes, *restarted))


def _unreachable(noun: Volume, observed: models.Volume) -> VolumeLostError:
    return VolumeLostError(
        f"{noun}: the host of volume {observed.id} is {observed.host_status}. No empty one is made in its "
        "place. Run it again when the host is back; or restore the data under another name with "
        "snapshot_id=, or pass allow_empty=True to start anew.",
        app=noun.app_name,
        volume_id=observed.id,
    )


def _await_filled(
    planned: Planned[models.Volume], model: models.Volume, run: Run, filling: Collection[str]
) -> Flow[models.Volume]:
    """Wait while the volume's data is on its way (VO-18).

    Raises:
        WaitTimeoutError: It still is, after the step's limit.
        VolumeLostError: It is gone or going.
    """
    noun, began, pause = planned.noun, (yield from now()), 1.0
    while model.state in filling:
        if (yield from time_left(run, began)) < pause:
            raise WaitTimeoutError(
                f"{noun}: volume {model.id} is still {model.state}. Large ones take long: run it again.",
                last_state=str(model.state),
                waited_s=(yield from now()) - began,
            )
        yield from report_stage(planned, "progress", str(model.state))
        yield from sleep(pause)
        pause = min(pause * 1.5, 5.0)
        try:
            model = yield from call(_ops.get_volume(noun.app_name, model.id))
        except NotFoundError as gone:
            raise _vanished(planned, model) from gone
    if model.state in DYING_VOLUMES:
        raise _vanished(planned, model)
    return model


def _vanished(planned: Planned[models.Volume], model: models.Volume) -> VolumeLostError:
    return VolumeLostError(
        f"{planned.noun}: volume {model.id} went away while it was {model.state}. Run it again to make one.",
        app=planned.noun.app_name,
        volume_id=model.id,
    )


def _create(noun: Volume, run: Run) -> Flow[models.Volume]:
    app = noun.app_name
    known = {volume.id for volume in run.context.state(noun).volumes}
    guests = (_ops.as_mapping(machine.config).get("guest") for machine in _users(noun, run.context))
    # It shares a host with the machine that mounts it, so that must have room for both (VO-8).
    compute = next((guest for guest in guests if guest), None)

    def create() -> Flow[models.Volume]:
        made = yield from call_on_app(run, app, lambda: _ops.create_volume(noun, compute))
        run.answered[noun] = (made.id,)
        return made

    def find_new() -> Flow[list[models.Volume]]:
        listed = yield from call(_ops.list_volumes(app))
        return [volume for volume in _same(noun, listed) if volume.id not in known]

    return (yield from create_once(create, find_new, str(noun)))


def _grow(
    planned: Planned[models.Volume], noun: Volume, model: models.Volume, run: Run
) -> Flow[tuple[models.Volume, tuple[Change, ...]]]:
    """Grow the volume, while holding the lease of the machine that may have to restart for it.

    One that does not run sees the new size when it starts. One that flyctl deploys is left alone without
    `take_over`, and the change says so.
    """
    from fly_resources._flows import machines  # noqa: PLC0415  # it builds on this module

    restarted: tuple[Change, ...] = ()
    machine = yield from _user(noun, model)
    if machine is None or machine.state in machines.ASLEEP | GONE_MACHINES:
        model, _ = yield from _extend(noun, model)
        return model, ()
    if machines.deployed_by_flyctl(_ops.config_of(machine)) and not run.options.take_over:
        model, _ = yield from _extend(noun, model)
        left = Change(
            f"machine {machine.name}", str(machine.state), "sees the new size after flyctl restarts it"
        )
        return model, (left,)

    def work() -> Flow[None]:
        nonlocal model, restarted
        model, needs_restart = yield from _extend(noun, model)
        if needs_restart:
            restarted = yield from restart_after_extend(planned, model, machine.id, run)

    yield from under_lease(noun.app_name, machine.id, run, work)
    return model, restarted


def _user(noun: Volume, model: models.Volume) -> Flow[models.Machine | None]:
    """Return the machine that mounts the volume.

    Raises:
        ReconcileError: Its host cannot be reached, so it could not be restarted; nothing was written.
    """
    machine_id = _ops.given(model.attached_machine_id)
    if machine_id is None:
        return None
    try:
        machine = yield from call(_ops.get_machine(noun.app_name, machine_id))
    except NotFoundError:
        return None
    if not _is_reachable(machine):
        raise ReconcileError(
            f"{noun} has not grown: the host of machine {machine_id} that mounts it is "
            f"{machine.host_status}, and it may have to restart. Run it again when the host is back."
        )
    return machine


def _extend(noun: Volume, model: models.Volume) -> Flow[tuple[models.Volume, bool]]:
    """Grow the volume; return it, and whether what mounts it must restart to see that (VO-11)."""
    try:
        answer = yield from call(_ops.extend_volume(noun.app_name, model.id, noun.size_gb))
    except FlyError as lost:
        if not lost.maybe_applied:
            raise
        seen = yield from call(_ops.get_volume(noun.app_name, model.id))
        if seen.size_gb < noun.size_gb:
            raise
        # What the lost answer said of a restart is not known, so the careful answer is taken.
        return seen, True
    return answer.volume, answer.needs_restart


def restart_after_extend(
    planned: Planned[models.Volume], model: models.Volume, machine_id: str, run: Run
) -> Flow[tuple[Change, ...]]:
    """Restart the machine that mounts the volume, if it still runs. Its lease is held.

    Raises:
        ReconcileError: It was not restarted, or did not come back.
    """
    from fly_resources._flows import machines, waiting  # noqa: PLC0415  # both build on this module

    app = planned.noun.app_name
    try:
        found = yield from call(_ops.get_machine(app, machine_id))
        if found.state in machines.ASLEEP | GONE_MACHINES:
            return ()
        yield from waiting.until_allowed(lambda: _restart(found, app, run), run)
        if run.options.wait:
            going = _ops.with_state(found, "restarting")
            yield from waiting.wait_for_state(planned, going, "started", run)
    except FlyError as error:
        raise ReconcileError(
            f"{planned.noun} has {model.size_gb} GB now, but machine {machine_id} that mounts it has not "
            f"restarted, so it may still see the old size: {error} Restart it (machines_restart in the SDK)."
        ) from error
    return (Change(f"machine {found.name}", str(found.state), "restarted"),)


def _restart(machine: models.Machine, app: str, run: Run) -> Flow[None]:
    """Restart; where the answer is lost, look whether it happened before it is sent again."""
    request = _ops.restart_machine(app, machine.id, run.leases[app, machine.id].nonce)
    try:
        yield from call(request)
    except FlyError as lost:
        if not lost.maybe_applied:
            raise
        seen = yield from call(_ops.get_machine(app, machine.id))
        if seen.events == machine.events:
            yield from call(request)


def settle(nouns: Sequence[Volume], run: Run) -> Flow[None]:
    """List once more after creating: of two made by a race, the later one goes, if it is ours and unused."""
    app = nouns[0].app_name
    listed = yield from call(_ops.list_volumes(app))
    before = {volume.id for volume in run.context.world[app].volumes}
    for noun in nouns:
        if noun not in run.answered:
            continue
        ours = run.volumes[noun]
        fresh = [volume for volume in _same(noun, listed) if volume.id not in before]
        rivals = sorted(fresh, key=_precedence)
        mine = next((volume for volume in rivals if volume.id == ours.id), None)
        if mine is None or mine is rivals[0] or _is_attached(mine):
            continue
        yield from call(_ops.delete_volume(app, ours.id))
        run.volumes[noun] = rivals[0]
        run.outcomes[noun] = attrs.evolve(run.outcomes[noun], model=rivals[0])


def is_at(noun: Volume, region: str) -> bool:
    """Whether a volume in `region` is where the noun says; a fork may say nothing (VO-5, VO-6)."""
    where = set(noun.where.split(",")) - {""}
    return not where or region in where or not REGION_ALIASES.isdisjoint(where)


def _same(noun: Volume, volumes: Sequence[models.Volume]) -> list[models.Volume]:
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


def _is_reachable(thing: models.Volume | models.Machine) -> bool:
    return _ops.given(thing.host_status) in {None, "ok"}


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
