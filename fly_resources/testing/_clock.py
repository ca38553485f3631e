"""A clock that advances only when all registered work is waiting on it."""

from __future__ import annotations

import asyncio
import contextvars
import heapq
import itertools
import threading
import time
import weakref
from collections.abc import Callable

import attrs

from fly_resources.testing._stuck import Sleeper, Worker, describe, worker

#: Real seconds without progress after which waiting work raises an error.
STUCK_AFTER_S = 5.0
#: How often a unit may read the clock while others sleep and nothing advances, before it counts as stuck.
_LOOKS = 1000


@attrs.define(eq=False)
class _Waiter:
    """A sleeping unit; units are woken in the order of (deadline, ticket)."""

    deadline: float
    ticket: int
    wake: Callable[[], None] = attrs.field(repr=False)
    announced: bool = True
    #: A helper of other units: time does not advance for it.
    beside: bool = False
    #: It was woken, or stopped sleeping for another reason.
    gone: bool = False
    worker: Worker = attrs.field(factory=worker, repr=False)

    def __lt__(self, other: _Waiter) -> bool:
        """Compare by wake-up order; written out because a large heap calls this very often."""
        if self.deadline != other.deadline:
            return self.deadline < other.deadline
        return self.ticket < other.ticket


class VirtualClock:
    """Virtual seconds for tests: sleeping costs no real time, and runs are repeatable.

    The drivers of `fly_resources` announce their units of work. When every announced unit sleeps, the clock
    jumps to the earliest deadline and wakes that one unit; units with equal deadlines follow one by one, in
    the order in which they went to sleep. So only one unit runs at a time, threads included, and the same
    program always sends the same requests in the same order.

    Work that was never announced (a plain `httpx.Client` in a test) may sleep too: it is woken in its turn,
    and announced work is never rushed for it. Work that blocks on something else, or runs forever without
    sleeping, stops the clock: after `STUCK_AFTER_S` real seconds without progress, whoever sleeps on the
    clock or reads it gets a `RuntimeError`, which says where each unit of work is.
    """

    def __init__(self, start: float = 0.0) -> None:
        """Start at `start` seconds."""
        self._now = start
        self._active = 0
        # Threads and tasks of announced work carry the number of their busy period.
        self._period = 0
        self._member: contextvars.ContextVar[int] = contextvars.ContextVar("period", default=-1)
        self._asleep: list[_Waiter] = []
        #: The number of announced units among them.
        self._sleeping = 0
        self._tickets = itertools.count()
        self._progress = 0
        # Active workers, for the message of a stuck clock; finished ones are left out there.
        self._workers: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._looks = 0
        self._moved_at = time.monotonic()
        self._lock = threading.Lock()

    def now(self) -> float:
        """Return virtual seconds.

        Raises:
            RuntimeError: The clock is read again and again while others wait, so that time cannot advance.
        """
        self._looks += 1
        if self._looks > _LOOKS and self._asleep and time.monotonic() - self._moved_at > STUCK_AFTER_S:
            with self._lock:
                raise self._stuck()
        return self._now

    def announce(self) -> int:
        """Register one more unit of work; see `Clock.announce`."""
        with self._lock:
            self._active += 1
            return next(self._tickets)

    def start(self, ticket: int) -> None:
        """Begin an announced unit when its turn comes."""
        self._join()
        self._block(0.0, ticket)

    async def start_async(self, ticket: int) -> None:
        """Begin an announced unit when its turn comes; tasks created together are all announced by then."""
        self._join()
        await asyncio.sleep(0)
        await self._suspend(0.0, ticket)

    def finish(self) -> None:
        """Unregister one unit, and let another run if all remaining units sleep."""
        with self._lock:
            self._workers.discard(worker())
            self._active -= 1
            self._period += self._active == 0
            self._advance()

    def catch_up(self, seconds: float) -> None:
        """Advance time by `seconds`, unless announced work is active: that controls time itself."""
        with self._lock:
            works = self._active > 0
        if not works and seconds > 0:
            self.sleep(seconds)

    def _join(self) -> None:
        self._member.set(self._period)
        with self._lock:
            self._workers.add(worker())

    def sleep(self, seconds: float) -> None:
        """Block until `seconds` virtual seconds have passed."""
        self._block(max(0.0, seconds), None)

    async def sleep_async(self, seconds: float) -> None:
        """Suspend until `seconds` virtual seconds have passed."""
        await self._suspend(max(0.0, seconds), None)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` once other work has let that many virtual seconds pass; see `Clock.alarm`."""

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
                self._leave(waiter)
            raise

    def _enter(self, seconds: float, ticket: int | None, wake: Callable[[], None]) -> tuple[_Waiter, int]:
        with self._lock:
            turn = next(self._tickets) if ticket is None else ticket
            announced = self._member.get() == self._period
            waiter = _Waiter(self._now + seconds, turn, wake, announced)
            heapq.heappush(self._asleep, waiter)
            self._sleeping += announced
            self._move()
            seen = self._progress
            self._advance()
        return waiter, seen

    def _advance(self) -> None:
        """Wake the next sleeper if no announced unit is running. Called with the lock held."""
        if self._sleeping < self._active or all(waiter.gone or waiter.beside for waiter in self._asleep):
            return
        while self._asleep:
            waiter = heapq.heappop(self._asleep)
            if waiter.gone:
                continue
            self._leave(waiter)
            passed = max(0.0, waiter.deadline - self._now)
            self._now = max(self._now, waiter.deadline)
            self._move()
            self._wake(waiter.wake, passed)
            return

    def _leave(self, waiter: _Waiter) -> None:
        """Remove it from the sleepers. Called with the lock held."""
        if not waiter.gone:
            waiter.gone = True
            self._sleeping -= waiter.announced

    def _wake(self, wake: Callable[[], None], passed: float) -> None:  # noqa: ARG002 - for clocks that take time
        """Resume a unit, `passed` virtual seconds after the previous one. Called with the lock held."""
        wake()

    def _move(self) -> None:
        """Record progress. Called with the lock held."""
        self._progress += 1
        self._looks = 0
        self._moved_at = time.monotonic()

    def _check_progress(self, waiter: _Waiter, seen: int) -> int:
        with self._lock:
            if self._progress != seen:
                return self._progress
            stuck = self._stuck()
            self._leave(waiter)
            raise stuck

    def _stuck(self) -> RuntimeError:
        """Build the error that names what blocks the clock. Called with the lock held."""
        asleep = [Sleeper(each.worker, each.deadline) for each in self._asleep if not each.gone]
        return RuntimeError(
            f"the virtual clock is stuck at {self._now:g} s: {self._active} units of work announced, "
            f"{len(asleep)} asleep, and nothing has moved for {STUCK_AFTER_S:g} real seconds; something "
            f"waits for something other than this clock:{describe(asleep, self._workers)}"
        )
