"""The steps that create, fill, set, grow and delete a volume, and restart what must see its new size."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows import volumes
from fly_resources._flows.ambiguous import create_once, list_settled, unclear
from fly_resources._flows.deletions import delete_surely, is_volume_there
from fly_resources._flows.departures import read_holder, still_held
from fly_resources._flows.leases import under_lease
from fly_resources._flows.machines import deployed_by_flyctl
from fly_resources._flows.run import (
    UNBIND_S,
    Run,
    read_together,
    remember_gone,
    report_stage,
    time_left,
)
from fly_resources._flows.running import ASLEEP
from fly_resources._flows.staleness import beyond_plan
from fly_resources._flows.volume_matching import is_attached, same, users
from fly_resources._flows.volumes import with_snapshots
from fly_resources._flows.waiting import until_allowed, wait_for_state
from fly_resources.errors import (
    AmbiguousMatchError,
    ApiError,
    FlyError,
    ImmutableFieldError,
    NotFoundError,
    ReconcileError,
    UnreadableMachineError,
    VolumeInUseError,
    VolumeLostError,
    WaitTimeoutError,
)
from fly_resources.report import Change, Planned

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from fly_machines import models

    from fly_resources.resources import Volume

#: No machine can mount it yet. One that is hydrating can be mounted (VO-18), but grows only afterwards.
_FILLING: Final = frozenset({"creating", "restoring"})
_HYDRATING: Final = "hydrating"
#: Tried with longer pauses than this, a volume stays bound for longer than usual: why, its machine may tell.
_UNUSUAL_PAUSE_S: Final = 8.0


def apply(planned: Planned[models.Volume], noun: Volume, run: Run) -> Flow[None]:
    """Create, fill, set or grow; a machine that has to see its new size is restarted."""
    observed = planned.observed
    restarted: tuple[Change, ...] = ()
    if planned.action == "blocked" and observed is None:
        raise UnreadableMachineError(f"{noun}: {'; '.join(planned.notes)}")
    if planned.action == "blocked" and observed is not None:
        if _readings.is_reachable(observed):
            raise ReconcileError(f"{noun}: {'; '.join(planned.notes)}.")
        raise (yield from with_snapshots(_unreachable(noun, observed)))
    if observed is None:
        model, is_ours = yield from _create(noun, run)
        run.last_created = yield from now()
        if not is_ours:
            planned = _taken(planned, noun, model, run)
    else:
        model = observed
        run.claim(noun, model.id)
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
    if _readings.is_dying(model):
        raise _vanished(planned, model)
    return model


def _vanished(planned: Planned[models.Volume], model: models.Volume) -> VolumeLostError:
    return VolumeLostError(
        f"{planned.noun}: volume {model.id} went away while it was {model.state}. Run it again to make one.",
        app=planned.noun.app_name,
        volume_id=model.id,
    )


def _taken(
    planned: Planned[models.Volume], noun: Volume, model: models.Volume, run: Run
) -> Planned[models.Volume]:
    """Return what is to be done with a volume that another program has made since the plan.

    Raises:
        StalePlanError: It would be changed, and a plan was shown that does not say so.
    """
    changes = volumes.compare(noun, model)
    if changes and run.options.shown is not None:
        raise beyond_plan(noun, "update", model.id)
    note = f"another program made {model.id} a moment ago"
    return attrs.evolve(planned, action="update" if changes else "none", changes=changes, notes=(note,))


def _check_as_described(noun: Volume, model: models.Volume) -> None:
    """Refuse a volume that was found, and not made by an answer to us, if it cannot be as described.

    Raises:
        ImmutableFieldError: It is not encrypted.
        AmbiguousMatchError: It should be filled, and no answer tells whether this one is.
    """
    made = f"{noun}: another program, or a request of this run whose answer was lost, has made {model.id}"
    if volumes.is_plain(noun, model):
        raise ImmutableFieldError(
            f"{made}, which is not encrypted, and that is settled when a volume is made. Give "
            "encrypted=False to use it, or destroy it and run this again."
        )
    if volumes.origin(noun):
        raise AmbiguousMatchError(
            f"{made}, and no answer of the service tells whether that was filled from "
            f"{volumes.origin(noun)}. It may be empty. Look what is on it; then give id= to use it, or "
            "destroy it and run this again.",
            candidates=[model.id],
        )


def _may_be_ours(noun: Volume, model: models.Volume) -> bool:
    """Return whether it is just as a request of ours would have made it."""
    stated = _readings.given(model.encrypted)
    return (
        model.size_gb == noun.size_gb
        and stated in {None, noun.encrypted}
        and not volumes.compare(noun, model)
    )


def _create(noun: Volume, run: Run) -> Flow[tuple[models.Volume, bool]]:
    """Create the volume, or take one that has appeared; return it, and whether it counts as made by us."""
    app = noun.app_name
    known = {volume.id for volume in run.context.state(noun).volumes}
    guests = (_readings.as_mapping(machine.config).get("guest") for machine in users(noun, run.context))
    # It shares a host with the machine that mounts it, so that must have room for both (VO-8).
    compute = next((guest for guest in guests if guest), None)

    lost = False

    def create() -> Flow[models.Volume]:
        nonlocal lost
        try:
            made = yield from call(_ops.create_volume(noun, compute))
        except FlyError as error:
            lost = lost or error.maybe_applied
            raise
        run.answered[noun] = (made.id,)
        run.claim(noun, made.id)
        return made

    def find_new() -> Flow[list[models.Volume]]:
        listed = yield from read_together(run, app, _ops.list_volumes)
        fresh = [volume for volume in same(noun, listed) if volume.id not in known]
        free = _in_order(volume for volume in fresh if not run.is_claimed_by_other(noun, volume.id))
        # Another noun's step may have taken it since.
        return free if not free or run.claim(noun, free[0].id) else free[1:]

    model = yield from create_once(create, find_new, str(noun), lambda volume: volume.id)
    if noun in run.answered:
        return model, True
    _check_as_described(noun, model)
    run.found.add(noun)
    return model, lost and _may_be_ours(noun, model)


def _grow(
    planned: Planned[models.Volume], noun: Volume, model: models.Volume, run: Run
) -> Flow[tuple[models.Volume, tuple[Change, ...]]]:
    """Grow the volume, while holding the lease of the machine that may have to restart for it.

    One that does not run sees the new size when it starts, and one that this run updates, when it does so
    afterwards. One that flyctl deploys is left alone without `take_over`, and the change says so.
    """
    restarted: tuple[Change, ...] = ()
    machine = yield from _user(noun, model)
    if machine is None or machine.state in ASLEEP or not _readings.is_live(machine):
        model, _ = yield from _extend(noun, model)
        return model, ()
    if deployed_by_flyctl(_readings.config_of(machine)) and not run.options.take_over:
        model, _ = yield from _extend(noun, model)
        left = Change(
            f"machine {machine.name}", str(machine.state), "sees the new size after flyctl restarts it"
        )
        return model, (left,)

    def work() -> Flow[None]:
        nonlocal model, restarted
        model, needs_restart = yield from _extend(noun, model)
        restart = functools.partial(restart_after_extend, planned, model, machine.id, run)
        if needs_restart and _is_updated_later(noun, machine, run):
            run.restarts[machine.id] = restart
            restarted = (Change(f"machine {machine.name}", str(machine.state), "restarts with its update"),)
        elif needs_restart:
            restarted = yield from restart()

    yield from under_lease(noun.app_name, machine.id, run, work)
    return model, restarted


def _is_updated_later(noun: Volume, machine: models.Machine, run: Run) -> bool:
    """Return whether this run updates the machine once the volume has grown: it waits for what it mounts."""
    user = run.updates.get(machine.id)
    return user is not None and noun in user.mounts.values()


def _user(noun: Volume, model: models.Volume) -> Flow[models.Machine | None]:
    """Return the machine that mounts the volume.

    Raises:
        ReconcileError: Its host cannot be reached, so it could not be restarted; nothing was written.
    """
    machine_id = _readings.given(model.attached_machine_id)
    if not machine_id:
        return None
    try:
        machine = yield from call(_ops.get_machine(noun.app_name, machine_id))
    except NotFoundError:
        return None
    if not _readings.is_reachable(machine):
        raise ReconcileError(
            f"{noun} has not grown: it may have to restart machine {machine_id} that mounts it, and "
            f"{_readings.why_unreadable(machine)}."
        )
    return machine


def _extend(noun: Volume, model: models.Volume) -> Flow[tuple[models.Volume, bool]]:
    """Grow the volume; return it, and whether what mounts it must restart to see that (VO-11)."""
    try:
        answer = yield from call(_ops.extend_volume(noun.app_name, model.id, noun.size_gb))
    except FlyError as failed:
        if not failed.maybe_applied and not isinstance(failed, ApiError):
            raise
        seen = yield from call(_ops.get_volume(noun.app_name, model.id))
        if seen.size_gb < noun.size_gb:
            raise
        # What a lost answer said of a restart is not known, so the careful answer is taken. Refused because
        # another process has made it as large or larger meanwhile, the restart is left to that one.
        return seen, failed.maybe_applied
    return answer.volume, answer.needs_restart


def restart_after_extend(
    planned: Planned[models.Volume], model: models.Volume, machine_id: str, run: Run
) -> Flow[tuple[Change, ...]]:
    """Restart the machine that mounts the volume, if it still runs. Its lease is held.

    Raises:
        ReconcileError: It was not restarted, or did not come back.
    """
    app = planned.noun.app_name
    try:
        found = yield from call(_ops.get_machine(app, machine_id))
        if found.state in ASLEEP or not _readings.is_live(found):
            return ()
        yield from until_allowed(lambda: _restart(found, app, run), run)
        if run.options.wait:
            going = _readings.with_state(found, "restarting")
            yield from wait_for_state(planned, going, "started", run)
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
    """List once more after creating: of two made by a race, the later one goes, if it is ours and unused.

    Raises:
        AmbiguousMatchError: Two are there, and the one that came first cannot take the place of ours.
        OutcomeUnknownError: Two are there, the answer that names ours was lost, and no machine holds one.
    """
    app = nouns[0].app_name
    before = {volume.id for volume in run.context.world[app].volumes}

    def fresh_of(noun: Volume, listed: Sequence[models.Volume]) -> list[models.Volume]:
        """Return what was made since and stands for no other noun: another one's disk is no surplus."""
        fresh = (volume for volume in same(noun, listed) if volume.id not in before)
        return _in_order(volume for volume in fresh if not run.is_claimed_by_other(noun, volume.id))

    def unanswered(listed: list[models.Volume]) -> list[Volume]:
        return [noun for noun in nouns if noun not in run.answered and len(fresh_of(noun, listed)) > 1]

    listed = yield from list_settled(
        lambda: call(_ops.list_volumes(app)), lambda listed: bool(unanswered(listed))
    )
    kept: list[AmbiguousMatchError] = []
    for noun in nouns:
        ours = run.volumes[noun]
        # Of several regions, what is in another one may have been made for another description.
        rivals = [volume for volume in fresh_of(noun, listed) if volume.region == ours.region]
        mine = next((volume for volume in rivals if volume.id == ours.id), None)
        if not rivals or mine is rivals[0]:
            continue
        if noun in run.answered and (mine is None or is_attached(mine)):
            continue
        if (why := _why_both_stay(noun, ours, rivals[0])) is not None:
            kept.append(_two(noun, ours, rivals[0], why, is_ours=noun in run.answered))
            continue
        if noun in run.answered:
            yield from call(_ops.delete_volume(app, ours.id))
        # One that was only found may be a rival's, who deletes it if it is not the first.
        run.volumes[noun] = rivals[0]
        run.claim(noun, rivals[0].id)
        run.outcomes[noun] = attrs.evolve(run.outcomes[noun], model=rivals[0])
    for both in kept:
        raise both
    for noun in unanswered(listed):
        raise unclear(noun, (volume.id for volume in fresh_of(noun, listed)))


