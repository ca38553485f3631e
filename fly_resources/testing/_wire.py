"""Requests and responses between the simulator's interfaces and the model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import parse_qs, unquote

import attrs

from fly_resources.testing._go_texts import parse

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, Json]

#: HD-3: the content types of the service's responses.
JSON_TYPE = "application/json; charset=utf-8"
TEXT_TYPE = "text/plain; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"
NDJSON_TYPE = "application/x-ndjson"

#: Maximum depth of a body. The model copies and prints what it stores, one call per level.
_MAX_DEPTH = 100
_TOO_DEEP = "exceeded max depth"

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def encode(value: Json) -> bytes:
    """Return `value` as compact JSON. Invalid UTF-8, here a lone surrogate, becomes U+FFFD, as in Go."""
    text = _encode(value)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def decode(body: bytes) -> Json:
    """Return the JSON value of a request.

    Raises:
        ValueError: The body is not JSON, or is deeper than anything the API describes; the text is Go's.
    """
    try:
        value: Json = parse(body)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if body.count(b"[") + body.count(b"{") > _MAX_DEPTH and _is_deep(value):
        raise ValueError(_TOO_DEEP)
    return value


def _is_deep(value: Json) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


@attrs.frozen
class Request:
    """A request as the model sees it."""

    method: str
    path: str
    segments: tuple[str, ...]
    query: Mapping[str, list[str]]
    query_text: str
    authorization: str
    lease_nonce: str
    body: bytes = attrs.field(repr=False)
    asked_by: str = ""

    @classmethod
    def parse(  # noqa: PLR0917 - the parts of a request, in their order
        cls,
        method: str,
        target: str,
        authorization: str,
        lease_nonce: str,
        body: bytes,
        asked_by: str = "",
    ) -> Request:
        """Parse a request target (path and query, percent-encoded)."""
        raw_path, _, query_text = target.partition("?")
        parts = raw_path.split("/")
        segments = tuple(unquote(part) if "%" in part else part for part in parts[1:])
        query = parse_qs(query_text, keep_blank_values=True) if query_text else {}
        path = "/" + "/".join(segments)
        return cls(method, path, segments, query, query_text, authorization, lease_nonce, body, asked_by)


@attrs.frozen
class Answer:
    """A complete response of the service."""

    status: int
    content: bytes = b""
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Pending:
    """A response that is not known yet: call `poll` with the time at `at`, or earlier."""

    at: float
    poll: Callable[[float], Answer | Pending]


Result: TypeAlias = "Answer | Pending"


def json_answer(value: Json, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Build a response with a JSON body."""
    return Answer(status, encode(value), headers=headers)


def empty_answer(status: int) -> Answer:
    """Build a response without a body (202 and 204)."""
    return Answer(status, content_type="")


OK = json_answer({"ok": True})
