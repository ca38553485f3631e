"""Check a declared machine config: known keys and values, valid JSON, none of our own metadata."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from fly_resources._checks.fields import is_sendable
from fly_resources._config.compare import Path, render, without_nulls
from fly_resources._config.keys import find_oddities
from fly_resources._config.values import check_variables, spell_durations
from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError

#: Prefix of the metadata keys in which the verbs keep their marks.
_MARKS: Final = "fly_resources."
#: Maps with string values: the key, the term for its keys, and the term for its values.
_TEXTS: Final = (("metadata", "keys", "metadata"), ("env", "names", "environment"))


def checked(title: str, config: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return the declared config without nulls and without our metadata, which a read config contains.

    Raises:
        ConfigurationError: A key or value that the API does not have (the message names the closest or the
            correct one); a value that cannot be sent; variables or metadata that are not a map of strings.
    """
    for each in (config, extra):
        check_variables(title, each)
    declared: dict[str, Any] = without_nulls(config)
    spell_durations(title, declared)
    for odd in find_oddities(declared):
        raise ConfigurationError(f"{title}: {odd}")
    declared = {**declared, **without_nulls(extra)}
    if unsendable := _find_unsendable(declared):
        path, wrong = unsendable
        # a key that cannot be sent could not be printed in a message either
        shown = render(path).encode(errors="backslashreplace").decode()
        raise ConfigurationError(f"{title}: config key {shown!r} {wrong}.")
    for key, names, word in _TEXTS:
        _check_texts(title, key, declared.get(key), names, word)
    if "metadata" not in declared:
        return declared
    metadata = declared["metadata"]
    return {**declared, "metadata": {key: metadata[key] for key in metadata if not key.startswith(_MARKS)}}


def _check_texts(title: str, key: str, given: object, names: str, word: str) -> None:
    if given is None:
        return
    if not isinstance(given, Mapping):
        raise ConfigurationError(
            f"{title}: config[{key!r}] must map {names} to values, got {type(given).__name__}."
        )
    for name, value in given.items():
        if not isinstance(value, str | Secret):
            raise ConfigurationError(
                f"{title}: {key} {name!r} is {type(value).__name__}; {word} values are strings."
            )


def _find_unsendable(value: Any) -> tuple[Path, str] | None:  # noqa: ANN401  # what may be no JSON value
    """Find a value that JSON cannot represent; return its path and what to do about it."""
    if isinstance(value, str) and value.isascii():
        return None
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str) and not is_sendable(key):
                return (key,), "is half of a surrogate pair, which cannot be sent; decode it again"
            if found := _find_unsendable(each):
                return (key, *found[0]), found[1]
        return None
    wrong = _find_wrong(value)
    return ((), wrong) if wrong else None


def _find_wrong(value: object) -> str:
    """Return what is wrong with a value, without showing it; "" if it can be sent."""
    if value is None:
        return "is None; leave it out of its list"
    if isinstance(value, str | Secret):
        text = value.reveal() if isinstance(value, Secret) else value
        return (
            ""
            if is_sendable(text)
            else "contains half of a surrogate pair, which cannot be sent; decode it again"
        )
    if not isinstance(value, int | float):
        kind = type(value).__name__
        return f"is {kind}, which JSON cannot represent; use a string, a number, a list or a mapping"
    return "" if math.isfinite(value) else f"is {value}, which JSON cannot represent; use a finite number"
