"""Our names for operations, tags, schemas and enums, and the references rewritten to match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .documents import SCHEMA_PREFIX, CodegenError, Json, operations, read, replaced, with_schemas

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = re.compile(r"^[a-z0-9]+\.")
_ACRONYM = re.compile(r"([A-Z])([A-Z]+)(?=[A-Z][a-z]|$)")

#: Names the original id of an operation.
UPSTREAM_ID = "x-upstream-operation-id"


@attrs.frozen
class Names:
    """`names.json`.

    Attributes:
        operations: Per tag, upstream operation id to ours.
        schemas: Upstream name to ours, where it is not what the rule of `schema_name` gives.
        enums: Name of each enum to the places of its uses, `Schema.field` or `operation_id?parameter`.
    """

    operations: dict[str, dict[str, str]]
    schemas: dict[str, str]
    enums: dict[str, list[str]]

    @classmethod
    def load(cls, path: Path) -> Names:
        """Reads the file."""
        data = read(path)
        return cls(operations=data["operations"], schemas=data["schemas"], enums=data["enums"])

    def tag_and_id(self) -> dict[str, tuple[str, str]]:
        """Upstream operation id to our tag and id."""
        return {
            upstream: (tag, ours)
            for tag, members in self.operations.items()
            for upstream, ours in members.items()
        }

    def schema_name(self, upstream: str) -> str:
        """Our name of a schema: the entry, or the Go package dropped, PascalCase, acronyms as words."""
        if upstream in self.schemas:
            return self.schemas[upstream]
        bare = _PACKAGE.sub("", upstream)
        bare = bare[0].upper() + bare[1:]
        return _ACRONYM.sub(lambda match: match[1] + match[2].lower(), bare)


def rename(document: Json, names: Names) -> Json:
    """The document under our names; `UPSTREAM_ID` keeps the original of each operation.

    Raises:
        CodegenError: An operation has no entry, an entry has no operation, or two things get one name.
    """
    known = names.tag_and_id()
    upstream_ids = [operation.id for operation in operations(document)]
    _check_operations(upstream_ids, known)
    schema_names = _schema_names(list(document["components"]["schemas"]), names)

    def referenced(schema: Json) -> Json:
        target = schema.get("$ref")
        if target is None:
            return schema
        return {**schema, "$ref": SCHEMA_PREFIX + schema_names[target.removeprefix(SCHEMA_PREFIX)]}

    renamed = {**document, "paths": {}, "components": dict(document["components"])}
    renamed["components"]["schemas"] = {
        schema_names[name]: replaced(schema, referenced)
        for name, schema in sorted(
            document["components"]["schemas"].items(), key=lambda item: schema_names[item[0]]
        )
    }
    for path in document["paths"]:
        renamed["paths"][path] = {}
    for operation in operations(document):
        tag, ours = known[operation.id]
        data = with_schemas(operation.data, referenced)
        renamed["paths"][operation.path][operation.method] = {
            **data,
            "operationId": ours,
            UPSTREAM_ID: operation.id,
            "tags": [tag],
        }
    return renamed


def _check_operations(upstream_ids: list[str], known: dict[str, tuple[str, str]]) -> None:
    duplicates = {found for found in upstream_ids if upstream_ids.count(found) > 1}
    unnamed = set(upstream_ids) - set(known)
    unused = set(known) - set(upstream_ids)
    ours = [name for _, name in known.values()]
    collisions = {name for name in ours if ours.count(name) > 1}
    for problem, found in (
        ("upstream uses an operationId twice (add a correction)", duplicates),
        ("names.json has no entry for the operation", unnamed),
        ("names.json names an operation that upstream does not have", unused),
        ("names.json gives one name to two operations", collisions),
    ):
        if found:
            raise CodegenError(f"{problem}: {', '.join(sorted(found))}")


def _schema_names(upstream: list[str], names: Names) -> dict[str, str]:
    unused = set(names.schemas) - set(upstream)
    if unused:
        raise CodegenError(
            f"names.json names a schema that upstream does not have: {', '.join(sorted(unused))}"
        )
    given: dict[str, str] = {}
    for name in upstream:
        ours = names.schema_name(name)
        clash = next((other for other, taken in given.items() if taken.lower() == ours.lower()), None)
        if clash is not None:
            raise CodegenError(
                f"schemas {clash} and {name} would both be called {ours}; add an entry to names.json"
            )
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", ours):
            raise CodegenError(f"{ours!r} is no class name; add an entry for {name} to names.json")
        given[name] = ours
    return given
