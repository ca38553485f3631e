"""What a client has just destroyed: lists may still show it for some seconds (VO-13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Seconds for which an id is remembered. Ids are never reused; an address may be allocated once more.
_REMEMBERED_S: Final = 60.0


class Departed:
    """Ids and addresses that are gone, whatever a list says."""

    def __init__(self) -> None:
        """Start with no ids."""
        self._ends: dict[str, float] = {}

    def add(self, ids: Iterable[str], moment: float) -> None:
        """Remember ids that were destroyed at `moment`, and forget those whose time is over."""
        for each, end in tuple(self._ends.items()):
            if end < moment:
                self._ends.pop(each, None)
        self._ends.update(dict.fromkeys(ids, moment + _REMEMBERED_S))

    def ids(self, moment: float) -> frozenset[str]:
        """Return the ids that are remembered at `moment`."""
        return frozenset(each for each, end in tuple(self._ends.items()) if moment <= end)
