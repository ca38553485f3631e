"""Two programs ensure the same stack at the same moment, and one of each is what comes of it."""

from __future__ import annotations

import asyncio
import functools
import threading
from typing import TYPE_CHECKING, Any

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


class _Gate(VirtualClock):
    """A virtual clock that can be held until a number of threads has begun to run a verb."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = threading.Semaphore(0)
        self._held = False

    def start(self, ticket: int) -> None:
        if self._held:
            self._begun.release()
        super().start(ticket)

    def hold(self) -> None:
        self.announce()
        self._held = True

    def release_after(self, runs: int) -> None:
        for _ in range(runs):
            assert self._begun.acquire(timeout=60)
        self._held = False
        self.finish()


class Race:
    """A world that several programs of one kind change at once."""

    def __init__(self, *prepared: Resource[Any]) -> None:
        self.clock = _Gate()
        self.sim = FlySimulator(clock=self.clock, latency=0.05, rate_limits=True)
        if prepared:
            self.alone("ensure", *prepared)

    def alone(self, verb: str, *nouns: Resource[Any]) -> Report:
        with self._blocking() as fly:
            report: Report = getattr(fly, verb)(*nouns)
        return report

    def _blocking(self) -> Fly:
        return Fly(token="test", owner="tests", transport=self.sim.transport(), clock=self.clock)

    def threads(self, verb: str, *stacks: Sequence[Resource[Any]]) -> list[Ending]:
        """Let each of `stacks` be worked on by a thread with a client of its own."""
        ends: dict[int, Ending] = {}

        def work(index: int) -> None:
            with self._blocking() as fly:
                try:
                    ends[index] = getattr(fly, verb)(*stacks[index])
                except errors.FlyError as error:
                    ends[index] = error

        threads = [threading.Thread(target=work, args=(index,)) for index in range(len(stacks))]
        self.clock.hold()
        for thread in threads:
            thread.start()
        self.clock.release_after(len(threads))
        for thread in threads:
            thread.join()
        return [ends[index] for index in range(len(stacks))]

    def tasks(self, verb: str, *stacks: Sequence[Resource[Any]], delay: float = 0.0) -> list[Ending]:
        """Let each of `stacks` be worked on by a task with a client of its own, begun `delay` apart."""

        async def work(index: int) -> Ending:
            transport = self.sim.transport()
            async with AsyncFly(token="test", owner="tests", transport=transport, clock=self.clock) as fly:
                await self.clock.sleep_async(index * delay)
                try:
                    report: Report = await getattr(fly, verb)(*stacks[index])
                except errors.FlyError as error:
                    return error
                return report

        async def main() -> list[Ending]:
            return await asyncio.gather(*(work(index) for index in range(len(stacks))))

        return asyncio.run(main())


RUNNERS: dict[str, Callable[..., list[Ending]]] = {
    "threads": Race.threads,
    **{
        f"tasks {delay:g} s apart": functools.partial(Race.tasks, delay=delay)
        for delay in (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 2.0, 2.15, 10.0)
    },
}
each_way = pytest.mark.parametrize("together", RUNNERS.values(), ids=RUNNERS.keys())


@each_way
def test_creating_at_once_ends_with_one_of_each(together: Callable[..., list[Ending]]) -> None:
    race = Race()
    ends = together(race, "ensure", STACK, STACK, STACK)
    assert [end for end in ends if not isinstance(end, Report)] == []
    assert race.sim.snapshot() == Race(*STACK).sim.snapshot()
    there = race.alone("ensure", *STACK)
    assert not there.changed
    for end in ends:
        assert isinstance(end, Report)
        for noun in (DATA, SPARE, *STACK[-3:]):
            assert _key(end[noun].model) == _key(there[noun].model)


def _key(model: object) -> object:
    return getattr(model, "id", None) or getattr(model, "ip", None)


@each_way
def test_the_same_change_at_once_is_made_once(together: Callable[..., list[Ending]]) -> None:
    race = Race(*STACK)
    better = Machine(APP, "server", {"image": "nginx:1"}, mounts={"/data": DATA})
    race.sim.requests.clear()
    ends = together(race, "ensure", [better], [better])
    assert [end for end in ends if not isinstance(end, Report)] == []
    updates = [each for each in race.sim.requests if each.operation == "Machines_update"]
    assert len(updates) == 1
    calm = Race(*STACK)
    calm.alone("ensure", better)
    assert race.sim.snapshot() == calm.sim.snapshot()


@each_way
def test_destroying_at_once_leaves_nothing_and_fails_nowhere(together: Callable[..., list[Ending]]) -> None:
    race = Race(*STACK)
    ends = together(race, "destroy", STACK, STACK)
    assert [end for end in ends if not isinstance(end, Report)] == []
    assert race.sim.snapshot() == {"apps": {}}


@each_way
def test_destroying_without_the_app_at_once_fails_nowhere(together: Callable[..., list[Ending]]) -> None:
    race = Race(*STACK)
    parts = [noun for noun in STACK if noun is not APP]
    ends = together(race, "destroy", parts, parts)
    assert [end for end in ends if not isinstance(end, Report)] == []
    assert race.sim.snapshot() == Race(APP).sim.snapshot()
