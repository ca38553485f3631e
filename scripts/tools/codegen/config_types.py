"""The bodies of requests as typed dictionaries, for those who write them as JSON and want them checked."""

from __future__ import annotations

from typing import Any

from .documents import Json, media_types, operations, reachable, reference_name, schemas

#: Where the view holds them, for the template.
TYPED = "x-typed"
_PLAIN = {"string": "Text", "integer": "int", "number": "float", "boolean": "bool"}


def typed_dictionaries(document: Json) -> list[Json]:
    """Every schema of a request: `name`, `description`, `fields` (`name`, `type`, `description` each)."""
    named = schemas(document)
    answered = reachable(document, (media["schema"] for media in _media(document, "2")))
    wanted = reachable(document, (media["schema"] for media in _media(document, "")))
    return [
        {
            "name": name,
            "description": named[name].get("description", ""),
            "fields": _fields(named[name], document, is_echoed=name in answered),
        }
        for name in sorted(wanted)
        if "properties" in named[name]
    ]


def _media(document: Json, statuses: str) -> list[Json]:
    return [media for each in operations(document) for media in media_types(each.data, statuses=statuses)]


def _fields(schema: Json, document: Json, *, is_echoed: bool) -> list[Json]:
    """What is sent and answered alike has no required keys: parts of it are written too."""
    required = () if is_echoed else schema.get("required", ())
    return [
        {
            "name": field,
            "type": f"Required[{kind}]" if field in required else kind,
            "description": inner.get("description", ""),
        }
        for field, inner in schema["properties"].items()
        for kind in [_type(inner, document)]
    ]


def _type(schema: Json, document: Json) -> str:
    kind = _bare(schema, document)
    return f"{kind} | None" if schema.get("nullable") and kind != "Any" else kind


def _bare(schema: Json, document: Json) -> str:
    name = reference_name(schema)
    if name is not None:
        target: Any = schemas(document)[name]
        return f"{name}Dict | models.{name}" if "properties" in target else _type(target, document)
    if "anyOf" in schema:
        kinds = dict.fromkeys(_type(each, document) for each in schema["anyOf"])
        is_duration = set(kinds) == {"Text", "int"} and "duration" in schema.get("description", "")
        return "Duration" if is_duration else " | ".join(kinds)
    if schema.get("type") == "array":
        item = _type(schema["items"], document)
        return "list[str] | list[Text]" if item == "Text" else f"list[{item}]"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"Mapping[str, {_type(schema['additionalProperties'], document)}]"
    return _PLAIN.get(schema.get("type", ""), "Any")
