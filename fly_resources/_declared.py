"""A machine's declared config, as a whole: only what JSON can carry, and nothing that is ours."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fly_resources._checks import is_sendable
from fly_resources._compare import Path, render
from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The verbs keep their marks below it in a machine's metadata.
_MARKS: Final = "fly_resources."


def checked(title: str, declared: dict[str, Any]) -> dict[str, Any]:
    """Return what is declared without our marks, which come along with a config that was read.

    Raises:
        ConfigurationError: A value that cannot be sent, or metadata that is no map of texts.
    """
    for path, wrong in _unsendable((), declared):
        # of a key that cannot be sent, a message could not be printed either
        shown = render(path).encode(errors="backslashreplace").decode()
        raise ConfigurationError(f"{title}: config key {shown!r} {wrong}.")
    if "metadata" not in declared:
        return declared
    metadata = declared["metadata"]
    if not isinstance(metadata, Mapping):
        raise ConfigurationError(
            f"{title}: config['metadata'] is {type(metadata).__name__}; give keys and their values."
        )
    for key, value in metadata.items():
        if not isinstance(value, str | Secret):
            raise ConfigurationError(
                f"{title}: metadata {key!r} is {type(value).__name__}; metadata values are strings."
            )
    return {**declared, "metadata": {key: metadata[key] for key in metadata if not key.startswith(_MARKS)}}


def _unsendable(path: Path, value: Any) -> Iterator[tuple[Path, str]]:  # noqa: ANN401  # what may be no JSON value
    """Yield where something stands that JSON cannot carry, and what to do about it."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not is_sendable(key):
                yield (*path, key), "is half of a surrogate pair, which cannot be sent; decode it anew"
            yield from _unsendable((*path, key), each)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _unsendable((*path, index), each)
    elif wrong := _find_wrong(value):
        yield path, wrong


def _find_wrong(value: object) -> str:
    """Say what is wrong with one value, without showing it; nothing if it can be sent."""
    if value is None:
        return "is None; leave it out of its list"
    if isinstance(value, str | Secret):
        text = value.reveal() if isinstance(value, Secret) else value
        return (
            ""
            if is_sendable(text)
            else "holds half of a surrogate pair, which cannot be sent; decode it anew"
        )
    if not isinstance(value, int | float):
        kind = type(value).__name__
        return f"is {kind}, which JSON cannot carry; give text, a number, a list or a mapping"
    return "" if math.isfinite(value) else f"is {value}, which JSON cannot carry; give a number"
