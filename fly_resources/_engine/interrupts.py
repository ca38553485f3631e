"""What an interrupted run still waits for: responses to requests in flight, and nothing else.

A pause before a request or a retry has nothing in flight that could be lost, so it ends with the run.
"""

from __future__ import annotations

import contextlib
import contextvars
import threading
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fly_resources._lazy import lazy

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Generator
else:
    asyncio = lazy("asyncio")

T = TypeVar("T")


class Stopped(BaseException):
    """The run was interrupted: end the flow without a further effect."""


class Halt:
    """Ends the pauses of a run's threads, or of a request in its own task."""

    def __init__(self) -> None:
        """Create it in the running state."""
        self._stopped = threading.Event()
        self._resting: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """End all current and future pauses."""
        self._stopped.set()
        if self._resting is not None:
            self._resting.cancel()

    def check(self) -> None:
        """Raise `Stopped` after `stop`."""
        if self._stopped.is_set():
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Block this thread for `seconds` or until `stop`."""
        self._stopped.wait(seconds)

    async def rest_async(self, pause: Awaitable[None]) -> None:
        """Await a pause that `stop` cancels."""
        self._resting = asyncio.current_task()
        try:
            await pause
        finally:
            self._resting = None
        self.check()


_HALT: Final[contextvars.ContextVar[Halt | None]] = contextvars.ContextVar("halt", default=None)
_HURRY: Final = contextvars.ContextVar("hurry", default=float("inf"))


@contextlib.contextmanager
def _holding(variable: contextvars.ContextVar[T], value: T) -> Generator[None]:
    before = variable.set(value)
    try:
        yield
    finally:
        variable.reset(before)


def halted_by(halt: Halt) -> contextlib.AbstractContextManager[None]:
    """Make `halt` end the pauses inside the block, including those of tasks created there."""
    return _holding(_HALT, halt)


def current_halt() -> Halt | None:
    """Return the `Halt` that applies here."""
    return _HALT.get()


def in_a_hurry(until: float) -> contextlib.AbstractContextManager[None]:
    """Allow no retries inside the block after that time: an interrupted caller is waiting."""
    return _holding(_HURRY, until)


def end_of_patience() -> float:
    """Return the time after which no request is retried here."""
    return _HURRY.get()


async def kept(request: Awaitable[T]) -> tuple[T, asyncio.CancelledError | None]:
    """Return the response and, if cancelled meanwhile, the cancellation; an unsent request is not sent."""
    halt = Halt()
    with halted_by(halt):
        task = asyncio.ensure_future(request)
    try:
        return await asyncio.shield(task), None
    except asyncio.CancelledError as cancelled:
        halt.stop()
        await undisturbed(task)
        if task.cancelled() or task.exception() is not None:
            raise
        return task.result(), cancelled


async def undisturbed(task: asyncio.Future[Any]) -> asyncio.CancelledError | None:
    """Wait for a task despite cancellations; return the last of them."""
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as again:
            cancelled = again
    return cancelled
