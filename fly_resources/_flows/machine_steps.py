"""The steps that create, change, adopt and destroy a machine: lease, read again, write, wait, release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources._flows import running, undeclared
from fly_resources._flows.dead_hosts import delete_without_lease, lease_to_destroy, notes_on
from fly_resources._flows.deletions import delete_surely, is_machine_there
from fly_resources._flows.departures import needs_force
from fly_resources._flows.leases import acquire, release
from fly_resources._flows.machine_creation import check_room, create
from fly_resources._flows.machine_update import check_still_ours, mark, set_state, stay_up, update
from fly_resources._flows.machines import (
    SECRETS,
    compare,
    find_undeclared,
    is_standing,
    missing_marks,
    resolve,
    stale_since,
)
from fly_resources._flows.mounts import check_mountable
from fly_resources._flows.run import Run, check_deadline, check_trusted, remember_gone
from fly_resources._flows.waiting import until_allowed, wait_for_state, wait_until_settled
from fly_resources.errors import (
    ApiError,
    FlyError,
    MachineNotRunningError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    UnreadableMachineError,
)
from fly_resources.report import Change
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources.report import Planned
    from fly_resources.resources import Resource

#: A machine that is on its way to another version refuses to be stopped (LC-6).
_REFUSES_TO_STOP: Final = frozenset({"replacing", "updating"})
#: These can be deleted without being stopped first (LC-2, LC-22).
_DELETABLE: Final = frozenset({"created", "stopped", "suspended", "failed", "launch_failed"})


def apply(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Do what was planned for one machine, or what its secrets ask for since."""
    observed = run.marked.get(noun, planned.observed)
    if observed is not None and is_standing(planned):
        # The plan could not know the digests of values that have only now been set.
        stale = stale_since(planned, run)
        if not stale:
            return (yield from _stand(planned, noun, observed, run))
        yield from check_deadline(noun, run)
        planned = attrs.evolve(planned, action="update", changes=stale)
        check_trusted(planned, run)
    match planned.action:
        case "create" | "replace":
            make = create if planned.action == "create" else _replace
            found = yield from make(planned, noun, run)
            if found is not None:
                yield from apply(found, noun, run)
            elif planned.action == "replace":
                yield from stay_up(planned, noun, run)
        case "update":
            yield from update(planned, noun, run)
            yield from stay_up(planned, noun, run)
        case _:
            readable = observed is None or _readings.has_config(observed)
            raise (ReconcileError if readable else UnreadableMachineError)(
                f"{noun}: {'; '.join(planned.notes)}"
            )


def _stand(planned: Planned[models.Machine], noun: Machine, observed: models.Machine, run: Run) -> Flow[None]:
    """See to it that a machine which is not to be changed runs, if it should (rule 12).

    Raises:
        MachineNotRunningError: It should run, and will not come up by itself.
        WaitTimeoutError: It does not come up, or its checks do not pass, in the step's limit.
        ReconcileError: Something else has changed it meanwhile.
        ContradictionError: It has to be started, and answers about its app contradict each other.
    """
    _check_up(noun, observed)
    seen = observed
    if run.options.wait:
        also = running.COMING_UP if noun.state != "stopped" else ()
        seen = yield from wait_until_settled(planned, observed, run, also)
        if seen is not observed and compare(noun, resolve(noun), _readings.config_of(seen), run.options):
            raise ReconcileError(
                f"{noun} was changed by something else while this run waited for it. Run it again to compare."
            )
        _check_up(noun, seen)
        if noun.state != "stopped" and running.was_left_stopped(seen):
            started = Change("state", str(seen.state), "started")
            planned = attrs.evolve(planned, action="update", changes=(started,))
            check_trusted(planned, run)
            return (yield from update(planned, noun, run))
        if running.failing_checks(seen) or (seen is not observed and running.is_unhealthy(seen)):
            seen = yield from wait_for_state(planned, seen, "started", run)
    if planned.action == "none":
        run.record(planned, seen, changed=False)
    elif planned.action == "adopt":
        yield from _adopt(planned, noun, run)
    else:
        yield from mark(noun, observed, run)
        if run.options.wait:
            planned = attrs.evolve(planned, action="none", changes=(), notes=())
        failing = running.failing_checks(seen)
        stands = f"its checks are {failing}" if failing else f"is {seen.state}"
        run.record(
            planned,
            run.marked.get(noun, seen),
            changed=False,
            notes=() if run.options.wait else (f"{stands}, which was not waited for",),
        )


def _check_up(noun: Machine, seen: models.Machine) -> None:
    why = None if noun.state == "stopped" else running.why_down(seen)
    if why is not None:
        events = running.describe_events(seen)
        raise MachineNotRunningError(
            f"{noun} should run, but {why}, and nothing is to be changed about it. "
            f"Its newest events: {events}. See its logs; correct its config, or give state='started' to "
            "start it again."
        )


