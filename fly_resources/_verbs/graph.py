"""The steps of a plan as a graph: the dependencies and the action of each node."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from fly_resources._engine.effects import Done, Flow, Node, graph, now, sleep
from fly_resources._nouns import addresses, secrets
from fly_resources._nouns.described import grouped
from fly_resources._nouns.lost_answers import SETTLE_AFTER_S
from fly_resources._nouns.machine.steps import needs_marks_first
from fly_resources._nouns.machine.unsettled import add_log
from fly_resources._nouns.machine.update import mark
from fly_resources._nouns.run import (
    Growth,
    Handover,
    Run,
    SecretsSet,
    check_deadline,
    check_trusted,
    report_stage,
)
from fly_resources._nouns.volume.steps import settle as settle_volumes
from fly_resources._verbs import rollout
from fly_resources._verbs.nouns import noun_of
from fly_resources.errors import FlyError, ReconcileError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from fly_resources.report import Plan, Planned


def nodes_of(
    steps: Plan, run: Run, of_app: Callable[[str, Sequence[Planned[Any]], Run], dict[Hashable, Node]]
) -> dict[Hashable, Node]:
    """Build the graph of the described resources' steps, app by app; pruning has a graph of its own."""
    groups = grouped((resource.app_name, steps[resource]) for resource in run.context.resources)
    nodes: dict[Hashable, Node] = {}
    for app, group in groups.items():
        nodes |= of_app(app, group, run)
    return nodes


def ensure_app(app: str, group: Sequence[Planned[Any]], run: Run) -> dict[Hashable, Node]:
    """Order the graph: the app, then its resources, then the machines that use them."""
    on_app = _named(group, App)
    line, newest = rollout.order(group, run), SecretsSet()
    machines = (step for step in group if isinstance(step.resource, Machine))
    handed = {step.resource: Handover(newest, rollout.growth(step)) for step in machines}
    # The response for a certificate lists the addresses that its DNS records must point to.
    new_addresses = _named([step for step in group if step.writes], IpAddress)
    nodes, bulk = line.ends(), _secrets_of(group)
    if bulk:
        marks = _mark_nodes(app, group, run, handed)
        write = functools.partial(_carry_out, functools.partial(secrets.apply, newest=newest), bulk, run)
        nodes |= marks | {("secrets", app): Node(write, on_app | marks.keys())}
    for step in group:
        resource, work = step.resource, noun_of(step.resource).apply
        after = (on_app - {resource}) | line.before(resource)
        if isinstance(resource, Machine):
            after |= nodes.keys() & {("secrets", app)} | _mounted(resource)
            handed[resource].is_followed = functools.partial(line.is_followed, resource, handed)
            work = functools.partial(work, handed=handed[resource])
        elif isinstance(resource, Volume):
            work = functools.partial(work, growths=_waiting_for(resource, handed, run))
        if not isinstance(resource, FlySecret):
            later_than = new_addresses if isinstance(resource, Certificate) else frozenset()
            nodes[resource] = Node(start_of(work, step, run), after, later_than)
    return nodes


def _waiting_for(resource: Volume, handed: Mapping[Resource[Any], Handover], run: Run) -> dict[str, Growth]:
    """Return the growths whose machine is updated after the volume has grown, by machine id."""
    growths = (handed[user].growth for user in run.context.described.mounting(resource))
    return {growth.machine_id: growth for growth in growths if growth is not None}


def _named(group: Sequence[Planned[Any]], kind: type[Resource[Any]]) -> frozenset[Hashable]:
    return frozenset(step.resource for step in group if isinstance(step.resource, kind))


def _mounted(machine: Machine) -> frozenset[Hashable]:
    return frozenset(volume for volume in machine.mounts.values() if isinstance(volume, Volume))


def _secrets_of(group: Sequence[Planned[Any]]) -> list[Planned[Any]]:
    return [step for step in group if isinstance(step.resource, FlySecret)]


def _mark_nodes(
    app: str, group: Sequence[Planned[Any]], run: Run, handed: Mapping[Resource[Any], Handover]
) -> dict[Hashable, Node]:
    """Return the nodes that mark an app's machines before its secrets are written."""
    nodes: dict[Hashable, Node] = {}
    for step in () if run.context.world[app].contradictions else group:
        machine, seen = step.resource, step.observed
        if isinstance(machine, Machine) and seen is not None and needs_marks_first(step, machine, seen, run):
            nodes["marks", machine] = Node(functools.partial(mark, machine, seen, run, handed[machine]))
    return nodes


