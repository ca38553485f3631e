"""How a change goes through many machines, and what is done when something fails (rule 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
OLD = [Machine(APP, f"m{index}", {"image": "nginx:alpine"}) for index in range(6)]
NEW = [Machine(APP, f"m{index}", {"image": "nginx:1"}) for index in range(6)]


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    """Six machines, whose states take as long as they were seen to."""
    made = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    made.ensure(*OLD)
    clock.sleep(60.0)
    made.sent.clear()
    return made


def _most_at_once(api: Api) -> int:
    """Return how many machines were between their update and the end of its wait at the same time."""
    marks: list[tuple[float, int]] = []
    for each in api.sent:
        if each.operation == "Machines_update":
            marks.append((each.at, 1))
        elif each.operation == "Machines_release_lease":
            marks.append((each.at, -1))
    down = most = 0
    for _, step in sorted(marks):
        down += step
        most = max(most, down)
    return most


@pytest.mark.parametrize(
    ("limit", "width"), [(1, 1), (2, 2), (6, 6), (99, 6), ("50%", 3), ("34%", 2), ("1%", 1), ("100%", 6)]
)
def test_no_more_machines_change_at_once_than_allowed(api: Api, limit: int | str, width: int) -> None:
    assert api.ensure(*NEW, max_unavailable=limit).changed
    assert _most_at_once(api) == width
    assert not api.ensure(*NEW).changed


def test_by_default_machines_change_one_after_the_other_in_the_given_order(api: Api) -> None:
    api.ensure(*NEW)
    assert _most_at_once(api) == 1
    ids = [api.ensure(noun)[noun].model.id for noun in NEW]
    updated = [each.path.rsplit("/", 1)[1] for each in api.sent if each.operation == "Machines_update"]
    assert updated == ids


def test_machines_that_do_not_run_change_all_at_once(api: Api) -> None:
    for noun in OLD:
        api.sim.edit_machine("web", noun.name, lambda machine: setattr(machine, "state", "stopped"))
    api.ensure(*NEW)
    updates = {each.at for each in api.sent if each.operation == "Machines_update"}
    assert len(updates) == 1


@pytest.mark.parametrize(("limit", "done"), [(1, 2), (2, 3), (3, 4), (6, 5)])
def test_the_first_failure_stops_the_rollout_and_the_next_run_goes_on(
    api: Api, limit: int, done: int
) -> None:
    api.sim.faults.add(
        Fault("status", operation="Machines_update", nth=3, status=400, body={"error": "broken"})
    )
    address = IpAddress(APP, "v6")
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*NEW, address, max_unavailable=limit)
    failed = caught.value
    assert isinstance(failed.__cause__, errors.BadRequestError)
    assert failed.errors == (failed.__cause__,)
    assert failed.report[address].changed
    outcomes = [failed.report[noun] for noun in NEW]
    assert sum(each.changed for each in outcomes) == done
    [broken] = [each for each in outcomes if isinstance(each.error, errors.BadRequestError)]
    assert broken.error is failed.__cause__
    untouched = [each for each in outcomes if isinstance(each.error, errors.DependencyError)]
    assert len(untouched) == 6 - done - 1
    assert all(str(broken.resource) in str(each.error) for each in untouched)
    assert api.writes.count("Machines_update") == done + 1

    report = api.ensure(*NEW, max_unavailable=limit)
    assert [report[noun].changed for noun in NEW] == [not each.changed for each in outcomes]
    images = {each["config"]["image"] for each in _machines(api)}
    assert images == {"nginx:1"}


def _machines(api: Api) -> list[dict[str, Any]]:
    state: Any = api.sim.snapshot()["apps"]
    found: list[dict[str, Any]] = state["web"]["machines"]
    return found


def test_a_machine_that_does_not_come_up_stops_the_rollout(api: Api) -> None:
    api.sim.images["nginx:1"] = "launch_fails"
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*NEW, step_timeout_s=60.0)
    assert len(caught.value.errors) == 1
    assert sum(each["config"]["image"] == "nginx:1" for each in _machines(api)) == 1


DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": DATA})
SECRET = FlySecret(APP, "KEY", "v")
STACK = (APP, DATA, SERVER, SECRET, Certificate(APP, "www.example.com"), IpAddress(APP, "v6"))

#: The operation that fails, what fails with it, and what is therefore not tried.
PARTS: dict[str, tuple[str, set[str], set[str]]] = {
    "app": ("Apps_create", {"App"}, {"Volume", "Machine", "FlySecret", "Certificate", "IpAddress"}),
    "volume": ("Volumes_create", {"Volume"}, {"Machine"}),
    "secrets": ("Secrets_update", {"FlySecret"}, {"Machine"}),
    "machine": ("Machines_create", {"Machine"}, set()),
    "certificate": ("App_Certificates_acme_create", {"Certificate"}, set()),
    "address": ("App_IPAssignments_create", {"IpAddress"}, set()),
}


@pytest.mark.parametrize(("operation", "failing", "waiting"), PARTS.values(), ids=PARTS.keys())
def test_what_does_not_depend_on_a_failure_is_done(
    connect: Callable[..., Api], operation: str, failing: set[str], waiting: set[str]
) -> None:
    api = connect()
    api.sim.faults.add(Fault("status", operation=operation, status=400, body={"error": "broken"}))
    with pytest.raises(errors.EnsureError, match="400: broken") as caught:
        api.ensure(*STACK)
    ends = {type(outcome.resource).__name__: outcome for outcome in caught.value.report}
    assert {name for name, end in ends.items() if isinstance(end.error, errors.BadRequestError)} == failing
    assert {name for name, end in ends.items() if isinstance(end.error, errors.DependencyError)} == waiting
    assert {name for name, end in ends.items() if end.changed} == ends.keys() - failing - waiting
    with pytest.raises(errors.ReconcileError, match="it failed"):
        _ = ends[failing.copy().pop()].model
    assert "x " in str(caught.value.report)

    report = api.ensure(*STACK)
    again = {type(outcome.resource).__name__ for outcome in report if outcome.changed}
    assert again == failing | waiting
    assert not api.ensure(*STACK).changed


def test_several_failures_are_all_told_the_first_one_as_cause(connect: Callable[..., Api]) -> None:
    api = connect()
    for operation in ("Volumes_create", "App_IPAssignments_create"):
        api.sim.faults.add(Fault("status", operation=operation, status=400, body={"error": operation}))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*STACK)
    told = [str(error) for error in caught.value.errors]
    assert len(told) == 2
    assert all(any(word in text for text in told) for word in ("Volumes_create", "App_IPAssignments_create"))
    assert caught.value.__cause__ is caught.value.errors[0]
    assert "Also failed: 1" in str(caught.value)


def test_an_app_whose_machine_cannot_be_destroyed_is_kept(connect: Callable[..., Api]) -> None:
    api = connect()
    api.ensure(*STACK)
    api.sim.faults.add(Fault("status", operation="Machines_delete", status=403, body={"error": "no"}))
    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(*STACK)
    assert isinstance(caught.value.report[APP].error, errors.DependencyError)
    assert "Apps_delete" not in api.writes
    assert api.destroy(*STACK).changed
    assert api.sim.snapshot() == {"apps": {}}
