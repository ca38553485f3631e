"""`logs`: parsed lines of an app or a machine, and those that follow."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, LogLine, Machine, errors
from fly_resources._sdk import reading
from fly_resources.testing import Behaviour, Fault, Program

if TYPE_CHECKING:
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
ONE = Machine(APP, "one", {"image": "quiet"})
TWO = Machine(APP, "two", {"image": "chatty"})


@pytest.fixture
def ready(api: Api) -> Api:
    api.sim.images["chatty"] = Program(prints=[f"line {index}" for index in range(100)], every_s=3)
    api.ensure(ONE, TWO)
    api.sim.write_log("web", "one", "hello")
    api.sim.requests.clear()
    return api


def test_lines_are_parsed(ready: Api) -> None:
    [line] = ready.logs("web", ONE)
    model = ready.read(ONE)
    assert model is not None
    assert (line.message, line.level, line.region, line.machine) == ("hello", "info", "iad", model.id)
    assert line.at is not None
    assert str(line) == f"{line.at.isoformat(timespec='milliseconds')} {model.id} iad [info] hello"


def test_an_apps_log_has_the_lines_of_all_its_machines_in_order(ready: Api) -> None:
    ready.clock.sleep(10.0)
    lines = ready.logs(APP)
    assert {line.message for line in lines} >= {"hello", "line 0", "line 3"}
    assert [line.at for line in lines] == sorted(line.at for line in lines if line.at)


@pytest.mark.parametrize("machine", ["one", ONE], ids=["name", "resource"])
def test_a_log_of_one_machine_costs_a_list_for_its_name(ready: Api, machine: str | Machine) -> None:
    ready.logs("web", machine)
    assert [str(each.operation) for each in ready.sent] == ["Machines_list", "Machines_list_logs"]


def test_a_log_of_an_id_costs_one_request(ready: Api) -> None:
    model = ready.read(ONE)
    assert model is not None
    ready.sim.requests.clear()
    assert ready.logs("web", model.id) == ready.logs("web", model)
    assert [str(each.operation) for each in ready.sent] == ["Machines_list_logs"] * 2


def test_following_yields_each_line_once_as_it_comes(ready: Api) -> None:
    began = ready.clock.now()
    lines = ready.logs("web", "two", follow=True, count=20)
    assert [line.message for line in lines] == [f"line {index}" for index in range(20)]
    assert ready.clock.now() - began >= 50.0


def test_equal_lines_are_all_there(ready: Api) -> None:
    for _ in range(3):
        ready.sim.write_log("web", "one", "same")
    assert [line.message for line in ready.logs("web", ONE, follow=True, count=4)] == ["hello", *["same"] * 3]


def test_an_answer_that_is_behind_repeats_nothing(ready: Api) -> None:
    ready.sim.write_log("web", "one", "a")
    ready.sim.faults.add(Fault("stale", operation="Machines_list_logs", nth=2))
    ready.sim.faults.add(Fault("status", operation="Machines_list_logs", nth=3))
    lines = ready.logs("web", "two", follow=True, count=10)
    assert [line.message for line in lines] == [f"line {index}" for index in range(10)]


def test_following_ends_with_the_machine(ready: Api, stranger: Stranger) -> None:
    ready.sim.behaviour = Behaviour(destroyed_visible_s=0.0)
    ready.sim.images["job"] = Program(prints=("bye",), exit_code=0, after_s=20)
    stranger.create_machine("web", "job", {"image": "job", "auto_destroy": True})
    assert [line.message for line in ready.logs("web", "job", follow=True)] == ["bye"]


@pytest.mark.parametrize(
    ("app", "machine", "error"),
    [
        (3, None, errors.ConfigurationError),
        ("web", 3, errors.ConfigurationError),
        ("absent", None, errors.NotFoundError),
        ("web", "absent", errors.ReconcileError),
        ("web", "0" * 14, errors.NotFoundError),
    ],
)
def test_what_is_not_there_is_told(
    ready: Api, app: object, machine: object, error: type[errors.FlyError]
) -> None:
    with pytest.raises(error):
        ready.logs(app, machine)


def test_arguments_are_checked_before_the_first_line_is_asked_for(ready: Api) -> None:
    with pytest.raises(errors.ConfigurationError, match="Expected an App"):
        ready.client.logs(3)  # type: ignore[arg-type]


# What a line may look like: its keys are not documented.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", []),
        ("\n \n", []),
        ("no json", [LogLine(None, "no json")]),
        ("[1]", [LogLine(None, "[1]")]),
        ('{"message": "m"}', [LogLine(None, "m")]),
        ('{"message": "m", "timestamp": "soon"}', [LogLine(None, "m")]),
        (
            '{"message": "m", "timestamp": "2026-01-01T00:00:00.123456789Z", "level": "error"}',
            [LogLine(dt.datetime(2026, 1, 1, 0, 0, 0, 123456, dt.UTC), "m", level="error")],
        ),
        (
            '{"message": "m", "timestamp": "2026-01-01T00:00", "meta": {"instance": "a", "region": "iad"}}',
            [LogLine(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "m", region="iad", machine="a")],
        ),
        ('{"id": "x", "attributes": {"message": "m", "instance": "a"}}', [LogLine(None, "m", machine="a")]),
    ],
)
def test_a_line_of_any_form_is_read(text: str, line: list[LogLine]) -> None:
    assert reading.log_lines(text) == line


@given(
    st.lists(
        st.dictionaries(st.text(max_size=9), st.none() | st.text() | st.integers() | st.lists(st.none()))
    )
)
def test_no_line_is_lost_whatever_it_holds(rows: list[dict[str, object]]) -> None:
    text = "\n".join(json.dumps(row) for row in rows)
    assert len(reading.log_lines(text)) == len(rows)


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    assert all(
        line.message for line in reading.log_lines(text) if line.at is None and not text.startswith("{")
    )


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x0b", "\x1c", "\r"])
def test_a_message_cannot_be_made_to_look_like_two_lines(separator: str) -> None:
    message = f"one{separator}two"
    [line] = reading.log_lines(
        json.dumps({"message": message, "instance": "m1"}, ensure_ascii=False) + "\r\n"
    )
    assert (line.message, line.machine) == (message, "m1")


def test_a_line_that_is_nested_too_deeply_is_a_message() -> None:
    text = "[" * 100_000
    assert [line.message for line in reading.log_lines(text)] == [text]


def test_a_key_without_a_value_is_as_if_it_were_not_there() -> None:
    assert reading.log_lines('{"message": null, "region": null}') == [LogLine(None, "")]
