"""No answer that has roughly the declared shape can fail to be read, or lose anything on the way."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING, Any

import fly_machines.models
import pytest
from fly_machines.models import ListAppsResponse, Machine, MachineConfig
from hypothesis import given, note
from hypothesis import strategies as st

from scripts.codegen import documents
from scripts.codegen.layout import Layout
from tests.codegen.spelling import respelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scripts.codegen.documents import Json

DOCUMENT = documents.read(Layout().document)

NULLS = 0.15
PRESENT = 0.5
UNKNOWN = (None, "", "levitating", 0, 15_000_000_000, False, {"phase": [3]})
TIMES = (
    "",
    "0001-01-01T00:00:00Z",
    "2023-02-23T10:34:20.084624847Z",
    "2023-08-22T23:54:06.1+00:00",
    "2024-02-29T23:59:60Z",
    "2026-05-14",
    "2022-10-20 19:59:06 +0000 UTC",
)
SCALARS: dict[str, Sequence[object]] = {
    "string": ("", "x", "levitating", "2023-08-22T23:54:06Z", "15s"),
    "integer": (0, -1, 2**63),
    "number": (0, 0.5),
    "boolean": (True, False),
}


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


def _value(random: Random, schema: Json, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    """Null, or what fits a schema; open enums mostly get what they do not know, lists also what is wrong."""
    while (name := documents.reference_name(schema)) is not None or "anyOf" in schema:
        schema = documents.schemas(DOCUMENT)[name] if name is not None else random.choice(schema["anyOf"])
    if random.random() < NULLS:
        return None
    if "properties" in schema:
        return _object(random, schema, depth)
    if schema.get("type") == "array":
        items = random.choices([{}, schema["items"]], [1, 3], k=random.randrange(3) if depth > 0 else 0)
        return [_value(random, item, depth - 1) for item in items]
    if isinstance(schema.get("additionalProperties"), dict):
        keys = random.sample(["web", "", "/"], k=random.randrange(3))
        return {key: _value(random, schema["additionalProperties"], depth - 1) for key in keys}
    return random.choice(_scalars(schema))


def _scalars(schema: Json) -> Sequence[object]:
    if schema.get("format") == "date-time":
        return TIMES
    known: Sequence[object] = schema.get("enum", ())
    return known or SCALARS.get(schema.get("type", ""), UNKNOWN)


def _object(random: Random, schema: Json, depth: int) -> dict[str, Any]:
    """An object with what it must have, some of what it may have, and something that nobody knows."""
    body = {
        field: _value(random, inner, depth - 1)
        for field, inner in schema["properties"].items()
        if field in schema.get("required", ()) or (depth > 0 and random.random() < PRESENT)
    }
    return body if random.random() < NULLS else {"moon": random.choice(UNKNOWN), **body}


@given(seed=st.integers(min_value=0))
def test_an_answer_survives_whatever_it_holds(seed: int) -> None:
    """All models in one example: drawing every value from hypothesis would take minutes."""
    random = Random(seed)  # noqa: S311 - no secret
    for name in ANSWERED:
        body = _object(random, documents.schemas(DOCUMENT)[name], depth=3)
        note(f"{name}: {body}")
        assert respelled(getattr(fly_machines.models, name).from_dict(body).to_dict()) == respelled(body)


@pytest.mark.parametrize("name", ANSWERED)
def test_an_answer_survives_null_for_every_key(name: str) -> None:
    body = dict.fromkeys(documents.schemas(DOCUMENT)[name]["properties"])

    assert getattr(fly_machines.models, name).from_dict(body).to_dict() == body


def test_there_is_a_model_of_every_answer() -> None:
    assert len(ANSWERED) > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-03-22T04:07:43Z", dt.datetime(2023, 3, 22, 4, 7, 43, tzinfo=dt.UTC)),
        ("0001-01-01T00:00:00Z", dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
        (
            "2023-02-23T10:34:20.084624847Z",
            dt.datetime(2023, 2, 23, 10, 34, 20, 84_624, tzinfo=dt.UTC),
        ),
        (
            "2024-02-23T01:41:02.5+01:00",
            dt.datetime(2024, 2, 23, 0, 41, 2, 500_000, tzinfo=dt.UTC),
        ),
    ],
)
def test_a_time_is_a_point_in_time(text: str, expected: dt.datetime) -> None:
    machine = Machine.from_dict({**MACHINE, "created_at": text})

    assert isinstance(machine.created_at, dt.datetime)
    assert machine.created_at == expected
    assert machine.created_at.tzinfo is not None


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-05-14", "2026-05-14T10:41:08", "2024-02-29T23:59:60Z", "0"]
)
def test_text_that_is_no_point_in_time_stays_text(text: str) -> None:
    machine = Machine.from_dict({**MACHINE, "created_at": text})

    assert machine.created_at == text
    assert machine.to_dict()["created_at"] == text


def test_what_a_key_must_have_may_be_null_but_not_be_missing() -> None:
    assert Machine.from_dict({**MACHINE, "id": None}).to_dict()["id"] is None
    with pytest.raises(KeyError, match="id"):
        Machine.from_dict({key: value for key, value in MACHINE.items() if key != "id"})


def test_one_odd_item_does_not_cost_the_list() -> None:
    body = {"total_apps": 3, "apps": [{"name": "web"}, {"id": "nameless"}, None, "text"]}
    listed = ListAppsResponse.from_dict(body)

    assert listed.apps is not None
    assert listed.apps[0].name == "web"
    assert listed.to_dict() == body


def test_durations_are_text_or_nanoseconds() -> None:
    body = {"checks": {"web": {"interval": 15_000_000_000, "timeout": "2s"}}}

    config = MachineConfig.from_dict(body)

    assert config.to_dict() == body


def test_times_that_are_sent_carry_their_zone() -> None:
    request = fly_machines.models.UpdateMetadataRequest(
        metadata={}, updated_at=dt.datetime(2026, 5, 14, 10, 41, 8, tzinfo=dt.UTC)
    )

    assert request.to_dict()["updated_at"] == "2026-05-14T10:41:08+00:00"


MACHINE = {
    "id": "1857156b526dd8",
    "name": "web",
    "state": "started",
    "region": "ord",
    "instance_id": "01HEPA330HZ37A78TK080NAK1M",
    "private_ip": "fdaa::2",
    "created_at": "2023-11-08T01:52:30Z",
}
