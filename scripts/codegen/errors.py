"""The answers that upstream leaves out (G4, G16), by rule.

Corrections name only those errors that are special to an operation.
"""

from __future__ import annotations

from .documents import SCHEMA_PREFIX, Json, operations

ERROR = {"application/json": {"schema": {"$ref": SCHEMA_PREFIX + "ErrorResponse"}}}

HEADERS = {
    "FlyRequestId": {
        "description": "Id of the request and the region that it came in at, for Fly.io's support.",
        "schema": {"type": "string"},
    },
    "RetryAfter": {
        "description": "Seconds until the request may be made again; may be absent.",
        "schema": {"type": "integer"},
    },
}


def complete(document: Json) -> Json:
    """Adds the errors that are common to operations, and the headers that answers carry.

    401 and 403 come from what needs a token, 404 from what names a thing in its path, the rest from all.
    """
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
        ordered = {status: {**responses[status], "headers": _headers(status)} for status in sorted(responses)}
        paths[operation.path][operation.method] = {**operation.data, "responses": ordered}
    components = {**document["components"], "headers": HEADERS}
    return {**document, "paths": paths, "components": components}


def _headers(status: str) -> Json:
    names = {"fly-request-id": "FlyRequestId"}
    if status == "429":
        names["retry-after"] = "RetryAfter"
    return {header: {"$ref": f"#/components/headers/{name}"} for header, name in names.items()}
