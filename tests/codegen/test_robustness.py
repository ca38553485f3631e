"""No answer that has roughly the declared shape can fail to be read, or lose anything on the way."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING

import fly_machines.models
import pytest
from fly_machines.models import ListAppsResponse, Machine, MachineConfig
from hypothesis import given, note
from hypothesis import strategies as st

from scripts.tools.codegen import documents
from tests.codegen.bodies import DOCUMENT, random_object
from tests.codegen.spelling import respelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.tools.codegen.documents import Json


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


@given(seed=st.integers(min_value=0))
def test_an_answer_survives_whatever_it_holds(seed: int) -> None:
    """All models in one example: drawing every value from hypothesis would take minutes."""
    random = Random(seed)  # noqa: S311 - no secret
    for name in ANSWERED:
        body = random_object(random, documents.schemas(DOCUMENT)[name], depth=3)
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
