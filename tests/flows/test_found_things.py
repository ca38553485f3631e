"""What is found, and not made by an answer to us, is compared with the description as in a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from fly_machines import models

from fly_resources import App, IpAddress, Machine, Volume, errors
from fly_resources._nouns.volume.steps import _why_both_stay
from fly_resources.testing import Fault
from tests.flows.doctored import Doctored, apps_of, each_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event, Outcome, Resource
    from fly_resources.testing import FlySimulator
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
CONFIG: MachineConfigDict = {"image": "nginx:alpine", "env": {"A": "1"}}
PLAIN = Machine(APP, "server", CONFIG)
SERVER = Machine(APP, "server", CONFIG, mounts={"/data": DATA})


class Rival:
    """Another program, which is faster each time that a noun's step begins."""

    def __init__(self, connect: Callable[..., Api], stranger: Stranger) -> None:
        self.stranger = stranger
        self._connect = connect
        self._acts: dict[tuple[Resource[Any], str], Callable[[], object]] = {}
        self.api = connect(on_event=self._hear)

    def before(self, noun: Resource[Any], act: Callable[[], object]) -> None:
        self._acts[noun, "started"] = act

    def after(self, noun: Resource[Any], act: Callable[[], object]) -> None:
        self._acts[noun, "done"] = act

    def _hear(self, event: Event) -> None:
        if (event.resource, event.stage) in self._acts:
            self._acts.pop((event.resource, event.stage))()

    def volume(self, **more: object) -> None:
        self.before(DATA, lambda: self.stranger.create_volume("web", "data", **more))

    def machine(self, config: Mapping[str, object], **more: object) -> None:
        place = {"region": "iad", **more}
        self.before(PLAIN, lambda: self.stranger.create_machine("web", "server", config, **place))

    def volumes(self) -> list[dict[str, Any]]:
        return [each for each in self.stranger.list("/apps/web/volumes") if each["state"] == "created"]

    def converges(self, *nouns: Resource[Any]) -> None:
        assert not self._connect().ensure(*nouns).changed


@pytest.fixture
def rival(connect: Callable[..., Api], stranger: Stranger) -> Rival:
    made = Rival(connect, stranger)
    made.api.ensure(APP)
    made.api.sent.clear()
    return made


def _lose(api: Api, operation: str) -> None:
    """Let the answer to a request that was never carried out be lost."""
    # what the rival sends comes first
    api.sim.faults.add(Fault("reset_before", operation=operation, nth=2))


LOST = pytest.mark.parametrize("lost", [False, True], ids=["refused", "answer lost"])


@LOST
def test_a_machine_of_another_image_is_updated_and_never_called_created(rival: Rival, *, lost: bool) -> None:
    rival.machine({"image": "redis:other"})
    if lost:
        _lose(rival.api, "Machines_create")
    outcome = rival.api.ensure(PLAIN)[PLAIN]
    assert outcome.action == "update"
    assert {each.path for each in outcome.changes} == {"config.image", "config.env.A"}
    rival.converges(PLAIN)


@LOST
def test_a_machine_without_its_volume_is_an_error(rival: Rival, *, lost: bool) -> None:
    rival.machine(CONFIG)
    if lost:
        _lose(rival.api, "Machines_create")
    with pytest.raises(errors.EnsureError, match="mounts is 'nothing' and cannot become") as caught:
        rival.api.ensure(SERVER)
    assert isinstance(caught.value.__cause__, errors.ImmutableFieldError)


@LOST
@pytest.mark.parametrize("options", [{}, {"replace": True}], ids=["", "replace"])
def test_a_machine_elsewhere_is_an_error_and_is_not_destroyed(
    rival: Rival, *, lost: bool, options: dict[str, Any]
) -> None:
    rival.machine(CONFIG, region="lhr")
    if lost:
        _lose(rival.api, "Machines_create")
    with pytest.raises(errors.EnsureError, match="region"):
        rival.api.ensure(PLAIN, **options)
    [row] = rival.stranger.list("/apps/web/machines")
    assert row["region"] == "lhr"


@LOST
def test_a_machine_just_like_it_is_adopted(rival: Rival, *, lost: bool) -> None:
    rival.machine(CONFIG)
    if lost:
        _lose(rival.api, "Machines_create")
    outcome = rival.api.ensure(PLAIN)[PLAIN]
    assert outcome.action == "adopt"
    rival.converges(PLAIN)


