"""The two drivers: what they start, when, and what is left behind; blocking and async alike."""

from __future__ import annotations

import asyncio
import functools
import threading
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import pytest
from fly_machines import Client

from fly_resources import _effects
from fly_resources._clock import SystemClock
from fly_resources._effects import (
    AsyncDriver,
    BlockingDriver,
    Call,
    Done,
    Flow,
    Node,
    call,
    graph,
    now,
    sleep,
    tell,
    together,
)
from fly_resources.testing import VirtualClock
from fly_resources.testing import _clock as virtual

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from fly_resources._clock import Clock
    from tests.unit.fakes import Mode

T = TypeVar("T")
Nodes = dict["Hashable", Node]


@attrs.define
class _World:
    """What flows did, and when."""

    clock: VirtualClock = attrs.field(factory=VirtualClock)
    trace: list[tuple[str, float]] = attrs.field(factory=list)
    running: int = 0
    width: int = 0

    def note(self, what: str) -> None:
        self.trace.append((what, self.clock.now()))

    def names(self) -> list[str]:
        return [name for name, _ in self.trace]

    def request(self, name: str, seconds: float = 1.0, error: BaseException | None = None) -> Call[str]:
        """Describe a request that takes some seconds, and fails with `error` if one is given."""

        def begin() -> None:
            self.note(name)
            self.running += 1
            self.width = max(self.width, self.running)

        def end() -> str:
            self.running -= 1
            if error is not None:
                raise error
            return f"{name} answered"

        def sync(_: Client) -> str:
            begin()
            self.clock.sleep(seconds)
            return end()

        async def aio(_: Client) -> str:
            begin()
            try:
                await self.clock.sleep_async(seconds)
            except asyncio.CancelledError:
                self.note(f"{name} cancelled")
                self.running -= 1
                raise
            return end()

        return Call(sync, aio)

    def step(
        self, name: str, seconds: float = 1.0, error: BaseException | None = None
    ) -> Callable[[], Flow[str]]:
        return lambda: call(self.request(name, seconds, error))


def _drive(
    mode: Mode,
    clock: Clock,
    flow: Flow[T],
    *,
    limit: int = 16,
    on_event: Callable[[object], object] | None = None,
) -> T:
    sdk = Client(base_url="https://nowhere.invalid")
    if mode == "sync":
        return BlockingDriver(sdk, clock, max_concurrency=limit, on_event=on_event).run(flow)
    return asyncio.run(AsyncDriver(sdk, clock, max_concurrency=limit, on_event=on_event).run(flow))


def _nodes(world: _World, after: Mapping[str, Iterable[str]], failing: frozenset[str] = frozenset()) -> Nodes:
    return {
        name: Node(world.step(name, error=LookupError(name) if name in failing else None), frozenset(names))
        for name, names in after.items()
    }


def at_once(*flows: Callable[[], Flow[Any]]) -> Flow[list[Done[Any]]]:
    """Run flows together, whatever each returns."""
    return together(flows)


def _idle(clock: VirtualClock) -> bool:
    """Whether the clock counts nothing any more; else the next test of a fleet would hang or jump."""
    waiting = [each for each in clock._asleep if not each.gone]  # noqa: SLF001  # accounting has no public face
    return clock._active == 0 and not waiting  # noqa: SLF001  # the same


def test_a_flow_gets_answers_time_and_naps(mode: Mode) -> None:
    world = _World()
    events: list[object] = []

    def flow() -> Flow[tuple[str, float]]:
        answer = yield from call(world.request("a", seconds=2))
        yield from tell(answer)
        yield from sleep(3)
        return answer, (yield from now())

    assert _drive(mode, world.clock, flow(), on_event=events.append) == ("a answered", 5.0)
    assert events == ["a answered"]
    assert _idle(world.clock)


def test_nobody_has_to_watch(mode: Mode) -> None:
    def flow() -> Flow[str]:
        yield from tell("anything")
        return "done"

    assert _drive(mode, VirtualClock(), flow()) == "done"


