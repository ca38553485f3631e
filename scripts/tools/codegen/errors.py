"""The answers that upstream leaves out (G4, G16), by rule.

Corrections name only those errors that are special to an operation.
"""

from __future__ import annotations

from .documents import SCHEMA_PREFIX, Json, operations

ERROR = {"application/json": {"schema": {"$ref": SCHEMA_PREFIX + "ErrorResponse"}}}

HEADERS = {
    "FlyNextCursor": {
        "description": "Where the next page begins, for `cursor`; absent on the last one.",
        "schema": {"type": "string"},
    },
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
        ordered = {
            status: {**responses[status], "headers": _headers(status, responses[status].get("headers", {}))}
            for status in sorted(responses)
        }
        paths[operation.path][operation.method] = {**operation.data, "responses": ordered}
    components = {**document["components"], "headers": HEADERS}
    return {**document, "paths": paths, "components": components}


def _headers(status: str, declared: Json) -> Json:
    names = {"fly-request-id": "FlyRequestId"}
    if "fly-next-cursor" in declared:
        names["fly-next-cursor"] = "FlyNextCursor"
    if status in {"429", "503"}:
        names["retry-after"] = "RetryAfter"
    return declared | {header: {"$ref": f"#/components/headers/{name}"} for header, name in names.items()}
