"""Where a volume's data comes from, how it grows, and what is said when it is lost (rule 7)."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from fly_machines import models

from fly_resources import App, Certificate, Change, Machine, Planned, Volume, errors
from fly_resources._nouns.volume.planning import may_restart
from fly_resources.testing import Fault, FlySimulator, VirtualClock
from tests.flows.doctored import Doctored

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event, Report
    from fly_resources.testing._state import Machine as MachineRecord
    from fly_resources.testing._state import Volume as VolumeRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
IMAGE: MachineConfigDict = {"image": "nginx:alpine"}
DATA = Volume(APP, "data", size_gb=2)
GROWN = attrs.evolve(DATA, size_gb=5)
SERVER = Machine(APP, "server", IMAGE, mounts={"/data": DATA})
GROWN_SERVER = attrs.evolve(SERVER, mounts={"/data": GROWN})


@pytest.fixture
def sim(clock: VirtualClock) -> FlySimulator:
    """A world whose states take as long as they were seen to."""
    return FlySimulator(clock=clock, latency=0.05, rate_limits=True, timings="typical")


@pytest.fixture
def running(api: Api) -> Api:
    api.ensure(SERVER)
    api.sent.clear()
    return api


def _volumes(api: Api) -> list[tuple[str, str, int, str | None]]:
    state: Any = api.sim.snapshot()["apps"]
    return sorted(
        (each["name"], each["region"], each["size_gb"], each["attached_to"])
        for each in state["web"]["volumes"]
    )


def _id(api: Api, noun: Volume = DATA) -> str:
    found = api.read(noun)
    assert found is not None
    return found.id


def _take_snapshot(api: Api, stranger: Stranger, volume_id: str) -> str:
    # A volume that was never mounted has nothing to be snapshot (VO-25).
    api.sim.edit_volume("web", volume_id, lambda volume: attrs.evolve(volume, used=True))
    answer = stranger.send("POST", f"/apps/web/volumes/{volume_id}/snapshots")
    api.clock.sleep(60)
    api.sent.clear()
    return str(answer["Msg"]["backup"]["graph_id"])


def _done(api: Api, *operations: str) -> list[str]:
    """Return which of these operations succeeded, in order."""
    return [each.operation or "" for each in api.sent if each.operation in operations and each.status == 200]


def _body(api: Api, operation: str) -> dict[str, Any]:
    [sent] = [each for each in api.sent if each.operation == operation]
    body: dict[str, Any] = json.loads(sent.body)
    return body


# From a snapshot, and as a fork.


def test_a_volume_is_restored_from_a_snapshot_before_its_machine_is_made(
    api: Api, stranger: Stranger
) -> None:
    api.ensure(DATA)
    snapshot_id = _take_snapshot(api, stranger, _id(api))
    copy = Volume(APP, "copy", size_gb=4, snapshot_id=snapshot_id)
    reader = Machine(APP, "reader", IMAGE, mounts={"/data": copy})
    step = api.plan(reader)[copy]
    assert step.notes == ("4 GB in iad, billed monthly", f"restored from {snapshot_id}")
    api.sent.clear()
    report = api.ensure(reader)
    assert report[copy].model.state == "created"
    body = _body(api, "Volumes_create")
    assert (body["snapshot_id"], body["size_gb"], body["region"]) == (snapshot_id, 4, "iad")
    assert _volumes(api) == [("copy", "iad", 4, "reader"), ("data", "iad", 2, None)]
    api.sent.clear()
    assert not api.ensure(reader).changed
    assert api.writes == []


def test_a_snapshot_that_does_not_fit_is_refused_in_the_words_of_the_service(
    api: Api, stranger: Stranger
) -> None:
    api.ensure(GROWN)
    snapshot_id = _take_snapshot(api, stranger, _id(api))
    with pytest.raises(
        errors.EnsureError, match=r"volume size \(4 GiB\) is smaller than the snapshot size \(5 GiB\)"
    ):
        api.ensure(Volume(APP, "copy", size_gb=4, snapshot_id=snapshot_id))
    assert len(_volumes(api)) == 1


def test_a_fork_goes_where_its_source_is_and_has_at_least_its_size(api: Api) -> None:
    there = Volume(APP, "data", size_gb=6, region="lhr", encrypted=False)
    api.ensure(there)
    source = _id(api, there)
    fork = Volume(APP, "fork", size_gb=2, source_volume_id=source)
    step = api.plan(fork)[fork]
    assert step.notes == ("6 GB in lhr, billed monthly", f"forked from {source}")
    api.sent.clear()
    made = api.ensure(fork)[fork].model
    assert (made.region, made.size_gb) == ("lhr", 6)
    assert _body(api, "Volumes_create") == {"name": "fork", "region": "", "source_volume_id": source}
    api.sent.clear()
    assert not api.ensure(fork).changed
    assert api.read(fork) is not None
    assert api.writes == []
    assert api.destroy(fork)[fork].changed
    assert _volumes(api) == [("data", "lhr", 6, None)]


def test_a_machine_follows_a_fork_to_where_its_source_is(api: Api) -> None:
    there = Volume(APP, "data", region="lhr")
    api.ensure(there)
    fork = Volume(APP, "fork", source_volume_id=_id(api, there))
    reader = Machine(APP, "reader", IMAGE, mounts={"/data": fork})
    assert api.ensure(reader)[reader].model.region == "lhr"
    assert not api.ensure(reader).changed


def test_a_fork_of_its_sources_name_is_not_its_source(api: Api) -> None:
    api.ensure(DATA)
    source = _id(api)
    fork = Volume(APP, "data", size_gb=2, region="iad", source_volume_id=source)
    made = api.ensure(fork)[fork]
    assert made.changed
    assert made.model.id != source
    assert api.ensure(fork)[fork].model.id == made.model.id
    assert len(_volumes(api)) == 2


def test_a_fork_is_not_its_source_although_its_machine_still_mounts_that(running: Api) -> None:
    source = _id(running)
    fork = Volume(APP, "data", size_gb=2, source_volume_id=source)
    forked = attrs.evolve(SERVER, mounts={"/data": fork})
    with pytest.raises(errors.ImmutableFieldError, match=f"mounts is '{source}.* 'a new volume at /data"):
        running.ensure(forked)
    assert running.writes == []
    report = running.ensure(forked, replace=True)
    assert report[fork].action == "create"
    [mount] = report[forked].model.to_dict()["config"]["mounts"]
    assert mount["volume"] == report[fork].model.id != source
    assert not running.ensure(forked).changed


def test_a_fork_grows_when_its_data_is_there(api: Api) -> None:
    api.ensure(DATA)
    fork = Volume(APP, "fork", size_gb=7, source_volume_id=_id(api))
    api.sent.clear()
    outcome = api.ensure(fork)[fork]
    assert (outcome.model.size_gb, outcome.model.state) == (7, "created")
    assert _done(api, "Volumes_create", "Volumes_extend") == ["Volumes_create", "Volumes_extend"]
    assert not api.ensure(fork).changed


def test_a_fork_can_be_mounted_while_its_data_is_on_its_way(api: Api) -> None:
    api.ensure(DATA)
    fork = Volume(APP, "fork", size_gb=2, source_volume_id=_id(api))
    api.sent.clear()
    assert api.ensure(fork)[fork].model.state == "hydrating"
    assert "Volumes_get_by_id" not in {each.operation for each in api.sent}


def test_what_is_restored_is_looked_at_ever_less_often(api: Api, stranger: Stranger) -> None:
    api.ensure(DATA)
    copy = Volume(APP, "copy", size_gb=2, snapshot_id=_take_snapshot(api, stranger, _id(api)))
    with pytest.raises(errors.EnsureError):
        api.ensure(copy, step_timeout_s=3)
    api.sent.clear()
    began = api.clock.now()
    api.ensure(copy)
    looks = [each.at - began for each in api.sent if each.operation == "Volumes_get_by_id"]
    assert [round(later - earlier, 1) for earlier, later in itertools.pairwise(looks)] == [1.5, 2.3, 3.4]


def test_what_stays_restoring_is_said_and_looked_at_every_five_seconds(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    heard: list[Event] = []
    api = connect(on_event=heard.append)
    api.ensure(DATA)
    copy = Volume(APP, "copy", size_gb=2, snapshot_id=_take_snapshot(api, stranger, _id(api)))
    found = api.read(DATA)
    assert found is not None
    body: Any = {**found.to_dict(), "state": "restoring"}
    api.sim.faults.add(Fault("status", operation="Volumes_get_by_id", status=200, body=body, times=6))
    api.ensure(copy)
    looks = [each.at for each in api.sent if each.operation == "Volumes_get_by_id"]
    assert [round(later - earlier) for earlier, later in itertools.pairwise(looks)][-3:-1] == [5, 5]
    told = [each.detail for each in heard if (each.resource, each.stage) == (copy, "progress")]
    assert set(told) == {"restoring"}
    assert len(told) == len(looks) - 1, "the last look settles what others may have made"


def test_what_is_still_restored_is_waited_for_in_the_next_run_too(api: Api, stranger: Stranger) -> None:
    api.ensure(DATA)
    copy = Volume(APP, "copy", size_gb=2, snapshot_id=_take_snapshot(api, stranger, _id(api)))
    reader = Machine(APP, "reader", IMAGE, mounts={"/data": copy})
    with pytest.raises(errors.EnsureError):
        api.ensure(reader, step_timeout_s=1)
    assert [each.operation for each in api.sent].count("Volumes_get_by_id") == 1, "one look in one second"
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(reader, step_timeout_s=3)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.WaitTimeoutError)
    assert cause.last_state == "restoring"
    assert isinstance(caught.value.report[reader].error, errors.DependencyError)
    report = api.ensure(reader)
    assert (report[copy].changed, report[copy].model.state) == (False, "created")
    assert report[reader].changed
    assert api.writes.count("Volumes_create") == 1


@pytest.mark.parametrize("end", ["dying", "gone"])
def test_what_goes_away_while_it_is_restored_is_an_error(api: Api, stranger: Stranger, end: str) -> None:
    api.ensure(DATA)
    copy = Volume(APP, "copy", size_gb=2, snapshot_id=_take_snapshot(api, stranger, _id(api)))
    body: Any = {"error": "not found"}
    if end == "dying":
        found = api.read(DATA)
        assert found is not None
        body = {**found.to_dict(), "state": "scheduling_destroy"}
    status = 200 if end == "dying" else 404
    api.sim.faults.add(Fault("status", operation="Volumes_get_by_id", status=status, body=body))
    with pytest.raises(errors.EnsureError, match="disappeared while it was") as caught:
        api.ensure(copy)
    assert isinstance(caught.value.__cause__, errors.VolumeLostError)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"snapshot_id": "vs_1", "source_volume_id": "vol_1"}, ["not both"]),
        ({"snapshot_id": "vol_1"}, ["snapshot_id 'vol_1'", "vs_"]),
        ({"source_volume_id": "vs_1"}, ["source_volume_id 'vs_1'", "vol_"]),
    ],
)
def test_an_impossible_source_is_refused(settings: dict[str, str], words: list[str]) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        Volume(APP, "copy", **settings)  # type: ignore[arg-type]  # strings for the strings among them
    for word in words:
        assert word in str(caught.value)


def test_any_of_several_regions_will_do(api: Api) -> None:
    noun = Volume(APP, "data", region="lhr,iad")
    assert api.ensure(noun)[noun].changed
    assert not api.ensure(noun)[noun].changed
    assert len(_volumes(api)) == 1


# Growing.


def test_a_running_machine_restarts_under_its_lease_to_see_the_new_size(running: Api) -> None:
    step = running.plan(GROWN_SERVER)[GROWN]
    assert any("3 GB more, billed monthly" in note for note in step.notes)
    assert any("restarts machine" in note for note in step.notes)
    running.sent.clear()
    report = running.ensure(GROWN_SERVER)
    shown = [(change.path, change.before, change.after) for change in report[GROWN].changes]
    assert shown == [("size_gb", 2, 5), ("machine server", "started", "restarted")]
    assert running.writes == [
        "Machines_create_lease",
        "Volumes_extend",
        "Machines_restart",
        "Machines_release_lease",
    ]
    found = running.read(SERVER)
    assert found is not None
    assert found.state == "started"
    running.sent.clear()
    assert not running.ensure(GROWN_SERVER).changed
    assert running.writes == []


def _restart_writes(api: Api) -> list[str]:
    return [each for each in api.writes if each in {"Volumes_extend", "Machines_restart", "Machines_update"}]


def test_a_machine_that_is_updated_too_restarts_once(running: Api) -> None:
    updated = attrs.evolve(GROWN_SERVER, config={"image": "nginx:1"})
    report = running.ensure(updated)
    assert _restart_writes(running) == ["Volumes_extend", "Machines_update"]
    shown = [(change.path, change.before, change.after) for change in report[GROWN].changes]
    assert shown == [("size_gb", 2, 5), ("machine server", "started", "restarts with its update")]
    running.sent.clear()
    assert not running.ensure(updated).changed
    assert running.writes == []


def test_the_next_run_restarts_a_machine_whose_update_did_not_happen(running: Api) -> None:
    updated = attrs.evolve(GROWN_SERVER, config={"image": "nginx:1"})
    running.sim.faults.add(Fault("status", operation="Machines_update", status=400, body={"error": "no"}))
    with pytest.raises(errors.EnsureError):
        running.ensure(updated)
    running.sent.clear()
    assert running.ensure(updated)[updated].changed
    assert _restart_writes(running) == ["Machines_update"]


def test_a_machine_that_something_else_has_updated_meanwhile_restarts_for_its_volume(
    running: Api, connect: Callable[..., Api]
) -> None:
    updated = attrs.evolve(GROWN_SERVER, config={"image": "nginx:1"})

    def be_faster(event: Event) -> None:
        if event.resource == GROWN and event.stage == "started":
            running.sim.edit_machine("web", "server", _update)

    watched = connect(on_event=be_faster)
    watched.ensure(updated)
    assert _restart_writes(watched) == ["Volumes_extend", "Machines_restart"]


def _update(machine: MachineRecord) -> None:
    machine.config = {**machine.config, "image": "nginx:1"}


def test_settings_are_changed_first(running: Api) -> None:
    noun = attrs.evolve(GROWN, snapshot_retention=9)
    running.ensure(noun)
    assert _done(running, "Volumes_extend", "Volumes_update", "Machines_restart") == [
        "Volumes_update",
        "Volumes_extend",
        "Machines_restart",
    ]
    found = running.read(noun)
    assert found is not None
    assert (found.size_gb, found.snapshot_retention) == (5, 9)


def test_a_machine_that_sleeps_is_not_woken(running: Api) -> None:
    running.ensure(attrs.evolve(SERVER, state="stopped"))
    running.sent.clear()
    assert running.ensure(GROWN)[GROWN].changed
    assert running.writes == ["Volumes_extend"]


def test_what_nobody_mounts_restarts_nothing(api: Api) -> None:
    api.ensure(DATA)
    step = api.plan(GROWN)[GROWN]
    assert step.notes == ("3 GB more, billed monthly",)
    api.sent.clear()
    assert [change.path for change in api.ensure(GROWN)[GROWN].changes] == ["size_gb"]
    assert api.writes == ["Volumes_extend"]


def test_where_the_service_asks_for_no_restart_there_is_none(running: Api) -> None:
    grown = running.read(DATA)
    assert grown is not None
    answer: Any = {"volume": {**grown.to_dict(), "size_gb": 5}, "needs_restart": False}
    running.sim.faults.add(Fault("status", operation="Volumes_extend", status=200, applied=True, body=answer))
    running.sent.clear()
    assert running.ensure(GROWN)[GROWN].changed
    assert running.writes == ["Machines_create_lease", "Volumes_extend", "Machines_release_lease"]


@pytest.mark.parametrize(
    ("holder", "path", "may"),
    [("m1", "size_gb", True), ("m1", "snapshot_retention", False), (None, "size_gb", False)],
)
def test_only_growth_may_restart_and_only_a_machine_that_mounts_the_volume(
    holder: str | None, path: str, *, may: bool
) -> None:
    made = dict.fromkeys(("name", "region", "state", "zone", "encrypted", "fstype"), "")
    numbers = dict.fromkeys(("block_size", "blocks", "blocks_avail", "blocks_free", "size_gb"), 2)
    made |= {"id": "vol_1", "created_at": "2026-01-01T00:00:00Z"}
    disk = models.Volume.from_dict({**made, **numbers, "attached_machine_id": holder})
    step: Planned[models.Volume] = Planned(DATA, "update", (Change(path, 2, 5),), observed=disk)
    assert may_restart(step) is may


def test_growth_does_not_wait_for_a_machine_that_is_gone(running: Api) -> None:
    running.sim.faults.add(Fault("status", operation="Machines_show", status=404, body={"error": "gone"}))
    running.ensure(GROWN)
    assert running.writes == ["Volumes_extend"]


def _show_machine(api: Api, nth: int, **changes: str) -> None:
    found = api.read(SERVER)
    assert found is not None
    body: Any = {**found.to_dict(), **changes}
    fault = Fault("status", operation="Machines_show", status=200, body=body, nth=nth, times=9)
    api.sim.faults.add(fault)
    api.sent.clear()


@pytest.mark.parametrize("nth", [1, 2], ids=["before it grows", "before it restarts"])
def test_a_machine_that_is_being_destroyed_is_not_restarted(running: Api, nth: int) -> None:
    _show_machine(running, nth, state="destroying")
    assert [each.path for each in running.ensure(GROWN)[GROWN].changes] == ["size_gb"]
    leases = ["Machines_create_lease", "Volumes_extend", "Machines_release_lease"]
    assert running.writes == (["Volumes_extend"] if nth == 1 else leases)


def test_a_volume_does_not_grow_under_a_machine_whose_host_was_lost_since_the_plan(running: Api) -> None:
    _show_machine(running, 1, host_status="unreachable")
    with pytest.raises(
        errors.EnsureError, match="volume web/data/iad was not grown: that may restart machine"
    ):
        running.ensure(GROWN)
    assert running.writes == []


def test_a_volume_that_another_program_has_grown_meanwhile_is_left_to_it(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    def grow(event: Event) -> None:
        if (event.action, event.stage) == ("update", "started"):
            [disk] = stranger.list("/apps/web/volumes")
            assert stranger.http.put(f"/apps/web/volumes/{disk['id']}/extend", json={"size_gb": 9}).is_success

    api = connect(on_event=grow)
    api.ensure(DATA)
    assert api.ensure(GROWN)[GROWN].model.size_gb == 9


def test_without_waiting_the_machine_is_restarted_and_not_waited_for(running: Api) -> None:
    running.ensure(GROWN, wait=False)
    assert "Machines_restart" in running.writes
    assert "Machines_wait" not in [each.operation for each in running.sent]


def test_an_update_is_no_restart_where_the_service_asks_for_none(running: Api) -> None:
    grown = running.read(DATA)
    assert grown is not None
    answer: Any = {"volume": {**grown.to_dict(), "size_gb": 5}, "needs_restart": False}
    running.sim.faults.add(Fault("status", operation="Volumes_extend", status=200, applied=True, body=answer))
    report = running.ensure(attrs.evolve(GROWN_SERVER, config={"image": "redis"}))
    assert [each.path for each in report[GROWN].changes] == ["size_gb"]


@pytest.mark.parametrize(
    ("state", "waits"), [("creating", True), ("restoring", True), ("hydrating", False), ("created", False)]
)
def test_only_a_volume_that_cannot_be_mounted_yet_is_waited_for(
    connect: Callable[..., Api], sim: FlySimulator, state: str, *, waits: bool
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return [each | {"state": state} for each in body] if path == "/apps/web/volumes" else body

    connect().ensure(DATA)
    api = connect(transport=Doctored(sim, change))
    api.sent.clear()
    assert not api.ensure(DATA).changed
    assert ("Volumes_get_by_id" in [each.operation for each in api.sent]) is waits


def _let_flyctl_deploy(machine: MachineRecord) -> None:
    machine.config = {**machine.config, "metadata": {"fly_release_id": "r1", "fly_release_version": "7"}}


def test_a_machine_that_flyctl_deploys_is_restarted_only_with_take_over(running: Api) -> None:
    running.sim.edit_machine("web", "server", _let_flyctl_deploy)
    changes = running.ensure(GROWN)[GROWN].changes
    assert str(changes[1]) == 'machine server: "started" -> "sees the new size after flyctl restarts it"'
    assert running.writes == ["Volumes_extend"]
    larger = attrs.evolve(DATA, size_gb=6)
    running.ensure(larger, take_over=True)
    assert "Machines_restart" in running.writes


def test_two_machines_do_not_restart_at_once(api: Api) -> None:
    def stack(size_gb: int) -> tuple[Machine, ...]:
        return tuple(
            Machine(APP, name, IMAGE, mounts={"/data": Volume(APP, f"data-{name}", size_gb)})
            for name in ("one", "two", "three")
        )

    api.ensure(*stack(2))
    api.sent.clear()
    api.ensure(*stack(4), max_unavailable=1)
    steps = _done(api, "Machines_restart", "Machines_release_lease")
    assert steps == ["Machines_restart", "Machines_release_lease"] * 3
    api.sent.clear()
    assert not api.ensure(*stack(4)).changed


def test_a_restart_that_fails_says_what_is_left_to_do(running: Api) -> None:
    running.sim.faults.add(Fault("status", operation="Machines_restart", status=400, body={"error": "no"}))
    with pytest.raises(errors.EnsureError, match=r"has 5 GB now, but machine .* may see the old size"):
        running.ensure(GROWN_SERVER)
    assert _volumes(running) == [("data", "iad", 5, "server")]
    assert "Machines_release_lease" in running.writes


def _restarts(api: Api) -> int:
    found = api.read(SERVER)
    assert found is not None
    return sum(event["type"] == "restart" for event in found.to_dict()["events"])


@pytest.mark.parametrize(
    "fault",
    [
        Fault("reset_before"),
        Fault("reset_after"),
        Fault("status", status=503),
        Fault("status", status=503, applied=True),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status if fault.kind == 'status' else ''} {fault.applied}",
)
def test_a_restart_whose_answer_was_lost_happens_once(running: Api, fault: Fault) -> None:
    running.sim.faults.add(attrs.evolve(fault, operation="Machines_restart"))
    assert running.ensure(GROWN_SERVER)[GROWN].changed
    assert _restarts(running) == 1


def test_growth_whose_answers_are_lost_is_read_back(running: Api) -> None:
    running.sim.faults.add(Fault("reset_after", operation="Volumes_extend", times=99))
    outcome = running.ensure(GROWN_SERVER)[GROWN]
    assert (outcome.changed, outcome.model.size_gb) == (True, 5)
    assert _restarts(running) == 1


def test_growth_that_did_not_happen_is_an_error_and_the_next_run_makes_it(running: Api) -> None:
    running.sim.faults.add(Fault("reset_before", operation="Volumes_extend", times=99))
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(GROWN_SERVER)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert _volumes(running) == [("data", "iad", 2, "server")]
    running.sim.faults.clear()
    assert running.ensure(GROWN_SERVER)[GROWN].changed
    assert _restarts(running) == 1


def test_a_volume_does_not_grow_while_somebody_else_changes_its_machine(
    running: Api, stranger: Stranger
) -> None:
    found = running.read(SERVER)
    assert found is not None
    stranger.send("POST", f"/apps/web/machines/{found.id}/lease", {"ttl": 600})
    running.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(GROWN, step_timeout_s=20)
    assert isinstance(caught.value.__cause__, errors.LeaseHeldError)
    assert "Volumes_extend" not in running.writes


def _lose_host(machine: MachineRecord) -> None:
    machine.host_status = "unreachable"


@pytest.mark.parametrize("nouns", [(GROWN,), (GROWN_SERVER,)], ids=["volume alone", "with its machine"])
def test_a_volume_does_not_grow_while_its_machine_cannot_be_restarted(
    running: Api, nouns: tuple[Volume | Machine, ...]
) -> None:
    running.sim.edit_machine("web", "server", _lose_host)
    with pytest.raises(errors.EnsureError, match="unreachable") as caught:
        running.ensure(*nouns)
    assert all("unreachable" in str(error) for error in caught.value.errors)
    assert running.writes == []
    assert _volumes(running) == [("data", "iad", 2, "server")]


def test_a_machine_that_went_to_sleep_meanwhile_is_not_woken(running: Api) -> None:
    found = running.read(SERVER)
    assert found is not None
    asleep: Any = {**found.to_dict(), "state": "stopped"}
    running.sim.faults.add(Fault("status", operation="Machines_show", status=200, body=asleep, nth=2))
    running.sent.clear()
    assert running.ensure(GROWN)[GROWN].changed
    assert running.writes == ["Machines_create_lease", "Volumes_extend", "Machines_release_lease"]


# Lost.


def _die(volume: VolumeRecord) -> VolumeRecord:
    return attrs.evolve(volume, deleted_at=0.0, machine_id=None)


def _cut_off(volume: VolumeRecord) -> VolumeRecord:
    return attrs.evolve(volume, host_status="unreachable")


@pytest.mark.parametrize("verb", ["plan", "ensure"])
def test_a_lost_volume_is_named_with_the_snapshots_that_it_can_be_restored_from(
    running: Api, stranger: Stranger, verb: str
) -> None:
    volume_id = _id(running)
    old, new = (_take_snapshot(running, stranger, volume_id) for _ in range(2))
    running.sim.edit_volume("web", "data", _die)
    with pytest.raises(errors.VolumeLostError) as caught:
        getattr(running, verb)(SERVER)
    assert caught.value.snapshots == (new, old)
    assert (caught.value.app, caught.value.volume_id) == ("web", volume_id)
    for word in (volume_id, old, new, "newest first", "snapshot_id=", "allow_empty=True"):
        assert word in str(caught.value)
    assert running.writes == []


def test_of_many_snapshots_the_five_newest_are_shown(running: Api, stranger: Stranger) -> None:
    taken = [_take_snapshot(running, stranger, _id(running)) for _ in range(6)]
    running.sim.edit_volume("web", "data", _die)
    with pytest.raises(errors.VolumeLostError) as caught:
        running.plan(SERVER)
    assert [each for each in taken if each in str(caught.value)] == taken[1:]
    assert caught.value.snapshots == tuple(reversed(taken))


@pytest.mark.parametrize("names", [("data", "logs"), ("logs", "data")])
def test_each_lost_volume_is_told_of_in_its_own_words(api: Api, names: tuple[str, str]) -> None:
    api.ensure(*(Volume(APP, name, region="ord") for name in names))
    plan = api.whole_plan(*(Volume(APP, name) for name in names))
    for step, name in zip(plan.steps[1:], names, strict=True):
        assert isinstance(step.error, errors.VolumeLostError)
        assert str(step.error).startswith(f"{step.resource}: ")
        assert _id(api, Volume(APP, name, region="ord")) in str(step.error)
        assert _id(api, Volume(APP, name, region="ord")) in step.notes[0]


def test_snapshots_that_cannot_be_read_do_not_hide_the_loss(running: Api) -> None:
    running.sim.edit_volume("web", "data", _die)
    with pytest.raises(errors.VolumeLostError, match="It has no snapshot"):
        running.ensure(SERVER)
    refused: Any = {"error": "unauthorized"}
    running.sim.faults.add(
        Fault("status", operation="Volumes_list_snapshots", status=403, body=refused, times=9)
    )
    with pytest.raises(errors.VolumeLostError, match="gone or being destroyed") as caught:
        running.ensure(SERVER)
    assert caught.value.snapshots == ()
    assert "no snapshot." not in str(caught.value)


def test_a_lost_volume_is_restored_for_a_new_machine(running: Api, stranger: Stranger) -> None:
    snapshot_id = _take_snapshot(running, stranger, _id(running))
    running.sim.edit_volume("web", "data", _die)
    restored = attrs.evolve(DATA, snapshot_id=snapshot_id)
    server = attrs.evolve(SERVER, mounts={"/data": restored})
    with pytest.raises(errors.ImmutableFieldError):
        running.ensure(server)
    assert running.writes == []
    running.destroy(SERVER)
    report = running.ensure(server)
    assert (report[restored].action, report[server].action) == ("create", "create")
    assert not running.ensure(server).changed
    assert _volumes(running) == [("data", "iad", 2, "server")]


def test_a_volume_on_an_unreachable_host_is_left_alone_and_the_others_go_on(
    running: Api, stranger: Stranger
) -> None:
    snapshot_id = _take_snapshot(running, stranger, _id(running))
    running.sim.edit_volume("web", "data", _cut_off)
    step = running.plan(GROWN)[GROWN]
    assert (step.action, step.changes) == ("blocked", ())
    assert "host is unreachable" in step.notes[0]
    other = Certificate(APP, "www.example.com")
    running.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(GROWN, other)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.VolumeLostError)
    assert cause.snapshots == (snapshot_id,)
    assert "Run it again when the host is back" in str(cause)
    report: Report = caught.value.report
    assert report[other].changed
    assert running.writes == ["App_Certificates_acme_create"]


def test_an_empty_one_is_made_beside_an_unreachable_one_only_where_that_is_allowed(api: Api) -> None:
    api.ensure(DATA)
    api.sim.edit_volume("web", "data", _cut_off)
    with pytest.raises(errors.EnsureError, match="unreachable"):
        api.ensure(DATA)
    empty = attrs.evolve(DATA, allow_empty=True)
    assert api.ensure(empty)[empty].action == "create"
    assert not api.ensure(empty)[empty].changed
    assert len(_volumes(api)) == 2
