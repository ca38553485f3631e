"""Limits of the account are no lack of room: repeating does not help, and the error says so (MA-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Machine, Volume, errors
from fly_resources.testing import Behaviour, Fault

if TYPE_CHECKING:
    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
ONE, TWO = Machine(APP, "one", CONFIG), Machine(APP, "two", CONFIG, region="iad,ewr,lhr")


@pytest.mark.parametrize(
    ("behaviour", "helps"),
    [(Behaviour(machine_limit=1), "billing@fly.io"), (Behaviour(machines_per_app=1), "add a payment method")],
    ids=["machine limit", "no payment method"],
)
def test_a_limit_of_the_account_is_named_at_once_and_no_other_region_is_tried(
    api: Api, behaviour: Behaviour, helps: str
) -> None:
    api.sim.behaviour = behaviour
    api.ensure(ONE)
    api.sent.clear()
    began = api.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(ONE, TWO)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.QuotaExceededError)
    assert isinstance(cause, errors.UnprocessableError)
    assert not cause.maybe_applied
    assert api.writes == ["Machines_create"]
    assert api.clock.now() < began + 5
    for words in ("Trying again does not help", helps):
        assert words in str(cause)
    assert "region" not in str(cause)
    assert not caught.value.report[ONE].changed


def test_a_limit_of_machines_names_the_empty_volume_that_was_made_for_one(api: Api) -> None:
    api.sim.behaviour = Behaviour(machine_limit=1)
    api.ensure(ONE)
    data = Volume(APP, "data")
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP, data, Machine(APP, "two", CONFIG, mounts={"/data": data}))
    cause = caught.value.__cause__
    assert isinstance(cause, errors.QuotaExceededError)
    made = caught.value.report[data].model
    assert f"Its volume {made.id} in iad is empty (created by this run) and billed" in str(cause)
    assert "destroy volume web/data" in str(cause)


@pytest.mark.parametrize("text", ["Your organization has reached its volume limit", "Volume quota exceeded"])
def test_a_limit_of_volumes_is_one_too(api: Api, text: str) -> None:
    body: Any = {"error": text}
    api.sim.faults.add(Fault("status", operation="Volumes_create", status=422, body=body))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(Volume(APP, "data"))
    assert isinstance(caught.value.__cause__, errors.QuotaExceededError)


def test_a_start_that_the_governor_blocks_is_not_pressed_for_a_minute(api: Api) -> None:
    stopped = Machine(APP, "one", CONFIG, state="stopped")
    started = Machine(APP, "one", CONFIG, state="started")
    api.ensure(stopped)
    body: Any = {"error": "governor policy blocked start"}
    api.sim.faults.add(Fault("status", operation="Machines_start", status=409, body=body, times=99))
    api.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(started)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.InsufficientCapacityError)
    assert "another region" not in str(cause)
    assert api.writes.count("Machines_start") == 1