def _why_both_stay(noun: Volume, ours: models.Volume, first: models.Volume) -> str | None:
    """Say why `first` cannot take the place of `ours`; None if it can, and nothing is lost with ours."""
    source = volumes.origin(noun)
    if source:
        return f"{ours.id} is filled from {source}, and what {first.id} holds no answer tells"
    if volumes.is_plain(noun, first) or (ours.encrypted and _readings.given(first.encrypted) is False):
        return f"{first.id} is not encrypted, and {ours.id} is"
    if first.size_gb < ours.size_gb:
        return f"{ours.id} has {ours.size_gb} GB, and {first.id} has {first.size_gb} GB"
    return None


def _two(
    noun: Volume, ours: models.Volume, first: models.Volume, why: str, *, is_ours: bool
) -> AmbiguousMatchError:
    whose = "is this run's" if is_ours else "was found by this run"
    return AmbiguousMatchError(
        f"{noun}: two were made at once, and both are left, because {why}. {ours.id} {whose}, and {first.id} "
        "is another program's, made earlier. Each is billed. Delete the one that nothing needs, or give id=.",
        candidates=[ours.id, first.id],
    )


def _in_order(volumes: Iterable[models.Volume]) -> list[models.Volume]:
    """Put the one first that stays when several were made at once."""
    return sorted(volumes, key=_precedence)


