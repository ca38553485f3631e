"""Volumes are data: which one is meant, what is refused, what is never lost (rule 7)."""

from __future__ import annotations

import functools
import itertools
import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest

from fly_resources import App, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock
from tests.flows.doctored import Doctored

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from fly_resources.testing._state import Volume as VolumeRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data", size_gb=2)
SERVER = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": DATA})


def _volumes(api: Api) -> list[dict[str, Any]]:
    state: Any = api.sim.snapshot()["apps"]
    found: list[dict[str, Any]] = state["web"]["volumes"]
    return found


def _die(volume: VolumeRecord) -> VolumeRecord:
    return attrs.evolve(volume, deleted_at=0.0, machine_id=None)


@pytest.fixture
def running(api: Api) -> Api:
    api.ensure(SERVER)
    api.sent.clear()
    return api


def test_the_mounted_volume_is_meant_even_if_others_have_its_name(running: Api, stranger: Stranger) -> None:
    found = running.read(SERVER)
    assert found
    mounted = found.to_dict()["config"]["mounts"][0]["volume"]
    for _ in range(2):
        stranger.create_volume("web", "data")
    running.sent.clear()
    report = running.ensure(SERVER)
    assert not report.changed
    assert report[DATA].model.id == mounted
    grown = attrs.evolve(DATA, size_gb=5)
    report = running.ensure(grown, attrs.evolve(SERVER, mounts={"/data": grown}))
    assert report[grown].model.id == mounted
    assert sorted(volume["size_gb"] for volume in _volumes(running)) == [3, 3, 5]


def test_a_mounted_volume_of_another_name_is_not_meant_and_never_grown(running: Api) -> None:
    other = Volume(APP, "other", size_gb=50)
    for verb in (running.plan, running.ensure):
        with pytest.raises(errors.ImmutableFieldError, match=r"mounts is 'vol_\w+ \(data\) at /data'"):
            verb(attrs.evolve(SERVER, mounts={"/data": other}))
    assert running.writes == []
    report = running.ensure(attrs.evolve(SERVER, mounts={"/data": other}), replace=True)
    assert report[other].action == "create"
    assert sorted((volume["name"], volume["size_gb"]) for volume in _volumes(running)) == [
        ("data", 2),
        ("other", 50),
    ]


def test_several_of_one_name_and_none_mounted_are_ambiguous_until_one_is_pinned(
    api: Api, stranger: Stranger
) -> None:
    stranger.create_app("web")
    ids = [stranger.create_volume("web", "data") for _ in range(2)]
    api.sent.clear()
    for verb in (api.plan, api.ensure, api.destroy, api.read):
        with pytest.raises(errors.AmbiguousMatchError) as caught:
            verb(DATA)
        assert set(caught.value.candidates) == set(ids)
        assert all(each in str(caught.value) for each in [*ids, "id=", str(DATA)])
    assert api.writes == []

    pinned = attrs.evolve(DATA, id=ids[1])
    report = api.ensure(attrs.evolve(SERVER, mounts={"/data": pinned}))
    assert report[pinned].model.id == ids[1]
    assert not report[pinned].changed
    assert sorted(str(volume["attached_to"]) for volume in _volumes(api)) == ["None", "server"]
    assert not api.ensure(attrs.evolve(SERVER, mounts={"/data": pinned})).changed


