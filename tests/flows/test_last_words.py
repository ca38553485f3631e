"""The error about a machine that does not run holds how it ended and what it wrote last (issue 17.4)."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import pytest

from fly_resources import App, Machine, Secret, errors
from fly_resources.testing import Fault, FlySimulator, Program, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
LINES = tuple(f"line {number}" for number in range(30))
READS = "Machines_list_logs"


def machine(name: str = "m", image: str = "bad:1") -> Machine:
    return Machine(APP, name, {"image": image, "restart": {"policy": "no"}})


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))


def fail(api: Api, *resources: App | Machine) -> errors.EnsureError:
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*resources)
    return caught.value


@pytest.mark.parametrize(
    ("program", "ended"),
    [
        (Program(prints=LINES, exit_code=7), "exit code 7"),
        (Program(prints=LINES, oom_killed=True), "out of memory"),
        (Program(prints=LINES, signal=11), "exit code 139"),
    ],
)
def test_it_has_the_exit_and_the_last_20_lines(api: Api, program: Program, ended: str) -> None:
    api.sim.images["bad:1"] = program
    failed = fail(api, APP, machine())
    [error] = failed.errors
    assert isinstance(error, errors.MachineNotRunningError)
    assert [line.message for line in error.log][-1] == "line 29"
    assert len(error.log) == 20
    for text in (str(error), str(failed)):
        assert ended in text
        assert "exit stopped" in text or "newest events" in text
        assert text.count("  | ") == 20
        assert "  | line 29" in text
    twins = (copy.deepcopy(error), pickle.loads(pickle.dumps(error)))  # noqa: S301  # our own pickle
    assert [str(each) for each in twins] == [str(error)] * 2


def test_a_secret_in_the_log_is_masked_and_controls_are_not_shown(api: Api) -> None:
    secret = Secret("canary-7hq3vz")
    api.sim.images["bad:1"] = Program(prints=("password canary-7hq3vz", "\x1b[2Jx", "y" * 900), exit_code=1)
    text = str(fail(api, APP, machine()))
    assert secret.reveal() not in text
    assert "\x1b" not in text
    assert "y" * 300 + "..." in text
    assert "y" * 301 not in text


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", operation=READS, status=500),
        Fault("status", operation=READS, status=429),
        Fault("refuse", operation=READS),
        Fault("reset_after", operation=READS),
        Fault("slow", operation=READS, seconds=100.0),
        Fault("not_json", operation=READS),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.status}",
)
def test_a_log_that_cannot_be_read_changes_nothing_but_3_seconds(api: Api, fault: Fault) -> None:
    api.sim.images["bad:1"] = Program(prints=("why",), exit_code=7)
    fail(api, APP, machine("a"))
    api.clock.sleep(60.0)
    began = api.clock.now()
    fail(api, APP, machine("b"))
    usual = api.clock.now() - began
    api.clock.sleep(60.0)
    api.sim.faults.add(fault)
    began = api.clock.now()
    failed = fail(api, APP, machine("c"))
    assert api.clock.now() - began <= usual + 4.0
    assert "exit code 7" in str(failed)
    assert [each.operation for each in api.sim.requests].count(READS) == 3, "it is asked once"


def test_of_a_fleet_the_logs_of_three_are_read_and_that_of_the_first_is_told(api: Api) -> None:
    api.sim.images["bad:1"] = Program(prints=LINES, exit_code=7)
    failed = fail(api, APP, *(machine(f"m{number}") for number in range(30)))
    assert [each.operation for each in api.sim.requests].count(READS) == 3
    assert str(failed).count("  | ") == 20
    assert len([line for line in str(failed).splitlines() if not line.startswith("  | ")]) <= 15


def test_an_organisation_that_is_not_there_is_named(api: Api) -> None:
    failed = fail(api, App("shop", org="acme-corp"))
    assert "Organisation 'acme-corp' does not exist, or the token may not create apps in it" in str(failed)


def test_a_region_without_room_is_named(api: Api) -> None:
    api.ensure(APP)
    body = {"error": "insufficient resources to create new machine with existing volume"}
    refused = Fault("status", operation="Machines_create", status=422, body=body)
    api.sim.faults.add(refused)
    error = fail(api, APP, machine(image="nginx")).errors[0]
    assert isinstance(error, errors.InsufficientCapacityError)
    assert "iad" in str(error)
