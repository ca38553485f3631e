"""The steps that create, change, adopt and destroy a machine: lease, read again, write, wait, release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources._flows.ambiguous import read_back
from fly_resources._flows.deletions import delete_surely, is_machine_there
from fly_resources._flows.leases import acquire, release, under_lease, until_free
from fly_resources._flows.machine_creation import check_room, create
from fly_resources._flows.machines import (
    SECRETS,
    Wanted,
    compare,
    deployed_by_flyctl,
    has_crashed,
    marks,
    merged_config,
    missing_marks,
    resolve,
    stale_secrets,
    stale_since,
    stays_asleep,
)
from fly_resources._flows.mounts import check_mountable
from fly_resources._flows.rollout import holds_others_back
from fly_resources._flows.run import Run, check_deadline
from fly_resources._flows.waiting import until_allowed, wait_for_state, wait_until_settled
from fly_resources.errors import (
    NotFoundError,
    NotOwnedError,
    PreconditionFailedError,
    ReconcileError,
    UnreadableMachineError,
)
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
    if observed is not None and planned.action in {"none", "adopt"}:
        # The plan could not know the digests of values that have only now been set.
        stale = stale_since(planned, run)
        if stale:
            yield from check_deadline(noun, run)
            planned = attrs.evolve(planned, action="update", changes=stale)
    if observed is not None and run.options.wait and planned.action in {"none", "adopt"}:
        observed = yield from _await_as_it_is(planned, noun, observed, run)
    match planned.action:
        case "create":
            yield from create(planned, noun, run)
        case "update":
            yield from _update(planned, noun, run)
        case "replace":
            yield from _replace(planned, noun, run)
        case "adopt":
            yield from _adopt(planned, noun, run)
        case "blocked":
            readable = observed is None or _readings.has_config(observed)
            raise (ReconcileError if readable else UnreadableMachineError)(
                f"{noun}: {'; '.join(planned.notes)}"
            )
        case _:
            run.record(planned, observed, changed=False)


def _await_as_it_is(
    planned: Planned[models.Machine], noun: Machine, observed: models.Machine, run: Run
) -> Flow[models.Machine]:
    """Wait for a machine that is not to be changed, while it goes from one state to another (rule 10).

    Raises:
        ReconcileError: Other machines wait for it to run, and it does not; or it became another one.
    """
    if holds_others_back(noun, run):
        if has_crashed(observed):
            raise ReconcileError(
                f"{noun} has crashed, so no other machine is taken down. See its events "
                "(machines_list_events) and logs; mend its config, or give state='started' to start it again."
            )
        return (yield from wait_for_state(planned, observed, "started", run))
    settled = yield from wait_until_settled(planned, observed, run)
    if settled is not observed and compare(noun, resolve(noun), _readings.config_of(settled), run.options):
        raise ReconcileError(
            f"{noun} was changed by something else while this run waited for it. Run it again to compare."
        )
    return settled


def _replace(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Destroy the machine and make it again, if nothing has come in between and nothing is in the way."""
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
        except Exception:
            yield from release(app, observed.id, run)
            raise
    except NotFoundError:
        pass  # gone already: it is still to be made
    else:
        yield from _destroy_observed(attrs.evolve(planned, observed=old), noun, run)
    yield from create(planned, noun, run, old)


def _check_unchanged(noun: Machine, observed: models.Machine, fresh: models.Machine, run: Run) -> None:
    """Refuse to destroy another machine than the plan has shown."""
    _check_still_ours(noun, fresh, run)
    if _readings.version_of(fresh) != _readings.version_of(observed):
        raise ReconcileError(
            f"{noun} was changed by something else since this run looked at it, so it is not destroyed. "
            "Run it again to compare."
        )


def _check_still_ours(noun: Machine, fresh: models.Machine, run: Run) -> None:
    """Refuse to write to what flyctl has deployed, a host has lost or cannot be read, since the plan."""
    unreadable = _readings.why_unreadable(fresh)
    if unreadable:
        raise UnreadableMachineError(f"{noun}: {unreadable}.")
    if deployed_by_flyctl(_readings.config_of(fresh)) and not run.options.take_over:
        raise NotOwnedError(
            f"{noun} was deployed by flyctl since this run looked at it. "
            "Keep deploying it with flyctl, or pass take_over=True to change it from here."
        )


