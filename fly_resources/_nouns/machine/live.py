"""Describe an existing machine as arguments of `Machine`, or say why that is not possible.

The config is what a description has to declare so that its plan shows no change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._config.compare import Path, read_marker, render, secret_places, without_indices
from fly_resources._config.keys import OURS, find_oddities
from fly_resources._nouns.machine.marks import APPLIED, deployed_by_flyctl, is_protected
from fly_resources._nouns.machine.mounts import growth_of
from fly_resources._nouns.machine.running import NAME
from fly_resources._nouns.machine.wanted import resolve
from fly_resources._nouns.run import Options
from fly_resources._nouns.secrets import older_than, recorded_in
from fly_resources._sdk.reading import config_of, mounts_of, why_unreadable
from fly_resources._wire.masking import hide_in_use
from fly_resources.errors import ConfigurationError
from fly_resources.resources import Machine, Secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fly_machines import models

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
class Description:
    """The description of an existing machine.

    Attributes:
        arguments: The arguments of `Machine`, except its app and name.
        remarks: Remarks for the user.
        refused: Why no description of it would plan no change, or None.
    """

    arguments: Mapping[str, Any] = attrs.field(repr=False)
    remarks: tuple[str, ...]
    refused: str | None


def describe(
    machine: models.Machine,
    digests: Mapping[str, str],
    disks: dict[str, tuple[Any, str]],
    *,
    hides: bool = False,
) -> Description:
    """Describe a machine, without empty values, metadata of tools and values that look like secrets.

    Whatever this library applied earlier stays declared, because the next run would remove it otherwise.
    `disks` maps a volume's id to its representation and region; the entry of the volume that the machine
    mounts is removed. `digests` are the service's digests of the secrets described with the machine. With
    `hides`, a value that looks like a secret becomes a `Secret` instead of being left out.
    """
    unreadable = why_unreadable(machine)
    if unreadable:
        return Description({"config": {}}, (), unreadable)
    config = config_of(machine)
    metadata = config.get("metadata") or {}
    marker = metadata.get(APPLIED) if metadata.get(NAME) == machine.name else None
    picker = _Picker(read_marker(marker) or frozenset(), secret_places(config), hides)
    known, extra = _split(picker.pick_keys((), _without_volumes(config)))
    mounts, region = _place(machine, disks)
    behind = older_than(recorded_in(metadata), digests)
    arguments: dict[str, Any] = {
        "config": known,
        "region": region,
        "mounts": mounts or None,
        "follow_secrets": False if behind else None,
        "extra": extra or None,
        "protect": is_protected(machine) or None,
    }
    arguments = {key: value for key, value in arguments.items() if value is not None}
    return Description(arguments, tuple(_remarks(config, picker, behind)), _why_not(machine, arguments))


def _split(declared: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the keys that the library's own config check accepts, the image first, and the others."""
    extra = {key: value for key, value in declared.items() if find_oddities({key: value})}
    known = (key for key in sorted(declared, key=lambda key: key != "image") if key not in extra)
    return {key: declared[key] for key in known}, extra


def _without_volumes(config: Mapping[str, Any]) -> dict[str, Any]:
    """Reduce the mounts to their growth settings; the volume itself is declared outside the config."""
    growth = list(map(growth_of, config.get("mounts") or []))
    return {**config, "mounts": growth if any(growth) else None}


def _place(machine: models.Machine, disks: dict[str, tuple[Any, str]]) -> tuple[dict[str, Any], str | None]:
    """Return the mounts, each with the volume or its id, and the region if no volume determines it."""
    mounts = mounts_of(machine)
    if len(mounts) != 1:
        return {}, machine.region or None
    path, volume = str(mounts[0].get("path", "")), str(mounts[0].get("volume", ""))
    disk, region = disks.get(volume, (None, ""))
    if disk is not None and region == machine.region:
        del disks[volume]
        return {path: disk}, None
    return {path: volume}, machine.region or None


def _why_not(machine: models.Machine, arguments: Mapping[str, Any]) -> str | None:
    if machine.state == "launch_failed":
        return "its launch failed; ensure would create it again, unless it has a volume"
    try:
        ids: Any = {str(mount.get("path")): str(mount.get("volume")) for mount in mounts_of(machine)}
        resolve(Machine("app", machine.name, **{**arguments, "mounts": ids}), Options())
    except ConfigurationError as error:
        return str(error).replace(f"app/{machine.name}", str(machine.name))
    return None


def _remarks(config: Mapping[str, Any], picker: _Picker, behind: Sequence[str]) -> Iterator[str]:
    if deployed_by_flyctl(config):
        yield "Deployed by flyctl: a change from here needs take_over=True (--take-over)."
    if picker.left_out:
        yield (
            f"Left out, because it looks like a secret: {', '.join(picker.left_out)}. What is not declared "
            "stays as it is."
        )
    if picker.shown:
        yield (
            f"These look like secrets: {', '.join(picker.shown)}. They were declared before: leaving them "
            "out removes them."
        )
    if behind:
        yield (
            f"It runs with older values of {', '.join(behind)}: remove follow_secrets=False to have it "
            "restarted with the newest."
        )


@attrs.frozen
class _Picker:
    """Walks through a config and records the values that look like secrets.

    Attributes:
        applied: The paths that were declared earlier.
        secret: The paths, without indices, where a `Secret` was given.
        hides: Whether each value that looks like a secret becomes a `Secret`.
        left_out: Paths that look like secrets and are left out; undeclared, they stay as they are.
        shown: Paths that look like secrets but were declared earlier; leaving them out would remove them.
    """

    applied: frozenset[Path]
    secret: frozenset[Path]
    hides: bool
    left_out: list[str] = attrs.field(factory=list)
    shown: list[str] = attrs.field(factory=list)

    def pick_keys(self, path: Path, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of an object that are worth declaring."""
        picked = {key: self._pick((*path, key), each, value) for key, each in value.items()}
        return {key: each for key, each in picked.items() if each not in _NOTHING}

    def _pick(self, path: Path, value: Any, around: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any JSON value
        """Return the part of a key's value worth declaring; `around` is the object with the key."""
        if value in _NOTHING or self._belongs_to_tool(path):
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

    def _belongs_to_tool(self, path: Path) -> bool:
        key = str(path[-1])
        is_tools = key.startswith(OURS) or (key.startswith(_FLYCTL) and path not in self.applied)
        return path[:-1] == ("metadata",) and is_tools

    def _has_to_be_shown(self, path: Path) -> bool:
        """Record a suspicious value and return whether it must be declared all the same."""
        is_applied = any(each[: len(path)] == path for each in self.applied)
        (self.shown if is_applied else self.left_out).append(render(path))
        return is_applied


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
    named_by_users = isinstance(value, str) and path[-2:-1] in {("env",), ("metadata",)}
    if named_by_users and _SECRET_NAME.search(str(path[-1])):
        return True
    items: list[object] = value if isinstance(value, list) else [value]
    return any(isinstance(each, str) and _is_secret(each) for each in items)


def _is_secret(text: str) -> bool:
    """Return whether a text reads like a credential, or holds a value given as a `Secret` that is in use."""
    return bool(_SECRET_VALUE.search(text)) or hide_in_use(text) != text
