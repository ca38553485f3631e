"""What a model shows of itself: what is set, in few words, and nothing that is secret."""

from __future__ import annotations

import pprint
from http import HTTPStatus
from random import Random
from typing import TYPE_CHECKING, Any

import fly_machines.models
import httpx
import pytest
from fly_machines import AuthenticatedClient
from fly_machines.models import (
    AppSecret,
    CreateAppDeployTokenResponse,
    Lease,
    Machine,
    MachineConfig,
    MachineFile,
    MachineGuest,
    MachineState,
    UpdateAppSecretsRequest,
)
from fly_machines.types import Response
from hypothesis import given, note, settings
from hypothesis import strategies as st
from rich.pretty import pretty_repr

from scripts.tools.codegen import documents, prose
from tests.codegen.bodies import DOCUMENT, random_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.tools.codegen.documents import Json

SCHEMAS = documents.schemas(DOCUMENT)
MODELS = sorted(name for name, schema in SCHEMAS.items() if "properties" in schema)
MARKED = sorted(
    (name, field)
    for name in MODELS
    for field, schema in SCHEMAS[name]["properties"].items()
    if schema.get(prose.MARK)
)
LONGEST = 1500
VALUE = "hunter2hunter2"
WAYS: dict[str, Callable[[Any], str]] = {
    "repr": repr,
    "str": str,
    "pprint": pprint.pformat,
    "rich": lambda thing: pretty_repr(thing, expand_all=True),
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


def _holding(schema: Json) -> Any:  # noqa: ANN401 - any JSON value
    if "additionalProperties" in schema:
        return {"KEY": VALUE}
    return [VALUE] if schema.get("type") == "array" else VALUE


@ways
@pytest.mark.parametrize(("name", "field"), MARKED)
def test_a_field_that_is_marked_is_masked(name: str, field: str, way: Callable[[Any], str]) -> None:
    schema = SCHEMAS[name]["properties"][field]
    body = {**dict.fromkeys(SCHEMAS[name].get("required", ())), field: _holding(schema)}
    model = getattr(fly_machines.models, name).from_dict(body)

    assert VALUE not in way(model)
    assert "***" in way(model)
    assert VALUE not in way([{"deep": model}])
    assert model.to_dict()[field] == body[field]


def test_what_is_secret_is_marked() -> None:
    assert {
        ("AppSecret", "value"),
        ("CreateAppDeployTokenResponse", "token"),
        ("CreateCustomCertificateRequest", "private_key"),
        ("Lease", "nonce"),
        ("Machine", "nonce"),
        ("MachineConfig", "env"),
        ("PostgresUserCredentials", "password"),
        ("SetAppSecretRequest", "value"),
        ("UpdateAppSecretsRequest", "values"),
    } <= set(MARKED)
    told = [
        (name, field)
        for name in MODELS
        for field, schema in SCHEMAS[name]["properties"].items()
        if "secret." in schema.get("description", "").lower() and schema.get("type") == "string"
    ]
    assert told
    assert set(told) - set(MARKED) == {("MachineSecret", "name")}  # whose description says "of the secret."


@ways
def test_what_could_not_be_read_as_a_model_is_masked_too(way: Callable[[Any], str]) -> None:
    machine = Machine.from_dict(
        {
            "id": "1",
            "name": "web",
            "state": "started",
            "region": "iad",
            "private_ip": "",
            "created_at": "",
            "LeaseNonce": VALUE,
            "config": {"services": [{"odd": [{"token": VALUE}]}], "env": VALUE},
            "incomplete_config": {"moon": {"env": {"A": VALUE}}},
        }
    )
    assert VALUE not in way(machine)


def test_what_is_set_is_shown_and_what_is_not_is_left_out() -> None:
    config = MachineConfig(image="nginx", guest=MachineGuest(cpus=1), env={"A": "1", "B": ""}, size=None)
    config["moon"] = {"phase": 3}
    assert repr(config) == (
        "MachineConfig(env={'A': '***', 'B': ''}, guest=MachineGuest(cpus=1), image='nginx', size=None, "
        "additional_properties={'moon': {'phase': 3}})"
    )
    assert repr(Lease(1, "5c35", "me")) == "Lease(expires_at=1, nonce='***', owner='me')"
    assert repr(AppSecret(digest="d", name="K")) == "AppSecret(name='K', digest='d')"
    assert repr(UpdateAppSecretsRequest(values={"A": VALUE, "B": None})) == (
        "UpdateAppSecretsRequest(values={'A': '***', 'B': None})"
    )


def test_a_known_word_and_a_time_are_shown_as_they_are_written() -> None:
    shown = repr(
        Machine.from_dict(
            {
                "id": "1",
                "name": "web",
                "state": "started",
                "region": "iad",
                "private_ip": "fdaa::3",
                "created_at": "2023-11-08T01:52:30Z",
            }
        )
    )
    assert shown == (
        "Machine(created_at=2023-11-08T01:52:30+00:00, id='1', name='web', private_ip='fdaa::3', "
        "region='iad', state='started')"
    )
    assert MachineState.STARTED.value in shown


@settings(max_examples=4)
@given(seed=st.integers(min_value=0))
def test_no_model_shows_more_than_fits_a_screen(seed: int) -> None:
    """All models in one example: drawing every value from hypothesis would take minutes."""
    random = Random(seed)  # noqa: S311 - no secret
    for name in MODELS:
        body = random_object(random, SCHEMAS[name], depth=4)
        note(f"{name}: {body}")
        shown = repr(getattr(fly_machines.models, name).from_dict(body))
        assert shown.startswith(f"{name}(")
        assert len(shown) <= LONGEST
        assert "UNSET" not in shown


def test_long_values_many_keys_and_long_lists_are_cut() -> None:
    config = MachineConfig(
        image="x" * 5000,
        env={f"KEY{number}": "v" for number in range(500)},
        files=[MachineFile(guest_path=f"/file/{number}") for number in range(500)],
        metadata={"k" * 3000: "v" * 3000},
    )
    assert len(repr(config)) <= LONGEST
    for shown in ("env={'KEY0': '***'", "files=[MachineFile(guest_path='/file/0')", "image='xxx", "..."):
        assert shown in repr(config)


def test_a_response_and_a_client_do_not_show_what_they_carry() -> None:
    body = f'{{"token": "{VALUE}"}}'.encode()
    parsed = CreateAppDeployTokenResponse(VALUE)
    response = Response(HTTPStatus.OK, body, httpx.Headers({"Authorization": VALUE}), parsed)
    assert repr(response) == (
        "Response(status_code=<HTTPStatus.OK: 200>, parsed=CreateAppDeployTokenResponse(token='***'))"
    )
    assert VALUE not in repr(AuthenticatedClient(base_url="https://api.machines.dev/v1", token=VALUE))
