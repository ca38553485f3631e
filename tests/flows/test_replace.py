"""`replace=True`: what cannot be changed in place is destroyed and made again, where there is room for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest

from fly_resources import App, Machine, Volume, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock
from tests.flows.conftest import Stranger

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
SERVER = Machine(APP, "server", CONFIG, region="iad")
MOVED = Machine(APP, "server", CONFIG, region="lhr")
DATA = Volume(APP, "data", size_gb=2)
DISK = Machine(APP, "disk", CONFIG, mounts={"/data": DATA})
REMOUNTED = Machine(APP, "disk", CONFIG, mounts={"/srv": DATA})


def _machine(sim: FlySimulator, name: str = "server") -> dict[str, Any]:
    state: Any = sim.snapshot()["apps"]
    [found] = [each for each in state["web"]["machines"] if each["name"] == name]
    shown: dict[str, Any] = found
    return shown


@pytest.fixture
def running(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    """One machine without a volume and one with, whose states take as long as they were seen to."""
    made = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    made.ensure(SERVER, DISK)
    made.sent.clear()
    return made


def test_a_move_is_refused_unless_replacing_is_allowed(running: Api) -> None:
    for verb in (running.plan, running.ensure):
        with pytest.raises(errors.ImmutableFieldError) as caught:
            verb(MOVED)
        for word in ("web/server", "region", "'iad'", "'lhr'", "replace=True"):
            assert word in str(caught.value)
    assert running.writes == []


def test_a_machine_is_moved_after_looking_for_room(running: Api) -> None:
    before = running.read(SERVER)
    assert before
    running.sent.clear()
    outcome = running.ensure(MOVED, replace=True)[MOVED]
    assert (outcome.action, outcome.changed) == ("replace", True)
    assert outcome.model.region == "lhr"
    assert outcome.model.state == "started"
    assert outcome.model.id != before.id
    assert running.writes == [
        "Platform_placements_post",
        "Machines_create_lease",
        "Machines_stop",
        "Machines_delete",
        *[each for each in running.writes if each == "Machines_create"],
    ]
    assert not running.ensure(MOVED).changed


def test_the_probe_asks_for_what_the_machine_needs(running: Api) -> None:
    guest = {"cpu_kind": "performance", "cpus": 2, "memory_mb": 4096}
    running.ensure(
        attrs.evolve(MOVED, config=cast("MachineConfigDict", {**CONFIG, "guest": guest})), replace=True
    )
    [probe] = [json.loads(each.body) for each in running.sent if each.operation == "Platform_placements_post"]
    assert probe["region"] == "lhr"
    assert probe["org_slug"] == "personal"
    assert probe["compute"] == guest


def test_without_room_nothing_is_destroyed(running: Api) -> None:
    running.sim.full_regions.add("lhr")
    before = running.sim.snapshot()
    with pytest.raises(
        errors.EnsureError, match="was not replaced: lhr has no capacity for it now"
    ) as caught:
        running.ensure(MOVED, replace=True)
    assert isinstance(caught.value.report[MOVED].error, errors.ReconcileError)
    assert running.writes == ["Platform_placements_post"]
    assert running.sim.snapshot() == before


def test_if_room_cannot_be_asked_for_nothing_is_destroyed(running: Api) -> None:
    running.sim.faults.add(
        Fault("status", operation="Platform_placements_post", status=403, body={"error": "unauthorized"})
    )
    with pytest.raises(errors.EnsureError, match="was not replaced: the capacity of"):
        running.ensure(MOVED, replace=True)
    assert running.writes == ["Platform_placements_post"]
    assert _machine(running.sim)["region"] == "iad"


def test_a_plan_shows_a_replacement_and_what_it_costs(running: Api) -> None:
    plan = running.plan(MOVED, replace=True)
    assert plan[MOVED].action == "replace"
    assert "! machine web/server: replace (destroyed, then created again; down meanwhile)" in str(plan)
    assert 'region: "iad" -> "lhr"' in str(plan)
    assert running.writes == []


def test_a_region_among_those_that_are_asked_for_is_no_move(running: Api) -> None:
    noun = attrs.evolve(SERVER, region="lhr,iad")
    assert not running.ensure(noun, replace=True).changed
    assert running.writes == []


def test_of_several_regions_the_first_with_room_is_taken(running: Api) -> None:
    running.sim.full_regions.add("lhr")
    noun = attrs.evolve(SERVER, region="lhr,ewr")
    assert running.ensure(noun, replace=True)[noun].model.region == "ewr"


def test_replacing_changes_the_rest_too_and_keeps_the_marks(running: Api) -> None:
    noun = Machine(APP, "server", {"image": "nginx:1", "env": {"A": "1"}}, region="lhr")
    running.ensure(noun, replace=True)
    machine = _machine(running.sim)
    assert (machine["config"]["image"], machine["config"]["env"]) == ("nginx:1", {"A": "1"})
    assert machine["config"]["metadata"]["fly_resources.applied"] == "v1:env/A image"
    assert not running.ensure(noun).changed


def test_a_mount_moves_to_another_path_with_its_data(running: Api) -> None:
    with pytest.raises(errors.ImmutableFieldError, match="mounts"):
        running.ensure(REMOUNTED)
    before = running.read(DATA)
    assert before
    running.sent.clear()
    report = running.ensure(REMOUNTED, replace=True)
    assert (report[REMOUNTED].action, report[DATA].action) == ("replace", "none")
    assert report[DATA].model.id == before.id
    [mount] = _machine(running.sim, "disk")["config"]["mounts"]
    assert (mount["path"], mount["volume"]) == ("/srv", "data")
    assert "Volumes_create" not in running.writes
    assert "Volume_delete" not in running.writes
    refused = [each for each in running.sent if each.operation == "Machines_create" and each.status == 412]
    assert refused, "the volume stays bound for some seconds"
    assert not running.ensure(REMOUNTED).changed


def test_a_machine_gets_its_first_volume(running: Api) -> None:
    spare = Volume(APP, "spare")
    noun = attrs.evolve(SERVER, mounts={"/data": spare})
    assert "a new volume at /data" in str(running.plan(noun, replace=True))
    report = running.ensure(noun, replace=True)
    assert (report[spare].action, report[noun].action) == ("create", "replace")
    assert [mount["volume"] for mount in _machine(running.sim)["config"]["mounts"]] == ["spare"]
    assert not running.ensure(noun).changed


def test_a_volume_is_never_moved_with_its_machine(running: Api) -> None:
    """What is wanted cannot be: the machine stays, and so does the volume that it mounts."""
    there = Volume(APP, "data", size_gb=2, region="lhr")
    noun = attrs.evolve(DISK, mounts={"/data": there})
    before = _machine(running.sim, "disk")
    with pytest.raises(errors.FlyError):
        running.ensure(noun)
    with pytest.raises(errors.FlyError):
        running.ensure(noun, replace=True)
    assert _machine(running.sim, "disk") == before
    assert "Machines_delete" not in running.writes


def test_a_lost_volume_is_not_replaced_with_its_machine(running: Api) -> None:
    running.sim.edit_volume("web", "data", lambda volume: attrs.evolve(volume, deleted_at=0.0))
    with pytest.raises(errors.VolumeLostError):
        running.ensure(REMOUNTED, replace=True)
    assert running.writes == []


def test_what_others_put_there_is_there_again(running: Api) -> None:
    service = {"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80}]}
    guest = {"cpu_kind": "performance", "cpus": 2, "memory_mb": 4096}
    config = {**CONFIG, "guest": guest, "metadata": {"team": "x"}, "services": [service]}
    noun = Machine(APP, "theirs", CONFIG, region="lhr")
    world = Stranger(running.sim)
    world.create_machine("web", "theirs", config, region="iad")
    running.ensure(noun, replace="with_undeclared")
    made = _machine(running.sim, "theirs")
    assert (made["region"], made["config"]["guest"], made["config"]["services"]) == ("lhr", guest, [service])
    assert made["config"]["metadata"]["team"] == "x"
    [probe] = [json.loads(each.body) for each in running.sent if each.operation == "Platform_placements_post"]
    assert probe["compute"] == guest
    assert not running.ensure(noun).changed


def test_a_disk_that_nobody_named_is_not_left_behind(running: Api) -> None:
    before = running.sim.snapshot()
    with pytest.raises(errors.ImmutableFieldError, match=r"it mounts vol_\w+ \(data\) at /data, which"):
        running.ensure(Machine(APP, "disk", CONFIG, region="lhr"), replace=True)
    assert running.sim.snapshot() == before
    without = Machine(APP, "disk", {**CONFIG, "mounts": []}, region="lhr")
    assert running.ensure(without, replace=True)[without].model.region == "lhr"
    assert running.read(DATA)


@pytest.mark.parametrize("trouble", ["no such volume", "held by another", "its host is lost"])
def test_a_machine_stays_while_its_new_volume_cannot_be_mounted(running: Api, trouble: str) -> None:
    spare = Volume(APP, "spare")
    running.ensure(spare)
    if trouble == "held by another":
        running.ensure(Machine(APP, "holder", CONFIG, mounts={"/data": spare}))
    elif trouble == "its host is lost":
        running.sim.edit_volume(
            "web", "spare", lambda volume: attrs.evolve(volume, host_status="unreachable")
        )
    model = running.read(spare)
    assert model
    asked = "vol_nosuch" if trouble == "no such volume" else model.id
    before = running.sim.snapshot()
    running.sent.clear()
    for verb in (running.plan, running.ensure):
        with pytest.raises(errors.FlyError, match=asked):
            verb(Machine(APP, "disk", CONFIG, mounts={"/data": asked}), replace=True)
    assert running.writes == []
    assert running.sim.snapshot() == before


def test_a_volume_that_is_claimed_after_the_plan_costs_no_machine(connect: Callable[..., Api]) -> None:
    spare = Volume(APP, "spare")

    def claim(event: Event) -> None:
        if event.stage == "started" and event.action == "replace":
            config = {**CONFIG, "mounts": [{"path": "/data", "volume": "spare"}]}
            Stranger(api.sim).create_machine("web", "quicker", config, region="iad")

    api = connect(on_event=claim)
    api.ensure(SERVER, DISK, spare)
    api.sent.clear()
    with pytest.raises(errors.EnsureError, match="has volume"):
        api.ensure(attrs.evolve(DISK, mounts={"/data": spare}), replace=True)
    assert "Machines_delete" not in api.writes
    assert not api.ensure(DISK).changed


@pytest.mark.parametrize("how", ["deployed", "updated", "destroyed"])
def test_only_the_machine_that_the_plan_has_shown_is_destroyed(connect: Callable[..., Api], how: str) -> None:
    def interfere(event: Event) -> None:
        if event.stage != "started" or event.action != "replace":
            return
        someone = Stranger(api.sim)
        [machine] = someone.list("/apps/web/machines")
        if how == "deployed":
            api.sim.deploy("web", "flyctl:v9", "server")
        elif how == "updated":
            someone.send("POST", f"/apps/web/machines/{machine['id']}", {"config": {"image": "theirs"}})
        else:
            someone.send("DELETE", f"/apps/web/machines/{machine['id']}?force=true")

    api = connect(on_event=interfere)
    Stranger(api.sim).create_app("web")
    Stranger(api.sim).create_machine("web", "server", CONFIG, region="iad")
    if how == "destroyed":
        assert api.ensure(MOVED, replace=True)[MOVED].model.region == "lhr"
        return
    said = {"deployed": "flyctl has deployed", "updated": "something else has changed it"}[how]
    with pytest.raises(errors.EnsureError, match=said):
        api.ensure(MOVED, replace=True)
    assert _machine(api.sim)["region"] == "iad"
    with api.lease(SERVER):
        pass  # nobody holds it


def test_a_list_that_is_late_does_not_pass_the_old_machine_off_as_the_new(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    late = Behaviour(stale_reads={"Machines_list": 2.0})
    api = connect(FlySimulator(clock=clock, timings="typical", behaviour=late))
    api.ensure(SERVER)
    _pass(clock, 30)
    before = api.read(SERVER)
    made = api.ensure(MOVED, replace=True)[MOVED].model
    assert before
    assert made.id != before.id
    _pass(clock, 30)
    assert not api.ensure(MOVED).changed


def _pass(clock: VirtualClock, seconds: float) -> None:
    clock.start(clock.announce())
    clock.sleep(seconds)
    clock.finish()


def test_replacements_go_one_after_the_other(running: Api) -> None:
    other = Machine(APP, "other", CONFIG, region="iad")
    running.ensure(other)
    running.sent.clear()
    running.ensure(MOVED, attrs.evolve(other, region="lhr"), replace=True)
    relevant = {"Machines_delete", "Machines_create"}
    done = [each.operation for each in running.sent if each.operation in relevant and each.status == 200]
    assert done == ["Machines_delete", "Machines_create"] * 2


@pytest.mark.parametrize(
    ("operation", "status"), [("Machines_delete", 403), ("Machines_stop", 403), ("Machines_create", 400)]
)
def test_a_replacement_that_fails_half_way_is_told_and_the_next_run_completes_it(
    running: Api, operation: str, status: int
) -> None:
    running.sim.faults.add(Fault("status", operation=operation, status=status, body={"error": "broken"}))
    with pytest.raises(errors.EnsureError, match=f"{status}: broken") as caught:
        running.ensure(MOVED, replace=True)
    outcome = caught.value.report[MOVED]
    assert isinstance(outcome.error, errors.ApiError)
    assert not outcome.changed
    assert running.ensure(MOVED, replace=True)[MOVED].changed
    assert _machine(running.sim)["region"] == "lhr"
    assert not running.ensure(MOVED).changed


def test_a_machine_that_flyctl_deploys_is_not_replaced(running: Api) -> None:
    def deploy(machine: MachineRecord) -> None:
        machine.config = {**machine.config, "metadata": {"fly_release_id": "r1"}}

    running.sim.edit_machine("web", "server", deploy)
    with pytest.raises(errors.NotOwnedError, match="take_over=True"):
        running.ensure(MOVED, replace=True)
    assert running.writes == []
    with pytest.raises(
        errors.ImmutableFieldError, match=r"has undeclared settings: metadata\.fly_release_id"
    ):
        running.ensure(MOVED, replace=True, take_over=True)
    taken = running.ensure(MOVED, replace="with_undeclared", take_over=True)
    assert taken[MOVED].model.region == "lhr"


# What others have put on a machine, and no answer holds between its end and its making again.


def _by_hand(machine: MachineRecord) -> None:
    config: Any = machine.config
    env = {**config.get("env", {}), "HAND": "secret-by-hand"}
    metadata = {**config["metadata"], "team": "x"}
    machine.config = {**config, "env": env, "metadata": metadata, "services": [{"internal_port": 80}]}


HELD = "env.HAND, metadata.team, services[0].internal_port"


@pytest.fixture
def edited(running: Api) -> Api:
    running.sim.edit_machine("web", "server", _by_hand)
    running.sent.clear()
    return running


def test_replacing_is_refused_where_what_is_not_declared_could_be_lost(edited: Api) -> None:
    before = edited.sim.snapshot()
    for verb in (edited.plan, edited.ensure):
        with pytest.raises(errors.ImmutableFieldError) as caught:
            verb(MOVED, replace=True)
        assert f"has undeclared settings: {HELD}." in str(caught.value)
        assert "replace='with_undeclared'" in str(caught.value)
        assert "secret-by-hand" not in str(caught.value)
    assert edited.writes == []
    assert edited.sim.snapshot() == before


def test_accepted_it_is_in_the_plan_and_carried_over(edited: Api) -> None:
    planned = edited.plan(MOVED, replace="with_undeclared")[MOVED]
    assert f"carried over, but lost if this is interrupted: {HELD}" in planned.notes
    edited.ensure(MOVED, replace="with_undeclared")
    made = _machine(edited.sim)["config"]
    assert (made["env"], made["metadata"]["team"]) == ({"HAND": "secret-by-hand"}, "x")


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", operation="Machines_create", status=422, body={"error": "no"}),
        Fault("status", operation="Machines_delete", status=403, applied=True),
    ],
    ids=["creation", "deletion that was carried out"],
)
def test_what_is_to_be_restored_is_in_the_error_without_values_that_may_be_secret(
    edited: Api, fault: Fault
) -> None:
    edited.sim.faults.add(fault)
    with pytest.raises(errors.EnsureError) as caught:
        edited.ensure(MOVED, replace="with_undeclared")
    for words in (
        "was to be replaced. If it is gone, it had region='iad'",
        "describe that to get it back",
        "undeclared env.HAND='***'",
        "internal_port=80",
    ):
        assert words in str(caught.value)
    assert "secret-by-hand" not in str(caught.value)


def test_a_new_image_that_is_not_there_is_warned_of_and_the_old_one_is_named(running: Api) -> None:
    before = _machine(running.sim)["config"]["image"]
    image = "registry.fly.io/web:missing"
    running.sim.images[image] = "unknown"
    noun = attrs.evolve(MOVED, config={"image": image})
    assert "the new image is tried only then" in running.plan(noun, replace=True)[noun].notes
    assert not any("image" in note for note in running.plan(MOVED, replace=True)[MOVED].notes)

    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(noun, replace=True)

    assert isinstance(caught.value.__cause__, errors.ImageNotFoundError)
    assert f"it had region='iad', config.image={before!r}; describe that to get it back" in str(caught.value)


def test_what_appears_between_the_plan_and_the_lease_is_not_lost_either(
    connect: Callable[..., Api], running: Api
) -> None:
    def edit(event: Event) -> None:
        if event.stage == "started" and event.action == "replace":
            running.sim.edit_machine("web", "server", _by_hand)

    with pytest.raises(errors.EnsureError, match=r"has undeclared settings: env\.HAND"):
        connect(running.sim, on_event=edit).ensure(MOVED, replace=True)
    assert _machine(running.sim)["region"] == "iad"


@pytest.mark.parametrize(
    "declared",
    [
        {},
        {"size": "shared-cpu-4x"},
        {"guest": {"cpu_kind": "performance", "cpus": 2, "memory_mb": 4096}},
        {"env": {"A": "1"}, "restart": {"policy": "always"}},
        {"services": [{"internal_port": 80, "protocol": "tcp", "autostop": "off"}]},
        {"checks": {"alive": {"type": "tcp", "port": 80}}},
    ],
    ids=str,
)
def test_what_the_service_fills_in_is_nobodys(api: Api, declared: dict[str, Any]) -> None:
    noun = Machine(APP, "server", cast("MachineConfigDict", {**CONFIG, **declared}), region="iad")
    api.ensure(noun)
    moved = attrs.evolve(noun, region="lhr")
    assert api.ensure(moved, replace=True)[moved].model.region == "lhr"


def test_what_was_declared_earlier_is_ours_to_lose(api: Api) -> None:
    api.ensure(attrs.evolve(SERVER, config={**CONFIG, "env": {"A": "1"}}))
    assert api.ensure(MOVED, replace=True)[MOVED].model.region == "lhr"


def test_a_failed_launch_is_made_again_only_where_nothing_of_others_is_lost(api: Api) -> None:
    api.sim.images["nginx:alpine"] = "launch_fails"
    with pytest.raises(errors.EnsureError):
        api.ensure(SERVER)
    assert api.plan(SERVER)[SERVER].action == "replace"
    api.sim.edit_machine("web", "server", _by_hand)
    [note] = api.plan(SERVER)[SERVER].notes
    assert note.startswith(f"its launch failed, and it has undeclared settings: {HELD}; destroy it, or pass")
    assert api.plan(SERVER)[SERVER].action == "blocked"
    assert api.plan(SERVER, replace="with_undeclared")[SERVER].action == "replace"


@pytest.mark.parametrize("word", ["yes", 1, None, "with-undeclared"])
def test_another_word_is_refused(api: Api, word: Any) -> None:  # noqa: ANN401  # the mistake
    with pytest.raises(errors.ConfigurationError, match="replace must be"):
        api.ensure(SERVER, replace=word)
    assert api.sent == []
