"""The verbs plan, ensure, destroy, read and wait, and holding a lease, as flows."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources._checks import fields
from fly_resources._engine.effects import Done, Flow, graph, sleep, together
from fly_resources._nouns import certificates
from fly_resources._nouns.described import Described
from fly_resources._nouns.holdings import find_unmanaged, losses_by_id
from fly_resources._nouns.lost_answers import SETTLE_AFTER_S
from fly_resources._nouns.machine import leases
from fly_resources._nouns.machine.waiting import last_of, wait_for_state
from fly_resources._nouns.run import Context, Options, Run, start_run
from fly_resources._nouns.staleness import check_shown, with_thing
from fly_resources._nouns.volume import planning as volumes
from fly_resources._nouns.witnesses import confirm_absences
from fly_resources._nouns.world import kinds, read_again, read_world
from fly_resources._verbs import protection, pruning
from fly_resources._verbs.advice import advise
from fly_resources._verbs.descriptions import checked, expand, unique
from fly_resources._verbs.graph import destroy_app, ensure_app, nodes_of, settle
from fly_resources._verbs.nouns import noun_of
from fly_resources._verbs.targets import as_resource
from fly_resources.errors import (
    AmbiguousMatchError,
    ConfigurationError,
    DependencyError,
    EnsureError,
    FlyError,
    ImmutableFieldError,
    ReconcileError,
    VolumeLostError,
)
from fly_resources.report import Outcome, Plan, Planned, Report
from fly_resources.resources import App, Certificate, FlySecret, Machine, Resource

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from fly_machines import models

    from fly_resources._verbs.targets import AnyMachine


def plan(given: Sequence[Resource[Any]], options: Options) -> Flow[Plan]:
    """Read, compare, and return what `ensure` would do, as far as the token may read."""
    return (yield from _planned((yield from _look(expand(given, options), options, tolerant=True))))


def plan_destroy(given: Sequence[Resource[Any]], options: Options) -> Flow[Plan]:
    """Read, and return what `destroy` would do."""
    return _plan_destroy((yield from _look(Described(unique(checked(given))), options, to_destroy=True)))


def ensure(given: Sequence[Resource[Any]], options: Options) -> Flow[Report]:
    """Plan, then carry out the plan with as much concurrency as its dependencies allow."""
    context = yield from _look(expand(given, options), options)
    steps = yield from _planned(context)
    run = yield from _begun(steps, context)
    done = yield from graph(nodes_of(steps, run, ensure_app))
    done |= yield from settle(steps, run)
    gone = [step for step in steps if step.resource not in context.described]
    if not any(end.failed for end in done.values()):
        done |= yield from pruning.apply(gone, run)
    return _finish(steps, run, done)


def destroy(given: Sequence[Resource[Any]], options: Options) -> Flow[Report]:
    """Read what exists, then destroy it, dependents first."""
    context = yield from _look(Described(unique(checked(given))), options, to_destroy=True)
    steps = _plan_destroy(context)
    run = yield from _begun(steps, context)
    done = yield from graph(nodes_of(steps, run, destroy_app))
    return _finish(steps, run, done)


def _begun(steps: Plan, context: Context) -> Flow[Run]:
    """Start the run of a plan. If it is known to fail, raise the plan's first error instead."""
    for step in steps:
        if step.error is not None:
            raise step.error
    check_shown(context.options.shown, steps)
    return (yield from start_run(context))


def read(resource: Resource[Any]) -> Flow[Any]:
    """Return the SDK model of one resource as it is now, or None."""
    # Its desired properties, such as mounts, need no read.
    resources = [
        Machine(each.app, each.name, {}) if isinstance(each, Machine) else each
        for each in checked([resource])
    ]
    world = yield from read_world(resources, absent_is_empty=True, look_twice=True)
    context = Context(resources, world, Options())
    yield from _confirm_for(resource, context)
    return noun_of(resource).find(resource, context)


def _confirm_for(resource: Resource[Any], context: Context) -> Flow[None]:
    """Confirm that what was not found for `resource` does not exist.

    Raises:
        ContradictionError: Responses of the service contradict each other about it.
    """
    yield from confirm_absences(context, "read")
    for kind in kinds(resource):
        if kind in context.state(resource).contradictions:
            raise context.state(resource).contradictions[kind]


def wait(resource: AnyMachine | Certificate, options: Options, *, state: str, checks: bool) -> Flow[Any]:
    """Wait until a machine is in a state, or a certificate is issued, and return its model."""
    if isinstance(resource, Certificate):
        return (yield from wait_until_issued(resource, options))
    fields.check_awaited(state)
    resource = yield from as_resource(resource)
    to_go = state == "destroyed"
    world = yield from read_world([resource], absent_is_empty=to_go, look_twice=to_go)
    run = yield from start_run(Context((resource,), world, options))
    return (yield from _wait(resource, run, state=state, checks=checks))


