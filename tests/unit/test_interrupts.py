"""What is left of an interrupted or cancelled run: nothing half done, nothing new, a balanced clock."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from fly_resources._engine import blocking
from fly_resources._engine.effects import Flow, call, together
from fly_resources._engine.interrupts import Halt, Stopped, halted_by
from fly_resources._engine.tasks import AsyncDriver
from fly_resources.ratelimit import RateLimitTransport
from tests.unit.fakes import Script, answer, send
from tests.unit.retrying import SAFE, wrap
from tests.unit.worlds import World, at_once, drive, is_idle, send_async

if TYPE_CHECKING:
    from tests.unit.fakes import Mode


class _Closing:
    """A flow that tells whether it was closed, and how far it came."""

    def __init__(self, world: World, *names: str) -> None:
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
    world = World()
    closed = []

    def flow() -> Flow[None]:
        try:
            yield from call(world.request("a", error=KeyboardInterrupt()))
        finally:
            closed.append("a")

    with pytest.raises(KeyboardInterrupt):
        drive(mode, world.clock, flow())
    assert closed == ["a"]
    assert is_idle(world.clock)


def test_an_interrupt_beside_others_lets_them_end_their_request_and_begins_nothing_new() -> None:
    world = World()
    long = _Closing(world, "long.1", "long.2", "long.3")

    with pytest.raises(SystemExit):
        drive(
            "sync",
            world.clock,
            at_once(long, world.step("b", 0.5, error=SystemExit(3)), world.step("c")),
            limit=2,
        )

    assert world.names() == ["long.1", "b"]  # neither the long flow's next step nor the queued one
    assert world.clock.now() == 1  # what was in flight has ended
    assert long.closed
    assert is_idle(world.clock)


def test_an_interrupt_deep_inside_waits_for_every_level() -> None:
    world = World()
    beside = _Closing(world, "beside.1", "beside.2")
    outer = _Closing(world, "outer.1", "outer.2")

    def inner() -> Flow[object]:
        return (yield from at_once(world.step("bad", 0.5, error=SystemExit(3)), beside))

    with pytest.raises(SystemExit) as caught:
        drive("sync", world.clock, at_once(outer, inner, _Closing(world, "third.1", "third.2")))

    assert caught.value.code == 3
    assert sorted(world.names()) == ["bad", "beside.1", "outer.1", "third.1"]
    assert world.running == 0
    assert beside.closed
    assert outer.closed
    assert is_idle(world.clock)


def test_an_interrupt_of_the_waiting_caller_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches the main thread, which waits for the others meanwhile."""
    world = World()
    first, second = _Closing(world, "a.1", "a.2"), _Closing(world, "b.1", "b.2")
    await_one = blocking.Threads.await_one  # where the main thread is when Ctrl-C comes
    interrupted: list[bool] = []

    def press_once(self: blocking.Threads) -> object:
        if not interrupted:
            interrupted.append(True)
            raise KeyboardInterrupt
        return await_one(self)

    monkeypatch.setattr(blocking.Threads, "await_one", press_once)  # the same
    with pytest.raises(KeyboardInterrupt):
        drive("sync", world.clock, at_once(first, second))

    assert set(world.names()) <= {"a.1", "b.1"}
    assert world.running == 0
    assert is_idle(world.clock)


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("begun", [False, True], ids=["before it begins", "when it has begun"])
def test_an_interrupt_in_the_start_of_a_thread_ends_everything(
    monkeypatch: pytest.MonkeyPatch, nth: int, *, begun: bool
) -> None:
    world = World()
    first, second = _Closing(world, "a.1", "a.2"), _Closing(world, "b.1", "b.2")
    start, started = threading.Thread.start, [0]

    def press(self: threading.Thread) -> None:
        started[0] += 1
        if begun or started[0] != nth:
            start(self)
        if started[0] == nth:
            raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", press)
    with pytest.raises(KeyboardInterrupt):
        drive("sync", world.clock, at_once(first, second))

    assert world.running == 0
    assert is_idle(world.clock)


