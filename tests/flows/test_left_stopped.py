"""Updates leave stopped what was not started: what should run is started, and looked after (rules 5, 12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, cast

import attrs
import httpx
import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CHECKS: dict[str, Any] = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
NAPPING: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}
DOZING: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "suspend"}]}


def _server(image: str = "nginx:1", **config: Any) -> Machine:  # noqa: ANN401  # any config key
    return Machine(APP, "server", cast("MachineConfigDict", {"image": image, **config}))


def _machine(api: Api) -> dict[str, Any]:
    state: Any = api.sim.snapshot()["apps"]
    [found] = state["web"]["machines"]
    shown: dict[str, Any] = found
    return shown


def _pass_time(api: Api, seconds: float) -> None:
    api.clock.sleep(seconds)


@pytest.fixture(params=[False, True], ids=["left_stopped", "started"])
def behaviour(request: pytest.FixtureRequest) -> Behaviour:
    """Both readings of what an update does to a machine that is not started (LC-34)."""
    return Behaviour(update_starts_stopped=request.param)


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock, behaviour: Behaviour) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour))


@pytest.fixture
def crashed(api: Api) -> Api:
    """A machine that was started and has ended with an error since."""
    api.sim.images["bad"] = "crashes"
    api.ensure(_server("bad"), wait=False)
    _pass_time(api, 60.0)
    assert _machine(api)["state"] == "stopped"
    api.sent.clear()
    return api


@pytest.mark.parametrize("checks", [{}, {"checks": CHECKS}], ids=["plain", "checks"])
def test_a_crashed_machine_runs_after_the_update_that_mends_it(crashed: Api, checks: dict[str, Any]) -> None:
    better = _server(**checks)
    report = crashed.ensure(better)
    assert report[better].changed
    assert _machine(crashed)["state"] == "started"
    assert report[better].model.state == "started"
    assert {check.status for check in report[better].model.checks or []} <= {"passing"}
    assert not crashed.plan(better).changed
    assert not crashed.ensure(better).changed


@pytest.mark.parametrize("asleep", [NAPPING, DOZING], ids=["stopped", "suspended"])
def test_a_sleeper_that_nothing_would_wake_any_more_runs(api: Api, asleep: dict[str, Any]) -> None:
    api.ensure(_server(**asleep))
    api.sim.proxy_stop("web", "server")
    _pass_time(api, 30.0)
    assert _machine(api)["state"] in {"stopped", "suspended"}
    awake = _server("nginx:2", services=[{**NAPPING["services"][0], "autostop": "off"}])
    assert api.ensure(awake)[awake].changed
    assert _machine(api)["state"] == "started"
    assert not api.plan(awake).changed


def test_a_sleeper_stays_asleep_and_its_update_is_waited_for(api: Api) -> None:
    api.ensure(_server(**NAPPING))
    api.sim.proxy_stop("web", "server")
    _pass_time(api, 30.0)
    better = _server("nginx:2", **NAPPING)
    assert api.ensure(better)[better].model.state == "stopped"
    assert _machine(api)["state"] == "stopped"
    assert "Machines_start" not in api.writes
    assert not api.plan(better).changed


def test_what_a_person_has_stopped_stays_stopped_through_updates(api: Api) -> None:
    """Our mark says so, for the newest version was never started."""
    api.ensure(_server())
    api.ensure(attrs.evolve(_server(), state="stopped"))
    for image in ("nginx:2", "nginx:3"):
        assert api.ensure(_server(image)).changed
        assert _machine(api)["state"] == "stopped"
        assert not api.plan(_server(image)).changed
        assert not api.ensure(_server(image)).changed
    again = attrs.evolve(_server("nginx:4"), state="started")
    api.ensure(again)
    assert "fly_resources.left" not in _machine(api)["config"]["metadata"]


def test_the_ordinary_update_costs_no_further_request(api: Api) -> None:
    api.ensure(_server())
    _pass_time(api, 30.0)
    api.sent.clear()
    api.ensure(_server("nginx:2"))
    assert [str(each.operation) for each in api.sent] == [
        "Apps_show",
        "Machines_list",
        "Machines_create_lease",
        "Machines_show",
        "Machines_update",
        "Machines_wait",
        "Machines_release_lease",
    ]


@pytest.mark.parametrize("cut", ["Machines_start", "Machines_wait"])
def test_a_run_that_ends_before_the_start_is_gone_on_with(
    connect: Callable[..., Api], clock: VirtualClock, cut: str
) -> None:
    """The plan of the next one shows that the newest version was never started."""
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    world.images["bad"] = "crashes"
    api = connect(world)
    api.ensure(_server("bad"), wait=False)
    _pass_time(api, 60.0)
    # A wait is asked for in three ways (WA-5).
    world.faults.add(Fault("status", operation=cut, status=400, body={"error": "no"}, times=3))
    with pytest.raises(errors.EnsureError):
        api.ensure(_server())
    _pass_time(api, 30.0)
    plan = api.plan(_server())
    assert plan.changed
    assert plan[_server()].action == "update"
    assert [str(change) for change in plan[_server()].changes] == ['state: "stopped" -> "started"']
    world.faults.clear()
    assert api.ensure(_server())[_server()].model.state == "started"
    assert _machine(api)["state"] == "started"
    assert not api.plan(_server()).changed


def test_a_machine_that_somebody_made_without_starting_it_is_a_difference(
    connect: Callable[..., Api],
    sim: FlySimulator,
    stranger: Stranger,
) -> None:
    api = connect(sim)
    api.ensure(APP)
    stranger.create_machine("web", "server", {"image": "nginx:1"}, skip_launch=True)
    assert api.plan(_server())[_server()].action == "update"
    assert api.ensure(_server())[_server()].changed
    assert _machine(api)["state"] == "started"
    assert not api.ensure(_server()).changed


def test_a_sleeper_that_somebody_updated_without_starting_it_is_none(
    connect: Callable[..., Api],
    sim: FlySimulator,
    stranger: Stranger,
) -> None:
    api = connect(sim)
    api.ensure(APP)
    stranger.create_machine("web", "server", {"image": "nginx:1", **NAPPING}, skip_launch=True)
    api.ensure(_server(**NAPPING))
    assert not api.plan(_server(**NAPPING)).changed
    assert _machine(api)["state"] == "stopped"


def test_where_the_events_are_left_out_nothing_is_started(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    """Unknown is not never."""

    def forget(machine: MachineRecord) -> None:
        machine.state = "stopped"
        machine.events.clear()

    api = connect(sim)
    api.ensure(_server())
    sim.edit_machine("web", "server", forget)
    assert not api.plan(_server()).changed


class _Forgetful(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Drops a start that it has accepted, so many times (LC-35)."""

    def __init__(self, sim: FlySimulator, times: int) -> None:
        self.inner = sim.transport()
        self.times = times
        self.dropped = 0

    def _drop(self, request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/start") or self.dropped >= self.times:
            return None
        self.dropped += 1
        return httpx.Response(200, json={"previous_state": "stopped"}, request=request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._drop(request) or self.inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._drop(request) or await self.inner.handle_async_request(request)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_accepted_start_that_is_dropped_is_sent_again(
    connect: Callable[..., Api], clock: VirtualClock, times: int
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    world.images["bad"] = "crashes"
    connect(world).ensure(_server("bad"), wait=False)
    clock.sleep(60.0)
    api = connect(world, transport=_Forgetful(world, times))
    if times < 3:
        api.ensure(_server())
        assert _machine(api)["state"] == "started"
        return
    with pytest.raises(errors.EnsureError, match="never started") as caught:
        api.ensure(_server())
    assert isinstance(caught.value.__cause__, errors.MachineNotRunningError)
    assert clock.now() < 180.0


@pytest.mark.parametrize("start", ["refused", "accepted", "dropped"])
@pytest.mark.parametrize("wait", [True, False], ids=["wait", "no_wait"])
def test_a_start_while_it_is_replaced_is_not_yet(
    connect: Callable[..., Api],
    clock: VirtualClock,
    start: Literal["refused", "accepted", "dropped"],
    *,
    wait: bool,
) -> None:
    behaviour = Behaviour(start_while_replacing=start)
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    world.images["bad"] = "crashes"
    api = connect(world)
    api.ensure(_server("bad"), wait=False)
    _pass_time(api, 60.0)
    api.ensure(_server(), wait=wait)
    _pass_time(api, 30.0)
    # Without waiting, nobody looks whether an accepted start was dropped; the next plan does.
    dropped = start == "dropped" and not wait
    assert api.plan(_server()).changed == dropped
    api.ensure(_server())
    assert _machine(api)["state"] == "started"


def test_an_image_that_crashes_again_is_started_once(crashed: Api) -> None:
    crashed.sim.images["worse"] = "crashes"
    with pytest.raises(errors.EnsureError, match="started and stopped by itself"):
        crashed.ensure(_server("worse", checks=CHECKS))
    assert crashed.writes.count("Machines_start") <= 1


def test_an_update_of_a_stopped_one_that_stays_stopped_sends_no_start(api: Api) -> None:
    stopped = attrs.evolve(_server(), state="stopped")
    api.ensure(stopped)
    api.sent.clear()
    better = attrs.evolve(_server("nginx:2"), state="stopped")
    assert api.ensure(better)[better].model.state == "stopped"
    assert "Machines_start" not in api.writes
    [update] = [json.loads(each.body) for each in api.sent if each.operation == "Machines_update"]
    assert update["skip_launch"] is True
    assert not api.plan(better).changed


@pytest.mark.parametrize("state", [None, "started"])
def test_created_is_waited_for_like_starting(
    connect: Callable[..., Api],
    clock: VirtualClock,
    state: Literal["started"] | None,
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=Behaviour(created_s=200.0))
    noun = attrs.evolve(_server(), state=state)
    api = connect(world)
    api.ensure(noun, wait=False)
    plan = api.plan(noun)
    assert [str(change) for change in plan[noun].changes] == ['state: "created" -> "started"']
    with pytest.raises(errors.EnsureError, match="may stay in created for hours") as caught:
        api.ensure(noun, step_timeout_s=30.0)
    assert isinstance(caught.value.__cause__, errors.WaitTimeoutError)
    report = api.ensure(noun)
    assert not report[noun].changed
    assert report[noun].model.state == "started"
    assert not {"Machines_start", "Machines_update"}.intersection(api.writes)
    assert not api.plan(noun).changed


def test_without_waiting_created_is_left_and_that_is_said(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=Behaviour(created_s=200.0))
    api = connect(world)
    api.ensure(_server(), wait=False)
    report = api.ensure(_server(), wait=False)
    assert not report.changed
    assert report[_server()].notes == ("is created; not waited for",)


def test_without_waiting_failing_checks_are_said_and_are_no_unchanged_machine(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    world.images["sick"] = "unhealthy"
    noun = _server("sick", checks=CHECKS)
    api = connect(world)
    api.ensure(noun, wait=False)
    clock.sleep(30.0)
    outcome = api.ensure(noun, wait=False)[noun]
    assert (outcome.action, outcome.changed) == ("update", False)
    assert outcome.notes == ("its checks are critical; not waited for",)


def test_failing_checks_fail_every_run(connect: Callable[..., Api], clock: VirtualClock) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    world.images["sick"] = "unhealthy"
    noun = _server("sick", checks=CHECKS)
    api = connect(world)
    for _ in range(2):
        with pytest.raises(errors.EnsureError, match="its checks do not pass"):
            api.ensure(noun, step_timeout_s=30.0)
        plan = api.plan(noun)
        assert plan.changed
        assert [str(change) for change in plan[noun].changes] == ['checks: "critical" -> "passing"']
    world.images.clear()
    report = api.ensure(noun)
    assert not report[noun].changed
    assert not api.plan(noun).changed
