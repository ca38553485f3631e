from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import pytest

from scripts.tools.codegen import facts as facts_module
from scripts.tools.codegen.documents import CodegenError

if TYPE_CHECKING:
    from scripts.tools.codegen.documents import Json

PUBLISHED: Json = {
    "openapi": "3.0.1",
    "info": {"title": "Machines API", "description": "Prose.", "version": "1.0", "contact": {}},
    "externalDocs": {"url": "https://example.com"},
    "servers": [{"url": "https://api.machines.dev/v1"}],
    "tags": [{"name": "Leases", "description": "Prose."}],
    "paths": {
        "/leases/{id}": {
            "get": {
                "operationId": "Lease_show",
                "summary": "Prose.",
                "description": "Prose.",
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "description": "Prose.",
                        "schema": {"type": "integer", "example": 3},
                    },
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "Prose.",
                        "headers": {"Fly-Next": {"description": "Prose.", "schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lease"}}},
                    }
                },
                "x-codegen-request-body-name": "request",
            }
        }
    },
    "components": {
        "schemas": {
            "Lease": {
                "type": "object",
                "title": "Prose.",
                "description": "Prose.",
                "required": ["ttl", "description"],
                "properties": {
                    "ttl": {"type": "integer", "nullable": True},
                    "description": {"type": "string", "description": "Prose.", "example": "Prose."},
                    "example": {"type": "string", "enum": ["b", "a"], "x-enum-varnames": ["B", "A"]},
                    "owner": {"type": "object", "allOf": [{"$ref": "#/components/schemas/Lease"}]},
                },
            }
        }
    },
}


def test_prose_is_dropped_and_fields_called_like_prose_are_kept() -> None:
    extracted = facts_module.extract(PUBLISHED)

    assert "Prose" not in json.dumps(extracted)
    assert set(extracted["components"]["schemas"]["Lease"]["properties"]) == {
        "description",
        "example",
        "owner",
        "ttl",
    }


def test_headers_of_answers_are_kept() -> None:
    extracted = facts_module.extract(PUBLISHED)

    answer = extracted["paths"]["/leases/{id}"]["get"]["responses"]["200"]
    assert answer["headers"] == {"fly-next": {"schema": {"type": "string"}}}


def test_the_vendored_facts_hold_no_prose(facts: Json) -> None:
    assert facts_module.extract(facts) == facts


def test_version_in_the_paths_and_in_the_server_give_the_same_facts() -> None:
    moved = copy.deepcopy(PUBLISHED)
    moved["servers"] = [{"url": "https://api.machines.dev"}]
    moved["paths"] = {f"/v1{path}": item for path, item in moved["paths"].items()}

    assert facts_module.extract(moved) == facts_module.extract(PUBLISHED)


def test_null_of_openapi_3_1_and_of_3_0_give_the_same_facts() -> None:
    newer = copy.deepcopy(PUBLISHED)
    newer["openapi"] = "3.1.0"
    newer["components"]["schemas"]["Lease"]["properties"]["ttl"] = {"type": ["integer", "null"]}

    assert facts_module.extract(newer) == facts_module.extract(PUBLISHED)


def test_null_among_alternatives_becomes_a_keyword() -> None:
    assert facts_module.schema_facts({"anyOf": [{"type": "string"}, {"type": "null"}]}) == {
        "anyOf": [{"type": "string"}],
        "nullable": True,
    }
    assert facts_module.schema_facts({"type": ["string", "integer"]}) == {
        "anyOf": [{"type": "string"}, {"type": "integer"}]
    }


def test_order_of_the_published_document_does_not_matter() -> None:
    shuffled = copy.deepcopy(PUBLISHED)
    lease = shuffled["components"]["schemas"]["Lease"]
    lease["properties"] = dict(reversed(lease["properties"].items()))
    lease["properties"]["example"]["enum"].reverse()
    lease["required"].reverse()
    shuffled["paths"]["/leases/{id}"]["get"]["parameters"].reverse()

    assert json.dumps(facts_module.extract(shuffled)) == json.dumps(facts_module.extract(PUBLISHED))


def test_a_type_beside_a_reference_is_dropped() -> None:
    extracted = facts_module.extract(PUBLISHED)

    assert extracted["components"]["schemas"]["Lease"]["properties"]["owner"] == {
        "allOf": [{"$ref": "#/components/schemas/Lease"}]
    }


def test_what_is_no_api_document_is_refused() -> None:
    with pytest.raises(CodegenError, match="no OpenAPI 3 document"):
        facts_module.extract({"swagger": "2.0"})


def test_an_operation_without_an_id_is_refused() -> None:
    nameless = copy.deepcopy(PUBLISHED)
    del nameless["paths"]["/leases/{id}"]["get"]["operationId"]

    with pytest.raises(CodegenError, match=r"GET /leases/\{id\} has no operationId"):
        facts_module.extract(nameless)
