"""An update that the platform undoes is an error at once, whatever the machine is (LC-37, rule 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

import attrs
import httpx
import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CHECKS: dict[str, Any] = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
NAPPING: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}
LAGS: dict[str, dict[str, Any]] = {
    "reads are up to date": {},
    "reads show replaced": {"replaced_shown_s": 3.0},
    "reads are late": {"stale_reads": {"Machines_show": 5.0, "Machines_list": 5.0}},
    "reads are later": {"stale_reads": {"Machines_show": 12.0, "Machines_list": 12.0}},
    "reads by id are late": {"stale_reads": {"Machines_show": 12.0}},
}


def _server(image: str = "nginx:1", **config: Any) -> Machine:  # noqa: ANN401  # any config key
    return Machine(APP, "server", cast("MachineConfigDict", {"image": image, **config}))


def _machine(api: Api, name: str = "server") -> dict[str, Any]:
    state: Any = api.sim.snapshot()["apps"]
    [found] = [each for each in state["web"]["machines"] if each["name"] == name]
    shown: dict[str, Any] = found
    return shown


@pytest.fixture(params=list(LAGS))
def lag(request: pytest.FixtureRequest) -> dict[str, Any]:
    return LAGS[request.param]


def _reverting(clock: VirtualClock, **behaviour: Any) -> FlySimulator:  # noqa: ANN401  # fields of Behaviour
    world = FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=Behaviour(**behaviour))
    world.images["bad"] = "update_fails"
    return world


@pytest.mark.parametrize("checks", [{}, {"checks": CHECKS}], ids=["plain", "checks"])
def test_an_undone_update_of_a_running_machine_fails_at_once(
    connect: Callable[..., Api], clock: VirtualClock, lag: dict[str, Any], checks: dict[str, Any]
) -> None:
    api = connect(_reverting(clock, **lag))
    before = api.ensure(_server(**checks))[_server()].model
    clock.sleep(60.0)
    begun = clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_server("bad", **checks))
    assert clock.now() - begun < 30.0
    cause = caught.value.__cause__
    assert isinstance(cause, errors.UpdateRevertedError)
    assert cause.running_version == before.instance_id
    assert cause.wanted_version not in {"", before.instance_id}
    for words in (cause.running_version, cause.wanted_version, "failed to pull image bad"):
        assert words in str(cause)
    assert not caught.value.report[_server()].changed
    assert _machine(api)["state"] == "started"


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside_others"])
def test_an_undone_update_of_a_sleeper_is_not_reported_as_done(
    connect: Callable[..., Api], clock: VirtualClock, lag: dict[str, Any], *, alone: bool
) -> None:
    api = connect(_reverting(clock, **lag))
    names = ["server"] if alone else ["server", "second"]
    old, new = (
        [Machine(APP, name, cast("MachineConfigDict", {"image": image, **NAPPING})) for name in names]
        for image in ("nginx:1", "bad")
    )
    api.ensure(APP)
    clock.sleep(30.0)
    api.ensure(*old)
    for name in names:
        api.sim.proxy_stop("web", name)
    clock.sleep(60.0)
    begun = clock.now()
    for _ in range(2):
        with pytest.raises(errors.EnsureError) as caught:
            api.ensure(*new)
        assert all(isinstance(error, errors.UpdateRevertedError) for error in caught.value.errors)
        assert len(caught.value.errors) == len(names)
        assert not any(caught.value.report[noun].changed for noun in new)
        clock.sleep(30.0)
    assert clock.now() - begun < 120.0
    assert {_machine(api, name)["state"] for name in names} == {"stopped"}


def test_an_undone_update_of_a_stopped_machine_is_told(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(_reverting(clock))
    api.ensure(attrs.evolve(_server(), state="stopped"))
    clock.sleep(30.0)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(attrs.evolve(_server("bad"), state="stopped"))
    assert isinstance(caught.value.__cause__, errors.UpdateRevertedError)


def test_an_undone_update_stops_the_rollout(connect: Callable[..., Api], clock: VirtualClock) -> None:
    api = connect(_reverting(clock))
    old, new = ([Machine(APP, f"m{i}", {"image": image}) for i in range(3)] for image in ("nginx:1", "bad"))
    api.ensure(*old)
    clock.sleep(30.0)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*new)
    report = caught.value.report
    assert isinstance(report[new[0]].error, errors.UpdateRevertedError)
    assert all(isinstance(report[noun].error, errors.DependencyError) for noun in new[1:])
    assert {_machine(api, f"m{i}")["state"] for i in range(3)} == {"started"}


@pytest.mark.parametrize("asleep", [True, False], ids=["asleep", "running"])
def test_an_update_that_ends_failed_is_told(
    connect: Callable[..., Api], clock: VirtualClock, *, asleep: bool
) -> None:
    api = connect(_reverting(clock, failed_update="fails"))
    config: Any = NAPPING if asleep else {}
    api.ensure(_server(**config))
    if asleep:
        api.sim.proxy_stop("web", "server")
    clock.sleep(30.0)
    begun = clock.now()
    with pytest.raises(errors.EnsureError, match="failed to start") as caught:
        api.ensure(_server("bad", **config))
    assert isinstance(caught.value.__cause__, errors.MachineNotRunningError)
    assert clock.now() - begun < 30.0
    with pytest.raises(errors.EnsureError, match="has failed to start"):
        api.ensure(_server("bad", **config))


@pytest.mark.parametrize("config", [{}, {"checks": CHECKS}, NAPPING], ids=["plain", "checks", "napping"])
def test_what_no_event_proves_is_told_later_and_as_what_was_read(
    connect: Callable[..., Api], clock: VirtualClock, config: dict[str, Any]
) -> None:
    world = _reverting(clock, stale_reads={"Machines_show": 60.0})
    api = connect(world)
    before = api.ensure(_server(**config))[_server()].model
    clock.sleep(120.0)
    begun = clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_server("nginx:2", checks=CHECKS))
    assert 30.0 < clock.now() - begun < 60.0
    cause = caught.value.__cause__
    assert isinstance(cause, errors.UpdateRevertedError)
    assert cause.running_version == before.instance_id
    assert "either Fly.io undid the update, or these reads are older than it" in str(cause)
    assert "Fly.io undid its update" not in str(cause)


@pytest.mark.parametrize("lag", list(LAGS))
@pytest.mark.parametrize("asleep", [True, False], ids=["asleep", "running"])
@pytest.mark.parametrize("checks", [{}, {"checks": CHECKS}], ids=["plain", "checks"])
def test_an_update_that_holds_is_not_taken_for_an_undone_one(
    connect: Callable[..., Api], clock: VirtualClock, lag: str, checks: dict[str, Any], *, asleep: bool
) -> None:
    api = connect(_reverting(clock, **LAGS[lag]))
    config: Any = {**checks, **(NAPPING if asleep else {})}
    names = ("server", "second")
    api.ensure(APP)
    clock.sleep(30.0)
    api.ensure(
        *(Machine(APP, name, cast("MachineConfigDict", {"image": "nginx:1", **config})) for name in names)
    )
    if asleep:
        for name in names:
            api.sim.proxy_stop("web", name)
    clock.sleep(30.0)
    better = [Machine(APP, name, cast("MachineConfigDict", {"image": "nginx:2", **config})) for name in names]
    report = api.ensure(*better, max_unavailable=2)
    assert all(report[noun].changed for noun in better)


class _Answering(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The wait says success at once, and names the version that the machine has then, right or wrong."""

    def __init__(self, sim: FlySimulator, version: str) -> None:
        self.inner = sim.transport()
        self.version = version
        self.waits = 0

    def _answer(self, request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/wait"):
            return None
        self.waits += 1
        body = {"ok": True, "state": "started", "version": self.version}
        return httpx.Response(200, json=body, request=request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request) or self.inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request) or await self.inner.handle_async_request(request)


