"""Machines that shall not run, that ended by themselves, and that are stopped to be deleted (rules 5, 6)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import httpx
import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
SERVER = Machine(APP, "server", CONFIG)
NAPPING: MachineConfigDict = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}


def _state(sim: FlySimulator) -> str:
    state: Any = sim.snapshot()["apps"]
    [machine] = state["web"]["machines"]
    return str(machine["state"])


def _set_state(sim: FlySimulator, state: str) -> None:
    def change(machine: MachineRecord) -> None:
        machine.state = state
        machine.schedule.clear()

    sim.edit_machine("web", "server", change)


@pytest.mark.parametrize("image", ["nginx:1", "crashes", "unhealthy"])
def test_a_machine_that_is_to_be_stopped_is_not_started_by_its_update(
    connect: Callable[..., Api], clock: VirtualClock, image: str
) -> None:
    """The new image may be the one that must not run."""
    world = FlySimulator(clock=clock, timings="typical")
    world.images.update({"crashes": "crashes", "unhealthy": "unhealthy"})
    api = connect(world)
    checks = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
    api.ensure(Machine(APP, "server", cast("MachineConfigDict", {**CONFIG, "checks": checks})))
    noun = Machine(
        APP,
        "server",
        cast("MachineConfigDict", {**CONFIG, "checks": checks, "image": image}),
        state="stopped",
    )
    api.sent.clear()
    assert api.ensure(noun)[noun].model.state == "stopped"
    assert api.writes == [
        "Machines_create_lease",
        "Machines_stop",
        "Machines_update",
        "Machines_release_lease",
    ]
    [update] = [json.loads(each.body) for each in api.sent if each.operation == "Machines_update"]
    assert update["skip_launch"] is True
    assert not api.plan(noun).changed


@pytest.fixture
def crashed(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    """A machine that was started and has ended with an error since."""
    world = FlySimulator(clock=clock, timings="typical")
    world.images["crashes"] = "crashes"
    api = connect(world)
    api.ensure(Machine(APP, "server", {"image": "crashes"}))
    clock.start(clock.announce())
    clock.sleep(60)
    clock.finish()
    assert _state(world) == "stopped"
    return api


def test_a_crashed_machine_that_is_to_be_stopped_stays_stopped(crashed: Api) -> None:
    noun = Machine(APP, "server", {"image": "nginx"}, state="stopped")
    assert crashed.plan(noun)[noun].notes == ()
    assert crashed.ensure(noun)[noun].model.state == "stopped"
    assert not crashed.ensure(noun).changed


def test_a_crashed_machine_is_an_error_also_on_the_second_run(crashed: Api) -> None:
    noun = Machine(APP, "server", {"image": "crashes"})
    plan = crashed.plan(noun)
    assert plan.changed
    assert plan[noun].action == "blocked"
    assert plan[noun].notes == ("has crashed (exit code 1); give state='started' to start it again",)
    for wait in (True, False):
        crashed.sent.clear()
        with pytest.raises(errors.EnsureError, match="should run, but has crashed") as caught:
            crashed.ensure(noun, wait=wait)
        assert isinstance(caught.value.__cause__, errors.MachineNotRunningError)
        assert crashed.writes == []
    crashed.sim.images.clear()
    crashed.ensure(attrs.evolve(noun, state="started"))
    assert _state(crashed.sim) == "started"
    assert not crashed.plan(noun).changed


def test_that_the_proxy_would_start_it_again_excuses_no_crash(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, timings="typical")
    world.images["crashes"] = "crashes"
    checks = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
    noun = Machine(
        APP, "server", cast("MachineConfigDict", {**NAPPING, "image": "crashes", "checks": checks})
    )
    with pytest.raises(errors.EnsureError, match="stopped by itself"):
        connect(world).ensure(noun)


def test_a_machine_that_never_ran_is_deleted_without_a_stop(api: Api) -> None:
    api.ensure(SERVER)
    _set_state(api.sim, "created")
    api.sent.clear()
    api.destroy(SERVER)
    assert api.writes == ["Machines_create_lease", "Machines_delete"]


class _Waking(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The proxy starts the machine for a visitor just before it would be deleted for the first time."""

    def __init__(self, sim: FlySimulator) -> None:
        self.sim = sim
        self.inner = sim.transport()
        self.visitors = 1

    def _visit(self, request: httpx.Request) -> None:
        if request.method == "DELETE" and "/lease" not in request.url.path and self.visitors:
            self.visitors -= 1
            _set_state(self.sim, "started")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._visit(request)
        return self.inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._visit(request)
        return await self.inner.handle_async_request(request)


def test_a_machine_that_is_woken_before_it_is_deleted_is_stopped_again(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    connect().ensure(SERVER)
    api = connect(transport=_Waking(sim))
    sim.requests.clear()
    api.destroy(SERVER)
    assert api.writes == ["Machines_create_lease", *["Machines_stop", "Machines_delete"] * 2]
