"""Bodies that the service has sent, by their RR numbers, through the generated endpoints."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from fly_machines import Client
from fly_machines.models import Machine, MachineState
from fly_machines.types import Unset
from openapi_schema_validator import OAS30Validator

from scripts.codegen import documents
from tests.codegen.spelling import respelled

RECORDED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "recorded" / "responses.json").read_text(encoding="utf-8")
)


def _parsed(operation: str, status: int, body: Any, document: dict[str, Any]) -> Any:  # noqa: ANN401 - any answer
    """What the operation's `sync` makes of an answer; the request does not matter."""
    found = next(candidate for candidate in documents.operations(document) if candidate.id == operation)
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    client = Client(base_url="https://api.machines.dev/v1").set_httpx_client(
        httpx.Client(base_url="https://api.machines.dev/v1", transport=transport)
    )
    needed = {
        parameter["name"].replace("-", "_"): "x"
        for parameter in found.data["parameters"]
        if parameter.get("required")
    }
    request = {"body": _NoBody()} if "requestBody" in found.data else {}
    module = importlib.import_module(f"fly_machines.api.{found.data['tags'][0]}.{operation}")
    return module.sync(client=client, **needed, **request)


class _NoBody:
    def to_dict(self) -> dict[str, Any]:
        return {}


def _as_json(parsed: Any) -> Any:  # noqa: ANN401 - any answer
    if isinstance(parsed, list):
        return [_as_json(item) for item in parsed]
    return parsed if isinstance(parsed, str) else parsed.to_dict()


@pytest.mark.parametrize(
    "recorded", RECORDED, ids=lambda recorded: f"RR{recorded['rr']}-{recorded['operation']}"
)
def test_a_recorded_body_parses_and_survives_the_round_trip(
    recorded: dict[str, Any], document: dict[str, Any]
) -> None:
    parsed = _parsed(recorded["operation"], recorded["status"], recorded["body"], document)

    assert respelled(_as_json(parsed)) == respelled(recorded["body"])


@pytest.mark.parametrize(
    "recorded", RECORDED, ids=lambda recorded: f"RR{recorded['rr']}-{recorded['operation']}"
)
def test_a_recorded_body_is_what_the_document_declares(
    recorded: dict[str, Any], document: dict[str, Any]
) -> None:
    found = next(
        candidate for candidate in documents.operations(document) if candidate.id == recorded["operation"]
    )
    (media,) = found.data["responses"][str(recorded["status"])]["content"].values()
    # References are resolved from the root of what is validated.
    schema = {**media["schema"], "components": document["components"]}
    if "$ref" in schema:
        schema = {"allOf": [media["schema"]], "components": document["components"]}

    OAS30Validator(schema).validate(recorded["body"])


def _times_left_as_text(value: object, field: str = "") -> set[str]:
    """The fields that hold text where a point in time was sent."""
    if isinstance(value, str):
        return {field} if respelled(value) != value or value.endswith("+00:00") else set()
    if isinstance(value, list):
        return set().union(*(_times_left_as_text(item, field) for item in value))
    if not attrs.has(type(value)):
        return set()
    fields = {name: getattr(value, name) for name in type(value).__annotations__}
    return set().union(*(_times_left_as_text(inner, name) for name, inner in fields.items()))


@pytest.mark.parametrize(
    "recorded", RECORDED, ids=lambda recorded: f"RR{recorded['rr']}-{recorded['operation']}"
)
def test_every_recorded_time_is_a_point_in_time(recorded: dict[str, Any], document: dict[str, Any]) -> None:
    parsed = _parsed(recorded["operation"], recorded["status"], recorded["body"], document)

    assert _times_left_as_text(parsed) == set()


def test_the_recorded_bodies_are_all_there() -> None:
    assert len(RECORDED) == 52
    assert len({recorded["rr"] for recorded in RECORDED}) == 52


def test_a_machine_with_what_the_document_does_not_know_parses_and_survives() -> None:
    body = next(recorded["body"] for recorded in RECORDED if recorded["rr"] == 85)
    body = json.loads(json.dumps(body))
    body["state"] = "levitating"
    body["config"]["services"][0] |= {"autostop": True, "protocol": "quic"}
    body["config"]["services"][1]["autostop"] = "suspend"
    del body["config"]["services"][1]["internal_port"]
    body["config"]["env"] = None
    body["config"]["moon"] = {"phase": 3}
    body["config"]["restart"]["policy"] = "spot-price"
    body["config"]["checks"]["pgrst"]["interval"] = 15_000_000_000
    body["checks"] = None
    body["gravity"] = 9.81

    machine = Machine.from_dict(body)

    assert machine.state == "levitating"
    assert not isinstance(machine.state, MachineState)
    assert machine["gravity"] == 9.81
    config = machine.config
    assert config is not None
    assert not isinstance(config, Unset)
    assert config.env is None
    assert config["moon"] == {"phase": 3}
    assert isinstance(config.services, list)
    assert config.services[0].autostop is True
    assert isinstance(config.services[1].internal_port, Unset)
    assert respelled(machine.to_dict()) == respelled(body)


def test_known_values_come_as_their_enum_and_equal_their_text() -> None:
    body = next(recorded["body"] for recorded in RECORDED if recorded["rr"] == 27)

    state = Machine.from_dict(body).state

    assert isinstance(state, MachineState)
    assert state == "created"
    assert f"{state}" == "created"


def test_maps_are_plain_dicts() -> None:
    body = next(recorded["body"] for recorded in RECORDED if recorded["rr"] == 85)

    config = Machine.from_dict(body).config

    assert config is not None
    assert not isinstance(config, Unset)
    assert type(config.env) is dict
    assert config.env == {"PGDATA": "/mnt/postgres/data"}
