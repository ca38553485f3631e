"""`timeout_s`: once it has passed nothing is begun, leases are given back, and the next run goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
OLD = [Machine(APP, f"m{index}", CONFIG) for index in range(4)]
NEW = [Machine(APP, f"m{index}", {"image": "nginx:1"}) for index in range(4)]
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", CONFIG, mounts={"/data": DATA})
STACK = (
    SERVER,
    FlySecret(APP, "KEY", "1"),
    Certificate(APP, "www.example.com"),
    IpAddress(APP, "v6"),
)
LIMIT_S = 7.0


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))


@pytest.fixture
def running(api: Api) -> Api:
    """Four machines whose update takes about five seconds each."""
    api.ensure(*OLD)
    api.clock.sleep(60.0)
    api.sent.clear()
    return api


def _late_writes(api: Api, deadline: float) -> set[str | None]:
    return {each.operation for each in api.sent if each.method != "GET" and each.at > deadline + 0.001}


def _images(api: Api) -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    return [each["config"]["image"] for each in state["web"]["machines"] if each["state"] != "destroying"]


def test_no_update_begins_after_the_deadline_and_what_was_begun_ends(running: Api) -> None:
    begun = running.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(*NEW, timeout_s=LIMIT_S, smoke_s=0)
    assert running.clock.now() - begun < LIMIT_S + 1.0
    assert _late_writes(running, begun + LIMIT_S) <= {"Machines_release_lease"}
    outcomes = [caught.value.report[noun] for noun in NEW]
    assert [outcome.changed for outcome in outcomes] == [True, False, False, False]
    assert isinstance(outcomes[1].error, errors.WaitTimeoutError)
    assert all(isinstance(outcome.error, errors.DependencyError) for outcome in outcomes[2:])
    taken = running.writes.count("Machines_create_lease")
    assert taken == running.writes.count("Machines_release_lease") == 2


def test_the_next_run_completes_what_the_deadline_cut_off(running: Api) -> None:
    with pytest.raises(errors.EnsureError):
        running.ensure(*NEW, timeout_s=LIMIT_S, smoke_s=0)
    report = running.ensure(*NEW)
    assert [report[noun].changed for noun in NEW] == [False, False, True, True]
    assert set(_images(running)) == {"nginx:1"}
    assert not running.ensure(*NEW).changed


def test_the_error_names_what_was_not_begun_and_why(api: Api) -> None:
    api.sim.faults.add(Fault("slow", operation="Apps_create", seconds=9.0))
    begun = api.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*STACK, timeout_s=5.0)
    assert api.writes == ["Apps_create"]
    assert api.clock.now() - begun < 10.0
    for words in (
        "volume web/data/iad was not begun",
        "the 5 s of this call",
        "secret web/KEY was not begun",
    ):
        assert words in str(caught.value)
    assert caught.value.report[APP].changed
    assert isinstance(caught.value.report[SERVER].error, errors.DependencyError)
    assert isinstance(caught.value.report[DATA].error, errors.WaitTimeoutError)
    report = api.ensure(*STACK)
    assert [outcome.resource for outcome in report if not outcome.changed] == [APP]


def test_a_call_that_ends_in_time_does_not_notice_its_deadline(running: Api) -> None:
    assert running.ensure(*NEW, timeout_s=60.0).changed
    assert not running.ensure(*NEW, timeout_s=0.001).changed


def test_a_machine_made_in_time_is_waited_for_until_the_deadline_only(api: Api) -> None:
    begun = api.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(SERVER, timeout_s=2.5)
    assert api.clock.now() - begun < 3.5
    error = caught.value.report[SERVER].error
    assert isinstance(error, errors.WaitTimeoutError)
    assert "run it again to continue" in str(error)
    api.clock.sleep(5.0)
    assert not api.ensure(SERVER).changed


def test_a_foreign_lease_is_waited_for_until_the_deadline_only(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    api = connect()
    found = api.ensure(OLD[0])[OLD[0]].model
    stranger.send("POST", f"/apps/web/machines/{found.id}/lease", {"ttl": 600})
    begun = api.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(NEW[0], timeout_s=10.0)
    assert isinstance(caught.value.__cause__, errors.LeaseHeldError)
    assert api.clock.now() - begun < 11.0


def test_nothing_is_pruned_after_the_deadline(running: Api) -> None:
    running.sim.faults.add(Fault("slow", operation="Machines_release_lease", seconds=9.0))
    begun = running.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(NEW[0], prune=True, timeout_s=LIMIT_S)
    assert _late_writes(running, begun + LIMIT_S) == set()
    assert caught.value.report[NEW[0]].changed
    for noun in OLD[1:]:
        assert f"{noun} was not begun: the {LIMIT_S:g} s" in str(caught.value.report[noun].error)
    running.ensure(NEW[0], prune=True)
    assert _images(running) == ["nginx:1"]


def test_destroying_keeps_to_a_deadline_too(running: Api) -> None:
    address = IpAddress(APP, "v6")
    running.ensure(address)
    running.sim.faults.add(Fault("slow", operation="Machines_stop", times=4, seconds=9.0))
    begun = running.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        running.destroy(APP, *OLD, address, timeout_s=5.0)
    assert _late_writes(running, begun + 5.0) <= {"Machines_release_lease"}
    assert not caught.value.report[APP].changed
    running.destroy(APP, *OLD, address)
    assert running.sim.snapshot() == {"apps": {}}


def test_a_replacement_that_was_begun_is_completed(running: Api) -> None:
    """Its machine is gone already: to leave it so would be worse than to be late."""
    moved = Machine(APP, "m0", CONFIG, region="lhr")
    running.sim.faults.add(Fault("slow", operation="Machines_delete", seconds=9.0))
    with pytest.raises(errors.EnsureError):
        running.ensure(moved, replace=True, timeout_s=5.0)
    found = running.read(moved)
    assert found
    assert found.region == "lhr"
