"""Updating a machine: send its config under a lease, see that what should run runs, and that it stays up."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows import leases, running
from fly_resources._flows.ambiguous import read_back
from fly_resources._flows.images import when_pushed
from fly_resources._flows.machines import (
    Wanted,
    compare,
    deployed_by_flyctl,
    is_only_state,
    marks,
    merged_config,
    missing_marks,
    resolve,
    should_run,
    stale_secrets,
)
from fly_resources._flows.polling import look_again
from fly_resources._flows.rollout import has_followers
from fly_resources._flows.run import Run, check_deadline, report_stage
from fly_resources._flows.running import LEFT, may_sleep
from fly_resources._flows.waiting import Write, until_allowed, wait_for_state, wait_until_settled
from fly_resources._flows.world import PASSING
from fly_resources.errors import (
    MachineNotRunningError,
    NotOwnedError,
    PreconditionFailedError,
    ReconcileError,
    UnreadableMachineError,
    UpdateRevertedError,
)

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources.report import Planned
    from fly_resources.resources import Machine, Resource


#: So much longer reads may show the version before the update, and prove nothing (LC-43, OR-3).
BEHIND_S: Final = 30.0
#: What whoever watches is told while a machine without checks has to stay up.
WATCHED: Final = "has to stay up for a while"


@attrs.define
class _Update:
    """One machine's update, while its lease is held."""

    planned: Planned[models.Machine]
    noun: Machine
    run: Run
    wanted: Wanted
    machine_id: str
    #: Whether anything has been written.
    changed: bool = False

    def attempt(self) -> Flow[_Sent]:
        """Compare with the machine as it is now, and send what differs."""
        noun, run = self.noun, self.run
        # Someone may have changed it between the plan and the lease, or since the last attempt.
        fresh = yield from call(_ops.get_machine(noun.app_name, self.machine_id))
        fresh = yield from wait_until_settled(self.planned, fresh, run)
        config = _readings.config_of(fresh)
        stale = stale_secrets(noun, config, run.digests.get(noun.app_name, {})) or _was_stale(
            self.planned, fresh
        )
        differs = bool(compare(noun, self.wanted, config, run.options) or stale)
        to_stop = noun.state == "stopped" and fresh.state == "started"
        to_start = fresh.state in running.IDLE and should_run(noun, fresh, config)
        if differs or to_stop or to_start:
            check_still_ours(noun, fresh, run)
            yield from check_deadline(noun, run)
        if to_stop:
            # What shall not run is not started once more by its update.
            fresh = yield from self.stop(fresh, wait=differs or run.options.wait)
        if not differs:
            return _Sent(fresh, None, runs=should_run(noun, fresh, config))
        merged = merged_config(noun, self.wanted, config, run.options)
        runs = should_run(noun, fresh, merged)
        model = yield from _send_update(noun, self.wanted, fresh, merged, run, runs=runs)
        self.changed = True
        return _Sent(fresh, model, runs=runs, arms=running.needs_arming(fresh, merged))

    def bring_about(self, sent: _Sent) -> Flow[models.Machine]:
        """Bring the machine to the state that it should be in; with `wait`, until it is there."""
        before, model = sent.before, sent.model or sent.before
        idle = before.state in running.IDLE
        if sent.runs and not self.run.options.wait:
            if idle:
                yield from self.start()
            return model
        write = Write(
            earlier=_readings.version_of(before) if sent.model else None,
            newest=running.newest_mark(model) or running.newest_mark(before),
            launches=not idle,
            failed=before.state == "failed",
            start=self.start if sent.runs else None,
            arms=sent.arms,
        )
        if sent.runs and (sent.model or before.state != "started" or running.is_unhealthy(before)):
            return (yield from wait_for_state(self.planned, model, "started", self.run, write=write))
        if sent.runs or sent.model is None or not self.run.options.wait:
            return model
        model = yield from wait_for_state(self.planned, model, "settled", self.run, write=write)
        if self.noun.state == "stopped" and model.state == "started":
            model = yield from self.stop(model, wait=True)
        return model

    def start(self) -> Flow[None]:
        """Start the machine, as soon as the service lets it (LC-35)."""
        yield from check_deadline(self.noun, self.run)
        yield from set_state(self.noun, self.machine_id, self.run, stops=False)
        self.changed = True

    def stop(self, seen: models.Machine, *, wait: bool) -> Flow[models.Machine]:
        """Stop the machine."""
        yield from set_state(self.noun, self.machine_id, self.run, stops=True)
        self.changed = True
        return (yield from wait_for_state(self.planned, seen, "stopped", self.run)) if wait else seen


@attrs.frozen
class _Sent:
    """How the machine was before, what the update answered (None if none was due), and what is meant."""

    before: models.Machine
    model: models.Machine | None
    runs: bool
    arms: bool = False


