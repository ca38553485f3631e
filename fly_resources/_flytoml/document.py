"""Find and parse the file: TOML, or JSON with the same structure (FT-1, FT-3)."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    import os

_NAMES: Final = ("fly.toml", "fly.json", "fly.yaml")


def find(path: str | os.PathLike[str]) -> Path:
    """Return the file for `path`: the path itself, or fly.toml, fly.json or fly.yaml in a directory.

    Raises:
        ConfigurationError: The file does not exist. No other file is tried.
    """
    try:
        place = Path(path)
        if not place.is_dir():
            return place
        found = next((place / name for name in _NAMES if (place / name).is_file()), None)
    except (TypeError, ValueError, OSError) as error:
        raise ConfigurationError(f"{path!r} is not a file path: {error}.") from error
    if found is None:
        raise ConfigurationError(f"{place} holds no {_NAMES[0]} (nor {_NAMES[1]}); name the file.")
    return found


def parse(path: Path) -> dict[str, Any]:
    """Return the file's tree.

    Raises:
        ConfigurationError: The file cannot be read or parsed; the message has the parser's line and column.
    """
    if path.suffix == ".yaml":
        raise ConfigurationError(f"{path}: YAML is not read here. Convert it to fly.toml or fly.json.")
    try:
        text = path.read_bytes().decode("utf-8-sig")  # some Windows editors write a byte order mark
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # not UTF-8, or a name that is not a valid file name
        raise ConfigurationError(f"{path} is not UTF-8 text: {error}.") from error
    try:
        tree = _without_nulls(json.loads(text)) if path.suffix == ".json" else tomllib.loads(text)
    except RecursionError as error:
        raise ConfigurationError(f"{path} is nested too deeply to be read.") from error
    except ValueError as error:  # errors of both parsers, and numbers that are too long
        kind = "JSON" if path.suffix == ".json" else "TOML"
        raise ConfigurationError(f"{path} is not valid {kind}: {error}.") from error
    if not isinstance(tree, dict):
        raise ConfigurationError(f"{path} must be an object with the keys of fly.toml.")
    return tree


def _without_nulls(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Drop keys whose value is null: Go treats them as not set."""
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value
