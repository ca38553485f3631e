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
from fly_machines.errors import UnexpectedStatus
from fly_machines.models import (
    ContainerMount,
    ErrorResponse,
    Machine,
    MachineConfig,
    MachineState,
    Region,
    TempDirStorage,
    TempDirVolume,
    Volume,
)
from fly_machines.types import Unset
from openapi_schema_validator import OAS30Validator

from fly_resources import Fly
from fly_resources.errors import ApiError
from fly_resources.testing import VirtualClock
from scripts.tools.codegen import documents
from tests.codegen.spelling import respelled


def _load(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        (Path(__file__).parent / "recorded" / name).read_text(encoding="utf-8")
    )
    return rows


OF_2026 = _load("responses-2026-11.json")
#: Only some keys of this answer are known.
PARTIAL = 165
WHOLE_OF_2026 = [each for each in OF_2026 if each["status"] == 200 and each["rr"] != PARTIAL]
FAILED_OF_2026 = [each for each in OF_2026 if each["status"] != 200]
RECORDED = [*_load("responses.json"), *WHOLE_OF_2026]


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
    components = _with_null_references(document["components"])
    schema = {**media["schema"], "components": components}
    if "$ref" in schema:
        schema = {"allOf": [media["schema"]], "components": components}

    OAS30Validator(schema).validate(recorded["body"])


def _with_null_references(value: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
    """Say of a nullable reference what the validator sees of a nullable type only: it may be null."""
    if isinstance(value, list):
        return [_with_null_references(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _with_null_references(item) for key, item in value.items()}
    if "allOf" in inner and inner.pop("nullable", False) is True:
        return {"anyOf": [inner, {"enum": [None]}]}
    return inner


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
    assert len(RECORDED) == 54
    assert len({recorded["rr"] for recorded in RECORDED}) == 54
    assert len(OF_2026) == 17
    assert len(WHOLE_OF_2026) + len(FAILED_OF_2026) + 1 == 17


def _by_number(number: int) -> Any:  # noqa: ANN401 - any answer
    return next(recorded["body"] for recorded in [*RECORDED, *OF_2026] if recorded["rr"] == number)


@pytest.mark.parametrize("recorded", FAILED_OF_2026, ids=lambda recorded: f"RR{recorded['rr']}")
def test_a_recorded_failure_is_raised_with_its_body_which_survives_the_round_trip(
    recorded: dict[str, Any], document: dict[str, Any]
) -> None:
    status = recorded["status"] or 408  # of one answer the status was not written down
    with pytest.raises(UnexpectedStatus) as raised:
        _parsed(recorded["operation"], status, recorded["body"], document)

    assert raised.value.status_code == status
    if isinstance(recorded["body"], str):
        assert raised.value.content == recorded["body"].encode()
        return
    body = json.loads(raised.value.content)
    assert ErrorResponse.from_dict(body).to_dict() == recorded["body"]
    schema = {**documents.schemas(document)["ErrorResponse"], "components": document["components"]}
    OAS30Validator(schema).validate(body)


@pytest.mark.parametrize("recorded", FAILED_OF_2026, ids=lambda recorded: f"RR{recorded['rr']}")
def test_a_recorded_failure_becomes_an_error_that_says_what_the_service_said(
    recorded: dict[str, Any],
) -> None:
    body, status = recorded["body"], recorded["status"] or 408
    content = body if isinstance(body, str) else json.dumps(body)
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    with (
        Fly(token="test", transport=transport, clock=VirtualClock()) as fly,
        pytest.raises(ApiError) as raised,
    ):
        fly.sdk.get_httpx_client().post("/apps/web/machines")

    assert raised.value.status == status
    if not isinstance(body, str):
        assert " ".join(body["error"].split()) in str(raised.value)


def test_what_is_known_of_a_partial_answer_fits_into_a_whole_one() -> None:
    known = _by_number(PARTIAL)
    whole = {**_by_number(151), **known}

    written = Machine.from_dict(whole).to_dict()

    assert {key: written[key] for key in known} == known


@pytest.mark.parametrize("name", ["instance_id", "version"])
def test_a_machine_with_either_name_of_its_version_parses_and_survives(name: str) -> None:
    body = {key: value for key, value in _by_number(151).items() if key != "instance_id"}
    body[name] = "01KN183BZYXG5QCDBEPMFHE84Y"

    machine = Machine.from_dict(body)

    versions = (machine.version, machine.instance_id)
    assert [each for each in versions if not isinstance(each, Unset)] == ["01KN183BZYXG5QCDBEPMFHE84Y"]
    assert respelled(machine.to_dict()) == respelled(body)


def test_what_the_official_client_knows_and_the_document_lacks_has_types() -> None:
    config = {
        "containers": [{"name": "app", "mounts": [{"name": "scratch", "path": "/shared"}]}],
        "volumes": [
            {"name": "scratch", "temp_dir": {"size_mb": 64, "storage_type": "memory"}},
            {"name": "tools", "image": "registry.fly.io/tools:1"},
        ],
    }

    parsed = MachineConfig.from_dict(config)

    assert isinstance(parsed.volumes, list)
    temp_dir = parsed.volumes[0].temp_dir
    assert isinstance(temp_dir, TempDirVolume)
    assert temp_dir.storage_type is TempDirStorage.MEMORY
    assert isinstance(parsed.containers, list)
    assert parsed.containers[0].mounts == [ContainerMount(name="scratch", path="/shared")]
    assert parsed.to_dict() == config
    assert Volume.from_dict({**_by_number(153), "host_dedication_id": "abc"}).host_dedication_id == "abc"
    assert Region.from_dict({"code": "iad", "capacity": 7}).capacity == 7


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
