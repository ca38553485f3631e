"""Regions as they are asked for: one, a list such as "iad,ewr", or a word for several (MA-3, VO-6)."""

from __future__ import annotations

from typing import Final

#: Words for several regions: whatever the service chose satisfies them.
_ALIASES: Final = frozenset({"any", "apac", "eu", "na", "sa", "us", "usa"})


def allows(wanted: str, region: str) -> bool:
    """Whether something in `region` is where `wanted` says; nothing wanted allows any."""
    places = set(wanted.split(",")) - {""}
    return not places or region in places or not _ALIASES.isdisjoint(places)