def test_our_own_machine_is_created_although_the_answer_was_lost(rival: Rival) -> None:
    rival.api.sim.faults.add(Fault("reset_after", operation="Machines_create"))
    outcome = rival.api.ensure(PLAIN)[PLAIN]
    assert (outcome.action, outcome.changed) == ("create", True)


def test_a_machine_that_mounts_another_disk_than_the_one_with_the_data_is_an_error(rival: Rival) -> None:
    rival.api.ensure(DATA)

    def with_a_disk_of_its_own() -> None:
        other = rival.stranger.create_volume("web", "data", size_gb=3)
        mounts = [{"volume": other, "path": "/data"}]
        rival.stranger.create_machine("web", "server", {**CONFIG, "mounts": mounts}, region="iad")

    rival.before(PLAIN, with_a_disk_of_its_own)
    with pytest.raises(errors.EnsureError, match="mounts is"):
        rival.api.ensure(SERVER)


APPS: dict[str, tuple[App, dict[str, str]]] = {
    "network": (App("shop", network="mine"), {"network": "theirs"}),
    "organisation": (App("shop", org="personal-2"), {"org_slug": "second"}),
}


@LOST
@pytest.mark.parametrize("field", APPS)
def test_an_app_of_another_network_or_organisation_is_an_error(
    rival: Rival, field: str, *, lost: bool
) -> None:
    noun, theirs = APPS[field]
    rival.api.sim.orgs.update({"second": "Second", "personal-2": "Third"})
    body = {"name": "shop", "org_slug": "personal", **theirs}
    rival.before(noun, lambda: rival.stranger.send("POST", "/apps", body))
    if lost:
        _lose(rival.api, "Apps_create")
    with pytest.raises(errors.EnsureError, match="cannot become") as caught:
        rival.api.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.ImmutableFieldError)


def test_an_app_that_another_has_made_is_not_called_created(rival: Rival) -> None:
    noun, body = App("shop"), {"name": "shop", "org_slug": "personal", "network": "theirs"}
    rival.before(noun, lambda: rival.stranger.send("POST", "/apps", body))
    _lose(rival.api, "Apps_create")
    outcome = rival.api.ensure(noun)[noun]
    assert (outcome.action, outcome.changed) == ("none", False)


HOW: dict[str, Fault] = {
    "answer lost": Fault("reset_before", operation="Volumes_create", nth=2),
    "rate limit": Fault("status", status=429, operation="Volumes_create", nth=2),
}
FOUND = pytest.mark.parametrize("how", HOW)


def _ensure(rival: Rival, how: str, noun: Volume) -> Outcome[Any]:
    rival.api.sim.faults.add(attrs.evolve(HOW[how]))
    return rival.api.ensure(noun)[noun]


@FOUND
def test_a_smaller_volume_grows(rival: Rival, how: str) -> None:
    rival.volume(size_gb=1)
    outcome = _ensure(rival, how, attrs.evolve(DATA, size_gb=50, snapshot_retention=7))
    assert (outcome.action, outcome.model.size_gb) == ("update", 50)
    assert [each.path for each in outcome.changes] == ["size_gb", "snapshot_retention"]
    assert [each["snapshot_retention"] for each in rival.volumes()] == [7]


@FOUND
def test_a_larger_volume_is_taken_and_not_called_created(rival: Rival, how: str) -> None:
    rival.volume(size_gb=9)
    outcome = _ensure(rival, how, DATA)
    assert (outcome.action, outcome.changed, outcome.model.size_gb) == ("none", False, 9)
    assert outcome.notes == (f"another program created {outcome.model.id} a moment ago",)


#: What another program has made, and whether it is exactly what our request would have made.
ALIKE: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "the same": ({}, {"size_gb": 3}, True),
    "another size": ({}, {"size_gb": 4}, False),
    "another setting": ({"snapshot_retention": 7}, {"size_gb": 3}, False),
    "encrypted": ({"encrypted": False}, {"size_gb": 3}, False),
}


@FOUND
@pytest.mark.parametrize("wish", ALIKE)
def test_a_volume_is_called_created_only_if_a_lost_request_would_have_made_it(
    rival: Rival, wish: str, how: str
) -> None:
    more, theirs, alike = ALIKE[wish]
    rival.volume(**theirs)
    outcome = _ensure(rival, how, attrs.evolve(DATA, **more))
    assert (outcome.action == "create") is (alike and how == "answer lost")
    assert len(rival.volumes()) == 1


