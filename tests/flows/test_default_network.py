"""A private address on the organisation's default network stands for no other network (IP-4, IP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, AsyncFly, Fly, IpAddress, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock
from tests.flows.conftest import Api, Stranger

if TYPE_CHECKING:
    from collections.abc import Iterator

APP = App("web")
TENANT = App("web", network="tenant")
LIST = "App_IPAssignments_list"


@pytest.fixture(
    params=[(Fly, ""), (AsyncFly, ""), (Fly, "default"), (AsyncFly, "default")],
    ids=["blocking-empty", "async-empty", "blocking-default", "async-default"],
)
def spelled(request: pytest.FixtureRequest) -> Iterator[Api]:
    kind, name = request.param
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05, behaviour=Behaviour(default_network_name=name))
    api = Api(kind(token="test", transport=sim.transport(), clock=clock), sim, clock)
    yield api
    api.close()


def _networks(api: Api) -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    return sorted(str(each["network"] or "default") for each in state["web"]["ips"])


def _allocate(api: Api, **more: object) -> str:
    sent = {"type": "private_v6", "org_slug": "personal", **more}
    return str(Stranger(api.sim).send("POST", "/apps/web/ip_assignments", sent)["ip"])


@pytest.mark.parametrize(
    ("app", "wish", "networks"),
    [
        (TENANT, None, ["default", "tenant"]),
        (TENANT, "tenant", ["default", "tenant"]),
        (APP, "tenant", ["default", "tenant"]),
        (APP, None, ["default"]),
        (APP, "default", ["default"]),
        (TENANT, "default", ["default"]),
    ],
)
def test_an_address_on_the_default_network_satisfies_only_a_wish_for_that(
    spelled: Api, app: App, wish: str | None, networks: list[str]
) -> None:
    spelled.ensure(app)
    _allocate(spelled)
    noun = IpAddress(app, "private_v6", network=wish)
    report = spelled.ensure(noun)
    assert report[noun].changed is (len(networks) == 2)
    assert _networks(spelled) == networks
    assert not spelled.ensure(noun).changed


@pytest.mark.parametrize("wish", [None, "tenant"])
def test_the_address_on_the_default_network_is_not_released_for_another(
    spelled: Api, wish: str | None
) -> None:
    spelled.ensure(TENANT)
    _allocate(spelled)
    noun = IpAddress("web", "private_v6", network=wish)
    assert not spelled.destroy(noun).changed
    assert _networks(spelled) == ["default"]
    _allocate(spelled, network="tenant")
    assert spelled.destroy(noun)[noun].changed
    assert _networks(spelled) == ["default"]


def test_the_address_on_another_network_is_not_released_for_the_default_one(spelled: Api) -> None:
    spelled.ensure(APP)
    _allocate(spelled, network="tenant")
    for wish in (None, "default"):
        assert not spelled.destroy(IpAddress("web", "private_v6", network=wish)).changed
    assert _networks(spelled) == ["tenant"]


def test_both_networks_have_an_address_each(spelled: Api) -> None:
    nouns = [IpAddress(TENANT, "private_v6", network=network) for network in ("default", "tenant", "third")]
    spelled.ensure(*nouns)
    assert _networks(spelled) == ["default", "tenant", "third"]
    assert not spelled.ensure(*reversed(nouns)).changed


def _list(api: Api, *rows: dict[str, Any]) -> None:
    body: Any = {"ips": list(rows)}
    api.sim.faults.add(Fault("status", operation=LIST, status=200, body=body, times=9))


ROW: dict[str, Any] = {"ip": "fdaa:0:1:0:1::2", "region": "global", "shared": False, "egress": False}


def test_a_network_that_is_not_stated_makes_no_surplus_and_is_not_released_by_name(spelled: Api) -> None:
    spelled.ensure(TENANT)
    spelled.sent.clear()
    _list(spelled, ROW)
    named = IpAddress("web", "private_v6", network="tenant")
    assert spelled.plan(named)[named].action == "none"
    for noun in (named, IpAddress("web", "private_v6")):
        with pytest.raises(errors.AmbiguousMatchError, match="does not state its network"):
            spelled.destroy(noun)
    assert spelled.writes == []


def test_an_address_on_another_organisations_network_is_not_meant(spelled: Api) -> None:
    spelled.ensure(APP)
    shown = Stranger(spelled.sim).send("GET", "/apps/web")
    body = {**shown, "organization": {"name": "Acme", "slug": "acme"}}
    spelled.sim.faults.add(Fault("status", operation="Apps_show", status=200, body=body, times=9))
    _list(spelled, {**ROW, "network": {"name": "", "org_slug": "partner"}})
    noun = IpAddress("web", "private_v6")
    assert spelled.plan(noun)[noun].action == "create"
    assert spelled.plan(noun, destroy=True)[noun].action == "none"


@pytest.mark.parametrize("region", ["global", "", None])
@pytest.mark.parametrize("service", ["", None])
def test_other_defaults_that_are_spelled_as_empty_text_are_no_difference(
    spelled: Api, region: str | None, service: str | None
) -> None:
    spelled.ensure(APP)
    _list(spelled, {**ROW, "ip": "2a09:8280:1::1:1", "region": region, "service_name": service})
    for noun in (
        IpAddress("web", "v6"),
        IpAddress("web", "v6", region="iad"),
        IpAddress("web", "v6", service_name="x"),
    ):
        assert spelled.plan(noun)[noun].action == "none"
        assert spelled.plan(noun, destroy=True)[noun].action == "destroy"
