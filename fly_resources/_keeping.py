"""Keeps a lease alive while a block holds it: extended again and again, each time for a short while only.

So a program that dies, or is interrupted where nothing can be given back, keeps nobody out for long.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Final

from fly_resources._halting import undisturbed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from fly_resources._clock import Clock

#: Seconds between extensions: a third of a lease, so that one may fail.
EVERY_S: Final = 20.0


def _nothing() -> None:
    """Cancel nothing."""


class LeaseKeeper:
    """Extends a lease on threads of its own until it is stopped, or there is no more to extend."""

    def __init__(self, clock: Clock, extend: Callable[[], bool]) -> None:
        """`extend` returns whether there is more to do later."""
        self._clock = clock
        self._extend = extend
        self._at_work = threading.Lock()
        self._stopped = False
        self._cancel: Callable[[], None] = _nothing

    def start(self) -> None:
        """Extend in a while."""
        self._cancel = self._clock.alarm(EVERY_S, self._ring)

    def stop(self) -> None:
        """Extend no more; what is on its way ends first."""
        self._stopped = True
        self._cancel()
        with self._at_work:
            self._cancel()

    def _ring(self) -> None:
        with self._at_work:
            if not self._stopped and self._extend():
                self.start()


class AsyncLeaseKeeper:
    """The same in the event loop in which it is started."""

    def __init__(self, clock: Clock, extend: Callable[[], Awaitable[bool]]) -> None:
        """`extend` returns whether there is more to do later."""
        self._clock = clock
        self._extend = extend
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self._cancel: Callable[[], None] = _nothing

    def start(self) -> None:
        """Extend in a while."""
        self._cancel = self._clock.alarm(EVERY_S, self._ring)

    async def stop(self) -> None:
        """Extend no more; what is on its way ends first."""
        self._stopped = True
        self._cancel()
        if self._task is not None:
            cancelled = await undisturbed(self._task)
            if cancelled is not None:
                raise cancelled

    def _ring(self) -> None:
        work = self._work()
        # The loop may have ended without a word.
        with contextlib.suppress(RuntimeError, asyncio.CancelledError):
            asyncio.run_coroutine_threadsafe(work, self._loop).result()
        work.close()

    async def _work(self) -> None:
        if self._stopped:
            return
        self._task = asyncio.current_task()
        if await self._extend() and not self._stopped:
            self.start()
