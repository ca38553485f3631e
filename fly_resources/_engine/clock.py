"""The library's clock, which tests can replace.

Everything that waits (backoff, rate limits, polling) uses a `Clock`. Units of work that may wait are
announced to it: a virtual clock advances only when all of them are waiting.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Protocol

from fly_resources._engine.interrupts import current_halt
from fly_resources._lazy import lazy

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
else:
    asyncio = lazy("asyncio")


class Clock(Protocol):
    """A monotonic clock on which threads and tasks can sleep."""

    def now(self) -> float:
        """Return the seconds since an arbitrary start; never decreases."""
        ...

    def sleep(self, seconds: float) -> None:
        """Block the calling thread for `seconds`."""
        ...

    async def sleep_async(self, seconds: float) -> None:
        """Suspend the calling task for `seconds`."""
        ...

    def announce(self) -> int:
        """Register a unit of work before it is handed to a thread or task.

        Returns a ticket that the unit passes to `start` or `start_async` as its first step.
        """
        ...

    def start(self, ticket: int) -> None:
        """Start an announced unit on this thread."""
        ...

    async def start_async(self, ticket: int) -> None:
        """Start an announced unit on this task."""
        ...

    def finish(self) -> None:
        """Unregister a unit of work that has ended, or waits only for other units."""
        ...

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` in `seconds` on a new thread that is registered; return a function that cancels it.

        A virtual clock does not advance for an alarm alone.
        """
        ...


class SystemClock:
    """Real time: `time.monotonic`, `time.sleep`, and the running event loop's sleep."""

    def now(self) -> float:
        """Return `time.monotonic()`."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Block the calling thread, unless its run is interrupted."""
        halt = current_halt()
        if seconds > 0:
            (time if halt is None else halt).sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Suspend the calling asyncio or trio task."""
        await _sleep()(max(0.0, seconds))

    def announce(self) -> int:
        """Do nothing: real time needs no registration."""
        return 0

    def start(self, ticket: int) -> None:
        """Do nothing."""

    async def start_async(self, ticket: int) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` in `seconds` on a new thread; return a function that cancels it."""
        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.start()
        return timer.cancel


def _sleep() -> Callable[[float], Awaitable[object]]:
    """Return the running event loop's sleep: the transports support trio too."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        if (trio := sys.modules.get("trio")) is not None:
            sleep: Callable[[float], Awaitable[object]] = trio.sleep
            return sleep
    return asyncio.sleep


def rest(clock: Clock, seconds: float) -> None:
    """Sleep before a request, unless its run is interrupted."""
    clock.sleep(seconds)
    if (halt := current_halt()) is not None:
        halt.check()


async def rest_async(clock: Clock, seconds: float) -> None:
    """Sleep before a request, unless the request is abandoned."""
    pause, halt = clock.sleep_async(seconds), current_halt()
    await (pause if halt is None else halt.rest_async(pause))
