"""What of a live machine's config its description has to say, so that comparing them finds nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._compare import MOUNTED, Path, read_marker, render, secret_places, without_indices
from fly_resources._config_keys import find_oddities
from fly_resources._flows.machines import APPLIED
from fly_resources._flows.running import NAME
from fly_resources._readings import config_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

_OURS: Final = "fly_resources."
#: flyctl's own keys change with each of its deployments (ME-6).
_FLYCTL: Final = "fly_"
#: Names of values that nobody should find in a file.
_SECRET_NAME: Final = re.compile(
    r"passw|secret|token|credential|private|api_?key|access_?key|auth|cookie|dsn|(^|_)key$", re.IGNORECASE
)
#: Values that are credentials whatever they are called: a password in an address, keys, known tokens.
_SECRET_VALUE: Final = re.compile(
    r"://[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\b(FlyV1 |fm[12][ar]?_|sk-|sk_live_|gh[pousr]_|"
    r"github_pat_|xox[abp]-|AKIA[0-9A-Z]{16}|eyJ[\w-]+\.eyJ)|\b(bearer|basic) [\w+/=.-]{8,}|"
    r"(password|passwd|secret|token|api[_-]?key)[=:]\s*\S",
    re.IGNORECASE,
)


@attrs.frozen
class Declared:
    """A machine's config as its description says it.

    Attributes:
        config: What the library knows.
        extra: Top-level keys with something in them that it does not know.
        left_out: Paths that look like secrets; undeclared, they stay as they are.
        shown: Paths that look like secrets, and would be removed if they were left out now.
    """

    config: dict[str, Any] = attrs.field(repr=False)
    extra: dict[str, Any] = attrs.field(repr=False)
    left_out: tuple[str, ...]
    shown: tuple[str, ...]


def as_declared(machine: models.Machine) -> Declared:
    """Leave out what is empty, what tools keep for themselves, and what looks like a secret.

    What this library applied earlier is declared whatever it is: left out, the next run would remove it.
    """
    config = config_of(machine)
    metadata = config.get("metadata") or {}
    marker = metadata.get(APPLIED) if metadata.get(NAME) == machine.name else None
    picker = _Picker(read_marker(marker) or frozenset(), secret_places(config))
    # Which volume is mounted is said beside the config; how it grows by itself, in it.
    config["mounts"] = [
        {key: value for key, value in mount.items() if key not in MOUNTED}
        for mount in config.get("mounts") or []
    ]
    if not any(config["mounts"]):
        del config["mounts"]
    declared = picker.pick_keys((), config)
    extra = {key: value for key, value in declared.items() if _is_unknown(key, value)}
    known = {
        key: declared[key] for key in sorted(declared, key=lambda key: key != "image") if key not in extra
    }
    return Declared(known, extra, tuple(picker.left_out), tuple(picker.shown))


class _Picker:
    """Goes through a config, and notes what looks like a secret."""

    def __init__(self, applied: frozenset[Path], secret: frozenset[Path]) -> None:
        self.applied = applied
        self.secret = secret
        self.left_out: list[str] = []
        self.shown: list[str] = []

    def pick_keys(self, path: Path, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of an object that are worth saying."""
        header = path[-2:-1] == ("headers",) and _SECRET_NAME.search(str(value.get("name", "")))
        picked: dict[str, Any] = {}
        for key, each in value.items():
            here = (*path, key)
            if each is None or each in ({}, []) or self._is_a_tool_s(here):
                continue
            given = without_indices(here) in self.secret
            suspicious = given or _looks_secret(here, each) or (header and key == "values")
            if suspicious and not self._has_to_be_shown(here):
                continue
            inner = self._pick(here, each)
            if inner not in ({}, []):
                picked[key] = inner
        return picked

    def _pick(self, path: Path, value: Any) -> Any:  # noqa: ANN401  # any JSON value
        if isinstance(value, dict):
            return self.pick_keys(path, value)
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            # rows are compared by index and length: each stays, even with nothing to say
            return [self.pick_keys((*path, index), each) for index, each in enumerate(value)]
        return value

    def _is_a_tool_s(self, path: Path) -> bool:
        if len(path) != len(("metadata", "key")) or path[0] != "metadata":
            return False
        key = str(path[1])
        return key.startswith(_OURS) or (key.startswith(_FLYCTL) and path not in self.applied)

    def _has_to_be_shown(self, path: Path) -> bool:
        """Note a suspicious value, and whether it has to be declared all the same."""
        if any(each[: len(path)] == path for each in self.applied):
            self.shown.append(render(path))
            return True
        self.left_out.append(render(path))
        return False


def _looks_secret(path: Path, value: object) -> bool:
    if path[-1] == "image":
        return False
    if isinstance(value, str):
        named_by_users = path[-2:-1] in {("env",), ("metadata",)}
        return bool((named_by_users and _SECRET_NAME.search(str(path[-1]))) or _SECRET_VALUE.search(value))
    items: list[object] = value if isinstance(value, list) else []
    return any(isinstance(each, str) and _SECRET_VALUE.search(each) for each in items)


def _is_unknown(key: str, value: object) -> bool:
    """Return whether the library's own check of a config would refuse this key, or something in it."""
    try:
        return bool(find_oddities({key: value}))
    except (AttributeError, TypeError, ValueError):
        return True
