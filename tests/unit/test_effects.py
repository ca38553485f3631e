"""What the two drivers start, when, and how flows hear of it; blocking and async alike."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import errors
from fly_resources._engine.clock import SystemClock
from fly_resources._engine.effects import Done, Flow, Node, call, graph, now, sleep, tell, together
from fly_resources.testing import VirtualClock
from tests.unit.worlds import Nodes, World, at_once, drive, is_idle

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from tests.unit.fakes import Mode


def _nodes(world: World, after: Mapping[str, Iterable[str]], failing: frozenset[str] = frozenset()) -> Nodes:
    return {
        name: Node(world.step(name, error=LookupError(name) if name in failing else None), frozenset(names))
        for name, names in after.items()
    }


def test_a_flow_gets_answers_time_and_naps(mode: Mode) -> None:
    world = World()
    events: list[object] = []

    def flow() -> Flow[tuple[str, float]]:
        answer = yield from call(world.request("a", seconds=2))
        yield from tell(answer)
        yield from sleep(3)
        return answer, (yield from now())

    assert drive(mode, world.clock, flow(), on_event=events.append) == ("a answered", 5.0)
    assert events == ["a answered"]
    assert is_idle(world.clock)


def test_nobody_has_to_watch(mode: Mode) -> None:
    def flow() -> Flow[str]:
        yield from tell("anything")
        return "done"

    assert drive(mode, VirtualClock(), flow()) == "done"


def test_an_error_is_raised_inside_the_flow_that_asked(mode: Mode) -> None:
    world = World()

    def flow() -> Flow[str]:
        try:
            yield from call(world.request("a", error=LookupError("gone")))
        except LookupError as error:
            return f"survived {error}, then {(yield from call(world.request('b')))}"
        return "not raised"

    assert drive(mode, world.clock, flow()) == "survived gone, then b answered"


def test_an_error_that_no_flow_handles_reaches_the_caller(mode: Mode) -> None:
    world = World()

    with pytest.raises(LookupError, match="gone"):
        drive(mode, world.clock, world.step("a", error=LookupError("gone"))())
    assert is_idle(world.clock)


def test_an_error_of_the_watcher_is_the_flows(mode: Mode) -> None:
    def watch(event: object) -> None:
        raise ZeroDivisionError(event)

    with pytest.raises(ZeroDivisionError, match="hello"):
        drive(mode, VirtualClock(), tell("hello"), on_event=watch)


def test_together_runs_at_once_and_answers_in_order(mode: Mode) -> None:
    world = World()

    done = drive(
        mode,
        world.clock,
        together([world.step("slow", 3), world.step("quick", 1), world.step("middle", 2)]),
    )

    assert [each.value for each in done] == ["slow answered", "quick answered", "middle answered"]
    assert world.trace == [("slow", 0), ("quick", 0), ("middle", 0)]
    assert world.clock.now() == 3
    assert world.width == 3
    assert is_idle(world.clock)


def test_nothing_together_is_an_empty_answer(mode: Mode) -> None:
    assert drive(mode, VirtualClock(), together([])) == []


def test_a_failure_is_one_answer_among_the_others(mode: Mode) -> None:
    world = World()

    done = drive(
        mode,
        world.clock,
        together([world.step("a"), world.step("b", error=LookupError("b")), world.step("c")]),
    )

    assert [each.value for each in done] == ["a answered", None, "c answered"]
    assert [each.failed for each in done] == [False, True, False]
    assert isinstance(done[1].error, LookupError)


def test_a_value_of_none_is_no_failure(mode: Mode) -> None:
    [done] = drive(mode, VirtualClock(), together([functools.partial(sleep, 0)]))

    assert done == Done(value=None)
    assert not done.failed


def test_a_graph_runs_in_the_order_of_its_dependencies(mode: Mode) -> None:
    world = World()
    nodes = _nodes(
        world,
        {"cert": ["app"], "machine": ["volume", "secret"], "volume": ["app"], "secret": ["app"], "app": []},
    )

    done = drive(mode, world.clock, graph(nodes))

    assert world.trace == [("app", 0), ("cert", 1), ("volume", 1), ("secret", 1), ("machine", 2)]
    assert {key: each.value for key, each in done.items()} == {name: f"{name} answered" for name in nodes}
    assert world.clock.now() == 3


def test_a_node_starts_as_soon_as_its_own_dependencies_are_done(mode: Mode) -> None:
    world = World()
    nodes: Nodes = {
        "slow": Node(world.step("slow", 10)),
        "quick": Node(world.step("quick", 1)),
        "after quick": Node(world.step("after quick", 1), frozenset({"quick"})),
    }

    drive(mode, world.clock, graph(nodes))

    assert ("after quick", 1) in world.trace
    assert world.clock.now() == 10


def test_what_depends_on_a_failure_is_skipped_and_says_why(mode: Mode) -> None:
    world = World()
    nodes = _nodes(
        world,
        {
            "app": [],
            "volume": ["app"],
            "machine": ["volume"],
            "check": ["machine"],
            "other": [],
            "after other": ["other"],
        },
        failing=frozenset({"volume"}),
    )

    done = drive(mode, world.clock, graph(nodes))

    assert world.names() == ["app", "other", "volume", "after other"]
    assert isinstance(done["volume"].error, LookupError)
    assert done["machine"] == Done(because="volume")
    assert done["check"] == Done(because="volume")  # the root of the trouble, not the link before
    assert done["after other"].value == "after other answered"
    assert is_idle(world.clock)


def test_of_several_failed_dependencies_the_first_is_named(mode: Mode) -> None:
    world = World()
    nodes = _nodes(world, {"a": [], "b": [], "c": ["b", "a"]}, failing=frozenset({"a", "b"}))

    done = drive(mode, world.clock, graph(nodes))

    assert done["c"] == Done(because="a")


def test_what_is_only_waited_for_passes_success_and_failure_on(mode: Mode) -> None:
    world = World()
    nodes = _nodes(world, {"a": [], "b": [], "c": ["both"], "d": ["a only"]}, failing=frozenset({"b"}))
    nodes["both"] = Node(after=frozenset({"a", "b"}))
    nodes["a only"] = Node(after=frozenset({"a"}))

    done = drive(mode, world.clock, graph(nodes))

    assert world.names() == ["a", "b", "d"]
    assert done["both"] == done["c"] == Done(because="b")
    assert done["a only"] == Done()


def test_what_comes_later_than_a_failure_is_done_all_the_same(mode: Mode) -> None:
    world = World()
    nodes: dict[Hashable, Node] = {
        "certificate": Node(world.step("certificate"), later_than=frozenset({"address", "other"})),
        "address": Node(world.step("address", 2.0, error=LookupError())),
        "other": Node(world.step("other")),
    }

    done = drive(mode, world.clock, graph(nodes))

    assert world.names() == ["address", "other", "certificate"]
    assert world.trace[-1] == ("certificate", 2.0)
    assert done["certificate"].value == "certificate answered"


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_more_run_at_once_than_allowed(mode: Mode, limit: int) -> None:
    world = World()

    done = drive(mode, world.clock, together([world.step(str(n)) for n in range(10)]), limit=limit)

    assert world.width == limit
    assert world.clock.now() == 10 / limit
    assert [each.failed for each in done] == [False] * 10
    assert world.names() == [str(n) for n in range(10)]


def test_a_circle_is_refused_before_anything_starts(mode: Mode) -> None:
    world = World()

    with pytest.raises(
        errors.DependencyError, match=r"wait for each other and were not started: (a, b, a|b, a, b)"
    ):
        drive(mode, world.clock, graph(_nodes(world, {"a": ["b"], "b": ["a"]})))
    assert world.trace == []
    assert is_idle(world.clock)


def test_together_may_be_nested(mode: Mode) -> None:
    world = World()

    def group(name: str) -> Flow[list[str | None]]:
        first = yield from together([world.step(f"{name}1", 1), world.step(f"{name}2", 2)])
        second = yield from together([world.step(f"{name}3", 1)])
        return [each.value for each in (*first, *second)]

    done = drive(mode, world.clock, together([functools.partial(group, "a"), functools.partial(group, "b")]))

    assert [each.value for each in done] == [
        [f"{name}{n} answered" for n in (1, 2, 3)] for name in ("a", "b")
    ]
    assert world.trace == [("a1", 0), ("a2", 0), ("b1", 0), ("b2", 0), ("a3", 2), ("b3", 2)]
    assert world.clock.now() == 3
    assert is_idle(world.clock)


def test_a_nested_failure_does_not_leave_its_group(mode: Mode) -> None:
    world = World()

    def group() -> Flow[list[bool]]:
        done = yield from together([world.step("a", error=LookupError()), world.step("b")])
        return [each.failed for each in done]

    assert drive(mode, world.clock, together([group, world.step("c")])) == [
        Done(value=[True, False]),
        Done(value="c answered"),
    ]


def _busy(world: World) -> Flow[dict[Hashable, Done[Any]]]:
    def inner(name: str) -> Flow[object]:
        yield from sleep(0.25 * (len(name) % 3))
        return (yield from together([world.step(f"{name}.{n}", 0.5 * n) for n in range(3)]))

    nodes: Nodes = {f"n{n}": Node(functools.partial(inner, f"n{n}")) for n in range(6)}
    nodes["last"] = Node(world.step("last"), frozenset(nodes))
    return graph(nodes)


def test_every_run_is_the_same(mode: Mode) -> None:
    traces = []
    for _ in range(20):
        world = World()
        drive(mode, world.clock, _busy(world), limit=4)
        assert is_idle(world.clock)
        traces.append(world.trace)

    assert len(traces[0]) == 6 * 3 + 1
    assert traces == [traces[0]] * 20


def test_blocking_and_async_code_do_the_same_at_the_same_time() -> None:
    blocking, asynchronous = World(), World()

    drive("sync", blocking.clock, _busy(blocking), limit=4)
    drive("async", asynchronous.clock, _busy(asynchronous), limit=4)

    assert blocking.trace == asynchronous.trace


def test_real_time_works_too(mode: Mode) -> None:
    def flow() -> Flow[float]:
        begun = yield from now()
        yield from at_once(functools.partial(sleep, 0), functools.partial(sleep, 0))
        return (yield from now()) - begun

    assert drive(mode, SystemClock(), flow()) >= 0


class _Counting(VirtualClock):
    """Counts the units of work that are announced to it."""

    announced = 0

    def announce(self) -> int:
        self.announced += 1
        return super().announce()


def test_nodes_without_anything_to_wait_for_need_no_unit_of_their_own(mode: Mode) -> None:
    clock = _Counting()

    def look(after: str) -> Flow[str]:
        yield from now()
        if after == "broken":
            raise LookupError(after)
        return after

    def nap() -> Flow[None]:
        yield from sleep(1)

    nodes: Nodes = {
        "first": Node(functools.partial(look, "first")),
        "broken": Node(functools.partial(look, "broken"), frozenset({"first"})),
        "lost": Node(functools.partial(look, "lost"), frozenset({"broken"})),
        "nap": Node(nap, frozenset({"first"})),
        "last": Node(functools.partial(look, "last"), frozenset({"nap"})),
    }
    done = drive(mode, clock, graph(nodes))
    assert (done["first"].value, done["last"].value) == ("first", "last")
    assert isinstance(done["broken"].error, LookupError)
    assert done["lost"].because == "broken"
    assert clock.announced == 2  # the run itself, and the node that sleeps
    assert is_idle(clock)