def test_an_error_is_raised_inside_the_flow_that_asked(mode: Mode) -> None:
    world = _World()

    def flow() -> Flow[str]:
        try:
            yield from call(world.request("a", error=LookupError("gone")))
        except LookupError as error:
            return f"survived {error}, then {(yield from call(world.request('b')))}"
        return "not raised"

    assert _drive(mode, world.clock, flow()) == "survived gone, then b answered"


def test_an_error_that_no_flow_handles_reaches_the_caller(mode: Mode) -> None:
    world = _World()

    with pytest.raises(LookupError, match="gone"):
        _drive(mode, world.clock, world.step("a", error=LookupError("gone"))())
    assert _idle(world.clock)


def test_an_error_of_the_watcher_is_the_flows(mode: Mode) -> None:
    def watch(event: object) -> None:
        raise ZeroDivisionError(event)

    with pytest.raises(ZeroDivisionError, match="hello"):
        _drive(mode, VirtualClock(), tell("hello"), on_event=watch)


def test_together_runs_at_once_and_answers_in_order(mode: Mode) -> None:
    world = _World()

    done = _drive(
        mode,
        world.clock,
        together([world.step("slow", 3), world.step("quick", 1), world.step("middle", 2)]),
    )

    assert [each.value for each in done] == ["slow answered", "quick answered", "middle answered"]
    assert world.trace == [("slow", 0), ("quick", 0), ("middle", 0)]
    assert world.clock.now() == 3
    assert world.width == 3
    assert _idle(world.clock)


def test_nothing_together_is_an_empty_answer(mode: Mode) -> None:
    assert _drive(mode, VirtualClock(), together([])) == []


def test_a_failure_is_one_answer_among_the_others(mode: Mode) -> None:
    world = _World()

    done = _drive(
        mode,
        world.clock,
        together([world.step("a"), world.step("b", error=LookupError("b")), world.step("c")]),
    )

    assert [each.value for each in done] == ["a answered", None, "c answered"]
    assert [each.failed for each in done] == [False, True, False]
    assert isinstance(done[1].error, LookupError)


def test_a_value_of_none_is_no_failure(mode: Mode) -> None:
    [done] = _drive(mode, VirtualClock(), together([functools.partial(sleep, 0)]))

    assert done == Done(value=None)
    assert not done.failed


def test_a_graph_runs_in_the_order_of_its_dependencies(mode: Mode) -> None:
    world = _World()
    nodes = _nodes(
        world,
        {"cert": ["app"], "machine": ["volume", "secret"], "volume": ["app"], "secret": ["app"], "app": []},
    )

    done = _drive(mode, world.clock, graph(nodes))

    assert world.trace == [("app", 0), ("cert", 1), ("volume", 1), ("secret", 1), ("machine", 2)]
    assert {key: each.value for key, each in done.items()} == {name: f"{name} answered" for name in nodes}
    assert world.clock.now() == 3


def test_a_node_starts_as_soon_as_its_own_dependencies_are_done(mode: Mode) -> None:
    world = _World()
    nodes: Nodes = {
        "slow": Node(world.step("slow", 10)),
        "quick": Node(world.step("quick", 1)),
        "after quick": Node(world.step("after quick", 1), frozenset({"quick"})),
    }

    _drive(mode, world.clock, graph(nodes))

    assert ("after quick", 1) in world.trace
    assert world.clock.now() == 10


def test_what_depends_on_a_failure_is_skipped_and_says_why(mode: Mode) -> None:
    world = _World()
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

    done = _drive(mode, world.clock, graph(nodes))

    assert world.names() == ["app", "other", "volume", "after other"]
    assert isinstance(done["volume"].error, LookupError)
    assert done["machine"] == Done(because="volume")
    assert done["check"] == Done(because="volume")  # the root of the trouble, not the link before
    assert done["after other"].value == "after other answered"
    assert _idle(world.clock)


