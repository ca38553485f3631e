"""Derive the config that a description must declare for a live machine, so that its plan shows no change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._config.compare import Path, read_marker, render, secret_places, without_indices
from fly_resources._config.keys import find_oddities
from fly_resources._nouns.machine.marks import APPLIED
from fly_resources._nouns.machine.mounts import growth_of
from fly_resources._nouns.machine.running import NAME
from fly_resources._sdk.reading import config_of
from fly_resources._wire.masking import hide_in_use
from fly_resources.resources import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

_OURS: Final = "fly_resources."
#: flyctl's own keys change with each of its deployments (ME-6).
_FLYCTL: Final = "fly_"
#: Names whose values must not end up in a file.
_SECRET_NAME: Final = re.compile(
    r"passw|secret|token|credential|private|api_?key|access_?key|auth|cookie|dsn|(^|_)key$", re.IGNORECASE
)
#: Values that are credentials whatever their key: passwords in URLs, private keys, known token formats.
_SECRET_VALUE: Final = re.compile(
    r"://[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\b(FlyV1 |fm[12][ar]?_|sk-|sk_live_|gh[pousr]_|"
    r"github_pat_|xox[abp]-|AKIA[0-9A-Z]{16}|eyJ[\w-]+\.eyJ)|\b(bearer|basic) [\w+/=.-]{8,}|"
    r"(password|passwd|secret|token|api[_-]?key)[=:]\s*\S",
    re.IGNORECASE,
)
#: Empty values, which are not worth declaring.
_NOTHING: Final[tuple[object, ...]] = (None, {}, [])


@attrs.frozen
class Declared:
    """A machine's config as its description declares it.

    Attributes:
        config: The config under keys that the library knows.
        extra: Top-level keys that the library does not know, or that contain unknown keys.
        left_out: Paths that look like secrets and are left out; undeclared, they stay as they are.
        shown: Paths that look like secrets but were declared earlier; leaving them out would remove them.
    """

    config: dict[str, Any] = attrs.field(repr=False)
    extra: dict[str, Any] = attrs.field(repr=False)
    left_out: tuple[str, ...]
    shown: tuple[str, ...]


def as_declared(machine: models.Machine, *, hides: bool = False) -> Declared:
    """Return the machine's config without empty values, metadata of tools and values that look like secrets.

    Whatever this library applied earlier stays declared, because the next run would remove it otherwise. With
    `hides`, no secret is left out: each value that looks like one becomes a `Secret`.
    """
    config = config_of(machine)
    metadata = config.get("metadata") or {}
    marker = metadata.get(APPLIED) if metadata.get(NAME) == machine.name else None
    picker = _Picker(read_marker(marker) or frozenset(), secret_places(config), hides=hides)
    declared = picker.pick_keys((), _without_volumes(config))
    extra = {key: value for key, value in declared.items() if _is_unknown(key, value)}
    known = {
        key: declared[key] for key in sorted(declared, key=lambda key: key != "image") if key not in extra
    }
    return Declared(known, extra, tuple(picker.left_out), tuple(picker.shown))


def _without_volumes(config: Mapping[str, Any]) -> dict[str, Any]:
    """Reduce the mounts to their growth settings; the volume itself is declared outside the config."""
    mounts = config.get("mounts") or []
    growth = list(map(growth_of, mounts))
    return {**config, "mounts": growth if any(growth) else None}


class _Picker:
    """Walks through a config and records the values that look like secrets."""

    def __init__(self, applied: frozenset[Path], secret: frozenset[Path], *, hides: bool) -> None:
        self.applied = applied
        self.secret = secret
        self.hides = hides
        self.left_out: list[str] = []
        self.shown: list[str] = []

    def pick_keys(self, path: Path, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of an object that are worth declaring."""
        picked = {key: self._pick((*path, key), each, value) for key, each in value.items()}
        return {key: each for key, each in picked.items() if each not in _NOTHING}

    def _pick(self, path: Path, value: Any, around: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any JSON value
        """Return the part of a key's value worth declaring; `around` is the object with the key."""
        if value in _NOTHING or self._is_a_tool_s(path):
            return None
        if self._is_suspicious(path, value, around):
            if self.hides:
                return _hidden(value)
            if not self._has_to_be_shown(path):
                return None
        if isinstance(value, dict):
            return self.pick_keys(path, value)
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            # rows are compared by index and length, so each row stays, even an empty one
            return [self.pick_keys((*path, index), each) for index, each in enumerate(value)]
        return value

    def _is_suspicious(self, path: Path, value: object, around: Mapping[str, Any]) -> bool:
        header = path[-1] == "values" and path[-3:-2] == ("headers",)
        named = header and _SECRET_NAME.search(str(around.get("name", "")))
        return bool(named) or without_indices(path) in self.secret or _looks_secret(path, value)

    def _is_a_tool_s(self, path: Path) -> bool:
        if len(path) != len(("metadata", "key")) or path[0] != "metadata":
            return False
        key = str(path[1])
        return key.startswith(_OURS) or (key.startswith(_FLYCTL) and path not in self.applied)

    def _has_to_be_shown(self, path: Path) -> bool:
        """Record a suspicious value and return whether it must be declared all the same."""
        if any(each[: len(path)] == path for each in self.applied):
            self.shown.append(render(path))
            return True
        self.left_out.append(render(path))
        return False


def _hidden(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        return {key: _hidden(each) for key, each in value.items()}
    if isinstance(value, list):
        # a list is hidden whole if nothing tells which of its items are secrets
        secret = [each for each in value if isinstance(each, str) and _is_secret(each)] or value
        return [_hidden(each) if each in secret else each for each in value]
    return Secret(value) if isinstance(value, str) else value


def _looks_secret(path: Path, value: object) -> bool:
    if path[-1] == "image":
        return False
    if isinstance(value, str):
        named_by_users = path[-2:-1] in {("env",), ("metadata",)}
        return bool(named_by_users and _SECRET_NAME.search(str(path[-1]))) or _is_secret(value)
    items: list[object] = value if isinstance(value, list) else []
    return any(isinstance(each, str) and _is_secret(each) for each in items)


def _is_secret(text: str) -> bool:
    """Return whether a text reads like a credential, or holds a value given as a `Secret` that is in use."""
    return bool(_SECRET_VALUE.search(text)) or hide_in_use(text) != text


def _is_unknown(key: str, value: object) -> bool:
    """Return whether the library's own config check would reject this key or something in its value."""
    return bool(find_oddities({key: value}))
