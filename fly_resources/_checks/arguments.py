"""Checks of settings. An invalid one is a ConfigurationError that names the class and the argument."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any

from fly_resources._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

    Validator = Callable[[Any, attrs.Attribute[Any], Any], None]


def refuse(title: str, name: str, wanted: str, value: object) -> ConfigurationError:
    """Return the error for an invalid argument."""
    return ConfigurationError(f"{title}: {name} must be {wanted}, got {value!r}.")


def is_whole(value: object, least: int) -> bool:
    """Return whether a value is a whole number from `least`; bools are not."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def is_number(value: object) -> bool:
    """Return whether a value is a number; bools, NaN and integers too large for a float are not."""
    if isinstance(value, float):
        return not math.isnan(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _validator(wanted: str, fits: Callable[[Any], bool]) -> Validator:
    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not fits(value):
            raise refuse(type(instance).__name__, attribute.name, wanted, value)

    return validate


def whole(least: int) -> Validator:
    """Return a validator for whole numbers from `least`."""
    return _validator(f"a whole number from {least}", lambda value: is_whole(value, least))


def seconds() -> Validator:
    """Return a validator for durations in seconds: 0 or more, including infinity."""
    return _validator("a number of seconds from 0", lambda value: is_number(value) and value >= 0)


def rate() -> Validator:
    """Return a validator for finite numbers above 0."""
    return _validator("a number above 0", lambda value: is_number(value) and 0 < value < math.inf)


def flag() -> Validator:
    """Return a validator for bools."""
    return _validator("True or False", lambda value: isinstance(value, bool))


def check_clock(title: str, clock: object) -> None:
    """Check that a clock has the methods of `Clock`."""
    lacks = any(not hasattr(clock, name) for name in ("now", "sleep", "sleep_async"))
    if clock is not None and (lacks or isinstance(clock, type)):
        raise refuse(title, "clock", "a Clock, such as VirtualClock()", clock)