def test_of_several_failed_dependencies_the_first_is_named(mode: Mode) -> None:
    world = _World()
    nodes = _nodes(world, {"a": [], "b": [], "c": ["b", "a"]}, failing=frozenset({"a", "b"}))

    done = _drive(mode, world.clock, graph(nodes))

    assert done["c"] == Done(because="a")


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_more_run_at_once_than_allowed(mode: Mode, limit: int) -> None:
    world = _World()

    done = _drive(mode, world.clock, together([world.step(str(n)) for n in range(10)]), limit=limit)

    assert world.width == limit
    assert world.clock.now() == 10 / limit
    assert [each.failed for each in done] == [False] * 10
    assert world.names() == [str(n) for n in range(10)]


def test_a_circle_is_refused_before_anything_starts(mode: Mode) -> None:
    world = _World()

    with pytest.raises(ValueError, match="cycle"):
        _drive(mode, world.clock, graph(_nodes(world, {"a": ["b"], "b": ["a"]})))
    assert world.trace == []
    assert _idle(world.clock)


def test_together_may_be_nested(mode: Mode) -> None:
    world = _World()

    def group(name: str) -> Flow[list[str | None]]:
        first = yield from together([world.step(f"{name}1", 1), world.step(f"{name}2", 2)])
        second = yield from together([world.step(f"{name}3", 1)])
        return [each.value for each in (*first, *second)]

    done = _drive(mode, world.clock, together([functools.partial(group, "a"), functools.partial(group, "b")]))

    assert [each.value for each in done] == [
        [f"{name}{n} answered" for n in (1, 2, 3)] for name in ("a", "b")
    ]
    assert world.trace == [("a1", 0), ("a2", 0), ("b1", 0), ("b2", 0), ("a3", 2), ("b3", 2)]
    assert world.clock.now() == 3
    assert _idle(world.clock)


def test_a_nested_failure_does_not_leave_its_group(mode: Mode) -> None:
    world = _World()

    def group() -> Flow[list[bool]]:
        done = yield from together([world.step("a", error=LookupError()), world.step("b")])
        return [each.failed for each in done]

    assert _drive(mode, world.clock, together([group, world.step("c")])) == [
        Done(value=[True, False]),
        Done(value="c answered"),
    ]


def _busy(world: _World) -> Flow[dict[Hashable, Done[Any]]]:
    def inner(name: str) -> Flow[object]:
        yield from sleep(0.25 * (len(name) % 3))
        return (yield from together([world.step(f"{name}.{n}", 0.5 * n) for n in range(3)]))

    nodes: Nodes = {f"n{n}": Node(functools.partial(inner, f"n{n}")) for n in range(6)}
    nodes["last"] = Node(world.step("last"), frozenset(nodes))
    return graph(nodes)


def test_every_run_is_the_same(mode: Mode) -> None:
    traces = []
    for _ in range(20):
        world = _World()
        _drive(mode, world.clock, _busy(world), limit=4)
        assert _idle(world.clock)
        traces.append(world.trace)

    assert len(traces[0]) == 6 * 3 + 1
    assert traces == [traces[0]] * 20


def test_blocking_and_async_code_do_the_same_at_the_same_time() -> None:
    blocking, asynchronous = _World(), _World()

    _drive("sync", blocking.clock, _busy(blocking), limit=4)
    _drive("async", asynchronous.clock, _busy(asynchronous), limit=4)

    assert blocking.trace == asynchronous.trace


def test_real_time_works_too(mode: Mode) -> None:
    def flow() -> Flow[float]:
        begun = yield from now()
        yield from at_once(functools.partial(sleep, 0), functools.partial(sleep, 0))
        return (yield from now()) - begun

    assert _drive(mode, SystemClock(), flow()) >= 0


# Interrupts


class _Closing:
    """A flow that tells whether it was closed, and how far it came."""

    def __init__(self, world: _World, *names: str) -> None:
        self.closed = False
        self._world = world
        self._names = names

    def __call__(self) -> Flow[str]:
        try:
            for name in self._names:
                yield from call(self._world.request(name))
        finally:
            self.closed = True
        return "done"


