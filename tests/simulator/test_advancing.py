"""The clock of a simulator that was given none: real time that can be moved on."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from fly_resources._engine.clock import SystemClock
from fly_resources._engine.interrupts import Halt, halted_by
from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._advancing import AdvancingClock

HOUR = 3600.0


def test_who_sleeps_is_woken_when_the_time_was_moved_past_it() -> None:
    clock = AdvancingClock()
    woken = threading.Event()

    def sleep() -> None:
        clock.sleep(HOUR)
        woken.set()

    before = clock.now()
    threading.Thread(target=sleep, daemon=True).start()

    clock.advance(HOUR / 2)
    assert not woken.wait(0.05)
    for _ in range(100):  # it may not have been asleep when the time was moved
        clock.advance(HOUR / 2)
        if woken.wait(0.05):
            break

    assert woken.is_set()
    assert clock.now() - before >= HOUR


def test_after_a_move_only_what_is_left_is_slept() -> None:
    clock = AdvancingClock()
    mover = threading.Timer(0.05, clock.advance, [HOUR - 0.2])
    mover.start()
    before = time.monotonic()
    clock.sleep(HOUR)
    mover.join()
    assert time.monotonic() - before < 60


def test_tasks_are_woken_too() -> None:
    clock = AdvancingClock()

    async def both() -> None:
        async with asyncio.timeout(60):
            sleeper = asyncio.create_task(clock.sleep_async(HOUR))
            await asyncio.sleep(0)
            clock.advance(HOUR)
            await sleeper

    asyncio.run(both())


def test_it_passes_by_itself_as_well() -> None:
    clock = AdvancingClock()
    before = time.monotonic()

    clock.sleep(0.02)
    clock.sleep(-1)

    assert 0.02 <= time.monotonic() - before < 60


def test_a_run_that_is_interrupted_does_not_wait_for_it() -> None:
    clock, halt = AdvancingClock(), Halt()
    halt.stop()
    with halted_by(halt):
        before = time.monotonic()
        clock.sleep(HOUR)
    assert time.monotonic() - before < 60


def test_every_clock_of_ours_is_moved_and_no_other() -> None:
    for simulator in (FlySimulator(), FlySimulator(clock=VirtualClock())):
        before = simulator.clock.now()
        simulator.advance(HOUR)
        assert simulator.clock.now() - before >= HOUR
        with pytest.raises(ValueError, match="time cannot go back"):
            simulator.advance(-1)

    with pytest.raises(ValueError, match="cannot advance a SystemClock"):
        FlySimulator(clock=SystemClock()).advance(1)
