"""Machines: what is ours, what is sent, leases, sleepers (rules 1 to 5 and 10)."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import httpx
import pytest

from fly_resources import App, Event, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine", "env": {"A": "1"}}
SERVER = Machine(APP, "server", CONFIG)
BETTER = Machine(APP, "server", {**CONFIG, "image": "nginx:1"})
NAPPING: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]}
MARKS = ("fly_resources.applied", "fly_resources.name", "fly_resources.owner")


def _machine(sim: FlySimulator, name: str = "server") -> dict[str, Any]:
    state: Any = sim.snapshot()["apps"]
    [found] = [each for each in state["web"]["machines"] if each["name"] == name]
    shown: dict[str, Any] = found
    return shown


def _metadata(sim: FlySimulator, name: str = "server") -> dict[str, str]:
    shown: dict[str, str] = _machine(sim, name)["config"].get("metadata", {})
    return shown


def _versions(stranger: Stranger, machine_id: str) -> int:
    return len(stranger.list(f"/apps/web/machines/{machine_id}/versions"))


def _set_metadata(sim: FlySimulator, **values: str | None) -> None:
    def change(machine: MachineRecord) -> None:
        before: Any = machine.config.get("metadata") or {}
        after = {**before, **{key.replace("__", "."): value for key, value in values.items()}}
        machine.config = {**machine.config, "metadata": {k: v for k, v in after.items() if v is not None}}

    sim.edit_machine("web", "server", change)


def _set_state(sim: FlySimulator, state: str) -> None:
    def change(machine: MachineRecord) -> None:
        machine.state = state
        machine.schedule.clear()

    sim.edit_machine("web", "server", change)


@pytest.fixture
def running(api: Api) -> Api:
    api.ensure(SERVER)
    api.sent.clear()
    return api


def test_a_machine_that_we_make_carries_our_marks(running: Api) -> None:
    assert _metadata(running.sim) == {
        "fly_resources.owner": "tests",
        "fly_resources.name": "server",
        "fly_resources.applied": "v1:env/A image",
    }


def test_without_an_owner_no_owner_is_written(connect: Callable[..., Api]) -> None:
    api = connect(owner=None)
    api.ensure(SERVER)
    assert set(_metadata(api.sim)) == {"fly_resources.name", "fly_resources.applied"}
    assert not api.ensure(SERVER).changed


def test_a_strangers_machine_of_the_same_config_is_adopted_without_a_restart(
    api: Api, stranger: Stranger
) -> None:
    stranger.create_app("web")
    made = stranger.create_machine("web", "server", {**CONFIG, "metadata": {"team": "a"}}, region="iad")
    api.sent.clear()
    assert api.plan(SERVER)[SERVER].action == "adopt"
    outcome = api.ensure(SERVER)[SERVER]
    assert (outcome.action, outcome.changed) == ("adopt", True)
    assert api.writes == ["Machines_patch_metadata"]
    assert set(_metadata(api.sim)) == {*MARKS, "team"}
    assert _versions(stranger, made["id"]) == 1
    api.sent.clear()
    assert api.ensure(SERVER)[SERVER].action == "none"
    assert api.writes == []


@pytest.mark.parametrize(
    "marks",
    [
        {"fly_resources__applied": "v2:ENCODED"},
        {"fly_resources__applied": "v1:env/A env/OLD image"},
        {"fly_resources__applied": None},
        {"fly_resources__owner": None},
        {"fly_resources__name": "other", "fly_resources__applied": "v1:guest/memory_mb"},
    ],
)
def test_a_marker_that_says_something_else_is_only_rewritten(
    running: Api, marks: dict[str, str | None]
) -> None:
    before = _machine(running.sim)
    _set_metadata(running.sim, **marks)
    assert running.ensure(SERVER)[SERVER].action == "adopt"
    assert running.writes == ["Machines_patch_metadata"]
    assert _machine(running.sim) == before


def test_a_clone_keeps_what_the_marks_that_it_copied_call_applied(running: Api, stranger: Stranger) -> None:
    copied = {**_machine(running.sim)["config"], "env": {"A": "1"}}
    stranger.create_machine("web", "clone", copied, region="iad")
    clone = Machine(APP, "clone", {"image": "nginx:alpine"})
    running.sent.clear()
    assert running.ensure(clone)[clone].action == "adopt"
    assert running.writes == ["Machines_patch_metadata"]
    assert _machine(running.sim, "clone")["config"]["env"] == {"A": "1"}
    assert _metadata(running.sim, "clone")["fly_resources.name"] == "clone"


def test_what_we_declared_earlier_and_no_longer_do_goes_and_the_rest_stays(api: Api) -> None:
    api.ensure(Machine(APP, "server", {**CONFIG, "env": {"A": "1", "B": "2"}, "metadata": {"role": "web"}}))

    def add(machine: MachineRecord) -> None:
        env: Any = machine.config["env"]
        machine.config = {**machine.config, "env": {**env, "THEIRS": "3"}}

    api.sim.edit_machine("web", "server", add)
    outcome = api.ensure(SERVER)[SERVER]
    assert {change.path for change in outcome.changes} == {"config.env.B", "config.metadata.role"}
    assert _machine(api.sim)["config"]["env"] == {"A": "1", "THEIRS": "3"}
    assert set(_metadata(api.sim)) == set(MARKS)
    assert not api.ensure(SERVER).changed


@pytest.mark.parametrize(
    "noun",
    [BETTER, attrs.evolve(SERVER, state="stopped"), Machine(APP, "server", {**CONFIG, "env": {"A": "2"}})],
)
def test_a_machine_that_flyctl_deploys_is_left_alone(api: Api, stranger: Stranger, noun: Machine) -> None:
    stranger.create_app("web")
    released = {"fly_release_id": "r1", "fly_release_version": "3", "fly_platform_version": "v2"}
    stranger.create_machine("web", "server", {**CONFIG, "metadata": released}, region="iad")
    before = api.sim.snapshot()
    api.sent.clear()
    for verb in (api.plan, api.ensure):
        with pytest.raises(errors.NotOwnedError, match=r"deployed by flyctl.*take_over=True"):
            verb(noun)
    assert api.ensure(SERVER)[SERVER].action == "none"
    assert api.writes == []
    assert api.sim.snapshot() == before

    assert api.ensure(noun, take_over=True)[noun].changed
    assert not api.ensure(noun, take_over=True).changed
    assert set(_metadata(api.sim)) >= {"fly_release_id"}


@pytest.mark.parametrize("asleep", ["stopped", "suspended"])
def test_a_sleeper_is_updated_without_being_woken(running: Api, asleep: str) -> None:
    _set_state(running.sim, asleep)
    assert running.ensure(BETTER)[BETTER].changed
    [update] = [each for each in running.sent if each.operation == "Machines_update"]
    assert json.loads(update.body)["skip_launch"] is True
    assert "Machines_start" not in running.writes
    assert _machine(running.sim)["state"] == "stopped"
    assert not running.ensure(BETTER).changed


def test_a_sleeper_is_left_asleep_unless_a_state_is_asked_for(running: Api) -> None:
    _set_state(running.sim, "stopped")
    assert not running.ensure(SERVER).changed
    started = attrs.evolve(SERVER, state="started")
    assert running.ensure(started)[started].changed
    assert _machine(running.sim)["state"] == "started"


@pytest.mark.parametrize(
    "config",
    [
        {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop"}]},
        {"services": [{"protocol": "tcp", "internal_port": 80, "autostop": "suspend"}]},
        {"schedule": "daily"},
        {"standbys": ["148e000000000000"]},
    ],
)
def test_started_is_satisfied_by_a_sleeper_that_something_wakes(api: Api, config: dict[str, Any]) -> None:
    noun = Machine(APP, "server", cast("MachineConfigDict", {**CONFIG, **config}), state="started")
    api.ensure(noun, wait=False)
    _set_state(api.sim, "stopped")
    assert not api.ensure(noun).changed
    assert _machine(api.sim)["state"] == "stopped"


@pytest.mark.parametrize(
    ("before", "after", "state", "wakes"),
    [
        (NAPPING, {}, None, True),
        (NAPPING, {}, "stopped", False),
        (NAPPING, NAPPING, None, False),
        ({"schedule": "daily"}, {}, None, True),
        ({"schedule": "daily"}, NAPPING, None, False),
        ({}, NAPPING, None, False),
        ({}, {}, None, False),
    ],
)
def test_a_sleeper_that_nothing_would_wake_any_more_is_started(
    api: Api, before: dict[str, Any], after: dict[str, Any], state: str | None, *, wakes: bool
) -> None:
    api.ensure(Machine(APP, "server", cast("MachineConfigDict", {**CONFIG, **before})))
    _set_state(api.sim, "stopped")
    better = Machine(
        APP, "server", cast("MachineConfigDict", {**CONFIG, "image": "nginx:1", **after}), state=state
    )
    [step] = [each for each in api.plan(better) if each.resource == better]
    assert step.notes == (
        ("starts, because nothing would wake it any more",) if wakes and state is None else ()
    )
    assert api.ensure(better)[better].changed
    assert _machine(api.sim)["state"] == ("started" if wakes else "stopped")
    assert not api.ensure(better).changed


def test_an_update_sends_the_version_that_it_compared(running: Api) -> None:
    version = running.ensure(SERVER)[SERVER].model.instance_id
    running.ensure(BETTER)
    [update] = [each for each in running.sent if each.operation == "Machines_update"]
    assert json.loads(update.body)["current_version"] == version


def test_a_change_between_plan_and_lease_is_kept(connect: Callable[..., Api]) -> None:
    connect().ensure(SERVER)

    def interfere(event: Event) -> None:
        def scale(machine: MachineRecord) -> None:
            guest: Any = {"cpu_kind": "shared", "cpus": 4, "memory_mb": 1024}
            machine.config = {**machine.config, "guest": guest}

        if event.stage == "started":
            api.sim.edit_machine("web", "server", scale)

    api = connect(on_event=interfere)
    assert api.ensure(BETTER)[BETTER].changed
    config = _machine(api.sim)["config"]
    assert (config["image"], config["guest"]["cpus"]) == ("nginx:1", 4)


def test_the_same_change_made_meanwhile_by_another_is_not_made_again(connect: Callable[..., Api]) -> None:
    connect().ensure(SERVER)

    def interfere(event: Event) -> None:
        def improve(machine: MachineRecord) -> None:
            machine.config = {**machine.config, "image": "nginx:1"}

        if event.stage == "started":
            api.sim.edit_machine("web", "server", improve)

    api = connect(on_event=interfere)
    api.sent.clear()
    assert not api.ensure(BETTER)[BETTER].changed
    assert "Machines_update" not in api.writes


@pytest.fixture
def guarded(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    """A machine of a service that refuses metadata while another holds its lease (LE-15)."""
    refuses = Behaviour(metadata_under_lease="refused")
    made = connect(FlySimulator(clock=clock, latency=0.05, behaviour=refuses), owner="another")
    connect(made.sim).ensure(SERVER)
    found = made.read(SERVER)
    assert found
    with httpx.Client(transport=made.sim.transport(), headers={"Authorization": "Bearer other"}) as other:
        url = f"https://api.machines.dev/v1/apps/web/machines/{found.id}/lease"
        assert other.post(url, json={"ttl": 40}).is_success
    made.sent.clear()
    return made


@pytest.fixture
def leased(running: Api, stranger: Stranger) -> dict[str, Any]:
    """A lease of somebody else on the machine, for 40 seconds."""
    found = running.read(SERVER)
    assert found
    path = f"/apps/web/machines/{found.id}"
    held = stranger.send("POST", f"{path}/lease", {"ttl": 40, "description": "deploy"})
    running.sent.clear()
    return {"path": path, **held["data"]}


def test_somebody_elses_lease_is_waited_for(running: Api, leased: dict[str, Any]) -> None:
    before = running.clock.now()
    assert running.ensure(BETTER)[BETTER].changed
    assert 30 < running.clock.now() - before < 60


@pytest.mark.parametrize("verb", ["ensure", "destroy"])
def test_a_lease_that_lasts_longer_than_we_wait_is_an_error(
    running: Api, leased: dict[str, Any], verb: str
) -> None:
    with pytest.raises(errors.EnsureError) as caught:
        getattr(running, verb)(BETTER, step_timeout_s=10.0)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.LeaseHeldError)
    assert cause.owner == "simulator@tokens.fly.io"
    assert cause.expires_at
    assert "wait until its lease expires" in str(caught.value)
    assert set(running.writes) == {"Machines_create_lease"}


def test_marks_wait_until_somebody_elses_lease_ends(guarded: Api) -> None:
    assert guarded.ensure(SERVER)[SERVER].action == "adopt"
    assert guarded.clock.now() >= 40.0
    assert _metadata(guarded.sim)["fly_resources.owner"] == "another"
    assert not guarded.ensure(SERVER).changed


def test_marks_do_not_wait_longer_than_their_step(guarded: Api) -> None:
    with pytest.raises(errors.EnsureError, match="wait until its lease expires") as caught:
        guarded.ensure(SERVER, step_timeout_s=10.0)
    assert isinstance(caught.value.__cause__, errors.LeaseHeldError)
    assert 5.0 < guarded.clock.now() < 15.0


def test_marks_of_the_same_owner_need_no_lease(connect: Callable[..., Api], leased: dict[str, Any]) -> None:
    api = connect()
    _set_metadata(api.sim, fly_resources__applied=None)
    assert api.ensure(SERVER)[SERVER].action == "adopt"
    assert api.clock.now() < 5.0


def _lease_is_free(stranger: Stranger, machine_id: str) -> bool:
    return stranger.http.get(f"/apps/web/machines/{machine_id}/lease").status_code == 404


@pytest.mark.parametrize(
    "fault",
    [
        None,
        Fault("status", operation="Machines_update", status=400, body={"error": "no"}),
        Fault("reset_before", operation="Machines_update"),
        Fault("not_json", operation="Machines_update"),
        Fault("status", operation="Machines_show", status=403, body={"error": "no"}),
        Fault("status", operation="Machines_wait", status=403, body={"error": "no"}),
    ],
)
def test_the_lease_is_given_back_whatever_happens(
    running: Api, stranger: Stranger, fault: Fault | None
) -> None:
    found = running.read(SERVER)
    assert found
    if fault is not None:
        running.sim.faults.add(fault)
    try:
        running.ensure(BETTER)
    except errors.EnsureError:
        assert fault is not None
    assert running.writes[0] == "Machines_create_lease"
    assert running.writes[-1] == "Machines_release_lease"
    assert _lease_is_free(stranger, found.id)


def test_the_lease_of_a_failed_update_is_given_back_before_the_rest_is_done(running: Api) -> None:
    running.sim.faults.add(Fault("status", operation="Machines_update", status=400, body={"error": "no"}))
    running.sim.faults.add(Fault("slow", operation="App_IPAssignments_create", seconds=30.0))
    with pytest.raises(errors.EnsureError):
        running.ensure(BETTER, IpAddress(APP, "shared_v4"))
    [release] = [each for each in running.sent if each.operation == "Machines_release_lease"]
    assert release.at < running.clock.now() - 20.0


def test_the_lease_is_given_back_when_a_destroy_fails(running: Api, stranger: Stranger) -> None:
    found = running.read(SERVER)
    assert found
    running.sim.faults.add(Fault("status", operation="Machines_delete", status=403, body={"error": "no"}))
    with pytest.raises(errors.EnsureError, match="403"):
        running.destroy(SERVER)
    assert _lease_is_free(stranger, found.id)


def test_a_lease_is_kept_alive_while_a_machine_takes_its_time(running: Api) -> None:
    running.sim.images["nginx:1"] = "unhealthy"
    checked = attrs.evolve(
        BETTER, config={**CONFIG, "image": "nginx:1", "checks": {"up": {"type": "tcp", "port": 80}}}
    )
    with pytest.raises(errors.EnsureError):
        running.ensure(checked, step_timeout_s=120.0)
    leases = [each for each in running.sent if each.operation == "Machines_create_lease"]
    assert len(leases) >= 3
    assert all(later.at - sooner.at < 60.0 for sooner, later in itertools.pairwise(leases))
    assert all(each.status == 201 for each in leases)
    assert running.writes[-1] == "Machines_release_lease"


def test_an_unreachable_host_blocks_its_machine_only(running: Api) -> None:
    other = Machine(APP, "other", CONFIG)
    running.sim.edit_machine("web", "server", lambda machine: setattr(machine, "host_status", "unreachable"))
    step = running.plan(BETTER)[BETTER]
    assert step.action == "blocked"
    assert "unreachable" in str(step)
    with pytest.raises(errors.EnsureError, match="host is unreachable") as caught:
        running.ensure(BETTER, other)
    assert caught.value.report[other].changed
    assert isinstance(caught.value.report[BETTER].error, errors.ReconcileError)
    assert set(running.writes) == {"Machines_create"}


def test_a_machine_whose_image_cannot_be_pulled_is_reported_with_the_rest_done(api: Api) -> None:
    api.sim.images["nginx:gone"] = "missing"
    bad, good = Machine(APP, "bad", {"image": "nginx:gone"}), Machine(APP, "good", CONFIG)
    with pytest.raises(errors.EnsureError, match="nginx:gone") as caught:
        api.ensure(bad, good)
    assert caught.value.report[good].changed


def test_a_machine_that_never_starts_is_an_error_in_time(api: Api) -> None:
    api.sim.images["nginx:bad"] = "launch_fails"
    noun = Machine(APP, "server", {"image": "nginx:bad"})
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun, step_timeout_s=100.0)
    assert isinstance(caught.value.__cause__, errors.WaitTimeoutError | errors.ReconcileError)
    assert api.clock.now() < 150.0


def test_without_waiting_a_machine_may_still_be_on_its_way(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    report = api.ensure(SERVER, wait=False)
    assert report[SERVER].model.state == "created"
    assert "Machines_wait" not in [each.operation for each in api.sent]


@pytest.mark.parametrize("force", [False, True])
def test_a_machine_on_its_way_can_be_destroyed(
    connect: Callable[..., Api], clock: VirtualClock, *, force: bool
) -> None:
    for pause in (0.0, 1.0, 2.0, 3.0):
        api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
        api.ensure(SERVER, wait=False)
        clock.sleep(pause)
        assert api.destroy(SERVER, force=force)[SERVER].changed
        assert api.read(SERVER) is None


def test_a_machine_can_be_made_again_right_after_it_was_destroyed(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    api.ensure(SERVER)
    api.destroy(SERVER)
    assert api.ensure(SERVER)[SERVER].model.state == "started"


def test_force_does_not_stop_first(running: Api) -> None:
    running.destroy(SERVER, force=True)
    assert running.writes == ["Machines_create_lease", "Machines_delete"]


def test_a_destroyed_machine_was_stopped_gently_first(running: Api) -> None:
    running.destroy(SERVER)
    assert running.writes == ["Machines_create_lease", "Machines_stop", "Machines_delete"]


def test_a_machine_takes_the_secrets_of_its_run(api: Api) -> None:
    secret = FlySecret(APP, "KEY", "one")
    api.ensure(SERVER, secret)
    [create] = [each for each in api.sent if each.operation == "Machines_create"]
    assert json.loads(create.body)["min_secrets_version"] == 1
    api.sent.clear()
    api.ensure(BETTER, FlySecret(APP, "KEY", "two"))
    [update] = [each for each in api.sent if each.operation == "Machines_update"]
    assert json.loads(update.body)["min_secrets_version"] == 2
    assert _machine(api.sim)["secrets_are_current"]


def test_without_secrets_in_the_run_no_version_is_asked_for(running: Api) -> None:
    running.ensure(BETTER)
    [update] = [each for each in running.sent if each.operation == "Machines_update"]
    assert "min_secrets_version" not in json.loads(update.body)


def test_a_machine_runs_where_its_volume_is(api: Api) -> None:
    noun = Machine(APP, "server", CONFIG, mounts={"/data": Volume(APP, "data", region="lhr")})
    assert api.ensure(noun)[noun].model.region == "lhr"
    assert not api.ensure(noun).changed


@pytest.mark.parametrize(("asked", "chosen"), [("eu", "ams"), ("lhr,eu", "lhr"), ("any", "iad")])
def test_what_the_service_chose_satisfies_a_region_list(api: Api, asked: str, chosen: str) -> None:
    noun = Machine(APP, "server", CONFIG, region=asked)
    made = api.ensure(noun)[noun].model.region
    assert made == chosen or asked != "lhr,eu"
    assert not api.ensure(noun).changed


def test_a_standby_is_made_without_waiting_for_it_to_start(running: Api) -> None:
    primary = running.read(SERVER)
    assert primary
    standby = Machine(APP, "standby", {**CONFIG, "standbys": [primary.id]})
    before = running.clock.now()
    assert running.ensure(standby)[standby].model.state == "stopped"
    assert running.clock.now() - before < 5.0
    assert not running.ensure(standby).changed
