"""Bodies as typed dictionaries: every key of every request, with the types that the document has."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, get_type_hints

import pytest
from fly_machines import config_types, models
from fly_machines.config_types import CreateMachineRequestDict, Hidden, MachineConfigDict, StopConfigDict

from scripts.tools.codegen import documents
from tests.codegen.bodies import DOCUMENT

SCHEMAS = documents.schemas(DOCUMENT)
REQUESTED = sorted(
    name
    for name in documents.reachable(
        DOCUMENT,
        (
            media["schema"]
            for operation in documents.operations(DOCUMENT)
            for media in documents.media_types(operation.data)
        ),
    )
    if "properties" in SCHEMAS[name]
)


@pytest.mark.parametrize("name", REQUESTED)
def test_every_body_and_what_is_in_it_has_its_keys(name: str) -> None:
    hints = get_type_hints(getattr(config_types, f"{name}Dict"))
    assert set(hints) == set(SCHEMAS[name]["properties"])


def test_there_are_no_others() -> None:
    made = {name for name, kind in vars(config_types).items() if typing.is_typeddict(kind)}
    assert made == {f"{name}Dict" for name in REQUESTED}


def test_types_are_those_of_the_document() -> None:
    hints: dict[str, Any] = get_type_hints(MachineConfigDict)
    assert hints["image"] == str | Hidden
    assert hints["auto_destroy"] is bool
    assert hints["guest"] == config_types.MachineGuestDict | models.MachineGuest
    assert hints["env"] == Mapping[str, str | Hidden] | None
    assert hints["standbys"] == list[str] | list[str | Hidden]
    checks = Mapping[str, config_types.MachineCheckDict | models.MachineCheck]
    assert hints["checks"] in {checks, checks | None}
    assert get_type_hints(StopConfigDict)["timeout"] == str | Hidden | int | timedelta


def _required(kind: type[Any]) -> set[str]:
    hints = get_type_hints(kind, include_extras=True)
    return {field for field, hint in hints.items() if typing.get_origin(hint) is typing.Required}


def test_what_is_only_sent_has_required_keys_and_what_is_echoed_has_none() -> None:
    assert _required(CreateMachineRequestDict) == {"config"}
    assert not _required(MachineConfigDict)
    for name in REQUESTED:
        assert _required(getattr(config_types, f"{name}Dict")) <= set(SCHEMAS[name].get("required", ()))