def start_of(work: Callable[..., Flow[None]], step: Planned[Any], run: Run) -> Callable[[], Flow[None]]:
    """Return the `start` of a node that carries out the step of one resource."""
    return functools.partial(_carry_out, functools.partial(_one, work), [step], run)


def _carry_out(work: Callable[..., Flow[None]], steps: Sequence[Planned[Any]], run: Run) -> Flow[None]:
    """Run the steps of one node, that of a resource or all of an app's secrets, and report their progress."""
    steps = [_compare_anew(step, run) for step in steps]
    written = [step for step in steps if step.writes]
    yield from _begin(written, run)
    try:
        yield from work(steps, [step.resource for step in steps], run)
    except FlyError as error:
        yield from add_log(error, steps[0].resource.app_name, run)
        for step in written:
            yield from report_stage(step, "failed", str(error))
        raise
    for step in written:
        again = isinstance(step.resource, FlySecret) and not run.outcomes[step.resource].changed
        yield from report_stage(step, "done", "unchanged" if again else "")


def _begin(written: Sequence[Planned[Any]], run: Run) -> Flow[None]:
    for step in written:
        check_trusted(step, run)
    begun = [step for step in written if step.action != "blocked"]
    if begun:
        yield from check_deadline(begun[0].resource, run)
    for step in begun:
        yield from report_stage(step, "started")


def _one(
    work: Callable[..., Flow[None]], steps: Sequence[Planned[Any]], resources: Sequence[Any], run: Run
) -> Flow[None]:
    """Run the step of one resource; without changes, only a machine or volume may be waited for."""
    [step], [resource] = steps, resources
    if step.writes or isinstance(resource, Machine | Volume):
        yield from work(step, resource, run)
    else:
        run.record(step, step.observed, changed=False)


def _compare_anew(step: Planned[Any], run: Run) -> Planned[Any]:
    """Compare a resource again that was planned for creation in an app believed to be absent.

    Raises:
        ReconcileError: The resource exists and differs.
    """
    resource, described = step.resource, run.context.described
    if isinstance(resource, App) or resource not in described or resource.app_name not in run.adopted_apps:
        return step  # an App, one to be pruned, or one of an app that was there
    found = noun_of(resource).diff(resource, run.context)
    if found.action not in {"update", "replace", "destroy"}:
        return found
    raise ReconcileError(
        f"{resource}: its app answered 404 when this run read it, but exists, and {resource} in it differs "
        "from its description. Run it again to compare."
    )


def settle(steps: Plan, run: Run) -> Flow[dict[Hashable, Done[Any]]]:
    """List resources without a unique name again if a concurrent creation may have made a duplicate."""
    created = (step.resource for step in steps if step.resource in run.created)
    made: dict[tuple[str, str], list[Any]] = grouped(
        (("volumes" if isinstance(resource, Volume) else "addresses", resource.app_name), resource)
        for resource in created
        # An app has one shared address (IP-6).
        if resource in run.outcomes and getattr(resource, "type", None) != "shared_v4"
    )
    if not made:
        return {}
    yield from sleep(max(0.0, run.last_created + SETTLE_AFTER_S - (yield from now())))
    works: dict[str, Callable[..., Flow[None]]] = {"volumes": settle_volumes, "addresses": addresses.settle}
    nodes: dict[Hashable, Node] = {
        (kind, app): Node(functools.partial(works[kind], resources, run))
        for (kind, app), resources in made.items()
    }
    return (yield from graph(nodes))


def destroy_app(name: str, group: Sequence[Planned[Any]], run: Run) -> dict[Hashable, Node]:
    """Order the graph: machines, then what they use, then the app; its contents need no request (AP-19)."""
    machines = _named(group, Machine)
    app = next(iter(_named([step for step in group if step.writes], App)), None)
    after: frozenset[Hashable] = frozenset({("machines", name)} if machines else ())
    nodes = dict.fromkeys(after, Node(after=machines))
    bulk = _secrets_of(group)
    if bulk and app is None:
        nodes["secrets", name] = Node(functools.partial(_carry_out, secrets.destroy, bulk, run))
    for step in group:
        resource = step.resource
        if app is not None and resource != app and resource not in machines:
            nodes[resource] = Node(functools.partial(_gone_with_app, step, run), frozenset({app}))
        elif not isinstance(resource, FlySecret):
            first = after if isinstance(resource, App | Volume) else frozenset()
            nodes[resource] = Node(start_of(noun_of(resource).destroy, step, run), first)
    return nodes


def _gone_with_app(step: Planned[Any], run: Run) -> Flow[None]:
    run.record(step, step.observed, changed=step.writes)
    if step.writes:
        yield from report_stage(step, "done", "with its app")
