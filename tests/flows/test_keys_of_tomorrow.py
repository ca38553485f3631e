"""Keys of `extra`, which the document does not have: the service keeps them, or drops them (ER-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Machine
from fly_resources.testing import Behaviour

if TYPE_CHECKING:
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
EXTRAS: dict[str, dict[str, Any]] = {
    "a value": {"tomorrow": 1},
    "a table": {"tomorrow": {"mode": "on", "more": [1, 2]}},
    "rows": {"tomorrow": [{"a": 1}, {"a": 2}]},
    "inside": {"services": [{"protocol": "tcp", "internal_port": 80, "tomorrow": {"a": 1}}]},
    "a false one": {"tomorrow": False},
}


def machine(extra: dict[str, Any], image: str = "nginx:1") -> Machine:
    return Machine(APP, "one", {"image": image}, extra=extra)


def config(api: Api) -> dict[str, Any]:
    model = api.read(machine({}))
    assert model is not None
    assert model.config
    found: dict[str, Any] = model.config.to_dict()
    return found


@pytest.mark.parametrize("extra", EXTRAS.values(), ids=EXTRAS)
def test_a_key_that_is_dropped_is_sent_once_and_told_of(api: Api, extra: dict[str, Any]) -> None:
    api.sim.behaviour = Behaviour(unknown_config_keys="dropped")
    api.ensure(machine(extra))
    assert "tomorrow" not in str({**config(api), "metadata": None})

    plan = api.plan(machine(extra))
    assert not plan.changed
    notes = [note for step in plan for note in step.notes if "tomorrow" in note]
    assert all("is missing now: Fly.io or another tool dropped it" in note for note in notes)
    assert bool(notes) != (extra == EXTRAS["a false one"])  # absent is what false means
    api.sim.requests.clear()
    api.ensure(machine(extra))
    assert {each.method for each in api.sent} == {"GET"}


@pytest.mark.parametrize("extra", EXTRAS.values(), ids=EXTRAS)
def test_a_key_that_is_kept_is_compared(api: Api, extra: dict[str, Any]) -> None:
    api.ensure(machine(extra))
    assert "tomorrow" in str({**config(api), "metadata": None})
    assert not api.plan(machine(extra)).changed
    assert not any(step.notes for step in api.plan(machine(extra)))

    api.ensure(machine({}))
    assert "tomorrow" not in str(config(api))


def test_a_key_that_was_never_sent_is_a_change_and_one_that_was_goes_along_with_the_next(api: Api) -> None:
    api.sim.behaviour = Behaviour(unknown_config_keys="dropped")
    api.ensure(machine({}))
    [change] = [change for step in api.plan(machine({"tomorrow": 1})) for change in step.changes]
    assert change.path == "config.tomorrow"
    api.ensure(machine({"tomorrow": 1}))

    # the day after, the service knows it
    api.sim.behaviour = Behaviour()
    assert not api.plan(machine({"tomorrow": 1})).changed
    api.ensure(machine({"tomorrow": 1}, "nginx:2"))
    assert config(api)["tomorrow"] == 1


def test_a_known_key_that_is_gone_is_still_put_back(api: Api) -> None:
    extra = {"tomorrow": 1, "env": {"A": "1"}}
    api.sim.behaviour = Behaviour(unknown_config_keys="dropped")
    api.ensure(machine(extra))
    api.sim.edit_machine("web", "one", lambda found: setattr(found, "config", {**found.config, "env": {}}))
    assert [change.path for step in api.plan(machine(extra)) for change in step.changes] == ["config.env.A"]
