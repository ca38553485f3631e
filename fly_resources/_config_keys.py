"""A machine's config against the API's own description of it: keys and values that it does not have."""

from __future__ import annotations

import difflib
import enum
import functools
import re
from typing import TYPE_CHECKING, Any, Final

import attrs
from fly_machines import models
from fly_machines.types import Unset

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Words of flyctl and fly.toml at the top of a config, and where the API has them.
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
#: The same below other keys.
_WORDS_INSIDE: Final = {
    "auto_start_machines": "autostart",
    "auto_stop_machines": "autostop",
    "http_checks": "checks",
    "memory": "memory_mb",
    "tcp_checks": "checks",
}
#: What belongs beside the config.
_ARGUMENTS: Final = {
    "app": "Machine(app, name, config)",
    "mount": "Machine(..., mounts={'/data': volume})",
    "name": "Machine(app, name, config)",
    "region": "Machine(..., region=...)",
    "state": "Machine(..., state=...)",
}


@attrs.frozen
class Oddity:
    """Something in a config that the API's description does not have: a key, or a value of another kind."""

    path: str
    known_keys: tuple[str, ...] = ()
    wants: str = ""
    known_values: tuple[str, ...] = ()
    found: str = ""

    def __str__(self) -> str:
        """Say what is odd, and what would be right."""
        if self.wants:
            return f"config key {self.path!r} takes {self.wants}."
        further = "that this library does not know yet goes into extra=."
        if self.known_values:
            near = difflib.get_close_matches(self.found, self.known_values, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            known = ", ".join(self.known_values)
            return f"config key {self.path!r} is none of {known}: {hint}A value {further}"
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
    """Return the keys that a config has in the API's description."""
    return frozenset(field.name.removesuffix("_") for field in attrs.fields(models.MachineConfig))


def find_oddities(config: dict[str, Any]) -> list[Oddity]:
    """Return what is odd in a config, by comparing it with the SDK's models."""
    return list(_oddities("", models.MachineConfig.from_dict(config)))


def _oddities(path: str, value: Any) -> Iterator[Oddity]:  # noqa: ANN401  # a model or value
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _oddities(f"{path}[{index}]", each)
        return
    if not attrs.has(type(value)):
        return
    fields = [field for field in attrs.fields(type(value)) if field.name != "additional_properties"]
    # the generator writes a trailing underscore where a key is a Python keyword
    known = tuple(field.name.removesuffix("_") for field in fields)
    extra: dict[str, object] = getattr(value, "additional_properties", {})
    dot = f"{path}." if path else ""
    for key, inner in extra.items():
        if known:
            yield Oddity(f"{dot}{key}", known)
        elif attrs.has(type(inner)):
            yield from _oddities(f"{dot}{key}", inner)
        else:
            # only maps of models have a class of their own
            yield Oddity(f"{dot}{key}", wants="a mapping of keys")
    for field, key in zip(fields, known, strict=True):
        inner = getattr(value, field.name)
        yield from _unknown_values(f"{dot}{key}", inner, str(field.type))
        if not _is_of_kind(inner, str(field.type)):
            yield Oddity(f"{dot}{key}", wants=_kinds(str(field.type)))
        yield from _oddities(f"{dot}{key}", inner)


def _unknown_values(path: str, value: object, declared: str) -> Iterator[Oddity]:
    """Yield texts that are none of the values in the document: the models leave those as they came."""
    known = _known_values(declared)
    several = isinstance(value, list)
    for index, each in enumerate(value if isinstance(value, list) else [value]):
        if known and isinstance(each, str) and not isinstance(each, enum.Enum):
            yield Oddity(f"{path}[{index}]" if several else path, known_values=known, found=each)


@functools.cache
def _known_values(declared: str) -> tuple[str, ...]:
    """Return the values of the enumeration in an annotation; nothing if there is none."""
    for word in re.findall(r"\w+", declared):
        kind = getattr(models, word, None) if word not in {"Any", "None"} else None
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return tuple(str(each.value) for each in kind)
    return ()


def _is_of_kind(value: object, declared: str) -> bool:
    """Return whether a parsed value is of the annotated kind; one that is not was left as it came."""
    words = set(re.findall(r"\w+", declared))
    if value is None or isinstance(value, Unset) or attrs.has(type(value)) or "Any" in words:
        return True
    if isinstance(value, list):
        inner = declared.replace("list[", "", 1)
        return "list" in words and all(_is_of_kind(each, inner) for each in value)
    if "list" in words:
        return False
    if isinstance(value, bool):
        return "bool" in words
    if isinstance(value, int | float):
        return bool(words & {"int", "float"})
    return isinstance(value, enum.Enum) or (isinstance(value, str) and "str" in words)


def _kinds(declared: str) -> str:
    """Say what an annotation asks for in words that are not Python's."""
    if declared.startswith("list["):
        return "a list"
    for word, name in (
        ("bool", "true or false"),
        ("int", "a number"),
        ("float", "a number"),
        ("str", "text"),
    ):
        if re.search(rf"\b{word}\b", declared):
            return name
    return "a mapping of keys"
