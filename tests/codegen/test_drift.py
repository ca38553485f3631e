from __future__ import annotations

import copy
import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.tools.codegen import commands, corrections, documents, drift, source
from scripts.tools.codegen.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.tools.codegen.documents import Json


@pytest.fixture
def checkout(layout: Layout, tmp_path: Path) -> Layout:
    """A copy of what refresh_spec reads and writes, whose resource layer lists Machines and volumes."""
    shutil.copytree(layout.openapi, tmp_path / "openapi")
    copied = Layout(tmp_path)
    copied.resource_layer.mkdir()
    (copied.resource_layer / "_ops.py").write_text(
        "from fly_machines.api.machines import (\n    machines_list,\n    machines_get,\n)\n"
        "from fly_machines.api.volumes import volumes_list\n",
        encoding="utf-8",
    )
    return copied


@pytest.fixture
def published(facts: Json) -> Json:
    return copy.deepcopy(facts)


def _refresh(checkout: Layout, published: Json) -> int:
    file = checkout.root / "published.json"
    file.write_text(json.dumps(published), encoding="utf-8")
    return commands.refresh_spec([str(file)], checkout)


def test_without_drift_nothing_is_written_anew(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in (checkout.upstream, checkout.source)}

    assert _refresh(checkout, published) == 0
    assert "No drift" in capsys.readouterr().out
    assert {file: file.read_bytes() for file in before} == before


def test_a_header_that_is_new_breaks_nothing(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = published["paths"]["/apps/{app_name}/volumes"]["get"]["responses"]["200"]
    answer["headers"]["fly-total"] = {"description": "Prose.", "schema": {"type": "integer"}}

    assert _refresh(checkout, published) == 0
    out = capsys.readouterr().out
    assert "  + operation GET /apps/{app_name}/volumes header fly-total of response 200: integer" in out


def test_what_keeps_the_copy_that_was_read_is_written_down_with_the_day(
    checkout: Layout, published: Json
) -> None:
    published["components"]["schemas"]["App"]["properties"]["moon"] = {"type": "string"}
    file = checkout.root / "published.json"
    file.write_text(json.dumps(published), encoding="utf-8")

    commands.refresh_spec([str(file), "--copy", "github:someone/theirs@abc:spec.json"], checkout)

    known = source.Source.load(checkout.source)
    assert known.copy == "github:someone/theirs@abc:spec.json"
    assert known.url == "https://docs.machines.dev/openapi.json"
    assert known.retrieved == dt.datetime.now(tz=dt.UTC).date().isoformat()


def test_the_version_may_move_into_the_paths_without_drift(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["servers"] = [{"url": "https://api.machines.dev"}]
    published["paths"] = {f"/v1{path}": item for path, item in published["paths"].items()}

    assert _refresh(checkout, published) == 0
    assert "No drift" in capsys.readouterr().out


def test_an_operation_that_is_used_and_gone_fails_and_is_marked_with_all_its_facts(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    del published["paths"]["/apps/{app_name}/volumes"]["get"]

    assert _refresh(checkout, published) == 1
    out = capsys.readouterr().out
    assert "! - operation GET /apps/{app_name}/volumes: Volumes_list" in out
    assert "! - operation GET /apps/{app_name}/volumes parameter summary in query: boolean" in out
    assert "! - operation GET /apps/{app_name}/volumes response 200: application/json: array of Volume" in out


def test_a_route_that_upstream_publishes_after_us_makes_our_addition_stale(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["paths"]["/apps/{app_name}/network_policies"] = {
        "get": {**published["paths"]["/apps"]["get"], "operationId": "NetworkPolicies_list"}
    }

    assert _refresh(checkout, published) == 1
    out = capsys.readouterr().out
    assert "  + operation GET /apps/{app_name}/network_policies: NetworkPolicies_list" in out
    assert "correction P6-network-policies is stale" in out


def test_a_change_of_what_is_used_fails_and_is_marked(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["components"]["schemas"]["Volume"]["properties"]["size_gb"] = {"type": "string"}
    del published["components"]["schemas"]["ImageRef"]["properties"]["digest"]

    assert _refresh(checkout, published) == 1
    out = capsys.readouterr().out
    assert "! ~ schema Volume field size_gb: integer -> string" in out
    assert "! - schema ImageRef field digest: string" in out
    assert "0 added, 1 removed, 1 changed" in out


def test_a_change_of_what_is_not_used_is_reported_and_vendored(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["components"]["schemas"]["PostgresBackup"]["properties"]["id"] = {"type": "integer"}
    published["components"]["schemas"]["Volume"]["properties"]["colour"] = {"type": "string"}

    assert _refresh(checkout, published) == 0
    out = capsys.readouterr().out
    assert "  ~ schema PostgresBackup field id: string -> integer" in out
    assert "  + schema Volume field colour: string" in out
    assert documents.read(checkout.upstream) == published


def test_a_stale_correction_fails_and_is_named(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["components"]["schemas"]["CreateVolumeRequest"]["required"] = ["name"]

    assert _refresh(checkout, published) == 1
    assert "correction V3-create-volume is stale" in capsys.readouterr().out


def test_a_new_operation_fails_until_it_has_a_name(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["paths"]["/moons"] = {
        "get": {**published["paths"]["/apps"]["get"], "operationId": "Moons_list"}
    }

    assert _refresh(checkout, published) == 1
    assert "no entry for the operation: Moons_list" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"schema": {"type": "string"}, "required": True}, "string, required true"),
        ({"type": "string", "enum": ["a", "b"]}, "string, enum [a, b]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "map of integer"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/fly.Volume"}}, "array of fly.Volume"),
        ({"allOf": [{"$ref": "#/components/schemas/App"}], "nullable": True}, "App, nullable true"),
        ({"anyOf": [{"type": "boolean"}, {"type": "string"}]}, "boolean or string"),
        ({"type": "integer", "minimum": 1, "default": 5}, "integer, default 5, minimum 1"),
        ({}, "anything"),
        (
            {"required": False, "content": {"application/json": {"schema": {"type": "object"}}}},
            "application/json: object, required false",
        ),
        (
            {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
            "object of id: string, required [id]",
        ),
        (["Apps"], "[Apps]"),
    ],
)
def test_facts_are_reported_in_words(fact: object, words: str) -> None:
    assert drift.words(fact) == words


def test_used_is_what_corrections_touch_and_what_the_resource_layer_calls(
    checkout: Layout, facts: Json
) -> None:
    used = drift.used(facts, corrections.load(checkout.corrections), checkout)

    assert "operation GET /apps/{app_name}/volumes" in used  # imported
    assert "schema fly.ReplayCache" in used  # inside what an imported operation answers
    assert "schema VolumeSnapshot" in used  # corrected
    assert "operation GET /postgres" not in used
    assert "schema PostgresBackup" not in used