def test_an_interrupt_in_a_call_closes_the_flow(mode: Mode) -> None:
    world = _World()
    closed = []

    def flow() -> Flow[None]:
        try:
            yield from call(world.request("a", error=KeyboardInterrupt()))
        finally:
            closed.append("a")

    with pytest.raises(KeyboardInterrupt):
        _drive(mode, world.clock, flow())
    assert closed == ["a"]
    assert _idle(world.clock)


def test_an_interrupt_beside_others_lets_them_end_their_request_and_begins_nothing_new() -> None:
    world = _World()
    long = _Closing(world, "long.1", "long.2", "long.3")

    with pytest.raises(SystemExit):
        _drive(
            "sync",
            world.clock,
            at_once(long, world.step("b", 0.5, error=SystemExit(3)), world.step("c")),
            limit=2,
        )

    assert world.names() == ["long.1", "b"]  # neither the long flow's next step nor the queued one
    assert world.clock.now() == 1  # what was in flight has ended
    assert long.closed
    assert _idle(world.clock)


def test_an_interrupt_deep_inside_waits_for_every_level() -> None:
    world = _World()
    beside = _Closing(world, "beside.1", "beside.2")
    outer = _Closing(world, "outer.1", "outer.2")

    def inner() -> Flow[object]:
        return (yield from at_once(world.step("bad", 0.5, error=SystemExit(3)), beside))

    with pytest.raises(SystemExit) as caught:
        _drive("sync", world.clock, at_once(outer, inner, _Closing(world, "third.1", "third.2")))

    assert caught.value.code == 3
    assert sorted(world.names()) == ["bad", "beside.1", "outer.1", "third.1"]
    assert world.running == 0
    assert beside.closed
    assert outer.closed
    assert _idle(world.clock)


