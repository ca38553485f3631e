"""Report which unit of work waits for what, if a virtual clock is stuck.

A unit is a thread or a task. Its position is read from its stack, and only if something is wrong.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

#: Maximum lines of a message; the rest is only counted.
_SHOWN = 10
#: Files whose frames only wait or drive; their caller is more informative.
_PLUMBING = (
    "/fly_resources/testing/_clock.py",
    "/fly_resources/testing/_stuck.py",
    "/fly_resources/testing/_transport.py",
    "/fly_resources/testing/_exchange.py",
    "/fly_resources/_engine/",
    "/threading.py",
    "/contextlib.py",
    "/asyncio/",
)

Worker: TypeAlias = "threading.Thread | asyncio.Task[Any]"


def worker() -> Worker:
    """Return the current task, or else the current thread."""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    return threading.current_thread() if task is None else task


@attrs.frozen
class Sleeper:
    """A unit that sleeps on the clock until a given time."""

    worker: Worker
    until: float


def describe(sleepers: Iterable[Sleeper], others: Iterable[Worker]) -> str:
    """Return one line per unit: first those that do not sleep on the clock, then those that do."""
    asleep = sorted(sleepers, key=lambda each: each.until)
    sleeping = {id(each.worker) for each in asleep}
    lines = [
        f"{_name(each)} does not wait for the clock; it is at {_place(each)}"
        for each in sorted(others, key=_name)
        if id(each) not in sleeping and _is_alive(each)
    ]
    lines += [
        f"{_name(each.worker)} sleeps until {each.until:g} s, at {_place(each.worker)}" for each in asleep
    ]
    more = len(lines) - _SHOWN
    return "".join(f"\n  {line}" for line in lines[:_SHOWN]) + (f"\n  and {more} more" if more > 0 else "")


def _name(unit: Worker) -> str:
    return unit.name if isinstance(unit, threading.Thread) else unit.get_name()


def _is_alive(unit: Worker) -> bool:
    return unit.is_alive() if isinstance(unit, threading.Thread) else not unit.done()


def _place(unit: Worker) -> str:
    """Return the file, line and function where a unit is, excluding the driver's own frames."""
    if isinstance(unit, threading.Thread):
        frames = _thread_frames(unit)
    elif unit is worker():
        frames = _thread_frames(threading.current_thread())  # a running frame does not say what it awaits
    else:
        frames = _awaited(unit.get_coro())
    told = [frame for frame in frames if not _is_plumbing(frame)]
    # A flow is called by its driver and is not on any stack; the driver knows it.
    flows = [place for frame in frames for place in _flow_of(frame)]
    if flows and (not told or _is_driven(frames, told[-1])):
        return flows[-1]
    return _spot(told[-1]) if told else "its first step"


def _is_driven(frames: list[FrameType], told: FrameType) -> bool:
    """Return whether the frame is outside of the driver, so that the flow is more informative."""
    drivers = [index for index, frame in enumerate(frames) if _flow_of(frame)]
    return bool(drivers) and frames.index(told) < drivers[-1]


def _thread_frames(unit: threading.Thread) -> list[FrameType]:
    """Return the frames of a thread, outermost first."""
    frame = sys._current_frames().get(unit.ident or 0)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # none is public
    frames: list[FrameType] = []
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    return frames[::-1]


def _awaited(outermost: object) -> list[FrameType]:
    """Return the frames of a chain of awaiting coroutines or generators, outermost first."""
    frames: list[FrameType] = []
    waits: object = outermost
    while waits is not None:
        frame = getattr(waits, "cr_frame", None) or getattr(waits, "gi_frame", None)
        if frame is not None:
            frames.append(frame)
        waits = getattr(waits, "cr_await", None) or getattr(waits, "gi_yieldfrom", None)
    return frames


def _flow_of(frame: FrameType) -> list[str]:
    if frame.f_code.co_name != "drive" or "/_engine/" not in _path(frame):
        return []
    return [_spot(each) for each in _awaited(frame.f_locals.get("flow")) if not _is_plumbing(each)][-1:]


def _is_plumbing(frame: FrameType) -> bool:
    path = _path(frame)
    return any(part in path for part in _PLUMBING)


def _path(frame: FrameType) -> str:
    return Path(frame.f_code.co_filename).as_posix()


def _spot(frame: FrameType) -> str:
    path = Path(frame.f_code.co_filename)
    return f"{path.parent.name}/{path.name}:{frame.f_lineno} in {frame.f_code.co_name}"
