"""What the service would make twice is looked for before it is sent again, even after a 429."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, AsyncFly, IpAddress, RateLimit, Resource, Volume, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Event
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
ADDRESS = IpAddress(APP, "v6")
CREATIONS = pytest.mark.parametrize(
    ("noun", "operation", "listing", "kind"),
    [
        (DATA, "Volumes_create", "Volumes_list", "volumes"),
        (ADDRESS, "App_IPAssignments_create", "App_IPAssignments_list", "ips"),
    ],
    ids=["volume", "address"],
)


def _refusal(operation: str, **more: Any) -> Fault:  # noqa: ANN401  # the fault's own settings
    return Fault("status", status=429, operation=operation, **more)


@CREATIONS
def test_a_refusal_that_was_carried_out_all_the_same_makes_no_second_one(
    api: Api, noun: Resource[Any], operation: str, listing: str, kind: str
) -> None:
    api.sim.faults.add(_refusal(operation, applied=True))
    assert api.ensure(noun)[noun].model == api.read(noun)
    assert api.writes.count(operation) == 1
    state: Any = api.sim.snapshot()["apps"]
    assert len(state["web"][kind]) == 1


@CREATIONS
def test_nor_where_lists_are_some_seconds_behind(
    connect: Callable[..., Api],
    clock: VirtualClock,
    noun: Resource[Any],
    operation: str,
    *,
    listing: str,
    kind: str,
) -> None:
    lags: dict[Any, float] = {listing: 3.0}
    api = connect(FlySimulator(clock=clock, latency=0.05, behaviour=Behaviour(stale_reads=lags)))
    api.ensure(APP)
    clock.sleep(60.0)
    api.sim.faults.add(_refusal(operation, applied=True))
    api.ensure(noun)
    assert api.writes.count(operation) == 1


@CREATIONS
@pytest.mark.parametrize("status", [401, 404])
def test_a_new_app_that_denies_what_it_has_made_makes_no_second_one(
    api: Api, noun: Resource[Any], operation: str, listing: str, kind: str, *, status: int
) -> None:
    api.ensure(APP)
    body: Any = {"error": "app not found"}
    api.sim.faults.add(Fault("status", status=status, applied=True, operation=operation, body=body))
    assert api.ensure(noun)[noun].model == api.read(noun)
    assert api.writes.count(operation) == 1
    state: Any = api.sim.snapshot()["apps"]
    assert len(state["web"][kind]) == 1


@CREATIONS
@pytest.mark.parametrize("status", [401, 404])
def test_a_new_app_is_looked_into_before_each_repeat(
    api: Api, noun: Resource[Any], operation: str, listing: str, kind: str, *, status: int
) -> None:
    api.ensure(APP)
    api.sent.clear()
    body: Any = {"error": "app not found"}
    api.sim.faults.add(Fault("status", status=status, operation=operation, body=body, times=9))
    assert api.ensure(noun)[noun].changed
    tried = [each.operation for each in api.sent if each.operation in {operation, listing}]
    first = tried.index(operation)
    assert tried[first : first + 19] == [operation, listing] * 9 + [operation]
    assert api.clock.now() < 60.0


@CREATIONS
def test_an_old_app_that_denies_itself_is_believed_at_once(
    api: Api, noun: Resource[Any], operation: str, listing: str, kind: str
) -> None:
    api.ensure(APP)
    api.clock.sleep(61.0)
    body: Any = {"error": "app not found"}
    api.sim.faults.add(Fault("status", status=404, operation=operation, body=body))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.NotFoundError)
    assert not caught.value.maybe_applied
    assert api.writes.count(operation) == 1


@CREATIONS
def test_a_refusal_is_repeated_when_nothing_has_appeared(
    api: Api, noun: Resource[Any], operation: str, listing: str, kind: str
) -> None:
    api.ensure(APP)
    api.sent.clear()
    api.sim.faults.add(_refusal(operation, times=3, headers={"Retry-After": "7"}))
    assert api.ensure(noun)[noun].changed
    sent = [each for each in api.sent if each.operation == operation]
    assert len(sent) == 4
    assert all(later.at - each.at > 7.0 for each, later in itertools.pairwise(sent))
    # Once before, after each refusal, and to see that no rival made one as well. The app counts its volumes,
    # and no addresses, so that of those a second list is the other witness of their absence.
    assert [each.operation for each in api.sent].count(listing) == (5 if kind == "volumes" else 6)


@CREATIONS
def test_refusals_have_an_end(api: Api, noun: Resource[Any], operation: str, listing: str, kind: str) -> None:
    api.sim.faults.add(_refusal(operation, times=10_000))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.RateLimitedError)
    assert 290.0 < api.clock.now() < 310.0


@CREATIONS
def test_a_wait_that_is_too_long_is_left_to_the_caller(
    api: Api, noun: Resource[Any], operation: str, listing: str, kind: str
) -> None:
    api.sim.faults.add(_refusal(operation, headers={"Retry-After": "61"}))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(noun)
    assert isinstance(caught.value.__cause__, errors.RateLimitedError)
    assert caught.value.__cause__.retry_after_s == 61.0
    assert api.writes.count(operation) == 1


def test_one_that_another_made_meanwhile_is_taken(connect: Callable[..., Api], stranger: Stranger) -> None:
    def make_one(event: Event) -> None:
        if event.stage == "started" and event.resource == DATA:
            stranger.create_volume("web", "data", size_gb=3)

    api = connect(on_event=make_one)
    api.sim.faults.add(_refusal("Volumes_create", nth=2))
    report = api.ensure(DATA)
    [row] = stranger.list("/apps/web/volumes")
    assert report[DATA].model.id == row["id"]
    assert "Volume_delete" not in api.writes


def test_many_that_are_refused_share_their_lists() -> None:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05, rate_limits=True)
    disks = [attrs.evolve(DATA, name=f"data_{index}") for index in range(16)]
    unlimited = RateLimit(enabled=False)

    async def work() -> None:
        async with AsyncFly(
            token="test", transport=sim.transport(), clock=clock, rate_limit=unlimited
        ) as fly:
            await fly.ensure(*disks)

    asyncio.run(work())
    state: Any = sim.snapshot()["apps"]
    assert len(state["web"]["volumes"]) == 16
    lists = [each for each in sim.requests if each.operation == "Volumes_list" and each.status == 200]
    assert len(lists) < 16


def test_what_another_nouns_answer_named_is_not_taken_for_ones_own(api: Api) -> None:
    """Two alike but for a service: the lost answer of one is not read back as the other's address."""
    plain, named = IpAddress(APP, "v4"), IpAddress(APP, "v4", service_name="api")
    api.ensure(APP)
    api.sim.faults.add(Fault("reset_before", operation="App_IPAssignments_create", nth=1))
    with pytest.raises(errors.EnsureError, match="nothing has appeared"):
        api.ensure(plain, named)
    assert api.ensure(plain, named)[plain].changed
    state: Any = api.sim.snapshot()["apps"]
    assert len(state["web"]["ips"]) == 2
