"""Check a machine config against the API's schema: find keys and values that the schema does not have."""

from __future__ import annotations

import difflib
import enum
import functools
import re
from collections.abc import Mapping
from typing import Any, Final, get_args

import attrs
from fly_machines import models

from fly_resources._secret import Secret

#: Terms of flyctl and fly.toml at the top level of a config, and the API's path for each.
_WORDS: Final = {
    "build": "image",
    "cmd": "init.cmd",
    "command": "init.cmd",
    "concurrency": "services[0].concurrency",
    "cpu_kind": "guest.cpu_kind",
    "cpus": "guest.cpus",
    "entrypoint": "init.entrypoint",
    "env_vars": "env",
    "environment": "env",
    "exec": "init.exec",
    "gpu_kind": "guest.gpu_kind",
    "http_service": "services",
    "internal_port": "services[0].internal_port",
    "kill_signal": "stop_config.signal",
    "kill_timeout": "stop_config.timeout",
    "memory": "guest.memory_mb",
    "memory_mb": "guest.memory_mb",
    "ports": "services[0].ports",
    "swap_size_mb": "init.swap_size_mb",
    "tty": "init.tty",
    "vm": "guest",
}
#: The same for terms below other keys.
_WORDS_INSIDE: Final = {
    "auto_start_machines": "autostart",
    "auto_stop_machines": "autostop",
    "http_checks": "checks",
    "memory": "memory_mb",
    "tcp_checks": "checks",
}
#: Keys that are arguments of `Machine`, not part of the config.
_ARGUMENTS: Final = {
    "app": "Machine(app, name, config)",
    "mount": "Machine(..., mounts={'/data': volume})",
    "name": "Machine(app, name, config)",
    "region": "Machine(..., region=...)",
    "state": "Machine(..., state=...)",
}
#: The prefix of our own metadata keys.
OURS: Final = "fly_resources."
#: Words in the models' annotations that name neither a model nor an enumeration.
_PLAIN_WORDS: Final = frozenset({"Any", "None", "Unset", "bool", "float", "int", "list", "models", "str"})


#: Scalars by their word in an annotation: the types, and what they are called without Python terms.
_SCALARS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "bool": ((bool,), "true or false"),
    "float": ((int, float), "a number"),
    "int": ((int,), "a whole number"),
    "str": ((str, Secret), "text"),
}


@attrs.frozen
class Oddity:
    """Something in a config that is not in the API's schema: a key, or a value of another type."""

    path: str
    known_keys: tuple[str, ...] = ()
    wants: str = ""
    known_values: tuple[str, ...] = ()
    found: str = ""

    def __str__(self) -> str:
        """Return what is wrong and what would be correct."""
        if self.wants:
            return f"config key {self.path!r} takes {self.wants}."
        further = "that this library does not know yet goes into extra=."
        if self.known_values:
            near = difflib.get_close_matches(self.found, self.known_values, n=1)
            hint = f": did you mean {near[0]!r}?" if near else "."
            known = ", ".join(self.known_values)
            return f"config key {self.path!r} is none of {known}{hint} A value {further}"
        return f"config has no key {self.path!r}; {self._right_key()} A key {further}"

    def _right_key(self) -> str:
        holder, _, key = self.path.rpartition(".")
        if not holder and key in _ARGUMENTS:
            return f"it is an argument: {_ARGUMENTS[key]}."
        word = (_WORDS if not holder else _WORDS_INSIDE).get(key)
        near = [word] if word else difflib.get_close_matches(key, self.known_keys, n=1)
        if near:
            return f"{'the API calls it' if word else 'did you mean'} {near[0]!r}{'.' if word else '?'}"
        return f"known keys here: {', '.join(sorted(self.known_keys))}."


@functools.cache
def known_keys() -> frozenset[str]:
    """Return the config keys in the API's schema."""
    return frozenset(_keys(models.MachineConfig))


def find_oddities(config: object) -> list[Oddity]:
    """Return what in a config does not match the declared types of the SDK's models."""
    return _oddities("", config, models.MachineConfig.__name__)


@attrs.frozen
class _Taken:
    """The values that an annotation of a model accepts.

    `wants`: what they are called. `scalars`: types of scalar values. `values`: the only allowed strings.
    `keys`: what each key of a mapping accepts, and `entries` what all other keys accept. `rows`: what the
    items of a list accept.
    """

    wants: str
    scalars: tuple[type, ...] = ()
    anything: bool = False
    values: tuple[str, ...] = ()
    keys: Mapping[str, str] | None = None
    entries: str = ""
    rows: str = ""


@functools.cache
def _taken(declared: str) -> _Taken:
    if declared.startswith("list["):
        return _Taken("a list", rows=declared.removeprefix("list[").partition("]")[0])
    words = frozenset(re.findall(r"\w+", declared))
    wants, scalars = _scalars(words)
    for kind in (getattr(models, word) for word in words - _PLAIN_WORDS):
        if issubclass(kind, enum.Enum):
            values = tuple(str(each.value) for each in kind)
            return _Taken(wants, tuple(each for each in scalars if each not in {str, Secret}), values=values)
        keys = _keys(kind)
        return _Taken(wants, keys=keys, entries="" if keys else _entries(kind))
    return _Taken(wants, scalars, anything="Any" in words)


def _scalars(words: frozenset[str]) -> tuple[str, tuple[type, ...]]:
    """Return what the words of an annotation accept in plain language, and the types of scalars in them."""
    found = [known for word, known in _SCALARS.items() if word in words]
    types = tuple(kind for kinds, _ in found for kind in kinds)
    return (found[0][1] if found else "a mapping of keys"), types


def _keys(kind: type) -> dict[str, str]:
    """Return the annotation of each key of a model."""
    # the generator appends an underscore if a key is a Python keyword
    # not attrs' `type`, which `attrs.resolve_types` replaces
    texts = kind.__annotations__
    return {each.name.removesuffix("_"): texts[each.name] for each in attrs.fields(kind) if each.init}


def _entries(kind: type) -> str:
    """Return the item type of a model that is a map without its own keys: `Model["models.MachineCheck"]`."""
    (held,) = get_args(kind.__orig_bases__[0])  # type: ignore[attr-defined]
    return str(held.__forward_arg__).removeprefix("models.")


def _oddities(path: str, value: Any, declared: str) -> list[Oddity]:  # noqa: ANN401  # any JSON value
    taken = _taken(declared)
    if taken.anything or value is None or value.__class__ in taken.scalars:
        return []
    if isinstance(value, dict) and taken.keys is not None:
        return _oddities_below(f"{path}." if path else "", value, taken.keys, taken.entries)
    if isinstance(value, list) and taken.rows:
        return [odd for at, each in enumerate(value) for odd in _oddities(f"{path}[{at}]", each, taken.rows)]
    return _odd_leaf(path, value, taken)


def _odd_leaf(path: str, value: object, taken: _Taken) -> list[Oddity]:
    if isinstance(value, str | Secret) and taken.values:
        text = value.reveal() if isinstance(value, Secret) else value
        return [] if text in taken.values else [Oddity(path, known_values=taken.values, found=text)]
    if isinstance(value, taken.scalars) and not isinstance(value, bool):
        return []
    return [Oddity(path, wants=taken.wants)]


def _oddities_below(dot: str, value: dict[str, Any], keys: Mapping[str, str], entries: str) -> list[Oddity]:
    found: list[Oddity] = []
    for key, inner in value.items():
        declared = keys.get(key, entries)
        found += (
            _oddities(f"{dot}{key}", inner, declared) if declared else [Oddity(f"{dot}{key}", tuple(keys))]
        )
    return found
