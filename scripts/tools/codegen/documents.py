"""Reading, writing and walking OpenAPI documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Json: TypeAlias = dict[str, Any]

METHODS = ("get", "put", "post", "patch", "delete")
SCHEMA_PREFIX = "#/components/schemas/"


class CodegenError(Exception):
    """The pipeline cannot go on; the message says what to change."""


@attrs.frozen
class Operation:
    """One operation of a document and where it stands."""

    path: str
    method: str
    data: Json

    @property
    def id(self) -> str:
        """The operationId; operations without one are refused when the document is read."""
        return str(self.data["operationId"])

    @property
    def route(self) -> str:
        """Method and path, as people write it."""
        return f"{self.method.upper()} {self.path}"


def read(path: Path) -> Json:
    """The JSON object in a file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise CodegenError(f"{path.name} holds no JSON object")
    return data


def dump(document: Json) -> str:
    """The one textual form of a document: keys in the document's own order, newline at the end."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def operations(document: Json) -> Iterator[Operation]:
    """Every operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield Operation(path, method, item[method])


def schemas(document: Json) -> dict[str, Json]:
    """The named schemas."""
    found: dict[str, Json] = document["components"]["schemas"]
    return found


def reference_name(schema: Json) -> str | None:
    """The name of the schema that this one refers to, directly or as a lone `allOf` entry."""
    target = schema.get("$ref")
    if target is None and len(schema.get("allOf", [])) == 1:
        target = schema["allOf"][0].get("$ref")
    return target.removeprefix(SCHEMA_PREFIX) if isinstance(target, str) else None


def children(schema: Json) -> Iterator[Json]:
    """The schemas directly inside one."""
    yield from schema.get("properties", {}).values()
    for keyword in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(keyword), dict):
            yield schema[keyword]
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from schema.get(keyword, [])


def replaced(schema: Json, change: Callable[[Json], Json]) -> Json:
    """A copy of a schema in which every schema, innermost first, went through `change`."""
    copy = dict(schema)
    if "properties" in copy:
        copy["properties"] = {name: replaced(inner, change) for name, inner in copy["properties"].items()}
    for keyword in ("items", "additionalProperties", "not"):
        if isinstance(copy.get(keyword), dict):
            copy[keyword] = replaced(copy[keyword], change)
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in copy:
            copy[keyword] = [replaced(inner, change) for inner in copy[keyword]]
    return change(copy)


def media_types(operation: Json, *, statuses: str = "") -> Iterator[Json]:
    """The media type objects of an operation's request (no `statuses`) or of its responses.

    Args:
        operation: The operation object.
        statuses: A prefix of response statuses, as in "2"; empty means the request body.
    """
    if not statuses:
        yield from operation.get("requestBody", {}).get("content", {}).values()
        return
    for status, response in operation["responses"].items():
        if status.startswith(statuses):
            yield from response.get("content", {}).values()


def root_schemas(operation: Json) -> Iterator[Json]:
    """Every schema that an operation holds itself: parameters, request, responses."""
    for parameter in operation.get("parameters", []):
        yield parameter["schema"]
    for media in media_types(operation):
        yield media["schema"]
    for first_digit in "12345d":
        for media in media_types(operation, statuses=first_digit):
            yield media["schema"]


def reachable(document: Json, roots: Iterator[Json]) -> set[str]:
    """The names of all schemas that the given schemas lead to."""
    named = schemas(document)
    seen: set[str] = set()
    pending = list(roots)
    while pending:
        schema = pending.pop()
        pending.extend(children(schema))
        target = schema.get("$ref")
        if target is not None:
            name = str(target).removeprefix(SCHEMA_PREFIX)
            if name not in seen:
                seen.add(name)
                pending.append(named[name])
    return seen


def with_schemas(operation: Json, change: Callable[[Json], Json]) -> Json:
    """A copy of an operation in which every schema went through `change`."""
    data = dict(operation)
    data["parameters"] = [
        {**parameter, "schema": replaced(parameter["schema"], change)}
        for parameter in operation.get("parameters", [])
    ]
    if "requestBody" in data:
        data["requestBody"] = {
            **data["requestBody"],
            "content": _content(data["requestBody"]["content"], change),
        }
    data["responses"] = {
        status: {**response, "content": _content(response["content"], change)}
        if "content" in response
        else response
        for status, response in data["responses"].items()
    }
    return data


def _content(content: Json, change: Callable[[Json], Json]) -> Json:
    return {media: {**body, "schema": replaced(body["schema"], change)} for media, body in content.items()}
