"""Without checks, a machine has to stay up for a while before the next one is taken down (rule 6)."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Any, cast

import pytest

from fly_resources import App, FlySecret, Machine, errors
from fly_resources._nouns.machine.update import WATCHED
from fly_resources.testing import Behaviour, FlySimulator, Program, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CHECKS: dict[str, Any] = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}
NAPPING: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}
#: Replaced after 3.5 s, started a second later.
UPDATE_S = 4.5


def _fleet(image: str, count: int = 3, **config: Any) -> list[Machine]:  # noqa: ANN401  # any config key
    return [
        Machine(APP, f"m{index}", cast("MachineConfigDict", {"image": image, **config}))
        for index in range(count)
    ]


OLD, NEW = _fleet("nginx:1"), _fleet("nginx:2")


def _images(api: Api) -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    rows = sorted(state["web"]["machines"], key=lambda each: str(each["name"]))
    return [each["config"]["image"] for each in rows]


def _updates(api: Api) -> list[float]:
    return [each.at for each in api.sent if each.operation == "Machines_update"]


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))


@pytest.fixture
def running(api: Api) -> Api:
    api.ensure(*OLD)
    api.clock.sleep(60.0)
    api.sent.clear()
    return api


@pytest.mark.parametrize(("options", "smoke_s"), [({}, 10.0), ({"smoke_s": 3}, 3.0), ({"smoke_s": 0}, 0.0)])
def test_the_next_machine_is_taken_down_when_the_one_before_has_stayed_up(
    running: Api, options: dict[str, Any], smoke_s: float
) -> None:
    begun = running.clock.now()
    report = running.ensure(*NEW, **options)
    assert all(report[noun].changed for noun in NEW)
    between = [later - sooner for sooner, later in itertools.pairwise(_updates(running))]
    assert all(UPDATE_S + smoke_s < each < UPDATE_S + smoke_s + 1.5 for each in between)
    # Not after the last one.
    assert running.clock.now() - begun < 3 * (UPDATE_S + 1.0) + 2 * (smoke_s + 0.5)
    assert not running.ensure(*NEW).changed


def test_a_single_machine_is_not_watched(running: Api) -> None:
    begun = running.clock.now()
    running.ensure(NEW[0])
    assert running.clock.now() - begun < UPDATE_S + 1.0


def test_those_at_the_end_of_a_wide_rollout_are_not_watched(running: Api) -> None:
    begun = running.clock.now()
    running.ensure(*NEW, max_unavailable=3)
    assert running.clock.now() - begun < UPDATE_S + 3.0


def test_checks_decide_where_there_are_some(api: Api) -> None:
    api.ensure(*_fleet("nginx:1", checks=CHECKS))
    api.clock.sleep(60.0)
    api.sent.clear()
    api.ensure(*_fleet("nginx:2", checks=CHECKS))
    assert all(later - sooner < 10.0 for sooner, later in itertools.pairwise(_updates(api)))


def _exit(machine: MachineRecord, *, restarts: bool) -> None:
    """End the machine's process, as for lack of memory; let the platform start it again."""
    report = {"exit_event": {"exit_code": 137, "oom_killed": True, "requested_stop": False}}
    stamp = machine.events[-1]["timestamp"]
    common: dict[str, Any] = {"source": "flyd", "timestamp": stamp}
    machine.events.append({**common, "id": "1", "type": "exit", "status": "stopped", "request": report})
    if restarts:
        machine.events.append({**common, "id": "2", "type": "start", "status": "started", "request": {}})
    else:
        machine.state = "stopped"


