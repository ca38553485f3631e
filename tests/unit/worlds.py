"""A world of made-up requests on a virtual clock, and one way to run flows in it with either driver."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from fly_resources._engine.blocking import BlockingDriver
from fly_resources._engine.effects import Call, Done, Flow, Node, call, together
from fly_resources._engine.tasks import AsyncDriver
from fly_resources.testing import VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from fly_resources._engine.clock import Clock
    from tests.unit.fakes import Mode

T = TypeVar("T")
Nodes = dict["Hashable", Node]


@attrs.define
class World:
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

        def sync() -> str:
            begin()
            self.clock.sleep(seconds)
            return end()

        async def aio() -> str:
            begin()
            try:
                await self.clock.sleep_async(seconds)
            except asyncio.CancelledError:
                self.note(f"{name} cancelled")
                self.running -= 1
                raise
            return end()

        return Call({"sync": sync, "aio": aio}, str)

    def step(
        self, name: str, seconds: float = 1.0, error: BaseException | None = None
    ) -> Callable[[], Flow[str]]:
        return lambda: call(self.request(name, seconds, error))


def send_blocking(parts: Mapping[str, Any]) -> str:
    answer: str = parts["sync"]()
    return answer


async def send_async(parts: Mapping[str, Any]) -> str:
    answer: str = await parts["aio"]()
    return answer


def drive(
    mode: Mode,
    clock: Clock,
    flow: Flow[T],
    *,
    limit: int = 16,
    on_event: Callable[[object], object] | None = None,
) -> T:
    if mode == "sync":
        return BlockingDriver(send_blocking, clock, max_concurrency=limit, on_event=on_event).run(flow)
    return asyncio.run(AsyncDriver(send_async, clock, max_concurrency=limit, on_event=on_event).run(flow))


def at_once(*flows: Callable[[], Flow[Any]]) -> Flow[list[Done[Any]]]:
    """Run flows together, whatever each returns."""
    return together(flows)


def is_idle(clock: VirtualClock) -> bool:
    """Whether the clock counts nothing any more; else the next test of a fleet would hang or jump."""
    waiting = [each for each in clock._asleep if not each.gone]  # noqa: SLF001  # accounting has no public face
    return clock._active == 0 and not waiting  # noqa: SLF001  # the same
