"""The stack of the issue, from nothing to nothing, and what each step costs."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Change,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Resource,
    Volume,
)
from fly_resources.testing import FlySimulator, RecordedRequest, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("my-web-app", org="personal", primary_region="iad")
SECRET = FlySecret(APP, "DATABASE_URL", "postgres://user:password@db/prod")
DATA = Volume(APP, "data", size_gb=10)
CONFIG: MachineConfigDict = {
    "image": "nginx:alpine",
    "services": [{"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80, "handlers": ["http"]}]}],
}
SERVER = Machine(APP, "server", CONFIG, mounts={"/data": DATA})
CERTIFICATE = Certificate(APP, "www.example.com")
SHARED_V4 = IpAddress(APP, "shared_v4")
V6 = IpAddress(APP, "v6")
STACK: tuple[Resource[Any], ...] = (APP, SECRET, DATA, SERVER, CERTIFICATE, SHARED_V4, V6)
WITHOUT_SECRET = tuple(noun for noun in STACK if noun is not SECRET)
READS = {
    "Apps_show",
    "Secrets_list",
    "Volumes_list",
    "Machines_list",
    "App_Certificates_show",
    "App_IPAssignments_list",
}


@pytest.fixture
def running(api: Api) -> Api:
    """A client of a simulator on which the stack runs; nothing counted yet."""
    api.ensure(*STACK)
    api.sent.clear()
    return api


def test_creating_costs_16_requests_in_7_rounds(api: Api) -> None:
    report = api.ensure(*STACK)
    assert all(outcome.changed and outcome.error is None for outcome in report)
    assert len(api.sent) <= 16
    assert api.rounds <= 7
    assert report[SERVER].model.state == "started"
    assert report[SERVER].model.private_ip.startswith("fdaa:")
    requirements = report[CERTIFICATE].model.dns_requirements
    assert requirements
    assert requirements.cname == "my-web-app.fly.dev"


def test_what_is_created_is_what_was_described(running: Api) -> None:
    state: Any = running.sim.snapshot()["apps"]
    app = state["my-web-app"]
    assert list(state) == ["my-web-app"]
    assert (app["org"], app["secrets"]) == ("personal", ["DATABASE_URL"])
    [volume] = app["volumes"]
    assert (volume["name"], volume["region"], volume["size_gb"]) == ("data", "iad", 10)
    assert volume["attached_to"] == "server"
    [machine] = app["machines"]
    assert (machine["name"], machine["region"], machine["state"]) == ("server", "iad", "started")
    assert machine["secrets_are_current"]
    assert machine["config"]["image"] == "nginx:alpine"
    assert machine["config"]["services"] == CONFIG["services"]
    assert [(mount["volume"], mount["path"]) for mount in machine["config"]["mounts"]] == [("data", "/data")]
    assert [(each["hostname"], each["acme_requested"]) for each in app["certificates"]] == [
        ("www.example.com", True)
    ]
    assert [each["type"] for each in app["ips"]] == ["shared_v4", "v6"]


def test_an_unchanged_run_reads_each_kind_once_and_sets_the_secrets(running: Api) -> None:
    report = running.ensure(*STACK)
    assert not any(outcome.changed for outcome in report)
    assert not report.changed
    reads = [each for each in running.sent if each.method == "GET"]
    assert {each.operation for each in reads} == READS
    assert len(reads) == 6
    assert len({each.at for each in reads}) == 1
    assert running.writes == ["Secrets_update"]


def test_an_unchanged_run_without_secrets_writes_nothing(running: Api) -> None:
    report = running.ensure(*WITHOUT_SECRET)
    assert not report.changed
    assert {each.operation for each in running.sent} == READS - {"Secrets_list"}
    assert len(running.sent) == 5
    assert running.rounds == 1
    assert running.writes == []


def test_the_order_of_the_resources_does_not_matter(
    api: Api, running: Api, connect: Callable[..., Api]
) -> None:
    other = FlySimulator(clock=api.clock, latency=0.05, rate_limits=True)
    connect(other).ensure(*reversed(STACK))
    assert other.snapshot() == running.sim.snapshot()


def test_what_a_machine_refers_to_is_ensured_too(api: Api) -> None:
    report = api.ensure(SERVER)
    assert [str(outcome.resource) for outcome in report] == [str(APP), str(DATA), str(SERVER)]
    assert report.changed
    assert [each.operation for each in api.sent if each.method == "POST"] == [
        "Apps_create",
        "Volumes_create",
        "Machines_create",
    ]


def test_destroying_costs_16_requests_and_leaves_nothing(running: Api) -> None:
    report = running.destroy(*STACK)
    assert all(outcome.changed for outcome in report)
    # One of them reads the machine once more right before it goes, and four all of the app: nothing may be
    # lost unseen.
    assert len(running.sent) <= 16
    assert running.rounds <= 8
    assert running.sim.snapshot() == {"apps": {}}


def test_destroying_again_is_unchanged_and_only_reads(running: Api) -> None:
    running.destroy(*STACK)
    running.sent.clear()
    report = running.destroy(*STACK)
    assert not report.changed
    assert running.writes == []
    assert running.sim.snapshot() == {"apps": {}}


def test_a_stack_can_be_made_again_after_it_was_destroyed(running: Api) -> None:
    before = running.sim.snapshot()
    running.destroy(*STACK)
    assert running.ensure(*STACK).changed
    assert running.sim.snapshot() == before


def test_planning_only_reads_and_changes_nothing(running: Api) -> None:
    before = running.sim.snapshot()
    grown = Volume(APP, "data", size_gb=20)
    changed = Machine(APP, "server", {**CONFIG, "image": "nginx:1"}, mounts={"/data": grown})
    plan = running.plan(changed, Certificate(APP, "example.org"))
    assert [step.action for step in plan] == ["none", "update", "update", "create"]
    running.plan(*STACK, destroy=True)
    assert running.writes == []
    assert running.sim.snapshot() == before


def test_a_plan_of_nothing_yet_only_reads(api: Api) -> None:
    plan = api.plan(*STACK)
    assert {step.action for step in plan} == {"create", "set"}
    assert {each.method for each in api.sent} == {"GET"}
    assert api.rounds == 1
    assert api.sim.snapshot() == {"apps": {}}


def _set_image(machine: MachineRecord) -> None:
    machine.config = {**machine.config, "image": "nginx:evil"}


def _move_port(machine: MachineRecord) -> None:
    services: Any = machine.config["services"]
    machine.config = {**machine.config, "services": [{**services[0], "internal_port": 8080}]}


def _drop_services(machine: MachineRecord) -> None:
    machine.config = {key: value for key, value in machine.config.items() if key != "services"}


@pytest.mark.parametrize(
    ("drift", "expected"),
    [
        (_set_image, [Change("config.image", "nginx:evil", "nginx:alpine")]),
        (_move_port, [Change("config.services[0].internal_port", 8080, 80)]),
        (_drop_services, [Change("config.services[0]", None, (CONFIG["services"] or [])[0])]),
    ],
)
def test_drift_is_planned_by_its_path_and_repaired(
    running: Api, drift: Callable[[MachineRecord], None], expected: list[Change]
) -> None:
    before = running.sim.snapshot()
    running.sim.edit_machine("my-web-app", "server", drift)
    assert running.sim.snapshot() != before
    step = running.plan(*STACK)[SERVER]
    assert (step.action, list(step.changes)) == ("update", expected)
    outcome = running.ensure(*STACK)[SERVER]
    assert (outcome.action, outcome.changed, list(outcome.changes)) == ("update", True, expected)
    assert running.sim.snapshot() == before
    assert not running.ensure(*STACK)[SERVER].changed


def test_a_repair_keeps_what_others_added(running: Api) -> None:
    def scale_and_break(machine: MachineRecord) -> None:
        metadata: Any = machine.config["metadata"]
        machine.config = {
            **machine.config,
            "image": "nginx:evil",
            "guest": {"cpu_kind": "shared", "cpus": 2, "memory_mb": 1024},
            "metadata": {**metadata, "fly_platform_version": "v2", "team": "web"},
            "env": {"TRACE": "1"},
        }

    running.sim.edit_machine("my-web-app", "server", scale_and_break)
    running.ensure(SERVER)
    state: Any = running.sim.snapshot()["apps"]
    config = state["my-web-app"]["machines"][0]["config"]
    assert config["image"] == "nginx:alpine"
    assert config["guest"] == {"cpu_kind": "shared", "cpus": 2, "memory_mb": 1024}
    assert config["metadata"]["fly_platform_version"] == "v2"
    assert config["metadata"]["team"] == "web"
    assert config["env"] == {"TRACE": "1"}


def _life(fly: Fly) -> None:
    fly.plan(*STACK)
    fly.ensure(*STACK)
    fly.ensure(*STACK)
    fly.ensure(Machine(APP, "server", {**CONFIG, "image": "nginx:1"}, mounts={"/data": DATA}))
    fly.destroy(*STACK)
    fly.destroy(*STACK)


async def _life_async(fly: AsyncFly) -> None:
    await fly.plan(*STACK)
    await fly.ensure(*STACK)
    await fly.ensure(*STACK)
    await fly.ensure(Machine(APP, "server", {**CONFIG, "image": "nginx:1"}, mounts={"/data": DATA}))
    await fly.destroy(*STACK)
    await fly.destroy(*STACK)


def _world() -> tuple[VirtualClock, FlySimulator]:
    clock = VirtualClock()
    return clock, FlySimulator(clock=clock, latency=0.05, rate_limits=True)


def _masked(requests: list[RecordedRequest]) -> list[tuple[str, str, float, str]]:
    """Return them in order, without what the simulator's chance decides."""
    return [
        (each.method, re.sub(r"[0-9a-f:]{14,}|vol_\w+", "ID", each.path), each.at, str(each.status))
        for each in requests
    ]


def test_both_clients_send_the_same_requests_at_the_same_times() -> None:
    clock, blocking = _world()
    with Fly(token="test", owner="tests", transport=blocking.transport(), clock=clock) as fly:
        _life(fly)
    clock, concurrent = _world()

    async def main() -> None:
        transport = concurrent.transport()
        async with AsyncFly(token="test", owner="tests", transport=transport, clock=clock) as fly:
            await _life_async(fly)

    asyncio.run(main())
    assert len(blocking.requests) > 50
    assert _masked(blocking.requests) == _masked(concurrent.requests)
