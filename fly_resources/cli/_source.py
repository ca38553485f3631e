"""Write Python source for plain values and calls, formatted as common formatters do."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 88
_INDENT: Final = 4


@attrs.frozen
class Name:
    """A name or expression that is written unchanged."""

    text: str


@attrs.frozen
class Call:
    """A call; positional arguments have the name None."""

    function: str
    arguments: tuple[tuple[str | None, Any], ...]


def assignment(target: str, value: object) -> str:
    """Return `target = value`, on as few lines as fit."""
    return f"{target} = {_laid_out(value, 0, len(target) + 3, 0)}"


def imports(module: str, names: Sequence[str]) -> str:
    """Return the import of some names from a module."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def comment(text: str) -> str:
    """Return text as comment lines, none of which can become code."""
    words = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    lines = textwrap.wrap(words, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"# {line}" for line in lines)


def commented_out(code: str) -> str:
    """Return code as comments."""
    return "\n".join(f"# {line}".rstrip() for line in code.splitlines())


def _inline(value: object) -> str:
    match value:
        case Name(text):
            return text
        case Call(function, arguments):
            return f"{function}({', '.join(_labelled(name) + _inline(each) for name, each in arguments)})"
        case Mapping():
            return "{" + ", ".join(f"{_inline(key)}: {_inline(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_inline(each) for each in value) + "]"
        case _:
            return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if value is not None and type(value) not in {bool, int, float}:
        raise TypeError(f"a {type(value).__name__} has no literal")  # its repr could become code
    return repr(value)


def _laid_out(value: object, indent: int, before: int, after: int) -> str:
    """Return an expression with `before` characters before it on its line and `after` after it."""
    line = _inline(value)
    if indent + before + len(line) + after <= WIDTH:
        return line
    inner = indent + _INDENT
    rows: list[str]
    match value:
        case Call(function, arguments) if arguments:
            opening, closing = f"{function}(", ")"
            rows = [_row(_labelled(name), each, inner) for name, each in arguments]
        case Mapping() if value:
            opening, closing = "{", "}"
            rows = [_row(f"{_inline(key)}: ", each, inner) for key, each in value.items()]
        case list() | tuple() if value:
            opening, closing = "[", "]"
            rows = [_row("", each, inner) for each in value]
        case _:
            return line
    return "\n".join([opening, *rows, " " * indent + closing])


def _row(label: str, value: object, indent: int) -> str:
    return f"{' ' * indent}{label}{_laid_out(value, indent, len(label), 1)},"


def _labelled(name: str | None) -> str:
    return "" if name is None else f"{name}="


def _text(value: str) -> str:
    """Return a string literal in double quotes, or in single quotes if that saves escapes."""
    literal = repr(value)
    body = literal[1:-1]
    if literal[0] == "'":
        body = body.replace("\\'", "'")
    if value.count('"') > value.count("'"):
        return "'" + body.replace("'", "\\'") + "'"
    return '"' + body.replace('"', '\\"') + '"'
