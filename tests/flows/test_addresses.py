"""Addresses are told from what the answers say, and never made twice (IP-2, IP-5, IP-6)."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, AsyncFly, IpAddress, Report, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api, Stranger

APP = App("web")
PAIR = IpAddress(APP, "egress_pair")
V4 = IpAddress(APP, "v4")
KINDS = ("v4", "shared_v4", "v6", "private_v6", "egress_v4", "egress_v6", "egress_pair")


def _types(api: Api, app: str = "web") -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    return sorted(each["type"] for each in state[app]["ips"])


def _networks(api: Api, app: str = "web") -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    return sorted(str(each["network"]) for each in state[app]["ips"])


def _allocate(stranger: Stranger, kind: str, **more: object) -> str:
    return str(stranger.send("POST", "/apps/web/ip_assignments", {"type": kind, **more})["ip"])


@pytest.fixture
def web(api: Api) -> Api:
    api.ensure(APP)
    api.sent.clear()
    return api


def test_every_kind_is_made_once_beside_all_others(api: Api) -> None:
    nouns = [IpAddress(APP, kind) for kind in KINDS]
    report = api.ensure(*nouns)
    assert all(report[noun].changed for noun in nouns)
    assert _types(api) == sorted([*KINDS[:-1], "egress_v4", "egress_v6"])
    api.sent.clear()
    again = api.ensure(*nouns)
    assert not again.changed
    assert api.writes == []
    found = [again[noun].model.ip for noun in nouns]
    assert len(set(found)) == len(nouns)


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_tool_made_is_adopted(web: Api, stranger: Stranger, kind: str) -> None:
    ip = _allocate(stranger, kind)
    noun = IpAddress(APP, kind)
    assert web.ensure(noun)[noun].model.ip == ip
    assert not web.ensure(noun).changed


@pytest.mark.parametrize("missing", ["egress_v4", "egress_v6"])
def test_of_a_pair_only_the_missing_half_is_made(web: Api, stranger: Stranger, missing: str) -> None:
    there = "egress_v6" if missing == "egress_v4" else "egress_v4"
    ip = _allocate(stranger, there)
    [change] = web.plan(PAIR)[PAIR].changes
    assert change.after == missing
    assert web.ensure(PAIR)[PAIR].model.ip == ip
    assert _types(web) == ["egress_v4", "egress_v6"]
    assert not web.ensure(PAIR).changed


def test_a_pair_and_a_single_one_share_nothing(api: Api) -> None:
    single = IpAddress(APP, "egress_v4")
    api.ensure(PAIR)
    assert api.ensure(PAIR, single)[single].changed
    assert _types(api) == ["egress_v4", "egress_v4", "egress_v6"]
    assert not api.ensure(single, PAIR).changed
    assert api.destroy(single, PAIR).changed
    assert _types(api) == []


def test_one_address_does_not_stand_for_two(web: Api, stranger: Stranger) -> None:
    here, there = IpAddress(APP, "v4", region="iad"), IpAddress(APP, "v4", region="lhr")
    anywhere = IpAddress(APP, "v4")
    _allocate(stranger, "v4")
    plan = web.plan(anywhere, here, there)
    assert sorted(step.action for step in plan if isinstance(step.resource, IpAddress)) == [
        "create",
        "create",
        "none",
    ]
    web.ensure(anywhere, here, there)
    assert _types(web) == ["v4"] * 3
    for order in itertools.permutations((anywhere, here, there)):
        assert not web.ensure(*order).changed


def test_one_whose_answer_confirms_it_comes_before_one_that_merely_could_be_it(
    web: Api, stranger: Stranger
) -> None:
    silent, london = _allocate(stranger, "v4"), _allocate(stranger, "v4", region="lhr")
    there = IpAddress(APP, "v4", region="lhr")
    report = web.ensure(V4, there)
    assert (report[V4].model.ip, report[there].model.ip) == (silent, london)
    assert not report.changed
    assert web.destroy(there)[there].model.ip == london
    assert web.ensure(V4)[V4].model.ip == silent


@pytest.mark.parametrize("region", ["eu", "lhr,ams", "any"])
def test_several_regions_are_satisfied_by_the_one_that_the_service_chose(
    web: Api, stranger: Stranger, region: str
) -> None:
    noun = attrs.evolve(V4, region=region)
    there = _allocate(stranger, "v4", region="ams")
    web.sent.clear()
    assert web.ensure(noun)[noun].model.ip == there
    exact = attrs.evolve(V4, region="ams")
    assert web.plan(noun)[noun].notes == (() if "," in region else (f"{there} in ams counts as {region}",))
    assert web.writes == []
    report = web.ensure(noun, exact)
    assert (report[exact].changed, report[noun].changed) == (False, True)


def test_what_only_a_word_for_several_regions_fits_is_not_released_on_its_own(
    web: Api, stranger: Stranger
) -> None:
    noun = attrs.evolve(V4, region="eu")
    there = _allocate(stranger, "v4", region="iad")
    web.sent.clear()
    with pytest.raises(errors.AmbiguousMatchError, match="only through a region alias") as caught:
        web.destroy(noun)
    assert caught.value.candidates == (there,)
    assert web.writes == []
    assert web.destroy(APP, noun)[noun].changed


@pytest.mark.parametrize("stated", [None, "", "global"])
@pytest.mark.parametrize("noun", [V4, attrs.evolve(V4, region="iad")], ids=["anywhere", "in iad"])
def test_a_region_that_the_answer_leaves_out_makes_no_surplus(
    web: Api, noun: IpAddress, stated: str | None
) -> None:
    made = web.ensure(noun)[noun].model
    listed: Any = {
        "ips": [{"ip": made.ip, "region": stated, "service_name": stated and None, "shared": False}]
    }
    web.sim.faults.add(Fault("status", operation="App_IPAssignments_list", status=200, body=listed))
    assert web.plan(noun)[noun].action == "none"


def test_an_app_has_one_shared_address_whatever_is_wished(web: Api, stranger: Stranger) -> None:
    _allocate(stranger, "shared_v4", region="iad")
    noun = IpAddress(APP, "shared_v4", region="lhr")
    assert not web.ensure(noun).changed
    assert web.plan(noun)[noun].notes == ()


# Flycast: on the app's own network.

INNER = App("web", network="inner")


@pytest.mark.parametrize("app", [INNER, "web"], ids=["App", "name"])
def test_a_private_address_is_on_the_apps_own_network(api: Api, app: App | str) -> None:
    api.ensure(INNER)
    noun = IpAddress(app, "private_v6")
    assert api.ensure(noun)[noun].changed
    assert _networks(api) == ["inner"]
    assert not api.ensure(noun).changed


@pytest.mark.parametrize("app", [INNER, "web"], ids=["App", "name"])
def test_a_private_address_on_another_network_is_not_meant(
    api: Api, stranger: Stranger, app: App | str
) -> None:
    api.ensure(INNER)
    _allocate(stranger, "private_v6", network="other")
    noun = IpAddress(app, "private_v6")
    assert api.ensure(noun)[noun].changed
    assert _networks(api) == ["inner", "other"]
    assert not api.ensure(noun).changed
    assert api.destroy(noun)[noun].changed
    assert _networks(api) == ["other"]
    assert not api.destroy(noun)[noun].changed


def test_a_private_address_of_an_app_that_is_made_with_it_is_on_its_network(api: Api) -> None:
    noun = IpAddress(INNER, "private_v6")
    other = IpAddress(INNER, "private_v6", network="other")
    api.ensure(noun, other)
    assert _networks(api) == ["inner", "other"]
    assert not api.ensure(other, noun).changed


def test_a_private_address_of_an_app_that_does_not_exist_is_refused(api: Api) -> None:
    noun = IpAddress("ghost", "private_v6")
    with pytest.raises(errors.ReconcileError, match="'ghost'"):
        api.ensure(noun)
    assert not api.destroy(noun).changed
    assert api.read(noun) is None


# Releasing.


def test_several_that_fit_are_not_released(web: Api, stranger: Stranger) -> None:
    ips = {_allocate(stranger, "v4") for _ in range(2)}
    with pytest.raises(errors.AmbiguousMatchError) as caught:
        web.destroy(V4)
    assert set(caught.value.candidates) == ips
    assert _types(web) == ["v4", "v4"]


def test_two_pairs_are_not_released_by_one_name(web: Api, stranger: Stranger) -> None:
    for _ in range(2):
        _allocate(stranger, "egress_pair")
    with pytest.raises(errors.AmbiguousMatchError):
        web.destroy(PAIR)
    assert len(_types(web)) == 4


# Lost answers and races.


@pytest.mark.parametrize("kind", ["truncate", "not_json", "reset_after"])
def test_a_pair_whose_answer_was_lost_is_found_again(web: Api, kind: Any) -> None:  # noqa: ANN401  # a kind of fault
    web.sim.faults.add(Fault(kind, operation="App_IPAssignments_create"))
    assert web.ensure(PAIR)[PAIR].changed
    assert _types(web) == ["egress_v4", "egress_v6"]
    assert web.writes == ["App_IPAssignments_create"]
    assert not web.ensure(PAIR).changed


def test_a_pair_that_was_never_made_is_not_asked_for_again_in_the_same_run(web: Api) -> None:
    web.sim.faults.add(Fault("reset_before", operation="App_IPAssignments_create"))
    with pytest.raises(errors.EnsureError, match="Nothing was sent again"):
        web.ensure(PAIR)
    assert web.ensure(PAIR)[PAIR].changed
    assert _types(web) == ["egress_v4", "egress_v6"]


def test_with_a_lost_answer_and_two_new_pairs_both_are_reported_and_none_is_released(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    stranger.create_app("web")
    api = connect(
        on_event=lambda event: _allocate(stranger, "egress_pair") if event.stage == "started" else None
    )
    api.sim.faults.add(Fault("reset_after", operation="App_IPAssignments_create", nth=2))
    with pytest.raises(errors.EnsureError, match="2 new ones appeared"):
        api.ensure(PAIR)
    assert _types(api) == ["egress_v4", "egress_v4", "egress_v6", "egress_v6"]


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2, 2.0])
@pytest.mark.parametrize("kind", ["egress_pair", "v4", "private_v6"])
def test_two_programs_at_once_end_with_one(kind: str, delay: float) -> None:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05, rate_limits=True)
    noun = IpAddress(APP, kind)

    async def work(index: int) -> Report:
        async with AsyncFly(token="test", transport=sim.transport(), clock=clock) as fly:
            await clock.sleep_async(index * delay)
            return await fly.ensure(noun)

    async def main() -> list[Report]:
        return list(await asyncio.gather(*(work(index) for index in range(3))))

    reports = asyncio.run(main())
    state: Any = sim.snapshot()["apps"]
    expected = ["egress_v4", "egress_v6"] if kind == "egress_pair" else [kind]
    assert sorted(each["type"] for each in state["web"]["ips"]) == expected
    # Who only read, in the moments before two settled it, may have seen the one that goes (docs/races.md).
    made = {report[noun].model.ip for report in reports if report[noun].action == "create"}
    assert len(made) == 1


def test_a_list_of_addresses_without_the_list_is_no_empty_one(api: Api) -> None:
    app = App("web")
    api.ensure(app)
    body: Any = {"total": 0}
    api.sim.faults.add(Fault("status", operation="App_IPAssignments_list", status=200, body=body, times=9))
    api.sent.clear()
    with pytest.raises(errors.DecodeError, match="ips is missing"):
        api.ensure(IpAddress(app, "v4"))
    assert api.writes == []
