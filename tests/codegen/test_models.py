"""Models are imported when they are needed, and take whatever the service may send."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import fly_machines.models
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.codegen import documents
from scripts.codegen.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.codegen.documents import Json

DOCUMENT = documents.read(Layout().document)
NOISE = st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans())


def _answers() -> Iterator[Json]:
    for operation in documents.operations(DOCUMENT):
        for media in documents.media_types(operation.data, statuses="2"):
            yield media["schema"]


ANSWERED = sorted(
    name
    for name in documents.reachable(DOCUMENT, _answers())
    if documents.schemas(DOCUMENT)[name].get("type") == "object"
    and "properties" in documents.schemas(DOCUMENT)[name]
)


SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(max_size=5),
    "integer": st.integers(),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
}


def _value(schema: Json, *, depth: int) -> st.SearchStrategy[Any]:
    """Values that fit a schema; texts where it has an open enum are mostly unknown to it."""
    name = documents.reference_name(schema)
    if name is not None:
        return _value(documents.schemas(DOCUMENT)[name], depth=depth)
    if "anyOf" in schema:
        return st.one_of([_value(option, depth=depth) for option in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "array":
        return st.lists(_value(schema["items"], depth=depth - 1), max_size=2 if depth > 0 else 0)
    if "properties" in schema:
        return _object(schema, depth=depth)
    return SCALARS.get(schema.get("type", ""), st.dictionaries(st.text(max_size=5), NOISE, max_size=2))


def _object(schema: Json, *, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    required = set(schema.get("required", ()))
    fields = {
        field: _value(inner, depth=depth - 1)
        if field in required
        else st.none() | _value(inner, depth=depth - 1)
        for field, inner in schema["properties"].items()
        if field in required or depth > 0
    }
    unknown = st.dictionaries(st.sampled_from(["moon", "gravity"]), NOISE, max_size=1)
    known = st.fixed_dictionaries(
        {field: fields[field] for field in fields if field in required},
        optional={field: fields[field] for field in fields if field not in required},
    )
    return st.builds(lambda extra, found: {**extra, **found}, unknown, known)


BODIES = {
    name: _object(documents.schemas(DOCUMENT)[name], depth=3)
    for name in (
        "CheckCertificateResponse",
        "ListOrgMachinesResponse",
        "Machine",
        "PostgresClusterResponse",
        "Volume",
    )
}


@pytest.mark.parametrize("name", sorted(BODIES))
@given(data=st.data())
def test_what_fits_the_document_survives_with_nulls_and_unknown_keys(name: str, data: st.DataObject) -> None:
    body = data.draw(BODIES[name])

    assert getattr(fly_machines.models, name).from_dict(body).to_dict() == body


def _barest(schema: Json) -> Any:  # noqa: ANN401 - any JSON value
    """The least that a schema's model has to take: null wherever null is possible."""
    name = documents.reference_name(schema)
    if name is not None:
        return _barest(documents.schemas(DOCUMENT)[name])
    if "properties" not in schema:
        return None if schema.get("type") == "array" else "x"
    required = schema.get("required", ())
    return {
        field: _barest(inner) if field in required else None for field, inner in schema["properties"].items()
    }


@pytest.mark.parametrize("name", ANSWERED)
def test_null_for_everything_that_is_not_required_and_for_lists_survives(name: str) -> None:
    body = _barest(documents.schemas(DOCUMENT)[name])

    assert getattr(fly_machines.models, name).from_dict(body).to_dict() == body


def test_every_schema_has_its_model(document: Json) -> None:
    models = set(fly_machines.models.__all__)

    plain = {
        name
        for name, schema in documents.schemas(document).items()
        if "properties" not in schema and "enum" not in schema and name != "MachineMetadata"
    }
    assert set(documents.schemas(document)) - models <= plain


def test_models_can_be_listed_and_are_all_there() -> None:
    listed = dir(fly_machines.models)

    assert "Machine" in listed
    assert all(isinstance(getattr(fly_machines.models, name), type) for name in fly_machines.models.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'Moon'"):
        _ = importlib.import_module("fly_machines.models").Moon


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import fly_machines.models", []),
        ("from fly_machines.api.apps import apps_delete", []),
        (
            "from fly_machines.api.volumes import volumes_list",
            ["host_status", "volume", "volume_state", "volume_type"],
        ),
        ("from fly_machines.models import AppSecret", ["app_secret"]),
    ],
)
def test_only_the_models_that_are_needed_are_imported(statement: str, expected: list[str]) -> None:
    program = (
        f"{statement}\nimport json, sys\n"
        "prefix = 'fly_machines.models.'\n"
        "loaded = [name.removeprefix(prefix) for name in sys.modules if name.startswith(prefix)]\n"
        "print(json.dumps(sorted(loaded)))"
    )
    folder = str(Layout().sdk.parent)

    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == expected