def _wait(resource: Machine, run: Run, *, state: str, checks: bool) -> Flow[Any]:
    context, to_go = run.context, state == "destroyed"
    yield from _confirm_for(resource, context)
    model = last_of(resource, context.state(resource)) if to_go else _existing(resource, context)
    if to_go and model.state == state:
        return model
    planned = Planned(resource, "none", observed=model)
    return (yield from wait_for_state(planned, model, state, run, checks=checks))


def wait_until_issued(resource: Certificate, options: Options) -> Flow[Any]:
    """Wait until a certificate is served for its hostname, and return its detail."""
    return (yield from certificates.wait_until_issued(resource, options.step_timeout_s))


def wait_for_all(resources: Sequence[Machine | Certificate], *, state: str, timeout_s: float) -> Flow[Report]:
    """Wait for machines and certificates at once, within one limit; `observed` holds each result.

    Raises:
        EnsureError: Some did not get there, or none exists; for a single resource, its own error.
    """
    fields.check_awaited(state)
    options = Options(step_timeout_s=timeout_s, timeout_s=timeout_s)
    machines = [resource for resource in resources if isinstance(resource, Machine)]
    to_go = state == "destroyed"
    world = yield from read_world(machines, absent_is_empty=to_go, look_twice=to_go)
    run = yield from start_run(Context(tuple(machines), world, options))

    def one(resource: Machine | Certificate) -> Flow[Any]:
        if isinstance(resource, Certificate):
            return (yield from wait_until_issued(resource, options))
        return (yield from _wait(resource, run, state=state, checks=True))

    if len(resources) == 1:
        return Report((Outcome(resources[0], "none", observed=(yield from one(resources[0]))),))
    ends = yield from together(functools.partial(one, resource) for resource in resources)
    each = list(zip(resources, ends, strict=True))
    outcomes = (Outcome(resource, "none", error=end.error, observed=end.value) for resource, end in each)
    return _report(outcomes, ((str(resource), end) for resource, end in each))


def hold(machine: AnyMachine, options: Options, ttl_s: int) -> Flow[str]:
    """Take a machine's lease, which stays with the options, and return its nonce."""
    resource = yield from as_resource(machine)
    context = Context((resource,), (yield from read_world([resource])), options)
    yield from _confirm_for(resource, context)
    run = yield from start_run(context)
    model = _existing(resource, context)
    yield from leases.acquire(resource.app_name, model.id, run, ttl_s)
    return run.leases[resource.app_name, model.id].nonce


def _existing(resource: Machine, context: Context) -> models.Machine:
    found = context.state(resource).machine(resource.name)
    if found is None:
        raise ReconcileError(f"{resource} does not exist: ensure it first.")
    return found


def _look(
    described: Described, options: Options, *, to_destroy: bool = False, tolerant: bool = False
) -> Flow[Context]:
    if options.prune and not described.resources:
        raise ConfigurationError("prune=True needs a resource: pass the App to prune in.")
    world = yield from read_world(
        described.resources,
        whole_apps=to_destroy,
        absent_is_empty=to_destroy,
        look_twice=to_destroy,
        machines=options.prune,
        tolerant=tolerant,
        departed=options.departed,
    )
    context = Context(described, world, options)
    yield from confirm_absences(context, "destroy" if to_destroy else "ensure")
    return context


def _planned(context: Context) -> Flow[Plan]:
    """Compare; an error about a lost volume lists the snapshots that it can be restored from.

    Volumes and machines are read concurrently, not at one point in time: if a machine mounts a volume that is
    not in the list, both may have been created in between. So they are read again before anything is reported
    as lost. If several candidates match, all but one may be about to be removed: other processes resolve
    their races.
    """
    steps = _plan(context)
    errors = [step.error for step in steps]
    lost = {error.app for error in errors if isinstance(error, VolumeLostError)}
    unclear = any(isinstance(error, AmbiguousMatchError) for error in errors)
    if not lost and not unclear:
        return steps
    if unclear:
        yield from sleep(2 * SETTLE_AFTER_S)
    for app, state in context.world.items():
        if app in lost or (unclear and state.volumes):
            yield from read_again(state, "volumes")
    return (yield from _with_snapshots(_plan(context)))


