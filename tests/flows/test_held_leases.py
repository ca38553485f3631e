"""A lease is never held for more than 60 seconds without being extended, whoever asked for how long."""

from __future__ import annotations

import asyncio
import gc
import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, AsyncFly, Fly, Machine, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock
from tests.flows.conftest import Api
from tests.flows.test_interrupts import Interrupting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.flows.conftest import Stranger

SERVER = Machine(App("web", primary_region="iad"), "server", {"image": "nginx:alpine"})
#: What the clock says beyond it, for requests under way.
SOON = 5.0


def _leased(stranger: Stranger) -> bool:
    stranger_sees: Any = stranger.list("/apps/web/machines?include_leases=true")
    return any(row.get("lease") for row in stranger_sees)


@pytest.fixture
def running(sim: FlySimulator, clock: VirtualClock) -> Iterator[Api]:
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        api = Api(fly, sim, clock)
        api.ensure(SERVER)
        clock.sleep(10.0)
        api.sent.clear()
        yield api


def _asked(api: Api) -> list[int]:
    """Return for how many seconds each lease was asked for."""
    sent = [each for each in api.sent if each.operation == "Machines_create_lease"]
    return [int(json.loads(each.body)["ttl"]) for each in sent]


def test_a_long_lease_is_kept_alive_while_the_block_lasts(running: Api, stranger: Stranger) -> None:
    with running.lease(SERVER, ttl_s=3600):
        for _ in range(10):
            running.clock.sleep(100.0)
            assert _leased(stranger)
    assert not _leased(stranger)
    assert set(_asked(running)) == {60}
    running.sent.clear()
    running.clock.sleep(200.0)
    assert running.writes == []


def test_a_long_lease_ends_when_it_was_to_end(running: Api, stranger: Stranger) -> None:
    with running.lease(SERVER, ttl_s=100):
        running.clock.sleep(95.0)
        assert _leased(stranger)
        running.clock.sleep(10.0)
        assert not _leased(stranger)
        running.sent.clear()
        running.clock.sleep(300.0)
        assert running.writes == []


def test_a_short_lease_is_not_extended(running: Api, stranger: Stranger) -> None:
    with running.lease(SERVER, ttl_s=30):
        running.clock.sleep(40.0)
        assert not _leased(stranger)
    assert _asked(running) == [30]


def test_an_extension_that_fails_once_does_not_end_it(running: Api, stranger: Stranger) -> None:
    running.sim.faults.add(Fault("reset_before", operation="Machines_create_lease", nth=3))
    with running.lease(SERVER, ttl_s=600):
        running.clock.sleep(300.0)
        assert _leased(stranger)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[VirtualClock]:
    """The clocks that noticed that they were stuck; a background thread keeps that error to itself."""
    found: list[VirtualClock] = []
    tell = VirtualClock._stuck  # noqa: SLF001  # see above

    def stuck(clock: VirtualClock) -> RuntimeError:
        found.append(clock)
        return tell(clock)

    monkeypatch.setattr("fly_resources.testing._clock.STUCK_AFTER_S", 0.5)
    monkeypatch.setattr(VirtualClock, "_stuck", stuck)
    return found


@pytest.mark.parametrize("ends_at", [300.0, 300.05, 300.1])
def test_leaving_the_block_during_an_extension_does_not_stop_a_virtual_clock(
    running: Api, stranger: Stranger, told: list[VirtualClock], ends_at: float
) -> None:
    running.sim.faults.add(Fault("reset_before", operation="Machines_create_lease", nth=3))
    with running.lease(SERVER, ttl_s=600):
        running.clock.sleep(ends_at)
        assert _leased(stranger)
    assert not told


def test_nor_does_leaving_it_in_a_task(told: list[VirtualClock]) -> None:
    async def leave(ends_at: float) -> None:
        clock = VirtualClock()
        sim = FlySimulator(clock=clock, latency=0.05)
        async with AsyncFly("test", transport=sim.transport(), clock=clock) as fly:
            await fly.ensure(App("web", primary_region="iad"), SERVER)
            async with fly.lease(SERVER, ttl_s=600):
                await clock.sleep_async(ends_at)

    for ends_at in range(299_900, 300_200, 20):
        asyncio.run(leave(ends_at / 1000))
    assert not told


