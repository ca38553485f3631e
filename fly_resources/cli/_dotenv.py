"""Parse a .env file for `secrets import`: NAME=VALUE lines. No message contains a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE: Final = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<rest>.*)")
_COMMENT: Final = re.compile(r"\s*(#.*)?")
_ESCAPE: Final = re.compile(r'\\([nrt"\\$])')
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t"}
#: Up to the closing quote that is not escaped.
_DOUBLE: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SINGLE: Final = re.compile(r"'([^']*)'")


def parse(text: str) -> dict[str, str]:
    r"""Return the names and values.

    Blank lines, comments and `export` before a name are skipped. A value in single quotes is literal; in
    double quotes, `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are escapes. An unquoted value ends before ` #`.
    Nothing is expanded: `$HOME` stays `$HOME`.

    Raises:
        ConfigurationError: An invalid line, a multi-line value, or a repeated name.
    """
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, name, value in _entries(text.removeprefix("\ufeff")):
        if name in values:
            raise _refuse(number, f"{name} is set in line {lines[name]} already; keep one of them")
        values[name], lines[name] = value, number
    return values


def _entries(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if _COMMENT.fullmatch(line):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            named = "it is not NAME=VALUE with a name of letters, digits and _"
            raise _refuse(number, f"{named}; multi-line values are not supported here")
        yield number, found["name"], _value(number, found["name"], found["rest"])


def _value(number: int, name: str, rest: str) -> str:
    if rest[:1] not in {'"', "'"}:
        return re.split(r"(?:^|\s+)#", rest, maxsplit=1)[0].rstrip()
    double = rest[0] == '"'
    quoted = (_DOUBLE if double else _SINGLE).match(rest)
    if quoted is None:
        raise _refuse(
            number,
            f"the quotes of {name} are not closed; multi-line values are not supported here: write \\n "
            "in double quotes, or set it from Python with FlySecret",
        )
    if not _COMMENT.fullmatch(rest[quoted.end() :]):
        raise _refuse(number, f"something follows the closing quote of {name}")
    if double:
        return _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), quoted[1])
    return quoted[1]


def _refuse(number: int, why: str) -> ConfigurationError:
    """Build the error; the line itself may hold a secret."""
    return ConfigurationError(f"Line {number} of the standard input: {why}.")