def _precedence(volume: models.Volume) -> tuple[bool, dt.datetime, str]:
    return not is_attached(volume), _readings.moment(volume.created_at), volume.id


def destroy(planned: Planned[models.Volume], noun: Volume, run: Run) -> Flow[None]:
    """Delete the volume; its machine may keep it bound for a minute after it went (VO-15)."""
    observed = planned.observed
    if planned.action == "none" or observed is None:
        run.record(planned, observed, changed=False)
        return
    app, volume_id = noun.app_name, observed.id
    yield from delete_surely(
        str(noun), lambda: _delete_unbound(noun, volume_id), lambda: is_volume_there(app, volume_id)
    )
    yield from remember_gone(run, [volume_id])
    run.record(planned, observed)


def _delete_unbound(noun: Volume, volume_id: str) -> Flow[None]:
    app = noun.app_name
    began = yield from now()
    end, pause = began + UNBIND_S, 1.0
    while True:
        try:
            yield from call(_ops.delete_volume(app, volume_id))
        except VolumeInUseError as held:
            moment = yield from now()
            if pause >= _UNUSUAL_PAUSE_S or moment + pause > end:
                holder = yield from read_holder(app, held)
                # Its host may be back after days (HS-1).
                lasts = holder is not None and not _readings.is_reachable(holder)
                if lasts or moment + pause > end:
                    if (explained := still_held(noun, held, holder, moment - began)) is None:
                        raise
                    raise explained from held
        else:
            return
        yield from sleep(pause)
        pause = min(pause * 2, 10.0)
