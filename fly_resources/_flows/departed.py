"""What a client has destroyed a moment ago: lists may still show it for some seconds (VO-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: For so long an id is remembered. Ids are never used again; an address may be allocated once more.
_REMEMBERED_S: Final = 60.0


class Departed:
    """Ids, and addresses, of what is gone whatever a list says."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._ends: dict[str, float] = {}

    def add(self, ids: Iterable[str], moment: float) -> None:
        """Remember what was destroyed at that moment of the clock; forget what is long gone."""
        for each, end in tuple(self._ends.items()):
            if end < moment:
                self._ends.pop(each, None)
        self._ends.update(dict.fromkeys(ids, moment + _REMEMBERED_S))

    def ids(self, moment: float) -> frozenset[str]:
        """Return what is remembered at that moment."""
        return frozenset(each for each, end in tuple(self._ends.items()) if moment <= end)