@pytest.mark.parametrize("restarts", [True, False], ids=["restarted", "stays_down"])
@pytest.mark.parametrize("width", [1, 2])
def test_a_machine_that_ends_meanwhile_stops_the_rollout(
    connect: Callable[..., Api], clock: VirtualClock, width: int, *, restarts: bool
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    new = _fleet("nginx:2", 4)
    connect(world).ensure(*_fleet("nginx:1", 4))
    clock.sleep(60.0)
    ended: list[Event] = []

    def trip(event: Event) -> None:
        if event.detail == WATCHED and event.resource == new[0] and not ended:
            ended.append(event)
            world.edit_machine("web", "m0", functools.partial(_exit, restarts=restarts))

    api = connect(world, on_event=trip)
    with pytest.raises(errors.EnsureError, match="did not stay up for 10 s") as caught:
        api.ensure(*new, max_unavailable=width)
    error = caught.value.report[new[0]].error
    assert isinstance(error, errors.MachineNotRunningError)
    assert "exit code 137, out of memory" in str(error)
    assert not caught.value.report[new[0]].changed
    assert isinstance(caught.value.report[new[-1]].error, errors.DependencyError)
    assert _images(api).count("nginx:2") <= width + 1
    assert _images(api)[-1] == "nginx:1"


def test_a_machine_that_crashes_after_its_start_stops_the_rollout(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    api = connect(world)
    api.ensure(*OLD)
    clock.sleep(60.0)
    world.images["nginx:2"] = "crashes"
    for _ in range(2):
        with pytest.raises(errors.EnsureError) as caught:
            api.ensure(*NEW)
        assert isinstance(caught.value.report[NEW[0]].error, errors.MachineNotRunningError)
        assert all(isinstance(caught.value.report[noun].error, errors.DependencyError) for noun in NEW[1:])
        assert _images(api) == ["nginx:2", "nginx:1", "nginx:1"]
    world.images.clear()
    better = _fleet("nginx:3")
    report = api.ensure(*better)
    assert all(report[noun].changed for noun in better)
    assert not api.plan(*better).changed


@pytest.mark.parametrize("updated", [False, True], ids=["made", "updated"])
@pytest.mark.parametrize(
    ("program", "why"),
    [
        (Program(prints=("no config",), exit_code=3, after_s=2.0), "exit code 3"),
        (Program(prints=("no config",), oom_killed=True, after_s=2.0), "exit code 137, out of memory"),
    ],
    ids=["code", "memory"],
)
def test_a_single_machine_that_crashes_later_is_told_by_the_next_run(
    api: Api, program: Program, why: str, *, updated: bool
) -> None:
    api.sim.images["nginx:2"] = program
    if updated:
        api.ensure(OLD[0])
    assert api.ensure(
        NEW[0]
    ).changed  # one that is started is done: nobody waits for the crash of a single one
    api.clock.sleep(10.0)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(NEW[0])
    assert why in str(caught.value)
    assert "  | no config" in str(caught.value).splitlines()


def test_one_that_crashes_before_it_counts_as_started_fails_at_once(api: Api) -> None:
    api.sim.images["nginx:2"] = Program(prints=("no config",), oom_killed=True, after_s=0.0)
    with pytest.raises(
        errors.EnsureError, match=r"stopped by itself \(exit code 137, out of memory\)"
    ) as caught:
        api.ensure(NEW[0])
    assert "  | no config" in str(caught.value).splitlines()


def test_one_that_the_proxy_stops_meanwhile_has_come_up(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    connect(world).ensure(*_fleet("nginx:1", **NAPPING))
    clock.sleep(60.0)

    def idle(event: Event) -> None:
        if event.detail == WATCHED:
            name = str(event.resource).removeprefix("machine web/")
            state: Any = world.snapshot()["apps"]
            if {each["name"]: each["state"] for each in state["web"]["machines"]}[name] == "started":
                world.proxy_stop("web", name)

    new = _fleet("nginx:2", **NAPPING)
    report = connect(world, on_event=idle).ensure(*new)
    assert all(report[noun].changed for noun in new)


def test_what_a_secret_restarts_is_watched_too(running: Api) -> None:
    running.ensure(*OLD, FlySecret(APP, "KEY", "old"))
    running.clock.sleep(60.0)
    running.sent.clear()
    running.ensure(*OLD, FlySecret(APP, "KEY", "new"))
    between = [later - sooner for sooner, later in itertools.pairwise(_updates(running))]
    assert len(between) == 2
    assert all(each > UPDATE_S + 10.0 for each in between)


BEHIND: dict[str, dict[str, Any]] = {
    "replaced": {"replaced_shown_s": 20.0},
    "late": {"stale_reads": {"Machines_show": 15.0, "Machines_list": 15.0}},
    "late by id": {"stale_reads": {"Machines_show": 15.0}},
}


@pytest.mark.parametrize("behind", BEHIND.values(), ids=BEHIND.keys())
@pytest.mark.parametrize("width", [1, 2])
def test_a_read_of_the_version_before_does_not_stop_the_rollout(
    running: Api, behind: dict[str, Any], width: int
) -> None:
    running.sim.behaviour = Behaviour(**behind)
    report = running.ensure(*NEW, max_unavailable=width)
    assert all(report[noun].changed for noun in NEW)
    assert _images(running) == ["nginx:2"] * 3


def test_a_machine_that_is_never_read_in_its_new_version_stops_the_rollout(running: Api) -> None:
    running.sim.behaviour = Behaviour(replaced_shown_s=3600.0)
    begun = running.clock.now()
    with pytest.raises(
        errors.EnsureError, match="was not seen running for 10 s after its change: it is replaced"
    ):
        running.ensure(*NEW)
    assert running.clock.now() - begun < 60.0
    assert _images(running) == ["nginx:2", "nginx:1", "nginx:1"]


def test_the_deadline_ends_the_watch(running: Api) -> None:
    begun = running.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(*NEW, timeout_s=8.0)
    assert running.clock.now() - begun < 9.0
    assert caught.value.report[NEW[0]].changed
    assert isinstance(caught.value.report[NEW[1]].error, errors.WaitTimeoutError)


def test_without_waiting_nothing_is_watched(running: Api) -> None:
    begun = running.clock.now()
    running.ensure(*NEW, wait=False)
    assert running.clock.now() - begun < 3.0


@pytest.mark.parametrize("wrong", [-1, "10", None, True])
def test_no_other_value_is_taken(api: Api, wrong: Any) -> None:  # noqa: ANN401  # what nobody should give
    with pytest.raises(errors.ConfigurationError, match="A time limit must be"):
        api.ensure(*NEW, smoke_s=wrong)
    assert api.sent == []
