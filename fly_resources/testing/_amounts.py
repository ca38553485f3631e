"""Check amounts of time, of which some overflow a clock or the calendar."""

from __future__ import annotations

from typing import Final

#: About 31 years.
MOST_S: Final = 1_000_000_000


def is_seconds(value: object) -> bool:
    """Return whether a value is an amount of time that a simulator can wait for."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_S


def check_seconds(name: str, value: object) -> None:
    """Check an amount of time.

    Raises:
        ValueError: It is not a number, is negative, or is too large.
    """
    if not is_seconds(value):
        raise ValueError(f"{name} must be a number of seconds from 0 to {MOST_S}, got {value!r}")
