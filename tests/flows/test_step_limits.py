"""A step's limit includes the machine's own stop timeout and the grace period of its checks (rule 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._state import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
SLOW: dict[str, Any] = {"stop_config": {"timeout": "5m0s", "signal": "SIGTERM"}}


def _server(image: str = "nginx:1", **config: Any) -> Machine:  # noqa: ANN401  # any config key
    return Machine(APP, "server", cast("MachineConfigDict", {"image": image, **config}))


def _stick(state: str) -> Callable[[MachineRecord], None]:
    def change(machine: MachineRecord) -> None:
        machine.state = state
        machine.schedule.clear()

    return change


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))


@pytest.mark.parametrize(
    ("before", "after", "limit"),
    [
        ({}, {}, 300.0),
        (SLOW, SLOW, 600.0),
        ({}, SLOW, 600.0),
        (SLOW, {}, 600.0),
        ({"stop_config": {"timeout": 90_000_000_000}}, {}, 390.0),
        ({}, {"checks": {"alive": {"type": "tcp", "port": 80, "grace_period": "2m"}}}, 420.0),
    ],
)
def test_an_update_may_take_the_stop_timeout_longer(
    api: Api, before: dict[str, Any], after: dict[str, Any], limit: float
) -> None:
    api.ensure(_server(**before), wait=False)
    api.clock.sleep(60.0)
    api.sim.edit_machine("web", "server", _stick("stopping"))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_server("nginx:2", **after))
    cause = caught.value.__cause__
    assert type(cause) is errors.StuckMachineError
    assert cause.waited_s == pytest.approx(limit, abs=5.0)


def test_a_machine_that_takes_its_time_to_stop_is_not_stuck(api: Api) -> None:
    api.ensure(_server(**SLOW))

    def linger(machine: MachineRecord) -> None:
        _stick("replacing")(machine)
        stopped_at = api.clock.now() + 400.0
        machine.schedule.append(Step(stopped_at, "started"))

    api.sim.edit_machine("web", "server", linger)
    assert api.ensure(_server("nginx:2", **SLOW))[_server()].changed
    assert api.clock.now() > 400.0


def test_a_destruction_may_take_the_stop_timeout_longer(api: Api) -> None:
    api.ensure(_server(**SLOW))
    api.sim.edit_machine("web", "server", _stick("stopping"))
    begun = api.clock.now()
    with pytest.raises(errors.EnsureError, match="force=True"):
        api.destroy(_server())
    assert api.clock.now() - begun >= 590.0


class _Restarting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The platform starts the machine as soon as it has stopped, as its restart policy says."""

    def __init__(self, sim: FlySimulator) -> None:
        self.sim = sim
        self.inner = sim.transport()

    def _restart(self, request: httpx.Request) -> None:
        if request.url.path.endswith("/stop"):
            self.sim.edit_machine("web", "server", _stick("started"))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.inner.handle_request(request)
        self._restart(request)
        return answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.inner.handle_async_request(request)
        self._restart(request)
        return answer


@pytest.mark.parametrize("verb", ["ensure", "destroy"])
@pytest.mark.parametrize("policy", ["always", "on-failure"])
def test_what_keeps_a_machine_from_staying_stopped_is_named(
    connect: Callable[..., Api], clock: VirtualClock, verb: str, policy: str
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    config: MachineConfigDict = {"image": "nginx:1", "restart": {"policy": policy}}
    connect(world).ensure(Machine(APP, "server", config))
    api = connect(world, transport=_Restarting(world))
    with pytest.raises(errors.EnsureError) as caught:
        getattr(api, verb)(Machine(APP, "server", config, state="stopped"), step_timeout_s=30.0)
    assert ("its restart policy is always" in str(caught.value)) == (policy == "always")
