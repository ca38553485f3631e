"""Apply a machine's plan: create, update, adopt or destroy it (lease, re-read, write, wait, release)."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._engine.effects import Flow, call
from fly_resources._nouns.existence import delete_surely, is_machine_there
from fly_resources._nouns.machine import departures, running, undeclared
from fly_resources._nouns.machine.comparison import compare, is_standing
from fly_resources._nouns.machine.creation import check_room, create
from fly_resources._nouns.machine.leases import under_lease
from fly_resources._nouns.machine.marks import check_not_marked, check_still_ours, missing_marks, stale_since
from fly_resources._nouns.machine.mounted import check_mountable
from fly_resources._nouns.machine.unsettled import about, not_running
from fly_resources._nouns.machine.update import mark, set_state, stay_up, update
from fly_resources._nouns.machine.waiting import until_allowed, wait_for_state, wait_until_settled
from fly_resources._nouns.machine.wanted import Task, wanted_of
from fly_resources._nouns.run import Handover, Run, check_deadline, remember_gone
from fly_resources._nouns.secrets import SECRETS
from fly_resources._sdk import reading, requests
from fly_resources.errors import (
    ApiError,
    FlyError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    UnreadableMachineError,
)
from fly_resources.report import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines import models

    from fly_resources.report import Planned
    from fly_resources.resources import Machine, Resource

#: States of a machine that is changing its version and refuses to be stopped (LC-6).
_REFUSES_TO_STOP: Final = frozenset({"replacing", "updating"})
#: States in which a machine can be deleted without being stopped first (LC-2, LC-22).
_DELETABLE: Final = frozenset({"created", "stopped", "suspended", "failed", "launch_failed"})


def apply(planned: Planned[models.Machine], resource: Machine, run: Run, *, handed: Handover) -> Flow[None]:
    """Apply the plan for one machine, or the update that its secrets have required since."""
    task, observed = Task(planned, resource, run, handed), handed.marked or planned.observed
    if observed is not None and is_standing(planned):
        # The plan could not know the digests of values that were set only now.
        stale = stale_since(resource, observed, handed)
        if not stale:
            return (yield from _stand(task, observed))
        yield from check_deadline(resource, run)
        task.becomes_update(*stale)
    found: Planned[models.Machine] | None = None
    if task.planned.action == "blocked":
        readable = observed is None or reading.has_config(observed)
        kind = ReconcileError if readable else UnreadableMachineError
        raise kind(f"{resource}: {'; '.join(planned.notes)}")
    if observed is None:
        found = yield from create(task)
    elif task.planned.action == "replace":
        found = yield from _replace(task, observed)
    else:
        yield from update(task, observed)
    if found is not None:
        handed = Handover(handed.secrets, is_followed=handed.is_followed)
        yield from apply(found, resource, run, handed=handed)
    elif planned.action != "create":
        yield from stay_up(task)


def _stand(task: Task, observed: models.Machine) -> Flow[None]:
    """Make sure that a machine without changes runs, if it should (rule 12).

    Raises:
        MachineNotRunningError: It should run and will not start by itself.
        WaitTimeoutError: It did not start, or its checks did not pass, within the step's limit.
        ReconcileError: Something else has changed it in the meantime.
        ContradictionError: It has to be started, and the answers about its app contradict each other.
    """
    planned, resource, run = task.planned, task.resource, task.run
    _check_up(resource, observed)
    seen = observed
    if run.options.wait:
        seen = yield from _settled(task, observed)
        if resource.state != "stopped" and running.was_left_stopped(seen):
            task.becomes_update(Change("state", str(seen.state), "started"))
            return (yield from update(task, observed))
        if running.failing_checks(seen) or (seen is not observed and running.is_unhealthy(seen)):
            seen = yield from wait_for_state(planned, seen, "started", run)
    if planned.action == "none":
        run.record(planned, seen, changed=False)
        return
    yield from mark(resource, observed, run, task.handed)
    model = task.handed.marked or seen
    if planned.action == "adopt":
        run.record(planned, model)
    elif run.options.wait:
        run.record_as_found(planned, model)
    else:
        failing = running.failing_checks(seen)
        stands = f"its checks are {failing}" if failing else f"is {seen.state}"
        run.record(planned, model, f"{stands}; not waited for", changed=False)


def _settled(task: Task, observed: models.Machine) -> Flow[models.Machine]:
    """Wait until the machine is in a stable state; refuse one that was changed in the meantime."""
    resource = task.resource
    also = running.COMING_UP if resource.state != "stopped" else ()
    seen = yield from wait_until_settled(task.planned, observed, task.run, also)
    if seen is not observed and compare(task.wanted, reading.config_of(seen)):
        raise ReconcileError(
            f"{resource} was changed by something else while this run waited for it. Run it again to compare."
        )
    _check_up(resource, seen)
    if seen.state == "launch_failed":
        raise not_running(task.planned, seen)
    return seen


def _check_up(resource: Machine, seen: models.Machine) -> None:
    why = None if resource.state == "stopped" else running.why_down(seen)
    if why is not None:
        events = running.describe_events(seen)
        raise about(
            seen,
            f"{resource} should run, but {why}, and its config is already as described. Its newest events: "
            f"{events}. See its logs; correct its config, or give state='started' to start it again.",
        )


def _replace(task: Task, observed: models.Machine) -> Flow[Planned[models.Machine] | None]:
    """Destroy and recreate the machine if it has not changed since the plan and nothing prevents it.

    Return the step to do instead if another program has created a machine of that name in between.
    """
    resource, run, wanted, app = task.resource, task.run, task.wanted, task.resource.app_name
    yield from check_room(task, observed)
    if wanted.mounts:
        known = [each for each in (yield from call(requests.list_volumes(app))) if not reading.is_dying(each)]
        check_mountable(wanted, observed.id, known, run.context)

    def look() -> Flow[models.Machine]:
        fresh = yield from call(requests.get_machine(app, observed.id))
        _check_unchanged(resource, observed, fresh, run)
        undeclared.check_accepted(wanted, undeclared.find(wanted, fresh))
        return fresh

    old, is_there = observed, True
    try:
        old = yield from under_lease(app, observed.id, run, look, keep=True)
    except NotFoundError:
        is_there = False  # it still has to be created
    told = undeclared.to_restore(task.planned, undeclared.find(wanted, old))
    try:
        if is_there:
            check = functools.partial(_check_unchanged, resource, old, run=run)
            yield from _Removal(task.planned, old, run, check).carry_out()
        return (yield from create(task, old))
    except FlyError as failed:
        failed.add_note(told)
        if isinstance(failed, ApiError):
            failed.advice = f"{failed.advice} {told}".strip()
        raise


def _check_unchanged(resource: Machine, observed: models.Machine, fresh: models.Machine, run: Run) -> None:
    """Refuse to destroy the machine if it is no longer the one that the plan showed."""
    check_still_ours(resource, fresh, run)
    check_not_marked(resource, observed, fresh, run)
    if reading.version_of(fresh) != reading.version_of(observed):
        raise ReconcileError(
            f"{resource} was not destroyed: something else has changed it since this run read it. Run it "
            "again to compare."
        )
    if observed.state == "launch_failed" != fresh.state:
        raise ReconcileError(
            f"{resource} was not destroyed: it was to be replaced because its launch had failed, but it is "
            f"{fresh.state} now. Run it again to compare."
        )


def needs_marks_first(step: Planned[Any], resource: Machine, observed: models.Machine, run: Run) -> bool:
    """Return whether our metadata must be written before secrets are set, to show newer values later."""
    # Other differences stay visible if this program ends after setting the secrets.
    hides = step.action == "update" and all(change.path.startswith("secrets.") for change in step.changes)
    wanted = wanted_of(resource, run.context)
    return (is_standing(step) or hides) and SECRETS in missing_marks(wanted, observed, run.context)


def destroy(
    planned: Planned[models.Machine],
    resource: Resource[models.Machine],
    run: Run,
    check: Callable[[models.Machine], None] | None = None,
) -> Flow[None]:
    """Stop the machine with its own signal and timeout, then delete it. An absent machine is a success.

    `check` is called right before the deletion and raises if the machine must stay. A machine that was
    stopped for the deletion is then started again.

    Raises:
        NotOwnedError: Another owner has taken it over since it was read.
        ProtectedError: It has been protected since then.
    """
    observed = planned.observed
    if planned.action == "none" or observed is None:
        run.record(planned, observed, changed=False)
        return
    if (why := departures.needs_force(observed)) is not None and not run.options.force:
        raise ReconcileError(f"{resource}: {why}.")
    left: models.Machine | None = None
    if (yield from departures.lease_to_destroy(resource, observed, run)):
        check = check or functools.partial(check_not_marked, resource, observed, run=run)
        yield from _Removal(planned, observed, run, check).carry_out()
    else:
        left = yield from departures.delete_without_lease(resource, observed, run)
    if left is None:
        yield from remember_gone(run, [observed.id])
    run.record(planned, left or observed, *departures.notes_on(left))


@attrs.frozen
class _Removal:
    """The removal of one machine; `check` is called right before its deletion, and raises if it must stay."""

    planned: Planned[models.Machine]
    observed: models.Machine
    run: Run
    check: Callable[[models.Machine], None]

    def carry_out(self) -> Flow[None]:
        """Stop and delete the machine under its lease."""
        app, machine_id = self.planned.resource.app_name, self.observed.id
        attempt = functools.partial(under_lease, app, machine_id, self.run, self._stop_and_delete, keep=True)
        title = str(self.planned.resource)
        yield from delete_surely(title, attempt, lambda: is_machine_there(app, machine_id))
        # The lease was deleted with its machine.
        self.run.leases.pop((app, machine_id), None)

    def _stop_and_delete(self) -> Flow[None]:
        settled, force = self, self.run.options.force
        if self.observed.state in _REFUSES_TO_STOP and not force:
            seen = yield from wait_until_settled(self.planned, self.observed, self.run)
            settled = attrs.evolve(self, observed=seen)
        if settled.observed.state not in _DELETABLE and not force:
            yield from settled.stop()
        yield from until_allowed(settled.delete, self.run)

    def stop(self) -> Flow[None]:
        """Stop the machine and wait until it has stopped."""
        yield from set_state(self.planned.resource, self.observed.id, self.run, stops=True)
        yield from wait_for_state(self.planned, self.observed, "stopped", self.run)

    def delete(self) -> Flow[None]:
        """Delete the machine if it may still go; stop it again if it has been started."""
        app, machine_id, run = self.planned.resource.app_name, self.observed.id, self.run
        yield from self._look_again()
        try:
            nonce = run.leases[app, machine_id].nonce
            yield from call(requests.delete_machine(app, machine_id, nonce, force=run.options.force))
        except PreconditionFailedError:
            # The proxy starts a stopped machine for the next request, lease or not.
            if (yield from call(requests.get_machine(app, machine_id))).state == "started":
                yield from self.stop()
            raise

    def _look_again(self) -> Flow[None]:
        """Read the machine right before its deletion. If it must stay and ran before, start it again."""
        resource, observed = self.planned.resource, self.observed
        seen = yield from call(requests.get_machine(resource.app_name, observed.id))
        try:
            self.check(seen)
        except ReconcileError:
            if observed.state == "started" and seen.state == "stopped":
                yield from set_state(resource, observed.id, self.run, stops=False)
            raise
