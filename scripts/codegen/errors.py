"""The error answers that upstream leaves out (G4), by rule.

Corrections name only those that are special to an operation.
"""

from __future__ import annotations

from .documents import SCHEMA_PREFIX, Json, operations

ERROR = {"application/json": {"schema": {"$ref": SCHEMA_PREFIX + "ErrorResponse"}}}


def complete(document: Json) -> Json:
    """Adds 401 and 403 to what needs a token, 404 to what names a thing in its path, the rest to all."""
    paths: Json = {path: {} for path in document["paths"]}
    for operation in operations(document):
        responses = dict(operation.data["responses"])
        common = ["default", "429"]
        if operation.data.get("security") != []:
            common += ["401", "403"]
        if "{" in operation.path:
            common.append("404")
        for status in common:
            responses.setdefault(status, {"content": ERROR})
        ordered = {status: responses[status] for status in sorted(responses)}
        paths[operation.path][operation.method] = {**operation.data, "responses": ordered}
    return {**document, "paths": paths}
