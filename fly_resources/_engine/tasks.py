"""The driver of `AsyncFly`: runs flows on the calling task, and concurrent ones on new tasks."""

from __future__ import annotations

import asyncio
import collections
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from fly_resources._engine.driving import drive_async
from fly_resources._engine.effects import Call, Done, Effect, Flow, Node, Now, Sleep, Tell, Together
from fly_resources._engine.interrupts import kept
from fly_resources._engine.schedule import Begun, End, Schedule, unit_name
from fly_resources._engine.sharing import Reads

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from fly_resources._engine.clock import Clock

T = TypeVar("T")


@attrs.define(eq=False)
class AsyncDriver:
    """Runs flows on the calling task, and concurrent ones on new tasks.

    Calls are sent with `send`, waits use `clock`; `reads` is shared by the whole client.
    """

    _send: Callable[[Mapping[str, Any]], Awaitable[Any]]
    _clock: Clock
    _limit: int = attrs.field(kw_only=True, alias="max_concurrency")
    _on_event: Callable[[object], object] | None = attrs.field(kw_only=True, alias="on_event")
    _reads: Reads = attrs.field(factory=Reads, kw_only=True, alias="reads")

    async def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end. When cancelled, its concurrent flows are cancelled too."""
        ticket = self._clock.announce()
        try:
            await self._clock.start_async(ticket)
            return await self.drive(flow)
        finally:
            self._clock.finish()

    async def drive(self, flow: Flow[T], first: Effect | None = None) -> T:
        """Run a flow on a task registered with the clock. `first`: an effect that it has yielded."""
        cancelled: asyncio.CancelledError | None = None

        async def perform(effect: Effect) -> object:
            nonlocal cancelled
            if cancelled is not None:
                raise cancelled
            if isinstance(effect, Call) and effect.keep:
                value, cancelled = await kept(self._ask(effect))
                return value
            return await self._perform(effect)

        result = await drive_async(flow, perform, first)
        if cancelled is not None:
            raise cancelled
        return result

    async def _ask(self, request: Call[T]) -> T:
        return request.read(await self._send(request.parts))

    async def _perform(self, effect: Effect) -> object:
        match effect:
            case Call() if effect.shared:
                return await self.drive(self._reads.ask(effect))
            case Call():
                return await self._ask(effect)
            case Sleep():
                await self._clock.sleep_async(effect.seconds)
                return None
            case Now():
                return self._clock.now()
            case Tell():
                return self._on_event(effect.event) if self._on_event else None
            case Together():
                return await self._together(effect.nodes)

    async def _together(self, nodes: Mapping[Hashable, Node]) -> dict[Hashable, Done[Any]]:
        schedule = Schedule(nodes, self._limit)
        tasks = Tasks(self.drive, self._clock)
        try:
            while True:
                for key, begun in schedule.begin(self._clock):
                    tasks.start(key, begun)
                if not schedule.waiting:
                    return schedule.done
                schedule.finish(*(await tasks.await_one()))
        except BaseException:
            await tasks.cancel_all()
            raise


class Tasks:
    """The tasks of one `Together`."""

    def __init__(self, drive: Callable[[Flow[Any], Effect], Awaitable[Any]], clock: Clock) -> None:
        self._drive = drive
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: collections.deque[tuple[Hashable, End]] = collections.deque()
        self._parent_waits: asyncio.Future[None] | None = None

    def start(self, key: Hashable, begun: Begun) -> None:
        """Run a node that has begun on a new task."""
        task = asyncio.create_task(self._work(key, begun, self._clock.announce()), name=unit_name(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def await_one(self) -> tuple[Hashable, End]:
        """Wait, unregistered from the clock, for a node that has ended and was not returned yet."""
        if not self._ended:
            self._parent_waits = asyncio.get_running_loop().create_future()
            self._clock.finish()
            try:
                await self._parent_waits
            except asyncio.CancelledError:
                if self._parent_waits.cancelled():
                    # No registration was passed on: make one to give up at the end.
                    self._clock.announce()
                raise
        return self._ended.popleft()

    async def cancel_all(self) -> None:
        """Cancel all tasks and wait, unregistered, until they end: some may still await a response."""
        for task in tuple(self._tasks):
            task.cancel()
        self._clock.finish()
        try:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        finally:
            self._clock.announce()

    async def _work(self, key: Hashable, begun: Begun, ticket: int) -> None:
        try:
            await self._clock.start_async(ticket)
            self._end(key, Done(await self._drive(begun.flow, begun.effect)))
        except Exception as error:  # noqa: BLE001  # reported as the node's end
            self._end(key, Done(error=error))
        except BaseException as interrupt:
            self._end(key, interrupt)
            raise

    def _end(self, key: Hashable, done: End) -> None:
        self._ended.append((key, done))
        if self._parent_waits is not None and not self._parent_waits.done():
            # Its registration with the clock passes to the waiting parent.
            self._parent_waits.set_result(None)
        else:
            self._clock.finish()
