"""The verbs: plan, ensure and destroy, as flows over what the noun modules provide."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._effects import Done, Flow, Node, graph, now, sleep
from fly_resources._flows import (
    addresses,
    apps,
    certificates,
    leases,
    machine_steps,
    machine_update,
    machines,
    pruning,
    rollout,
    secrets,
    volume_steps,
    volumes,
)
from fly_resources._flows.ambiguous import SETTLE_AFTER_S
from fly_resources._flows.descriptions import checked, expand, unique
from fly_resources._flows.run import (
    Context,
    Options,
    Run,
    check_deadline,
    check_trusted,
    report_stage,
    start_run,
)
from fly_resources._flows.staleness import check_shown, held
from fly_resources._flows.unmanaged import find_unmanaged
from fly_resources._flows.waiting import last_of, wait_for_state
from fly_resources._flows.witnesses import confirm_absences
from fly_resources._flows.world import kinds, read_again, read_world
from fly_resources.errors import (
    AmbiguousMatchError,
    ConfigurationError,
    DependencyError,
    EnsureError,
    FlyError,
    ReconcileError,
    VolumeLostError,
)
from fly_resources.report import Outcome, Plan, Planned, Report
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from fly_resources._flows.world import AppState


@attrs.frozen
class _Noun:
    """What one kind of noun can do; secrets are written in bulk, so they have steps of their own."""

    find: Callable[[Any, Context], Any]
    diff: Callable[[Any, Context], Planned[Any]]
    diff_destroy: Callable[[Any, Context], Planned[Any]]
    apply: Callable[[Planned[Any], Any, Run], Flow[None]] | None = None
    destroy: Callable[[Planned[Any], Any, Run], Flow[None]] | None = None


_NOUNS: Final[dict[type[Resource[Any]], _Noun]] = {
    App: _Noun(apps.find, apps.diff, apps.diff_destroy, apps.apply, apps.destroy),
    Volume: _Noun(volumes.find, volumes.diff, volumes.diff_destroy, volume_steps.apply, volume_steps.destroy),
    Machine: _Noun(
        machines.find, machines.diff, machines.diff_destroy, machine_steps.apply, machine_steps.destroy
    ),
    FlySecret: _Noun(secrets.find, secrets.diff, secrets.diff_destroy),
    Certificate: _Noun(
        certificates.find,
        certificates.diff,
        certificates.diff_destroy,
        certificates.apply,
        certificates.destroy,
    ),
    IpAddress: _Noun(
        addresses.find, addresses.diff, addresses.diff_destroy, addresses.apply, addresses.destroy
    ),
}


def plan(given: Sequence[Resource[Any]], options: Options) -> Flow[Plan]:
    """Read, compare, and say what `ensure` would do, as far as the token may read."""
    return (yield from _planned((yield from _look(expand(given), options, tolerant=True))))


def plan_destroy(given: Sequence[Resource[Any]], options: Options) -> Flow[Plan]:
    """Read, and say what `destroy` would do."""
    return _plan_destroy((yield from _look(unique(checked(given)), options, to_destroy=True)))


def ensure(given: Sequence[Resource[Any]], options: Options, started: Callable[[Run], None]) -> Flow[Report]:
    """Plan, then carry the plan out as wide as its dependencies allow."""
    context = yield from _look(expand(given), options)
    steps = yield from _planned(context)
    check_shown(options.shown, steps)
    run = yield from start_run(context)
    started(run)
    done = yield from graph(_ensure_nodes(steps, run))
    done |= yield from _settle(steps, run)
    gone = [step for step in steps if step.noun not in context.nouns]
    if not any(end.failed for end in done.values()):
        done |= yield from pruning.apply(gone, run)
    return _finish(steps, run, done)


def destroy(given: Sequence[Resource[Any]], options: Options, started: Callable[[Run], None]) -> Flow[Report]:
    """Look what is there, then destroy it, dependents first."""
    context = yield from _look(unique(checked(given)), options, to_destroy=True)
    steps = _plan_destroy(context)
    check_shown(options.shown, steps)
    run = yield from start_run(context)
    started(run)
    done = yield from graph(_destroy_nodes(steps, run))
    return _finish(steps, run, done)


def read(noun: Resource[Any]) -> Flow[Any]:
    """Return the SDK model of one resource as it is now, or None."""
    nouns = checked([noun])
    world = yield from read_world(nouns, absent_is_empty=True, look_twice=True)
    context = Context(tuple(nouns), world, Options())
    yield from _confirm_for(noun, context)
    return _NOUNS[type(noun)].find(noun, context)


def read_whole(app: str) -> Flow[AppState]:
    """Return an app with its machines, volumes and addresses; `absent` if there is none.

    Raises:
        ContradictionError: A list lacks something that the app counts or another answer shows, or a second
            list has; or the app answers 404 and its lists do not. What rests on them would make it once more.
    """
    noun = App(app)
    world = yield from read_world([noun], whole_apps=True, absent_is_empty=True, look_twice=True)
    context = Context((noun,), world, Options())
    yield from confirm_absences(context, "read_whole")
    state = context.state(noun)
    for contradiction in state.contradictions.values():
        raise contradiction
    return state


def _confirm_for(noun: Resource[Any], context: Context) -> Flow[None]:
    """Make sure that what was not found of `noun` is not there.

    Raises:
        ContradictionError: Answers of the service contradict each other in it.
    """
    yield from confirm_absences(context, "read")
    contradiction = context.contradiction(noun, kinds(noun))
    if contradiction is not None:
        raise contradiction


def wait(noun: Machine, options: Options, *, state: str, checks: bool) -> Flow[Any]:
    """Wait until a machine is in a state, and return it."""
    _check_machine(noun)
    to_go = state == "destroyed"
    world = yield from read_world([noun], absent_is_empty=to_go, look_twice=to_go)
    context = Context((noun,), world, options)
    yield from _confirm_for(noun, context)
    run = yield from start_run(context)
    model = last_of(noun, context.state(noun)) if to_go else _existing(noun, context)
    if to_go and model.state == state:
        return model
    planned = Planned(noun, "none", observed=model)
    return (yield from wait_for_state(planned, model, state, run, checks=checks))


def wait_until_issued(noun: Certificate, options: Options) -> Flow[Any]:
    """Wait until a certificate serves its hostname, and return its detail."""
    return (yield from certificates.wait_until_issued(noun, options.step_timeout_s))


def hold(noun: Machine, options: Options, ttl_s: int, started: Callable[[Run], None]) -> Flow[str]:
    """Take a machine's lease, which stays with the run, and return its nonce."""
    _check_machine(noun)
    context = Context((noun,), (yield from read_world([noun])), options)
    yield from _confirm_for(noun, context)
    run = yield from start_run(context)
    started(run)
    model = _existing(noun, context)
    yield from leases.acquire(noun.app_name, model.id, run, ttl_s)
    return run.leases[noun.app_name, model.id].nonce


