"""Share a read between flows of a client that ask for it before it is sent.

A flow never gets the response of a read that was sent before it asked, because its own writes could be
missing there.
"""

from __future__ import annotations

import copy
import os
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from fly_resources._engine.effects import Call, now, sleep
from fly_resources._engine.interrupts import end_of_patience
from fly_resources._errors import FlyError

if TYPE_CHECKING:
    from collections.abc import Hashable

    from fly_resources._engine.effects import Flow

T = TypeVar("T")

#: Called without arguments just before a request is sent, after any wait for the rate limit.
SENDING: Final = "fly_sending"
#: Seconds between checks whether another flow's read has been answered.
_GLANCE_S: Final = 0.1
#: Seconds to wait for another flow's read before sending one's own.
_PATIENCE_S: Final = 90.0


@attrs.define(eq=False)
class _Reading:
    """One read. `sent` is set before it is sent, `ended` after its response or error has arrived.

    An abandoned read has ended with neither.
    """

    sent: bool = False
    ended: bool = False
    answer: Any = None
    error: FlyError | None = None

    def send(self) -> None:
        """Mark it as sent: later callers do not share it."""
        self.sent = True


class Reads:
    """The pending reads of one client.

    No lock is needed: two threads that start the same read at the same moment send one each. A forked
    child does not wait for its parent's reads.
    """

    def __init__(self) -> None:
        """Create it without pending reads."""
        self._open: dict[Hashable, _Reading] = {}

    def ask(self, request: Call[T]) -> Flow[T]:
        """Send a read, or share one that another flow has asked for and that is not sent yet.

        Each flow parses the response itself, and gets its own error.
        """
        if end_of_patience() != float("inf"):
            # Without retries it could fail where the other flows' read would succeed.
            return cast("T", (yield attrs.evolve(request, shared=False)))
        key = (os.getpid(), repr(request.parts))
        while True:
            reading = self._open.get(key)
            if reading is None or reading.sent or reading.ended:
                return request.read((yield from self._lead(key, request)))
            yield from _await(reading)
            if reading.error is not None:
                raise copy.copy(reading.error)
            if reading.answer is not None:
                return request.read(reading.answer)
            self._forget(key, reading)

    def _lead(self, key: Hashable, request: Call[Any]) -> Flow[Any]:
        """Send it for all flows that ask before it is sent."""
        reading = self._open[key] = _Reading()
        extensions = {**request.parts.get("extensions", {}), SENDING: reading.send}
        parts = {**request.parts, "extensions": extensions}
        try:
            answer = yield Call(parts, lambda response: response, keep=request.keep)
            reading.answer = answer
        except FlyError as error:
            reading.error = copy.copy(error)
            raise
        finally:
            reading.ended = True
            self._forget(key, reading)
        return answer

    def _forget(self, key: Hashable, reading: _Reading) -> None:
        if self._open.get(key) is reading:
            self._open.pop(key, None)


def _await(reading: _Reading) -> Flow[None]:
    """Wait until another flow's read has ended or taken too long."""
    end = (yield from now()) + _PATIENCE_S
    while not reading.ended and (yield from now()) < end:
        yield from sleep(_GLANCE_S)