def _replace(
    planned: Planned[models.Machine], noun: Machine, run: Run
) -> Flow[Planned[models.Machine] | None]:
    """Destroy the machine and make it again, if nothing has come in between and nothing is in the way.

    Returns what is to be done instead, if another program has made one in between.
    """
    observed = planned.observed
    if observed is None:
        raise AssertionError("a replacement always has an observed machine")
    app, wanted = noun.app_name, resolve(noun)
    yield from check_room(noun, observed, run)
    if wanted.mounts:
        known = [each for each in (yield from call(_ops.list_volumes(app))) if not _readings.is_dying(each)]
        check_mountable(noun, wanted.mounts, observed.id, known, run.context)
    old = observed
    try:
        yield from acquire(app, observed.id, run)
        try:
            old = yield from call(_ops.get_machine(app, observed.id))
            _check_unchanged(noun, observed, old, run)
            undeclared.check_accepted(noun, find_undeclared(noun, wanted, old, run.options), run.options)
        except Exception:
            yield from release(app, observed.id, run)
            raise
    except NotFoundError:
        pass  # gone already: it is still to be made
    else:
        yield from _destroy_observed(attrs.evolve(planned, observed=old), noun, run)
    theirs = find_undeclared(noun, wanted, old, run.options)
    try:
        return (yield from create(planned, noun, run, old))
    except FlyError as failed:
        if theirs:
            failed.add_note(undeclared.to_restore(noun, theirs))
        if theirs and isinstance(failed, ApiError):
            failed.advice = f"{failed.advice} {undeclared.to_restore(noun, theirs)}".strip()
        raise


def _check_unchanged(noun: Machine, observed: models.Machine, fresh: models.Machine, run: Run) -> None:
    """Refuse to destroy another machine than the plan has shown."""
    check_still_ours(noun, fresh, run)
    if _readings.version_of(fresh) != _readings.version_of(observed):
        raise ReconcileError(
            f"{noun} was changed by something else since this run looked at it, so it is not destroyed. "
            "Run it again to compare."
        )
    if observed.state == "launch_failed" != fresh.state:
        raise ReconcileError(
            f"{noun} was to be made again because its launch had failed, and it is {fresh.state} now, so it "
            "is not destroyed. Run it again to compare."
        )


def _adopt(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Write our marks."""
    observed = planned.observed
    if observed is None:
        raise AssertionError("an adoption always has an observed machine")
    yield from mark(noun, observed, run)
    run.record(planned, run.marked.get(noun, observed))


def needs_marks_first(step: Planned[Any], run: Run) -> bool:
    """Return whether a machine's marks must be written before secrets are set, to show what is newer then."""
    noun, observed = step.noun, step.observed
    if not isinstance(noun, Machine) or observed is None:
        return False
    if not is_standing(step) and step.action != "update":
        return False
    if not is_standing(step) and any(not change.path.startswith("secrets.") for change in step.changes):
        # What else differs is still to be seen if this program ends after the secrets.
        return False
    config = _readings.config_of(observed)
    return SECRETS in missing_marks(noun, resolve(noun), config, run.context)


def destroy(planned: Planned[models.Machine], noun: Resource[models.Machine], run: Run) -> Flow[None]:
    """Stop the machine with its own signal and timeout, then delete it; absent is success."""
    observed = planned.observed
    if planned.action == "none" or observed is None:
        run.record(planned, observed, changed=False)
        return
    if (why := needs_force(observed)) is not None and not run.options.force:
        raise ReconcileError(f"{noun}: {why}.")
    left: models.Machine | None = None
    if (yield from lease_to_destroy(noun, observed, run)):
        yield from _destroy_observed(planned, noun, run)
    else:
        left = yield from delete_without_lease(noun, observed, run)
    if left is None:
        yield from remember_gone(run, [observed.id])
    run.record(planned, left or observed, notes=notes_on(left))


def _destroy_observed(
    planned: Planned[models.Machine], noun: Resource[models.Machine], run: Run
) -> Flow[None]:
    observed = planned.observed
    if observed is None:
        raise AssertionError("only what was observed is destroyed")
    app, machine_id = noun.app_name, observed.id

    def attempt() -> Flow[None]:
        if (app, machine_id) not in run.leases:
            yield from acquire(app, machine_id, run)
        try:
            yield from _stop_and_delete(planned, observed, run)
        except Exception:
            yield from release(app, machine_id, run)
            raise

    yield from delete_surely(str(noun), attempt, lambda: is_machine_there(app, machine_id))
    # The lease went with its machine.
    run.leases.pop((app, machine_id), None)


def _stop_and_delete(planned: Planned[models.Machine], observed: models.Machine, run: Run) -> Flow[None]:
    app, force = planned.noun.app_name, run.options.force
    nonce = run.leases[app, observed.id].nonce

    def stop() -> Flow[None]:
        yield from set_state(planned.noun, observed.id, run, stops=True)
        yield from wait_for_state(planned, observed, "stopped", run)

    def delete() -> Flow[None]:
        try:
            yield from call(_ops.delete_machine(app, observed.id, nonce, force=force))
        except PreconditionFailedError:
            # The proxy starts a stopped machine for the next request, lease or not.
            if (yield from call(_ops.get_machine(app, observed.id))).state == "started":
                yield from stop()
            raise

    if observed.state in _REFUSES_TO_STOP and not force:
        observed = yield from wait_until_settled(planned, observed, run)
    if observed.state not in _DELETABLE and not force:
        yield from stop()
    yield from until_allowed(delete, run)