def _check_machine(noun: object) -> None:
    if not isinstance(noun, Machine):
        raise ConfigurationError(f"Expected a fly_resources.Machine, got a {type(noun).__name__}.")


def _existing(noun: Machine, context: Context) -> Any:  # noqa: ANN401  # the SDK's Machine
    found = machines.find(noun, context)
    if found is None:
        raise ReconcileError(f"{noun} does not exist: ensure it first.")
    return found


def _look(
    nouns: Sequence[Resource[Any]], options: Options, *, to_destroy: bool = False, tolerant: bool = False
) -> Flow[Context]:
    if options.prune and not nouns:
        raise ConfigurationError("prune=True with no resource prunes nothing: name the app to prune in.")
    world = yield from read_world(
        nouns,
        whole_apps=to_destroy,
        absent_is_empty=to_destroy,
        look_twice=to_destroy,
        machines=options.prune,
        tolerant=tolerant,
        departed=options.departed,
    )
    context = Context(tuple(nouns), world, options)
    yield from confirm_absences(context, "destroy" if to_destroy else "ensure")
    return context


def _planned(context: Context) -> Flow[Plan]:
    """Compare; an error about a lost volume names the snapshots that it can be restored from.

    Volumes and machines are read at once, not as of one moment: where a machine mounts a volume that the
    list does not have, both may have been made in between. So they are read again before anything is lost.
    Of several that fit, all but one may be about to go: other processes settle their races.
    """
    try:
        return _plan(context)
    except VolumeLostError as lost:
        yield from read_again(context.world[lost.app], "volumes")
    except AmbiguousMatchError:
        yield from sleep(2 * SETTLE_AFTER_S)
        for state in context.world.values():
            if state.volumes:
                yield from read_again(state, "volumes")
    try:
        return _plan(context)
    except VolumeLostError as lost:
        raise (yield from volumes.with_snapshots(lost)) from None


def _plan(context: Context) -> Plan:
    steps = [
        _blocked(noun, context, kinds(noun)) or _NOUNS[type(noun)].diff(noun, context)
        for noun in context.nouns
    ]
    refused = [
        (app, kind, error) for app, state in context.world.items() for kind, error in state.refused.items()
    ]
    unmanaged = functools.partial(find_unmanaged, context)
    return Plan((*steps, *pruning.diff(context)), unreadable=tuple(refused), find_unmanaged=unmanaged)


