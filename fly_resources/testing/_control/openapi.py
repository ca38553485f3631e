"""The OpenAPI document of the control API, built from the table of its operations."""

from __future__ import annotations

from typing import Any

from fly_resources.testing._control.routes import ROUTES, Route

_KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}


def document(prefix: str) -> dict[str, Any]:
    """Return the OpenAPI document; paths begin with `prefix`."""
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(f"{prefix}{route.path}", {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Control path of the fly-resources simulator",
            "version": "1",
            "description": "Controls a simulated Fly.io. It is not part of Fly.io's API and needs no token.",
        },
        "paths": paths,
        "components": {
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string"}},
                }
            }
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    wrong = {"schema": {"$ref": "#/components/schemas/Error"}}
    described: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{route.path.replace('/', '_').replace('-', '_')}",
        "summary": route.summary,
        "responses": {
            "200": {"description": "Done.", "content": {"application/json": {}}},
            "400": {
                "description": "The request is not valid; nothing was changed.",
                "content": {"application/json": wrong},
            },
        },
    }
    if route.query:
        described["parameters"] = [
            {"name": name, "in": "query", "schema": {"type": "integer"}} for name in route.query
        ]
    if route.takes is not None:
        takes = {"schema": {"type": _KINDS[type(route.takes)]}, "example": route.takes}
        described["requestBody"] = {"content": {"application/json": takes}}
    return described
