"""Regions without room: the next of the list is tried, but never for a machine whose volume is elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault
from tests.flows.conftest import Stranger

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
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
    assert api.ensure(noun)[noun].model.region == "lhr"
    assert _asked(api) == ["iad", "ewr", "lhr"]
    assert not api.ensure(noun).changed


def test_the_first_with_room_is_the_only_one_asked(api: Api) -> None:
    api.sim.full_regions.add("ewr")
    noun = Machine(APP, "server", CONFIG, region="iad,ewr")
    assert api.ensure(noun)[noun].model.region == "iad"
    assert _asked(api) == ["iad"]


@pytest.mark.parametrize(("status", "body"), SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_of_no_room_leads_to_the_next_region(api: Api, status: int, body: dict[str, str]) -> None:
    api.sim.faults.add(Fault("status", operation="Machines_create", status=status, body={**body}))
    noun = Machine(APP, "server", CONFIG, region="iad,ewr")
    assert api.ensure(noun)[noun].model.region == "ewr"
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
    assert api.ensure(noun, address)[noun].model.region == "iad"


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
    assert api.ensure(noun)[noun].model.region == "iad"
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
    assert api.ensure(noun)[noun].model.region == "iad"
    assert not api.ensure(noun).changed


@pytest.mark.parametrize("region", ["ewr,iad", "na,ewr", "any"])
def test_a_machine_goes_where_its_volume_of_several_regions_is(api: Api, region: str) -> None:
    data = Volume(APP, "data", region=region)
    noun = Machine(APP, "server", CONFIG, mounts={"/data": data})
    report = api.ensure(noun)
    assert report[noun].model.region == report[data].model.region
    assert _asked(api) == [report[data].model.region]
    assert not api.ensure(noun).changed
    alike = Machine(APP, "server", CONFIG, mounts={"/data": data}, region=region)
    assert not api.ensure(alike).changed


def test_a_machine_with_a_volume_given_by_its_id_stays_where_that_is(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    pinned = Volume(APP, "data", id=stranger.create_volume("web", "data", region="lhr"))
    noun = Machine(APP, "server", CONFIG, mounts={"/data": pinned})
    assert api.ensure(noun)[noun].model.region == "lhr"
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
    assert api.ensure(noun)[noun].model.region in chosen
    api.sent.clear()
    assert not api.ensure(noun).changed
    assert not api.plan(noun, replace=True).changed
    assert api.writes == []


def test_without_a_region_the_service_chooses(api: Api) -> None:
    noun = Machine(App("web"), "server", CONFIG)
    api.sim.full_regions.add("iad")
    assert api.ensure(noun)[noun].model.region != "iad"
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


# Advice fits the cause.

DATA = Volume(APP, "data", size_gb=2)
DB = Machine(APP, "db", CONFIG, mounts={"/data": DATA})
NO_ROOM: Any = {"error": "insufficient resources to create new machine with existing volume 'vol_1'"}


def _refuse(api: Api, operation: str, status: int, body: dict[str, Any], times: int = 9) -> None:
    api.sim.faults.add(Fault("status", operation=operation, status=status, body=body, times=times))


def _cause(api: Api, *nouns: Any) -> errors.FlyError:  # noqa: ANN401  # any resource
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*nouns)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.FlyError)
    return cause


@pytest.mark.parametrize(("status", "body"), [(412, NO_ROOM), *SHAPES.values()], ids=["pinned", *SHAPES])
def test_beside_a_volume_that_this_run_has_made_the_error_names_it_and_no_other_region(
    api: Api, status: int, body: dict[str, str]
) -> None:
    _refuse(api, "Machines_create", status, {**body})
    text = str(_cause(api, DB))
    [row] = _volumes(api)
    for words in (row["id"], "created by this run", "billed (2 GB)", "destroy volume web/data"):
        assert words in text
    assert "another region" not in text
    again = str(_cause(api, DB))
    for words in (row["id"], "never mounted", "billed (2 GB)", "destroy volume web/data"):
        assert words in again


@pytest.mark.parametrize(("status", "body"), [(412, NO_ROOM), *SHAPES.values()], ids=["pinned", *SHAPES])
def test_beside_a_volume_with_data_a_restore_elsewhere_is_advised(
    api: Api, status: int, body: dict[str, str]
) -> None:
    api.ensure(DB)
    api.destroy(DB)
    _refuse(api, "Machines_create", status, {**body})
    text = str(_cause(api, DB))
    assert "snapshot_id=" in text
    assert "another region" not in text


def test_an_update_that_finds_no_room_is_not_advised_to_go_elsewhere(api: Api) -> None:
    noun = Machine(APP, "server", CONFIG)
    api.ensure(noun)
    _refuse(
        api, "Machines_update", 412, {"error": "unavailable: deploys to this host are temporarily disabled"}
    )
    cause = _cause(api, Machine(APP, "server", {"image": "nginx:1"}))
    assert isinstance(cause, errors.InsufficientCapacityError)
    assert "another region" not in str(cause)
    assert "replace=True" in str(cause)
    assert api.writes.count("Machines_update") == 1


def test_an_empty_refusal_says_that_no_reason_was_given(api: Api) -> None:
    api.sim.faults.add(Fault("status", operation="Machines_create", status=400, body=""))
    text = str(_cause(api, Machine(APP, "server", CONFIG)))
    assert "gave no reason" in text
    assert "Correct the value" not in text
    assert "[request 01" in text


# A volume that the service does not find.


def _volumes(api: Api) -> list[dict[str, Any]]:
    return Stranger(api.sim).list("/apps/web/volumes")


@pytest.mark.parametrize(
    "body", [{"error": "volume not found"}, {"error": "invalid_argument: volume does not exist"}]
)
def test_a_volume_that_is_listed_and_not_found_is_looked_for_again_and_called_lost(
    api: Api, body: dict[str, str]
) -> None:
    data = api.ensure(DATA)[DATA].model
    _refuse(api, "Machines_create", 400, {**body})
    api.sent.clear()
    cause = _cause(api, DB)
    assert isinstance(cause, errors.VolumeLostError)
    assert cause.volume_id == data.id
    for words in (data.id, "the list still shows it", "snapshot_id="):
        assert words in str(cause)
    assert "Correct the value" not in str(cause)
    assert [each.operation for each in api.sent].count("Volumes_list") == 2
    assert api.writes == ["Machines_create"]


def test_a_volume_that_has_gone_meanwhile_is_called_lost(connect: Callable[..., Api]) -> None:
    def take_away(event: Event) -> None:
        if event.resource == DB and event.stage == "started":
            Stranger(api.sim).send("DELETE", f"/apps/web/volumes/{_volumes(api)[0]['id']}")

    api = connect(on_event=take_away)
    api.ensure(DATA)
    cause = _cause(api, DB)
    assert isinstance(cause, errors.VolumeLostError)


def test_a_volume_that_this_run_has_made_may_be_unknown_for_a_moment(api: Api) -> None:
    _refuse(api, "Machines_create", 400, {"error": "volume not found"}, times=4)
    assert api.ensure(DB)[DB].changed


def test_a_restore_leaves_the_size_to_the_snapshot_unless_one_is_given(api: Api) -> None:
    large = Volume(APP, "data", size_gb=10)
    made = api.ensure(Machine(APP, "db", CONFIG, mounts={"/data": large}))[large].model
    stranger = Stranger(api.sim)
    stranger.send("POST", f"/apps/web/volumes/{made.id}/snapshots")
    api.clock.sleep(120.0)
    [snapshot] = stranger.list(f"/apps/web/volumes/{made.id}/snapshots")
    restored = Volume(APP, "restored", snapshot_id=snapshot["id"])
    assert api.ensure(restored)[restored].model.size_gb == 10
    assert not api.ensure(restored).changed
    larger = Volume(APP, "larger", snapshot_id=snapshot["id"], size_gb=12)
    assert api.ensure(larger)[larger].model.size_gb == 12