@pytest.mark.parametrize(
    "fault",
    [Fault("slow", seconds=900.0), Fault("slow", seconds=900.0, late=True), Fault("reset_after")],
    ids=["slow", "late", "reset"],
)
def test_two_extensions_that_are_lost_do_not_end_it(running: Api, stranger: Stranger, fault: Fault) -> None:
    lost = attrs.evolve(fault, operation="Machines_create_lease", nth=3, times=2)
    running.sim.faults.add(lost)
    with running.lease(SERVER, ttl_s=600):
        for _ in range(30):
            running.clock.sleep(10.0)
            assert _leased(stranger)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422, 425])
def test_an_extension_that_is_refused_once_does_not_end_it(
    running: Api, stranger: Stranger, status: int
) -> None:
    running.sim.faults.add(Fault("status", operation="Machines_create_lease", nth=3, status=status))
    with running.lease(SERVER, ttl_s=600):
        running.clock.sleep(300.0)
        assert _leased(stranger)


def test_a_lease_that_somebody_else_holds_by_now_is_given_up(running: Api) -> None:
    refusal = Fault("status", operation="Machines_create_lease", nth=2, times=999, status=409)
    running.sim.faults.add(refusal)
    with running.lease(SERVER, ttl_s=600):
        running.clock.sleep(100.0)
        running.sent.clear()
        running.clock.sleep(300.0)
        assert running.sent == []


def test_a_lease_whose_answer_came_late_holds_for_its_time_all_the_same(
    running: Api, stranger: Stranger
) -> None:
    running.sim.faults.add(Fault("slow", seconds=59.0, operation="Machines_create_lease"))
    with running.lease(SERVER):
        running.clock.sleep(50.0)
        assert _leased(stranger)


def test_time_does_not_pass_because_a_lease_is_held(running: Api) -> None:
    began = running.clock.now()
    with running.lease(SERVER, ttl_s=3600):
        assert running.clock.now() - began < SOON
    assert running.clock.now() - began < SOON


@pytest.mark.parametrize("ttl_s", [0, -1, 1.5, True, "60", None, 10**400])
def test_an_impossible_time_is_refused(running: Api, ttl_s: Any) -> None:  # noqa: ANN401  # the mistake
    with pytest.raises(errors.ConfigurationError, match="ttl_s"), running.lease(SERVER, ttl_s=ttl_s):
        pass
    assert running.sent == []


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "when it was granted"])
def test_an_interrupt_leaves_no_lease_for_more_than_a_minute(
    running: Api, stranger: Stranger, *, after: bool
) -> None:
    sim, clock = running.sim, running.clock
    transport = Interrupting(sim.transport(), 2, after=after)
    with (
        Fly("test", transport=transport, clock=clock) as fly,
        pytest.raises(KeyboardInterrupt),
        fly.lease(SERVER, ttl_s=3600),
    ):
        pass
    gc.collect()
    assert _leased(stranger) == after
    clock.sleep(61.0)
    assert not _leased(stranger)


def test_a_lost_answer_leaves_no_lease_for_more_than_a_minute(running: Api) -> None:
    running.sim.faults.add(Fault("reset_after", operation="Machines_create_lease"))
    began = running.clock.now()
    with running.lease(SERVER, ttl_s=3600):
        assert running.clock.now() - began < 80.0


def test_an_async_lease_is_kept_alive_too(running: Api, stranger: Stranger) -> None:
    async def hold() -> None:
        transport = running.sim.transport()
        async with AsyncFly("test", transport=transport, clock=running.clock) as fly:
            async with fly.lease(SERVER, ttl_s=3600):
                for _ in range(5):
                    await running.clock.sleep_async(100.0)
                    assert _leased(stranger)
            assert not _leased(stranger)

    asyncio.run(hold())
    assert set(_asked(running)) == {60}


def test_a_cancelled_block_gives_its_lease_back_and_extends_no_more(running: Api, stranger: Stranger) -> None:
    async def hold() -> None:
        transport = running.sim.transport()
        async with (
            AsyncFly("test", transport=transport, clock=running.clock) as fly,
            fly.lease(SERVER, ttl_s=3600),
        ):
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(hold())
    running.sent.clear()
    assert not _leased(stranger)
    running.clock.sleep(100.0)
    assert running.writes == []
