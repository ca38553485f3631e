"""The clock that moves only when all the work that it knows of waits on it."""

from __future__ import annotations

import asyncio
import functools
import threading
from typing import TYPE_CHECKING

import pytest

from fly_resources._engine.effects import Flow, sleep, together
from fly_resources.testing import VirtualClock
from fly_resources.testing import _clock as virtual
from tests.unit.worlds import World, drive, is_idle

if TYPE_CHECKING:
    from tests.unit.fakes import Mode


def test_work_that_waits_for_something_else_stops_with_an_error(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtual, "STUCK_AFTER_S", 0.05)
    clock = VirtualClock()
    clock.announce()  # a unit that never sleeps

    with pytest.raises(RuntimeError, match="stuck at 0 s: 2 units"):
        drive(mode, clock, sleep(1))
    assert clock._active == 1  # noqa: SLF001  # the driver gave its own place back


def test_a_stuck_child_is_an_error_of_its_node(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual, "STUCK_AFTER_S", 0.05)
    clock = VirtualClock()

    def block() -> Flow[None]:
        clock.announce()  # something takes a place and never gives it back
        yield from sleep(1)

    [done] = drive(mode, clock, together([block]))

    assert isinstance(done.error, RuntimeError)
    assert "virtual clock is stuck" in str(done.error)


def test_sleepers_of_one_moment_wake_in_the_order_in_which_they_lay_down(mode: Mode) -> None:
    world = World()

    def nap(name: str, seconds: float) -> Flow[None]:
        yield from sleep(seconds)
        world.note(name)

    naps = [("a", 3.0), ("b", 1.0), ("c", 3.0), ("d", 1.0), ("e", 0.0)]
    drive(mode, world.clock, together([functools.partial(nap, *each) for each in naps]))

    assert world.trace == [("e", 0), ("b", 1), ("d", 1), ("a", 3), ("c", 3)]


def test_a_negative_sleep_is_none(mode: Mode) -> None:
    clock = VirtualClock(start=7.0)

    drive(mode, clock, sleep(-5))

    assert clock.now() == 7


def test_work_that_nobody_announced_may_sleep() -> None:
    clock = VirtualClock()

    clock.sleep(2)
    asyncio.run(clock.sleep_async(3))

    assert clock.now() == 5
    assert is_idle(clock)


def test_work_that_nobody_announced_does_not_hurry_the_work_that_runs() -> None:
    """A test that sleeps beside a program: time stands still while the program computes."""
    clock = VirtualClock()
    ticket = clock.announce()
    beside = threading.Thread(target=clock.sleep, args=(2,))
    beside.start()
    while not clock._asleep:  # noqa: SLF001  # until it sleeps
        pass
    clock.start(ticket)
    assert clock.now() == 0
    clock.sleep(1)
    assert clock.now() == 1
    assert beside.is_alive()
    clock.finish()
    beside.join(60)
    assert clock.now() == 2


def test_a_cancelled_sleeper_no_longer_counts() -> None:
    clock = VirtualClock()

    async def run() -> None:
        await clock.start_async(clock.announce())
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
    assert is_idle(clock)
