"""Check a declared machine config: known keys, and values that can be sent and are not misread."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fly_resources._checks.fields import is_sendable
from fly_resources._config.compare import Path, is_duration, parse_duration, plain, render, without_nulls
from fly_resources._config.keys import OURS, find_oddities
from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError

#: Maps with string values: the key, the term for its keys, and the term for its values.
_TEXTS: Final = (("metadata", "keys", "metadata"), ("env", "names", "environment"))
#: Maps of variables, of the machine or of a container.
_MAPS_OF_VARIABLES: Final = frozenset({("env",), ("extra_env",)})
_SECOND: Final = dt.timedelta(seconds=1)
_MICROSECOND: Final = dt.timedelta(microseconds=1)
#: Fewer nanoseconds than this are never meant as nanoseconds.
_LEAST: Final = 10**6
_HALF: Final = "half of a surrogate pair, which cannot be sent; decode it again"


def checked(title: str, config: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return the declared config without nulls and without our metadata, which a read config contains.

    Raises:
        ConfigurationError: A key or value that the API does not have (the message names the closest or the
            correct one); a value that cannot be sent; variables or metadata that are not a map of strings.
    """
    for each in (config, extra):
        _check_variables(title, each)
    declared: dict[str, Any] = without_nulls(config)
    _spell_durations(title, declared)
    for odd in find_oddities(declared):
        raise ConfigurationError(f"{title}: {odd}")
    declared = {**declared, **without_nulls(extra)}
    _check_sendable(title, declared)
    _check_texts(title, declared)
    if "metadata" not in declared:
        return declared
    metadata = declared["metadata"]
    return {**declared, "metadata": {key: metadata[key] for key in metadata if not key.startswith(OURS)}}


def _nodes(tree: Any, above: Path = ()) -> Iterator[tuple[Path, Any, Any]]:  # noqa: ANN401  # any JSON container
    """Yield the path of everything in a container, with the container that it is directly in."""
    for key, each in tree.items() if isinstance(tree, Mapping) else enumerate(tree):
        path = (*above, key)
        yield path, each, tree
        if isinstance(each, Mapping | list | tuple):
            yield from _nodes(each, path)


def _check_variables(title: str, config: Mapping[str, Any]) -> None:
    """Refuse environment variables without a value, which would be dropped, or with an impossible one.

    Raises:
        ConfigurationError: Names the variable.
    """
    for path, value, holder in _nodes(config):
        name, place = path[-1], path[2:-1] if path[0] == "containers" else path[:-1]
        if place not in _MAPS_OF_VARIABLES or not isinstance(holder, Mapping):
            continue
        if value is None:
            raise ConfigurationError(
                f"{title}: env {name!r} is None: is a variable not set here? Give a string, or leave it out."
            )
        if isinstance(value, str | Secret) and "\0" in plain(value):
            raise ConfigurationError(f"{title}: env {name!r} holds NUL, which no variable can.")


def _spell_durations(title: str, config: dict[str, Any]) -> None:
    """Write the durations in a config in the service's format (MA-12).

    Raises:
        ConfigurationError: A number or string has an ambiguous unit; the message gives the correct spelling.
    """
    for path, value, holder in _nodes(config):
        if not is_duration(path) or isinstance(value, dict | list):
            continue
        if wrong := _find_wrong_duration(value):
            raise ConfigurationError(f"{title}: config key {render(path)!r}{wrong}")
        if isinstance(value, dt.timedelta):
            is_whole = not value % _SECOND
            holder[path[-1]] = f"{value // _SECOND}s" if is_whole else f"{value // _MICROSECOND}us"


def _find_wrong_duration(value: object) -> str:
    """Return what is wrong with a duration and what is correct; "" if the service reads it as meant."""
    if isinstance(value, dt.timedelta):
        return "" if value >= dt.timedelta() else " must be a duration of at least 0."
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
    text = plain(value)
    if (nanoseconds := parse_duration(text)) is not None and nanoseconds >= 0:
        return ""
    seconds = f"{text if text.isascii() and text.isdigit() else '30'}s"
    shown = "the secret" if isinstance(value, Secret) else repr(text)
    return f": {shown} is not a duration; write '{seconds}' for seconds."


def _check_sendable(title: str, config: dict[str, Any]) -> None:
    """Refuse what JSON cannot represent.

    Raises:
        ConfigurationError: The message says where it is and what to do about it.
    """
    for path, value, _ in _nodes(config):
        key = path[-1]
        wrong = _find_wrong(value) if isinstance(key, int) or is_sendable(key) else f"is {_HALF}"
        if wrong:
            # a key that cannot be sent could not be printed in a message either
            shown = render(path).encode(errors="backslashreplace").decode()
            raise ConfigurationError(f"{title}: config key {shown!r} {wrong}.")


def _find_wrong(value: object) -> str:
    """Return what is wrong with a value, without showing it; "" if it can be sent."""
    if value is None:
        return "is None; leave it out of its list"
    if isinstance(value, str | Secret):
        return "" if is_sendable(plain(value)) else f"contains {_HALF}"
    if not isinstance(value, int | float | dict | list):
        kind = type(value).__name__
        return f"is {kind}, which JSON cannot represent; use a string, a number, a list or a mapping"
    if isinstance(value, float) and not math.isfinite(value):
        return f"is {value}, which JSON cannot represent; use a finite number"
    return ""


def _check_texts(title: str, config: Mapping[str, Any]) -> None:
    for key, names, word in _TEXTS:
        given = config.get(key, {})
        if not isinstance(given, Mapping):
            raise ConfigurationError(
                f"{title}: config[{key!r}] must map {names} to values, got {type(given).__name__}."
            )
        for name, value in given.items():
            if not isinstance(value, str | Secret):
                raise ConfigurationError(
                    f"{title}: {key} {name!r} is {type(value).__name__}; {word} values are strings."
                )
