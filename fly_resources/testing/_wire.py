"""What travels between a door of the simulator and the model behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import parse_qs, unquote

import attrs

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, Json]

#: HD-3: the content types that the service answers with.
JSON_TYPE = "application/json; charset=utf-8"
TEXT_TYPE = "text/plain; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"
NDJSON_TYPE = "application/x-ndjson"

#: Of a body's levels. The model copies and prints what it keeps, one call a level.
_MAX_DEPTH = 100
_TOO_DEEP = "exceeded max depth"

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def encode(value: Json) -> bytes:
    """Return `value` as compact JSON."""
    return _encode(value).encode()


def decode(body: bytes) -> Json:
    """Return the JSON of a request.

    Raises:
        ValueError: It is none, or deeper than anything that the API describes.
    """
    try:
        value: Json = json.loads(body)
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
    """One request as the model sees it."""

    method: str
    path: str
    segments: tuple[str, ...]
    query: Mapping[str, list[str]]
    query_text: str
    authorization: str
    lease_nonce: str
    body: bytes = attrs.field(repr=False)

    @classmethod
    def parse(cls, method: str, target: str, authorization: str, lease_nonce: str, body: bytes) -> Request:
        """Read a request target (path and query, percent-encoded)."""
        raw_path, _, query_text = target.partition("?")
        parts = raw_path.split("/")
        segments = tuple(unquote(part) if "%" in part else part for part in parts[1:])
        query = parse_qs(query_text, keep_blank_values=True) if query_text else {}
        return cls(
            method, "/" + "/".join(segments), segments, query, query_text, authorization, lease_nonce, body
        )


@attrs.frozen
class Answer:
    """One complete answer of the service."""

    status: int
    content: bytes = b""
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Pending:
    """An answer that is not known yet: call `poll` with the time at `at`, or earlier."""

    at: float
    poll: Callable[[float], Answer | Pending]


Result: TypeAlias = "Answer | Pending"


def json_answer(value: Json, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Answer with a JSON body."""
    return Answer(status, encode(value), headers=headers)


def empty_answer(status: int) -> Answer:
    """Answer without a body (202 and 204)."""
    return Answer(status, content_type="")


OK = json_answer({"ok": True})
