"""Values of a config that the service would misread: durations without a unit, variables without a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from fly_resources._compare import Path, is_duration, parse_duration, render
from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError

_MICROSECOND: Final = dt.timedelta(microseconds=1)
#: Nanoseconds below which nobody means nanoseconds.
_LEAST: Final = 10**6
_MAPS_OF_VARIABLES: Final = ("env", "extra_env")


def with_durations(title: str, config: Any, path: Path = ()) -> Any:  # noqa: ANN401  # any JSON value
    """Return a config whose durations are as the service reads them (MA-12).

    Raises:
        ConfigurationError: A number or text whose unit could be mistaken; it says the right spelling.
    """
    if isinstance(config, Mapping):
        return {key: with_durations(title, each, (*path, key)) for key, each in config.items()}
    if isinstance(config, list):
        return [with_durations(title, each, (*path, index)) for index, each in enumerate(config)]
    return _duration(title, path, config) if is_duration(path) else config


def _duration(title: str, path: Path, value: object) -> object:
    here = f"{title}: config key {render(path)!r}"
    if isinstance(value, dt.timedelta):
        if value < dt.timedelta():
            raise ConfigurationError(f"{here} is a negative duration; give one from 0.")
        return _spelled(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str | Secret):
        raise ConfigurationError(f"{here} takes a duration such as '30s', or a timedelta.")
    if isinstance(value, str | Secret):
        text = value.reveal() if isinstance(value, Secret) else value
        if (nanoseconds := parse_duration(text)) is None or nanoseconds < 0:
            seconds = text if text.isascii() and text.isdigit() else "30"
            shown = "the secret" if isinstance(value, Secret) else repr(text)
            raise ConfigurationError(f"{here}: {shown} is no duration; write '{seconds}s' for seconds.")
    elif value != 0 and (value < _LEAST or not isinstance(value, int)):
        # A number counts nanoseconds, which nobody means who writes a small one.
        raise ConfigurationError(
            f"{here}: {value:g} is {value:g} nanoseconds; write '{abs(value):g}s' for seconds, or give a "
            "timedelta."
        )
    return value


def _spelled(value: dt.timedelta) -> str:
    microseconds = value // _MICROSECOND
    seconds, rest = divmod(microseconds, 10**6)
    return f"{seconds}s" if not rest else f"{microseconds}us"


def check_variables(title: str, config: Any) -> None:  # noqa: ANN401  # checked later
    """Refuse variables of the environment that have no value: one that is None would vanish.

    Raises:
        ConfigurationError: It names the variable.
    """
    containers = config.get("containers") if isinstance(config, Mapping) else None
    holders = [config, *(containers if isinstance(containers, list | tuple) else ())]
    for holder in holders:
        for kind in _MAPS_OF_VARIABLES if isinstance(holder, Mapping) else ():
            variables = holder.get(kind)
            for name, value in variables.items() if isinstance(variables, Mapping) else ():
                if value is None:
                    raise ConfigurationError(
                        f"{title}: env {name!r} is None: is a variable not set here? Give a text, or leave "
                        "it out."
                    )
