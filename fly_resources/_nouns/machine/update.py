"""Update a machine: send its config under a lease, then make sure that it runs if it should and stays up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._engine.effects import Flow, call, nothing, now, sleep
from fly_resources._nouns.lost_answers import read_back
from fly_resources._nouns.machine import leases, running
from fly_resources._nouns.machine.comparison import compare, is_only_state, merged_config, should_run
from fly_resources._nouns.machine.images import when_pushed
from fly_resources._nouns.machine.marks import check_still_ours, marks, missing_marks, owner_of, stale_secrets
from fly_resources._nouns.machine.polling import look_again
from fly_resources._nouns.machine.unsettled import about
from fly_resources._nouns.machine.waiting import Write, until_allowed, wait_for_state, wait_until_settled
from fly_resources._nouns.machine.wanted import Task, wanted_of
from fly_resources._nouns.run import Run, check_deadline, report_stage
from fly_resources._nouns.world import PASSING
from fly_resources._sdk import reading, requests
from fly_resources.errors import (
    PreconditionFailedError,
    ReconcileError,
    UpdateRevertedError,
)

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._nouns.run import Handover
    from fly_resources.report import Planned
    from fly_resources.resources import Machine, Resource


#: How much longer reads may show the version before the update, in seconds; they prove nothing (LC-43, OR-3).
BEHIND_S: Final = 30.0
#: The progress text while a machine without checks has to stay up.
WATCHED: Final = "has to stay up for a while"


@attrs.define
class _Update:
    """The update of one machine while its lease is held."""

    task: Task
    machine_id: str
    #: Whether anything has been written.
    changed: bool = False

    def carry_out(self) -> Flow[None]:
        """Make the machine as described, and record the outcome."""
        run = self.task.run
        sent = yield from until_allowed(self.attempt, run)
        growth = self.task.handed.growth
        if growth is not None and growth.restart is not None and not self.changed:
            # Something else updated the machine before its volume grew, so it must restart to see that.
            yield from growth.restart()
        model = yield from self.bring_about(sent)
        if sent.answer is not None:
            yield from _check_applied(self.task, sent.before, sent.answer, model)
        run.record(self.task.planned, model, changed=self.changed)

    def attempt(self) -> Flow[Write]:
        """Compare the description with the machine as it is now, and send the differences."""
        resource, run, wanted = self.task.resource, self.task.run, self.task.wanted
        # Someone may have changed the machine between the plan and the lease, or since the last attempt.
        fresh = yield from call(requests.get_machine(resource.app_name, self.machine_id))
        fresh = yield from wait_until_settled(self.task.planned, fresh, run)
        config = reading.config_of(fresh)
        newest = self.task.handed.secrets.digests
        stale = stale_secrets(resource, config, newest) or _was_stale(self.task.planned, fresh)
        differs = bool(compare(wanted, config) or stale)
        to_stop = resource.state == "stopped" and fresh.state == "started"
        to_start = fresh.state in running.IDLE and should_run(resource, fresh, config)
        if differs or to_stop or to_start:
            check_still_ours(resource, fresh, run)
            yield from check_deadline(resource, run)
        if to_stop:
            # First stop a machine that should not run, so that its update does not start it once more.
            fresh = yield from self.stop(fresh, wait=differs or run.options.wait)
        if not differs:
            return Write(fresh, None, self.start, should_run(resource, fresh, config))
        merged = merged_config(wanted, config)
        runs = should_run(resource, fresh, merged)
        model = yield from _send_update(self.task, fresh, merged, runs=runs)
        self.changed = True
        return Write(fresh, model, self.start, runs, running.needs_arming(fresh, merged))

    def bring_about(self, sent: Write) -> Flow[models.Machine]:
        """Bring the machine to its intended state; with `wait`, wait until it is reached."""
        task, model = self.task, sent.answer or sent.before
        wait = task.run.options.wait
        if sent.runs and not wait:
            if sent.before.state in running.IDLE:
                yield from self.start()
            return model
        if sent.runs and sent.has_to_come_up:
            return (yield from wait_for_state(task.planned, model, "started", task.run, write=sent))
        if sent.runs or sent.answer is None or not wait:
            return model
        model = yield from wait_for_state(task.planned, model, "settled", task.run, write=sent)
        if task.resource.state == "stopped" and model.state == "started":
            model = yield from self.stop(model, wait=True)
        return model

    def start(self) -> Flow[None]:
        """Start the machine as soon as the service allows it (LC-35)."""
        yield from check_deadline(self.task.resource, self.task.run)
        yield from set_state(self.task.resource, self.machine_id, self.task.run, stops=False)
        self.changed = True

    def stop(self, seen: models.Machine, *, wait: bool) -> Flow[models.Machine]:
        """Stop the machine; with `wait`, wait until it is stopped."""
        task = self.task
        yield from set_state(task.resource, self.machine_id, task.run, stops=True)
        self.changed = True
        return (yield from wait_for_state(task.planned, seen, "stopped", task.run)) if wait else seen


def update(task: Task, observed: models.Machine) -> Flow[None]:
    """Update the machine under its lease, and make sure that it runs if it should (rules 4, 5 and 12).

    If its volume has grown before, the update makes the new size visible to it; if no update is needed, a
    restart does.

    Raises:
        UpdateRevertedError: The platform went back to the version before.
        MachineNotRunningError: It should run and does not start.
        WaitTimeoutError: It did not start within the step's limit.
        ReconcileError: Something else has changed it in the meantime.
    """
    if is_only_state(task.planned):
        # No config is sent, so our metadata needs its own request.
        yield from mark(task.resource, observed, task.run, task.handed)
    work = _Update(task, observed.id).carry_out
    yield from leases.under_lease(task.resource.app_name, observed.id, task.run, work)


def _check_applied(
    task: Task, before: models.Machine, answered: models.Machine, model: models.Machine
) -> Flow[None]:
    """Check that the machine is as declared if it does not have the version that the update returned.

    Raises:
        UpdateRevertedError: It has the version from before the update, although the update was accepted.
        ReconcileError: Another version, which is not as declared, has replaced the one that was sent.
    """
    resource, version = task.resource, reading.version_of(model)
    is_old = version is not None and version == reading.version_of(before)
    if is_old:
        model = yield from call(requests.get_machine(resource.app_name, model.id))
        version = reading.version_of(model)
        is_old = version == reading.version_of(before)
    elif version == reading.version_of(answered):
        return
    config = reading.config_of(model) if reading.has_config(model) else None
    if config is None or not compare(task.wanted, config):
        return
    if is_old:
        raise UpdateRevertedError(
            f"{resource}: its update was accepted, but the machine still has version {version}, which "
            "differs from its description. See its events (machines_list_events), and run it again.",
            running_version=version or "",
        )
    raise ReconcileError(
        f"{resource} was updated, and then changed by something else: it has version {version} now, which "
        "differs from its description. Run it again to compare."
    )


def stay_up(task: Task) -> Flow[None]:
    """Watch a machine without checks for a while before the rollout takes the next one down (rule 6).

    Whether there is a next one is determined late, because the service tells which secrets are new only when
    they are set.

    Raises:
        MachineNotRunningError: It exited in the meantime, even if it was restarted.
    """
    resource, run, options = task.resource, task.run, task.run.options
    done, model = run.outcomes[resource], run.outcomes[resource].observed
    if model is None or model.state != "started" or running.has_checks(model):
        return
    if options.wait and options.smoke_s and done.changed and task.handed.is_followed():
        # It has not succeeded yet.
        del run.outcomes[resource]
        seen = yield from _watch(task, model)
        run.outcomes[resource] = attrs.evolve(done, observed=seen)


def _watch(task: Task, model: models.Machine) -> Flow[models.Machine]:
    resource, run = task.resource, task.run
    smoke_s, moment = run.options.smoke_s, (yield from now())
    latest = math.inf if run.deadline is None else run.deadline
    end = min(moment + smoke_s, latest)
    last = min(end + BEHIND_S, latest)
    pause, seen, until = 2.0, model, end
    while moment < until:
        yield from report_stage(task.planned, "progress", WATCHED)
        yield from sleep(min(pause, (end if moment < end else last) - moment))
        seen = yield from look_again(resource.app_name, model, run)
        moment = yield from now()
        until = last if _proves_nothing(model, seen) else end
        _check_stays_up(resource, model, seen, smoke_s, last=moment >= until)
        pause = min(pause * 2, 5.0)
    return seen


def _proves_nothing(model: models.Machine, seen: models.Machine) -> bool:
    """Return whether the machine that was read may be older than the version that is watched."""
    version, watched = reading.version_of(seen), reading.version_of(model)
    older = version is not None and watched is not None and version < watched
    return seen.state in PASSING or older


def _check_stays_up(
    resource: Machine, model: models.Machine, seen: models.Machine, smoke_s: float, *, last: bool
) -> None:
    """Raise if a process of this version exited; at the `last` check, also if the machine is not started."""
    same = reading.version_of(seen) == reading.version_of(model)
    ended = same and (running.exited_since_start(seen) or running.ended_badly(seen))
    fine = same and (seen.state == "started" or (seen.state in running.ASLEEP and running.is_sleeper(seen)))
    if not ended and (fine or not last):
        return
    what = "a process exited" if ended else f"it is {seen.state} with version {reading.version_of(seen)}"
    told = "did not stay up" if same else "was not seen running"
    raise about(
        seen,
        f"{resource} {told} for {smoke_s:g} s after its change: {what}{running.describe_exit(seen)}. Its "
        f"newest events: {running.describe_events(seen)}. No further machine is taken down. See its logs "
        "(smoke_s sets how long it is watched).",
    )


def _was_stale(planned: Planned[models.Machine], fresh: models.Machine) -> bool:
    """Return whether the metadata and the app's secrets differed when this run began, and still do.

    Even if the metadata names the value that this run has set, the machine may run with another: if two
    processes set different values at the same time, the metadata may be from one and the value from the
    other.
    """
    observed = planned.observed
    secret = any(change.path.startswith("secrets.") for change in planned.changes)
    return secret and observed is not None and reading.version_of(observed) == reading.version_of(fresh)


def _send_update(
    task: Task, fresh: models.Machine, merged: dict[str, Any], *, runs: bool
) -> Flow[models.Machine]:
    resource, wanted, run, newest = task.resource, task.wanted, task.run, task.handed.secrets
    app, config = resource.app_name, reading.config_of(fresh)
    metadata = {**(merged.get("metadata") or {}), **marks(wanted, config, run.context, newest.digests)}
    metadata.pop(running.LEFT, None)
    if not runs and resource.state is None and not running.may_sleep(merged):
        metadata[running.LEFT] = "stopped"

    def send() -> Flow[models.Machine]:
        request = requests.update_machine(
            app,
            fresh.id,
            {**merged, "metadata": metadata},
            nonce=run.leases[app, fresh.id].nonce,
            current_version=reading.version_of(fresh),
            # Without a launch, a schedule would never run again (LC-36).
            skip_launch=not runs and not merged.get("schedule"),
            min_secrets_version=newest.version,
        )
        return (yield from read_back(lambda: call(request), find_new_version))

    def find_new_version() -> Flow[models.Machine | None]:
        # We hold the lease, so a new version with the config that we sent is ours.
        seen = yield from call(requests.get_machine(app, fresh.id))
        is_old = reading.version_of(seen) == reading.version_of(fresh)
        return None if is_old or compare(wanted, reading.config_of(seen)) else seen

    # The request names the version that it replaces, so only one of two such requests is applied (LC-18).
    return (yield from when_pushed(send, merged, run, lambda: leases.refresh(app, fresh.id, run)))


def set_state(resource: Resource[Any], machine_id: str, run: Run, *, stops: bool) -> Flow[None]:
    """Start or stop a machine whose lease is held. It is fine if somebody else has done so already."""
    nonce = run.leases[resource.app_name, machine_id].nonce
    yield from until_allowed(lambda: switch(resource.app_name, machine_id, nonce, stops=stops), run)


def switch(app: str, machine_id: str, nonce: str | None, *, stops: bool) -> Flow[None]:
    """Start or stop a machine unless it is busy. It is fine if somebody else has done so already."""
    request = (requests.stop_machine if stops else requests.start_machine)(app, machine_id, nonce)
    there = {"stopping", "stopped"} if stops else {"starting", "started"}

    def find_on_its_way() -> Flow[models.Machine | None]:
        seen = yield from call(requests.get_machine(app, machine_id))
        return seen if seen.state in there else None

    try:
        yield from read_back(lambda: call(request), find_on_its_way)
    except PreconditionFailedError:
        # Some servers refuse to start what something else, such as the proxy, has started (LC-6, LC-7).
        if (yield from find_on_its_way()) is None:
            raise


def restart(app: str, seen: models.Machine, nonce: str | None) -> Flow[None]:
    """Restart a machine; after a lost answer, its events show whether it was restarted."""
    request = requests.restart_machine(app, seen.id, nonce)
    newest = running.newest_mark(seen)

    def find_restarted() -> Flow[models.Machine | None]:
        fresh = yield from call(requests.get_machine(app, seen.id))
        return fresh if running.was_restarted(fresh, newest) else None

    yield from read_back(lambda: call(request), find_restarted)


def mark(resource: Machine, observed: models.Machine, run: Run, handed: Handover) -> Flow[None]:
    """Write our metadata, at most once per run; metadata alone restarts nothing (ME-4).

    Raises:
        NotFoundError: Its former owner has destroyed it in the meantime.
    """
    if handed.marked is not None:
        return
    latest, again = observed, False

    def write() -> Flow[models.Machine | None]:
        nonlocal latest, again
        if again:
            # The holder of the lease may have changed the values that our metadata describes.
            latest = yield from call(requests.get_machine(resource.app_name, latest.id))
        again = True
        missing = missing_marks(wanted_of(resource, run.context), latest, run.context)
        if not missing:
            return None
        yield from call(requests.patch_metadata(resource.app_name, latest.id, missing))
        return reading.with_metadata(latest, missing)

    marked = handed.marked = yield from leases.until_free(write, run)
    if marked is not None and owner_of(observed) not in {None, owner_of(marked)}:
        # The former owner may have read it before, to prune it, and holds its lease while doing so.
        yield from leases.under_lease(resource.app_name, latest.id, run, nothing)