def _update(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    observed = planned.observed
    if observed is None:
        raise AssertionError("an update always has an observed machine")
    if all(change.path == "state" for change in planned.changes):
        # Its config is sent nowhere, so that our marks need a request of their own.
        yield from mark(noun, observed, run)
    yield from under_lease(
        noun.app_name, observed.id, run, lambda: _update_leased(planned, noun, observed.id, run)
    )


def _update_leased(planned: Planned[models.Machine], noun: Machine, machine_id: str, run: Run) -> Flow[None]:
    wanted = resolve(noun)
    changed = False

    def attempt() -> Flow[tuple[models.Machine, bool]]:
        nonlocal changed
        # Someone may have changed it between the plan and the lease, or since the last attempt.
        fresh = yield from call(_ops.get_machine(noun.app_name, machine_id))
        fresh = yield from wait_until_settled(planned, fresh, run)
        config = _readings.config_of(fresh)
        stale = stale_secrets(noun, config, run.digests.get(noun.app_name, {})) or _was_stale(planned, fresh)
        differs = bool(compare(noun, wanted, config, run.options) or stale)
        to_stop = noun.state == "stopped" and fresh.state == "started"
        if not differs and not to_stop:
            return fresh, False
        _check_still_ours(noun, fresh, run)
        yield from check_deadline(noun, run)
        if to_stop:
            # What shall not run is not started once more by its update.
            yield from _set_state(noun, machine_id, run)
            changed = True
            if differs or run.options.wait:
                fresh = yield from wait_for_state(planned, fresh, "stopped", run)
        if not differs:
            return fresh, False
        merged = merged_config(noun, wanted, config, run.options)
        asleep = stays_asleep(noun, fresh, merged)
        model = yield from _send_update(noun, wanted, fresh, merged, run, skip_launch=asleep)
        changed = True
        return model, not asleep

    model, launched = yield from until_allowed(attempt, run)
    restart = run.restarts.pop(machine_id, None)
    if restart is not None and not changed:
        # Something else has updated it before its volume grew, so that it still has to see the new size.
        yield from restart()
    if run.options.wait and (launched or (changed and noun.state is not None)):
        # Not launched, it is on its way to being stopped; the next plan would take that for a difference.
        model = yield from wait_for_state(planned, model, "started" if launched else "stopped", run)
    if noun.state == "started" and any(change.path == "state" for change in planned.changes):
        yield from _set_state(noun, model.id, run)
        changed = True
        if run.options.wait:
            model = yield from wait_for_state(planned, model, "started", run)
    run.record(planned, model, changed=changed)


def _was_stale(planned: Planned[models.Machine], fresh: models.Machine) -> bool:
    """Whether its marks and the app's secrets told of different values when this run began, and still do.

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
    skip_launch: bool,
) -> Flow[models.Machine]:
    app = noun.app_name
    config = _readings.config_of(fresh)
    metadata = {**(merged.get("metadata") or {}), **marks(noun, wanted, config, run)}
    request = _ops.update_machine(
        app,
        fresh.id,
        {**merged, "metadata": metadata},
        nonce=run.leases[app, fresh.id].nonce,
        current_version=_readings.version_of(fresh),
        skip_launch=skip_launch,
        min_secrets_version=run.secrets_versions.get(app),
    )

    def find_new_version() -> Flow[models.Machine | None]:
        # We hold the lease, so a new version that holds what we sent is ours.
        seen = yield from call(_ops.get_machine(app, fresh.id))
        differs = compare(noun, wanted, _readings.config_of(seen), run.options)
        return None if _readings.version_of(seen) == _readings.version_of(fresh) or differs else seen

    # It names the version that it replaces, so that of two only one is carried out (LC-18).
    return (yield from read_back(lambda: call(request), find_new_version))


def _set_state(noun: Machine, machine_id: str, run: Run) -> Flow[None]:
    app, nonce = noun.app_name, run.leases[noun.app_name, machine_id].nonce
    stops = noun.state == "stopped"
    request = (_ops.stop_machine if stops else _ops.start_machine)(app, machine_id, nonce)

    def find_on_its_way() -> Flow[models.Machine | None]:
        seen = yield from call(_ops.get_machine(app, machine_id))
        return seen if seen.state in ({"stopping", "stopped"} if stops else {"starting", "started"}) else None

    def send() -> Flow[None]:
        try:
            yield from read_back(lambda: call(request), find_on_its_way)
        except PreconditionFailedError:
            # Some servers refuse to start what something else, such as the proxy, has started (LC-6, LC-7).
            if (yield from find_on_its_way()) is None:
                raise

    yield from until_allowed(send, run)


def _adopt(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Write our marks."""
    observed = planned.observed
    if observed is None:
        raise AssertionError("an adoption always has an observed machine")
    yield from mark(noun, observed, run)
    run.record(planned, run.marked.get(noun, observed))


def needs_marks_first(step: Planned[Any], run: Run) -> bool:
    """Whether a machine's marks have to be written before secrets are set, to show what is newer then."""
    noun, observed = step.noun, step.observed
    if not isinstance(noun, Machine) or observed is None or step.action not in {"none", "adopt", "update"}:
        return False
    if any(not change.path.startswith("secrets.") for change in step.changes):
        # What else differs is still to be seen if this program ends after the secrets.
        return False
    config = _readings.config_of(observed)
    return SECRETS in missing_marks(noun, resolve(noun), config, run.context)


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

    yield from until_free(write, run)


def destroy(planned: Planned[models.Machine], noun: Resource[models.Machine], run: Run) -> Flow[None]:
    """Stop the machine with its own signal and timeout, then delete it; absent is success."""
    changed = planned.action != "none" and planned.observed is not None
    if changed:
        yield from _destroy_observed(planned, noun, run)
    run.record(planned, planned.observed, changed=changed)


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
        yield from until_allowed(lambda: call(_ops.stop_machine(app, observed.id, nonce)), run)
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
