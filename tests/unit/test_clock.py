"""Real time, as the library asks for it."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import types

import pytest

from fly_resources._engine.clock import SystemClock
from fly_resources._engine.interrupts import Halt, halted_by


def test_real_time_is_monotonic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 42.5)

    assert SystemClock().now() == 42.5


def test_blocking_code_sleeps_only_for_positive_times(monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    monkeypatch.setattr(time, "sleep", naps.append)

    for seconds in (1.5, 0.0, -1.0):
        SystemClock().sleep(seconds)

    assert naps == [1.5]


def test_the_sleep_of_an_interrupted_run_ends_at_once() -> None:
    halt = Halt()
    asleep = threading.Event()

    def nap() -> None:
        with halted_by(halt):
            asleep.set()
            SystemClock().sleep(600.0)

    thread = threading.Thread(target=nap, daemon=True)
    thread.start()
    assert asleep.wait(60.0)
    halt.stop()
    thread.join(60.0)
    assert not thread.is_alive()


def test_async_code_always_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)

    async def run() -> None:
        for seconds in (1.5, 0.0, -1.0):
            await SystemClock().sleep_async(seconds)

    monkeypatch.setattr(asyncio, "sleep", nap)
    asyncio.run(run())

    assert naps == [1.5, 0.0, 0.0]


def test_real_time_passes_whether_or_not_there_is_work() -> None:
    clock = SystemClock()

    clock.start(clock.announce())
    asyncio.run(clock.start_async(clock.announce()))
    clock.finish()
    clock.finish()

    assert clock.now() <= clock.now()


def test_a_task_of_trio_sleeps_as_trio_does(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setitem(sys.modules, "trio", types.SimpleNamespace(sleep=sleep))
    task = SystemClock().sleep_async(7.5)
    with pytest.raises(StopIteration):
        task.send(None)  # as another event loop than asyncio's does

    assert slept == [7.5]


def test_a_task_of_asyncio_sleeps_as_asyncio_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trio", types.SimpleNamespace())
    asyncio.run(SystemClock().sleep_async(0))
