"""How much a simulator remembers, so that a long life does not fill its memory.

What requests made and nobody deleted stays. Of what is over, the latest stays.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from fly_resources.testing import _lifecycle as lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.testing._exchange import RecordedRequest
    from fly_resources.testing._state import App

T = TypeVar("T")

#: Requests of one simulator, unless it is told otherwise.
REQUESTS = 10_000
#: Events and versions of a machine; the service lists at most 50 events (LC-27).
HISTORY = 100
#: Destroyed machines and deleted volumes of an app, and snapshots of a volume.
GONE = 200

_logger = logging.getLogger("fly_resources.testing")


class RequestLog(list["RecordedRequest"]):
    """The latest requests of a simulator, in order; `dropped` counts those before them.

    When the first is dropped, the logger `fly_resources.testing` says so.
    """

    def __init__(self, keep: int) -> None:
        """Keep the latest `keep` requests; up to a tenth more between two times of dropping."""
        super().__init__()
        self.keep = keep
        self.dropped = 0

    def append(self, request: RecordedRequest) -> None:
        """Add one, and drop the oldest when there are too many."""
        super().append(request)
        surplus = len(self) - self.keep
        if surplus > self.keep // 10:
            if not self.dropped:
                _logger.warning("only the latest %d requests are kept: see FlySimulator.requests", self.keep)
            del self[:surplus]
            self.dropped += surplus

    def clear(self) -> None:
        """Forget all, and how many were dropped."""
        super().clear()
        self.dropped = 0


def trim(entries: list[T], keep: int = HISTORY) -> None:
    """Drop the oldest entries of a list."""
    if len(entries) > keep:
        del entries[:-keep]


def forget_gone(app: App, now: float) -> None:
    """Drop machines and volumes that have been gone the longest, where there are too many."""
    if len(app.machines) > GONE:
        for machine in app.machines.values():
            lifecycle.advance(machine, now)
        _drop(app.machines, (m.id for m in app.machines.values() if m.state == "destroyed"))
    if len(app.volumes) > GONE:
        over = [v for v in app.volumes.values() if v.deleted_at is not None]
        for volume in over:
            if volume.deleted_at is not None and now >= volume.deleted_at + volume.recoverable_s:
                del app.volumes[volume.id]
        _drop(app.volumes, (v.id for v in over if v.id in app.volumes))


def _drop(records: dict[str, T], gone: Iterable[str]) -> None:
    for key in list(gone)[:-GONE]:
        del records[key]
