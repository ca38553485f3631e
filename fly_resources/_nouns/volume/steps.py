"""Apply a volume's plan: create, fill, configure, grow or delete it, and restart its machine if necessary."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Final

import attrs

from fly_resources._engine.effects import Flow, call, gathered, now, sleep
from fly_resources._nouns.existence import delete_surely, is_volume_there, or_none
from fly_resources._nouns.listings import Volumes
from fly_resources._nouns.lost_answers import create_once, list_settled, unclear
from fly_resources._nouns.machine.departures import read_holder, still_held
from fly_resources._nouns.machine.leases import under_lease
from fly_resources._nouns.machine.marks import deployed_by_flyctl
from fly_resources._nouns.machine.running import ASLEEP
from fly_resources._nouns.machine.update import restart
from fly_resources._nouns.machine.waiting import until_allowed, wait_for_state
from fly_resources._nouns.run import UNBIND_S, Run, remember_gone, report_stage, time_left
from fly_resources._nouns.staleness import beyond_plan
from fly_resources._nouns.volume import planning as volumes
from fly_resources._nouns.volume.matching import candidates
from fly_resources._nouns.volume.planning import with_snapshots
from fly_resources._sdk import reading, requests
from fly_resources.errors import (
    AmbiguousMatchError,
    ApiError,
    FlyError,
    ImmutableFieldError,
    NotFoundError,
    ReconcileError,
    StalePlanError,
    UnreadableMachineError,
    VolumeInUseError,
    VolumeLostError,
    WaitTimeoutError,
)
from fly_resources.report import Change, Planned
from fly_resources.resources import Machine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from fly_machines import models

    from fly_resources._nouns.run import Growth
    from fly_resources.resources import Volume

#: States in which no machine can mount it. A hydrating volume can be mounted (VO-18), but not grown yet.
_FILLING: Final = frozenset({"creating", "restoring"})
_HYDRATING: Final = "hydrating"
#: From this retry pause on, in seconds, a volume is bound unusually long, and its machine may tell why.
_UNUSUAL_PAUSE_S: Final = 8.0


def apply(
    planned: Planned[models.Volume],
    resource: Volume,
    run: Run,
    *,
    growths: Mapping[str, Growth] | None = None,
) -> Flow[None]:
    """Create, fill, configure or grow the volume; restart the machine that has to see its new size.

    Machines in `growths`, by their ids, are updated afterwards, which restarts them.

    Raises:
        ReconcileError: The plan is blocked. It is a VolumeLostError if the volume's host is not reachable,
            and an UnreadableMachineError if the machine that is to mount it cannot be read.
    """
    observed = planned.observed
    restarted: tuple[Change, ...] = ()
    if planned.action == "blocked":
        raise (yield from _refusal(planned, resource))
    if observed is None:
        model, is_ours = yield from _create(resource, run)
        run.last_created = yield from now()
        if not is_ours:
            planned = _taken(planned, resource, model, run)
    else:
        model = observed
    grows = model.size_gb < resource.size_gb
    model = yield from _await_filled(planned, model, run, _FILLING | ({_HYDRATING} if grows else set()))
    settings = {change.path: change.after for change in planned.changes if planned.action == "update"}
    settings.pop("size_gb", None)
    if settings:
        model = yield from call(requests.update_volume(resource.app_name, model.id, settings))
    if grows:
        model, restarted = yield from _grow(planned, resource, model, run, growths or {})
    run.volumes[resource] = model
    planned = attrs.evolve(planned, changes=(*planned.changes, *restarted))
    run.record(planned, model, changed=planned.writes)


def _refusal(planned: Planned[models.Volume], resource: Volume) -> Flow[ReconcileError]:
    """Build the error for a blocked plan."""
    if planned.observed is None:
        return UnreadableMachineError(f"{resource}: {'; '.join(planned.notes)}")
    if reading.is_reachable(planned.observed):
        return ReconcileError(f"{resource}: {'; '.join(planned.notes)}.")
    volume_id, status = planned.observed.id, planned.observed.host_status
    lost = VolumeLostError(
        f"{resource}: the host of volume {volume_id} is {status}. Run it again when the host is back, "
        "restore the data under another name (snapshot_id=), or pass allow_empty=True to start empty.",
        app=resource.app_name,
        volume_id=volume_id,
    )
    return (yield from with_snapshots(lost))


def _await_filled(
    planned: Planned[models.Volume], model: models.Volume, run: Run, filling: Collection[str]
) -> Flow[models.Volume]:
    """Wait while the volume is being filled with data (VO-18).

    Raises:
        WaitTimeoutError: It is still being filled after the step's limit.
        VolumeLostError: It is gone or being destroyed.
    """
    resource, began, pause = planned.resource, (yield from now()), 1.0
    while model.state in filling:
        if (yield from time_left(run, began)) < pause:
            raise WaitTimeoutError(
                f"{resource}: volume {model.id} is still {model.state}. Large volumes take longer: run it "
                "again.",
                last_state=str(model.state),
                waited_s=(yield from now()) - began,
            )
        yield from report_stage(planned, "progress", str(model.state))
        yield from sleep(pause)
        pause = min(pause * 1.5, 5.0)
        try:
            model = yield from call(requests.get_volume(resource.app_name, model.id))
        except NotFoundError as gone:
            raise _vanished(planned, model) from gone
    if reading.is_dying(model):
        raise _vanished(planned, model)
    return model


def _vanished(planned: Planned[models.Volume], model: models.Volume) -> VolumeLostError:
    return VolumeLostError(
        f"{planned.resource}: volume {model.id} disappeared while it was {model.state}. Run it again to "
        "create one.",
        app=planned.resource.app_name,
        volume_id=model.id,
    )


def _taken(
    planned: Planned[models.Volume], resource: Volume, model: models.Volume, run: Run
) -> Planned[models.Volume]:
    """Return the step for a volume that another program has created since the plan.

    Raises:
        StalePlanError: It would be changed, and a plan was shown that does not say so.
    """
    changes = volumes.compare(resource, model)
    if changes and run.options.shown is not None:
        raise beyond_plan(resource, "update", model.id)
    note = f"another program created {model.id} a moment ago"
    return attrs.evolve(planned, action="update" if changes else "none", changes=changes, notes=(note,))


def _check_as_described(resource: Volume, model: models.Volume) -> None:
    """Refuse a volume that was found, not created by an answered request, if it cannot be as described.

    Raises:
        ImmutableFieldError: It is not encrypted.
        AmbiguousMatchError: It should be filled, and no answer tells whether this one is.
    """
    made = f"{resource}: another program, or a request of this run with a lost response, created {model.id}"
    if volumes.is_plain(resource, model):
        raise ImmutableFieldError(
            f"{made}, which is not encrypted; that is fixed when a volume is created. Give encrypted=False "
            "to use it, or destroy it and run this again."
        )
    if volumes.origin(resource):
        raise AmbiguousMatchError(
            f"{made}, and the service does not tell whether it was filled from {volumes.origin(resource)}. "
            "It may be empty. Check its contents; then give id= to use it, or destroy it and run this again.",
            candidates=[model.id],
        )


def _may_be_ours(resource: Volume, model: models.Volume) -> bool:
    """Return whether the volume is exactly as our create request would have made it."""
    is_alike = model.size_gb == resource.size_gb and not volumes.compare(resource, model)
    return is_alike and reading.given(model.encrypted) in {None, resource.encrypted}


def _create(resource: Volume, run: Run) -> Flow[tuple[models.Volume, bool]]:
    """Create the volume or take one that has appeared; return it and whether it counts as created by us."""
    mounting = run.context.described.mounting(resource)
    guests = (reading.as_mapping(machine.config).get("guest") for machine in mounting)
    # The volume shares a host with the machine that mounts it, which needs capacity for both (VO-8).
    compute = next((guest for guest in guests if guest), None)

    def find_new() -> Flow[list[models.Volume]]:
        free = _fresh(resource, (yield from _list(resource.app_name)), run)
        # Another resource's step may have claimed it in the meantime.
        return free if not free or run.claim(resource, free[0].id) else free[1:]

    request = requests.create_volume(resource, compute)
    made = yield from create_once(lambda: call(request), find_new, str(resource), lambda volume: volume.id)
    if made.answered:
        run.note_created(resource, made.thing.id)
        return made.thing, True
    _check_as_described(resource, made.thing)
    run.created[resource] = ()
    return made.thing, made.lost and _may_be_ours(resource, made.thing)


def _grow(
    planned: Planned[models.Volume],
    resource: Volume,
    model: models.Volume,
    run: Run,
    growths: Mapping[str, Growth],
) -> Flow[tuple[models.Volume, tuple[Change, ...]]]:
    """Grow the volume while holding the lease of the machine that may have to restart for it.

    A machine that does not run sees the new size when it starts, and one that this run updates sees it after
    that update. A machine deployed by flyctl is left alone without `take_over`, and the change says so.
    """
    restarted: tuple[Change, ...] = ()
    machine = yield from _user(resource, model)
    if machine is None or machine.state in ASLEEP or not reading.is_live(machine):
        model, _ = yield from _extend(resource, model)
        return model, ()
    if deployed_by_flyctl(reading.config_of(machine)) and not run.options.take_over:
        model, _ = yield from _extend(resource, model)
        left = Change(
            f"machine {machine.name}", str(machine.state), "sees the new size after flyctl restarts it"
        )
        return model, (left,)

    def work() -> Flow[None]:
        nonlocal model, restarted
        model, needs_restart = yield from _extend(resource, model)
        restart = functools.partial(restart_after_extend, planned, model, machine.id, run)
        if needs_restart and machine.id in growths:
            growths[machine.id].restart = restart
            restarted = (Change(f"machine {machine.name}", str(machine.state), "restarts with its update"),)
        elif needs_restart:
            restarted = yield from restart()

    yield from under_lease(resource.app_name, machine.id, run, work)
    return model, restarted


def _user(resource: Volume, model: models.Volume) -> Flow[models.Machine | None]:
    """Return the machine that mounts the volume, or None.

    Raises:
        ReconcileError: Its host is not reachable, so it could not be restarted; nothing was written.
    """
    machine_id = reading.holder_id(model)
    if not machine_id:
        return None
    machine = yield from or_none(requests.get_machine(resource.app_name, machine_id))
    if machine is not None and not reading.is_reachable(machine):
        raise ReconcileError(
            f"{resource} was not grown: that may restart machine {machine_id}, which mounts it, and "
            f"{reading.why_unreadable(machine)}."
        )
    return machine


def _extend(resource: Volume, model: models.Volume) -> Flow[tuple[models.Volume, bool]]:
    """Grow the volume; return it and whether its machine must restart to see the new size (VO-11)."""
    try:
        answer = yield from call(requests.extend_volume(resource.app_name, model.id, resource.size_gb))
    except FlyError as failed:
        if not failed.maybe_applied and not isinstance(failed, ApiError):
            raise
        seen = yield from call(requests.get_volume(resource.app_name, model.id))
        if seen.size_gb < resource.size_gb:
            raise
        # After a lost answer, a restart is assumed to be needed. If the request was refused because another
        # process has grown the volume at least as far, the restart is left to that process.
        return seen, failed.maybe_applied
    return answer.volume, answer.needs_restart


def restart_after_extend(
    planned: Planned[models.Volume], model: models.Volume, machine_id: str, run: Run
) -> Flow[tuple[Change, ...]]:
    """Restart the machine that mounts the volume, if it still runs. Its lease must be held.

    Raises:
        ReconcileError: It was not restarted or did not come back.
    """
    app = planned.resource.app_name
    try:
        found = yield from call(requests.get_machine(app, machine_id))
        if found.state in ASLEEP or not reading.is_live(found):
            return ()
        nonce = run.leases[app, machine_id].nonce
        yield from until_allowed(lambda: restart(app, found, nonce), run)
        if run.options.wait:
            going = reading.with_state(found, "restarting")
            yield from wait_for_state(planned, going, "started", run)
    except FlyError as error:
        raise ReconcileError(
            f"{planned.resource} has {model.size_gb} GB now, but machine {machine_id}, which mounts it, has "
            f"not restarted, so it may see the old size: {error} Restart it (machines_restart)."
        ) from error
    return (Change(f"machine {found.name}", str(found.state), "restarted"),)


def settle(resources: Sequence[Volume], run: Run) -> Flow[None]:
    """List once more after creating: if a race created two volumes, delete the later one if ours and unused.

    Raises:
        AmbiguousMatchError: There are two, and the first one cannot replace ours.
        OutcomeUnknownError: There are two, the answer that names ours was lost, and no machine holds one.
    """
    app = resources[0].app_name

    def unanswered(listed: Volumes) -> list[Volume]:
        return [each for each in resources if not run.created[each] and len(_fresh(each, listed, run)) > 1]

    listed = yield from list_settled(lambda: _list(app), lambda listed: bool(unanswered(listed)))
    both: list[ReconcileError] = []
    for resource in resources:
        try:
            there = yield from _there(resource, _fresh(resource, listed, run), run)
            yield from _settle_one(resource, there, run)
        except (AmbiguousMatchError, StalePlanError) as left:
            both.append(left)
    if both:
        raise both[0]
    for resource in unanswered(listed):
        raise unclear(resource, (volume.id for volume in _fresh(resource, listed, run)))


def _fresh(resource: Volume, listed: Volumes, run: Run) -> list[models.Volume]:
    """Return the new volumes that no other resource has claimed, the one that stays first."""
    known = run.context.state(resource).volumes.by_id
    fresh = (each for each in candidates(resource, listed) if each.id not in known)
    return sorted((each for each in fresh if not run.is_claimed_by_other(resource, each.id)), key=_precedence)


def _there(resource: Volume, fresh: Sequence[models.Volume], run: Run) -> Flow[list[models.Volume]]:
    """Leave out volumes listed as older than ours that no longer exist; the list may be out of date."""
    older = list(itertools.takewhile(lambda each: each.id != run.volumes[resource].id, fresh))
    there = yield from gathered(
        functools.partial(is_volume_there, resource.app_name, each.id) for each in older
    )
    return [*itertools.compress(older, there), *fresh[len(older) :]]


def _settle_one(resource: Volume, fresh: Sequence[models.Volume], run: Run) -> Flow[None]:
    """Take the volume that came first; delete ours if it is another one and nothing holds it."""
    ours, is_ours = run.volumes[resource], bool(run.created[resource])
    # With several regions, a volume in another one may have been created for another description.
    rivals = [volume for volume in fresh if volume.region == ours.region]
    mine = next((volume for volume in rivals if volume.id == ours.id), None)
    if not rivals or mine is rivals[0] or (is_ours and (mine is None or reading.holder_id(mine))):
        return
    if (why := _why_both_stay(resource, ours, rivals[0])) is not None:
        whose = "is this run's" if is_ours else "was adopted by this run"
        raise AmbiguousMatchError(
            f"{resource}: two were created at once and both kept, because {why}. {ours.id} {whose}, and "
            f"{rivals[0].id} is another program's. Each is billed. Delete the one that you do not need, or "
            "give id=.",
            candidates=[ours.id, rivals[0].id],
        )
    yield from _give_way(resource, ours, rivals[0], run)


def _list(app: str) -> Flow[Volumes]:
    return Volumes((yield from call(requests.list_volumes(app))))


def _give_way(resource: Volume, ours: models.Volume, first: models.Volume, run: Run) -> Flow[None]:
    """Delete ours if this run created it, take the first one, and apply the settings that can be changed.

    Raises:
        StalePlanError: One of its settings differs, and a plan was shown that does not say so.
    """
    # A volume that was only found may belong to a competing process, which deletes it if it is not the first.
    if run.created[resource]:
        yield from call(requests.delete_volume(resource.app_name, ours.id))
    settings = {change.path: change.after for change in volumes.compare(resource, first)}
    if settings and run.options.shown is not None:
        raise beyond_plan(resource, "update", first.id)
    if settings:
        first = yield from call(requests.update_volume(resource.app_name, first.id, settings))
    run.claim(resource, first.id)
    run.outcomes[resource] = attrs.evolve(run.outcomes[resource], observed=first)


def _why_both_stay(resource: Volume, ours: models.Volume, first: models.Volume) -> str | None:
    """Return why `first` cannot replace `ours`; None if it can, so that nothing is lost with ours."""
    source = volumes.origin(resource)
    if source:
        return f"{ours.id} is filled from {source}, and the service does not tell what {first.id} holds"
    if volumes.is_plain(resource, first) or (ours.encrypted and reading.given(first.encrypted) is False):
        return f"{first.id} is not encrypted, and {ours.id} is"
    if first.size_gb < ours.size_gb:
        return f"{ours.id} has {ours.size_gb} GB, and {first.id} has {first.size_gb} GB"
    return None


def _precedence(volume: models.Volume) -> tuple[bool, dt.datetime, str]:
    """Return a sort key: of several volumes that were created at once, the first one stays."""
    return reading.holder_id(volume) is None, reading.moment(volume.created_at), volume.id


def destroy(planned: Planned[models.Volume], resource: Volume, run: Run) -> Flow[None]:
    """Delete the volume; its machine may keep it bound for a minute after its own end (VO-15)."""
    observed = planned.observed
    if observed is None:
        run.record(planned, None, changed=False)
        return
    app, volume_id = resource.app_name, observed.id
    yield from delete_surely(
        str(resource),
        lambda: _delete_unbound(resource, observed, run),
        lambda: is_volume_there(app, volume_id),
    )
    yield from remember_gone(run, [volume_id])
    run.record(planned, observed)


def _delete_unbound(resource: Volume, observed: models.Volume, run: Run) -> Flow[None]:
    app = resource.app_name
    # Machines are destroyed first, so what was read of the volume is out of date by now.
    is_old = bool(run.context.described.of_kind(Machine, app))
    began = yield from now()
    end, pause = began + UNBIND_S, 1.0
    while True:
        try:
            if is_old:
                yield from _check_not_taken(resource, observed)
            yield from call(requests.delete_volume(app, observed.id))
        except VolumeInUseError as held:
            moment = yield from now()
            is_over = moment + pause > end
            if is_over or pause >= _UNUSUAL_PAUSE_S:
                holder = yield from read_holder(app, held)
                # Its host may take days to come back (HS-1).
                lasts = holder is not None and not reading.is_reachable(holder)
                if is_over or lasts:
                    if (explained := still_held(resource, held, holder, moment - began)) is None:
                        raise
                    raise explained from held
        else:
            return
        yield from sleep(pause)
        pause, is_old = min(pause * 2, 10.0), True


def _check_not_taken(resource: Volume, observed: models.Volume) -> Flow[None]:
    """Refuse to delete a volume that was attached to another machine since this run read it.

    Raises:
        ReconcileError: It was attached to another machine; it was not deleted.
    """
    seen = yield from call(requests.get_volume(resource.app_name, observed.id))
    holder = reading.holder_id(seen)
    if holder and holder != reading.holder_id(observed):
        taken = f"{resource}: volume {observed.id} was attached to machine {holder} since this run read it"
        raise ReconcileError(f"{taken}, so it was not deleted. Run it again to delete it anyway.")
