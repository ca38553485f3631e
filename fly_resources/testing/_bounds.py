"""Limits on how much history a world keeps, so that a long-running simulator does not exhaust memory.

Everything that requests created and nobody deleted is kept. Of what is gone, the latest entries are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fly_resources.testing import _lifecycle as lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.testing._state import App

T = TypeVar("T")

#: Events and versions per machine; the service lists at most 50 events (LC-27).
HISTORY = 100
#: Destroyed machines and deleted volumes per app, and snapshots per volume.
GONE = 200


def trim(entries: list[T], keep: int = HISTORY) -> None:
    """Drop the oldest entries of a list."""
    if len(entries) > keep:
        del entries[:-keep]


def forget_gone(app: App, now: float) -> None:
    """Drop the machines and volumes that have been gone the longest, if there are too many."""
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