def test_an_interrupt_of_the_waiting_caller_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches the main thread, which waits for the others meanwhile."""
    world = _World()
    first, second = _Closing(world, "a.1", "a.2"), _Closing(world, "b.1", "b.2")
    await_one = _effects._Threads.await_one  # noqa: SLF001  # where the main thread is when Ctrl-C comes
    interrupted: list[bool] = []

    def press_once(self: _effects._Threads) -> object:
        if not interrupted:
            interrupted.append(True)
            raise KeyboardInterrupt
        return await_one(self)

    monkeypatch.setattr(_effects._Threads, "await_one", press_once)  # noqa: SLF001  # the same
    with pytest.raises(KeyboardInterrupt):
        _drive("sync", world.clock, at_once(first, second))

    assert set(world.names()) <= {"a.1", "b.1"}
    assert world.running == 0
    assert _idle(world.clock)


def test_a_system_without_threads_fails_that_node_only(monkeypatch: pytest.MonkeyPatch) -> None:
    world = _World()
    start = threading.Thread.start
    started: list[threading.Thread] = []

    def start_two(self: threading.Thread) -> None:
        if len(started) == 2:
            raise RuntimeError("can't start new thread")
        started.append(self)
        start(self)

    monkeypatch.setattr(threading.Thread, "start", start_two)
    done = _drive("sync", world.clock, together([world.step(name) for name in "abc"]))

    assert [each.failed for each in done] == [False, False, True]
    assert isinstance(done[2].error, RuntimeError)
    assert _idle(world.clock)


def _cancel_after(world: _World, seconds: float, flow: Flow[object], limit: int = 16) -> None:
    """Run a flow as a task, and cancel it at a moment of virtual time."""

    async def run() -> None:
        driver = AsyncDriver(
            Client(base_url="https://nowhere.invalid"), world.clock, max_concurrency=limit, on_event=None
        )
        ticket = world.clock.announce()
        task = asyncio.create_task(driver.run(flow))
        await asyncio.sleep(0)
        await world.clock.start_async(ticket)
        await world.clock.sleep_async(seconds)
        task.cancel()
        try:
            await task
        finally:
            assert world.running == 0  # at this moment, not only when the loop closes
            world.clock.finish()

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())


@pytest.mark.parametrize("moment", [0, 0.5, 1, 1.5])
def test_cancelling_cancels_everything_beside_it(moment: float) -> None:
    world = _World()
    flows = [_Closing(world, f"{name}.1", f"{name}.2", f"{name}.3") for name in "abc"]

    _cancel_after(world, moment, together(flows), limit=2)

    begun = [flow for flow, name in zip(flows, "abc", strict=True) if f"{name}.1" in world.names()]
    assert all(flow.closed for flow in begun)
    assert not {"a.3", "b.3", "c.1"} & set(world.names())
    assert world.running == 0
    assert _idle(world.clock)


def test_cancelling_reaches_what_is_nested() -> None:
    world = _World()
    inner = [_Closing(world, f"{name}.1", f"{name}.2") for name in "ab"]

    _cancel_after(world, 0.5, at_once(lambda: together(inner), world.step("c", 5)))

    assert sorted(world.names()) == ["a.1", "a.1 cancelled", "b.1", "b.1 cancelled", "c", "c cancelled"]
    assert all(flow.closed for flow in inner)
    assert _idle(world.clock)


def test_a_call_that_cancels_itself_cancels_the_run() -> None:
    world = _World()
    flow = _Closing(world, "long.1", "long.2")

    with pytest.raises(asyncio.CancelledError):
        _drive("async", world.clock, at_once(flow, world.step("b", 0.5, error=asyncio.CancelledError())))
    assert world.names() == ["long.1", "b", "long.1 cancelled"]
    assert flow.closed
    assert _idle(world.clock)


# The virtual clock


def test_work_that_waits_for_something_else_stops_with_an_error(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtual, "STUCK_AFTER_S", 0.05)
    clock = VirtualClock()
    clock.announce()  # a unit that never sleeps

    with pytest.raises(RuntimeError, match="stuck at 0 s: 2 units"):
        _drive(mode, clock, sleep(1))
    assert clock._active == 1  # noqa: SLF001  # the driver gave its own place back


def test_a_stuck_child_is_an_error_of_its_node(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual, "STUCK_AFTER_S", 0.05)
    clock = VirtualClock()

    def block() -> Flow[None]:
        clock.announce()  # something takes a place and never gives it back
        yield from sleep(1)

    [done] = _drive(mode, clock, together([block]))

    assert isinstance(done.error, RuntimeError)
    assert "virtual clock is stuck" in str(done.error)


def test_sleepers_of_one_moment_wake_in_the_order_in_which_they_lay_down(mode: Mode) -> None:
    world = _World()

    def nap(name: str, seconds: float) -> Flow[None]:
        yield from sleep(seconds)
        world.note(name)

    naps = [("a", 3.0), ("b", 1.0), ("c", 3.0), ("d", 1.0), ("e", 0.0)]
    _drive(mode, world.clock, together([functools.partial(nap, *each) for each in naps]))

    assert world.trace == [("e", 0), ("b", 1), ("d", 1), ("a", 3), ("c", 3)]


def test_a_negative_sleep_is_none(mode: Mode) -> None:
    clock = VirtualClock(start=7.0)

    _drive(mode, clock, sleep(-5))

    assert clock.now() == 7


def test_work_that_nobody_announced_may_sleep() -> None:
    clock = VirtualClock()

    clock.sleep(2)
    asyncio.run(clock.sleep_async(3))

    assert clock.now() == 5
    assert _idle(clock)


def test_a_cancelled_sleeper_no_longer_counts() -> None:
    clock = VirtualClock()

    async def run() -> None:
        clock.announce()
        clock.announce()
        sleeper = asyncio.create_task(clock.sleep_async(100))
        await asyncio.sleep(0)
        sleeper.cancel()
        await asyncio.wait([sleeper])
        clock.finish()
        await clock.sleep_async(1)
        clock.finish()

    asyncio.run(run())

    assert clock.now() == 1
    assert _idle(clock)
