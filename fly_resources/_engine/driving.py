"""Run a generator to its end: what it yields is carried out, and it is sent the results.

So one implementation serves threads and tasks, as httpx's own auth flows do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeVar, cast

StepT = TypeVar("StepT")
T = TypeVar("T")


def drive(
    steps: Generator[StepT, Any, T], carry_out: Callable[[StepT], object], first: StepT | None = None
) -> T:
    """Carry out all steps on this thread. `first`: a step that the generator has already yielded."""
    with contextlib.closing(steps):  # also if an interrupt meets this very function
        value: object = None
        error: BaseException | None = None
        while True:
            try:
                step = first or (steps.send(value) if error is None else steps.throw(error))
            except StopIteration as stop:
                return cast("T", stop.value)
            finally:
                first = value = error = None
            try:
                value = carry_out(step)
            except BaseException as raised:  # noqa: BLE001  # the generator decides what it means
                error = raised


async def drive_async(
    steps: Generator[StepT, Any, T],
    carry_out: Callable[[StepT], Awaitable[object]],
    first: StepT | None = None,
) -> T:
    """Carry out all steps on this task; see `drive`."""
    with contextlib.closing(steps):
        value: object = None
        error: BaseException | None = None
        while True:
            try:
                step = first or (steps.send(value) if error is None else steps.throw(error))
            except StopIteration as stop:
                return cast("T", stop.value)
            finally:
                first = value = error = None
            try:
                value = await carry_out(step)
            except BaseException as raised:  # noqa: BLE001  # the generator decides what it means
                error = raised
