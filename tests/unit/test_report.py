"""Plans, reports and events as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fly_machines import models

from fly_resources import (
    App,
    Change,
    Event,
    FlySecret,
    Machine,
    Outcome,
    Plan,
    Planned,
    Report,
    Secret,
    Volume,
)
from fly_resources.errors import ConfigurationError, ReconcileError

if TYPE_CHECKING:
    from fly_resources.report import Action

_APP = App("web", primary_region="iad")
_VOLUME = Volume(_APP, "data")
_SERVER = Machine(_APP, "server", {"image": "nginx"})
_KEY = FlySecret(_APP, "KEY", "hunter2")


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (1, 2, "x: 1 -> 2"),
        (None, "a", 'x: (none) -> "a"'),
        ("a", None, 'x: "a" -> (none)'),
        (True, False, "x: true -> false"),
        ("", [], 'x: "" -> []'),
        ({"port": 80}, ["é"], 'x: {"port": 80} -> ["é"]'),
        ("***", "***", 'x: "***" -> "***"'),
        (Secret("hunter2"), [Secret("hunter2")], "x: \"Secret('***')\" -> [\"Secret('***')\"]"),
        ({("odd",): 1}, float("inf"), "x: {('odd',): 1} -> Infinity"),
    ],
)
def test_a_change_is_one_line(before: object, after: object, text: str) -> None:
    assert str(Change("x", before, after)) == text


def test_a_long_value_is_cut() -> None:
    text = str(Change("x", "a" * 500, ["line\nline"] * 50))

    assert len(text) < 140
    assert "\n" not in text
    assert text.count("...") == 2


def test_a_value_that_contains_itself_is_survived() -> None:
    loop: list[Any] = []
    loop.append(loop)

    assert str(Change("x", None, loop)) == "x: (none) -> [[...]]"


def _plan() -> Plan:
    return Plan(
        (
            Planned(_APP, "none"),
            Planned(_VOLUME, "update", (Change("size_gb", 3, 5),), ("cannot shrink",)),
            Planned(_SERVER, "create", (Change("image", None, "nginx"),), ("billed", "in iad")),
        )
    )


def test_a_plan_is_indexed_with_an_equal_noun() -> None:
    plan = _plan()

    assert plan[Volume("web", "data", 99, region="iad")] is plan.steps[1]
    assert [step.action for step in plan] == ["none", "update", "create"]
    assert len(plan) == 3


def test_a_plan_names_what_it_holds_when_asked_for_something_else() -> None:
    with pytest.raises(ConfigurationError) as caught:
        _plan()[App("other")]

    assert "app other is not part of this plan" in str(caught.value)
    assert "volume web/data/iad" in str(caught.value)


def test_a_plan_is_readable() -> None:
    assert str(_plan()) == (
        "Plan: 1 create, 1 update; 1 unchanged\n"
        "  = app web: unchanged\n"
        "  ~ volume web/data/iad: update (cannot shrink)\n"
        "      size_gb: 3 -> 5\n"
        "  + machine web/server: create (billed; in iad)"
    )


def test_a_plan_without_changes_says_so() -> None:
    plan = Plan((Planned(_APP, "none"), Planned(_VOLUME, "none")))

    assert not plan.changed
    assert str(plan).splitlines()[0] == "Plan: nothing to do, 2 unchanged"


@pytest.mark.parametrize("action", ["create", "update", "replace", "destroy", "adopt", "set", "blocked"])
def test_any_other_action_is_a_change(action: Action) -> None:
    plan = Plan((Planned(_SERVER, action),))

    assert plan.changed
    assert str(plan).splitlines()[0] == f"Plan: 1 {action}; 0 unchanged"


def _model() -> models.App:
    return models.App(name="web")


def test_a_report_is_indexed_with_an_equal_noun() -> None:
    outcome: Outcome[models.App] = Outcome(_APP, "create", changed=True, observed=_model())
    report = Report((outcome, Outcome(_VOLUME, "none")))

    assert report[App("web")] is outcome
    assert report[App("web")].model.name == "web"
    assert len(report) == 2
    assert [each.action for each in report] == ["create", "none"]
    with pytest.raises(ConfigurationError, match="machine web/server is not part of this report"):
        report[_SERVER]


def test_a_report_has_changed_if_any_outcome_has() -> None:
    unchanged: Outcome[models.App] = Outcome(_APP, "none")

    assert not Report((unchanged,)).changed
    assert Report((unchanged, Outcome(_KEY, "set", changed=True))).changed
    assert not Report((unchanged, Outcome(_KEY, "set", changed=False))).changed


def test_what_failed_has_no_data_and_says_why() -> None:
    failed: Outcome[models.App] = Outcome(_APP, "create", error=ReconcileError("no room"))
    absent: Outcome[models.App] = Outcome(_APP, "destroy")

    with pytest.raises(ReconcileError, match="app web has no model: it failed: no room"):
        _ = failed.model
    with pytest.raises(ReconcileError, match="it does not exist"):
        _ = absent.model


def test_a_report_is_readable() -> None:
    report = Report(
        (
            Outcome(_APP, "none"),
            Outcome(_VOLUME, "update", (Change("size_gb", 3, 5),), changed=True),
            Outcome(_KEY, "set"),
            Outcome(_SERVER, "create", (Change("image", None, "x"),), changed=True),
            Outcome(Machine(_APP, "other", {}), "update", error=ReconcileError("no room")),
        )
    )

    assert str(report) == (
        "  = app web: unchanged\n"
        "  ~ volume web/data/iad: update\n"
        "      size_gb: 3 -> 5\n"
        "  = secret web/KEY: unchanged\n"
        "  + machine web/server: create\n"
        "  x machine web/other: update failed: no room"
    )


def test_the_model_is_not_in_the_repr() -> None:
    outcome: Outcome[models.App] = Outcome(_APP, "none", observed=models.App(name="web", id="secret-ish"))

    assert "secret-ish" not in repr(outcome)
    assert "secret-ish" not in repr(Planned(_APP, "none", observed=models.App(name="web", id="secret-ish")))


def test_a_secrets_value_is_in_no_plan_report_or_event() -> None:
    change = Change("value", None, Secret("hunter2"))
    things = [
        Plan((Planned(_KEY, "set", (change,)),)),
        Report((Outcome(_KEY, "set", (change,)),)),
        Event(_KEY, "set", "done"),
    ]

    assert [thing for thing in things if "hunter2" in f"{thing} {thing!r}"] == []


def test_an_event_is_one_line() -> None:
    assert str(Event(_APP, "create", "started")) == "app web: create started"
    assert (
        str(Event(_SERVER, "update", "progress", "waiting"))
        == "machine web/server: update progress (waiting)"
    )


def test_what_can_be_looked_up_is_in_it() -> None:
    plan = Plan((Planned(_APP, "none"), Planned(_SERVER, "create")))
    report = Report((Outcome(_APP, "none", changed=False),))
    assert _APP in plan
    assert plan[_SERVER] in plan
    assert _VOLUME not in plan
    assert "web" not in plan
    assert _APP in report
    assert report[_APP] in report
    assert _SERVER not in report
