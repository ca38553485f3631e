"""A plan that was saved is carried out as it was seen, or not at all."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Plan, Secret, Volume, errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fly_resources.resources import Resource
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
HIDDEN = "odd-5c81-value"
DATA = Volume(APP, "data", size_gb=10)
SERVER = Machine(
    APP, "server", {"image": "registry/app:1", "env": {"A": "1", "B": Secret(HIDDEN)}}, mounts={"/data": DATA}
)
STACK = [
    APP,
    FlySecret(APP, "KEY", HIDDEN),
    DATA,
    SERVER,
    Certificate(APP, "www.example.com"),
    IpAddress(APP, "v6"),
    FlySecret.absent(APP, "OLD"),
]


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    return connect()


def _saved(api: Api, path: Path, *nouns: Resource[Any], **options: bool) -> Plan:
    api.whole_plan(*nouns, **options).save(path)
    return Plan.load(path)


def test_a_saved_plan_says_the_same_and_holds_no_secret(api: Api, tmp_path: Path) -> None:
    for _ in range(2):
        plan, loaded = api.plan(*STACK), _saved(api, tmp_path / "plan", *STACK)
        assert str(loaded) == str(plan)
        assert (loaded.changed, loaded.writes) == (plan.changed, plan.writes)
        assert all(loaded[noun].action == plan[noun].action for noun in STACK)
        assert HIDDEN not in (tmp_path / "plan").read_text(encoding="utf-8")
        assert (tmp_path / "plan").stat().st_mode & 0o777 == 0o600
        assert api.ensure(*STACK, plan=loaded).changed is plan.changed


def test_a_file_that_exists_becomes_readable_by_its_owner_only(api: Api, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_text("public", encoding="utf-8")
    path.chmod(0o644)
    link = tmp_path / "link"
    link.symlink_to(path)
    api.plan(*STACK).save(link)
    assert path.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()
    assert Plan.load(path).writes


@pytest.mark.parametrize("saves", [True, False], ids=["saved", "in memory"])
def test_a_plan_is_carried_out_with_the_owner_and_force_that_it_was_made_with(
    connect: Callable[..., Api], tmp_path: Path, *, saves: bool
) -> None:
    first = connect(owner="first")
    second = connect(first.sim, owner="second")

    def kept(plan: Plan) -> Plan:
        plan.save(tmp_path / "plan")
        return Plan.load(tmp_path / "plan") if saves else copy.deepcopy(plan)

    plan = kept(first.plan(*STACK))
    second.sent.clear()
    with pytest.raises(
        errors.StalePlanError, match=r"made with owner='first', and this call has owner='second'"
    ):
        second.ensure(*STACK, plan=plan)
    assert second.writes == []
    first.ensure(*STACK, plan=plan)
    plan = kept(first.plan(SERVER, destroy=True))
    first.sent.clear()
    with pytest.raises(errors.StalePlanError, match=r"made with force=False, and this call has force=True"):
        second.destroy(SERVER, plan=plan, force=True)
    assert second.writes == []
    second.destroy(SERVER, plan=plan)  # whoever destroys marks nothing


def test_a_world_that_has_changed_is_named_and_nothing_is_written(api: Api, tmp_path: Path) -> None:
    api.ensure(*STACK)
    better = attrs.evolve(SERVER, config={"image": "registry/app:2"})
    plan = _saved(api, tmp_path / "plan", better)
    api.ensure(attrs.evolve(SERVER, config={"image": "registry/app:3"}))
    api.sent.clear()
    with pytest.raises(errors.StalePlanError, match="machine web/server") as caught:
        api.ensure(better, plan=plan)
    assert api.writes == []
    assert len(caught.value.differences) == 1


def test_a_description_that_has_changed_since_is_another_plan(api: Api, tmp_path: Path) -> None:
    plan = _saved(api, tmp_path / "plan", *STACK)
    other = attrs.evolve(SERVER, config={"image": "registry/app:1", "env": {"A": "2", "B": Secret(HIDDEN)}})
    with pytest.raises(errors.StalePlanError, match=r"config\.env\.A"):
        api.ensure(*STACK[:3], other, *STACK[4:], plan=plan)
    assert api.writes == []


def test_a_plan_to_destroy_takes_no_more_than_it_showed(api: Api, tmp_path: Path) -> None:
    api.ensure(*STACK)
    plan = _saved(api, tmp_path / "plan", APP, destroy=True, everything=True)
    api.ensure(Volume(APP, "more"))
    api.sent.clear()
    with pytest.raises(errors.StalePlanError, match="volume more"):
        api.destroy(APP, plan=plan, everything=True)
    assert api.writes == []


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "[" * 100_000, '{"fly_resources_plan": 2}', '{"fly_resources_plan": 1}', "\udcff"],
)
def test_what_is_no_saved_plan_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "plan"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(errors.ConfigurationError, match="is not a plan"):
        Plan.load(file)
    with pytest.raises(errors.ConfigurationError, match="cannot be read"):
        Plan.load(tmp_path / "none")
    with pytest.raises(errors.ConfigurationError, match="cannot be saved"):
        Plan(()).save(tmp_path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(("was", "written"), [('"create"', '"erase"'), ('"path": "name"', '"path": []')])
def test_a_step_that_cannot_be_is_refused(api: Api, tmp_path: Path, was: str, written: str) -> None:
    path = tmp_path / "plan"
    api.plan(APP).save(path)
    path.write_text(path.read_text(encoding="utf-8").replace(was, written), encoding="utf-8")
    with pytest.raises(errors.ConfigurationError, match="is not a plan"):
        Plan.load(path)


@given(field=st.sampled_from(["steps", "unreadable", "unmanaged", "held", "notes", "options"]), value=_JSON)
def test_a_damaged_plan_is_refused_or_read_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, field: str, value: object
) -> None:
    file = tmp_path_factory.getbasetemp() / "damaged"
    Plan(()).save(file)
    document = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**document, field: value}), encoding="utf-8")
    try:
        loaded = Plan.load(file)
    except errors.ConfigurationError:
        return
    assert str(loaded).startswith("Plan: ")
    assert all(isinstance(things, dict) for things in loaded.held.values())
