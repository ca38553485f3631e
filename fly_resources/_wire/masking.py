"""Mask secrets in the service's responses, which may repeat the request.

What is secret about a request: its token, every `Secret` that is in use, and what its body holds under
the names that secrets have in this API, which covers plain strings that went through the SDK. Errors,
plans and cassettes all find secrets here.

A text is searched as it stands and as it reads without its escapes (JSON's and Python's, percent, HTML's),
up to three layers of them. Base64 is looked for at each of the three ways that a value can lie in it.
"""

from __future__ import annotations

import base64
import functools
import html
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from fly_machines import models

from fly_resources._secret import living_secrets

#: Below these keys, every text in the body of a request is taken for a secret.
_SECRET_KEYS: Final = frozenset(
    {
        "env",
        "fullchain",
        "header",
        "headers",
        "plaintext",
        "private_key",
        "raw_value",
        "stdin",
        "value",
        "values",
    }
)
MASK: Final = "***"
#: Shorter values are not masked: that would make other words unreadable.
SHORTEST: Final = 4
#: A part of a secret that is this long is masked too: an answer may be cut, wrapped or escaped.
PART: Final = 8
#: Up to this many parts of texts are searched for in the secrets: listing their parts takes longer.
_FEW_LOOKS: Final = 64
#: A list of the parts of secrets with more characters fills the memory: some texts are searched without.
_LARGE: Final = 2**17
_FEW_SEARCHES: Final = 4
#: Maskers of values with more characters are not kept: each holds some megabytes.
_MOST_KEPT: Final = 2**15
#: JSON in JSON in JSON; what is wrapped more often is not looked into.
_LAYERS: Final = 3
_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U000[0-9a-fA-F]{5}"
    r"|\\x[0-9a-fA-F]{2}|\\.|(?:%[0-9a-fA-F]{2})+|&(?:amp|lt|gt|quot|apos|#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5});",
    re.DOTALL,
)
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}
#: The two alphabets of base64 are compared as one.
ONE_ALPHABET: Final = str.maketrans("-_", "+/")
_URI_PASSWORD: Final = re.compile(r"://[^/\s:@]{0,256}:([^/\s@]{1,1024})@")

Span = tuple[int, int]


class Masker:
    """Masks given values, and parts of them, in texts; and the passwords in any address."""

    def __init__(self, values: Iterable[str], stand_in: str = MASK) -> None:
        """Prepare to mask `values`; those of less than 4 characters are left alone."""
        self._stand_in = stand_in
        known = {value for value in values if len(value) >= SHORTEST}
        known |= {word for value in known for word in uri_passwords(value) if len(word) >= SHORTEST}
        forms = {form for value in known for form in forms_of(value)}
        self._short = {form for form in forms if len(form) < PART}
        self._long = [form for form in forms if len(form) >= PART]
        self._large = sum(map(len, self._long)) > _LARGE
        self._looks = self._searches = 0
        self._parts: set[str] | None = None

    def mask(self, text: str) -> str:
        """Return `text` with each secret or part of one replaced by `***`."""
        if len(text) < SHORTEST:
            return text
        hidden = bytearray(len(text))
        for reading, starts in readings(text):
            for begin, end in self._find(reading):
                first, last = (begin, end) if starts is None else (starts[begin], starts[end])
                hidden[first:last] = b"\1" * (last - first)
        return covered(text, [(*run.span(), self._stand_in) for run in re.finditer(rb"\x01+", hidden)])

    def mask_json(self, value: Any) -> Any:  # noqa: ANN401  # any JSON value
        """Return a JSON value with every text in it masked, keys included."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, Mapping):
            return {self.mask(str(key)): self.mask_json(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.mask_json(each) for each in value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._stand_in if self.mask(str(value)) == self._stand_in else value
        return value

    def _find(self, text: str) -> Iterator[Span]:
        for found in _URI_PASSWORD.finditer(text):
            yield found.span(1)
        text = text.translate(ONE_ALPHABET)
        for form in self._short:
            for span in occurrences(text, form, 1):
                if _stands_alone(text, *span):
                    yield span
        if self._long and len(text) >= PART:
            parts = self._parts_for(text)
            for at in range(len(text) - PART + 1):
                if text[at : at + PART] in parts:
                    yield at, at + PART

    def _is_part(self, part: str) -> bool:
        return any(part in form for form in self._long)

    def _parts_for(self, text: str) -> set[str]:
        """Return the parts that secrets have; while that pays, only those that the text has too."""
        if self._parts is not None:
            return self._parts
        self._looks += len(text) - PART + 1
        if self._looks <= _FEW_LOOKS:
            return set(filter(self._is_part, _parts_of(text)))
        self._searches += 1
        if self._large and self._searches <= _FEW_SEARCHES:
            shown = set(_parts_of(text))
            return {part for form in self._long for part in _parts_of(form) if part in shown}
        self._parts = {part for form in self._long for part in _parts_of(form)}
        return self._parts


_kept_masker: Final = functools.lru_cache(maxsize=4)(Masker)


def _masker_of(values: set[str]) -> Masker:
    """Return the masker of some values, the last one if it fits: preparing takes longer than masking."""
    return (_kept_masker if sum(map(len, values)) <= _MOST_KEPT else Masker)(frozenset(values))


def _mask_living(text: str) -> str:
    return _masker_of(living_secrets()).mask(text)


# What was declared as a `Secret` comes back in the SDK's models, in a config or elsewhere.
models.masks.append(_mask_living)


def masker_for(authorization: str, content: bytes) -> Masker:
    """Return the masker for the secrets of a request with that header and body, and all others in use."""
    token = authorization.partition(" ")[2] or authorization
    return _masker_of({token, *living_secrets(), *_sent(content)})


def hide_in_use(text: str) -> str:
    """Mask in a text the `Secret`s in use that it holds whole, and the passwords in addresses."""
    return _masker_of({value for value in living_secrets() if value in text}).mask(text)


def readings(text: str) -> Iterator[tuple[str, Sequence[int] | None]]:
    """Yield a text as it stands, then with one layer of escapes after another removed.

    Each comes with the positions in `text` at which its characters begin, and the end; None if none moved.
    """
    yield text, None
    starts: array[int] | None = None
    for _ in range(_LAYERS):
        if not any(sign in text for sign in "\\%&"):
            return
        plain, at = _unescaped(text)
        if plain == text:
            return
        text, starts = plain, at if starts is None else array("Q", [starts[each] for each in at])
        yield text, starts


def forms_of(value: str) -> set[str]:
    """Return how a value may stand in what `readings` returns, in one alphabet of base64."""
    whole = value.encode("utf-8", "replace")
    forms = {plain for plain, _ in readings(value)}
    forms |= {" ".join(value.split()), value.replace(" ", "+"), base64.b64encode(whole).decode("ascii")}
    if len(whole) >= PART:
        # behind other bytes in the same base64, such as a user's name: without what those have a part in
        for before in (1, 2):
            packed = base64.b64encode(bytes(before) + whole).decode("ascii")
            forms.add(packed[before + 1 : (before + len(whole)) * 8 // 6])
    return {form.translate(ONE_ALPHABET) for form in forms}


def uri_passwords(value: str) -> set[str]:
    """Return the passwords of the addresses in a text, raw and decoded."""
    found = {match[1] for match in _URI_PASSWORD.finditer(value)}
    return {plain for password in found for plain, _ in readings(password)}


def covered(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with another in the place of each span; of those that overlap, the first one wins."""
    shown, end = [], 0
    for first, last, stand_in in sorted(spans, key=lambda span: (span[0], -span[1])):
        if first >= end:
            shown += [text[end:first], stand_in]
        end = max(end, last)
    return "".join([*shown, text[end:]])


