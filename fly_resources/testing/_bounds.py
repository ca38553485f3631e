"""How much of a world is remembered, so that a long life of a simulator does not fill its memory.

What requests made and nobody deleted stays. Of what is over, the latest stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fly_resources.testing import _lifecycle as lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.testing._state import App

T = TypeVar("T")

#: Events and versions of a machine; the service lists at most 50 events (LC-27).
HISTORY = 100
#: Destroyed machines and deleted volumes of an app, and snapshots of a volume.
GONE = 200


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
