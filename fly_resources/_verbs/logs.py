"""The log of an app or of one of its machines: the latest lines, and the lines that follow.

The API operations return the latest lines and take no cursor. Following a log therefore means polling it and
skipping the lines of the previous response.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from fly_resources._engine.effects import Flow, call, sleep
from fly_resources._sdk import requests
from fly_resources._verbs.targets import find_id, named_app, target
from fly_resources.errors import NotFoundError

if TYPE_CHECKING:
    from fly_resources.report import LogLine

#: Seconds between two polls.
_EVERY_S: Final = 2.0
#: The number of recent lines that are remembered to detect repetition.
_REMEMBERED: Final = 10_000


@attrs.define
class Tail:
    """A log, with the lines of it that were already returned.

    `machine`: its id or name; None for the whole app. `ended`: the machine is gone, so no more lines follow.
    """

    app: str
    machine: str | None
    seen: Counter[LogLine] | None = None
    ended: bool = False


def open_log(app: object, machine: object = None) -> Tail:
    """Return a log that starts with its latest lines; nothing is read yet.

    Raises:
        ConfigurationError: The argument is not an app, or not a machine of that app.
    """
    return Tail(named_app(app), None if machine is None else target(machine, app).name)


def read_next(tail: Tail) -> Flow[list[LogLine]]:
    """Return the latest lines first, and on each later call the new ones; the list may be empty."""
    first = tail.seen is None
    if first and tail.machine is not None:
        _, tail.machine = yield from find_id(target(tail.machine, tail.app))
    elif not first:
        yield from sleep(_EVERY_S)
    try:
        lines = yield from call(requests.read_logs(tail.app, tail.machine))
    except NotFoundError:
        if first:
            raise
        tail.ended = True
        return []
    known = Counter(tail.seen or ())
    # A response from a stale node may lack lines that the previous response had.
    tail.seen = Counter(lines) | (known if len(known) <= _REMEMBERED else Counter())
    fresh = []
    for line in lines:
        if known[line] > 0:
            known[line] -= 1
        else:
            fresh.append(line)
    return fresh
