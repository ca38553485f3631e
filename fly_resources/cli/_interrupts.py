"""Ctrl-C and SIGTERM: acknowledged at once, while requests in flight finish; a second one exits at once."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator

#: Signals that end a command, with their defaults: Ctrl-C, the end of a CI job, and of a terminal.
_ENDS: Final = {
    getattr(signal, name): signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
}
#: How many possibly half-done resources are named.
_MOST_NAMED: Final = 8


class _Interruptible(Protocol):
    def acknowledge(self) -> None: ...

    def end_now(self) -> NoReturn: ...


@contextlib.contextmanager
def heard(run: _Interruptible) -> Generator[None]:
    """Acknowledge the first Ctrl-C, SIGTERM or SIGHUP; exit on the second."""
    asked = [each for each, default in _ENDS.items() if signal.getsignal(each) is default]
    if threading.current_thread() is not threading.main_thread():
        asked = []
    first = True

    def hear(_number: int, _frame: object) -> NoReturn:
        nonlocal first
        if not first:
            run.end_now()
        first = False
        run.acknowledge()
        raise KeyboardInterrupt

    before = {each: signal.signal(each, hear) for each in asked}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Progress:
    """What was started and what has ended, for the message after an interrupt."""

    def __init__(self) -> None:
        """Start empty."""
        self.begun = False
        self.done = 0
        self._open: dict[str, None] = {}

    def begin(self, *subjects: str) -> None:
        """Note that something may be written from now on."""
        self.begun = True
        self._open |= dict.fromkeys(subjects)

    def end(self, subject: str, *, well: bool = True) -> None:
        """Note that one subject is done, or has failed."""
        self._open.pop(subject, None)
        self.done += well

    def describe(self) -> str:
        """Return what is done and what may be half done."""
        if not self.begun:
            return "Nothing had started."
        named = list(self._open)
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        open_ = (
            f"may be half done: {', '.join(named[:_MOST_NAMED])}{more}" if named else "nothing is half done"
        )
        return f"{self.done} done; {open_}."
