"""Volumes of one name whose regions overlap: each description has a disk of its own (rule 7, VO-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Machine, Volume, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
EU, US = Volume(APP, "data", region="eu"), Volume(APP, "data", region="us")
OVERLAPS = [("eu", "us"), ("iad,ewr", "ewr,iad"), ("fra,iad", "iad,fra"), ("iad", "any"), ("ams", "eu")]


def _disks(api: Api) -> list[tuple[str, int]]:
    state: Any = api.sim.snapshot()["apps"]
    return sorted((each["region"], each["size_gb"]) for each in state["web"]["volumes"])


def _pair(regions: tuple[str, str]) -> list[Volume]:
    return [Volume(APP, "data", region=each) for each in regions]


@pytest.mark.parametrize("regions", OVERLAPS, ids="+".join)
def test_each_has_a_disk_of_its_own_and_none_is_a_surplus(api: Api, regions: tuple[str, str]) -> None:
    nouns = _pair(regions)
    made = api.ensure(*nouns)
    assert "Volume_delete" not in api.writes
    assert len({made[noun].model.id for noun in nouns}) == 2
    api.sent.clear()
    again = api.ensure(*nouns[::-1])
    assert not again.changed
    assert {again[noun].model.id for noun in nouns} == {made[noun].model.id for noun in nouns}
    assert api.writes == []


@pytest.mark.parametrize("regions", OVERLAPS, ids="+".join)
def test_none_is_a_surplus_where_the_answers_were_lost(api: Api, regions: tuple[str, str]) -> None:
    api.ensure(APP)
    api.sim.faults.add(Fault("reset_after", operation="Volumes_create", times=2))
    made = api.ensure(*_pair(regions))
    assert len({made[noun].model.id for noun in _pair(regions)}) == 2
    assert len(_disks(api)) == 2
    assert api.writes == ["Apps_create", "Volumes_create", "Volumes_create"]


@pytest.mark.parametrize("regions", OVERLAPS, ids="+".join)
def test_a_disk_is_taken_for_the_description_that_is_closest(api: Api, regions: tuple[str, str]) -> None:
    near, far = _pair(regions)
    api.ensure(APP)
    there = api.ensure(near)[near].model
    plan = api.plan(far, near)
    assert [plan[noun].action for noun in (near, far)] in (["none", "create"], ["create", "none"])
    if regions != ("eu", "us"):
        assert api.ensure(far, near)[near].model.id == there.id
        assert len(_disks(api)) == 2


def test_no_disk_grows_in_anothers_place(api: Api) -> None:
    nouns = [EU, attrs.evolve(US, size_gb=10)]
    api.ensure(*nouns)
    assert _disks(api) == [("ams", 3), ("dfw", 10)]
    for given in (nouns, nouns[::-1]):
        assert not api.ensure(*given).changed


def test_what_a_machine_mounts_is_its_volumes_and_no_others(api: Api) -> None:
    machines = [
        Machine(APP, noun.where, {"image": "nginx:alpine"}, mounts={"/data": noun}) for noun in (EU, US)
    ]
    made = api.ensure(*machines)
    again = api.ensure(*machines[::-1])
    assert not again.changed
    assert all(again[noun].model.id == made[noun].model.id for noun in (EU, US))
    assert api.plan(*machines)[EU].notes == ()


def test_a_plan_says_what_is_taken_for_a_word_for_several_regions(api: Api) -> None:
    there = api.ensure(Volume(APP, "data"))
    [disk] = [each.model for each in there if isinstance(each.resource, Volume)]
    assert api.plan(EU)[EU].notes == (f"{disk.id} in iad counts as eu",)


def test_what_only_a_word_for_several_regions_fits_is_never_deleted_on_its_own(api: Api) -> None:
    api.ensure(Volume(APP, "data"))
    api.sent.clear()
    for destroy in (lambda: api.plan(EU, destroy=True), lambda: api.destroy(EU)):
        with pytest.raises(errors.AmbiguousMatchError, match=r"vol_\w+ in iad may be the one.*id="):
            destroy()
    assert api.writes == []
    listed = Volume(APP, "data", region="eu,iad")
    assert api.destroy(listed)[listed].changed


def test_it_goes_with_the_machine_that_mounts_it_or_with_its_app(api: Api) -> None:
    machine = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": EU})
    api.ensure(machine)
    assert api.destroy(machine, EU)[EU].changed
    assert _disks(api) == []
    api.ensure(Volume(APP, "data"))
    kept = api.plan(APP, EU, destroy=True)[EU]
    assert kept.observed is not None
    assert kept.notes == ("its data is lost", f"{kept.observed.id} in iad counts as eu")
    assert api.destroy(APP, EU)[EU].changed
    assert api.sim.snapshot() == {"apps": {}}


def test_several_that_fit_one_description_are_ambiguous_still(api: Api, stranger: Stranger) -> None:
    api.ensure(EU, US)
    third = stranger.create_volume("web", "data", region="iad")
    with pytest.raises(errors.AmbiguousMatchError) as caught:
        api.plan(EU, US)
    assert third in caught.value.candidates
    pinned = attrs.evolve(US, id=third)
    assert not api.ensure(EU, US, pinned).changed
