"""What a machine mounts stays mounted, in whatever form it was declared (LC-16, LC-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest

from fly_resources import App, Machine, Volume, errors
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
PLAIN = Machine(APP, "server", {"image": "nginx"})
BY_NAME = Machine(APP, "server", {"image": "nginx", "mounts": [{"volume": "data", "path": "/data"}]})


def _by_id(volume: str, path: str = "/data", **growth: int) -> Machine:
    return Machine(
        APP,
        "server",
        cast("MachineConfigDict", {"image": "nginx", "mounts": [{"volume": volume, "path": path, **growth}]}),
    )


def _mount(api: Api) -> dict[str, Any]:
    machine = api.read(PLAIN)
    assert machine
    [mount] = machine.to_dict()["config"]["mounts"]
    return dict(mount)


@pytest.fixture
def disk(api: Api, stranger: Stranger) -> str:
    api.ensure(APP)
    return stranger.create_volume("web", "data")


@pytest.mark.parametrize("form", ["id", "name"])
def test_mounts_in_the_config_are_found_again(api: Api, disk: str, form: str) -> None:
    noun = _by_id(disk) if form == "id" else BY_NAME
    assert api.ensure(noun)[noun].action == "create"
    again = api.ensure(noun)
    assert again[noun].action == "none"


@pytest.mark.parametrize(
    "after",
    [PLAIN, attrs.evolve(PLAIN, mounts={"/data": Volume(APP, "data")}), BY_NAME],
    ids=["undeclared", "a Volume", "its name"],
)
def test_another_form_or_none_leaves_the_disk_where_it_is(api: Api, disk: str, after: Machine) -> None:
    api.ensure(_by_id(disk))
    api.sent.clear()
    assert not api.ensure(after)[after].changed
    assert api.writes == []
    config: Any = after.config
    updated = attrs.evolve(after, config=cast("MachineConfigDict", {**config, "env": {"A": "1"}}))
    assert api.ensure(updated)[updated].action == "update"
    assert _mount(api)["volume"] == disk


@pytest.mark.parametrize("behaviour", [Behaviour(keep_old_mount=True), Behaviour(keep_old_mount=False)])
def test_another_volume_or_path_is_refused_whatever_the_service_would_do(
    connect: Callable[..., Api], clock: VirtualClock, behaviour: Behaviour
) -> None:
    world = FlySimulator(clock=clock, behaviour=behaviour)
    api = connect(world)
    first, second = Volume(APP, "first"), Volume(APP, "second")
    api.ensure(first, second)
    ids = [model.id for noun in (first, second) if (model := api.read(noun))]
    api.ensure(_by_id(ids[0]))
    api.sent.clear()
    for other in (_by_id(ids[1]), _by_id(ids[0], path="/srv"), _without_mounts()):
        for verb in (api.plan, api.ensure):
            with pytest.raises(errors.ImmutableFieldError, match="mounts"):
                verb(other)
    assert api.writes == []


def _without_mounts() -> Machine:
    return Machine(APP, "server", {"image": "nginx", "mounts": []})


def test_how_a_volume_grows_by_itself_changes_in_place(api: Api, disk: str) -> None:
    api.ensure(_by_id(disk, extend_threshold_percent=80))
    noun = _by_id(disk, extend_threshold_percent=90, add_size_gb=1)
    assert {str(change) for change in api.plan(noun)[noun].changes} == {
        "config.mounts[0].extend_threshold_percent: 80 -> 90",
        "config.mounts[0].add_size_gb: (none) -> 1",
    }
    api.ensure(noun)
    assert (_mount(api)["extend_threshold_percent"], _mount(api)["volume"]) == (90, disk)
    api.ensure(_by_id(disk))
    assert "extend_threshold_percent" not in _mount(api)
    assert _mount(api)["volume"] == disk


def test_how_it_grows_can_be_said_beside_a_volume(api: Api) -> None:
    config: MachineConfigDict = {"image": "nginx", "mounts": [{"extend_threshold_percent": 80}]}
    noun = Machine(APP, "server", config, mounts={"/data": Volume(APP, "data")})
    api.ensure(noun)
    assert (_mount(api)["name"], _mount(api)["extend_threshold_percent"]) == ("data", 80)
    assert not api.ensure(noun).changed


def test_two_machines_cannot_mount_one_volume_in_any_form(api: Api, disk: str) -> None:
    other = Machine(APP, "other", {"image": "nginx"}, mounts={"/data": disk})
    with pytest.raises(errors.ConfigurationError, match="cannot both mount"):
        api.ensure(_by_id(disk), other)


@pytest.mark.parametrize(
    ("mounts", "beside", "said"),
    [
        ([{"path": "/a", "volume": "vol_1"}], {"/a": "vol_1"}, "not both"),
        ([{"path": "/b"}], {"/a": "vol_1"}, "not both"),
        ([], {"/a": "vol_1"}, "not both"),
        ([{"path": "/a"}], {}, "a path and a volume"),
        ([{"volume": "vol_1"}], {}, "a path and a volume"),
        ([{"path": "/a", "volume": "vol_1", "size_gb": 3}], {}, "size_gb, which belong to the volume"),
        ([{"path": "/a", "volume": "x"}, {"path": "/b", "volume": "y"}], {}, "one mount"),
    ],
)
def test_mounts_that_make_no_sense_are_refused_before_any_request(
    api: Api, mounts: list[dict[str, Any]], beside: dict[str, str], said: str
) -> None:
    noun = Machine(
        APP, "server", cast("MachineConfigDict", {"image": "nginx", "mounts": mounts}), mounts=beside
    )
    with pytest.raises(errors.ConfigurationError, match=said):
        api.plan(noun)
    assert api.sent == []
