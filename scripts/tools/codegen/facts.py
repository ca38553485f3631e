"""Upstream's document reduced to facts in one stable form.

Only known keys are taken over, so prose (descriptions, summaries, examples, titles) cannot slip through. The
forms in which the same facts have been published (the version prefix in the server or in every path, OpenAPI
3.0 or 3.1 spelling of null) come out equal.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .documents import METHODS, CodegenError, Json

VERSION_PREFIX = "/v1"

_SCHEMA_FACTS = frozenset(
    {
        "$ref", "additionalProperties", "allOf", "anyOf", "default", "deprecated", "enum", "exclusiveMaximum",
        "exclusiveMinimum", "format", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength",
        "minimum", "multipleOf", "not", "nullable", "oneOf", "pattern", "properties", "readOnly", "required",
        "type", "uniqueItems", "writeOnly",
    }
)  # fmt: skip
_PARAMETER_FACTS = ("name", "in", "required", "deprecated", "style", "explode")
_PARAMETER_ORDER = {"path": 0, "query": 1, "header": 2, "cookie": 3}


def extract(published: Json) -> Json:
    """The facts of a published document.

    Args:
        published: The document as upstream serves it.

    Raises:
        CodegenError: The document has a shape that the pipeline does not understand.
    """
    if "paths" not in published or "schemas" not in published.get("components", {}):
        raise CodegenError("this is no OpenAPI 3 document: it has no paths or no components.schemas")
    server, paths = _version_in_server(published)
    security = {"security": published["security"]} if "security" in published else {}
    return {
        "openapi": "3.0.3",
        "info": {"title": published["info"]["title"], "version": published["info"]["version"]},
        "servers": [{"url": server}],
        **security,
        "paths": {path: _path_item(path, paths[path]) for path in sorted(paths)},
        "components": {
            key: _named(key, published["components"][key])
            for key in ("schemas", "securitySchemes")
            if key in published["components"]
        },
    }


def _version_in_server(published: Json) -> tuple[str, Json]:
    server = str((published.get("servers") or [{"url": "https://api.machines.dev"}])[0]["url"]).rstrip("/")
    paths: Json = published["paths"]
    if not urlsplit(server).path and all(path.startswith(VERSION_PREFIX + "/") for path in paths):
        return server + VERSION_PREFIX, {
            path.removeprefix(VERSION_PREFIX): item for path, item in paths.items()
        }
    return server, paths


def _path_item(path: str, item: Json) -> Json:
    shared = item.get("parameters", [])
    return {
        method: _operation(f"{method.upper()} {path}", item[method], shared)
        for method in METHODS
        if method in item
    }


def _operation(route: str, operation: Json, shared: list[Json]) -> Json:
    if "operationId" not in operation:
        raise CodegenError(f"{route} has no operationId; names.json cannot name it")
    parameters = [_parameter(route, parameter) for parameter in [*shared, *operation.get("parameters", [])]]
    facts: Json = {"operationId": operation["operationId"]}
    if operation.get("tags"):
        facts["tags"] = sorted(operation["tags"])
    if operation.get("deprecated"):
        facts["deprecated"] = True
    if "security" in operation:
        facts["security"] = operation["security"]
    facts["parameters"] = sorted(parameters, key=lambda found: (_PARAMETER_ORDER[found["in"]], found["name"]))
    if "requestBody" in operation:
        body = operation["requestBody"]
        facts["requestBody"] = {"required": body.get("required", False), "content": _content(body)}
    facts["responses"] = {
        status: _response(response) for status, response in sorted(operation["responses"].items())
    }
    return facts


def _response(response: Json) -> Json:
    facts: Json = {"content": _content(response)} if response.get("content") else {}
    if response.get("headers"):
        facts["headers"] = {
            name.lower(): {"schema": schema_facts(header["schema"])}
            for name, header in sorted(response["headers"].items())
        }
    return facts


def _parameter(route: str, parameter: Json) -> Json:
    if "schema" not in parameter:
        raise CodegenError(f"{route} has a parameter without a schema")
    facts: Json = {key: parameter[key] for key in _PARAMETER_FACTS if parameter.get(key) not in {None, False}}
    facts["schema"] = schema_facts(parameter["schema"])
    return facts


def _content(holder: Json) -> Json:
    return {
        media: {"schema": schema_facts(body["schema"])} for media, body in sorted(holder["content"].items())
    }


def _named(key: str, entries: Json) -> Json:
    if key == "schemas":
        return {name: schema_facts(entries[name]) for name in sorted(entries)}
    return {
        name: {fact: value for fact, value in sorted(entries[name].items()) if fact != "description"}
        for name in sorted(entries)
    }


def schema_facts(schema: Json) -> Json:
    """One schema without prose, keys and unordered lists sorted, null spelled `nullable`."""
    facts: Json = {key: schema[key] for key in sorted(schema) if key in _SCHEMA_FACTS}
    _null_as_keyword(facts)
    if "properties" in facts:
        facts["properties"] = {
            name: schema_facts(facts["properties"][name]) for name in sorted(facts["properties"])
        }
    for keyword in ("items", "additionalProperties", "not"):
        if isinstance(facts.get(keyword), dict):
            facts[keyword] = schema_facts(facts[keyword])
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in facts:
            facts[keyword] = [schema_facts(inner) for inner in facts[keyword]]
    if "required" in facts:
        facts["required"] = sorted(facts["required"])
    if "enum" in facts:
        facts["enum"] = sorted(facts["enum"], key=_sortable)
    if "allOf" in facts and facts.get("type") == "object" and "properties" not in facts:
        del facts["type"]  # left over from upstream's conversion; the reference may be to a string
    return facts


def _null_as_keyword(facts: Json) -> None:
    """Spells OpenAPI 3.1's null types as 3.0 does, in place."""
    if isinstance(facts.get("type"), list):
        kinds = [kind for kind in facts["type"] if kind != "null"]
        if len(kinds) < len(facts["type"]):
            facts["nullable"] = True
        if len(kinds) == 1:
            facts["type"] = kinds[0]
        else:
            del facts["type"]
            facts["anyOf"] = [{"type": kind} for kind in kinds]
    for keyword in ("anyOf", "oneOf"):
        inner = facts.get(keyword, [])
        if any(option == {"type": "null"} for option in inner):
            facts["nullable"] = True
            facts[keyword] = [option for option in inner if option != {"type": "null"}]


def _sortable(value: Any) -> tuple[str, Any]:  # noqa: ANN401 - an enum may hold any JSON scalar
    return type(value).__name__, value
