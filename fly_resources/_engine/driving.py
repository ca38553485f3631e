"""Run a generator to its end: what it yields is carried out, and it is sent the results.

So one implementation serves threads and tasks, as httpx's own auth flows do.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeVar, cast

StepT = TypeVar("StepT")
T = TypeVar("T")


def drive(
    steps: Generator[StepT, Any, T], carry_out: Callable[[StepT], object], first: StepT | None = None
) -> T:
    """Take all steps on this thread, on from the `first` if that was yielded already."""
    with contextlib.closing(steps):  # also if an interrupt meets this very function
        resume: Callable[[], StepT] = functools.partial(next, steps) if first is None else lambda: first
        try:
            while True:
                step = resume()
                try:
                    resume = functools.partial(steps.send, carry_out(step))
                except BaseException as error:  # noqa: BLE001  # the generator decides what it means
                    resume = functools.partial(steps.throw, error)
        except StopIteration as stop:
            return cast("T", stop.value)
        finally:
            del resume  # an error's traceback holds this frame: keep no circle


async def drive_async(
    steps: Generator[StepT, Any, T],
    carry_out: Callable[[StepT], Awaitable[object]],
    first: StepT | None = None,
) -> T:
    """Take all steps on this task; see `drive`."""
    with contextlib.closing(steps):
        resume: Callable[[], StepT] = functools.partial(next, steps) if first is None else lambda: first
        try:
            while True:
                step = resume()
                try:
                    resume = functools.partial(steps.send, await carry_out(step))
                except BaseException as error:  # noqa: BLE001  # the generator decides what it means
                    resume = functools.partial(steps.throw, error)
        except StopIteration as stop:
            return cast("T", stop.value)
        finally:
            del resume
