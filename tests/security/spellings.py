"""How an answer may spell a secret that it repeats: the corpus of the masker and of the scrubber."""

from __future__ import annotations

import base64
import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Callable

#: A value with all that is escaped somewhere; none of its words is in an English sentence.
AWKWARD = 'corr\u00e9ct-horse"battery\\staple&more/of?it+x ~\nthird_line\U0001f40e-end'
#: Parts of it that show when its escapes are looked through only in part.
TELLTALES = ("corr", "horse", "battery", "staple", "more", "third", "line")


def _in_json(value: str) -> str:
    return json.dumps(value)[1:-1]


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _base64url(value: str) -> str:
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def _mixed_percent(value: str) -> str:
    """Percent-encode in upper and lower case, in turns."""
    turns = iter(range(10_000))
    return re.sub(
        "%..", lambda found: found[0].lower() if next(turns) % 2 else found[0], quote(value, safe="")
    )


#: The whole value, escaped.
WHOLE: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "JSON": _in_json,
    "JSON, not ASCII": lambda value: json.dumps(value, ensure_ascii=False)[1:-1],
    "JSON in JSON": lambda value: _in_json(_in_json(value)),
    "JSON in JSON in JSON": lambda value: _in_json(_in_json(_in_json(value))),
    "JSON of Go": lambda value: re.sub(
        "[&<>]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)[1:-1]
    ),
    "JSON of PHP": lambda value: _in_json(value).replace("/", "\\/"),
    "JSON, all escaped": lambda value: "".join(
        f"\\u{int.from_bytes(pair):04X}"
        for packed in [value.encode("utf-16-be")]
        for pair in (packed[at : at + 2] for at in range(0, len(packed), 2))
    ),
    "Python": lambda value: repr(value)[1:-1],
    "Python, ASCII": lambda value: ascii(value)[1:-1],
    "percent": lambda value: quote(value, safe=""),
    "percent, lower case": lambda value: re.sub("%..", lambda found: found[0].lower(), quote(value, safe="")),
    "percent, mixed case": _mixed_percent,
    "percent, a path": quote,
    "percent, a form": quote_plus,
    "percent, everything": lambda value: "".join(f"%{byte:02x}" for byte in value.encode()),
    "percent twice": lambda value: quote(quote(value, safe=""), safe=""),
    "JSON in JSON in percent": lambda value: quote(_in_json(_in_json(value)), safe=""),
    "HTML": html.escape,
    "HTML in JSON": lambda value: _in_json(html.escape(value)),
    "base64": _base64,
    "base64url": _base64url,
    "base64 in percent": lambda value: quote(_base64(value), safe=""),
    "base64 in JSON of PHP": lambda value: _base64(value).replace("/", "\\/"),
}
#: Whole, but among other bytes in the same base64, which may share a character at either end.
INSIDE: dict[str, Callable[[str], str]] = {
    "base64 behind a name": lambda value: _base64(f"admin:{value}"),
    "base64 behind a longer name": lambda value: _base64(f"admins:{value}"),
    "base64 behind the longest name": lambda value: _base64(f"adminis:{value}"),
    "base64 before more": lambda value: _base64(f"{value}:more"),
    "base64url among more": lambda value: _base64url(f"a{value}bc"),
}
#: Parts of it, of eight characters and more.
PARTS: dict[str, Callable[[str], str]] = {
    "cut": lambda value: value[:20],
    "without its beginning": lambda value: value[9:],
    "wrapped": lambda value: "\n".join(value[at : at + 10] for at in range(0, len(value), 10)),
    "JSON, cut": lambda value: _in_json(value)[:30],
    "collapsed": lambda value: " ".join(value.split()),
    "base64, wrapped": lambda value: "\n".join(
        _base64(value)[at : at + 16] for at in range(0, len(_base64(value)), 16)
    ),
}


def shows(text: str) -> list[str]:
    """Return what of `AWKWARD` a text shows, in any spelling of the corpus."""
    found = [part for part in TELLTALES if part in text]
    for spell in (_base64, _base64url):
        for before in ("", "a", "ab"):
            packed = spell(before + AWKWARD)
            found += [
                packed[at : at + 12] for at in range(4, len(packed) - 16) if packed[at : at + 12] in text
            ]
    return found
