"""A list that lacks something is no proof that it is not there: absence needs two witnesses (PL-12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock

from .doctored import Doctored, apps_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Resource

    from .conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx"})
CHANGED = Machine(APP, "server", {"image": "nginx", "env": {"A": "1"}})
STATEFUL = Machine(APP, "db", {"image": "postgres"}, mounts={"/data": DATA})
#: The same, of an app that is only named: its counts are not in hand.
FAR_DATA = Volume("web", "data", region="iad")
FAR_SERVER = Machine("web", "server", {"image": "nginx"})
FAR_CHANGED = Machine("web", "server", {"image": "nginx", "env": {"A": "1"}})
LISTS = ("Machines_list", "Volumes_list", "App_IPAssignments_list", "Secrets_list")


def _empty(sim: FlySimulator, *operations: str) -> None:
    sim.behaviour = attrs.evolve(sim.behaviour, empty_lists=frozenset(operations or LISTS))


def _shorten(sim: FlySimulator, *operations: str) -> None:
    sim.behaviour = attrs.evolve(sim.behaviour, short_lists=frozenset(operations))


def _refused(api: Api, verb: str, *resources: Resource[Any], **options: Any) -> str:  # noqa: ANN401
    """Make sure that nothing is written, and return what contradicts what."""
    api.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        getattr(api, verb)(*resources, **options)
    assert api.writes == []
    assert all(isinstance(each, errors.ContradictionError) for each in caught.value.errors)
    return str(caught.value.errors[0])


@pytest.fixture
def without_counts(connect: Callable[..., Api], sim: FlySimulator) -> Api:
    """A client whose apps say nothing of how many machines and volumes they hold."""

    def change(_path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(body, dict):
            body.pop("machine_count", None)
            body.pop("volume_count", None)
        return body

    return connect(transport=Doctored(sim, change))


@pytest.mark.parametrize("lose", [_empty, _shorten], ids=["empty", "short"])
@pytest.mark.parametrize("kind", ["machines", "volumes"])
def test_an_app_is_not_destroyed_when_it_counts_more_than_its_list_shows(
    api: Api, sim: FlySimulator, kind: str, lose: Callable[..., None]
) -> None:
    api.ensure(STATEFUL)
    lose(sim, f"{kind.capitalize()}_list")

    said = _refused(api, "destroy", DATA, STATEFUL, APP)

    assert f"counts 1 {kind}" in said
    assert "shows 0" in said
    assert f"Compare with fly {kind} list" in said
    assert api.plan(APP, DATA, STATEFUL, destroy=True)[APP].action == "blocked"
    assert list(apps_of(api.sim)["web"]["machines"])


def test_nothing_of_an_app_is_destroyed_while_its_list_lacks_a_machine(
    api: Api, sim: FlySimulator, stranger: Stranger
) -> None:
    both = {noun.name: noun for noun in (SERVER, attrs.evolve(SERVER, name="other"))}
    api.ensure(*both.values())
    _shorten(sim, "Machines_list")
    [shown] = stranger.list("/apps/web/machines")
    assert "counts 2 machines" in _refused(api, "destroy", APP, both[shown["name"]])
    assert "counts 2 machines" in _refused(api, "destroy", APP, *both.values())


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("planned", [False, True])
def test_an_error_after_the_first_deletion_does_not_say_that_nothing_was_written(
    connect: Callable[..., Api], sim: FlySimulator, *, everything: bool, planned: bool
) -> None:
    def change(_path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        gone = any(request.operation == "Machines_delete" for request in sim.requests)
        if gone and isinstance(body, dict) and "machine_count" in body:
            body["machine_count"] = 2  # one more than any list has shown
        return body

    api = connect(transport=Doctored(sim, change))
    api.ensure(SERVER)
    options: dict[str, Any] = {"everything": everything}
    if planned:
        options["plan"] = api.plan(APP, SERVER, destroy=True, everything=everything)
    elif everything:
        assert api.destroy(APP, SERVER, **options)[APP].changed
        return
    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(APP, SERVER, **options)

    said = str(caught.value.report[APP].error)
    assert "counts 2 machines" in said
    assert "The app was not deleted" in said
    assert "othing was written" not in said


def test_a_count_that_is_behind_when_the_app_is_to_go_is_waited_for(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    behind = [3]

    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        gone = any(request.operation == "Machines_delete" for request in sim.requests)
        if gone and path == "/apps/web" and behind[0]:
            behind[0] -= 1
            body["machine_count"] = 2
        return body

    api = connect(transport=Doctored(sim, change))
    api.ensure(SERVER)
    began = api.clock.now()
    assert api.destroy(APP, SERVER)[APP].changed
    assert behind == [0]
    assert api.clock.now() - began > 1.0 + 2.0 + 3.0


def test_what_is_to_go_is_not_waited_for_because_the_app_counts_less(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return {**body, "machine_count": 0} if path == "/apps/web" else body

    api = connect(transport=Doctored(sim, change))
    connect().ensure(SERVER)
    api.sent.clear()
    assert api.destroy(APP, SERVER)[SERVER].changed
    asked = [str(each.operation) for each in api.sent]
    assert asked[: asked.index("Machines_create_lease")].count("Machines_list") == 1


def test_what_a_token_may_not_read_is_not_asked_for_again(api: Api) -> None:
    api.ensure(SERVER, STATEFUL)
    api.sent.clear()
    fault = Fault("status", operation="Volumes_list", status=403, body={"error": "unauthorized"}, times=99)
    api.sim.faults.add(fault)
    assert api.plan(DATA, SERVER)[DATA].action == "blocked"
    assert [each.operation for each in api.sent].count("Volumes_list") == 1


def test_an_app_goes_although_it_cannot_be_counted_if_all_of_it_may_go(api: Api, sim: FlySimulator) -> None:
    api.ensure(STATEFUL)
    _empty(sim)
    assert api.destroy(APP, everything=True)[APP].changed


def test_a_list_that_is_wrong_once_is_read_again(api: Api) -> None:
    api.ensure(STATEFUL)
    for operation in ("Machines_list", "Volumes_list"):
        api.sim.faults.add(Fault("empty", operation=operation))

    assert not api.ensure(STATEFUL).changed

    api.sim.faults.add(Fault("empty", operation="Machines_list"))
    api.destroy(APP, DATA, STATEFUL)
    assert apps_of(api.sim) == {}


@pytest.mark.parametrize("noun", [FAR_SERVER, FAR_DATA], ids=str)
def test_what_a_list_lacks_and_the_app_counts_is_not_reported_absent(
    api: Api,
    sim: FlySimulator,
    noun: Any,  # noqa: ANN401 - a noun
) -> None:
    api.ensure(SERVER, DATA)
    _empty(sim)

    _refused(api, "destroy", noun)
    with pytest.raises(errors.ContradictionError, match="counts 1"):
        api.read(noun)


def test_a_machine_is_not_waited_for_as_if_it_were_gone(api: Api, sim: FlySimulator) -> None:
    api.ensure(SERVER)
    _empty(sim)
    for state in ("started", "destroyed"):
        with pytest.raises(errors.ContradictionError, match="counts 1 machines"):
            api.wait(FAR_SERVER, state=state)
    with pytest.raises(errors.ContradictionError), api.lease(FAR_SERVER):
        pass


@pytest.mark.parametrize("noun", [FAR_SERVER, FAR_DATA], ids=str)
def test_real_absence_costs_one_read_of_the_counts(api: Api, noun: Resource[Any]) -> None:
    api.ensure(APP)
    api.sent.clear()
    began = api.clock.now()

    assert api.read(noun) is None
    assert not api.destroy(noun).changed

    assert api.clock.now() < began + 1.0
    assert [each.operation for each in api.sent].count("Apps_show") == 2
    assert len(api.sent) == 4


@pytest.mark.parametrize("noun", [FAR_SERVER, FAR_DATA], ids=str)
def test_where_the_app_has_no_counts_a_second_list_decides(
    api: Api,
    without_counts: Api,
    noun: Any,  # noqa: ANN401 - a noun
) -> None:
    api.ensure(SERVER, DATA)
    operation = "Machines_list" if noun is FAR_SERVER else "Volumes_list"
    api.sim.faults.add(Fault("empty", operation=operation))
    assert without_counts.read(noun) is not None

    api.destroy(FAR_SERVER, FAR_DATA)
    without_counts.sent.clear()
    assert without_counts.read(noun) is None
    answered = [each.operation for each in without_counts.sent if each.status == 200]
    assert answered.count(operation) == 2
    assert answered.count("Apps_show") == 1


def test_an_app_without_counts_is_destroyed_with_what_is_described(without_counts: Api) -> None:
    without_counts.ensure(SERVER)
    assert without_counts.destroy(APP, SERVER)[APP].changed
    without_counts.ensure(APP)
    without_counts.sent.clear()
    assert without_counts.destroy(APP)[APP].changed
    # once for the plan, once right before the end
    assert [each.operation for each in without_counts.sent].count("Volumes_list") == 2


def test_an_absent_address_costs_a_second_list_and_no_counts(api: Api) -> None:
    api.ensure(APP)
    api.sent.clear()
    assert api.read(IpAddress("web", "v6")) is None
    assert [each.operation for each in api.sent] == ["App_IPAssignments_list"] * 2


def test_the_app_itself_may_go_while_its_lists_are_read_again(
    connect: Callable[..., Api], sim: FlySimulator, stranger: Stranger
) -> None:
    seen: list[str] = []

    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        seen.append(path)
        if len(seen) == 2:  # the app and the list
            assert stranger.http.delete("/apps/web").is_success
        return body

    connect().ensure(APP)
    api = connect(transport=Doctored(sim, change))
    began = api.clock.now()
    plan = api.plan(APP, IpAddress(APP, "v6"))
    assert api.clock.now() - began < 3.0
    assert set(seen) == {"/apps/web", "/apps/web/ip_assignments"}
    assert plan[APP].action == "create"


def test_a_list_that_answers_404_when_it_is_read_again_is_no_absence(api: Api) -> None:
    api.ensure(APP)
    fault = Fault("status", operation="App_IPAssignments_list", status=404, nth=2, times=99)
    api.sim.faults.add(fault)
    api.sent.clear()
    with pytest.raises(errors.FlyError, match="404"):
        api.read(IpAddress(APP, "v6"))
    assert api.read(APP) is not None


def test_no_second_volume_is_made_and_other_apps_go_on(api: Api, sim: FlySimulator) -> None:
    other = App("other")
    api.ensure(STATEFUL)
    _empty(sim, "Volumes_list")
    api.sent.clear()

    address = IpAddress(APP, "v6")
    with pytest.raises(errors.EnsureError, match="counts 1 volumes") as caught:
        api.ensure(STATEFUL, other, address)

    assert api.writes == ["Apps_create"]
    assert caught.value.report[other].changed
    # no longer in doubt after the second one
    assert [each.path for each in api.sent].count("/v1/apps/web/ip_assignments") == 2
    assert len(apps_of(sim)["web"]["volumes"]) == 1


@pytest.mark.parametrize("noun", [DATA, FAR_DATA], ids=["its app named", "its app not named"])
def test_a_volume_is_made_once_although_a_list_was_empty_once(api: Api, noun: Volume) -> None:
    api.ensure(DATA)
    api.sim.faults.add(Fault("empty", operation="Volumes_list"))
    assert not api.ensure(noun).changed
    assert len(apps_of(api.sim)["web"]["volumes"]) == 1


def test_a_volume_in_an_app_without_counts_needs_a_second_list(api: Api, without_counts: Api) -> None:
    api.ensure(DATA)
    api.sim.faults.add(Fault("empty", operation="Volumes_list"))
    assert not without_counts.ensure(DATA).changed


def test_a_new_volume_in_an_app_that_is_there_costs_no_more_than_before(api: Api) -> None:
    api.ensure(APP)
    api.sent.clear()
    api.ensure(DATA)
    assert [each.operation for each in api.sent] == [
        "Apps_show",
        "Volumes_list",
        "Volumes_create",
        "Volumes_list",
    ]


@pytest.mark.parametrize("kind", ["v4", "v6", "shared_v4", "egress_pair"])
def test_an_address_that_one_list_lacks_is_not_allocated_twice(api: Api, kind: Any) -> None:  # noqa: ANN401
    noun = IpAddress(APP, kind, region="iad" if kind == "egress_pair" else None)
    api.ensure(noun)
    before = api.sim.snapshot()
    api.sim.faults.add(Fault("empty", operation="App_IPAssignments_list"))

    assert not api.ensure(noun).changed

    assert api.sim.snapshot() == before
    api.sim.faults.add(Fault("empty", operation="App_IPAssignments_list"))
    assert api.read(noun) is not None
    api.sim.faults.add(Fault("empty", operation="App_IPAssignments_list"))
    assert api.destroy(noun)[noun].changed


@pytest.mark.parametrize(("kind", "made"), [("v4", 1), ("egress_v6", 1), ("egress_pair", 2)])
def test_a_billed_address_that_no_list_shows_after_it_was_allocated_is_no_success(
    connect: Callable[..., Api],
    sim: FlySimulator,
    kind: Any,  # noqa: ANN401
    made: int,
) -> None:
    hidden = True

    def hide(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return {"ips": []} if hidden and path.endswith("/ip_assignments") else body

    api = connect(transport=Doctored(sim, hide))
    noun = IpAddress(APP, kind, region="iad" if kind.startswith("egress") else None)
    assert api.ensure(IpAddress(APP, "v6")).changed, "what is free may be made again"
    with pytest.raises(errors.EnsureError, match="fly ips list") as caught:
        api.ensure(noun)

    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    addresses = apps_of(sim)["web"]["ips"]
    assert len(addresses) == made + 1
    assert "which no list shows" in str(caught.value.__cause__)
    hidden = False
    assert not api.ensure(noun).changed
    assert apps_of(sim)["web"]["ips"] == addresses


@pytest.mark.parametrize("kind", ["v4", "v6"])
def test_a_list_that_shows_a_new_address_late_is_waited_for(api: Api, sim: FlySimulator, kind: Any) -> None:  # noqa: ANN401
    sim.behaviour = attrs.evolve(sim.behaviour, stale_reads={"App_IPAssignments_list": 5.0})
    assert api.ensure(IpAddress(APP, kind)).changed


@pytest.mark.parametrize(("kind", "allowed"), [("v4", False), ("egress_v4", False), ("v6", True)])
def test_null_for_the_list_of_addresses_is_no_reason_to_buy_one(
    connect: Callable[..., Api],
    sim: FlySimulator,
    kind: Any,  # noqa: ANN401
    *,
    allowed: bool,
) -> None:
    def forget(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return {"ips": body["ips"] or None} if path.endswith("/ip_assignments") else body

    noun = IpAddress(APP, kind, region="iad" if kind == "egress_v4" else None)
    api = connect(transport=Doctored(sim, forget))
    api.ensure(APP)
    api.sent.clear()
    step = api.whole_plan(noun)[noun]
    assert step.action == ("create" if allowed else "blocked")
    if not allowed:
        assert "null" in str(step.error)
        with pytest.raises(errors.ContradictionError, match="null"):
            api.ensure(noun)
        assert api.writes == []
        api.ensure(IpAddress(APP, "v6"))
    # As soon as there is one, the list says which there are. A list for a new app is not needed.
    assert api.ensure(noun).changed
    assert api.ensure(IpAddress(App("new"), "v4")).changed


def test_a_new_address_costs_a_second_list_if_its_app_was_there(api: Api) -> None:
    new = App("new")
    api.ensure(APP)
    api.sent.clear()
    api.ensure(IpAddress(APP, "shared_v4"), IpAddress(APP, "v6"), IpAddress(new, "shared_v4"))
    asked = [each.path for each in api.sent if each.operation == "App_IPAssignments_list"]
    # Twice before and once after making what could be a double; an absent app holds nothing.
    assert asked.count("/v1/apps/web/ip_assignments") == 3
    assert asked.count("/v1/apps/new/ip_assignments") == 1


def test_lists_that_lose_what_they_have_shown_are_no_witness(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    stranger.send("POST", "/apps/web/ip_assignments", {"type": "v6"})
    api.sim.faults.add(Fault("empty", operation="App_IPAssignments_list", nth=2))
    api.sent.clear()

    api.ensure(IpAddress(APP, "shared_v4"))

    assert [each.operation for each in api.sent].count("App_IPAssignments_list") == 3


def test_lists_that_lose_something_each_time_are_never_believed(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    rows = [{"ip": f"2a09:8280:1::{number}", "region": "global", "shared": False} for number in range(9)]
    looks: list[str] = []

    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path != "/apps/web/ip_assignments":
            return body
        looks.append(path)
        return {"ips": rows[len(looks) :]}

    connect().ensure(APP)
    with pytest.raises(errors.ContradictionError, match="Compare with fly ips list"):
        connect(transport=Doctored(sim, change)).read(IpAddress("web", "shared_v4"))
    assert len(looks) == 5


def test_a_secret_that_was_to_be_kept_is_not_set_again(api: Api) -> None:
    kept = FlySecret(APP, "KEY", "two", if_absent=True)
    api.ensure(FlySecret(APP, "KEY", "one"))
    api.sim.faults.add(Fault("empty", operation="Secrets_list"))
    api.sent.clear()

    assert not api.ensure(kept).changed
    assert api.writes == []


@pytest.mark.parametrize("lose", [_empty, _shorten], ids=["empty", "short"])
@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("ensure", FlySecret(APP, "KEY", "two", if_absent=True)),
        ("ensure", FlySecret.absent(APP, "KEY")),
        ("destroy", FlySecret("web", "KEY", "one")),
    ],
    ids=["kept", "absent", "destroyed"],
)
def test_a_secret_that_its_list_never_shows_is_found_by_its_name(
    api: Api,
    sim: FlySimulator,
    verb: str,
    noun: Any,  # noqa: ANN401 - a noun
    lose: Callable[..., None],
) -> None:
    api.ensure(FlySecret(APP, "KEY", "one"), FlySecret(APP, "OTHER", "one"))
    lose(sim, "Secrets_list")
    assert "secret KEY exists when read by its name" in _refused(api, verb, noun)
    with pytest.raises(errors.ContradictionError, match="Compare with fly secrets list"):
        api.read(noun)


def test_secrets_that_are_really_absent_cost_one_read_each_where_it_matters(api: Api) -> None:
    api.ensure(APP)
    api.sent.clear()
    began = api.clock.now()

    assert not api.destroy(FlySecret("web", "GONE", "x")).changed
    assert api.ensure(FlySecret(APP, "NEW", "x", if_absent=True), FlySecret(APP, "SET", "x")).changed

    asked = [each.path for each in api.sent if each.operation == "Secret_get"]
    assert asked == ["/v1/apps/web/secrets/GONE", "/v1/apps/web/secrets/NEW"]
    assert [each.operation for each in api.sent].count("Secrets_list") == 2
    assert api.clock.now() < began + 1.0


def test_what_goes_with_its_app_is_not_looked_for_on_its_own(api: Api) -> None:
    api.ensure(APP)
    api.sent.clear()
    assert api.destroy(APP, FlySecret(APP, "GONE", "x"))[APP].changed
    assert "Secret_get" not in [each.operation for each in api.sent]


@pytest.mark.parametrize("verb", ["ensure", "destroy"])
def test_a_secret_that_was_to_go_is_removed(api: Api, verb: str) -> None:
    key = FlySecret.absent(APP, "KEY")
    api.ensure(FlySecret(APP, "KEY", "one"))
    api.sim.faults.add(Fault("empty", operation="Secrets_list"))

    assert getattr(api, verb)(key)[key].changed
    assert api.read(key) is None


def test_a_certificate_is_looked_for_twice_before_it_counts_as_gone(api: Api) -> None:
    site = Certificate(APP, "www.example.com")
    api.ensure(site)
    gone: Any = {"error": "certificate not found"}
    api.sim.faults.add(Fault("status", operation="App_Certificates_show", status=404, body=gone))

    assert api.destroy(site)[site].changed
    assert api.read(site) is None


def test_a_machine_that_is_there_is_not_doubted(api: Api, sim: FlySimulator, stranger: Stranger) -> None:
    api.ensure(SERVER)
    stranger.create_machine("web", "another", {"image": "nginx"})
    _shorten(sim, "Machines_list")
    listed = [each["name"] for each in stranger.list("/apps/web/machines")]
    noun = SERVER if listed == ["server"] else Machine(APP, "another", {"image": "nginx"})

    # Nothing is concluded from what the list lacks.
    assert api.plan(noun)[noun].action in {"none", "adopt"}


def test_one_missing_machine_makes_the_whole_list_doubtful(api: Api, sim: FlySimulator) -> None:
    twins = [attrs.evolve(CHANGED, name=name) for name in ("one", "two", "three")]
    api.ensure(*(attrs.evolve(SERVER, name=each.name) for each in twins))
    _shorten(sim, "Machines_list")
    assert "counts 3 machines" in _refused(api, "ensure", *twins)


def test_the_name_in_a_refusal_leads_to_the_machine_that_a_list_lacks(api: Api, sim: FlySimulator) -> None:
    api.ensure(SERVER)
    _empty(sim, "Machines_list")
    began = api.clock.now()
    assert not api.ensure(FAR_SERVER).changed
    assert api.ensure(FAR_CHANGED)[FAR_CHANGED].action == "update"
    assert api.clock.now() < began + 40
    _empty(sim, "App_Certificates_list")
    assert not api.ensure(CHANGED).changed
    assert len(apps_of(sim)["web"]["machines"]) == 1


def test_a_machine_that_a_volume_is_attached_to_is_looked_for(
    api: Api, without_counts: Api, sim: FlySimulator
) -> None:
    api.ensure(STATEFUL)
    _empty(sim, "Machines_list")

    said = _refused(without_counts, "ensure", STATEFUL)

    assert re.search(r"volume vol_\w+ is attached to machine \w+", said)
    assert "Machines_show" in [each.operation for each in without_counts.sent]


def test_a_volume_that_stays_attached_to_what_is_gone_is_no_contradiction(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def attach(_path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        for each in body if isinstance(body, list) else []:
            each["attached_machine_id"] = "148e127dbe3489"
        return body

    api = connect(transport=Doctored(sim, attach))
    api.ensure(DATA)
    assert api.plan(STATEFUL)[STATEFUL].action == "create"


def test_a_volume_that_a_machine_mounts_is_looked_for(
    api: Api, without_counts: Api, sim: FlySimulator
) -> None:
    api.ensure(STATEFUL)
    _empty(sim, "Volumes_list")
    said = _refused(without_counts, "ensure", STATEFUL)
    assert re.search(r"machine \w+ mounts volume vol_\w+", said)
    # Not one in its place either, whatever was allowed.
    anew = attrs.evolve(DATA, allow_empty=True)
    _refused(without_counts, "ensure", anew, attrs.evolve(STATEFUL, mounts={"/data": anew}))


@pytest.mark.parametrize("kind", ["Machines_list", "Volumes_list"])
def test_lists_that_are_behind_are_waited_for(
    api: Api, connect: Callable[..., Api], sim: FlySimulator, kind: str
) -> None:
    sim.behaviour = attrs.evolve(sim.behaviour, stale_reads={kind: 4.0})
    api.ensure(STATEFUL, wait=False)
    other = connect()

    assert not other.ensure(STATEFUL).changed
    other.destroy(APP, DATA, STATEFUL)
    assert apps_of(sim) == {}


@pytest.mark.parametrize("noun", [DATA, SERVER], ids=str)
def test_counts_that_are_behind_are_waited_for(
    connect: Callable[..., Api],
    sim: FlySimulator,
    noun: Any,  # noqa: ANN401 - a noun
) -> None:
    behind = [3]

    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path == "/apps/web" and behind:
            behind[0] -= 1
            body |= {"machine_count": 1, "volume_count": 1}
            if not behind[0]:
                behind.clear()
        return body

    api = connect(transport=Doctored(sim, change))
    connect().ensure(APP)

    assert api.ensure(noun)[noun].changed
    assert not behind


def test_the_lists_of_an_app_that_is_not_there_need_no_second_witness(api: Api) -> None:
    api.ensure(APP)
    api.clock.sleep(61.0)
    api.sent.clear()
    api.sim.faults.add(Fault("status", operation="Apps_show", status=404, times=99))
    began = api.clock.now()
    assert api.read(FAR_SERVER) is None
    assert [each.operation for each in api.sent].count("Machines_list") == 1
    assert api.clock.now() < began + 1.0


@pytest.mark.parametrize(("noun", "kind"), [(DATA, "volumes"), (SERVER, "machines")], ids=str)
def test_what_a_list_shows_and_neither_the_app_nor_a_read_by_id_is_made_anew(
    connect: Callable[..., Api],
    sim: FlySimulator,
    stranger: Stranger,
    noun: Any,  # noqa: ANN401 - a noun
    kind: str,
) -> None:
    first = connect()
    twin = attrs.evolve(noun, name="twin")
    theirs = attrs.evolve(noun, name="theirs")
    beside = SERVER if kind == "volumes" else DATA
    first.ensure(noun)
    [ghost] = stranger.list(f"/apps/web/{kind}")
    first.destroy(noun)
    first.ensure(twin, theirs, beside)
    ids = {
        row["name"]: row["id"]
        for each in ("machines", "volumes")
        for row in stranger.list(f"/apps/web/{each}")
    }

    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path != f"/apps/web/{kind}":
            return body
        return [ghost, *(each for each in body if each["id"] != ghost["id"])]

    api = connect(transport=Doctored(sim, change))
    done = api.ensure(noun, twin, beside)
    assert done[noun].changed
    assert done[noun].model.id != ghost["id"]
    assert done[twin].action == done[beside].action == "none"
    read = {each.path.rpartition("/")[2] for each in api.sent if each.method == "GET"}
    assert {ghost["id"], ids["twin"]} <= read
    assert not {ids["theirs"], ids[beside.name]} & read


@pytest.mark.parametrize(
    ("noun", "kind", "state"),
    [
        (SERVER, "machines", "destroying"),
        (SERVER, "machines", "destroyed"),
        (DATA, "volumes", "pending_destroy"),
        (DATA, "volumes", "destroyed"),
    ],
)
def test_what_is_listed_as_leaving_is_not_one_too_many(
    connect: Callable[..., Api],
    sim: FlySimulator,
    noun: Any,  # noqa: ANN401 - a noun
    kind: str,
    state: str,
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path != f"/apps/web/{kind}":
            return body
        return [*body, *({**each, "id": f"{each['id']}9", "state": state} for each in body)]

    connect().ensure(noun)
    api = connect(transport=Doctored(sim, change))
    api.sent.clear()
    began = api.clock.now()
    assert not api.ensure(noun).changed
    assert api.read(attrs.evolve(noun, name="absent")) is None
    assert api.clock.now() - began < 1.0


@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize(("noun", "kind"), [(DATA, "volume"), (SERVER, "machine")], ids=str)
def test_what_is_gone_does_not_make_up_for_what_the_app_counts_or_not(
    connect: Callable[..., Api],
    sim: FlySimulator,
    noun: Any,  # noqa: ANN401 - a noun
    kind: str,
    count: int,
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path == "/apps/web":
            return {**body, f"{kind}_count": count}
        if path != f"/apps/web/{kind}s":
            return body
        return [*body, *({**each, "id": f"{each['id']}9", "state": "destroyed"} for each in body)]

    connect().ensure(noun)
    api = connect(transport=Doctored(sim, change))
    api.sent.clear()
    absent = attrs.evolve(noun, name="absent")
    if count:
        with pytest.raises(errors.ContradictionError, match=f"counts 2 {kind}s, but its list shows 1"):
            api.read(absent)
    else:
        assert api.read(absent) is None
        assert _looks(api, f"{kind.capitalize()}s_list") == [0, 1]


def test_a_link_to_what_no_longer_exists_is_no_witness(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        if path == "/apps/web/volumes":
            return [each | {"attached_machine_id": "e784079b449483"} for each in body]
        for each in body if path == "/apps/web/machines" else ():
            each["config"]["mounts"] = [{"path": "/x", "volume": "vol_gone"}]
        return body

    connect().ensure(SERVER, DATA)
    api = connect(transport=Doctored(sim, change))
    twins = (attrs.evolve(SERVER, name="twin"), attrs.evolve(DATA, name="twin"))
    plan = api.plan(APP, *twins)
    assert [plan[each].action for each in twins] == ["create"] * 2
    plain = connect()
    plain.sent.clear()
    plain.plan(APP, *twins)
    assert not [each.path for each in plain.sent if "/machines/" in each.path], "nothing is attached there"


def _looks(api: Api, operation: str) -> list[float]:
    """Return when a list was read, from its first read on."""
    read = [each.at for each in api.sent if each.operation == operation]
    return [round(at - read[0]) for at in read]


def test_a_list_that_lacks_what_the_app_counts_is_read_again_for_ten_seconds(
    api: Api, sim: FlySimulator
) -> None:
    api.ensure(SERVER)
    _empty(sim, "Machines_list")
    _refused(api, "ensure", CHANGED)
    assert _looks(api, "Machines_list") == [0, 1, 3, 6, 10]


def test_a_list_that_shows_more_than_the_app_counts_is_read_again_for_four_seconds(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return body | {"machine_count": 0} if path == "/apps/web" else body

    connect().ensure(SERVER)
    api = connect(transport=Doctored(sim, change))
    api.sent.clear()
    assert not api.ensure(SERVER).changed
    assert _looks(api, "Machines_list") == [0, 1, 4]


@pytest.mark.parametrize("count", ["1", -1, True, [1], 1.5])
def test_a_count_that_is_no_number_says_nothing(
    connect: Callable[..., Api],
    sim: FlySimulator,
    count: Any,  # noqa: ANN401 - any JSON
) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return body | {"volume_count": count, "machine_count": count} if path == "/apps/web" else body

    connect().ensure(SERVER)
    api = connect(transport=Doctored(sim, change))
    assert api.ensure(SERVER, DATA)[DATA].changed


@pytest.mark.parametrize("state", ["crashed", "unnamed"])
def test_a_machine_that_only_a_refusal_names_is_judged_as_one_that_is_listed(
    connect: Callable[..., Api], clock: VirtualClock, state: str
) -> None:
    def hide(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        if path.endswith("/machines"):
            return []
        if path == "/apps/web":
            return {key: body[key] for key in body if not key.endswith("_count")}
        return {**body, "name": None} if state == "unnamed" and "config" in body else body

    app = App("web", primary_region="iad")
    noun = Machine(app, "server", {"image": "nginx:1", "env": {"A": "1"}})
    world = FlySimulator(clock=clock, latency=0.05, timings="typical")
    if state == "crashed":
        world.images["nginx:1"] = "crashes"
    connect(world).ensure(noun)
    clock.sleep(60.0)
    api = connect(world, transport=Doctored(world, hide))
    api.sent.clear()
    if state == "unnamed":
        noun = Machine(app, "server", {"image": "nginx:2"})
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun)
    wanted = errors.MachineNotRunningError if state == "crashed" else errors.ContradictionError
    assert isinstance(caught.value.__cause__, wanted)
    assert api.writes == ["Machines_create"]
