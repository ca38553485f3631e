"""Secrets: set in one request, never read back, and shown nowhere (rule 8)."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Event, FlySecret, IpAddress, Machine, Secret, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")


def _names(api: Api) -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    names: list[str] = state["web"]["secrets"]
    return names


def _sent(api: Api) -> list[dict[str, Any]]:
    return [json.loads(each.body)["values"] for each in api.sent if each.operation == "Secrets_update"]


def test_all_secrets_of_an_app_go_in_one_request(api: Api) -> None:
    other = App("db")
    report = api.ensure(
        FlySecret(APP, "A", "1"),
        FlySecret(other, "A", "2"),
        FlySecret(APP, "B", Secret("3")),
        FlySecret(APP, "C", "4"),
    )
    assert report.changed
    assert sorted(_sent(api), key=len) == [{"A": "2"}, {"A": "1", "B": "3", "C": "4"}]


def test_only_those_whose_digest_changed_are_changed(api: Api) -> None:
    a, b = FlySecret(APP, "A", "1"), FlySecret(APP, "B", "1")
    api.ensure(a, b)
    changed = FlySecret(APP, "B", "2")
    report = api.ensure(a, changed, FlySecret(APP, "C", "3"))
    assert [report[noun].changed for noun in (a, changed)] == [False, True]
    assert report[a].model.digest
    assert report[FlySecret.absent(APP, "C")].changed


def test_what_is_described_as_absent_is_removed(api: Api) -> None:
    api.ensure(FlySecret(APP, "A", "1"), FlySecret(APP, "B", "1"))
    gone = FlySecret.absent(APP, "A")
    assert api.plan(gone)[gone].action == "destroy"
    outcome = api.ensure(gone)[gone]
    assert (outcome.action, outcome.changed) == ("destroy", True)
    assert _names(api) == ["B"]
    api.sent.clear()
    assert not api.ensure(gone).changed
    assert api.writes == []


def test_if_absent_never_overwrites(api: Api) -> None:
    first = FlySecret(APP, "A", "1", if_absent=True)
    assert api.ensure(first)[first].changed
    digest = api.ensure(first)[first].model.digest
    api.sent.clear()
    second = FlySecret(APP, "A", "2", if_absent=True)
    assert api.plan(second)[second].action == "none"
    outcome = api.ensure(second)[second]
    assert (outcome.changed, outcome.model.digest) == (False, digest)
    assert api.writes == []


def test_setting_and_unsetting_and_keeping_go_together(api: Api) -> None:
    api.ensure(FlySecret(APP, "OLD", "1"), FlySecret(APP, "KEPT", "1"))
    api.sent.clear()
    api.ensure(
        FlySecret.absent(APP, "OLD"),
        FlySecret(APP, "KEPT", "2", if_absent=True),
        FlySecret(APP, "NEW", "3"),
        FlySecret.absent(APP, "NEVER"),
    )
    assert _sent(api) == [{"OLD": None, "NEW": "3"}]
    assert _names(api) == ["KEPT", "NEW"]


def test_secrets_that_are_not_named_stay(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    stranger.send("POST", "/apps/web/secrets", {"values": {"THEIRS": "1"}})
    mine = FlySecret(APP, "MINE", "1")
    api.ensure(mine)
    assert _names(api) == ["MINE", "THEIRS"]
    assert api.destroy(mine)[mine].changed
    assert _names(api) == ["THEIRS"]
    assert not api.destroy(mine).changed


def test_a_plan_says_that_a_value_cannot_be_read(api: Api) -> None:
    secret = FlySecret(APP, "A", "1")
    assert "set (new)" in str(api.plan(secret))
    api.ensure(secret)
    assert "value is not read" in str(api.plan(secret))


CANARY = "canary-57721"
HIDDEN = (
    APP,
    FlySecret(APP, "PLAIN", f"{CANARY}-1"),
    FlySecret(APP, "HIDDEN", Secret(f"{CANARY}-2")),
    Machine(
        APP,
        "server",
        {
            "image": "nginx:alpine",
            "env": {"KEY": Secret(f"{CANARY}-3")},
            "files": [{"guest_path": "/key", "raw_value": Secret(f"{CANARY}-4")}],
        },
    ),
    IpAddress(APP, "v6"),
)


def _said(*things: object) -> str:
    return "\n".join(str(each) + repr(each) for each in things)


def _all_errors(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = [error]
    for each in found:
        found += [other for other in (each.__cause__, each.__context__) if other and other not in found]
        found += [other for other in getattr(each, "errors", ()) if other not in found]
    return found


@pytest.mark.parametrize(
    "fault",
    [
        None,
        Fault("status", operation="Secrets_update", status=422, body={"error": "refused"}),
        Fault("reset_after", operation="Secrets_update", times=9),
        Fault("not_json", operation="Secrets_update"),
        Fault("truncate", operation="Machines_create"),
        Fault("not_json", operation="Machines_create", times=9),
        Fault("status", operation="Machines_create", status=400, body={"error": "refused"}),
        Fault("reset_before", operation="Machines_update"),
        Fault("status", operation="Machines_update", status=400, body={"error": "refused"}),
    ],
)
def test_no_value_is_shown_anywhere(
    connect: Callable[..., Api], fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="fly_resources")
    events: list[Event] = []
    api = connect(token=f"{CANARY}-token", on_event=events.append)
    other = (
        FlySecret(APP, "PLAIN", f"{CANARY}-5"),
        Machine(APP, "server", {"image": "nginx:alpine", "env": {"KEY": Secret(f"{CANARY}-6")}}),
    )
    said = _said(api.client, *HIDDEN, *other, api.plan(*HIDDEN))
    if fault is not None:
        api.sim.faults.add(fault)
    for stack in (HIDDEN, HIDDEN, other[:1], (HIDDEN[3],)):
        try:
            said += _said(api.plan(*stack), api.ensure(*stack))
        except errors.FlyError as error:
            said += _said(*_all_errors(error), getattr(error, "report", ""))
    said += _said(*events, *(record.getMessage() for record in caplog.records))
    assert "web/PLAIN" in said
    assert CANARY not in said


def test_a_hidden_value_that_drifted_is_planned_without_either_value(api: Api) -> None:
    api.ensure(*HIDDEN)
    server = Machine(APP, "server", {"image": "nginx:alpine", "env": {"KEY": Secret(f"{CANARY}-9")}})
    step = api.plan(server)[server]
    assert "config.env.KEY" in [change.path for change in step.changes]
    [change] = [change for change in step.changes if change.path == "config.env.KEY"]
    assert (change.before, change.after) == ("***", "***")
    assert f"{CANARY}-9" not in _said(step)
