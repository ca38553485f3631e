"""A machine's config against the API's own description of it: unknown keys, and values of another kind."""

from __future__ import annotations

import enum
import functools
import re
from typing import TYPE_CHECKING, Any

import attrs
from fly_machines import models
from fly_machines.types import Unset

if TYPE_CHECKING:
    from collections.abc import Iterator


@attrs.frozen
class Oddity:
    """Something in a config that the API's description does not have: a key, or a value of another kind."""

    path: str
    known_keys: tuple[str, ...] = ()
    wants: str = ""


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
        if not _is_of_kind(inner, str(field.type)):
            yield Oddity(f"{dot}{key}", wants=_kinds(str(field.type)))
        yield from _oddities(f"{dot}{key}", inner)


def _is_of_kind(value: object, declared: str) -> bool:
    """Whether a parsed value is what the model's annotation says; one that is not was left as it came."""
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
