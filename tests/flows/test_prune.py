"""`prune=True`: machines of ours that are no longer named go, last, and nothing else ever does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fly_machines.models import MachineConfig

from fly_resources import App, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault

from .doctored import Doctored, each_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from fly_resources.testing import FlySimulator
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
KEPT = Machine(APP, "kept", CONFIG)
BETTER = Machine(APP, "kept", {"image": "nginx:1"})
DATA = Volume(APP, "data")
OLD = Machine(APP, "old", CONFIG, mounts={"/data": DATA})
OLDER = Machine(APP, "older", CONFIG)


def _machines(sim: FlySimulator) -> dict[str, dict[str, Any]]:
    state: Any = sim.snapshot()["apps"]
    return {each["name"]: each for each in state["web"]["machines"]}


def _volumes(sim: FlySimulator) -> list[dict[str, Any]]:
    state: Any = sim.snapshot()["apps"]
    found: list[dict[str, Any]] = state["web"]["volumes"]
    return found


def _mark_old(sim: FlySimulator, **marks: str | None) -> None:
    def change(machine: MachineRecord) -> None:
        before: Any = machine.config["metadata"]
        after = {**before, **{f"fly_resources.{key}": value for key, value in marks.items()}}
        machine.config = {**machine.config, "metadata": {k: v for k, v in after.items() if v is not None}}

    sim.edit_machine("web", "old", change)


@pytest.fixture
def running(api: Api) -> Api:
    """Three machines of ours, one of them with a volume."""
    api.ensure(KEPT, OLD, OLDER)
    api.sent.clear()
    return api


def test_machines_of_ours_that_are_no_longer_named_are_destroyed(running: Api) -> None:
    report = running.ensure(KEPT, prune=True)
    assert _machines(running.sim).keys() == {"kept"}
    gone = [outcome for outcome in report if outcome.action == "destroy"]
    assert {str(outcome.resource) for outcome in gone} == {"machine web/old", "machine web/older"}
    assert all(outcome.changed and outcome.error is None for outcome in gone)
    running.sent.clear()
    assert not running.ensure(KEPT, prune=True).changed
    assert running.writes == []


def test_nothing_is_destroyed_unless_asked_for(running: Api) -> None:
    assert not running.ensure(KEPT).changed
    assert len(_machines(running.sim)) == 3


@pytest.mark.parametrize("verb", ["plan", "ensure"])
def test_pruning_needs_an_owner(connect: Callable[..., Api], verb: str) -> None:
    api = connect(owner=None)
    with pytest.raises(errors.ConfigurationError, match="owner"):
        getattr(api, verb)(KEPT, prune=True)
    assert api.sent == []


@pytest.mark.parametrize("verb", ["plan", "ensure"])
def test_pruning_without_a_resource_is_refused_because_no_app_is_named(running: Api, verb: str) -> None:
    running.sent.clear()
    with pytest.raises(errors.ConfigurationError, match="pass the App"):
        getattr(running, verb)(prune=True)
    assert running.sent == []


def test_the_volume_of_a_pruned_machine_stays(running: Api) -> None:
    running.ensure(KEPT, prune=True)
    assert [(volume["name"], volume["attached_to"]) for volume in _volumes(running.sim)] == [("data", None)]
    assert "Volume_delete" not in running.writes


#: What may stand in the metadata of a machine that is not ours, or not under this name.
FOREIGN: dict[str, dict[str, str]] = {
    "nobody's": {},
    "flyctl's": {"fly_release_id": "r1", "fly_release_version": "3", "fly_process_group": "app"},
    "another owner's": {
        "fly_resources.owner": "someone",
        "fly_resources.name": "theirs",
        "fly_resources.applied": "v1:image",
    },
    "without an owner": {"fly_resources.name": "theirs", "fly_resources.applied": "v1:image"},
    "a clone": {
        "fly_resources.owner": "tests",
        "fly_resources.name": "kept",
        "fly_resources.applied": "v1:image",
    },
    "without a name": {"fly_resources.owner": "tests"},
}


@pytest.mark.parametrize("metadata", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_is_not_ours_under_its_own_name_stays(
    running: Api, stranger: Stranger, metadata: dict[str, str]
) -> None:
    stranger.create_machine("web", "theirs", {**CONFIG, "metadata": metadata})
    before = _machines(running.sim)["theirs"]
    assert {step.resource for step in running.plan(KEPT, prune=True) if step.changed} == {OLD, OLDER}
    running.ensure(KEPT, prune=True)
    assert _machines(running.sim).keys() == {"kept", "theirs"}
    assert _machines(running.sim)["theirs"] == before


def test_other_apps_are_not_pruned(running: Api) -> None:
    elsewhere = Machine(App("other"), "old", CONFIG)
    running.ensure(elsewhere)
    running.ensure(KEPT, prune=True)
    assert running.read(elsewhere) is not None


def test_a_named_app_without_a_named_machine_is_pruned_too(running: Api) -> None:
    running.ensure(APP, prune=True)
    assert _machines(running.sim) == {}


def test_a_plan_shows_what_pruning_destroys_and_writes_nothing(running: Api) -> None:
    plan = running.plan(KEPT, prune=True)
    assert (plan[OLD].action, plan[OLDER].action, plan[KEPT].action) == ("destroy", "destroy", "none")
    assert "- machine web/old: destroy (ours, and no longer described)" in str(plan)
    assert "2 destroy" in str(plan)
    shown = next(each.resource for each in plan if each.resource == OLD)
    assert isinstance(shown, Machine)
    assert isinstance(shown.config, MachineConfig)
    assert shown.config.to_dict() == CONFIG
    assert running.writes == []
    assert "destroy" not in str(running.plan(KEPT))


def test_each_pruned_machine_is_told_when_it_starts_and_when_it_is_gone(connect: Callable[..., Api]) -> None:
    events: list[Event] = []
    connect().ensure(KEPT, OLD, OLDER)
    connect(on_event=events.append).ensure(KEPT, prune=True)
    for noun in (OLD, OLDER):
        told = [(each.action, each.stage) for each in events if each.resource == noun]
        assert told == [("destroy", "started"), ("destroy", "done")]


def test_a_pruned_machine_that_cannot_be_destroyed_is_told_as_failed(connect: Callable[..., Api]) -> None:
    events: list[Event] = []
    connect().ensure(KEPT, OLDER)
    api = connect(on_event=events.append)
    api.sim.faults.add(Fault("status", operation="Machines_delete", status=403, body={"error": "no"}))
    with pytest.raises(errors.EnsureError, match="403"):
        api.ensure(KEPT, prune=True)
    told = [each.stage for each in events if each.resource == OLDER and each.stage != "progress"]
    assert told == ["started", "failed"]


def test_pruning_comes_last(running: Api) -> None:
    running.ensure(BETTER, FlySecret(APP, "KEY", "1"), IpAddress(APP, "v6"), prune=True)
    others = [index for index, operation in enumerate(running.writes) if operation == "Machines_update"]
    deletes = [index for index, operation in enumerate(running.writes) if operation == "Machines_delete"]
    assert len(deletes) == 2
    assert max(*others, running.writes.index("App_IPAssignments_create")) < min(deletes)


@pytest.mark.parametrize("operation", ["Machines_update", "App_IPAssignments_create", "Secrets_update"])
def test_if_anything_failed_nothing_is_pruned_and_the_next_run_does_it(running: Api, operation: str) -> None:
    running.sim.faults.add(Fault("status", operation=operation, status=400, body={"error": "broken"}))
    stack = (BETTER, IpAddress(APP, "v6"), FlySecret(APP, "KEY", "1"))
    with pytest.raises(errors.EnsureError, match="400: broken") as caught:
        running.ensure(*stack, prune=True)
    outcome = caught.value.report[OLD]
    assert isinstance(outcome.error, errors.DependencyError)
    assert "None" not in str(outcome.error)
    assert len(caught.value.errors) == 1
    assert "Machines_delete" not in running.writes
    assert len(_machines(running.sim)) == 3
    assert running.ensure(*stack, prune=True)[OLD].changed
    assert _machines(running.sim).keys() == {"kept"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", operation="Machines_list", status=403, body={"error": "unauthorized"}),
        Fault("truncate", operation="Machines_list", times=9),
        Fault("not_json", operation="Machines_list", times=9),
    ],
)
def test_an_unreadable_list_prunes_nothing(running: Api, fault: Fault) -> None:
    running.sim.faults.add(fault)
    with pytest.raises(errors.FlyError):
        running.ensure(KEPT, prune=True)
    assert running.writes == []


@pytest.mark.parametrize("marks", [{"owner": "someone"}, {"owner": None}, {"name": "another"}])
def test_a_machine_that_someone_took_over_meanwhile_stays(
    connect: Callable[..., Api], marks: dict[str, str | None]
) -> None:
    def interfere(event: Event) -> None:
        if (str(event.resource), event.stage) == ("machine web/old", "started"):
            _mark_old(api.sim, **marks)

    connect().ensure(KEPT, OLD, OLDER)
    api = connect(on_event=interfere)
    report = api.ensure(KEPT, prune=True)
    assert (report[OLD].action, report[OLD].changed) == ("none", False)
    assert report[OLDER].changed
    assert _machines(api.sim).keys() == {"kept", "old"}


@pytest.mark.parametrize("visible_s", [0.0, 60.0])
def test_a_machine_that_went_meanwhile_is_no_error(connect: Callable[..., Api], visible_s: float) -> None:
    def vanish(machine: MachineRecord) -> None:
        machine.state = "destroyed"
        machine.destroyed_at = api.clock.now() + visible_s - 60.0

    def interfere(event: Event) -> None:
        if (str(event.resource), event.stage) == ("machine web/older", "started"):
            api.sim.edit_machine("web", "older", vanish)

    connect().ensure(KEPT, OLD, OLDER)
    api = connect(on_event=interfere)
    report = api.ensure(KEPT, prune=True)
    assert report[OLD].changed
    assert (report[OLDER].action, report[OLDER].changed) == ("none", False)
    assert report[OLDER].model.name == "older"
    assert _machines(api.sim).keys() == {"kept"}


def test_a_machine_on_an_unreachable_host_is_not_pruned(running: Api) -> None:
    running.sim.edit_machine("web", "old", lambda machine: setattr(machine, "host_status", "unreachable"))
    plan = running.plan(KEPT, prune=True)
    assert [step.resource for step in plan if step.changed] == [OLDER]
    running.ensure(KEPT, prune=True)
    assert _machines(running.sim).keys() == {"kept", "old"}
    running.sim.edit_machine("web", "old", lambda machine: setattr(machine, "host_status", "ok"))
    running.ensure(KEPT, prune=True)
    assert _machines(running.sim).keys() == {"kept"}


def test_a_machine_on_a_lost_host_is_not_pruned_although_its_config_is_shown(
    running: Api, connect: Callable[..., Api]
) -> None:
    def lose(machine: dict[str, Any]) -> None:
        if machine["name"] == "old":
            machine["host_status"] = "unreachable"

    api = connect(transport=Doctored(running.sim, lambda _, body: each_machine(body, lose)))
    api.ensure(KEPT, prune=True)
    assert _machines(running.sim).keys() == {"kept", "old"}


def test_a_machine_whose_host_went_away_meanwhile_is_not_pruned(connect: Callable[..., Api]) -> None:
    def interfere(event: Event) -> None:
        if (str(event.resource), event.stage) == ("machine web/old", "started"):
            api.sim.edit_machine("web", "old", lambda machine: setattr(machine, "host_status", "unreachable"))

    connect().ensure(KEPT, OLD)
    api = connect(on_event=interfere)
    api.ensure(KEPT, prune=True)
    assert _machines(api.sim).keys() == {"kept", "old"}


def test_one_that_cannot_be_destroyed_does_not_keep_the_others(running: Api) -> None:
    running.sim.faults.add(Fault("status", operation="Machines_delete", status=403, body={"error": "no"}))
    with pytest.raises(errors.EnsureError, match="403") as caught:
        running.ensure(KEPT, prune=True)
    failed = [caught.value.report[noun] for noun in (OLD, OLDER)]
    assert sorted(outcome.changed for outcome in failed) == [False, True]
    assert running.ensure(KEPT, prune=True).changed
    assert _machines(running.sim).keys() == {"kept"}
