"""Check whether something exists: read it by id, look again, confirm a DELETE that answered 404."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeVar

from fly_resources._engine.effects import Flow, call, now, sleep
from fly_resources._sdk import reading, requests
from fly_resources.errors import ContradictionError, FlyError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fly_machines import models

    from fly_resources._engine.effects import Request

T = TypeVar("T")

#: Seconds before the request is sent again, each time that a read still shows what a 404 denies.
_PAUSES_S: Final = (1.0, 2.0)


def delete_surely(
    what: str, send: Callable[[], Flow[object]], is_there: Callable[[], Flow[bool]]
) -> Flow[None]:
    """Send a deletion; a 404 or a lost answer counts as success only if a read confirms that it is gone.

    Raises:
        ContradictionError: The request keeps answering 404, and `is_there` says that the thing exists.
        FlyError: The answer was lost, and the thing still exists.
    """
    for pause in (*_PAUSES_S, None):
        try:
            yield from send()
        except NotFoundError as denied:
            if not (yield from is_there()):
                return
            if pause is None:
                raise ContradictionError(
                    f"{what} was not destroyed: {denied} It still exists. Run it again."
                ) from denied
        except FlyError as lost:
            if not lost.maybe_applied or (yield from is_there()):
                raise
            return
        else:
            return
        yield from sleep(pause)


def look_until(
    look: Callable[[], Flow[T]],
    is_enough: Callable[[T], object],
    pauses_s: Iterable[float],
    *,
    within_s: float = math.inf,
) -> Flow[T]:
    """Look, and look again after each pause until it is enough; return what was seen last.

    Slow looks leave less time: none begins more than `within_s` seconds after the first one.
    """
    end = (yield from now()) + within_s
    seen = yield from look()
    for pause in pauses_s:
        if is_enough(seen) or (yield from now()) + pause > end:
            break
        yield from sleep(pause)
        seen = yield from look()
    return seen


def or_none(request: Request[T]) -> Flow[T | None]:
    """Send a read request; return None on a 404."""
    try:
        return (yield from call(request))
    except NotFoundError:
        return None


def exists(request: Request[object]) -> Flow[bool]:
    """Send a read request; return whether its subject exists."""
    return (yield from or_none(request)) is not None


def find_machine(app: str, machine_id: str) -> Flow[models.Machine | None]:
    """Read a machine by its id; None if it is gone, but not while it is still being destroyed."""
    machine = yield from or_none(requests.get_machine(app, machine_id))
    return None if machine is None or reading.is_gone(machine) else machine


def is_machine_there(app: str, machine_id: str) -> Flow[bool]:
    """Return whether a read by id shows the machine and it is not being destroyed."""
    machine = yield from find_machine(app, machine_id)
    return machine is not None and reading.is_live(machine)


def is_volume_there(app: str, volume_id: str) -> Flow[bool]:
    """Return whether a read by id shows the volume and it is not being destroyed."""
    volume = yield from or_none(requests.get_volume(app, volume_id))
    return volume is not None and not reading.is_dying(volume)
