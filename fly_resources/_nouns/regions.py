"""Requested regions: one, a list such as "iad,ewr", or an alias for several (MA-3, VO-6)."""

from __future__ import annotations

from typing import Final

#: Aliases for several regions: they accept whatever region the service chose.
_ALIASES: Final = frozenset({"any", "apac", "eu", "na", "sa", "us", "usa"})


def places(wanted: str) -> list[str]:
    """Return the regions that are named explicitly, in their order."""
    return [place for place in wanted.split(",") if place and place not in _ALIASES]


def allows(wanted: str, region: str | None) -> bool:
    """Return whether `region` satisfies `wanted`; an empty `wanted` allows any region.

    A region that an answer omits is unknown, and nothing may be replaced because of it.
    """
    words = set(wanted.split(",")) - {""}
    return not words or not region or region in words or not _ALIASES.isdisjoint(words)
