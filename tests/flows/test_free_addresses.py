"""What costs nothing is asked for once more after a lost answer; what is billed never is (IP-11, L10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, IpAddress, errors
from fly_resources.testing import Behaviour, Fault

if TYPE_CHECKING:
    from tests.flows.conftest import Api, Stranger

APP = App("web")
CREATE, LIST = "App_IPAssignments_create", "App_IPAssignments_list"
FREE = pytest.mark.parametrize("kind", ["shared_v4", "v6", "private_v6"])
LOST = pytest.mark.parametrize(
    "fault",
    [
        Fault("status", status=500),
        Fault("status", status=503),
        Fault("reset_before"),
        Fault("status", status=408),
    ],
    ids=["500", "503", "reset", "408"],
)
#: Answers that say that it failed; what only got lost may still land late.
SAID = pytest.mark.parametrize("status", [500, 503])


def _types(api: Api) -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    return sorted(each["type"] for each in state["web"]["ips"])


def _break(api: Api, fault: Fault, **more: Any) -> None:  # noqa: ANN401  # the fault's own settings
    import attrs  # noqa: PLC0415  # only here

    api.sim.faults.add(attrs.evolve(fault, operation=CREATE, **more))


@pytest.fixture
def web(api: Api) -> Api:
    api.ensure(APP)
    api.sent.clear()
    return api


@FREE
@SAID
def test_a_free_address_that_has_not_appeared_is_asked_for_once_more(
    web: Api, kind: str, status: int
) -> None:
    _break(web, Fault("status", status=status))
    noun = IpAddress(APP, kind)
    outcome = web.ensure(noun)[noun]
    assert (outcome.action, outcome.changed) == ("create", True)
    assert web.writes == [CREATE, CREATE]
    lists = [each.at for each in web.sent if each.operation == LIST]
    sent = [each.at for each in web.sent if each.operation == CREATE]
    assert any(sent[0] < at < sent[1] for at in lists), "it is looked for before it is sent again"
    assert _types(web) == [kind]
    assert not web.ensure(noun).changed


@FREE
def test_a_free_address_that_has_appeared_is_not_asked_for_again(web: Api, kind: str) -> None:
    _break(web, Fault("status", status=500, applied=True))
    noun = IpAddress(APP, kind)
    assert web.ensure(noun)[noun].changed
    assert web.writes == [CREATE]
    assert _types(web) == [kind]


@FREE
def test_a_free_address_is_asked_for_twice_at_most(web: Api, kind: str) -> None:
    _break(web, Fault("status", status=500), times=99)
    noun = IpAddress(APP, kind)
    with pytest.raises(errors.EnsureError, match="It was sent twice") as caught:
        web.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert web.writes == [CREATE, CREATE]


@pytest.mark.parametrize("kind", ["v6", "private_v6"])
def test_of_a_free_address_that_lands_late_after_all_only_one_stays(web: Api, kind: str) -> None:
    _break(web, Fault("slow", seconds=107.0, late=True))
    noun = IpAddress(APP, kind)
    with pytest.raises(errors.EnsureError, match="Nothing was sent again"):
        web.ensure(noun)
    web.clock.sleep(60.0)
    assert not web.ensure(noun).changed
    assert set(_types(web)) == {kind}


@pytest.mark.parametrize("kind", ["v4", "egress_v4", "egress_v6", "egress_pair"])
@LOST
def test_a_billed_address_is_never_asked_for_again(web: Api, kind: str, fault: Fault) -> None:
    _break(web, fault)
    with pytest.raises(errors.EnsureError, match="Nothing was sent again"):
        web.ensure(IpAddress(APP, kind))
    assert web.writes == [CREATE]


# The one shared address of an app.


def _hide_addresses(api: Api, times: int) -> None:
    body: Any = {"ips": []}
    api.sim.faults.add(Fault("status", operation=LIST, status=200, body=body, times=times))


def test_a_shared_address_that_the_refusal_speaks_of_counts_once_a_list_shows_it(
    web: Api, stranger: Stranger
) -> None:
    ip = stranger.send("POST", "/apps/web/ip_assignments", {"type": "shared_v4"})["ip"]
    _hide_addresses(web, times=4)
    noun = IpAddress(APP, "shared_v4")
    outcome = web.ensure(noun)[noun]
    assert (outcome.action, outcome.changed, outcome.model.ip) == ("none", False, ip)


@pytest.mark.parametrize("status", [409, 422])
def test_the_refusal_of_a_second_shared_address_proves_the_first_also_where_no_list_shows_it(
    web: Api, status: int
) -> None:
    body: Any = {"error": "App already has a shared IPv4 address"}
    _break(web, Fault("status", status=status, body=body), times=9)
    noun = IpAddress(APP, "shared_v4")
    outcome = web.ensure(noun)[noun]
    assert (outcome.action, outcome.changed, outcome.observed) == ("none", False, None)
    assert "not listed" in str(outcome)
    assert "already has a shared IPv4 address" in str(outcome)
    with pytest.raises(errors.ReconcileError, match="not listed"):
        _ = outcome.model
    assert web.writes == [CREATE]


def test_a_limit_of_the_account_proves_no_shared_address(web: Api) -> None:
    body: Any = {"error": "Your organization already has reached its address limit"}
    _break(web, Fault("status", status=422, body=body))
    with pytest.raises(errors.EnsureError) as caught:
        web.ensure(IpAddress(APP, "shared_v4"))
    assert isinstance(caught.value.__cause__, errors.QuotaExceededError)


def test_another_refusal_of_a_shared_address_is_shown_as_it_is(web: Api) -> None:
    _break(web, Fault("status", status=422, body={"error": "region is unknown"}))
    with pytest.raises(errors.EnsureError, match="region is unknown"):
        web.ensure(IpAddress(APP, "shared_v4"))


# The organisation goes with private addresses alone (IP-13).


@pytest.mark.parametrize("app", [APP, "web"], ids=["App", "name"])
@pytest.mark.parametrize("network", [None, "default", "inner"])
def test_a_private_address_names_its_organisation(web: Api, app: App | str, network: str | None) -> None:
    web.sim.behaviour = Behaviour(private_v6_needs_org_slug=True)
    noun = IpAddress(app, "private_v6", network=network)
    assert web.ensure(noun)[noun].changed
    assert not web.ensure(noun).changed


@pytest.mark.parametrize("kind", ["v4", "shared_v4", "v6", "egress_v4", "egress_v6", "egress_pair"])
def test_no_other_kind_names_one(web: Api, kind: str) -> None:
    noun = IpAddress(App("web", org="personal"), kind)  # which the service refuses by default
    assert web.ensure(noun)[noun].changed


def test_a_private_address_of_an_app_that_is_made_with_it_names_its_organisation(api: Api) -> None:
    api.sim.behaviour = Behaviour(private_v6_needs_org_slug=True)
    noun = IpAddress(App("new"), "private_v6")
    assert api.ensure(noun)[noun].changed
