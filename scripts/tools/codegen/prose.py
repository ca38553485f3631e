"""Our own words, from `openapi/prose/<tag>.toml`, merged into the document."""

from __future__ import annotations

import tomllib
from http import HTTPStatus
from typing import TYPE_CHECKING

import attrs

from .documents import CodegenError, Json, Operation, operations, schemas

if TYPE_CHECKING:
    from pathlib import Path


#: Marks a field that holds a secret.
MARK = "x-secret"
#: Says what sending a request twice would do, where that does not follow from its method.
REPEAT = "x-repeat"
#: What follows from a method. A POST is not sent twice unless somebody has said that it may be.
REPEATS = {"get": "safe", "put": "idempotent", "patch": "idempotent", "delete": "idempotent", "post": "once"}
#: What may be said of a POST.
_OF_POSTS = {"safe", "idempotent", "named"}


@attrs.frozen
class Prose:
    """The words about one tag.

    Attributes:
        tag: Name of the tag, which is the file's.
        docs: The page of Fly.io's documentation that the operations are described on.
        description: What the tag is about.
        operations: Operation id to `summary`, `description` and words on its own `parameters`; and `repeat`
            for a POST that may be sent twice.
        parameters: Words on a parameter wherever an operation of the tag has it.
        schemas: Schema name to its `description` and `fields`.
        secrets: Fields that hold secrets, as `Schema.field`. They are marked, and the SDK does not show them.
    """

    tag: str
    docs: str
    description: str
    operations: dict[str, Json]
    parameters: dict[str, str]
    schemas: dict[str, Json]
    secrets: list[str]

    @classmethod
    def load(cls, file: Path) -> Prose:
        """Reads one file."""
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(
            tag=file.stem,
            docs=data["docs"],
            description=data["description"],
            operations=data.get("operations", {}),
            parameters=data.get("parameters", {}),
            schemas=data.get("schemas", {}),
            secrets=data.get("secrets", []),
        )


def load(folder: Path) -> dict[str, Prose]:
    """Every tag's prose."""
    return {file.stem: Prose.load(file) for file in sorted(folder.glob("*.toml"))}


def merge(document: Json, prose: dict[str, Prose]) -> Json:
    """The document with every operation, and every field that has words, described.

    Raises:
        CodegenError: An operation is not described, or words or marks are about something that is not there.
    """
    paths: Json = {path: {} for path in document["paths"]}
    for operation in operations(document):
        paths[operation.path][operation.method] = _operation(operation, prose)
    described = {name: dict(schema) for name, schema in schemas(document).items()}
    for words in prose.values():
        for name, entry in words.schemas.items():
            if name not in described:
                raise CodegenError(f"prose/{words.tag}.toml describes a schema that is not there: {name}")
            described[name] = _schema(described[name], entry, f"prose/{words.tag}.toml: {name}")
        for secret in words.secrets:
            name, _, field = secret.partition(".")
            if field not in described.get(name, {}).get("properties", {}):
                raise CodegenError(f"prose/{words.tag}.toml marks a field that is not there: {secret}")
            described[name] = _marked(described[name], field)
    _check_all_used(document, prose)
    return {
        **document,
        "tags": [
            {"name": words.tag, "description": words.description, "externalDocs": {"url": words.docs}}
            for words in prose.values()
        ],
        "paths": paths,
        "components": {**document["components"], "schemas": described},
    }


def _operation(operation: Operation, prose: dict[str, Prose]) -> Json:
    tag = operation.data["tags"][0]
    if tag not in prose or operation.id not in prose[tag].operations:
        raise CodegenError(f"{operation.id} has no summary and description in prose/{tag}.toml")
    words = prose[tag]
    own = words.operations[operation.id]
    about = {**words.parameters, **own.get("parameters", {})}
    data = dict(operation.data)
    data["summary"] = own["summary"]
    data["description"] = own["description"]
    data["externalDocs"] = {"url": own.get("docs", words.docs)}
    if "repeat" in own:
        if operation.method != "post" or own["repeat"] not in _OF_POSTS:
            raise CodegenError(
                f"prose/{tag}.toml: repeat of {operation.id} is for a POST, one of {_OF_POSTS}"
            )
        data[REPEAT] = own["repeat"]
    data["parameters"] = [
        {**parameter, "description": about[parameter["name"]]} if parameter["name"] in about else parameter
        for parameter in data["parameters"]
    ]
    data["responses"] = {
        status: {"description": _phrase(status), **response} for status, response in data["responses"].items()
    }
    return data


def _phrase(status: str) -> str:
    others = {"default": "Any other error", "2XX": "Success"}
    return others.get(status) or HTTPStatus(int(status)).phrase


def _schema(schema: Json, entry: Json, where: str) -> Json:
    described = dict(schema)
    if "description" in entry:
        described["description"] = entry["description"]
    properties = dict(described.get("properties", {}))
    for field, text in entry.get("fields", {}).items():
        if field not in properties:
            raise CodegenError(f"{where} has no field {field}")
        inner = properties[field]
        # Beside $ref, OpenAPI 3.0 ignores everything.
        properties[field] = (
            {"allOf": [inner], "description": text} if "$ref" in inner else {**inner, "description": text}
        )
    if properties:
        described["properties"] = properties
    return described


def _marked(schema: Json, field: str) -> Json:
    properties = {**schema["properties"], field: {**schema["properties"][field], MARK: True}}
    return {**schema, "properties": properties}


def _check_all_used(document: Json, prose: dict[str, Prose]) -> None:
    by_tag: dict[str, dict[str, set[str]]] = {tag: {} for tag in prose}
    for operation in operations(document):
        names = {parameter["name"] for parameter in operation.data["parameters"]}
        by_tag[operation.data["tags"][0]][operation.id] = names
    for tag, words in prose.items():
        present = by_tag[tag]
        unknown = set(words.operations) - set(present)
        if unknown:
            raise CodegenError(
                f"prose/{tag}.toml describes operations that are not there: {', '.join(sorted(unknown))}"
            )
        unused = set(words.parameters) - {name for names in present.values() for name in names}
        for operation_id, own in words.operations.items():
            unused |= {
                f"{operation_id}.{name}" for name in set(own.get("parameters", {})) - present[operation_id]
            }
        if unused:
            raise CodegenError(
                f"prose/{tag}.toml describes parameters that are not there: {', '.join(sorted(unused))}"
            )
