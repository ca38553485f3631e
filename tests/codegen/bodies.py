"""Random JSON for what the document describes: what fits, null, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.tools.codegen import documents
from scripts.tools.codegen.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from scripts.tools.codegen.documents import Json

DOCUMENT = documents.read(Layout().document)

NULLS = 0.15
PRESENT = 0.5
UNKNOWN = (None, "", "levitating", 0, 15_000_000_000, False, {"phase": [3]})
#: An object is read as one of its list, and what it must have is then missed.
NO_OBJECTS = UNKNOWN[:-1]
TIMES = (
    "",
    "0001-01-01T00:00:00Z",
    "2023-02-23T10:34:20.084624847Z",
    "2023-08-22T23:54:06.1+00:00",
    "2024-02-29T23:59:60Z",
    "2026-05-14",
    "2022-10-20 19:59:06 +0000 UTC",
)
SCALARS: dict[str, Sequence[object]] = {
    "string": ("", "x", "levitating", "2023-08-22T23:54:06Z", "15s"),
    "integer": (0, -1, 2**63),
    "number": (0, 0.5),
    "boolean": (True, False),
}


def random_value(random: Random, schema: Json, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    """Null, or what fits a schema; open enums mostly get what they do not know, lists also what is wrong."""
    while (name := documents.reference_name(schema)) is not None or "anyOf" in schema:
        schema = documents.schemas(DOCUMENT)[name] if name is not None else random.choice(schema["anyOf"])
    if random.random() < NULLS:
        return None
    if "properties" in schema:
        return random_object(random, schema, depth)
    if schema.get("type") == "array":
        items = random.choices(
            [{"enum": NO_OBJECTS}, schema["items"]], [1, 3], k=random.randrange(3) if depth > 0 else 0
        )
        return [random_value(random, item, depth - 1) for item in items]
    if isinstance(schema.get("additionalProperties"), dict):
        keys = random.sample(["web", "", "/"], k=random.randrange(3))
        return {key: random_value(random, schema["additionalProperties"], depth - 1) for key in keys}
    return random.choice(_scalars(schema))


def _scalars(schema: Json) -> Sequence[object]:
    if schema.get("format") == "date-time":
        return TIMES
    known: Sequence[object] = schema.get("enum", ())
    return known or SCALARS.get(schema.get("type", ""), UNKNOWN)


def random_object(random: Random, schema: Json, depth: int) -> dict[str, Any]:
    """An object with what it must have, some of what it may have, and something that nobody knows."""
    body = {
        field: random_value(random, inner, depth - 1)
        for field, inner in schema["properties"].items()
        if field in schema.get("required", ()) or (depth > 0 and random.random() < PRESENT)
    }
    return body if random.random() < NULLS else {"moon": random.choice(UNKNOWN), **body}
