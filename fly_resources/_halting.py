"""What an interrupted run still waits for: the answer to what was sent, and nothing else.

A pause before a request, or before it is sent again, has sent nothing that could be lost. So it ends when
the run does.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Generator

T = TypeVar("T")


class Stopped(BaseException):
    """The run that this belongs to was interrupted: end it without a further effect."""


class Halt:
    """Ends the pauses of one run's threads, or those of one request in a task of its own."""

    def __init__(self) -> None:
        """Let everything go on until `stop`."""
        self._stopped = threading.Event()
        self._resting: asyncio.Task[Any] | None = None

    @property
    def stopped(self) -> bool:
        """Return whether `stop` was called."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """End all pauses, those to come included."""
        self._stopped.set()
        if self._resting is not None:
            self._resting.cancel()

    def check(self) -> None:
        """Raise if what belongs to this is to end."""
        if self.stopped:
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Block this thread for so long, or until `stop`."""
        self._stopped.wait(seconds)

    async def rest_async(self, pause: Awaitable[None]) -> None:
        """Await a pause, which `stop` cancels."""
        self._resting = asyncio.current_task()
        try:
            await pause
        finally:
            self._resting = None
        self.check()


_HALT: Final[contextvars.ContextVar[Halt | None]] = contextvars.ContextVar("halt", default=None)
_HURRY: Final = contextvars.ContextVar("hurry", default=float("inf"))


@contextlib.contextmanager
def halted_by(halt: Halt) -> Generator[None]:
    """Let the pauses inside, and those of tasks that are made inside, end with `halt`."""
    before = _HALT.set(halt)
    try:
        yield
    finally:
        _HALT.reset(before)


def current_halt() -> Halt | None:
    """Return what ends a pause that begins here."""
    return _HALT.get()


@contextlib.contextmanager
def in_a_hurry(until: float) -> Generator[None]:
    """Send nothing again inside after that moment of the clock: an interrupted caller waits."""
    before = _HURRY.set(until)
    try:
        yield
    finally:
        _HURRY.reset(before)


def end_of_patience() -> float:
    """Return the moment after which nothing that failed here is sent again."""
    return _HURRY.get()


async def kept(request: Awaitable[T]) -> tuple[T, asyncio.CancelledError | None]:
    """Return the answer, and what cancelled us while it was on its way; what was not sent yet stays so."""
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
    """Wait until a task has ended, however often we are cancelled; return what cancelled us last."""
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as again:
            cancelled = again
    return cancelled