def test_a_volume_given_by_its_id_is_mounted(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    volume_id = stranger.create_volume("web", "data", region="lhr")
    noun = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": volume_id})
    assert api.ensure(noun)[noun].model.region == "lhr"
    assert [volume["attached_to"] for volume in _volumes(api)] == ["server"]
    assert not api.ensure(noun).changed


def test_another_volume_for_a_machine_is_refused(running: Api, stranger: Stranger) -> None:
    other = stranger.create_volume("web", "data")
    running.sent.clear()
    for volume in (other, attrs.evolve(DATA, id=other)):
        with pytest.raises(errors.ImmutableFieldError, match="it is fixed when a machine is created"):
            running.ensure(attrs.evolve(SERVER, mounts={"/data": volume}))
    assert running.writes == []


@pytest.mark.parametrize("pinned", [False, True], ids=["described", "by id"])
def test_a_volume_that_another_machine_holds_is_told_before_anything_is_written(
    running: Api, *, pinned: bool
) -> None:
    """Such as when a machine was renamed: what is to be pruned goes last, and would never be let go of."""
    held = running.ensure(DATA)[DATA].model.id
    renamed = Machine(APP, "renamed", SERVER.config, mounts={"/data": held if pinned else DATA})
    address = IpAddress(APP, "v6")
    for verb in (running.plan, running.ensure):
        with pytest.raises(errors.ReconcileError, match=rf"machine server \(\w+\) has volume {held}.*first"):
            verb(renamed, address, prune=True)
    assert running.writes == []
    running.destroy(SERVER)
    report = running.ensure(renamed, address, prune=True)
    assert report[renamed].changed
    assert [volume["attached_to"] for volume in _volumes(running)] == ["renamed"]
    assert not running.ensure(renamed, address, prune=True).changed


def test_no_machine_is_destroyed_for_a_volume_that_another_one_holds(running: Api) -> None:
    spare = Machine(APP, "spare", SERVER.config, mounts={"/data": Volume(APP, "spare")})
    running.ensure(spare)
    running.sent.clear()
    with pytest.raises(errors.ReconcileError, match="machine server"):
        running.ensure(attrs.evolve(spare, mounts={"/data": DATA}), replace=True)
    assert running.writes == []


@pytest.mark.parametrize("verb", ["plan", "ensure"])
def test_no_empty_volume_takes_the_place_of_a_mounted_one_that_is_gone(running: Api, verb: str) -> None:
    running.sim.edit_volume("web", "data", _die)
    with pytest.raises(errors.VolumeLostError) as caught:
        getattr(running, verb)(SERVER)
    for word in ("web/data", "web/server", "vol_", "snapshot", "allow_empty=True"):
        assert word in str(caught.value)
    assert running.writes == []


def test_an_empty_volume_is_made_where_that_is_allowed_and_nothing_mounts_the_lost_one(running: Api) -> None:
    running.sim.edit_volume("web", "data", _die)
    empty = attrs.evolve(DATA, allow_empty=True)
    server = attrs.evolve(SERVER, mounts={"/data": empty})
    with pytest.raises(errors.ImmutableFieldError, match="replace=True"):
        running.ensure(server)
    assert running.writes == []
    running.destroy(server)
    report = running.ensure(server)
    assert (report[empty].action, report[server].action) == ("create", "create")
    assert [volume["attached_to"] for volume in _volumes(running)] == ["server"]
    assert not running.ensure(server).changed


def test_a_lost_volume_does_not_keep_its_machine_from_being_destroyed(running: Api) -> None:
    running.sim.edit_volume("web", "data", _die)
    report = running.destroy(SERVER, DATA)
    assert (report[SERVER].changed, report[DATA].changed) == (True, False)


def test_a_dying_volume_is_not_the_one_that_is_meant(api: Api) -> None:
    first = api.ensure(DATA)[DATA].model.id
    api.destroy(DATA)
    assert api.read(DATA) is None
    told = f"empty; {first} of that name is being destroyed: snapshot_id= restores it"
    assert told in api.plan(DATA)[DATA].notes
    restored = attrs.evolve(DATA, snapshot_id="vs_1")
    assert told not in api.plan(restored)[restored].notes
    second = api.ensure(DATA)[DATA]
    assert second.changed
    assert second.model.id != first


def test_a_region_by_default_does_not_hide_a_volume_elsewhere(running: Api) -> None:
    moved = Volume(App("web", primary_region="lhr"), "data", size_gb=2)
    with pytest.raises(errors.VolumeLostError, match=r"vol_\w+ in iad.*region='iad'.*allow_empty=True"):
        running.ensure(moved)
    assert running.writes == []
    for noun in (attrs.evolve(moved, allow_empty=True), Volume("web", "backup", region="lhr")):
        assert running.ensure(noun)[noun].changed


def test_a_region_that_is_given_makes_another_volume(running: Api) -> None:
    there = Volume(APP, "data", size_gb=2, region="lhr")
    assert running.ensure(there)[there].changed
    assert sorted(volume["region"] for volume in _volumes(running)) == ["iad", "lhr"]
    assert not running.ensure(there, DATA).changed


def test_a_volume_never_shrinks(api: Api) -> None:
    api.ensure(attrs.evolve(DATA, size_gb=9))
    api.sent.clear()
    report = api.ensure(DATA)
    assert (report[DATA].action, report[DATA].model.size_gb) == ("none", 9)
    assert api.writes == []


def test_settings_that_are_not_given_are_left_as_found(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    stranger.create_volume("web", "data", snapshot_retention=30, auto_backup_enabled=False, encrypted=False)
    assert not api.ensure(DATA).changed
    [volume] = _volumes(api)
    assert (volume["snapshot_retention"], volume["auto_backup_enabled"]) == (30, False)


def test_a_volume_is_placed_where_its_machine_fits(api: Api) -> None:
    guest = {"cpu_kind": "performance", "cpus": 4, "memory_mb": 8192}
    api.ensure(
        attrs.evolve(SERVER, config=cast("MachineConfigDict", {"image": "nginx:alpine", "guest": guest}))
    )
    [create] = [each for each in api.sent if each.operation == "Volumes_create"]
    assert json.loads(create.body)["compute"] == guest


def test_the_machine_of_a_volume_goes_first_and_the_volume_is_released_late(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    api.ensure(SERVER)
    api.sent.clear()
    report = api.destroy(DATA, SERVER)
    assert report[DATA].changed
    assert report[SERVER].changed
    refused = [each for each in api.sent if each.operation == "Volume_delete" and each.status == 412]
    assert refused
    assert _volumes(api) == []


def test_a_volume_that_stays_bound_is_an_error_in_the_end(running: Api) -> None:
    with pytest.raises(errors.EnsureError) as caught:
        running.destroy(DATA)
    assert isinstance(caught.value.__cause__, errors.VolumeInUseError)
    assert "Destroy the machine that mounts it first" in str(caught.value)
    assert len(_volumes(running)) == 1


def test_a_volume_that_another_machine_takes_while_ours_goes_is_not_deleted(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    def take(event: Event) -> None:
        if (event.resource, event.action, event.stage) == (SERVER, "destroy", "done"):
            [volume] = stranger.list("/apps/web/volumes")
            config = {"image": "db", "mounts": [{"path": "/data", "volume": volume["id"]}]}
            made = stranger.create_machine("web", "theirs", config, region="iad")
            taken.append(str(made["id"]))

    taken: list[str] = []
    api = connect(on_event=take)
    api.ensure(SERVER)
    api.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(SERVER, DATA)
    assert isinstance(caught.value.__cause__, errors.ReconcileError)
    assert f"attached to machine {taken[0]} since" in str(caught.value)
    assert "Volume_delete" not in api.writes
    assert len(_volumes(api)) == 1


def test_a_volume_that_another_machine_takes_while_it_is_waited_for_is_not_deleted(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def move(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return {**body, "attached_machine_id": "148e"} if "/volumes/" in path else body

    connect().ensure(SERVER)
    api = connect(transport=Doctored(sim, move))
    with pytest.raises(errors.EnsureError, match="attached to machine 148e since"):
        api.destroy(DATA)
    assert api.writes.count("Volume_delete") == 1  # which was refused, as it is bound


def test_a_bound_volume_is_tried_again_for_a_minute_and_a_half_and_ever_less_often(running: Api) -> None:
    with pytest.raises(errors.EnsureError):
        running.destroy(DATA)
    tried = [each.at for each in running.sent if each.operation == "Volume_delete"]
    pauses = [round(later - earlier) for earlier, later in itertools.pairwise(tried)]
    assert pauses == [1, 2, 4, 8, *7 * [10]]


def _allocate(kind: str, stranger: Stranger) -> object:
    return stranger.send("POST", "/apps/web/ip_assignments", {"type": kind})


#: What an app may hold that was not named, and the word by which it is listed.
HOLDINGS: dict[str, tuple[Callable[[Stranger], object], str]] = {
    "volume": (lambda stranger: stranger.create_volume("web", "other"), "volume other (vol_"),
    "volume of the same name elsewhere": (
        lambda stranger: stranger.create_volume("web", "data", region="lhr"),
        "volume data (vol_",
    ),
    "machine": (
        lambda stranger: stranger.create_machine("web", "theirs", {"image": "nginx:alpine"}),
        "machine theirs (",
    ),
    "clone": (
        lambda stranger: stranger.create_machine(
            "web", "clone", {"image": "nginx:alpine", "metadata": {"fly_resources.name": "server"}}
        ),
        "machine clone (",
    ),
    **{kind: (functools.partial(_allocate, kind), "address ") for kind in ("v4", "egress_v4", "egress_v6")},
}


@pytest.mark.parametrize(("hold", "word"), HOLDINGS.values(), ids=HOLDINGS.keys())
def test_an_app_that_holds_what_was_not_named_is_not_destroyed(
    running: Api, stranger: Stranger, hold: Callable[[Stranger], object], word: str
) -> None:
    hold(stranger)
    before = running.sim.snapshot()
    running.sent.clear()
    with pytest.raises(errors.NotOwnedError, match="everything=True") as caught:
        running.destroy(APP, SERVER, DATA)
    assert word in str(caught.value)
    with pytest.raises(errors.NotOwnedError):
        running.plan(APP, SERVER, DATA, destroy=True)
    assert running.writes == []
    assert running.sim.snapshot() == before

    plan = running.plan(APP, SERVER, DATA, destroy=True, everything=True)
    assert plan[APP].action == "destroy"
    assert running.destroy(APP, SERVER, DATA, everything=True)[APP].changed
    assert running.sim.snapshot() == {"apps": {}}


def test_which_of_several_is_meant_does_not_matter_where_everything_goes(
    api: Api, stranger: Stranger
) -> None:
    stranger.create_app("web")
    for _ in range(2):
        stranger.create_volume("web", "data")
        _allocate("v4", stranger)
    api.sent.clear()
    named = (APP, DATA, IpAddress(APP, "v4"))
    with pytest.raises(errors.AmbiguousMatchError):
        api.plan(*named, destroy=True)
    plan = api.plan(*named, destroy=True, everything=True)
    assert [step.action for step in plan] == ["destroy"] * 3
    assert [each.kind for each in plan.unmanaged] == ["volume", "address"]
    assert api.destroy(*named, everything=True).changed
    assert api.writes == ["Apps_delete"]
    assert api.sim.snapshot() == {"apps": {}}


def test_an_app_alone_goes_with_our_machines_and_free_addresses_but_not_with_volumes(api: Api) -> None:
    api.ensure(Machine(APP, "server", {"image": "nginx:alpine"}), IpAddress(APP, "shared_v4"))
    assert api.destroy(APP)[APP].changed
    assert api.sim.snapshot() == {"apps": {}}
    api.ensure(SERVER)
    with pytest.raises(errors.NotOwnedError, match="volume data"):
        api.destroy(APP)


def test_another_owners_machine_is_not_ours_to_lose(connect: Callable[..., Api]) -> None:
    machine = Machine(APP, "server", {"image": "nginx:alpine"})
    connect(owner="somebody").ensure(machine)
    with pytest.raises(errors.NotOwnedError, match="machine server"):
        connect(owner="us").destroy(APP)


def test_a_refused_or_failed_list_is_never_an_empty_one(running: Api) -> None:
    before = running.sim.snapshot()
    for operation in ("Machines_list", "Volumes_list", "App_IPAssignments_list"):
        for fault in (
            Fault("status", operation=operation, status=403, body={"error": "unauthorized"}),
            Fault("status", operation=operation, status=500, times=9),
            Fault("not_json", operation=operation),
            Fault("truncate", operation=operation, times=9),
            Fault("reset_after", operation=operation, times=9),
        ):
            running.sim.faults.add(fault)
            with pytest.raises(errors.FlyError) as caught:
                running.destroy(APP, everything=False)
            assert not isinstance(caught.value, errors.EnsureError)
            running.sim.faults.clear()
    assert running.writes == []
    assert running.sim.snapshot() == before


def test_that_a_volume_is_not_encrypted_is_said_and_changes_nothing(api: Api, stranger: Stranger) -> None:
    api.ensure(APP)
    stranger.create_volume("web", "data", encrypted=False)
    api.sent.clear()
    report = api.ensure(DATA)
    assert api.writes == []
    assert report[DATA].notes[-1] == "is not encrypted, which is fixed when a volume is created"
    assert "is not encrypted" not in str(api.ensure(attrs.evolve(DATA, encrypted=False))[DATA].notes)


def test_a_pinned_volume_that_migrated_to_another_host_is_named_by_its_new_id(api: Api) -> None:
    app = App("web", primary_region="iad")
    data = Volume(app, "data")
    config: MachineConfigDict = {"image": "nginx"}
    old = api.ensure(Machine(app, "db", config, mounts={"/data": data}))[data].model.id
    api.sim.migrate_machine("web", "db")
    api.clock.sleep(10.0)
    [new] = {each.id for each in [api.read(data)] if each is not None}
    pinned = Volume(app, "data", id=old)
    api.sent.clear()
    with pytest.raises(errors.VolumeLostError) as caught:
        api.ensure(Machine(app, "db", config, mounts={"/data": pinned}))
    for words in (old, f"mounts {new} now", "migration to another host", f"id={new!r}"):
        assert words in str(caught.value)
    assert api.writes == []


def test_a_volume_that_says_with_an_empty_text_that_nothing_holds_it_grows(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def blank(_path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        for each in body if isinstance(body, list) else [body]:
            if "attached_machine_id" in each:
                each["attached_machine_id"] = each["attached_machine_id"] or ""
        return body

    connect().ensure(DATA)
    api = connect(transport=Doctored(sim, blank))
    larger = attrs.evolve(DATA, size_gb=5)
    assert api.ensure(larger)[larger].model.size_gb == 5


# Plans


MOVED = App("web", primary_region="lhr")


@pytest.mark.parametrize(
    ("more", "size_gb", "place", "notes"),
    [
        ({}, 3, "iad", ["3 GB in iad, billed monthly"]),
        (
            {"size_gb": 9, "snapshot_id": "vs_1"},
            9,
            "iad",
            ["9 GB in iad, billed monthly", "restored from vs_1"],
        ),
        (
            {"snapshot_id": "vs_1"},
            3,
            "iad",
            ["its snapshot's size, at least 3 GB, in iad, billed monthly", "restored from vs_1"],
        ),
        (
            {"source_volume_id": "vol_far"},
            3,
            "its source's region",
            ["3 GB in its source's region, billed monthly", "forked from vol_far"],
        ),
    ],
    ids=["empty", "restored", "as its snapshot", "forked"],
)
def test_the_plan_of_a_new_volume_says_how_large_where_and_from_what(
    api: Api, more: dict[str, Any], size_gb: int, place: str, notes: list[str]
) -> None:
    api.ensure(APP)
    noun = Volume(APP, "new", **more)
    step = api.plan(noun)[noun]
    assert [(each.path, each.before, each.after) for each in step.changes] == [
        ("size_gb", None, size_gb),
        ("region", None, place),
    ]
    assert list(step.notes) == notes


def test_only_a_volume_that_is_being_destroyed_is_said_to_be(api: Api) -> None:
    api.ensure(attrs.evolve(DATA, region="lhr"))
    noun = attrs.evolve(DATA, region="iad")
    assert api.plan(noun)[noun].notes == ("2 GB in iad, billed monthly",)


def test_a_fork_is_as_large_as_its_source_at_least(api: Api) -> None:
    source = api.ensure(attrs.evolve(DATA, size_gb=5))
    [disk] = [each.model for each in source if isinstance(each.resource, Volume)]
    for size_gb, larger in ((3, 5), (9, 9)):
        noun = Volume(APP, "copy", source_volume_id=disk.id, size_gb=size_gb)
        assert api.plan(noun)[noun].changes[0].after == larger


@pytest.mark.parametrize(
    ("size_gb", "notes"), [(3, ()), (4, ("keeps its 5 GB: a volume cannot shrink",)), (5, ())]
)
def test_a_volume_that_is_larger_says_that_it_cannot_shrink_unless_no_size_was_asked_for(
    api: Api, size_gb: int, notes: tuple[str, ...]
) -> None:
    api.ensure(attrs.evolve(DATA, size_gb=5))
    noun = attrs.evolve(DATA, size_gb=size_gb)
    step = api.plan(noun)[noun]
    assert (step.action, step.notes) == ("none", notes)


def test_only_a_setting_that_differs_is_changed(api: Api) -> None:
    noun = attrs.evolve(DATA, snapshot_retention=7, auto_backup_enabled=False)
    api.ensure(noun)
    assert api.plan(noun)[noun].action == "none"
    other = attrs.evolve(noun, snapshot_retention=9)
    [change] = api.plan(other)[other].changes
    assert (change.path, change.before, change.after) == ("snapshot_retention", 7, 9)


def test_everything_is_no_choice_among_volumes_that_fit(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    for _ in range(2):
        stranger.create_volume("web", "data", size_gb=2)
    with pytest.raises(errors.AmbiguousMatchError, match="2 live volumes match"):
        api.destroy(DATA, everything=True)
    assert api.plan(APP, DATA, destroy=True, everything=True)[DATA].notes == ("its data is lost",)
    assert len(_volumes(api)) == 2
    assert api.destroy(APP, DATA, everything=True)[APP].changed


def test_what_is_there_twice_is_not_missing(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    for _ in range(2):
        stranger.create_volume("web", "data", size_gb=2)
    api.sent.clear()
    with pytest.raises(errors.AmbiguousMatchError):
        api.read(Volume("web", "data", region="iad"))
    assert [each.operation for each in api.sent] == ["Volumes_list"]


@pytest.mark.parametrize("times", [3, 99])
def test_a_volume_that_stays_bound_to_a_machine_that_is_gone_is_tried_for_a_while(
    api: Api, times: int
) -> None:
    bound: Any = {"error": "failed_precondition: volume is currently bound to machine: e784079b449483"}
    api.ensure(DATA)
    api.sim.faults.add(Fault("status", operation="Volume_delete", status=412, body=bound, times=times))
    api.sent.clear()
    if times == 3:
        assert api.destroy(DATA)[DATA].changed
        assert "Machines_show" not in [each.operation for each in api.sent], "nothing unusual yet"
    else:
        with pytest.raises(errors.EnsureError) as caught:
            api.destroy(DATA)
        assert isinstance(caught.value.__cause__, errors.VolumeInUseError)
        assert api.read(DATA) is not None


def test_the_report_of_a_destroyed_volume_names_it(api: Api) -> None:
    made = api.ensure(DATA)[DATA].model
    gone, again = api.destroy(DATA)[DATA], api.destroy(DATA)[DATA]
    assert (gone.action, gone.changed, gone.model.id) == ("destroy", True, made.id)
    assert (again.action, again.changed, again.error) == ("none", False, None)


def test_a_mounted_volume_is_not_called_lost_when_its_app_has_moved(running: Api) -> None:
    data = Volume(MOVED, "data")
    server = Machine(MOVED, "server", {"image": "nginx:alpine"}, mounts={"/data": data})
    with pytest.raises(errors.ImmutableFieldError, match="in 'iad', and a volume cannot move to 'lhr'"):
        running.plan(server, data)


def test_a_volume_of_another_name_in_its_place_does_not_stand_for_it(
    running: Api, stranger: Stranger
) -> None:
    source = stranger.create_volume("web", "logs", region="iad")
    logs = Volume(MOVED, "logs")
    server = Machine(MOVED, "server", {"image": "nginx:alpine"}, mounts={"/data": logs})
    with pytest.raises(errors.VolumeLostError, match="elsewhere: vol_"):
        running.plan(server, logs)
    fork = attrs.evolve(logs, source_volume_id=source)
    assert running.plan(fork)[fork].action == "create"


def test_an_id_that_is_gone_leads_to_the_list(api: Api) -> None:
    api.ensure(APP)
    pinned = attrs.evolve(DATA, id="vol_gone")
    with pytest.raises(
        errors.VolumeLostError, match=r"no live volume vol_gone\. List its volumes and name one"
    ):
        api.plan(attrs.evolve(SERVER, mounts={"/data": pinned}))
