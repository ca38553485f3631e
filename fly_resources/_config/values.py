"""Config values that the service would misread: durations without a unit, variables without a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from fly_resources._config.compare import Path, is_duration, parse_duration, render
from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError

_MICROSECOND: Final = dt.timedelta(microseconds=1)
#: Fewer nanoseconds than this are never meant as nanoseconds.
_LEAST: Final = 10**6
_MAPS_OF_VARIABLES: Final = ("env", "extra_env")


def spell_durations(title: str, config: dict[str, Any] | list[Any], path: Path = ()) -> None:
    """Write the durations in a config, or in a part of it, in the service's format (MA-12).

    Raises:
        ConfigurationError: A number or string has an ambiguous unit; the message gives the correct spelling.
    """
    rows: Any = config  # a key in it is a string or a number
    for key, each in config.items() if isinstance(config, dict) else enumerate(config):
        if isinstance(each, dict | list):
            spell_durations(title, each, (*path, key))
        elif is_duration((*path, key)):
            rows[key] = _duration(title, (*path, key), each)


def _duration(title: str, path: Path, value: object) -> object:
    if isinstance(value, dt.timedelta) and value >= dt.timedelta():
        return _spelled(value)
    wrong = _find_wrong_duration(value)
    if wrong:
        raise ConfigurationError(f"{title}: config key {render(path)!r}{wrong}")
    return value


def _find_wrong_duration(value: object) -> str:
    """Return what is wrong with a duration and what is correct; "" if the service reads it as meant."""
    if isinstance(value, dt.timedelta):
        return " must be a duration of at least 0."
    if isinstance(value, bool) or not isinstance(value, int | float | str | Secret):
        return " must be a duration such as '30s', or a timedelta."
    if isinstance(value, int | float):
        if value == 0 or (value >= _LEAST and isinstance(value, int)):
            return ""
        # A number counts nanoseconds, and a small number is never meant that way.
        seconds = f"{abs(value):g}s"
        return f": {value:g} is {value:g} nanoseconds; write '{seconds}' for seconds, or give a timedelta."
    return _find_wrong_spelling(value)


def _find_wrong_spelling(value: str | Secret) -> str:
    text = value.reveal() if isinstance(value, Secret) else value
    if (nanoseconds := parse_duration(text)) is not None and nanoseconds >= 0:
        return ""
    seconds = f"{text if text.isascii() and text.isdigit() else '30'}s"
    shown = "the secret" if isinstance(value, Secret) else repr(text)
    return f": {shown} is not a duration; write '{seconds}' for seconds."


def _spelled(value: dt.timedelta) -> str:
    microseconds = value // _MICROSECOND
    seconds, rest = divmod(microseconds, 10**6)
    return f"{seconds}s" if not rest else f"{microseconds}us"


def check_variables(title: str, config: Any) -> None:  # noqa: ANN401  # checked later
    """Refuse environment variables without a value, which would be dropped, or with an impossible one.

    Raises:
        ConfigurationError: Names the variable.
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
                text = value.reveal() if isinstance(value, Secret) else value
                if isinstance(text, str) and "\0" in text:
                    raise ConfigurationError(f"{title}: env {name!r} holds NUL, which no variable can.")
