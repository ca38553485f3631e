"""A schedule is never disarmed: machines with one are always launched (LC-36, rule 5)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest

from fly_resources import App, Fly, Machine, errors
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
NAPPING: MachineConfigDict = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}
DAY_S = 86_400.0


def _job(image: str = "nginx:1", **config: Any) -> Machine:  # noqa: ANN401  # any config key
    return Machine(APP, "nightly", cast("MachineConfigDict", {"image": image, "schedule": "daily", **config}))


def _machine(api: Api) -> dict[str, Any]:
    state: Any = api.sim.snapshot()["apps"]
    [found] = state["web"]["machines"]
    shown: dict[str, Any] = found
    return shown


def _bodies(api: Api, *operations: str) -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in api.sent if each.operation in operations]


def _runs(api: Api, days: float) -> int:
    """Count how often the platform starts it in so many days."""
    found = api.read(_job())
    assert found is not None
    before = {event.timestamp for event in found.events or [] if event.type_ == "start"}
    api.clock.sleep(days * DAY_S)
    found = api.read(_job())
    assert found is not None
    after = {event.timestamp for event in found.events or [] if event.type_ == "start"}
    return len(after - before)


@pytest.fixture(params=[True, False], ids=["disarms", "harmless"])
def disarms(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=[False, True], ids=["left_stopped", "started"])
def starts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock, *, disarms: bool, starts: bool) -> Api:
    """A service under both readings of `skip_launch` and of updates; its image ends by itself."""
    behaviour = Behaviour(skip_launch_disarms_schedule=disarms, update_starts_stopped=starts)
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour))


def _end(machine: MachineRecord) -> None:
    machine.state = "stopped"


def _forget(machine: MachineRecord) -> None:
    """Take our marks off: what it is configured with is somebody else's then."""
    machine.config = {**machine.config, "metadata": {}}


def test_updates_of_a_job_leave_its_schedule_armed(api: Api) -> None:
    api.ensure(_job())
    api.clock.sleep(60.0)
    api.sim.edit_machine("web", "nightly", _end)
    api.sent.clear()
    better = _job("nginx:2")
    assert api.ensure(better)[better].changed
    [update] = _bodies(api, "Machines_update")
    assert not update.get("skip_launch")
    api.clock.sleep(60.0)
    api.sim.edit_machine("web", "nightly", _end)
    assert _runs(api, 1.1) > 0
    assert not api.ensure(better).changed


def test_a_schedule_that_is_newly_given_is_armed(api: Api) -> None:
    api.ensure(Machine(APP, "nightly", {"image": "nginx:1", **NAPPING}))
    api.sim.proxy_stop("web", "nightly")
    api.clock.sleep(60.0)
    api.sent.clear()
    assert api.ensure(_job())[_job()].changed
    [update] = _bodies(api, "Machines_update")
    assert not update.get("skip_launch")
    api.clock.sleep(60.0)
    api.sim.edit_machine("web", "nightly", _end)
    assert _runs(api, 1.1) > 0


def test_a_schedule_that_is_given_to_one_that_was_updated_in_its_sleep_is_armed(api: Api) -> None:
    """That update skipped the launch, which would disarm the schedule: so it is started once."""
    api.ensure(Machine(APP, "nightly", {"image": "nginx:1", **NAPPING}))
    api.sim.proxy_stop("web", "nightly")
    api.clock.sleep(60.0)
    api.ensure(Machine(APP, "nightly", {"image": "nginx:2", **NAPPING}))
    api.clock.sleep(60.0)
    step = api.plan(_job("nginx:2"))[_job()]
    assert step.notes == ("starts, because its schedule runs only after a first start",)
    assert api.ensure(_job("nginx:2"))[_job()].changed
    api.clock.sleep(60.0)
    assert _runs(api, 1.1) > 0
    assert not api.plan(_job("nginx:2")).changed


