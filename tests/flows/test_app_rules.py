"""Apps: made once however often the request travels, and never taken from somebody else (AP-6, AP-9)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Event, IpAddress, Machine, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock
from tests.flows.conftest import Stranger
from tests.flows.doctored import Doctored

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web")
SLOW = Machine(APP, "slow", {"image": "nginx"}, region="iad")
UNIQUE: Any = {"error": "uniqueness constraint violated"}
TAKEN: Any = {"error": "Validation failed: Name has already been taken", "status": "name_taken"}


def _keys(api: Api) -> list[str]:
    return [json.loads(each.body)["idempotency_key"] for each in api.sent if each.operation == "Apps_create"]


def _hide(api: Api, times: int = 1) -> None:
    """Let reads say for a while that the app is not there."""
    api.sim.faults.add(
        Fault("status", operation="Apps_show", status=404, body={"error": "app not found"}, times=times)
    )


@pytest.mark.parametrize("fault", [Fault("reset_before"), Fault("status", status=503)], ids=str)
def test_one_key_marks_all_repeats_of_one_attempt(api: Api, fault: Fault) -> None:
    api.sim.faults.add(Fault(fault.kind, status=fault.status, operation="Apps_create", times=2))
    assert api.ensure(APP)[APP].changed
    keys = _keys(api)
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert len(keys[0]) == 32


def test_the_same_app_made_again_is_no_repeat(api: Api) -> None:
    api.ensure(APP)
    api.destroy(APP)
    api.ensure(APP)
    api.ensure(App("other"))
    assert len(set(_keys(api))) == 3


@pytest.mark.parametrize("noun", [APP, App("web", network="inner")], ids=["", "network"])
@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_an_app_is_ours_although_no_answer_came(api: Api, kind: Any, noun: App) -> None:  # noqa: ANN401  # a literal
    api.sim.faults.add(Fault(kind, operation="Apps_create"))
    outcome = api.ensure(noun)[noun]
    assert (outcome.action, outcome.changed, outcome.model.name) == ("create", True, "web")
    assert len(_keys(api)) == (2 if kind == "reset_before" else 1)


def test_a_new_app_is_not_read_again_for_its_private_address(api: Api) -> None:
    api.ensure(IpAddress(App("web", network="inner"), "private_v6"))
    assert [each.operation for each in api.sent].count("Apps_show") == 1


def test_an_app_that_is_there_is_not_asked_for(api: Api) -> None:
    api.ensure(APP)
    api.sent.clear()
    outcome = api.ensure(APP)[APP]
    assert (outcome.action, outcome.changed, outcome.model.name) == ("none", False, "web")
    assert outcome.error is None
    assert _keys(api) == []


def test_each_organisation_and_network_has_a_key_of_its_own(connect: Callable[..., Api]) -> None:
    keys = []
    for noun in (APP, App("web", org="acme"), App("web", network="inner"), App("web", org="personal")):
        api = connect(FlySimulator(clock=VirtualClock()))
        api.sim.orgs["acme"] = "Acme"
        api.ensure(noun)
        keys += _keys(api)
    assert len({*keys}) == 3
    assert keys[0] == keys[3]


@pytest.mark.parametrize("hidden", ["organization", "network"])
def test_an_answer_that_leaves_out_what_cannot_change_says_nothing_against_it(
    connect: Callable[..., Api], sim: FlySimulator, hidden: str
) -> None:
    def hide(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return {key: body[key] for key in body if key != hidden} if path == "/apps/web" else body

    connect().ensure(APP)
    api = connect(transport=Doctored(sim, hide))
    wanted = App("web", org="acme") if hidden == "organization" else App("web", network="inner")
    assert api.plan(wanted)[wanted].action == "none"


@pytest.mark.parametrize("text", ["Could not find App", "app not found", "App web does not exist"])
def test_a_400_that_says_that_the_app_is_gone_counts_if_a_read_confirms_it(api: Api, text: str) -> None:
    gone = Fault("status", operation="Apps_delete", status=400, body={"error": text})
    api.ensure(APP)
    api.sim.faults.add(gone)
    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(APP)
    assert isinstance(caught.value.__cause__, errors.BadRequestError)
    assert api.read(APP) is not None
    api.sim.faults.add(attrs.evolve(gone, applied=True))
    assert api.destroy(APP)[APP].changed


def test_any_other_400_to_the_end_of_an_app_is_an_error(api: Api) -> None:
    api.ensure(APP)
    refusal: Any = {"error": "bad request"}
    api.sim.faults.add(Fault("status", operation="Apps_delete", status=400, applied=True, body=refusal))
    with pytest.raises(errors.EnsureError, match="bad request"):
        api.destroy(APP)


def test_the_plan_and_the_report_of_a_destroyed_app_name_what_went(api: Api) -> None:
    api.ensure(APP)
    assert api.plan(APP, destroy=True)[APP].notes == ("and all that it holds",)
    assert api.destroy(APP)[APP].model.name == "web"


def test_to_destroy_an_app_that_is_absent_is_success(api: Api) -> None:
    outcome = api.destroy(APP)[APP]
    assert (outcome.action, outcome.changed, outcome.error) == ("none", False, None)
    assert api.writes == []


def test_a_refused_creation_names_the_organisation_and_another_token(api: Api) -> None:
    refusal = Fault("status", operation="Apps_create", status=403, body={"error": "unauthorized"})
    api.sim.faults.add(refusal)
    with pytest.raises(errors.EnsureError, match="Organisation 'acme' does not exist, or the token may not"):
        api.ensure(App("web", org="acme"))


def test_a_name_that_somebody_else_holds_is_reported_as_taken(api: Api) -> None:
    api.sim.add_foreign_app("web")
    _hide(api)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.NameTakenError)
    assert "Choose another name" in str(cause)
    assert isinstance(cause.__cause__, errors.PermissionDeniedError)


def test_a_race_lost_to_somebody_else_says_whose_it_may_be(api: Api) -> None:
    api.sim.add_foreign_app("web")
    _hide(api)
    api.sim.faults.add(Fault("status", operation="Apps_create", status=422, body=UNIQUE))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.NotOwnedError)
    for word in ("app web", "another organisation's", "Choose another name"):
        assert word in str(cause)


@pytest.mark.parametrize("body", [UNIQUE, TAKEN], ids=["race", "taken"])
def test_a_race_lost_to_ourselves_adopts_the_winner_once_it_can_be_read(
    api: Api, stranger: Stranger, body: dict[str, str]
) -> None:
    stranger.create_app("web")
    _hide(api, times=4)
    api.sim.faults.add(Fault("status", operation="Apps_create", status=422, body=body))
    outcome = api.ensure(APP)[APP]
    assert (outcome.action, outcome.changed, outcome.model.name) == ("none", False, "web")
    assert outcome.changes == ()


def test_a_taken_name_that_never_can_be_read_is_an_error_in_the_end(api: Api) -> None:
    api.sim.add_foreign_app("web")
    _hide(api, times=99)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP)
    assert isinstance(caught.value.__cause__, errors.NameTakenError)
    assert api.clock.now() < 70  # it may belong to an app that is being made now, unseen for a minute (AP-12)


def test_other_refusals_are_not_taken_for_a_race(api: Api) -> None:
    api.sim.faults.add(
        Fault("status", operation="Apps_create", status=422, body={"error": "no such network"})
    )
    with pytest.raises(errors.EnsureError, match="no such network"):
        api.ensure(APP)
    assert [each.operation for each in api.sent] == ["Apps_show", "Apps_create"]


ELSEWHERE = pytest.mark.parametrize(
    ("wanted", "word"),
    [(App("web", org="acme"), "org is 'personal'"), (App("web", network="inner"), "network is 'default'")],
    ids=["org", "network"],
)


@ELSEWHERE
def test_the_organisation_and_the_network_of_an_app_never_change(api: Api, wanted: App, word: str) -> None:
    api.ensure(APP)
    for call in (api.plan, api.ensure):
        with pytest.raises(errors.ImmutableFieldError, match=word):
            call(wanted)


@ELSEWHERE
def test_a_winner_that_is_not_what_was_asked_for_is_refused(
    api: Api, stranger: Stranger, wanted: App, word: str
) -> None:
    api.sim.orgs["acme"] = "Acme"
    stranger.create_app("web")
    _hide(api)
    with pytest.raises(errors.EnsureError, match=word) as caught:
        api.ensure(wanted)
    assert isinstance(caught.value.__cause__, errors.ImmutableFieldError)


def test_an_unknown_organisation_is_named(api: Api) -> None:
    with pytest.raises(errors.EnsureError, match=r"(?i)organization not found") as caught:
        api.ensure(App("web", org="nobody"))
    assert "Organisation 'nobody' does not exist" in str(caught.value)
    assert api.sim.snapshot() == {"apps": {}}


def test_an_app_that_is_not_shown_after_it_was_made_is_not_blamed_on_its_organisation(api: Api) -> None:
    bare: Any = {"id": "x", "created_at": 1}
    api.sim.faults.add(Fault("status", operation="Apps_create", status=201, applied=True, body=bare))
    _hide(api, times=99)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP)
    assert isinstance(caught.value.__cause__, errors.NotFoundError)
    assert "organisation" not in str(caught.value).lower()


@pytest.mark.parametrize(("app", "org"), [(APP, "personal"), (App("web", org="acme"), "acme")], ids=str)
def test_a_plan_says_in_which_organisation_an_app_would_be_made(api: Api, app: App, org: str) -> None:
    api.sim.orgs["acme"] = "Acme"
    step = api.plan(app)[app]
    assert (step.action, step.notes) == ("create", (f"in organisation {org}",))
    assert [(each.path, each.after) for each in step.changes] == [("name", "web"), ("org", org)]
    made, again = api.ensure(app)[app], api.ensure(app)[app]
    assert (made.changed, again.changed) == (True, False)
    assert again.model.name == "web"


@pytest.mark.parametrize("options", [{}, {"everything": True}], ids=["named", "everything"])
def test_what_appears_while_machines_stop_is_not_lost_unseen(
    connect: Callable[..., Api], options: dict[str, bool]
) -> None:
    def add_a_volume(event: Event) -> None:
        if (event.resource, event.action, event.stage) == (SLOW, "destroy", "done"):
            Stranger(api.sim).create_volume("web", "theirs")

    api = connect(on_event=add_a_volume)
    api.ensure(SLOW)
    api.sim.faults.add(Fault("slow", operation="Machines_stop", seconds=20.0))
    api.sent.clear()
    with pytest.raises(errors.EnsureError, match=r"others have added volume theirs \(vol_"):
        api.destroy(APP, SLOW, **options)
    assert "Apps_delete" not in [each.operation for each in api.sent]
    assert api.read(APP)
    assert api.destroy(APP, everything=True)[APP].changed


def test_each_kind_is_read_between_the_end_of_machines_and_that_of_their_app(api: Api) -> None:
    api.ensure(SLOW)
    api.sent.clear()
    api.destroy(APP, SLOW, everything=True)
    sent = [str(each.operation) for each in api.sent]
    last = sent[sent.index("Machines_delete") + 1 : sent.index("Apps_delete")]
    assert {"Machines_list", "Volumes_list", "App_IPAssignments_list"} <= set(last)


def test_a_free_address_that_appears_meanwhile_keeps_no_app_from_its_end(connect: Callable[..., Api]) -> None:
    def add_an_address(event: Event) -> None:
        if (event.resource, event.action, event.stage) == (SLOW, "destroy", "done"):
            Stranger(api.sim).send("POST", "/apps/web/ip_assignments", {"type": "shared_v4"})

    api = connect(on_event=add_an_address)
    api.ensure(SLOW)
    api.destroy(APP, SLOW)
    assert api.read(APP) is None


def test_without_an_owner_an_unnamed_machine_is_nobodys_to_destroy(connect: Callable[..., Api]) -> None:
    machine = Machine(APP, "server", {"image": "nginx"}, region="iad")
    connect(owner=None).ensure(machine)
    api = connect(owner=None)
    api.sent.clear()
    with pytest.raises(errors.NotOwnedError, match=r"machine server .*everything=True"):
        api.destroy(APP)
    assert api.writes == []
    assert api.destroy(APP, machine)[APP].changed


def test_an_owner_destroys_its_unnamed_machines_with_the_app(api: Api) -> None:
    api.ensure(Machine(APP, "server", {"image": "nginx"}, region="iad"))
    assert api.destroy(APP)[APP].changed
