"""A plan shows every resource, also those that cannot be done, and what is worth knowing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, FlySecret, IpAddress, Machine, Volume, errors
from tests.flows.doctored import Doctored, each_machine, is_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.resources import Resource
    from fly_resources.testing import FlySimulator
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
IMAGE: Any = {"image": "registry/app:1"}
SERVICE: Any = {"protocol": "tcp", "internal_port": 80, "ports": [{"port": 443}]}
ONE, TWO = Machine(APP, "one", IMAGE, region="iad"), Machine(APP, "two", IMAGE, region="iad")
SECRET = FlySecret(APP, "KEY", "odd-31f7")


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    return connect()


def test_what_cannot_be_done_is_shown_on_each_resource_and_hides_no_other(api: Api) -> None:
    api.ensure(ONE, TWO)
    moved = [attrs.evolve(each, region="lhr") for each in (ONE, TWO)]
    new = Machine(APP, "three", IMAGE)

    plan = api.whole_plan(*moved, new)

    assert [step.action for step in plan] == ["none", "blocked", "blocked", "create"]
    for step in (plan[ONE], plan[TWO]):
        assert isinstance(step.error, errors.ImmutableFieldError)
        assert [(change.path, change.before, change.after) for change in step.changes] == [
            ("region", "iad", "lhr")
        ]
    api.sent.clear()
    with pytest.raises(errors.ImmutableFieldError, match="machine web/one"):
        api.ensure(*moved, new)
    assert api.writes == []


def test_a_secret_that_is_only_set_again_is_no_change(api: Api) -> None:
    assert api.plan(SECRET, APP).changed
    api.ensure(APP, SECRET)
    plan = api.plan(APP, SECRET)
    assert (plan.changed, plan.writes) == (False, True)
    assert str(plan).splitlines()[0] == "Plan: nothing to do, 2 unchanged (1 secret is set again)"


def test_a_secret_that_another_program_has_changed_is_told(api: Api) -> None:
    api.ensure(APP, SECRET, ONE)
    assert "changed" not in str(api.plan(APP, SECRET, ONE)[SECRET].notes)
    other = FlySecret(APP, "KEY", "odd-77aa")
    api.ensure(other)
    assert "has changed since our machines last got it" in str(api.plan(APP, SECRET, ONE)[SECRET].notes)


def test_a_new_machine_shows_what_it_is_and_names_of_variables_only(api: Api) -> None:
    data = Volume(APP, "data")
    config: Any = {**IMAGE, "env": {"MODE": "odd-92c1"}, "services": [SERVICE], "guest": {"cpus": 2}}
    plan = api.plan(Machine(APP, "one", config, mounts={"/data": data}))
    note = plan.steps[-1].notes[0]
    parts = ["registry/app:1 in iad", "2 shared CPUs, 512 MB", "ports 443 to 80", "env MODE", "data at /data"]
    for part in parts:
        assert part in note
    assert "odd-92c1" not in note


@pytest.mark.parametrize(
    ("image", "told"),
    [("x", True), ("r/x:latest", True), ("r/x:main", True), ("r/x:1.2", False), ("x@sha256:abc", False)],
)
def test_a_tag_that_moves_is_pointed_out_also_where_nothing_changes(
    api: Api,
    image: str,
    told: bool,  # noqa: FBT001  # a column of the table
) -> None:
    machine = Machine(APP, "one", {"image": image})
    for _ in range(2):
        assert any("tag that moves" in note for note in api.plan(APP, machine).notes) is told
        api.ensure(APP, machine)


def test_services_that_nobody_can_reach_are_pointed_out(api: Api) -> None:
    config: Any = {**IMAGE, "services": [SERVICE]}
    machine = Machine(APP, "one", config)
    assert any("no public address" in note for note in api.plan(APP, machine).notes)
    assert not any("no public" in note for note in api.plan(APP, machine, IpAddress(APP, "v6")).notes)
    assert any("no public" in note for note in api.plan(APP, machine, IpAddress(APP, "private_v6")).notes)


def test_one_note_names_all_that_it_is_true_of(api: Api) -> None:
    machines = [Machine(APP, f"m{number}", {"image": "x"}) for number in range(50)]
    notes = api.plan(*machines).notes
    assert len(notes) == 2
    assert all(note.startswith("machine web/m0, m1, m2 and 47 more: ") for note in notes)


def test_a_volume_that_is_larger_says_that_it_stays_so(api: Api) -> None:
    api.ensure(APP, Volume(APP, "data", size_gb=5))
    step = api.plan(Volume(APP, "data", size_gb=2)).steps[-1]
    assert (step.action, step.notes) == ("none", ("keeps its 5 GB: a volume cannot shrink",))
    assert api.plan(Volume(APP, "data")).steps[-1].notes == ()  # no size was asked for


PROTECTED = attrs.evolve(ONE, protect=True)


@pytest.mark.parametrize("described", [PROTECTED, ONE], ids=["described so", "marked by an earlier run"])
def test_a_protected_machine_is_neither_destroyed_nor_replaced(api: Api, described: Machine) -> None:
    api.ensure(PROTECTED)
    api.sent.clear()
    moved = attrs.evolve(described, region="lhr")
    for verb, nouns, options in (
        (api.destroy, [described], {"force": True}),
        (api.ensure, [moved], {"replace": "with_undeclared"}),
        (api.destroy, [APP], {"everything": True}),
    ):
        with pytest.raises(errors.ProtectedError, match="machine web/one"):
            verb(*nouns, **options)
    assert api.writes == []
    assert api.whole_plan(described, destroy=True)[described].action == "blocked"


def test_prune_keeps_a_protected_machine_that_is_no_longer_named(api: Api) -> None:
    api.ensure(PROTECTED, TWO)
    api.ensure(APP, prune=True)
    assert api.read(ONE) is not None
    assert api.read(TWO) is None


def test_protection_ends_when_it_is_described_so(api: Api) -> None:
    api.ensure(PROTECTED)
    assert api.ensure(ONE)[ONE].action == "adopt"
    assert api.ensure(ONE)[ONE].action == "none"
    assert api.destroy(ONE).changed


@pytest.mark.parametrize(
    "noun",
    [
        App("web", primary_region="iad", protect=True),
        Volume(APP, "data", protect=True),
        FlySecret(APP, "KEY", "odd-31f7", protect=True),
        IpAddress(APP, "v6", protect=True),
    ],
    ids=str,
)
def test_what_is_protected_goes_neither_alone_nor_with_its_app(api: Api, noun: Resource[Any]) -> None:
    api.ensure(APP if not isinstance(noun, App) else noun, noun)
    for nouns in ([noun], [APP, noun] if not isinstance(noun, App) else [noun]):
        with pytest.raises(errors.ProtectedError):
            api.destroy(*nouns, everything=True)


def test_the_world_is_the_same_after_every_refusal(api: Api, sim: FlySimulator) -> None:
    api.ensure(PROTECTED, SECRET)
    before = sim.snapshot()
    with pytest.raises(errors.ProtectedError):
        api.destroy(SECRET, PROTECTED)
    assert sim.snapshot() == before


@pytest.mark.parametrize("nouns", [[ONE], [APP]], ids=["alone", "with its app"])
def test_the_mark_of_a_machine_holds_while_its_host_is_dead(
    connect: Callable[..., Api], sim: FlySimulator, api: Api, nouns: list[Resource[Any]]
) -> None:
    api.ensure(PROTECTED)

    def lose_host(machine: dict[str, Any]) -> None:
        machine |= {"incomplete_config": machine.pop("config"), "host_status": "unreachable"}

    dead = connect(transport=Doctored(sim, lambda _, body: each_machine(body, lose_host)))
    with pytest.raises(errors.ProtectedError, match="machine web/one"):
        dead.destroy(*nouns, force=True, everything=True)


@pytest.mark.parametrize(
    "act",
    [
        lambda api: api.destroy(ONE),
        lambda api: api.destroy(APP),
        lambda api: api.destroy(APP, everything=True),
        lambda api: api.destroy(ONE, APP),
        lambda api: api.ensure(attrs.evolve(ONE, region="lhr"), replace=True),
    ],
    ids=["destroy", "its app", "its app with everything", "both", "replace"],
)
def test_a_machine_that_is_protected_after_the_look_stays(
    connect: Callable[..., Api], sim: FlySimulator, api: Api, act: Callable[[Api], object]
) -> None:
    before = api.ensure(ONE)[ONE].model
    reads = 0

    def protect_after_the_first(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        nonlocal reads
        reads += is_machine(body) or path.endswith("/machines")
        return each_machine(body, lambda each: each["config"]["metadata"].update(mark)) if reads > 1 else body

    mark = {"fly_resources.protected": "true"}
    with pytest.raises(errors.EnsureError) as caught:
        act(connect(transport=Doctored(sim, protect_after_the_first)))
    assert isinstance(caught.value.errors[0], errors.ProtectedError)
    assert re.match(r"(app web|machine web/one) was not destroyed: machine one", str(caught.value.errors[0]))
    seen = api.read(ONE)
    assert seen is not None
    assert (seen.id, seen.state) == (before.id, "started")


@pytest.mark.parametrize(
    ("described", "destroyed"),
    [
        (Machine(APP, "one", IMAGE, mounts={"/d": Volume(APP, "data", protect=True)}), APP),
        (Machine(attrs.evolve(APP, protect=True), "one", IMAGE), APP),
    ],
    ids=["a machine's volume", "a machine's app"],
)
def test_what_another_resource_refers_to_is_protected_too(
    api: Api, described: Machine, destroyed: Resource[Any]
) -> None:
    api.ensure(described)
    api.sent.clear()
    with pytest.raises(errors.ProtectedError):
        api.destroy(destroyed, described, everything=True)
    assert api.writes == []


def test_a_protected_volume_is_not_destroyed_by_its_id(api: Api) -> None:
    data = Volume(APP, "data", protect=True)
    made = api.ensure(data)[data].model
    with pytest.raises(errors.ProtectedError):
        api.destroy(Volume(APP, "data", id=made.id), data)
    assert api.read(data) is not None


def test_that_flyctls_machine_bears_no_mark_of_protection_is_said(api: Api, stranger: Stranger) -> None:
    release = {"fly_release_id": "r", "fly_release_version": "1"}
    api.ensure(APP)
    stranger.send("POST", "/apps/web/machines", {"name": "one", "config": {**IMAGE, "metadata": release}})
    told = "deployed by flyctl; protect=True is not recorded on it, which takes take_over=True"
    assert told in api.plan(attrs.evolve(PROTECTED, region=None))[ONE].notes
