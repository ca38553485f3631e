"""Regions without room: the next of the list is tried, but never for a machine whose volume is elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CONFIG = {"image": "nginx:alpine"}
#: The shapes in which the service says that there is no room (MA-28, MA-29), and what proxies make of them.
SHAPES: dict[str, tuple[int, dict[str, str]]] = {
    "no host": (422, {"error": "could not find a candidate host", "status": "insufficient_capacity"}),
    "no memory": (
        409,
        {
            "error": "aborted: could not reserve resource for machine: "
            "insufficient memory available to fulfill request"
        },
    ),
    "no capacity": (409, {"error": "aborted: no capacity"}),
    "unavailable": (503, {"error": "insufficient resources available", "status": "insufficient_capacity"}),
    "host is closed": (412, {"error": "deploys to this host are temporarily disabled"}),
}


def _asked(api: Api) -> list[str | None]:
    return [json.loads(each.body).get("region") for each in api.sent if each.operation == "Machines_create"]


def _machines(api: Api) -> list[dict[str, Any]]:
    state: Any = api.sim.snapshot()["apps"]
    found: list[dict[str, Any]] = state["web"]["machines"]
    return found


def test_the_regions_are_tried_in_their_order(api: Api) -> None:
    api.sim.full_regions.update({"iad", "ewr"})
    noun = Machine(APP, "server", CONFIG, region="iad,ewr,lhr,syd")
    assert api.ensure(noun)[noun].resource.region == "lhr"
    assert _asked(api) == ["iad", "ewr", "lhr"]
    assert not api.ensure(noun).changed


def test_the_first_with_room_is_the_only_one_asked(api: Api) -> None:
    api.sim.full_regions.add("ewr")
    noun = Machine(APP, "server", CONFIG, region="iad,ewr")
    assert api.ensure(noun)[noun].resource.region == "iad"
    assert _asked(api) == ["iad"]


@pytest.mark.parametrize(("status", "body"), SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_of_no_room_leads_to_the_next_region(api: Api, status: int, body: dict[str, str]) -> None:
    api.sim.faults.add(Fault("status", operation="Machines_create", status=status, body={**body}))
    noun = Machine(APP, "server", CONFIG, region="iad,ewr")
    assert api.ensure(noun)[noun].resource.region == "ewr"
    assert _asked(api) == ["iad", "ewr"]


@pytest.mark.parametrize(("status", "body"), SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_of_no_room_is_an_error_of_its_kind(api: Api, status: int, body: dict[str, str]) -> None:
    api.sim.faults.add(Fault("status", operation="Machines_create", status=status, body={**body}))
    noun = Machine(APP, "server", CONFIG, region="iad")
    with pytest.raises(errors.EnsureError, match="Try another region") as caught:
        api.ensure(noun)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.InsufficientCapacityError)
    assert cause.tried == ("iad",)
    assert not cause.maybe_applied
    assert _asked(api) == ["iad"]


def test_the_error_lists_what_was_tried_and_the_rest_is_done(api: Api) -> None:
    api.sim.full_regions.update({"iad", "ewr"})
    noun, address = Machine(APP, "server", CONFIG, region="iad,ewr"), IpAddress(APP, "v6")
    with pytest.raises(errors.EnsureError, match="Tried: iad, ewr") as caught:
        api.ensure(noun, address)
    cause = caught.value.report[noun].error
    assert isinstance(cause, errors.InsufficientCapacityError)
    assert cause.tried == ("iad", "ewr")
    assert caught.value.report[address].changed

    api.sim.full_regions.clear()
    assert api.ensure(noun, address)[noun].resource.region == "iad"


def test_another_refusal_does_not_lead_to_the_next_region(api: Api) -> None:
    api.sim.faults.add(
        Fault("status", operation="Machines_create", status=422, body={"error": "no such image"})
    )
    with pytest.raises(errors.EnsureError, match="no such image"):
        api.ensure(Machine(APP, "server", CONFIG, region="iad,ewr"))
    assert _asked(api) == ["iad"]


def test_a_lost_answer_does_not_lead_to_the_next_region(api: Api) -> None:
    api.sim.faults.add(Fault("reset_after", operation="Machines_create"))
    noun = Machine(APP, "server", CONFIG, region="iad,ewr")
    assert api.ensure(noun)[noun].resource.region == "iad"
    assert _asked(api) == ["iad"]
    assert len(_machines(api)) == 1


def test_a_machine_with_a_volume_stays_where_that_is(api: Api) -> None:
    data = Volume(APP, "data")
    noun = Machine(APP, "server", CONFIG, mounts={"/data": data}, region="iad,ewr")
    api.ensure(data)
    api.sim.full_regions.add("iad")
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.InsufficientCapacityError)
    assert cause.tried == ("iad",)
    assert _asked(api) == ["iad"]
    api.sim.full_regions.clear()
    assert api.ensure(noun)[noun].resource.region == "iad"
    assert not api.ensure(noun).changed


@pytest.mark.parametrize("region", ["ewr,iad", "na,ewr", "any"])
def test_a_machine_goes_where_its_volume_of_several_regions_is(api: Api, region: str) -> None:
    data = Volume(APP, "data", region=region)
    noun = Machine(APP, "server", CONFIG, mounts={"/data": data})
    report = api.ensure(noun)
    assert report[noun].resource.region == report[data].resource.region
    assert _asked(api) == [report[data].resource.region]
    assert not api.ensure(noun).changed
    alike = Machine(APP, "server", CONFIG, mounts={"/data": data}, region=region)
    assert not api.ensure(alike).changed


def test_a_machine_with_a_volume_given_by_its_id_stays_where_that_is(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    pinned = Volume(APP, "data", id=stranger.create_volume("web", "data", region="lhr"))
    noun = Machine(APP, "server", CONFIG, mounts={"/data": pinned})
    assert api.ensure(noun)[noun].resource.region == "lhr"
    assert not api.ensure(noun).changed


@pytest.mark.parametrize(
    ("asked", "full", "chosen"),
    [
        ("eu", set(), {"ams"}),
        ("eu", {"ams"}, {"arn"}),
        ("lhr,eu", {"lhr"}, {"ams"}),
        ("us,eu", set(), {"dfw"}),
        ("any", {"iad"}, {"ams", "bom", "arn"}),
    ],
)
def test_a_region_alias_is_satisfied_by_what_the_service_chose(
    api: Api, asked: str, full: set[str], chosen: set[str]
) -> None:
    api.sim.full_regions.update(full)
    noun = Machine(APP, "server", CONFIG, region=asked)
    assert api.ensure(noun)[noun].resource.region in chosen
    api.sent.clear()
    assert not api.ensure(noun).changed
    assert not api.plan(noun, replace=True).changed
    assert api.writes == []


def test_without_a_region_the_service_chooses(api: Api) -> None:
    noun = Machine(App("web"), "server", CONFIG)
    api.sim.full_regions.add("iad")
    assert api.ensure(noun)[noun].resource.region != "iad"
    assert _asked(api) == [None]
    assert not api.ensure(noun).changed


def test_without_room_for_a_larger_guest_the_machine_stays_as_it_is(api: Api) -> None:
    noun = Machine(APP, "server", CONFIG)
    api.ensure(noun)
    api.sim.full_regions.add("iad")
    larger = Machine(APP, "server", {**CONFIG, "guest": {"cpu_kind": "shared", "cpus": 4, "memory_mb": 1024}})
    [before] = _machines(api)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(larger)
    assert isinstance(caught.value.__cause__, errors.InsufficientCapacityError)
    assert _machines(api) == [before]
    api.sim.full_regions.clear()
    assert api.ensure(larger)[larger].changed