def _blocked(noun: Resource[Any], context: Context, needed: Sequence[str]) -> Planned[Any] | None:
    """Say that nothing can be said of kinds that could not be read: unknown is not empty (rule 9)."""
    refused = context.state(noun).refused
    for kind in needed:
        if kind in refused:
            return Planned(noun, "blocked", notes=(f"the token may not read the app's {kind}",))
    contradiction = context.contradiction(noun, needed)
    return Planned(noun, "blocked", notes=(str(contradiction),)) if contradiction else None


def _plan_destroy(context: Context) -> Plan:
    steps = tuple(
        _blocked(noun, context, _needed_to_destroy(noun, context))
        or _NOUNS[type(noun)].diff_destroy(noun, context)
        for noun in context.nouns
    )
    gone = [step.noun for step in steps if isinstance(step.noun, App) and step.action == "destroy"]
    return Plan(
        steps,
        find_unmanaged=functools.partial(find_unmanaged, context),
        held={app.name: held(context.state(app)) for app in gone},
    )


def _needed_to_destroy(noun: Resource[Any], context: Context) -> tuple[str, ...]:
    """Return the kinds that have to be known: all of an app's, if that goes too."""
    if not context.names_app_of(noun):
        return kinds(noun)
    return kinds(App(noun.app_name), whole_app=True)


def _by_app(nouns: Sequence[Resource[Any]], steps: Plan) -> dict[str, list[Planned[Any]]]:
    """Group the steps of what was named by app; what is to be pruned comes later."""
    groups: dict[str, list[Planned[Any]]] = {}
    for noun in nouns:
        groups.setdefault(noun.app_name, []).append(steps[noun])
    return groups


def _ensure_nodes(steps: Plan, run: Run) -> dict[Hashable, Node]:
    """Lay the steps out as a graph: app, what hangs on it, then the machines that use that."""
    nodes: dict[Hashable, Node] = {}
    for name, group in _by_app(run.context.nouns, steps).items():
        on_app: frozenset[Hashable] = frozenset(step.noun for step in group if isinstance(step.noun, App))
        bulk = [step for step in group if isinstance(step.noun, FlySecret)]
        bulk_key: frozenset[Hashable] = frozenset({("secrets", name)} if bulk else ())
        if bulk:
            first: set[Hashable] = set()
            for step in () if run.context.world[name].contradictions else group:
                if isinstance(step.noun, Machine) and machine_steps.needs_marks_first(step, run):
                    first.add(("marks", step.noun))
                    mark = functools.partial(machine_update.mark, step.noun, step.observed, run)
                    nodes["marks", step.noun] = Node(mark)
            work = functools.partial(_in_bulk, secrets.apply, bulk, run)
            nodes["secrets", name] = Node(work, on_app | first)
        before = rollout.order(group, run)
        # A certificate's answer names the addresses that its DNS records have to point to.
        new_addresses: frozenset[Hashable] = frozenset(
            step.noun for step in group if isinstance(step.noun, IpAddress) and step.changed
        )
        for step in group:
            noun = step.noun
            if isinstance(noun, Machine):
                mounted = frozenset(volume for volume in noun.mounts.values() if isinstance(volume, Volume))
                after = on_app | bulk_key | mounted | before.get(noun, frozenset())
            else:
                after = (on_app - {noun}) | before.get(noun, frozenset())
            if not isinstance(noun, FlySecret):
                later_than = new_addresses if isinstance(noun, Certificate) else frozenset()
                work = functools.partial(_single, _NOUNS[type(noun)].apply, step, run)
                nodes[noun] = Node(work, after, later_than)
    return nodes


def _single(
    work: Callable[[Planned[Any], Any, Run], Flow[None]] | None, step: Planned[Any], run: Run
) -> Flow[None]:
    """Do one noun's step, telling whoever watches."""
    if work is None:
        raise AssertionError(f"{step.noun} is written in bulk")
    check_trusted(step, run)
    step = _compare_anew(step, run)
    if not step.changed:
        return (yield from work(step, step.noun, run))
    yield from check_deadline(step.noun, run)
    yield from report_stage(step, "started")
    try:
        yield from work(step, step.noun, run)
    except FlyError as error:
        yield from report_stage(step, "failed", str(error))
        raise
    yield from report_stage(step, "done")


def _compare_anew(step: Planned[Any], run: Run) -> Planned[Any]:
    """Compare again what was to be made in an app that was thought to be absent too.

    Raises:
        ReconcileError: It is there, and differs.
    """
    noun = step.noun
    if isinstance(noun, App) or noun.app_name not in run.adopted_apps:
        return step
    found = _NOUNS[type(noun)].diff(noun, run.context)
    if found.action not in {"update", "replace", "destroy"}:
        return found
    raise ReconcileError(
        f"{noun}: its app answered 404 when this run looked at it, and is there all the same, with {noun} in "
        "it, which differs. Run it again to compare."
    )


