"""Every model stays what it is when it is copied, pickled or sent to a process; and there is one UNSET."""

from __future__ import annotations

import copy
import pickle
from http import HTTPStatus
from random import Random
from typing import TYPE_CHECKING, Any

import fly_machines.models
import httpx
import pytest
from fly_machines.models import MachineConfig, MachineGuest
from fly_machines.types import UNSET, Response, Unset
from hypothesis import given, note, settings
from hypothesis import strategies as st

from scripts.tools.codegen import documents
from tests.codegen.bodies import DOCUMENT, random_object

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = documents.schemas(DOCUMENT)
MODELS = sorted(name for name, schema in SCHEMAS.items() if "properties" in schema)


def pickled(value: Any) -> Any:  # noqa: ANN401
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own


WAYS: dict[str, Callable[[Any], Any]] = {"copy": copy.copy, "deepcopy": copy.deepcopy, "pickle": pickled}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@settings(max_examples=30)
@given(seed=st.integers(min_value=0))
def test_a_model_stays_what_it_is(seed: int) -> None:
    """All models in one example: drawing every value from hypothesis would take minutes."""
    random = Random(seed)  # noqa: S311 - no secret
    for name in MODELS:
        body = random_object(random, SCHEMAS[name], depth=3)
        model = getattr(fly_machines.models, name).from_dict(body)
        note(f"{name}: {body}")
        for way in WAYS.values():
            twin = way(model)
            assert twin == model
            assert twin.to_dict() == model.to_dict()


def test_there_is_a_model_of_every_schema_with_properties() -> None:
    assert len(MODELS) > 150
    assert set(MODELS) <= set(fly_machines.models.__all__)


@ways
def test_there_is_one_unset(way: Callable[[Any], Any]) -> None:
    assert way(UNSET) is UNSET
    assert Unset() is UNSET
    assert pickle.loads(pickle.dumps([UNSET], protocol=0)) == [UNSET]  # noqa: S301
    assert (repr(UNSET), bool(UNSET)) == ("UNSET", False)
    assert way(MachineConfig(image="nginx")).env is UNSET


def test_a_deep_copy_shares_nothing_that_can_change() -> None:
    config = MachineConfig(image="nginx", guest=MachineGuest(cpus=1), env={"A": "1"})
    config["moon"] = {"phase": 3}
    twin = copy.deepcopy(config)
    assert isinstance(twin.guest, MachineGuest)
    assert isinstance(twin.env, dict)
    twin.env["A"] = "2"
    twin["moon"]["phase"] = 4
    twin.guest.cpus = 2
    assert config.to_dict() == {
        "image": "nginx",
        "guest": {"cpus": 1},
        "env": {"A": "1"},
        "moon": {"phase": 3},
    }


@ways
def test_a_response_stays_what_it_is(way: Callable[[Any], Any]) -> None:
    response = Response(HTTPStatus.OK, b"{}", httpx.Headers({"fly-next-cursor": "c"}), MachineGuest(cpus=1))
    assert way(response) == response


@pytest.mark.parametrize("model", [MachineConfig, MachineGuest])
def test_looking_at_what_else_a_model_holds_changes_nothing(
    model: type[MachineConfig | MachineGuest],
) -> None:
    looked_at, untouched = model.from_dict({}), model.from_dict({})

    assert looked_at.additional_properties == {}

    assert looked_at == untouched == model()
    assert looked_at.to_dict() == untouched.to_dict() == {}
    assert "moon" not in untouched
    looked_at["moon"] = 1
    assert looked_at != untouched
    assert looked_at.additional_keys == ["moon"]
    assert untouched.additional_keys == []


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_slots_and_no_dict(name: str) -> None:
    assert not hasattr(
        getattr(fly_machines.models, name).__new__(getattr(fly_machines.models, name)), "__dict__"
    )
