"""Counts of the built document."""

from __future__ import annotations

from .documents import Json, media_types, operations, reachable, schemas


def counts(document: Json) -> dict[str, int]:
    """How much there is and how much of it is described; `sent` counts what a request can hold."""
    sent = reachable(
        document,
        (media["schema"] for operation in operations(document) for media in media_types(operation.data)),
    )
    parameters = [
        parameter for operation in operations(document) for parameter in operation.data["parameters"]
    ]
    fields = [
        (name, inner)
        for name, schema in schemas(document).items()
        for inner in schema.get("properties", {}).values()
    ]
    return {
        "operations": sum(1 for _ in operations(document)),
        "operations undescribed": sum(
            not (operation.data.get("summary") and operation.data.get("description"))
            for operation in operations(document)
        ),
        "parameters": len(parameters),
        "parameters described": sum("description" in parameter for parameter in parameters),
        "schemas": len(schemas(document)),
        "fields": len(fields),
        "fields described": sum("description" in inner for _, inner in fields),
        "fields sent": sum(name in sent for name, _ in fields),
        "fields sent and described": sum(name in sent and "description" in inner for name, inner in fields),
    }