@pytest.mark.parametrize("image", ["bad", "nginx:2"])
def test_an_answer_about_another_version_proves_nothing(
    connect: Callable[..., Api], clock: VirtualClock, image: Literal["bad", "nginx:2"]
) -> None:
    world = _reverting(clock)
    before = connect(world).ensure(_server())[_server()].model
    clock.sleep(30.0)
    transport = _Answering(world, before.instance_id or "")
    api = connect(world, transport=transport)
    if image == "bad":
        with pytest.raises(errors.EnsureError) as caught:
            api.ensure(_server(image))
        assert isinstance(caught.value.__cause__, errors.UpdateRevertedError)
    else:
        assert api.ensure(_server(image))[_server()].model.state == "started"
        assert _machine(api)["state"] == "started"
    assert transport.waits < 15


def test_without_waiting_an_undone_update_is_not_looked_for(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(_reverting(clock))
    api.ensure(_server())
    clock.sleep(30.0)
    begun = clock.now()
    api.ensure(_server("bad"), wait=False)
    assert clock.now() - begun < 1.0
    clock.sleep(30.0)
    assert api.plan(_server("bad")).changed


class _Deaf(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers updates with the machine as it is, and carries none out."""

    def __init__(self, sim: FlySimulator) -> None:
        self.inner = sim.transport()

    @staticmethod
    def _instead(request: httpx.Request) -> httpx.Request:
        parts = request.url.path.split("/")
        if request.method == "POST" and parts[-2] == "machines":
            return httpx.Request("GET", request.url.copy_with(query=None), headers=_token(request))
        return request

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.inner.handle_request(self._instead(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self.inner.handle_async_request(self._instead(request))


def _token(request: httpx.Request) -> dict[str, str]:
    return {"Authorization": request.headers["Authorization"]}


@pytest.mark.parametrize("config", [{}, {"checks": CHECKS}, NAPPING], ids=["plain", "checks", "napping"])
def test_an_update_that_made_no_new_version_is_not_done(
    connect: Callable[..., Api], clock: VirtualClock, config: dict[str, Any]
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    api = connect(world)
    before = api.ensure(_server(**config))[_server()].model
    clock.sleep(60.0)
    deaf = connect(world, transport=_Deaf(world))
    with pytest.raises(errors.EnsureError) as caught:
        deaf.ensure(_server("nginx:2", **config))
    cause = caught.value.__cause__
    assert isinstance(cause, errors.UpdateRevertedError)
    assert cause.running_version == before.instance_id
    for words in ("was accepted", f"still has version {before.instance_id}", "run it again"):
        assert words in str(cause)
