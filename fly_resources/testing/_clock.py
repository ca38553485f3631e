"""A clock that moves only when all the work that it knows of is waiting on it."""

from __future__ import annotations

import asyncio
import contextvars
import heapq
import itertools
import threading
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

#: Real seconds without any progress after which waiting work gives up.
STUCK_AFTER_S = 5.0


@attrs.define(order=True)
class _Waiter:
    """One unit that sleeps: woken in the order of (deadline, ticket)."""

    deadline: float
    ticket: int
    wake: Callable[[], None] = attrs.field(order=False, repr=False)
    announced: bool = attrs.field(default=True, order=False)
    #: Accompanies others: time does not pass for its sake.
    beside: bool = attrs.field(default=False, order=False)
    gone: bool = attrs.field(default=False, order=False)


class VirtualClock:
    """Virtual seconds for tests: sleeping costs no real time, and runs are repeatable.

    The drivers of `fly_resources` announce their units of work. When every announced unit sleeps,
    the clock jumps to the earliest deadline and wakes that one unit; those of equal deadlines follow
    one by one, in the order in which they went to sleep. So only one unit runs at a time, threads
    included, and the same program sends the same requests in the same order every time.

    Work that was never announced (a plain `httpx.Client` in a test) may sleep too: it is woken in its
    turn, and the announced work is never hurried for it. Work that blocks on something else stops the
    clock: after `STUCK_AFTER_S` real seconds without progress the sleepers raise `RuntimeError`.
    """

    def __init__(self, start: float = 0.0) -> None:
        """Start at `start` seconds."""
        self._now = start
        self._active = 0
        # Threads and tasks of announced work carry the number of the busy period that they belong to.
        self._period = 0
        self._member: contextvars.ContextVar[int] = contextvars.ContextVar("period", default=-1)
        self._asleep: list[_Waiter] = []
        self._tickets = itertools.count()
        self._progress = 0
        self._lock = threading.Lock()

    def now(self) -> float:
        """Return virtual seconds."""
        return self._now

    def announce(self) -> int:
        """Count one more unit of work; see `Clock.announce`."""
        with self._lock:
            self._active += 1
            return next(self._tickets)

    def start(self, ticket: int) -> None:
        """Begin an announced unit, in its turn."""
        self._member.set(self._period)
        self._block(0.0, ticket)

    async def start_async(self, ticket: int) -> None:
        """Begin an announced unit, in its turn."""
        self._member.set(self._period)
        await self._suspend(0.0, ticket)

    def finish(self) -> None:
        """Count one unit less and let another one run if all that are left sleep."""
        with self._lock:
            self._active -= 1
            self._period += self._active == 0
            self._advance()

    def sleep(self, seconds: float) -> None:
        """Wait until `seconds` virtual seconds have passed."""
        self._block(max(0.0, seconds), None)

    async def sleep_async(self, seconds: float) -> None:
        """Wait until `seconds` virtual seconds have passed."""
        await self._suspend(max(0.0, seconds), None)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` when so many virtual seconds have passed for others; see `Clock.alarm`."""

        def work(ticket: int) -> None:
            self.start(ticket)
            try:
                ring()
            finally:
                self.finish()

        def wake() -> None:
            # The lock is held: the unit is announced here, so that time waits for it.
            self._active += 1
            threading.Thread(target=work, args=(next(self._tickets),), name="alarm", daemon=True).start()

        with self._lock:
            deadline = self._now + seconds
            waiter = _Waiter(deadline, next(self._tickets), wake, announced=False, beside=True)
            heapq.heappush(self._asleep, waiter)

        def cancel() -> None:
            waiter.gone = True

        return cancel

    def _block(self, seconds: float, ticket: int | None) -> None:
        woken = threading.Event()
        waiter, seen = self._enter(seconds, ticket, woken.set)
        while not woken.wait(STUCK_AFTER_S):
            seen = self._check_progress(waiter, seen)

    async def _suspend(self, seconds: float, ticket: int | None) -> None:
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        home = threading.get_ident()

        def resolve() -> None:
            if not woken.done():
                woken.set_result(None)

        def wake() -> None:
            if threading.get_ident() == home:
                resolve()
            else:
                loop.call_soon_threadsafe(resolve)

        waiter, seen = self._enter(seconds, ticket, wake)
        try:
            while not woken.done():
                await asyncio.wait((woken,), timeout=STUCK_AFTER_S)
                if not woken.done():
                    seen = self._check_progress(waiter, seen)
        except asyncio.CancelledError:
            with self._lock:
                waiter.gone = True
            raise

    def _enter(self, seconds: float, ticket: int | None, wake: Callable[[], None]) -> tuple[_Waiter, int]:
        with self._lock:
            turn = next(self._tickets) if ticket is None else ticket
            announced = self._member.get() == self._period
            waiter = _Waiter(self._now + seconds, turn, wake, announced)
            heapq.heappush(self._asleep, waiter)
            self._progress += 1
            seen = self._progress
            self._advance()
        return waiter, seen

    def _advance(self) -> None:
        """Wake the next sleeper if nothing that was announced still runs. Called with the lock held."""
        sleeping = sum(waiter.announced and not waiter.gone for waiter in self._asleep)
        if sleeping < self._active or all(waiter.gone or waiter.beside for waiter in self._asleep):
            return
        while self._asleep:
            waiter = heapq.heappop(self._asleep)
            if waiter.gone:
                continue
            self._now = max(self._now, waiter.deadline)
            self._progress += 1
            waiter.wake()
            return

    def _check_progress(self, waiter: _Waiter, seen: int) -> int:
        with self._lock:
            if self._progress != seen:
                return self._progress
            waiter.gone = True
            raise RuntimeError(
                f"the virtual clock is stuck at {self._now:g} s: {self._active} units of work announced, "
                f"{len(self._asleep)} asleep, and nothing has moved for {STUCK_AFTER_S:g} real seconds; "
                "something waits for anything but this clock"
            )
