"""Named and open enums: what the service may send tomorrow still parses, known values keep their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .documents import (
    SCHEMA_PREFIX,
    CodegenError,
    Json,
    operations,
    reference_name,
    replaced,
    schemas,
    with_schemas,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def open_up(document: Json, names: dict[str, list[str]]) -> Json:
    """Moves every inline string enum into a named schema, and lets each use take any other string as well.

    Args:
        document: The document under our names.
        names: Enum name to the places that it is used in, `Schema.field` or `operation_id?parameter`.

    Raises:
        CodegenError: An enum has no name, a name has no enum, or places that share a name differ in values.
    """
    extractor = _Extractor({place: name for name, places in names.items() for place in places})
    extractor.closed.update(
        {name: schema for name, schema in schemas(document).items() if _is_string_enum(schema)}
    )
    opened: Json = {}
    for name, schema in schemas(document).items():
        opened[name] = schema if name in extractor.closed else extractor.schema(name, schema)
    paths: Json = {path: {} for path in document["paths"]}
    for operation in operations(document):
        data = dict(operation.data)
        data["parameters"] = [
            {**parameter, "schema": extractor.at(f"{operation.id}?{parameter['name']}", parameter["schema"])}
            for parameter in data["parameters"]
        ]
        paths[operation.path][operation.method] = with_schemas(data, extractor.opened)
    extractor.check_all_used()
    named = {**opened, **extractor.closed}
    components = {**document["components"], "schemas": {name: named[name] for name in sorted(named)}}
    return {**document, "paths": paths, "components": components}


def _is_string_enum(schema: Json) -> bool:
    return "enum" in schema and schema.get("type") == "string"


class _Extractor:
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._used: set[str] = set()
        self.closed: dict[str, Json] = {}

    def schema(self, name: str, schema: Json) -> Json:
        """A named schema with the enums of its own properties extracted and opened."""
        properties = {
            field: self.at(f"{name}.{field}", inner) for field, inner in schema.get("properties", {}).items()
        }
        rest = replaced({key: value for key, value in schema.items() if key != "properties"}, self.opened)
        return {**rest, "properties": properties} if properties else rest

    def at(self, place: str, schema: Json) -> Json:
        """The schema at one place, its enum extracted under the place's name."""
        return replaced(schema, self._extracting(place))

    def opened(self, schema: Json) -> Json:
        """A reference to a closed enum, opened; anything else as it is, doubly opened ones made single."""
        alone = schema.get("allOf", [])
        if len(alone) == 1 and "anyOf" in alone[0]:  # what was inside is open by now
            return {**{key: value for key, value in schema.items() if key != "allOf"}, **alone[0]}
        if "anyOf" in schema:
            return _flat(schema)
        name = reference_name(schema)
        if name is None or name not in self.closed:
            return schema
        kept = {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
        return {**kept, "anyOf": [{"$ref": SCHEMA_PREFIX + name}, {"type": "string"}]}

    def check_all_used(self) -> None:
        unused = set(self._names) - self._used
        if unused:
            raise CodegenError(
                f"names.json names an enum at a place that has none: {', '.join(sorted(unused))}"
            )

    def _extracting(self, place: str) -> Callable[[Json], Json]:
        def change(schema: Json) -> Json:
            if _is_string_enum(schema):
                return self._named(place, schema)
            return self.opened(schema)

        return change

    def _named(self, place: str, schema: Json) -> Json:
        if place not in self._names:
            raise CodegenError(f"the enum at {place} has no name: add it to `enums` in names.json")
        self._used.add(place)
        name = self._names[place]
        closed = {"type": "string", "enum": schema["enum"]}
        if self.closed.setdefault(name, closed) != closed:
            raise CodegenError(f"{place} differs in values from the other uses of the enum {name}")
        kept = {key: value for key, value in schema.items() if key not in closed}
        return {**kept, "anyOf": [{"$ref": SCHEMA_PREFIX + name}, {"type": "string"}]}


def _flat(schema: Json) -> Json:
    options: list[Json] = []
    for option in schema["anyOf"]:
        nested = option["anyOf"] if set(option) == {"anyOf"} else [option]
        options.extend(inner for inner in nested if inner not in options)
    return {**schema, "anyOf": options}