@pytest.mark.parametrize(
    "fault", [Fault("reset_after"), Fault("status", status=429)], ids=["answer lost", "rate limit"]
)
def test_a_volume_that_is_there_already_is_not_what_a_lost_request_made(rival: Rival, fault: Fault) -> None:
    first, second = (attrs.evolve(DATA, region=each) for each in ("fra,iad", "iad,fra"))
    there = rival.api.ensure(first)[first].model
    rival.api.sim.faults.add(attrs.evolve(fault, operation="Volumes_create"))
    report = rival.api.ensure(first, second)
    assert report[first].model.id == there.id
    assert report[second].model.id != there.id
    assert len(rival.volumes()) == 2


@pytest.mark.parametrize(("size_gb", "fits"), [(1, False), (9, True)])
def test_a_plan_that_was_shown_covers_a_volume_that_needs_no_change(
    rival: Rival, size_gb: int, *, fits: bool
) -> None:
    shown = rival.api.plan(DATA)
    rival.volume(size_gb=size_gb)
    rival.api.sim.faults.add(attrs.evolve(HOW["rate limit"]))
    if fits:
        assert rival.api.ensure(DATA, plan=shown)[DATA].model.size_gb == 9
    else:
        with pytest.raises(errors.EnsureError) as caught:
            rival.api.ensure(DATA, plan=shown)
        assert isinstance(caught.value.__cause__, errors.StalePlanError)
    assert [each["size_gb"] for each in rival.volumes()] == [size_gb]


def test_an_answer_that_is_lost_for_good_names_what_was_asked_for(rival: Rival) -> None:
    rival.api.sim.faults.add(Fault("reset_before", operation="Volumes_create"))
    with pytest.raises(errors.EnsureError, match="the creation of volume web/data/iad was lost"):
        rival.api.ensure(DATA)


@FOUND
def test_a_volume_that_is_not_encrypted_is_an_error(rival: Rival, how: str) -> None:
    rival.volume(size_gb=3, encrypted=False)
    with pytest.raises(
        errors.EnsureError, match=r"another program, or .* created vol_\w+, which is not enc"
    ) as caught:
        _ensure(rival, how, DATA)
    assert isinstance(caught.value.__cause__, errors.ImmutableFieldError)
    assert len(rival.volumes()) == 1


def _snapshot(rival: Rival) -> str:
    source = rival.stranger.create_volume("web", "source", size_gb=3)
    rival.api.sim.edit_volume("web", source, lambda volume: attrs.evolve(volume, used=True))
    rival.stranger.send("POST", f"/apps/web/volumes/{source}/snapshots")
    rival.api.clock.sleep(60.0)
    [taken] = rival.stranger.list(f"/apps/web/volumes/{source}/snapshots")
    rival.stranger.send("DELETE", f"/apps/web/volumes/{source}")
    return str(taken["id"])


@FOUND
@pytest.mark.parametrize("forked", [False, True])
def test_an_empty_volume_is_never_taken_for_one_that_should_be_filled(
    rival: Rival, how: str, *, forked: bool
) -> None:
    filled = attrs.evolve(DATA, snapshot_id=None if forked else _snapshot(rival))
    if forked:
        other = attrs.evolve(APP, name="other")
        rival.api.ensure(other)
        filled = attrs.evolve(filled, region="iad", source_volume_id="vol_elsewhere")
    rival.before(filled, lambda: rival.stranger.create_volume("web", "data", size_gb=3))
    with pytest.raises(errors.EnsureError, match="the service does not tell whether") as caught:
        _ensure(rival, how, filled)
    assert isinstance(caught.value.__cause__, errors.AmbiguousMatchError)
    assert len(rival.volumes()) == 1


RACES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "smaller": ({"size_gb": 50}, {"size_gb": 1}, "50 GB"),
    "not encrypted": ({}, {"size_gb": 3, "encrypted": False}, "is not encrypted"),
}


@pytest.mark.parametrize("race", RACES)
def test_settling_deletes_no_volume_for_one_that_does_not_fit(rival: Rival, race: str) -> None:
    wish, theirs, words = RACES[race]
    rival.volume(**theirs)
    noun = attrs.evolve(DATA, **wish)
    with pytest.raises(errors.EnsureError, match=words) as caught:
        rival.api.ensure(noun)
    both = caught.value.__cause__
    assert isinstance(both, errors.AmbiguousMatchError)
    assert sorted(both.candidates) == sorted(each["id"] for each in rival.volumes())
    assert f"{both.candidates[0]} is this run's" in str(both)
    assert len(rival.volumes()) == 2


