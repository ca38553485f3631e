"""Real time that can be advanced: the default clock of a simulator."""

from __future__ import annotations

import threading

from fly_resources._engine.clock import SystemClock
from fly_resources._engine.interrupts import current_halt

#: Maximum delay until a task notices that time was advanced.
_NOTICE_S = 0.05


class AdvancingClock(SystemClock):
    """`SystemClock` with `advance`, which wakes the sleepers whose deadline has passed."""

    def __init__(self) -> None:
        """Start at the system's time."""
        self._offset = 0.0
        self._moved = threading.Condition()

    def now(self) -> float:
        """Return the system's seconds plus the seconds that were added."""
        return super().now() + self._offset

    def sleep(self, seconds: float) -> None:
        """Block the calling thread until the deadline; a thread of an interrupted run stops early."""
        if current_halt() is not None:
            super().sleep(seconds)
            return
        end = self.now() + seconds
        with self._moved:
            while (left := end - self.now()) > 0:
                self._moved.wait(left)

    async def sleep_async(self, seconds: float) -> None:
        """Suspend the calling task until the deadline."""
        end = self.now() + seconds
        while (left := end - self.now()) > 0:
            await super().sleep_async(min(left, _NOTICE_S))
        await super().sleep_async(0)

    def advance(self, seconds: float) -> None:
        """Advance the clock."""
        with self._moved:
            self._offset += seconds
            self._moved.notify_all()
