"""Regions as they are asked for: one, a list such as "iad,ewr", or a word for several (MA-3, VO-6)."""

from __future__ import annotations

from typing import Final

#: Words for several regions: whatever the service chose satisfies them.
_ALIASES: Final = frozenset({"any", "apac", "eu", "na", "sa", "us", "usa"})


def places(wanted: str) -> list[str]:
    """Return the regions that are named themselves, in their order."""
    return [place for place in wanted.split(",") if place and place not in _ALIASES]


def allows(wanted: str, region: str | None) -> bool:
    """Return whether something in `region` is where `wanted` says; nothing wanted allows any.

    A region that an answer leaves out is unknown: nothing may be replaced for it.
    """
    words = set(wanted.split(",")) - {""}
    return not words or not region or region in words or not _ALIASES.isdisjoint(words)