def _with_snapshots(steps: Plan) -> Flow[Plan]:
    """Add the snapshots of lost volumes to the text of their steps."""
    rows = []
    for step in steps:
        if isinstance(step.error, VolumeLostError):
            told = yield from volumes.with_snapshots(step.error)
            rows.append(_impossible(step.resource, told, step.observed))
        else:
            rows.append(step)
    return attrs.evolve(steps, steps=tuple(rows))


def _plan(context: Context) -> Plan:
    steps = [_diff(each, context, kinds(each), noun_of(each).diff) for each in context.resources]
    refused = [
        (app, kind, error) for app, state in context.world.items() for kind, error in state.refused.items()
    ]
    unmanaged = functools.partial(find_unmanaged, context)
    rows = tuple(map(with_thing, (*steps, *pruning.diff(context))))
    chosen = {"owner": context.options.owner}
    notes = advise(steps, context)
    return Plan(rows, tuple(refused), find_unmanaged=unmanaged, notes=notes, options=chosen)


def _diff(
    resource: Resource[Any],
    context: Context,
    needed: Sequence[str],
    compare: Callable[[Any, Context], Planned[Any]],
) -> Planned[Any]:
    """Compare one resource; an impossible change is reported on it and does not stop the others."""
    unknown = _blocked(resource, context, needed)
    if unknown is not None:
        return unknown
    try:
        step = compare(resource, context)
        if step.action in {"destroy", "replace"}:
            protection.check(resource, step.action, context)
    except ReconcileError as error:
        return _impossible(resource, error)
    return step


def _impossible(resource: Resource[Any], error: ReconcileError, observed: object = None) -> Planned[Any]:
    changes = error.changes if isinstance(error, ImmutableFieldError) else ()
    why = str(error).removeprefix(f"{resource}: ")
    return Planned(resource, "blocked", tuple(changes), (why,), observed, error=error)


def _blocked(resource: Resource[Any], context: Context, needed: Sequence[str]) -> Planned[Any] | None:
    """Report that nothing is known about kinds that could not be read: unknown is not empty (rule 9)."""
    state = context.state(resource)
    refused = (f"the token may not read the app's {kind}" for kind in needed if kind in state.refused)
    contradicted = (str(state.contradictions[kind]) for kind in needed if kind in state.contradictions)
    why = next(itertools.chain(refused, contradicted), None)
    return Planned(resource, "blocked", notes=(why,)) if why else None


def _plan_destroy(context: Context) -> Plan:
    steps = []
    for resource in context.resources:
        # If its app is destroyed too, all that the app holds must be known.
        with_app = context.names_app_of(resource)
        needed = kinds(App(resource.app_name), whole_app=True) if with_app else kinds(resource)
        steps.append(_diff(resource, context, needed, noun_of(resource).diff_destroy))
    gone = [step.resource for step in steps if isinstance(step.resource, App) and step.action == "destroy"]
    return Plan(
        tuple(map(with_thing, steps)),
        find_unmanaged=functools.partial(find_unmanaged, context),
        held={app.name: losses_by_id(context.state(app)) for app in gone},
        options={"force": context.options.force},
    )


def _finish(steps: Plan, run: Run, done: Mapping[Hashable, Done[Any]]) -> Report:
    """Build the report from the results of the nodes; raise if any failed."""
    outcomes = (run.outcomes.get(step.resource) or _failed(step, done) for step in steps)
    return _report(outcomes, ((_name(key), end) for key, end in done.items()))


def _report(outcomes: Iterable[Outcome[Any]], ends: Iterable[tuple[str, Done[Any]]]) -> Report:
    """Build a report of all outcomes, or raise the errors of those that failed, by their name in `ends`."""
    subjects, errors = [], []
    for name, end in ends:
        if isinstance(end.error, FlyError):
            subjects.append(name)
            errors.append(end.error)
        elif end.error is not None:
            raise end.error
    report = Report(tuple(outcomes))
    if errors:
        raise EnsureError(errors, report, subjects=subjects) from errors[0]
    return report


def _failed(step: Planned[Any], done: Mapping[Hashable, Done[Any]]) -> Outcome[Any]:
    """Return why nothing was recorded for a step."""
    resource = step.resource
    bulk = ("secrets", resource.app_name) if isinstance(resource, FlySecret) else None
    end = done.get(resource) or done.get(bulk) or Done(because="another resource")
    why = _name(end.because)
    error = end.error or DependencyError(f"{resource} was not attempted, because {why} failed.")
    return Outcome(resource, step.action, step.changes, error=error, observed=step.observed)


def _name(key: Hashable) -> str:
    if not isinstance(key, tuple):
        return str(key)
    kind, subject = key
    return f"{kind} of {subject if isinstance(subject, Resource) else f'app {subject}'}"
