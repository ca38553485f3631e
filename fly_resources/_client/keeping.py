"""Keep a lease alive for a `with` block by extending it repeatedly, each time for a short period.

So a program that dies, or is interrupted before it can release the lease, does not block others for long.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from fly_resources._engine.interrupts import undisturbed
from fly_resources._lazy import lazy

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from fly_resources._engine.clock import Clock
else:
    asyncio = lazy("asyncio")

#: Seconds between extensions: a quarter of a lease, so that two may fail.
EVERY_S: Final = 15.0
#: Seconds between looks for the end of an extension that is on its way.
_LOOK_S: Final = 0.02


def _nothing() -> None:
    """Cancel nothing."""


def _left(began: float, clock: Clock) -> float:
    """Return the seconds until the next extension, allowing for the time that this one took."""
    return max(1.0, began + EVERY_S - clock.now())


class LeaseKeeper:
    """Extends a lease on background threads until it is stopped or need not be extended again."""

    def __init__(self, clock: Clock, extend: Callable[[], bool]) -> None:
        """Use `extend` to extend; it returns whether to extend again later."""
        self._clock = clock
        self._extend = extend
        self._at_work = threading.Lock()
        self._stopped = False
        self._cancel: Callable[[], None] = _nothing

    def start(self, in_s: float = EVERY_S) -> None:
        """Extend after `in_s` seconds."""
        self._cancel = self._clock.alarm(in_s, self._ring)

    def stop(self) -> None:
        """Stop extending, after an extension that is in progress."""
        self._stopped = True
        self._cancel()
        while self._at_work.locked():
            self._clock.sleep(_LOOK_S)  # not the lock: a virtual clock stops while somebody waits for one
        self._cancel()

    def _ring(self) -> None:
        began = self._clock.now()
        with self._at_work:
            if not self._stopped and self._extend():
                self.start(_left(began, self._clock))


class AsyncLeaseKeeper:
    """Extends a lease in the event loop in which it is started."""

    def __init__(self, clock: Clock, extend: Callable[[], Awaitable[bool]]) -> None:
        """Use `extend` to extend; it returns whether to extend again later."""
        self._clock = clock
        self._extend = extend
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self._cancel: Callable[[], None] = _nothing

    def start(self, in_s: float = EVERY_S) -> None:
        """Extend after `in_s` seconds."""
        self._cancel = self._clock.alarm(in_s, self._ring)

    async def stop(self) -> None:
        """Stop extending, after an extension that is in progress."""
        self._stopped = True
        self._cancel()
        if self._task is not None:
            # Not the task itself: a virtual clock stops while somebody waits for anything but it.
            cancelled = await undisturbed(self._loop.create_task(self._see_the_end(self._task)))
            if cancelled is not None:
                raise cancelled

    async def _see_the_end(self, extension: asyncio.Task[None]) -> None:
        while not extension.done():
            await self._clock.sleep_async(_LOOK_S)

    def _ring(self) -> None:
        from concurrent.futures import CancelledError  # noqa: PLC0415  # asyncio has imported it

        work = self._work()
        # The loop may have ended without a word.
        with contextlib.suppress(RuntimeError, CancelledError):
            asyncio.run_coroutine_threadsafe(work, self._loop).result()
        work.close()

    async def _work(self) -> None:
        if self._stopped:
            return
        self._task = asyncio.current_task()
        began = self._clock.now()
        if await self._extend() and not self._stopped:
            self.start(_left(began, self._clock))