def _parts_of(text: str) -> Iterator[str]:
    return (text[at : at + PART] for at in range(len(text) - PART + 1))


def _unescaped(text: str) -> tuple[str, array[int]]:
    """Take one layer of escapes away; return where each character begins, and the end."""
    pieces: list[str] = []
    starts = array("Q")
    end = 0
    for found in _ESCAPE.finditer(text):
        pieces.append(text[end : found.start()])
        starts.extend(range(end, found.start()))
        for character, width in _meaning(found[0]):
            pieces.append(character)
            starts.append(found.start() + width)
        end = found.end()
    pieces.append(text[end:])
    starts.extend(range(end, len(text) + 1))
    return "".join(pieces), starts


def _meaning(escape: str) -> Iterator[tuple[str, int]]:
    """Go through the characters that an escape stands for, and where in it each begins."""
    if escape[0] == "%":
        packed = bytes.fromhex(escape.replace("%", ""))
        try:
            plain = packed.decode("utf-8")
        except UnicodeDecodeError:
            plain = packed.decode("latin-1")
            yield from ((character, 3 * at) for at, character in enumerate(plain))
            return
        at = 0
        for character in plain:
            yield character, at
            at += 3 * len(character.encode("utf-8"))
    elif escape[0] == "&":
        yield html.unescape(escape)[:1] or "&", 0
    elif escape[1] in "uUx":
        digits = [int(each, 16) for each in re.split(r"\\[uUx]", escape)[1:] if each]
        yield _character(digits) if digits else escape[1], 0
    else:
        yield _LETTERS.get(escape[1], escape[1]), 0


def _character(codes: list[int]) -> str:
    if len(codes) > 1:  # a pair of surrogates
        return chr(0x10000 + ((codes[0] - 0xD800) << 10) + codes[1] - 0xDC00)
    return chr(codes[0])


def occurrences(text: str, form: str, step: int) -> Iterator[Span]:
    """Yield the places where `form` stands in `text`; each search begins `step` after the last start."""
    at = text.find(form)
    while at >= 0:
        yield at, at + len(form)
        at = text.find(form, at + step)


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Return whether the span is a whole word."""
    before, after = text[begin - 1 : begin], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _sent(content: bytes) -> Iterator[str]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return
    todo: list[tuple[Any, bool]] = [(body, False)]
    while todo:
        value, secret = todo.pop()
        if isinstance(value, dict):
            todo += [(each, secret or key in _SECRET_KEYS) for key, each in value.items()]
        elif isinstance(value, list):
            todo += [(each, secret) for each in value]
        elif isinstance(value, str) and secret:
            yield value
