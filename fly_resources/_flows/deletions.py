"""A DELETE that answers 404 has not deleted anything: a read tells whether there was anything to delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, sleep
from fly_resources.errors import ContradictionError, FlyError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds after which it is sent again, each time that a read still shows what a 404 denies.
_PAUSES_S: Final = (1.0, 2.0)


def delete_surely(
    what: str, send: Callable[[], Flow[object]], is_there: Callable[[], Flow[bool]]
) -> Flow[None]:
    """Send what deletes something; a 404 counts as success only if a read confirms it, and so a lost answer.

    Raises:
        ContradictionError: It answers 404 again and again, and `is_there` says that it is there.
        FlyError: The answer was lost, and it is there.
    """
    for pause in (*_PAUSES_S, None):
        try:
            yield from send()
        except NotFoundError as denied:
            if not (yield from is_there()):
                return
            if pause is None:
                raise ContradictionError(
                    f"{what} was not destroyed: {denied} A read shows that it is there. Run it again."
                ) from denied
        except FlyError as lost:
            if not lost.maybe_applied or (yield from is_there()):
                raise
            return
        else:
            return
        yield from sleep(pause)


def is_machine_there(app: str, machine_id: str) -> Flow[bool]:
    """Return whether a read by id shows the machine, and not on its way out."""
    try:
        machine = yield from call(_ops.get_machine(app, machine_id))
    except NotFoundError:
        return False
    return _readings.is_live(machine)


def is_volume_there(app: str, volume_id: str) -> Flow[bool]:
    """Return whether a read by id shows the volume, and not on its way out."""
    try:
        volume = yield from call(_ops.get_volume(app, volume_id))
    except NotFoundError:
        return False
    return not _readings.is_dying(volume)


def is_app_there(app: str) -> Flow[bool]:
    """Return whether a read shows the app."""
    try:
        yield from call(_ops.get_app(app))
    except NotFoundError:
        return False
    return True