def test_an_interrupt_of_an_interrupt_ends_the_wait_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    first = _Closing(world, "a.1", "a.2")

    def press(_: object) -> None:
        raise KeyboardInterrupt

    for wait in ("await_one", "await_all"):
        monkeypatch.setattr(blocking.Threads, wait, press)  # where Ctrl-C comes
    with pytest.raises(KeyboardInterrupt):
        drive("sync", world.clock, at_once(first))


@pytest.mark.parametrize("at_most", [0, 1, 2])
def test_a_system_without_threads_does_one_thing_after_the_other(
    monkeypatch: pytest.MonkeyPatch, at_most: int
) -> None:
    """At the end of Python 3.12, in `atexit`, none can be started either."""
    world = World()
    start = threading.Thread.start
    started: list[threading.Thread] = []

    def start_some(self: threading.Thread) -> None:
        if len(started) == at_most:
            raise RuntimeError("can't start new thread")
        started.append(self)
        start(self)

    monkeypatch.setattr(threading.Thread, "start", start_some)
    steps = {"a": 1.0, "b": 5.0, "c": 3.0, "d": 1.0}
    nodes = [world.step(name, seconds) for name, seconds in steps.items()]
    failing = world.step("e", error=ValueError("no"))
    done = drive("sync", world.clock, together([*nodes, failing]))

    assert [each.failed for each in done] == [False, False, False, False, True]
    assert isinstance(done[-1].error, ValueError)
    assert is_idle(world.clock)


def test_nothing_is_sent_again_for_an_interrupted_run(mode: Mode) -> None:
    halt = Halt()
    transport, script, _ = wrap(answer(429), 200)
    halt.stop()
    with halted_by(halt), pytest.raises(Stopped):
        send(mode, transport, *SAFE)
    assert script.sent == 1


def test_what_waits_for_its_turn_is_not_sent_for_an_interrupted_run(mode: Mode) -> None:
    world, halt = World(), Halt()
    script = Script(200)
    limited = RateLimitTransport(script, clock=world.clock)
    for _ in range(3):
        send(mode, limited, *SAFE)
    halt.stop()
    with halted_by(halt), pytest.raises(Stopped):
        send(mode, limited, *SAFE)
    assert script.sent == 3


def _cancel_after(world: World, seconds: float, flow: Flow[object], limit: int = 16) -> None:
    """Run a flow as a task, and cancel it at a moment of virtual time."""

    async def run() -> None:
        driver = AsyncDriver(send_async, world.clock, max_concurrency=limit, on_event=None)
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
    world = World()
    flows = [_Closing(world, f"{name}.1", f"{name}.2", f"{name}.3") for name in "abc"]

    _cancel_after(world, moment, together(flows), limit=2)

    begun = [flow for flow, name in zip(flows, "abc", strict=True) if f"{name}.1" in world.names()]
    assert all(flow.closed for flow in begun)
    assert not {"a.3", "b.3", "c.1"} & set(world.names())
    assert world.running == 0
    assert is_idle(world.clock)


def test_cancelling_reaches_what_is_nested() -> None:
    world = World()
    inner = [_Closing(world, f"{name}.1", f"{name}.2") for name in "ab"]

    _cancel_after(world, 0.5, at_once(lambda: together(inner), world.step("c", 5)))

    assert sorted(world.names()) == ["a.1", "a.1 cancelled", "b.1", "b.1 cancelled", "c", "c cancelled"]
    assert all(flow.closed for flow in inner)
    assert is_idle(world.clock)


def test_a_call_that_cancels_itself_cancels_the_run() -> None:
    world = World()
    flow = _Closing(world, "long.1", "long.2")

    with pytest.raises(asyncio.CancelledError):
        drive("async", world.clock, at_once(flow, world.step("b", 0.5, error=asyncio.CancelledError())))
    assert world.names() == ["long.1", "b", "long.1 cancelled"]
    assert flow.closed
    assert is_idle(world.clock)