@pytest.mark.parametrize("wait", [True, False], ids=["wait", "no_wait"])
def test_one_that_was_made_stopped_runs_once_it_gets_a_schedule(api: Api, *, wait: bool) -> None:
    api.ensure(Machine(APP, "nightly", {"image": "nginx:1"}, state="stopped"))
    api.clock.sleep(60.0)
    assert api.ensure(_job(), wait=wait)[_job()].changed
    api.clock.sleep(60.0)
    assert _runs(api, 1.1) > 0


def test_a_schedule_that_somebody_else_has_set_is_kept_armed_and_told(api: Api) -> None:
    api.ensure(_job())
    plain = Machine(APP, "nightly", {"image": "nginx:2"})
    api.sim.edit_machine("web", "nightly", _forget)
    api.sim.edit_machine("web", "nightly", _end)
    notes = api.plan(plain)[plain].notes
    assert any("keeps the schedule 'daily', which is not declared" in note for note in notes)
    api.sent.clear()
    assert api.ensure(plain)[plain].changed
    [update] = _bodies(api, "Machines_update")
    assert not update.get("skip_launch")
    assert _machine(api)["config"]["schedule"] == "daily"


@pytest.mark.parametrize("through", ["config", "extra"])
def test_a_schedule_with_state_stopped_is_refused_at_once(api: Api, through: str) -> None:
    if through == "config":
        noun = attrs.evolve(_job(), state="stopped")
    else:
        noun = Machine(APP, "nightly", {"image": "nginx"}, state="stopped", extra={"schedule": "daily"})
    for verb in (api.plan, api.ensure):
        with pytest.raises(errors.ConfigurationError, match="exclude each other"):
            verb(noun)
    assert api.sent == []


def test_a_machine_with_a_schedule_that_is_to_be_stopped_is_stopped_and_stays_armed(api: Api) -> None:
    """Its schedule is somebody else's; only that a stop may be followed by the next run."""
    api.ensure(_job())
    api.clock.sleep(60.0)
    api.sim.edit_machine("web", "nightly", _forget)
    stopped = Machine(APP, "nightly", {"image": "nginx:2"}, state="stopped")
    api.sent.clear()
    assert api.ensure(stopped)[stopped].model.state == "stopped"
    assert _machine(api)["state"] == "stopped"
    [update] = _bodies(api, "Machines_update")
    assert not update.get("skip_launch")


def test_such_a_machine_is_not_made_again_and_left_stopped(api: Api) -> None:
    api.ensure(_job())
    api.sim.edit_machine("web", "nightly", _forget)
    moved = Machine(APP, "nightly", {"image": "nginx:2"}, state="stopped", region="ams")
    api.sent.clear()
    with pytest.raises(errors.ReconcileError, match="its schedule would never run"):
        api.ensure(moved, replace=True)
    assert api.writes == []


def test_a_new_job_is_launched(api: Api) -> None:
    api.ensure(_job())
    [create] = _bodies(api, "Machines_create")
    assert not create.get("skip_launch")
    api.clock.sleep(60.0)
    api.sim.edit_machine("web", "nightly", _end)
    assert not api.plan(_job()).changed
    assert _runs(api, 2.1) > 0


def test_what_somebody_disarmed_is_not_our_doing(
    connect: Callable[..., Api], sim: FlySimulator, stranger: Stranger
) -> None:
    """Nothing in the answers shows it, so that nothing can be said of it."""
    api = connect(sim)
    api.ensure(APP)
    stranger.create_machine("web", "nightly", {"image": "nginx:1", "schedule": "daily"}, skip_launch=True)
    assert api.ensure(_job())[_job()].action == "adopt"


def test_a_job_that_has_ended_by_the_first_look_is_not_waited_for() -> None:
    sim = FlySimulator(clock=VirtualClock(), timings="instant")
    with Fly("test", transport=sim.transport(), clock=sim.clock) as fly:
        began = sim.clock.now()
        report = fly.ensure(APP, _job())
    assert report[_job()].model.state == "stopped"
    assert sim.clock.now() - began < 1.0
