"""Waits that tell little: no config, one of the two versions, no state (MA-45, MA-47, WA-4, WA-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import parse_qs

import httpx
import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CHECKS: dict[str, Any] = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
NAPPING: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}


def _fleet(image: str, count: int = 2, **config: Any) -> list[Machine]:  # noqa: ANN401  # any config key
    return [
        Machine(APP, f"m{index}", cast("MachineConfigDict", {"image": image, **config}))
        for index in range(count)
    ]


def _states(api: Api) -> set[str]:
    state: Any = api.sim.snapshot()["apps"]
    return {str(each["state"]) for each in state["web"]["machines"]}


@pytest.mark.parametrize("fields", ["both", "instance_id", "version"])
@pytest.mark.parametrize("config", [{}, {"checks": CHECKS}, NAPPING], ids=["plain", "checks", "napping"])
def test_either_name_of_the_version_is_enough(
    connect: Callable[..., Api],
    clock: VirtualClock,
    fields: Literal["both", "instance_id", "version"],
    config: dict[str, Any],
) -> None:
    behaviour = Behaviour(version_fields=fields)
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    world.images["bad"] = "update_fails"
    api = connect(world)
    api.ensure(*_fleet("nginx:1", **config))
    clock.sleep(30.0)
    report = api.ensure(*_fleet("nginx:2", **config))
    assert all(report[noun].changed for noun in _fleet("nginx:2"))
    assert not api.ensure(*_fleet("nginx:2", **config)).changed
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*_fleet("bad", **config))
    assert isinstance(caught.value.__cause__, errors.UpdateRevertedError)


@pytest.mark.parametrize("status", [408, 409])
def test_a_wait_that_cannot_succeed_any_more_is_no_error_of_its_own(
    connect: Callable[..., Api], clock: VirtualClock, status: Literal[408, 409]
) -> None:
    behaviour = Behaviour(unreachable_wait_status=status)
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    world.images["worse"] = "crashes"
    api = connect(world)
    api.ensure(*_fleet("nginx:1", 1))
    clock.sleep(30.0)
    world.images["nginx:1"] = "crashes"
    with pytest.raises(errors.EnsureError, match="started and stopped by itself"):
        api.ensure(*_fleet("worse", 1, checks=CHECKS))
    world.images.clear()
    api.ensure(*_fleet("nginx:2", 1))
    assert _states(api) == {"started"}


class _Terse(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers of waits as of older servers: that it is so, and nothing else (WA-4)."""

    def __init__(self, sim: FlySimulator) -> None:
        self.inner = sim.transport()

    @staticmethod
    def _cut(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.url.path.endswith("/wait") and answer.status_code == 200:
            return httpx.Response(200, json={"ok": True}, request=request)
        return answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._cut(request, self.inner.handle_request(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._cut(request, await self.inner.handle_async_request(request))


@pytest.mark.parametrize("config", [{}, {"checks": CHECKS}, NAPPING], ids=["plain", "checks", "napping"])
def test_a_wait_that_names_neither_state_nor_version_is_enough(
    connect: Callable[..., Api], clock: VirtualClock, config: dict[str, Any]
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    world.images["bad"] = "crashes"
    api = connect(world, transport=_Terse(world))
    api.ensure(*_fleet("nginx:1", 1, **config))
    if config is NAPPING:
        world.proxy_stop("web", "m0")
    clock.sleep(30.0)
    api.ensure(*_fleet("nginx:2", 1, **config))
    assert _states(api) == ({"stopped"} if config is NAPPING else {"started"})
    assert not api.plan(*_fleet("nginx:2", 1, **config)).changed


@pytest.mark.parametrize("image", ["nginx:2", "sick"])
def test_checks_are_looked_at_although_lists_leave_configs_out(
    connect: Callable[..., Api], clock: VirtualClock, image: str
) -> None:
    behaviour = Behaviour(missing_configs="in_lists")
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    world.images["sick"] = "unhealthy"
    api = connect(world)
    fleet = _fleet(image, 3, checks=CHECKS)
    if image == "nginx:2":
        report = api.ensure(*fleet)
        assert all(report[noun].changed for noun in fleet)
        return
    with pytest.raises(errors.EnsureError, match="its checks do not pass"):
        api.ensure(*fleet, step_timeout_s=30.0)


def test_a_new_machine_whose_config_is_never_shown_is_waited_for_by_what_is_declared(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    behaviour = Behaviour(missing_configs="everywhere")
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    world.images["sick"] = "unhealthy"
    api = connect(world)
    with pytest.raises(errors.EnsureError, match="its checks do not pass"):
        api.ensure(*_fleet("sick", 1, checks=CHECKS), step_timeout_s=30.0)


@pytest.mark.parametrize("lists", ["empty_lists", "short_lists"])
def test_a_machine_that_the_shared_list_lacks_is_read_by_its_id(
    connect: Callable[..., Api], clock: VirtualClock, lists: str
) -> None:
    wrong: dict[str, Any] = {lists: frozenset({"Machines_list"})}
    behaviour = Behaviour(**wrong)
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    api = connect(world)
    report = api.ensure(*_fleet("nginx:1", 3))
    assert {report[noun].model.state for noun in _fleet("nginx:1", 3)} == {"started"}
    assert clock.now() < 60.0


@pytest.mark.parametrize("status", [408, 409])
@pytest.mark.parametrize("count", [1, 2])
def test_a_launch_that_failed_is_told_at_once(
    connect: Callable[..., Api], clock: VirtualClock, status: Literal[408, 409], count: int
) -> None:
    behaviour = Behaviour(unreachable_wait_status=status)
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour)
    world.images["broken"] = "launch_fails"
    api = connect(world)
    with pytest.raises(errors.EnsureError, match="failed to start") as caught:
        api.ensure(*_fleet("broken", count))
    assert isinstance(caught.value.__cause__, errors.MachineNotRunningError)
    assert clock.now() < 60.0
    assert len(world.requests) < 20


@pytest.mark.parametrize("status", [404, 408, 409, 412])
@pytest.mark.parametrize("times", [1, 3])
def test_a_wait_that_is_refused_in_a_transition_is_replaced_by_a_read(
    connect: Callable[..., Api], clock: VirtualClock, status: int, times: int
) -> None:
    """The update is under way, and 412 says of that what 409 says (ER-8, LC-35, WA-8)."""
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    api = connect(world)
    api.ensure(*_fleet("nginx:1", 1))
    body = {"error": "failed_precondition: machine getting replaced"}
    world.faults.add(Fault("status", operation="Machines_wait", status=status, body=body, times=times))
    report = api.ensure(*_fleet("nginx:2", 1))
    assert all(report[noun].model.state == "started" for noun in _fleet("nginx:2", 1))
    assert not world.faults.waiting()


def test_a_wait_whose_answer_cannot_be_read_is_replaced_by_a_read(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    world.faults.add(Fault("not_json", operation="Machines_wait", times=99))
    api = connect(world)
    begun = clock.now()
    for image in ("nginx:1", "nginx:2"):
        assert all(outcome.changed for outcome in api.ensure(*_fleet(image, 1)) if outcome.resource != APP)
    assert clock.now() < begun + 30.0
    assert _states(api) == {"started"}
    assert api.destroy(*_fleet("nginx:2", 1)).changed


def test_a_machine_that_vanishes_while_it_is_waited_for_is_named(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    api.ensure(*_fleet("nginx:1", 1))
    body: Any = {"error": "not_found: machine not found"}
    for operation, nth in (("Machines_wait", 1), ("Machines_show", 2)):
        api.sim.faults.add(Fault("status", operation=operation, status=404, nth=nth, times=999, body=body))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*_fleet("nginx:2", 1))
    assert isinstance(caught.value.__cause__, errors.ReconcileError)
    for words in ("machine web/m0 disappeared", "machine not found", "has destroyed it", "Run it again"):
        assert words in str(caught.value)


def test_machines_that_vanish_together_are_not_asked_for_in_vain_for_long(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    api.ensure(App("web", primary_region="iad"))
    clock.sleep(120.0)
    body: Any = {"error": "not_found: machine not found"}
    for operation in ("Machines_wait", "Machines_show"):
        api.sim.faults.add(Fault("status", operation=operation, status=404, times=999, body=body))
    empty = Fault("status", operation="Machines_list", status=200, nth=2, times=999, body=cast("Any", []))
    api.sim.faults.add(empty)
    began = clock.now()
    api.sent.clear()
    with pytest.raises(errors.EnsureError, match="disappeared while this run waited for it"):
        api.ensure(*_fleet("nginx:1", 4), max_unavailable=4)
    assert clock.now() - began < 60.0
    assert len(api.sent) < 80


def test_a_machine_that_vanishes_before_its_checks_pass_is_not_waited_for_long(
    api: Api, clock: VirtualClock
) -> None:
    checks = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
    noun = Machine(APP, "m0", cast("MachineConfigDict", {"image": "nginx:1", "checks": checks}))
    body: Any = {"error": "not_found: machine not found"}
    api.sim.faults.add(Fault("status", operation="Machines_show", status=404, times=999, body=body))
    with pytest.raises(errors.EnsureError, match="has destroyed it"):
        api.ensure(noun)
    assert clock.now() < 100.0


def test_a_machine_that_somebody_destroys_before_its_checks_pass_is_not_waited_for(
    api: Api, clock: VirtualClock
) -> None:
    [noun] = _fleet("nginx:1", 1, checks=CHECKS)
    api.sim.images["nginx:1"] = "unhealthy"

    def destroy() -> None:
        api.sim.edit_machine("web", "m0", lambda machine: setattr(machine, "state", "destroyed"))

    cancel = clock.alarm(20.0, destroy)
    with pytest.raises(errors.EnsureError, match="is destroyed"):
        api.ensure(noun)
    cancel()
    assert clock.now() < 30.0


def test_a_machine_that_is_unknown_for_a_moment_is_waited_for(api: Api, clock: VirtualClock) -> None:
    checks = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
    noun = Machine(APP, "m0", cast("MachineConfigDict", {"image": "nginx:1", "checks": checks}))
    api.sim.images["nginx:1"] = "unhealthy"
    for nth in (20, 60, 100):
        api.sim.faults.add(Fault("status", operation="Machines_show", status=404, nth=nth, times=10))
    with pytest.raises(errors.EnsureError, match="checks do not pass"):
        api.ensure(noun)
    assert clock.now() > 250.0


def test_a_machine_that_somebody_stopped_did_not_stop_by_itself(
    connect: Callable[..., Api], clock: VirtualClock, stranger: Stranger
) -> None:
    api = connect()
    [noun] = _fleet("nginx:1", 1)
    machine = api.ensure(noun)[noun].model
    stranger.send("POST", f"/apps/web/machines/{machine.id}/stop")
    clock.sleep(10.0)
    with pytest.raises(errors.MachineNotRunningError) as caught:
        api.wait(noun)
    assert "by itself" not in str(caught.value)
    for words in ("is stopped, and nothing starts it", "stop stopping", "state='started'"):
        assert words in str(caught.value)


def test_a_refusal_that_lasts_says_for_how_long_and_what_to_do(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    api.ensure(*_fleet("nginx:1", 1))
    body: Any = {"error": "version mismatch"}
    api.sim.faults.add(Fault("status", operation="Machines_update", status=409, body=body, times=999))
    with pytest.raises(errors.EnsureError, match=r"version mismatch.*tried for 59 s.*run it again"):
        api.ensure(*_fleet("nginx:2", 1))


@pytest.mark.parametrize(("refused", "asked"), [(1, "instance_id"), (2, None)])
def test_a_service_that_does_not_know_the_version_is_waited_for_in_older_ways(
    connect: Callable[..., Api], clock: VirtualClock, refused: int, asked: str | None
) -> None:
    """It answers 400; what it then says of no version is read (WA-5)."""
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    old, new = _fleet("nginx:1", 1), _fleet("nginx:2", 1)
    api.ensure(*old)
    clock.sleep(30.0)
    for verb, nouns in (("ensure", new), ("destroy", new)):
        api.sent.clear()
        body: Any = {"error": "unknown parameter"}
        api.sim.faults.add(Fault("status", operation="Machines_wait", status=400, body=body, times=refused))
        report = getattr(api, verb)(*nouns)
        assert report[new[0]].changed
        waits = [
            {"version", "instance_id"} & parse_qs(each.query).keys()
            for each in api.sent
            if each.operation == "Machines_wait"
        ]
        assert "version" in waits[0]
        assert waits[refused] == ({asked} if asked else set())


def test_a_wait_that_is_refused_in_every_way_is_an_error(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    body: Any = {"error": "no"}
    api.sim.faults.add(Fault("status", operation="Machines_wait", status=400, body=body, times=99))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*_fleet("nginx:1", 1))
    assert isinstance(caught.value.__cause__, errors.BadRequestError)
    assert [each.operation for each in api.sent].count("Machines_wait") == 3
