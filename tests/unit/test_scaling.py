from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, Machine, Volume, scale
from fly_resources.errors import ConfigurationError

APP = App("web", primary_region="iad")
WEB = Machine(APP, "web", {"image": "x:1"}, mounts={"/data": Volume(APP, "data", size_gb=2)})


@given(st.integers(0, 20), st.integers(0, 20), st.lists(st.sampled_from(["iad", "lhr", "syd"]), max_size=3))
def test_a_lower_count_leaves_out_the_last_ones_and_changes_no_other(
    some: int, more: int, regions: list[str]
) -> None:
    few, many = (scale(WEB, count, regions=regions) for count in sorted((some, more)))
    assert [each.settings() for each in few] == [each.settings() for each in many[: len(few)]]
    disks = [volume for each in many for volume in each.mounts.values()]
    assert len(set(disks)) == len(set(many)) == max(some, more)


def test_the_first_is_the_machine_itself_so_that_nothing_is_replaced() -> None:
    assert scale(WEB, 1)[0].settings() == WEB.settings()


def test_machines_and_their_volumes_go_to_the_regions_in_turn() -> None:
    found = scale(WEB, 3, regions=["iad", "lhr"])
    assert [each.name for each in found] == ["web", "web-2", "web-3"]
    assert [each.region for each in found] == ["iad", "lhr", "iad"]
    assert [str(*each.mounts.values()) for each in found] == [
        "volume web/data/iad",
        "volume web/data_2/lhr",
        "volume web/data_3/iad",
    ]


@pytest.mark.parametrize("volume", ["vol_1", Volume(APP, "data", id="vol_1")])
def test_one_volume_cannot_be_mounted_by_two(volume: Volume | str) -> None:
    machine = Machine(APP, "web", {"image": "x:1"}, mounts={"/data": volume})
    assert len(scale(machine, 1)) == 1
    with pytest.raises(ConfigurationError, match="a volume by id"):
        scale(machine, 2)


@pytest.mark.parametrize("arguments", [(APP, 1), (WEB, -1), (WEB, True), (WEB, 1.0), (WEB, "2")])
def test_wrong_arguments_are_refused(arguments: tuple[Any, Any]) -> None:
    with pytest.raises(ConfigurationError, match="scale"):
        scale(*arguments)


def test_regions_are_a_list() -> None:
    with pytest.raises(ConfigurationError, match="must be a list"):
        scale(WEB, 2, regions="iad")
