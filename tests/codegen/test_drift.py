from __future__ import annotations

import copy
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.codegen import commands, corrections, documents, drift
from scripts.codegen.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.codegen.documents import Json


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
    source = checkout.root / "published.json"
    source.write_text(json.dumps(published), encoding="utf-8")
    return commands.refresh_spec([str(source)], checkout)


def test_without_drift_nothing_is_written_anew(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in (checkout.upstream, checkout.source)}

    assert _refresh(checkout, published) == 0
    assert "No drift" in capsys.readouterr().out
    assert {file: file.read_bytes() for file in before} == before


def test_a_change_of_what_is_used_fails_and_is_marked(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["components"]["schemas"]["Volume"]["properties"]["size_gb"] = {"type": "string"}
    del published["components"]["schemas"]["ImageRef"]["properties"]["digest"]

    assert _refresh(checkout, published) == 1
    out = capsys.readouterr().out
    assert '! ~ schema Volume field size_gb: {"type": "integer"} -> {"type": "string"}' in out
    assert '! - schema ImageRef field digest: {"type": "string"}' in out
    assert "0 added, 1 removed, 1 changed" in out


def test_a_change_of_what_is_not_used_is_reported_and_vendored(
    checkout: Layout, published: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    published["components"]["schemas"]["PostgresBackup"]["properties"]["id"] = {"type": "integer"}
    published["components"]["schemas"]["Volume"]["properties"]["colour"] = {"type": "string"}

    assert _refresh(checkout, published) == 0
    out = capsys.readouterr().out
    assert '  ~ schema PostgresBackup field id: {"type": "string"} -> {"type": "integer"}' in out
    assert '  + schema Volume field colour: {"type": "string"}' in out
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


def test_used_is_what_corrections_touch_and_what_the_resource_layer_calls(
    checkout: Layout, facts: Json
) -> None:
    used = drift.used(facts, corrections.load(checkout.corrections), checkout)

    assert "operation GET /apps/{app_name}/volumes" in used  # imported
    assert "schema fly.ReplayCache" in used  # inside what an imported operation answers
    assert "schema VolumeSnapshot" in used  # corrected
    assert "operation GET /postgres" not in used
    assert "schema PostgresBackup" not in used
