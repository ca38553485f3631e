"""Checks of settings: a wrong one is a ConfigurationError that names the class and the argument."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

    Validator = Callable[[Any, attrs.Attribute[Any], Any], None]


def refuse(title: str, name: str, wanted: str, value: object) -> ConfigurationError:
    """Return the error for an argument that is something else than wanted."""
    return ConfigurationError(f"{title}: {name} must be {wanted}, got {value!r}.")


def is_whole(value: object, least: int) -> bool:
    """Return whether it is a whole number and large enough; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def is_number(value: object) -> bool:
    """Return whether it is a number; True, False and NaN are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def whole(least: int) -> Validator:
    """Return a validator of whole numbers from `least`."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not is_whole(value, least):
            raise refuse(type(instance).__name__, attribute.name, f"a whole number from {least}", value)

    return validate


def seconds() -> Validator:
    """Return a validator of durations in seconds: 0 or more, infinity included."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # noqa: ANN401  # anything
        if not is_number(value) or value < 0:
            raise refuse(type(instance).__name__, attribute.name, "a number of seconds from 0", value)

    return validate


def rate() -> Validator:
    """Return a validator of finite numbers above 0."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # noqa: ANN401  # anything
        if not is_number(value) or value <= 0 or math.isinf(value):
            raise refuse(type(instance).__name__, attribute.name, "a number above 0", value)

    return validate


def flag() -> Validator:
    """Return a validator of True and False."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, bool):
            raise refuse(type(instance).__name__, attribute.name, "True or False", value)

    return validate


def check_clock(title: str, clock: object) -> None:
    """Refuse what cannot tell the time and wait."""
    if clock is not None and not all(hasattr(clock, name) for name in ("now", "sleep", "sleep_async")):
        raise refuse(title, "clock", "a Clock, such as VirtualClock()", clock)