def test_settling_deletes_no_volume_that_a_machine_holds(rival: Rival) -> None:
    """Both programs have gone on to their machines: the later volume may have data on it by now."""

    def volume_and_machine() -> None:
        theirs = rival.stranger.create_volume("web", "data", size_gb=3)
        config = {**CONFIG, "mounts": [{"volume": theirs, "path": "/data"}]}
        rival.stranger.create_machine("web", "other", config, region="iad")

    rival.before(DATA, volume_and_machine)
    report = rival.api.ensure(SERVER)
    assert len(rival.volumes()) == 2
    assert "Volume_delete" not in rival.api.writes
    mounted = report[SERVER].model.to_dict()["config"]["mounts"][0]["volume"]
    assert report[DATA].model.id == mounted


@pytest.mark.parametrize("held", [False, True], ids=["", "the second is held"])
def test_of_two_volumes_none_is_deleted_where_the_answer_that_names_ours_was_lost(
    rival: Rival, *, held: bool
) -> None:
    """The first may be ours, landed late; so may the second."""

    def second() -> None:
        theirs = rival.stranger.create_volume("web", "data", size_gb=3)
        if held:
            config = {**CONFIG, "mounts": [{"volume": theirs, "path": "/data"}]}
            rival.stranger.create_machine("web", "other", config, region="iad")

    rival.volume(size_gb=3)
    _lose(rival.api, "Volumes_create")
    rival.after(DATA, second)
    with pytest.raises(errors.EnsureError) as caught:
        rival.api.ensure(DATA)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert len(rival.volumes()) == 2
    assert all(each["id"] in str(caught.value) for each in rival.volumes())
    assert "Volume_delete" not in rival.api.writes


def test_an_adopted_volume_is_told_from_one_of_this_run(rival: Rival) -> None:
    def smaller() -> None:
        theirs = rival.stranger.create_volume("web", "data", size_gb=3)
        config = {**CONFIG, "mounts": [{"volume": theirs, "path": "/data"}]}
        rival.stranger.create_machine("web", "other", config, region="iad")

    rival.volume(size_gb=9)
    _lose(rival.api, "Volumes_create")
    rival.after(DATA, smaller)
    with pytest.raises(errors.EnsureError, match=r"vol_\w+ was adopted by this run, and vol_\w+ is another"):
        rival.api.ensure(DATA)
    assert len(rival.volumes()) == 2


def test_settling_deletes_no_filled_volume(rival: Rival) -> None:
    filled = attrs.evolve(DATA, snapshot_id=_snapshot(rival))
    rival.volume(size_gb=3)
    with pytest.raises(errors.EnsureError, match="is filled from vs_"):
        rival.api.ensure(filled)
    assert len(rival.volumes()) == 2


def test_settling_deletes_a_volume_for_an_earlier_one_that_is_better(rival: Rival) -> None:
    rival.volume(size_gb=9)
    outcome = rival.api.ensure(DATA)[DATA]
    [left] = rival.volumes()
    assert (left["id"], left["size_gb"]) == (outcome.model.id, 9)
    # the rival's, ours, and the end of ours
    assert rival.api.writes == ["Volumes_create", "Volumes_create", "Volume_delete"]


def _disk(volume_id: str, **more: object) -> models.Volume:
    texts = dict.fromkeys(("name", "region", "state", "zone", "fstype"), "")
    numbers = dict.fromkeys(("block_size", "blocks", "blocks_avail", "blocks_free"), 1)
    made = {"id": volume_id, "size_gb": 3, "encrypted": True, "created_at": "2026-01-01T00:00:00Z"}
    return models.Volume.from_dict({**texts, **numbers, **made, **more})


@pytest.mark.parametrize(
    ("wanted", "ours", "first", "words"),
    [
        (True, {}, {}, None),
        (True, {}, {"encrypted": False}, "first is not encrypted, and ours is"),
        (True, {"encrypted": False}, {"encrypted": False}, "first is not encrypted"),
        (False, {}, {"encrypted": False}, "first is not encrypted, and ours is"),
        (False, {"encrypted": False}, {"encrypted": False}, None),
        (False, {"encrypted": False}, {}, None),
        (True, {"size_gb": 4}, {}, "ours has 4 GB, and first has 3 GB"),
        (True, {}, {"size_gb": 4}, None),
    ],
)
def test_ours_gives_way_only_to_a_volume_that_is_at_least_as_good(
    wanted: bool,  # noqa: FBT001  # from a table
    ours: dict[str, object],
    first: dict[str, object],
    words: str | None,
) -> None:
    noun = attrs.evolve(DATA, encrypted=wanted)
    why = _why_both_stay(noun, _disk("ours", **ours), _disk("first", **first))
    assert why is None if words is None else why is not None and words in why


