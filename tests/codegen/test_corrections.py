from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from scripts.tools.codegen import corrections, documents
from scripts.tools.codegen.documents import CodegenError
from scripts.tools.codegen.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.tools.codegen.documents import Json

CORRECTIONS = corrections.load(Layout().corrections)


@pytest.fixture(scope="module")
def corrected(facts: Json) -> Json:
    return corrections.apply_all(facts, CORRECTIONS)


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda correction: correction.id)
def test_a_correction_of_what_is_correct_is_stale(
    correction: corrections.Correction, corrected: Json
) -> None:
    with pytest.raises(corrections.StaleCorrectionError, match=rf"correction {correction.id} "):
        correction.apply(corrected)


def test_every_correction_changes_something(facts: Json) -> None:
    document = copy.deepcopy(facts)
    for correction in CORRECTIONS:
        before = json.dumps(document)
        correction.apply(document)
        assert json.dumps(document) != before, correction.id


def test_all_stale_corrections_are_named_at_once(corrected: Json) -> None:
    with pytest.raises(corrections.StaleCorrectionError) as caught:
        corrections.apply_all(corrected, CORRECTIONS)

    assert all(correction.id in str(caught.value) for correction in CORRECTIONS)


def test_a_correction_whose_place_is_gone_is_stale(facts: Json) -> None:
    without = {**facts, "paths": {**facts["paths"]}}
    del without["paths"]["/apps/{app_name}/machines/{machine_id}/wait"]

    with pytest.raises(corrections.StaleCorrectionError, match="M9-wait"):
        corrections.apply_all(without, CORRECTIONS)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"reason": ""}, "needs a reason and evidence"),
        ({"evidence": []}, "needs a reason and evidence"),
        ({"patch": [{"op": "add", "path": "/security", "value": []}]}, "must begin with a `test`"),
    ],
)
def test_an_entry_that_proves_nothing_is_refused(
    tmp_path: Path, entry: dict[str, Any], complaint: str
) -> None:
    whole = {
        "id": "X1",
        "reason": "Why.",
        "evidence": ["X1"],
        "patch": [{"op": "test", "path": "", "value": {}}],
    }
    (tmp_path / "area.json").write_text(json.dumps([{**whole, **entry}]), encoding="utf-8")

    with pytest.raises(CodegenError, match=complaint):
        corrections.load(tmp_path)


def test_an_id_that_is_used_twice_is_refused(tmp_path: Path) -> None:
    whole = {
        "id": "X1",
        "reason": "Why.",
        "evidence": ["X1"],
        "patch": [{"op": "test", "path": "", "value": {}}],
    }
    (tmp_path / "area.json").write_text(json.dumps([whole, whole]), encoding="utf-8")

    with pytest.raises(CodegenError, match="X1 is used twice"):
        corrections.load(tmp_path)


#: The numbered defects of the published document that the project knows of: letter to how many.
DEFECTS = {"G": 20, "A": 6, "M": 21, "V": 6, "S": 5, "C": 5, "I": 4, "P": 6}


def test_every_known_defect_is_answered_by_a_correction_or_named_with_a_reason(layout: Layout) -> None:
    known = {f"{letter}{number}" for letter, count in DEFECTS.items() for number in range(1, count + 1)}
    readme = (layout.openapi / "README.md").read_text(encoding="utf-8")
    without = readme[readme.index("## Known defects without a correction of their own") :]
    named = set(re.findall(r"\b[GAMVSCIP]\d+b?\b", without))
    corrected = {defect for correction in CORRECTIONS for defect in correction.evidence}

    assert (known | {"M7b"}) - corrected - named == set()
    assert named <= known


def test_every_write_to_a_machine_takes_a_lease_nonce(document: Json) -> None:
    leased = {
        operation.id
        for operation in documents.operations(document)
        if any(parameter["name"] == "fly-machine-lease-nonce" for parameter in operation.data["parameters"])
    }

    assert leased == {
        "leases_acquire",
        "leases_release",
        "machines_cordon",
        "machines_delete",
        "machines_exec",
        "machines_restart",
        "machines_signal",
        "machines_start",
        "machines_stop",
        "machines_suspend",
        "machines_uncordon",
        "machines_update",
        "metadata_delete",
        "metadata_patch",
        "metadata_put",
        "metadata_set",
    }


def test_bytes_are_text_and_no_version_is_there_twice(document: Json) -> None:
    for name, schema in documents.schemas(document).items():
        fields = schema.get("properties", {})
        assert "Version" not in fields, name
        assert all(field.get("items") != {"type": "integer"} for field in fields.values()), name
