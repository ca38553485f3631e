"""Where lists of an app are wrong, nothing of it is written, and each resource is told why (rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources import App, FlySecret, IpAddress, Machine, Resource, Volume, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
KEY = FlySecret(APP, "KEY", "1")
WORKER = Machine(APP, "worker", {"image": "nginx:1"}, mounts={"/data": DATA})
STACK: tuple[Resource[object], ...] = (APP, DATA, WORKER, KEY)


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    api = connect(FlySimulator(clock=clock, latency=0.05))
    api.ensure(*STACK)
    clock.sleep(60.0)
    api.sent.clear()
    return api


def _believe(api: Api, *lists: str) -> None:
    api.sim.behaviour = Behaviour(empty_lists=frozenset(lists))


def test_each_of_two_contradictions_is_raised_by_its_name(api: Api) -> None:
    _believe(api, "Machines_list", "Volumes_list")
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*STACK)
    assert {type(each) for each in caught.value.errors} == {errors.ContradictionError}
    assert "counts 1 volumes" in str(caught.value.report[DATA].error)
    assert api.writes == []


@pytest.mark.parametrize("wrong", ["Machines_list", "Volumes_list"])
def test_nothing_else_of_the_app_is_written_either(api: Api, wrong: str) -> None:
    _believe(api, wrong)
    larger = Volume(APP, "data", size_gb=9)
    changed = Machine(APP, "worker", {"image": "nginx:2"}, mounts={"/data": larger})
    other = Machine(APP, "other", {"image": "nginx:1"})
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP, larger, changed, other, FlySecret(APP, "KEY", "2"), IpAddress(APP, "v6"))
    assert {type(each) for each in caught.value.errors} == {errors.ContradictionError}
    assert api.writes == []


def test_what_is_found_unchanged_is_not_blamed(api: Api) -> None:
    _believe(api, "Machines_list")
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*STACK)
    assert caught.value.report[DATA].error is None


def _in_state(state: str) -> Callable[[MachineRecord], None]:
    def change(machine: MachineRecord) -> None:
        machine.state = state
        machine.schedule.clear()

    return change


def test_a_machine_that_turns_out_to_be_left_stopped_is_not_started(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    """Its config is as declared, so that its step begins as one that writes nothing."""
    server = Machine(APP, "server", {"image": "nginx:2"})
    sim = FlySimulator(clock=clock, latency=0.05, timings="typical")
    sim.images["bad"] = "crashes"
    connect(sim).ensure(DATA, Machine(APP, "server", {"image": "bad"}), wait=False)
    clock.sleep(60.0)
    sim.faults.add(Fault("status", operation="Machines_start", status=400, body={"error": "no"}))
    with pytest.raises(errors.EnsureError):
        connect(sim).ensure(server)  # leaves the new version stopped
    clock.sleep(30.0)
    sim.faults.clear()
    sim.edit_machine("web", "server", _in_state("replacing"))
    api = connect(sim, on_event=lambda _event: sim.edit_machine("web", "server", _in_state("stopped")))
    sim.behaviour = Behaviour(empty_lists=frozenset({"Volumes_list"}))
    api.sent.clear()

    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(DATA, server)

    assert {type(each) for each in caught.value.errors} == {errors.ContradictionError}
    assert isinstance(caught.value.report[server].error, errors.ContradictionError)
    assert api.writes == []
    sim.behaviour = Behaviour()
    assert api.ensure(DATA, server)[server].model.state == "started"
