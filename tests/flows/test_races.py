"""Two programs ensure the same stack at the same moment, and one of each is what comes of it."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Report,
    Resource,
    Volume,
    errors,
)
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SPARE = Volume(APP, "spare")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": DATA})
STACK: tuple[Resource[Any], ...] = (
    APP,
    DATA,
    SPARE,
    SERVER,
    FlySecret(APP, "KEY", "v"),
    Certificate(APP, "www.example.com"),
    IpAddress(APP, "v4"),
    IpAddress(APP, "shared_v4"),
    IpAddress(APP, "v6"),
)
Ending = Report | errors.FlyError


@attrs.define
class _Gate(VirtualClock):
    """A virtual clock that stands still until a number of runs has begun."""

    def __init__(self, runs: int) -> None:
        super().__init__()
        self._awaited = runs
        self._begun = threading.Semaphore(0)
        self.announce()

    def start(self, ticket: int) -> None:
        self._begun.release()
        super().start(ticket)

    def open(self) -> None:
        for _ in range(self._awaited):
            assert self._begun.acquire(timeout=5)
        self.finish()


def _by_threads(delays: Sequence[float], verb: str, nouns: Sequence[Resource[Any]]) -> tuple[FlySimulator, list[Ending]]:
    clock = _Gate(len(delays))
    sim = FlySimulator(clock=clock, latency=0.05)
    ends: list[Ending | None] = [None] * len(delays)

    def work(index: int, delay: float) -> None:
        transport = sim.transport()
        with Fly(token="test", owner="tests", transport=transport, clock=clock) as fly:
            if delay:
                clock.sleep(delay)
            try:
                ends[index] = getattr(fly, verb)(*nouns)
            except errors.FlyError as error:
                ends[index] = error

    threads = [threading.Thread(target=work, args=each) for each in enumerate(delays)]
    for thread in threads:
        thread.start()
    clock.open()
    for thread in threads:
        thread.join()
    return sim, [end for end in ends if end is not None]