def update(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Update the machine under its lease, and see that what should run runs (rules 4, 5 and 12).

    Raises:
        UpdateRevertedError: The platform went back to the version before.
        MachineNotRunningError: It should run, and does not come up.
        WaitTimeoutError: It did not come up in the step's limit.
        ReconcileError: Something else has changed it meanwhile.
    """
    observed = planned.observed
    if observed is None:
        raise AssertionError("an update always has an observed machine")
    if is_only_state(planned):
        # Its config is sent nowhere, so that our marks need a request of their own.
        yield from mark(noun, observed, run)
    work = functools.partial(_update_leased, planned, noun, observed.id, run)
    yield from leases.under_lease(noun.app_name, observed.id, run, work)


def _update_leased(planned: Planned[models.Machine], noun: Machine, machine_id: str, run: Run) -> Flow[None]:
    work = _Update(planned, noun, run, resolve(noun), machine_id)
    sent = yield from until_allowed(work.attempt, run)
    restart = run.restarts.pop(machine_id, None)
    if restart is not None and not work.changed:
        # Something else has updated it before its volume grew, so that it still has to see the new size.
        yield from restart()
    model = yield from work.bring_about(sent)
    if sent.model is not None:
        yield from _check_applied(work, sent, sent.model, model)
    run.record(planned, model, changed=work.changed)


def _check_applied(work: _Update, sent: _Sent, answered: models.Machine, model: models.Machine) -> Flow[None]:
    """Make sure that the machine is as declared, where it has not the new version that the update answered.

    Raises:
        UpdateRevertedError: It has the version from before the update, which was accepted.
        ReconcileError: Another version, which is not as declared, has taken the place of the one sent.
    """
    noun, version = work.noun, _readings.version_of(model)
    none_made = version is not None and version == _readings.version_of(sent.before)
    if none_made:
        model = yield from call(_ops.get_machine(noun.app_name, model.id))
        version = _readings.version_of(model)
        none_made = version == _readings.version_of(sent.before)
    elif version == _readings.version_of(answered):
        return
    config = _readings.config_of(model) if _readings.has_config(model) else None
    if config is None or not compare(noun, work.wanted, config, work.run.options):
        return
    if none_made:
        raise UpdateRevertedError(
            f"{noun}: its update was accepted, and the machine still has version {version}, which differs "
            "from its description. See its events (machines_list_events), and run it again.",
            running_version=version or "",
        )
    raise ReconcileError(
        f"{noun} was updated, and then changed by something else: it has version {version} now, which "
        "differs from its description. Run it again to compare."
    )


def stay_up(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Watch a machine without checks for a while before the roll-out takes the next one down (rule 6).

    Raises:
        MachineNotRunningError: It ended meanwhile, also if it was restarted.
    """
    done, smoke_s = run.outcomes[noun], run.options.smoke_s
    model = done.model
    if not (run.options.wait and smoke_s and done.changed and has_followers(noun, run)) or model is None:
        return
    if model.state != "started" or running.has_checks(model):
        return
    # It has not succeeded yet.
    del run.outcomes[noun]
    moment = yield from now()
    end = moment + smoke_s if run.deadline is None else min(moment + smoke_s, run.deadline)
    last = end + BEHIND_S if run.deadline is None else min(end + BEHIND_S, run.deadline)
    pause, seen = 2.0, model
    while moment < end or (_proves_nothing(model, seen) and moment < last):
        yield from report_stage(planned, "progress", WATCHED)
        yield from sleep(min(pause, (end if moment < end else last) - moment))
        seen = yield from look_again(noun.app_name, model, run)
        moment = yield from now()
        ends = moment >= end and not (_proves_nothing(model, seen) and moment < last)
        _check_stays_up(noun, model, seen, smoke_s, last=ends)
        pause = min(pause * 2, 5.0)
    run.outcomes[noun] = attrs.evolve(done, model=seen)


def _proves_nothing(model: models.Machine, seen: models.Machine) -> bool:
    """Return whether what was read is about a version before the one that is watched."""
    version, watched = _readings.version_of(seen), _readings.version_of(model)
    older = version is not None and watched is not None and version < watched
    return seen.state in PASSING or older


def _check_stays_up(
    noun: Machine, model: models.Machine, seen: models.Machine, smoke_s: float, *, last: bool
) -> None:
    """Raise if a process of this version has ended; at the `last` look, also if it is not started."""
    same = _readings.version_of(seen) == _readings.version_of(model)
    ended = same and (running.exited_since_start(seen) or running.ended_badly(seen))
    if not ended and (not last or (same and seen.state == "started")):
        return
    if not ended and same and seen.state in running.ASLEEP and running.sleeper(seen):
        return
    what = (
        "a process of it ended" if ended else f"it is {seen.state} with version {_readings.version_of(seen)}"
    )
    told = "did not stay up" if same else "was not read as up"
    raise MachineNotRunningError(
        f"{noun} {told} for {smoke_s:g} s after its change: {what}{running.describe_exit(seen)}. "
        f"Its newest events: {running.describe_events(seen)}. No further machine is taken down. "
        "See its logs; smoke_s says how long a machine is watched."
    )


def check_still_ours(noun: Machine, fresh: models.Machine, run: Run) -> None:
    """Refuse to write to what flyctl has deployed, a host has lost or cannot be read, since the plan."""
    unreadable = _readings.why_unreadable(fresh)
    if unreadable:
        raise UnreadableMachineError(f"{noun}: {unreadable}.")
    if deployed_by_flyctl(_readings.config_of(fresh)) and not run.options.take_over:
        raise NotOwnedError(
            f"{noun} was deployed by flyctl since this run looked at it. "
            "Keep deploying it with flyctl, or pass take_over=True to change it from here."
        )


def _was_stale(planned: Planned[models.Machine], fresh: models.Machine) -> bool:
    """Return whether its marks and the app's secrets differed when this run began, and still do.

    That this run has set the value which the marks name says nothing of what the machine runs with: of two
    processes that set different values at once, the marks may be the one's and the value the other's.
    """
    observed = planned.observed
    secret = any(change.path.startswith("secrets.") for change in planned.changes)
    return secret and observed is not None and _readings.version_of(observed) == _readings.version_of(fresh)


def _send_update(
    noun: Machine,
    wanted: Wanted,
    fresh: models.Machine,
    merged: dict[str, Any],
    run: Run,
    *,
    runs: bool,
) -> Flow[models.Machine]:
    app = noun.app_name
    config = _readings.config_of(fresh)
    metadata = {**(merged.get("metadata") or {}), **marks(noun, wanted, config, run)}
    metadata.pop(LEFT, None)
    if not runs and noun.state is None and not may_sleep(merged):
        metadata[LEFT] = "stopped"

    def send() -> Flow[models.Machine]:
        request = _ops.update_machine(
            app,
            fresh.id,
            {**merged, "metadata": metadata},
            nonce=run.leases[app, fresh.id].nonce,
            current_version=_readings.version_of(fresh),
            # Without a launch, a schedule would never run again (LC-36).
            skip_launch=not runs and not merged.get("schedule"),
            min_secrets_version=run.secrets_versions.get(app),
        )
        return (yield from read_back(lambda: call(request), find_new_version))

    def find_new_version() -> Flow[models.Machine | None]:
        # We hold the lease, so a new version that holds what we sent is ours.
        seen = yield from call(_ops.get_machine(app, fresh.id))
        differs = compare(noun, wanted, _readings.config_of(seen), run.options)
        return None if _readings.version_of(seen) == _readings.version_of(fresh) or differs else seen

    # It names the version that it replaces, so that of two only one is carried out (LC-18).
    return (yield from when_pushed(send, merged, run, lambda: leases.refresh(app, fresh.id, run)))


def set_state(noun: Resource[Any], machine_id: str, run: Run, *, stops: bool) -> Flow[None]:
    """Start or stop a machine whose lease is held; what another has started or stopped is fine."""
    app, nonce = noun.app_name, run.leases[noun.app_name, machine_id].nonce
    request = (_ops.stop_machine if stops else _ops.start_machine)(app, machine_id, nonce)
    there = {"stopping", "stopped"} if stops else {"starting", "started"}

    def find_on_its_way() -> Flow[models.Machine | None]:
        seen = yield from call(_ops.get_machine(app, machine_id))
        return seen if seen.state in there else None

    def send() -> Flow[None]:
        try:
            yield from read_back(lambda: call(request), find_on_its_way)
        except PreconditionFailedError:
            # Some servers refuse to start what something else, such as the proxy, has started (LC-6, LC-7).
            if (yield from find_on_its_way()) is None:
                raise

    yield from until_allowed(send, run)


def mark(noun: Machine, observed: models.Machine | None, run: Run) -> Flow[None]:
    """Write our marks, once; metadata alone restarts nothing (ME-4)."""
    if observed is None or noun in run.marked:
        return
    latest, again = observed, False

    def write() -> Flow[None]:
        nonlocal latest, again
        if again:
            # Who held the lease may have changed what the marks tell of.
            latest = yield from call(_ops.get_machine(noun.app_name, latest.id))
        again = True
        missing = missing_marks(noun, resolve(noun), _readings.config_of(latest), run.context)
        if missing:
            yield from call(_ops.patch_metadata(noun.app_name, latest.id, missing))
            run.marked[noun] = _readings.with_metadata(latest, missing)

    yield from leases.until_free(write, run)
