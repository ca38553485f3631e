"""Time as the library sees it, so that tests can replace it.

Everything that waits (backoff, rate limits, polling) asks a `Clock`. The units of work that may
wait are announced to it: a virtual clock moves only when all of them are waiting.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from typing import TYPE_CHECKING, Protocol

from fly_resources._halting import current_halt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Clock(Protocol):
    """A monotonic clock that can also be slept on, by threads and by tasks."""

    def now(self) -> float:
        """Return seconds since an arbitrary start; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Block the calling thread for `seconds`."""
        ...

    async def sleep_async(self, seconds: float) -> None:
        """Suspend the calling task for `seconds`."""
        ...

    def announce(self) -> int:
        """Say that one more unit of work exists, before it is handed to a thread or task.

        Returns a ticket that the unit hands to `start` or `start_async` as its first step.
        """
        ...

    def start(self, ticket: int) -> None:
        """Begin an announced unit on this thread."""
        ...

    async def start_async(self, ticket: int) -> None:
        """Begin an announced unit on this task."""
        ...

    def finish(self) -> None:
        """Say that a unit of work has ended, or waits for other units only."""
        ...

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` in `seconds`, on a thread of its own that has its place; return what cancels that.

        It accompanies what others do: a virtual clock does not move for its sake.
        """
        ...


class SystemClock:
    """Real time: `time.monotonic`, `time.sleep`, and the sleep of the event loop that runs."""

    def now(self) -> float:
        """Return `time.monotonic()`."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Block the calling thread; on one of an interrupted run, not any longer."""
        halt = current_halt()
        if seconds > 0 and halt is None:
            time.sleep(seconds)
        elif seconds > 0 and halt is not None:
            halt.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Suspend the calling task, of asyncio or of trio."""
        await _sleep()(max(0.0, seconds))

    def announce(self) -> int:
        """Real time passes whether or not work exists."""
        return 0

    def start(self, ticket: int) -> None:
        """Nothing to wait for."""

    async def start_async(self, ticket: int) -> None:
        """Nothing to wait for."""

    def finish(self) -> None:
        """Nothing to release."""

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` in `seconds`, on a thread of its own; return what cancels that."""
        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.start()
        return timer.cancel


def _sleep() -> Callable[[float], Awaitable[object]]:
    """Return the sleep of the event loop that runs: the transports serve trio too."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        if (trio := sys.modules.get("trio")) is not None:
            sleep: Callable[[float], Awaitable[object]] = trio.sleep
            return sleep
    return asyncio.sleep


def rest(clock: Clock, seconds: float) -> None:
    """Sleep before something is sent, unless the run that this belongs to is interrupted."""
    clock.sleep(seconds)
    if (halt := current_halt()) is not None:
        halt.check()


async def rest_async(clock: Clock, seconds: float) -> None:
    """Sleep before something is sent, unless the request that this belongs to is given up."""
    pause, halt = clock.sleep_async(seconds), current_halt()
    await (pause if halt is None else halt.rest_async(pause))
