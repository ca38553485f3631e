"""Models are all there, and imported when they are needed."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import fly_machines.models
import pytest

from scripts.tools.codegen import documents
from scripts.tools.codegen.layout import Layout

if TYPE_CHECKING:
    from scripts.tools.codegen.documents import Json


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
        ("import fly_machines, fly_machines.models", []),
        ("from fly_machines.api.apps import apps_delete", []),
        (
            "from fly_machines.api.volumes import volumes_list",
            ["host_status", "volume", "volume_state", "volume_type"],
        ),
        (
            "from fly_machines.api.machines import machines_list",
            ["host_status", "machine", "machine_state"],
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


def test_the_package_itself_imports_no_endpoint() -> None:
    program = "import fly_machines, sys; print([name for name in sys.modules if 'fly_machines.api' in name])"
    folder = str(Layout().sdk.parent)

    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", ["App", "Machine", "Volume", "MachineConfig"])
def test_a_wrong_argument_names_the_package_because_nouns_are_named_alike(name: str) -> None:
    with pytest.raises(
        TypeError, match=rf"fly_machines\.models\.{name}\(\) got an unexpected keyword argument"
    ):
        getattr(fly_machines.models, name)(primary_region="iad")
