"""An app that was made moments ago may be invisible for a minute (AP-12): nothing of it fails for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Resource,
    RetryPolicy,
    Volume,
    errors,
)
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock
from tests.flows.conftest import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"})
NOUNS: dict[str, tuple[Resource[Any], ...]] = {
    "app": (APP,),
    "volume": (DATA,),
    "dedicated address": (IpAddress(APP, "v4"),),
    "private address": (IpAddress(APP, "private_v6"),),
    "machine": (SERVER,),
    "machine with a volume": (Machine(APP, "db", {"image": "nginx:alpine"}, mounts={"/data": DATA}),),
    "secret": (FlySecret(APP, "KEY", "v"),),
    "certificate": (Certificate(APP, "www.example.com"),),
}
NOUNS["everything"] = tuple({noun for nouns in NOUNS.values() for noun in nouns})
_UNKNOWN: Any = {"error": "app not found"}


@pytest.fixture(
    params=[(Fly, 404, 3.0), (AsyncFly, 404, 30.0), (Fly, 401, 30.0), (AsyncFly, 401, 3.0)], ids=str
)
def shy(request: pytest.FixtureRequest) -> Iterator[Api]:
    kind, status, seconds = request.param
    clock = VirtualClock()
    unseen: Literal[401, 404] = status
    behaviour = Behaviour(app_unseen_s=seconds, app_unseen_status=unseen)
    sim = FlySimulator(clock=clock, latency=0.05, rate_limits=True, behaviour=behaviour)
    api = Api(kind(token="test", transport=sim.transport(), clock=clock), sim, clock)
    yield api
    api.close()


@pytest.mark.parametrize("nouns", NOUNS.values(), ids=NOUNS.keys())
def test_all_that_goes_into_a_new_app_is_made_and_settled(shy: Api, nouns: tuple[Resource[Any], ...]) -> None:
    report = shy.ensure(*nouns)
    assert all(report[noun].changed for noun in nouns)
    assert not shy.ensure(*nouns).changed


@pytest.mark.parametrize("nouns", NOUNS.values(), ids=NOUNS.keys())
def test_what_was_made_a_moment_ago_is_destroyed_by_the_same_client(
    shy: Api, nouns: tuple[Resource[Any], ...]
) -> None:
    shy.ensure(*nouns)
    named = nouns if APP in nouns else (*nouns, APP)
    report = shy.destroy(*named, everything=True)
    assert report[APP].changed
    assert shy.sim.snapshot()["apps"] == {}


def test_a_new_app_alone_is_not_left_over_by_its_destroy(shy: Api) -> None:
    shy.ensure(APP)
    assert shy.destroy(APP)[APP].changed
    assert shy.sim.snapshot()["apps"] == {}
    began = shy.clock.now()
    assert not shy.destroy(APP).changed
    assert shy.clock.now() < began + 5, "an app that this client has deleted is not new any more"


def test_a_double_made_by_a_race_is_settled_in_an_unseen_app(shy: Api) -> None:
    shy.sim.faults.add(Fault("reset_after", operation="Volumes_create"))
    assert shy.ensure(DATA)[DATA].changed
    state: Any = shy.sim.snapshot()["apps"]
    assert len(state["web"]["volumes"]) == 1


def test_reads_of_a_new_app_see_what_is_in_it(shy: Api) -> None:
    shy.ensure(SERVER)
    assert shy.read(SERVER) is not None
    assert shy.read(APP) is not None
    assert shy.plan(SERVER)[SERVER].action == "none"
    with shy.lease(SERVER):
        pass


@pytest.mark.parametrize("seconds", [3.0, 30.0])
def test_an_app_that_another_program_makes_at_the_same_time_is_adopted(seconds: float) -> None:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, behaviour=Behaviour(app_unseen_s=seconds))
    with (
        Fly("test", transport=sim.transport(), clock=clock) as other,
        Fly("test", transport=sim.transport(), clock=clock) as fly,
    ):
        other.ensure(APP)
        clock.sleep(0.5)
        report = fly.ensure(SERVER, DATA)
    assert (report[APP].action, report[SERVER].changed, report[DATA].changed) == ("none", True, True)


def test_an_app_whose_creation_was_not_answered_may_be_unseen_too(shy: Api) -> None:
    shy.sim.faults.add(Fault("reset_after", operation="Apps_create"))
    report = shy.ensure(SERVER)
    assert (report[APP].model.name, report[SERVER].changed) == ("web", True)


def test_a_policy_without_repeats_waits_for_a_new_app_all_the_same() -> None:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, behaviour=Behaviour(app_unseen_s=8.0))
    with Fly("test", transport=sim.transport(), clock=clock, retry=RetryPolicy(attempts=1)) as fly:
        assert fly.ensure(DATA)[DATA].changed


def test_where_the_app_is_seen_at_once_nothing_more_is_sent(api: Api) -> None:
    api.ensure(APP, DATA)
    operations = [each.operation for each in api.sent]
    assert sorted(map(str, operations)) == [
        "Apps_create",
        "Apps_show",
        "Volumes_create",
        "Volumes_list",
        "Volumes_list",
    ]


@pytest.mark.parametrize(
    "text", ["app not found", 'Could not find App "web"', "not found", "", "no such app"]
)
@pytest.mark.parametrize("operation", ["Volumes_create", "Volumes_list"])
def test_whatever_the_words_a_404_for_a_whole_kind_means_the_app(api: Api, operation: str, text: str) -> None:
    api.ensure(APP)
    body: Any = {"error": text}
    api.sim.faults.add(Fault("status", operation=operation, status=404, times=4, body=body))
    assert api.ensure(DATA)[DATA].changed


def test_what_is_missing_in_a_new_app_is_not_waited_for(connect: Callable[..., Api]) -> None:
    api = connect()
    api.ensure(SERVER)
    api.destroy(SERVER)
    began = api.clock.now()
    assert not api.destroy(SERVER, Certificate(APP, "www.example.com"), DATA).changed
    assert api.read(Certificate(APP, "www.example.com")) is None
    assert api.clock.now() < began + 5


def test_an_app_is_new_for_a_minute_only(api: Api) -> None:
    api.ensure(APP)
    api.clock.sleep(61.0)
    api.sim.faults.add(Fault("status", operation="Volumes_create", status=404, times=99, body=_UNKNOWN))
    began = api.clock.now()
    with pytest.raises(errors.EnsureError, match="app not found"):
        api.ensure(DATA)
    assert api.clock.now() < began + 5


@pytest.mark.parametrize("text", ["not_found: machine not found", "not found", ""])
@pytest.mark.parametrize("kind", [Fly, AsyncFly], ids=["blocking", "async"])
def test_a_machine_of_a_new_app_may_be_unknown_for_as_long_as_the_app(kind: Any, text: str) -> None:  # noqa: ANN401  # a client's class
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05)
    for operation in ("Machines_wait", "Machines_show"):
        body: Any = {"error": text}
        sim.faults.add(Fault("status", operation=operation, status=404, body=body, times=10))
    api = Api(kind(token="test", transport=sim.transport(), clock=clock), sim, clock)
    assert api.ensure(SERVER)[SERVER].changed
    assert 30.0 < clock.now() < 60.0, "asked less often the longer it takes"
    api.close()
