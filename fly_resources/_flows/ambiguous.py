"""Writes whose answer was lost: look whether they happened before anything is sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fly_resources._effects import Flow, now, sleep
from fly_resources.errors import FlyError, OutcomeUnknownError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

#: A create may land this long after its answer was lost; 17 s were seen (PL-9).
SETTLE_S = 30.0
_RESENDS = 2


def create_named(create: Callable[[], Flow[T]], find: Callable[[], Flow[T | None]]) -> Flow[T]:
    """Create what the service keeps unique by name: after a lost answer, adopt it or send again.

    Sending again is harmless: if the first one lands late, the service refuses the second.
    """
    for resent in range(_RESENDS + 1):
        try:
            return (yield from create())
        except FlyError as error:
            if not error.maybe_applied:
                raise
            found = yield from find()
            if found is not None:
                return found
            if resent == _RESENDS:
                raise
            yield from sleep(1.0 + resent)
    raise AssertionError("unreachable")


def create_once(create: Callable[[], Flow[T]], find_new: Callable[[], Flow[list[T]]], what: str) -> Flow[T]:
    """Create what the service would make twice: after a lost answer, only look, never send again.

    Raises:
        OutcomeUnknownError: Nothing new appeared within `SETTLE_S`, or more than one did.
    """
    try:
        return (yield from create())
    except FlyError as error:
        if not error.maybe_applied:
            raise
        lost = error
    end = (yield from now()) + SETTLE_S
    pause = 1.0
    while True:
        found = yield from find_new()
        if len(found) == 1:
            return found[0]
        if found or (yield from now()) + pause > end:
            break
        yield from sleep(pause)
        pause = min(pause * 2, 8.0)
    seen = (
        f"{len(found)} new ones appeared, and which is ours cannot be told"
        if found
        else "none has appeared since"
    )
    raise OutcomeUnknownError(
        f"The answer to creating {what} was lost, and {seen}. Nothing was sent again. "
        "Run it again in a minute: it adopts what has appeared by then.",
        method="POST",
        route=getattr(lost, "route", ""),
    ) from lost