def _in_bulk(
    work: Callable[[Sequence[Planned[Any]], Sequence[Any], Run], Flow[None]],
    bulk: Sequence[Planned[Any]],
    run: Run,
) -> Flow[None]:
    """Do the steps of an app's secrets in one request."""
    bulk = [_compare_anew(step, run) for step in bulk]
    changed = [step for step in bulk if step.changed]
    for step in changed:
        check_trusted(step, run)
    if changed:
        yield from check_deadline(changed[0].noun, run)
    for step in changed:
        yield from report_stage(step, "started")
    try:
        yield from work(bulk, [step.noun for step in bulk], run)
    except FlyError as error:
        for step in changed:
            yield from report_stage(step, "failed", str(error))
        raise
    for step in changed:
        yield from report_stage(step, "done", "" if run.outcomes[step.noun].changed else "unchanged")


def _settle(steps: Plan, run: Run) -> Flow[dict[Hashable, Done[Any]]]:
    """List what the service does not keep unique once more, when what was created could have met a rival."""
    made: dict[Hashable, list[Any]] = {}
    for step in steps:
        outcome, noun = run.outcomes.get(step.noun), step.noun
        made_now = outcome is not None and outcome.action == "create" and outcome.changed
        if outcome is None or not (made_now or noun in run.found):
            continue
        if isinstance(noun, Volume):
            made.setdefault(("volumes", noun.app_name), []).append(noun)
        elif isinstance(noun, IpAddress) and noun.type != "shared_v4":
            made.setdefault(("addresses", noun.app_name), []).append(noun)
    if not made:
        return {}
    yield from sleep(max(0.0, run.last_created + SETTLE_AFTER_S - (yield from now())))
    nodes = {
        key: Node(
            functools.partial(
                volume_steps.settle if isinstance(nouns[0], Volume) else addresses.settle, nouns, run
            )
        )
        for key, nouns in made.items()
    }
    return (yield from graph(nodes))


def _destroy_nodes(steps: Plan, run: Run) -> dict[Hashable, Node]:
    """Machines first, then what they use, then the app; what goes with its app needs no request (AP-19)."""
    nodes: dict[Hashable, Node] = {}
    for name, group in _by_app(run.context.nouns, steps).items():
        hosts: frozenset[Hashable] = frozenset(step.noun for step in group if isinstance(step.noun, Machine))
        app = next((step.noun for step in group if isinstance(step.noun, App) and step.changed), None)
        bulk = [step for step in group if isinstance(step.noun, FlySecret)]
        if bulk and app is None:
            nodes["secrets", name] = Node(functools.partial(_in_bulk, secrets.destroy, bulk, run))
        for step in group:
            noun = step.noun
            work = functools.partial(_single, _NOUNS[type(noun)].destroy, step, run)
            if isinstance(noun, Machine):
                nodes[noun] = Node(work)
            elif isinstance(noun, App | Volume) and (app is None or noun == app):
                nodes[noun] = Node(work, hosts)
            elif app is not None:
                nodes[noun] = Node(functools.partial(_gone_with_app, step, run), frozenset({app}))
            elif not isinstance(noun, FlySecret):
                nodes[noun] = Node(work)
    return nodes


def _gone_with_app(step: Planned[Any], run: Run) -> Flow[None]:
    run.record(step, step.observed, changed=step.changed)
    if step.changed:
        yield from report_stage(step, "done", "with its app")


def _finish(steps: Plan, run: Run, done: dict[Hashable, Done[Any]]) -> Report:
    """Turn how the nodes ended into a report; raise if any failed."""
    failed = {key: end.error for key, end in done.items() if end.error is not None}
    for error in failed.values():
        if not isinstance(error, FlyError):
            raise error
    outcomes = []
    for step in steps:
        outcome = run.outcomes.get(step.noun)
        if outcome is None:
            bulk = ("secrets", step.noun.app_name) if isinstance(step.noun, FlySecret) else None
            end = done.get(step.noun) or done.get(bulk) or Done(because="the rest")
            outcome = Outcome(
                step.noun,
                step.action,
                step.changes,
                error=end.error
                or DependencyError(
                    f"{step.noun} was not tried: {_name(end.because)} failed, and it depends on that."
                ),
                model=step.observed,
            )
        outcomes.append(outcome)
    report = Report(tuple(outcomes))
    if failed:
        errors = [error for error in failed.values() if isinstance(error, FlyError)]
        raise EnsureError(errors, report, subjects=[_name(key) for key in failed]) from errors[0]
    return report


def _name(key: Hashable) -> str:
    if not isinstance(key, tuple):
        return str(key)
    kind, subject = key
    return f"{kind} of {subject if isinstance(subject, Resource) else f'app {subject}'}"
