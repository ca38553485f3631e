"""A machine whose config is missing from the answers is unknown, not empty (MA-45)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Machine, Volume, errors

from .doctored import Doctored, each_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx"})
CHANGED = Machine(APP, "server", {"image": "nginx", "env": {"A": "1"}})
STATEFUL = Machine(APP, "db", {"image": "postgres"}, mounts={"/data": DATA})

#: How an answer leaves the config out: with the host well, not stated, or with a partial config beside it.
OMISSIONS: dict[str, dict[str, Any]] = {
    "null": {"config": None},
    "empty": {"config": {}},
    "nulls": {"config": {"image": None, "env": None, "services": None}},
    "no host": {"config": None, "host_status": None},
    "incomplete": {"config": None, "host_status": "", "incomplete_config": {"image": "nginx"}},
}
omission = pytest.mark.parametrize("omitted", OMISSIONS.values(), ids=OMISSIONS.keys())


@pytest.fixture
def partial(connect: Callable[..., Api], sim: Any) -> Callable[..., Api]:  # noqa: ANN401 - the simulator
    """Make clients that see machines partially: all, or only in lists, or only from some moment on."""

    def make(omitted: dict[str, Any], *, lists_only: bool = False, only: str | None = None) -> Api:
        def leave_out(machine: dict[str, Any]) -> None:
            if only in {None, machine["name"]}:
                machine.update(omitted)

        def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
            return body if lists_only and not path.endswith("/machines") else each_machine(body, leave_out)

        return connect(transport=Doctored(sim, change))

    return make


def _blocked(api: Api, *resources: Any, **options: Any) -> errors.UnreadableMachineError:  # noqa: ANN401
    """Make sure that nothing is written and why is said."""
    api.sent.clear()
    with pytest.raises(errors.EnsureError, match="leaves out its config") as caught:
        api.ensure(*resources, **options)
    assert api.writes == []
    [first, *_] = caught.value.errors
    assert isinstance(first, errors.UnreadableMachineError)
    return first


@omission
def test_a_config_that_only_the_list_leaves_out_is_read_by_id(
    api: Api, partial: Callable[..., Api], omitted: dict[str, Any]
) -> None:
    api.ensure(SERVER)
    other = partial(omitted, lists_only=True)
    other.sent.clear()

    assert not other.plan(SERVER).changed
    assert [each.operation for each in other.sent] == ["Apps_show", "Machines_list", "Machines_show"]
    assert not other.ensure(SERVER).changed
    assert other.ensure(CHANGED)[CHANGED].changed


@omission
def test_a_config_that_is_left_out_for_good_blocks_its_machine(
    api: Api, partial: Callable[..., Api], omitted: dict[str, Any]
) -> None:
    api.ensure(SERVER)
    other = partial(omitted)

    step = other.plan(CHANGED)[CHANGED]

    assert step.action == "blocked"
    assert "leaves out its config" in step.notes[0]
    _blocked(other, CHANGED)


def test_others_go_on_without_it(api: Api, partial: Callable[..., Api]) -> None:
    twin, far = attrs.evolve(CHANGED, name="twin"), Machine(App("far"), "server", {"image": "nginx"})
    api.ensure(SERVER, attrs.evolve(SERVER, name="twin"))

    with pytest.raises(errors.EnsureError) as caught:
        partial({"config": None}, only="server").ensure(CHANGED, twin, far)

    assert [type(each) for each in caught.value.errors] == [errors.UnreadableMachineError]
    report = caught.value.report
    assert (report[twin].changed, report[far].changed) == (True, True)
    assert api.plan(CHANGED, twin, far)[CHANGED].action == "update"


@pytest.mark.parametrize("replace", [False, True])
def test_what_it_mounts_is_unknown_so_it_is_never_made_again(
    api: Api, partial: Callable[..., Api], *, replace: bool
) -> None:
    api.ensure(STATEFUL)

    _blocked(partial({"config": None}), STATEFUL, replace=replace)

    assert not api.plan(STATEFUL).changed


def test_no_volume_is_made_for_a_machine_that_may_mount_one(api: Api, partial: Callable[..., Api]) -> None:
    api.ensure(Machine(APP, "db", {"image": "postgres"}))
    other = partial({"config": None})

    assert "may have one already" in other.plan(STATEFUL)[DATA].notes[0]
    _blocked(other, STATEFUL)
    # of a machine that is not to mount it, nothing has to be known
    assert other.ensure(DATA)[DATA].changed


def test_the_volume_that_is_attached_to_it_is_the_one_that_it_mounts(
    api: Api, partial: Callable[..., Api], stranger: Stranger
) -> None:
    made = api.ensure(STATEFUL)[DATA].model
    stranger.create_volume("web", "data")

    step = partial({"config": None}).plan(STATEFUL)[DATA]

    assert (step.action, step.observed and step.observed.id) == ("none", made.id)


def test_it_is_not_pruned(api: Api, partial: Callable[..., Api]) -> None:
    api.ensure(SERVER, attrs.evolve(SERVER, name="old"))
    other = partial({"config": None}, only="old")

    assert not other.ensure(SERVER, prune=True).changed
    assert [str(step.resource) for step in api.plan(SERVER, prune=True) if step.changed] == [
        "machine web/old"
    ]


def test_its_app_is_not_destroyed_while_nobody_knows_whose_it_is(
    api: Api, partial: Callable[..., Api]
) -> None:
    api.ensure(SERVER)
    other = partial({"config": None})
    other.sent.clear()

    with pytest.raises(errors.UnreadableMachineError, match="everything=True") as caught:
        other.destroy(APP)

    assert "machine server" in str(caught.value)
    assert other.writes == []


@pytest.mark.parametrize(
    ("resources", "options"), [((APP,), {"everything": True}), ((APP, SERVER), {})], ids=["all", "named"]
)
def test_its_app_goes_when_that_is_what_was_asked_for(
    api: Api, partial: Callable[..., Api], resources: tuple[Any, ...], options: dict[str, bool]
) -> None:
    api.ensure(SERVER)

    assert partial({"config": None}).destroy(*resources, **options)[APP].changed

    assert api.sim.snapshot()["apps"] == {}


def test_a_config_that_goes_missing_before_the_write_stops_it(
    api: Api,
    connect: Callable[..., Api],
    sim: Any,  # noqa: ANN401 - the simulator
) -> None:
    api.ensure(SERVER)

    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path.endswith("/machines"):
            return body
        return each_machine(body, lambda machine: machine.update(config=None))

    other = connect(transport=Doctored(sim, change))
    assert other.plan(CHANGED)[CHANGED].action == "update"
    other.sent.clear()

    with pytest.raises(errors.EnsureError, match="leaves out its config"):
        other.ensure(CHANGED)

    assert set(other.writes) <= {"Machines_create_lease", "Machines_release_lease"}


def test_a_machine_of_a_lost_host_is_not_read_by_id_for_its_config(api: Api, sim: Any) -> None:  # noqa: ANN401
    api.ensure(SERVER)
    sim.set_host_status("web", "server", "unreachable")
    api.sent.clear()

    assert "its host is unreachable" in api.plan(SERVER)[SERVER].notes[0]
    assert [each.operation for each in api.sent] == ["Apps_show", "Machines_list"]
