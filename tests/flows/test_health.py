"""Whether machines came up: checks, crashes, launches that fail, states that do not end (rules 6, 10)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, cast

import pytest

from fly_resources import App, Machine, Volume, errors
from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._state import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
SERVICE: dict[str, Any] = {
    "protocol": "tcp",
    "internal_port": 80,
    "checks": [{"type": "tcp", "interval": "10s", "timeout": "2s"}],
}
TOP_LEVEL = {"alive": {"type": "http", "port": 80, "path": "/", "interval": "10s"}}


def _fleet(image: str) -> list[Machine]:
    return [
        Machine(APP, f"m{index}", cast("MachineConfigDict", {"image": image, "services": [SERVICE]}))
        for index in range(3)
    ]


OLD, NEW = _fleet("nginx:alpine"), _fleet("nginx:1")


def _machines(sim: FlySimulator) -> dict[str, dict[str, Any]]:
    state: Any = sim.snapshot()["apps"]
    return {each["name"]: each for each in state["web"]["machines"]}


def _on(sim: FlySimulator, image: str) -> set[str]:
    return {name for name, machine in _machines(sim).items() if machine["config"]["image"] == image}


def _stick(state: str) -> Callable[[MachineRecord], None]:
    def change(machine: MachineRecord) -> None:
        machine.state = state
        machine.schedule.clear()

    return change


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))


@pytest.fixture
def running(api: Api) -> Api:
    """Three machines whose checks pass three seconds after their start."""
    api.ensure(*OLD)
    api.clock.sleep(60.0)
    api.sent.clear()
    return api


@pytest.mark.parametrize(
    "checks", [{"services": [SERVICE]}, {"checks": TOP_LEVEL}, {"services": [SERVICE], "checks": TOP_LEVEL}]
)
def test_done_means_that_the_checks_pass(api: Api, checks: MachineConfigDict) -> None:
    noun = Machine(APP, "server", {"image": "nginx:alpine", **checks})
    report = api.ensure(noun)
    assert [check.status for check in report[noun].model.checks or []] == ["passing"] * len(checks)
    plain = Machine(APP, "plain", {"image": "nginx:alpine"})
    begun = api.clock.now()
    api.ensure(plain)
    assert api.clock.now() - begun < 3.5


def test_without_waiting_nobody_looks_at_checks(api: Api) -> None:
    api.sim.images["nginx:1"] = "unhealthy"
    begun = api.clock.now()
    api.ensure(*NEW, wait=False)
    assert api.clock.now() - begun < 1.0


def test_without_waiting_a_stop_is_only_asked_for(running: Api) -> None:
    running.ensure(Machine(APP, "m0", OLD[0].config, state="stopped"), wait=False)
    assert running.writes == ["Machines_create_lease", "Machines_stop", "Machines_release_lease"]
    assert "Machines_wait" not in {each.operation for each in running.sent}


def test_the_next_machine_is_begun_when_the_checks_of_the_one_before_pass(running: Api) -> None:
    running.ensure(*NEW)
    updates = [each.at for each in running.sent if each.operation == "Machines_update"]
    # Replaced after 3.5 s, booted after 4.5 s, passing after 7.5 s.
    assert all(later - sooner > 7.5 for sooner, later in itertools.pairwise(updates))


@pytest.mark.parametrize("behaviour", ["unhealthy", "crashes", "launch_fails"])
def test_a_rollout_stops_at_the_first_machine_that_does_not_come_up(running: Api, behaviour: Any) -> None:  # noqa: ANN401  # an image's behaviour, which the testing package keeps to itself
    running.sim.images["nginx:1"] = behaviour
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(*NEW, step_timeout_s=60.0)
    outcomes = [caught.value.report[noun] for noun in NEW]
    assert [outcome.changed for outcome in outcomes] == [False, False, False]
    assert isinstance(outcomes[0].error, errors.WaitTimeoutError | errors.ReconcileError)
    assert all(isinstance(outcome.error, errors.DependencyError) for outcome in outcomes[1:])
    assert all("machine web/m0 failed" in str(outcome.error) for outcome in outcomes[1:])
    assert _on(running.sim, "nginx:1") == {"m0"}
    assert running.writes[-1] == "Machines_release_lease"


@pytest.mark.parametrize("behaviour", ["unhealthy", "crashes", "launch_fails"])
def test_running_it_again_takes_no_further_machine_down(running: Api, behaviour: Any) -> None:  # noqa: ANN401  # the same
    """What is down already counts: a job that is repeated must not go through the whole fleet."""
    running.sim.images["nginx:1"] = behaviour
    for _ in range(3):
        with pytest.raises(errors.EnsureError) as caught:
            running.ensure(*NEW, step_timeout_s=30.0)
        assert isinstance(caught.value.report[NEW[0]].error, errors.WaitTimeoutError | errors.ReconcileError)
        assert _on(running.sim, "nginx:1") == {"m0"}


@pytest.mark.parametrize("behaviour", ["unhealthy", "launch_fails"])
def test_the_next_run_goes_on_when_the_image_is_mended(running: Api, behaviour: Any) -> None:  # noqa: ANN401  # the same
    running.sim.images["nginx:1"] = behaviour
    with pytest.raises(errors.EnsureError):
        running.ensure(*NEW, step_timeout_s=30.0)
    running.sim.images.clear()
    report = running.ensure(*NEW)
    assert all(report[noun].changed for noun in NEW[1:])
    assert {machine["state"] for machine in _machines(running.sim).values()} == {"started"}
    assert not running.ensure(*NEW).changed


def test_the_machine_that_is_down_is_mended_first(running: Api) -> None:
    running.sim.images["nginx:1"] = "unhealthy"
    with pytest.raises(errors.EnsureError):
        running.ensure(*NEW[::-1], step_timeout_s=30.0)
    assert _on(running.sim, "nginx:1") == {"m2"}
    better = _fleet("nginx:2")
    report = running.ensure(*better)
    assert all(report[noun].changed for noun in better)
    assert not running.ensure(*better).changed


def test_a_crashed_machine_is_started_with_the_config_that_mends_it(running: Api) -> None:
    running.sim.images["nginx:1"] = "crashes"
    with pytest.raises(errors.EnsureError):
        running.ensure(*NEW, step_timeout_s=30.0)
    better = _fleet("nginx:2")
    plan = running.plan(*better)
    assert all(plan[noun].notes == ("restarts",) for noun in better)
    running.sent.clear()
    running.ensure(*better[::-1])
    assert {machine["state"] for machine in _machines(running.sim).values()} == {"started"}
    updated = [each.path for each in running.sent if each.operation == "Machines_update"]
    crashed = running.read(better[0])
    assert crashed is not None
    assert updated[0].endswith(crashed.id)  # what is down already goes first


def test_a_crashed_machine_alone_is_left_and_fails_the_run(running: Api) -> None:
    running.sim.images["nginx:1"] = "crashes"
    with pytest.raises(errors.EnsureError):
        running.ensure(NEW[0], step_timeout_s=30.0)
    running.sent.clear()
    assert running.plan(NEW[0])[NEW[0]].notes == (
        "has crashed (exit code 1); give state='started' to start it again",
    )
    with pytest.raises(errors.EnsureError, match="has crashed"):
        running.ensure(NEW[0])
    assert running.writes == []
    running.sim.images.clear()
    again = Machine(APP, "m0", NEW[0].config, state="started")
    assert running.ensure(again)[again].model.state == "started"


def test_a_machine_that_was_stopped_by_hand_is_not_one_that_crashed(running: Api) -> None:
    running.ensure(Machine(APP, "m0", OLD[0].config, state="stopped"))
    assert running.plan(OLD[0])[OLD[0]].notes == ()
    running.ensure(*NEW)
    assert _machines(running.sim)["m0"]["state"] == "stopped"


def test_a_machine_in_transition_is_waited_for_although_nothing_differs(running: Api) -> None:
    running.ensure(*NEW, wait=False)
    assert {machine["state"] for machine in _machines(running.sim).values()} != {"started"}
    running.sent.clear()
    report = running.ensure(*NEW)
    assert not report.changed
    assert {report[noun].model.state for noun in NEW} == {"started"}
    assert running.writes == []
    assert {each.operation for each in running.sent if each.at > running.sent[2].at} <= {
        "Machines_list",  # one for all that are waited for
        "Machines_show",  # for the last one
    }


def test_a_machine_that_becomes_another_one_while_it_is_waited_for_is_told(
    running: Api, connect: Callable[..., Api]
) -> None:
    running.ensure(NEW[0], wait=False)

    def change(machine: MachineRecord) -> None:
        machine.config = {**machine.config, "image": "theirs"}

    def meddle(_event: object) -> None:
        running.sim.edit_machine("web", "m0", change)

    watched = connect(running.sim, on_event=meddle)
    with pytest.raises(errors.EnsureError, match="changed by something else"):
        watched.ensure(NEW[0])


def test_a_machine_that_crashes_is_told_as_that(running: Api) -> None:
    running.sim.images["nginx:1"] = "crashes"
    begun = running.clock.now()
    with pytest.raises(errors.EnsureError, match="machine web/m0 started and stopped by itself"):
        running.ensure(*NEW)
    assert running.clock.now() - begun < 30.0


@pytest.mark.parametrize(
    ("together", "kind", "ended"),
    [(1, "stop", "stopped"), (3, "stop", "stopped"), (1, "suspend", "suspended")],
)
def test_machines_that_the_proxy_stops_again_have_come_up(
    connect: Callable[..., Api], clock: VirtualClock, together: int, kind: str, ended: str
) -> None:
    service = {**SERVICE, "autostop": kind}
    old, new = (
        [
            Machine(APP, f"m{index}", cast("MachineConfigDict", {"image": image, "services": [service]}))
            for index in range(3)
        ]
        for image in ("nginx:alpine", "nginx:1")
    )

    def idle(event: Event) -> None:
        if event.detail == "checks do not pass yet":
            watched.sim.proxy_stop("web", str(event.resource).removeprefix("machine web/"))

    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    connect(world).ensure(*old)
    clock.sleep(10.0)
    watched = connect(world, on_event=idle)
    begun = clock.now()
    report = watched.ensure(*new, max_unavailable=together)
    assert clock.now() - begun < 30.0
    assert all(report[noun].changed for noun in new)
    clock.sleep(10.0)
    assert {machine["state"] for machine in _machines(world).values()} == {ended}
    assert not watched.ensure(*new).changed


def test_a_machine_without_autostop_that_is_stopped_while_it_is_waited_for_has_not_come_up(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    def stop(event: Event) -> None:
        if event.detail == "checks do not pass yet":
            watched.sim.edit_machine("web", "m0", _stick("stopped"))

    watched = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"), on_event=stop)
    with pytest.raises(errors.EnsureError, match="started and stopped by itself"):
        watched.ensure(OLD[0])


@pytest.mark.parametrize("state", ["replacing", "stopping", "starting", "restarting", "updating"])
def test_a_machine_on_its_way_is_waited_for_and_compared_anew(running: Api, state: str) -> None:
    def on_its_way(machine: MachineRecord) -> None:
        machine.state = state
        machine.schedule[:] = [Step(running.clock.now() + 90.0, "started")]

    running.sim.edit_machine("web", "m0", on_its_way)
    begun = running.clock.now()
    assert running.ensure(NEW[0])[NEW[0]].changed
    assert 90.0 < running.clock.now() - begun < 110.0
    assert running.writes.count("Machines_update") == 1
    assert running.writes[-1] == "Machines_release_lease"


@pytest.mark.parametrize(
    ("state", "limit", "kind"),
    [
        ("starting", 300.0, errors.StuckMachineError),
        ("stopping", 300.0, errors.StuckMachineError),
        ("restarting", 400.0, errors.StuckMachineError),
        ("replacing", 300.0, errors.WaitTimeoutError),
        ("replacing", 600.0, errors.StuckMachineError),
        ("updating", 600.0, errors.StuckMachineError),
        ("stopping", 200.0, errors.WaitTimeoutError),
    ],
)
def test_a_machine_that_stays_on_its_way_is_stuck_after_the_documented_time(
    running: Api, state: str, limit: float, kind: type[errors.WaitTimeoutError]
) -> None:
    running.sim.edit_machine("web", "m0", _stick(state))
    with pytest.raises(errors.EnsureError, match=f"it was last {state}") as caught:
        running.ensure(NEW[0], step_timeout_s=limit)
    cause = caught.value.__cause__
    assert type(cause) is kind
    assert isinstance(cause, errors.WaitTimeoutError)
    assert (cause.last_state, round(cause.waited_s, -1)) == (state, limit)
    assert set(running.writes) == {"Machines_create_lease", "Machines_release_lease"}
    assert _on(running.sim, "nginx:1") == set()


def test_a_machine_that_never_starts_after_its_update_is_stuck(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    def stick(event: Event) -> None:
        if event.stage == "progress":
            watched.sim.edit_machine("web", "m0", _stick("starting"))

    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    connect(world).ensure(OLD[0])
    clock.sleep(10.0)
    watched = connect(world, on_event=stick)
    with pytest.raises(errors.EnsureError) as caught:
        watched.ensure(NEW[0])
    assert isinstance(caught.value.__cause__, errors.StuckMachineError)


@pytest.mark.parametrize("state", ["stopping", "replacing"])
def test_what_cannot_be_stopped_can_be_destroyed_by_force_and_the_error_says_so(
    running: Api, state: str
) -> None:
    running.sim.edit_machine("web", "m0", _stick(state))
    with pytest.raises(errors.EnsureError, match="with force=True") as caught:
        running.destroy(OLD[0])
    assert isinstance(caught.value.__cause__, errors.FlyError)
    running.destroy(OLD[0], force=True)
    assert running.read(OLD[0]) is None


def test_a_machine_that_goes_while_its_replacement_is_waited_for_is_destroyed(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    def end(event: Event) -> None:
        if event.stage == "progress":
            watched.sim.edit_machine("web", "m0", _stick("destroyed"))

    world = FlySimulator(clock=clock, latency=0.05)
    watched = connect(world, on_event=end)
    watched.ensure(OLD[0])
    watched.sim.edit_machine("web", "m0", _stick("replacing"))
    assert watched.destroy(OLD[0])[OLD[0]].changed
    assert watched.read(OLD[0]) is None


DATA = Volume(APP, "data")


@pytest.fixture
def failed(api: Api) -> Machine:
    """A machine whose launch failed; its image is good by now."""
    noun = Machine(APP, "server", {"image": "nginx:1"})
    api.sim.images["nginx:1"] = "launch_fails"
    with pytest.raises(errors.EnsureError):
        api.ensure(noun, step_timeout_s=10.0)
    assert _machines(api.sim)["server"]["state"] == "launch_failed"
    api.sim.images.clear()
    api.sent.clear()
    return noun


def test_a_machine_whose_launch_failed_is_made_again(api: Api, failed: Machine) -> None:
    step = api.plan(failed)[failed]
    assert (step.action, step.notes) == ("replace", ("its launch failed; created again",))
    outcome = api.ensure(failed)[failed]
    assert (outcome.action, outcome.changed, outcome.model.state) == ("replace", True, "started")
    assert "Machines_stop" not in api.writes
    assert not api.ensure(failed).changed


@pytest.mark.parametrize("state", [None, "started"])
def test_a_launch_that_fails_while_it_is_waited_for_is_no_success(
    connect: Callable[..., Api], clock: VirtualClock, state: str | None
) -> None:
    """The run before did not wait, or was killed: this one finds the machine created, and nothing to do."""
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    noun = Machine(APP, "server", {"image": "nginx:1"}, state=state)
    api.sim.images["nginx:1"] = "launch_fails"
    api.ensure(noun, wait=False)
    assert _machines(api.sim)["server"]["state"] == "created"
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.MachineNotRunningError)
    assert "failed to start" in str(caught.value)
    assert _machines(api.sim)["server"]["state"] == "launch_failed"


def test_a_machine_of_a_failed_launch_that_holds_a_volume_is_left_to_a_person(api: Api) -> None:
    noun = Machine(APP, "server", {"image": "nginx:1"}, mounts={"/data": DATA})
    api.ensure(noun)
    api.sim.edit_machine("web", "server", _stick("launch_failed"))
    api.sent.clear()
    assert api.plan(noun)[noun].action == "blocked"
    with pytest.raises(errors.EnsureError, match=r"has a volume.*events"):
        api.ensure(noun)
    assert api.writes == []


def test_a_failed_launch_on_an_unreachable_host_is_blocked(api: Api, failed: Machine) -> None:
    api.sim.edit_machine("web", "server", lambda machine: setattr(machine, "host_status", "unreachable"))
    assert api.plan(failed)[failed].action == "blocked"
    with pytest.raises(errors.EnsureError, match="host is unreachable"):
        api.ensure(failed)
    assert api.writes == []


def test_a_failed_launch_of_flyctls_is_not_ours_to_destroy(api: Api, failed: Machine) -> None:
    def deploy(machine: MachineRecord) -> None:
        machine.config = {**machine.config, "metadata": {"fly_release_id": "r1"}}

    api.sim.edit_machine("web", "server", deploy)
    with pytest.raises(errors.EnsureError, match="deployed by flyctl"):
        api.ensure(failed)
    with pytest.raises(errors.NotOwnedError):
        api.ensure(Machine(APP, "server", {"image": "nginx:2"}))
    assert api.writes == []
    assert api.ensure(failed, take_over=True, replace="with_undeclared")[failed].model.state == "started"