def test_the_earlier_volume_gets_the_settings_of_the_one_that_goes(rival: Rival) -> None:
    rival.volume(size_gb=9)
    noun = attrs.evolve(DATA, snapshot_retention=7)
    outcome = rival.api.ensure(noun)[noun]
    [left] = rival.volumes()
    assert (left["id"], left["snapshot_retention"]) == (outcome.model.id, 7)
    assert outcome.model.snapshot_retention == 7


@pytest.mark.parametrize(("retention", "fits"), [(5, True), (7, False)])
def test_a_plan_that_was_shown_covers_no_settings_of_the_earlier_volume(
    rival: Rival, retention: int, *, fits: bool
) -> None:
    noun = attrs.evolve(DATA, snapshot_retention=retention)
    shown = rival.api.plan(noun)
    rival.volume(size_gb=9)
    if fits:
        assert rival.api.ensure(noun, plan=shown)[noun].model.size_gb == 9
    else:
        with pytest.raises(errors.EnsureError) as caught:
            rival.api.ensure(noun, plan=shown)
        assert isinstance(caught.value.__cause__, errors.StalePlanError)
    assert [(each["size_gb"], each["snapshot_retention"]) for each in rival.volumes()] == [(9, 5)]


def test_two_descriptions_do_not_give_way_to_the_same_volume(
    connect: Callable[..., Api], sim: FlySimulator, stranger: Stranger
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return {key: body[key] for key in body if not key.endswith("_count")} if path == "/apps/web" else body

    stranger.create_app("web")
    stranger.create_volume("web", "data", size_gb=9)
    sim.faults.add(Fault("empty", operation="Volumes_list", times=2))
    nouns = [attrs.evolve(DATA, region=each) for each in ("iad", "iad,ewr")]
    report = connect(transport=Doctored(sim, change)).ensure(*nouns)
    left = {each["id"] for each in stranger.list("/apps/web/volumes") if each["state"] == "created"}
    assert {report[noun].model.id for noun in nouns} == left
    assert len(left) == 2


def test_a_volume_does_not_give_way_to_one_elsewhere(rival: Rival) -> None:
    noun = attrs.evolve(DATA, region="fra,iad")
    rival.before(noun, lambda: rival.stranger.create_volume("web", "data", size_gb=9))
    assert rival.api.ensure(noun)[noun].model.region == "fra"
    assert sorted(each["region"] for each in rival.volumes()) == ["fra", "iad"]


def test_a_list_that_does_not_show_ours_yet_settles_nothing(rival: Rival) -> None:
    rival.api.sim.faults.add(Fault("empty", operation="Volumes_list", nth=2))
    assert rival.api.ensure(DATA)[DATA].changed
    assert len(rival.volumes()) == 1


def test_an_address_that_another_has_made_is_not_called_created(rival: Rival) -> None:
    noun = IpAddress(APP, "v4")
    make = {"type": "v4"}
    rival.before(noun, lambda: rival.stranger.send("POST", "/apps/web/ip_assignments", make))
    fault = Fault("status", status=429, operation="App_IPAssignments_create", nth=2)
    rival.api.sim.faults.add(fault)
    outcome = rival.api.ensure(noun)[noun]
    assert (outcome.action, outcome.changed) == ("none", False)


def test_a_machine_that_runs_is_not_replaced_because_it_once_failed_to_launch(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    """Somebody starts it between the plan and the lease, which makes no other version of it."""
    shown = ["launch_failed"]

    def failed_at_first(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return each_machine(body, lambda machine: machine.update(state=shown[0])) if shown else body

    def start(event: Event) -> None:
        if event.stage == "started" and event.action == "replace":
            shown.clear()

    connect().ensure(PLAIN)
    before = apps_of(sim)
    api = connect(transport=Doctored(sim, failed_at_first), on_event=start)
    assert api.plan(PLAIN)[PLAIN].action == "replace"
    with pytest.raises(
        errors.EnsureError,
        match=r"it was to be replaced because its launch had failed, but it is started now",
    ):
        api.ensure(PLAIN)
    assert apps_of(sim) == before
    assert api.ensure(PLAIN)[PLAIN].action == "none"
