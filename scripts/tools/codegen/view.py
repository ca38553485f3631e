"""What the generator is shown.

The document without what the generator cannot express, tolerant of what the service may send:

- Success responses only: errors are raised, not returned.
- No security: endpoints take a client with or without a token of its own.
- No `default`: the generator would send it, where the service means "if absent".
- A timestamp is a point in time or text: an empty or odd one must not fail a whole answer.
- A list in a query may be one value: text is iterable, and its letters would be sent one by one.
- No query parameter with a placeholder in its name.
- In answers, null may stand for everything that is not required, and for any list: Go writes an empty one
  so.
- What is sent and answered alike (a Machine's config) has no required keys: a request needs them, an echo
  may lack them, and one missing key must not cost the whole list that it is in.
- A map of plain values has no schema, which gives a plain dict instead of a class for each map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config_types import TYPED, typed_dictionaries
from .documents import Json, children, media_types, operations, reachable, replaced, schemas, with_schemas
from .prose import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

SUCCESS = "2"
#: Where the view names the fields that hold secrets, by schema: simplified ones lose their marks.
SECRETS = "x-secrets"
#: Where it has what the tags are about, which the generator refuses to read as tags.
ABOUT = "x-about"


def generation_view(document: Json) -> Json:
    """The view of a built document; the document itself is not changed."""
    paths: Json = {path: {} for path in document["paths"]}
    for operation in operations(document):
        paths[operation.path][operation.method] = _operation(operation.data)
    in_answers = reachable(document, _roots(document, SUCCESS))
    in_requests = reachable(document, _roots(document, ""))
    viewed: Json = {}
    for name, schema in schemas(document).items():
        plain = replaced(schema, _simplified)
        if name in in_answers and name in in_requests:
            plain.pop("required", None)
        viewed[name] = _model(name, plain, viewed, tolerant=name in in_answers)
    return {
        **{key: value for key, value in document.items() if key not in {"security", "tags"}},
        "paths": paths,
        "components": {"schemas": {name: viewed[name] for name in sorted(viewed)}},
        SECRETS: _secrets(document),
        TYPED: typed_dictionaries(document),
        ABOUT: {tag["name"]: tag["description"] for tag in document["tags"]},
    }


def _secrets(document: Json) -> Json:
    marked = {
        name: [field for field, inner in schema.get("properties", {}).items() if inner.get(MARK)]
        for name, schema in schemas(document).items()
    }
    return {name: fields for name, fields in marked.items() if fields}


def _roots(document: Json, statuses: str) -> Iterator[Json]:
    for operation in operations(document):
        for media in media_types(operation.data, statuses=statuses):
            yield media["schema"]


def _operation(operation: Json) -> Json:
    data = with_schemas(operation, _simplified)
    for key in ("security", "externalDocs"):
        data.pop(key, None)
    data["parameters"] = [
        _parameter(parameter) for parameter in data["parameters"] if "{" not in parameter["name"]
    ]
    data["responses"] = {
        status: {key: value for key, value in response.items() if key != "headers"}
        for status, response in data["responses"].items()
        if status.startswith(SUCCESS)
    }
    return data


def _simplified(schema: Json) -> Json:
    if (
        schema.get("type") == "object"
        and not schema.get("properties")
        and "additionalProperties" not in schema
    ):
        return {key: value for key, value in schema.items() if key == "description"}
    simple = {key: value for key, value in schema.items() if key != "default"}
    if simple.get("format") == "date-time":
        kept = {key: value for key, value in simple.items() if key not in {"type", "format"}}
        return {**kept, "anyOf": [{"type": "string", "format": "date-time"}, {"type": "string"}]}
    return simple


def _parameter(parameter: Json) -> Json:
    schema = parameter["schema"]
    if parameter["in"] == "query" and schema.get("type") == "array":
        schema = {"anyOf": [schema, schema["items"]]}
    # The generator documents a parameter by its schema's description.
    described = {"description": parameter["description"]} if "description" in parameter else {}
    return {**parameter, "schema": {**schema, **described}}


def _model(name: str, schema: Json, hoisted: Json, *, tolerant: bool) -> Json:
    if "properties" not in schema:
        return schema
    required = set(schema.get("required", ()))
    properties: Json = {}
    for field, inner in schema["properties"].items():
        shown = _map(name, field, inner, hoisted)
        if tolerant and (field not in required or shown.get("type") == "array"):
            shown = _nullable(shown)
        properties[field] = shown
    return {**schema, "properties": properties}


def _map(owner: str, field: str, schema: Json, hoisted: Json) -> Json:
    """A map of plain values becomes anything; a map of models a named schema, for a good class name."""
    values = schema.get("additionalProperties")
    if schema.get("type") != "object" or not isinstance(values, dict):
        return schema
    described = {key: schema[key] for key in ("description",) if key in schema}
    if not any(True for _ in children(values)) and "$ref" not in values:
        return described
    name = owner + "".join(part.capitalize() for part in field.split("_"))
    hoisted[name] = {key: value for key, value in schema.items() if key not in {"description", "nullable"}}
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}], **described}


def _nullable(schema: Json) -> Json:
    if "$ref" in schema:
        return {"allOf": [schema], "nullable": True}
    if not schema.get("items", True) or set(schema) <= {"description"}:
        return {key: value for key, value in schema.items() if key == "description"}  # anything, also null
    return {**schema, "nullable": True}
