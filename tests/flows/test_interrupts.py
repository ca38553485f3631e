"""Ctrl-C and cancellation: leases are given back, nothing new is begun, and the next run goes on."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fly_resources import App, AsyncFly, Fly, IpAddress, Machine, Volume
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fly_resources import Event, Report, Resource

APP = App("web", primary_region="iad")
OLD = [Machine(APP, f"m{index}", {"image": "nginx:alpine"}) for index in range(3)]
NEW = [Machine(APP, f"m{index}", {"image": "nginx:1"}) for index in range(3)]
#: While their checks do not pass yet, there is progress to tell.
CHECKED = [
    Machine(APP, f"m{index}", {"image": "nginx:1", "checks": {"alive": {"type": "tcp", "port": 80}}})
    for index in range(3)
]
MOVED = Machine(APP, "m0", {"image": "nginx:alpine"}, region="lhr")


class World:
    """Three machines, whose states take as long as they were seen to, and what is looked at afterwards."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.sim = FlySimulator(clock=self.clock, latency=0.05, rate_limits=True, timings="typical")
        self.ensure(*OLD)
        self.clock.sleep(60.0)
        self.sim.requests.clear()

    def client(self, transport: httpx.BaseTransport | None = None, **settings: Any) -> Fly:  # noqa: ANN401  # the arguments of the client
        inner = transport or self.sim.transport()
        return Fly(token="test", owner="tests", transport=inner, clock=self.clock, **settings)

    def ensure(self, *nouns: Resource[Any], **options: Any) -> Report:  # noqa: ANN401  # the options of the verb
        with self.client() as fly:
            return fly.ensure(*nouns, **options)

    def leased(self) -> list[str]:
        """Return the machines that somebody holds a lease on, asked for as soon as the rate limit allows."""
        self.clock.sleep(3.0)
        with httpx.Client(transport=self.sim.transport(), base_url="https://api.machines.dev/v1") as http:
            rows = http.get(
                "/apps/web/machines?include_leases=true", headers={"Authorization": "Bearer x"}
            ).json()
        # The lease of a machine that is being destroyed goes with it.
        return [row["name"] for row in rows if row.get("lease") and row["state"] != "destroying"]

    def check(self) -> None:
        """No lease is left, the clock owes nobody a place, and the next run converges."""
        assert self.leased() == []
        # A unit of work that was announced and never ended would hold the clock here.
        self.clock.sleep(30.0)
        self.ensure(*NEW)
        assert not self.ensure(*NEW).changed
        assert self.leased() == []


class Interrupting(httpx.BaseTransport):
    """Raises KeyboardInterrupt instead of sending the nth request, or after its answer came."""

    def __init__(self, inner: httpx.BaseTransport, nth: int, *, after: bool) -> None:
        self._inner = inner
        self._left = nth
        self._after = after

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left:
            return self._inner.handle_request(request)
        if self._after:
            self._inner.handle_request(request)
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("nth", "width"), [*((nth, 3) for nth in range(1, 16)), *((nth, 1) for nth in (4, 5, 6, 8, 10))]
)
def test_an_interrupt_instead_of_any_request_leaves_no_lease(nth: int, width: int) -> None:
    world = World()
    transport = Interrupting(world.sim.transport(), nth, after=False)
    with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*NEW, IpAddress(APP, "v6"), max_unavailable=width)
    world.check()


@pytest.mark.parametrize(
    "operation",
    ["Machines_show", "Machines_update", "Machines_wait", "Machines_list", "Machines_release_lease"],
)
def test_an_interrupt_after_an_answer_leaves_no_lease(operation: str) -> None:
    plain = World()
    plain.ensure(*NEW)
    nth = [each.operation for each in plain.sim.requests].index(operation) + 1
    world = World()
    transport = Interrupting(world.sim.transport(), nth, after=True)
    with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*NEW)
    world.check()


def test_after_an_interrupt_nothing_but_leases_is_sent() -> None:
    world = World()
    transport = Interrupting(world.sim.transport(), 12, after=False)
    with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*NEW, IpAddress(APP, "v6"), max_unavailable=3)
    interrupted = world.sim.requests[10]
    later = [each.operation for each in world.sim.requests[11:] if each.method != "GET"]
    assert interrupted.operation
    assert later == ["Machines_release_lease"] * 3


def test_an_interrupt_ends_what_waits_to_be_sent_again() -> None:
    world = World()
    world.sim.faults.add(Fault("status", status=429, operation="Machines_create_lease", times=9999))
    transport = Interrupting(world.sim.transport(), 12, after=False)
    with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*NEW, max_unavailable=3)
    assert [each.operation for each in world.sim.requests[11:]] == []


def test_an_interrupt_does_not_wait_long_for_leases_that_cannot_be_given_back() -> None:
    world = World()
    world.sim.faults.add(Fault("status", status=429, operation="Machines_release_lease", times=9999))
    transport = Interrupting(world.sim.transport(), 12, after=False)
    with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*NEW, IpAddress(APP, "v6"), max_unavailable=3)
    assert world.sim.requests[-1].operation == "Machines_release_lease"
    assert world.clock.now() - world.sim.requests[10].at < 12.0


@pytest.mark.parametrize("stage", ["started", "progress", "done"])
@pytest.mark.parametrize("width", [1, 3])
def test_an_interrupt_in_a_listener_leaves_no_lease(stage: str, width: int) -> None:
    world = World()

    def listen(event: Event) -> None:
        if event.stage == stage:
            raise KeyboardInterrupt

    with world.client(on_event=listen) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*CHECKED, max_unavailable=width)
    world.check()


def test_ctrl_c_reaches_the_caller_from_under_its_threads() -> None:
    """The signal is handled by the main thread, which does nothing but wait for the others."""
    world = World()
    pressed: list[Event] = []

    def listen(event: Event) -> None:
        if event.stage == "progress" and not pressed:
            pressed.append(event)
            signal.raise_signal(signal.SIGINT)

    with world.client(on_event=listen) as fly, pytest.raises(KeyboardInterrupt):
        fly.ensure(*CHECKED, max_unavailable=3)
    assert pressed
    world.check()


def test_an_interrupted_destroy_leaves_no_lease_and_the_next_one_completes_it() -> None:
    for nth in (2, 4, 6, 8, 10, 11):
        world = World()
        transport = Interrupting(world.sim.transport(), nth, after=False)
        with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
            fly.destroy(*OLD)
        assert world.leased() == []
        with world.client() as fly:
            fly.destroy(APP, *OLD)
        assert world.sim.snapshot() == {"apps": {}}


def test_an_interrupted_replacement_is_completed_by_the_next_run() -> None:
    for nth in range(1, 9):
        world = World()
        transport = Interrupting(world.sim.transport(), nth, after=False)
        with world.client(transport) as fly, pytest.raises(KeyboardInterrupt):
            fly.ensure(MOVED, replace=True)
        assert world.leased() == []
        assert world.ensure(MOVED, replace=True)[MOVED].model.region == "lhr"
        assert not world.ensure(MOVED).changed


async def _cancelled_after(
    world: World, seconds: float, work: Callable[[AsyncFly], Coroutine[Any, Any, object]], *, times: int = 1
) -> int:
    """Cancel `work` so many seconds after its begin, and return how many requests had been sent by then.

    Of several `times`, each comes when the one before has reached everything.
    """
    clock = world.clock
    transport = world.sim.transport()
    async with AsyncFly(token="test", owner="tests", transport=transport, clock=clock) as fly:
        task = asyncio.create_task(work(fly))
        await asyncio.sleep(0)
        ticket = clock.announce()
        await clock.start_async(ticket)
        await clock.sleep_async(seconds)
        sent = len(world.sim.requests)
        task.cancel()
        for _ in range(times - 1):
            for _ in range(20):
                await asyncio.sleep(0)
            task.cancel()
        clock.finish()
        with pytest.raises(asyncio.CancelledError):
            await task
    return sent


@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.07, 0.12, 0.17, 0.22, 1.0, 3.0, 4.7, 4.72, 4.75])
def test_a_cancelled_task_leaves_no_lease_and_begins_nothing(seconds: float, width: int) -> None:
    world = World()
    # What was created is listed once more after two seconds: that keeps the shorter run going, too.
    address, disk = IpAddress(APP, "v6"), Volume(APP, "spare")
    sent = asyncio.run(
        _cancelled_after(world, seconds, lambda fly: fly.ensure(*NEW, address, disk, max_unavailable=width))
    )
    later = [each.operation for each in world.sim.requests[sent:]]
    assert set(later) <= {"Machines_release_lease"}
    world.check()


@pytest.mark.parametrize("seconds", [0.0, 0.07, 0.12, 0.17, 1.0, 1.6, 1.65])
def test_a_cancelled_destroy_leaves_no_lease(seconds: float) -> None:
    world = World()
    asyncio.run(_cancelled_after(world, seconds, lambda fly: fly.destroy(*OLD)))
    assert world.leased() == []
    with world.client() as fly:
        fly.destroy(APP, *OLD, IpAddress(APP, "v6"))
    assert world.sim.snapshot() == {"apps": {}}


def test_a_lease_that_is_granted_while_we_are_cancelled_is_given_back() -> None:
    world = World()
    world.sim.faults.add(Fault("slow", operation="Machines_create_lease", seconds=5.0))
    asyncio.run(_cancelled_after(world, 1.0, lambda fly: fly.ensure(*NEW)))
    assert [each.operation for each in world.sim.requests[-2:]] == [
        "Machines_create_lease",
        "Machines_release_lease",
    ]
    assert world.leased() == []


@pytest.mark.parametrize("seconds", [1.0, 4.99])
def test_cancelled_twice_no_lease_is_left_either(seconds: float) -> None:
    world = World()
    world.sim.faults.add(Fault("slow", operation="Machines_create_lease", seconds=5.0))
    world.sim.faults.add(Fault("slow", operation="Machines_release_lease", seconds=5.0))
    asyncio.run(_cancelled_after(world, seconds, lambda fly: fly.ensure(*NEW), times=4))
    assert world.sim.requests[-1].operation == "Machines_release_lease"
    assert world.leased() == []


def test_a_lease_that_is_refused_while_we_are_cancelled_is_not_asked_for_again() -> None:
    world = World()
    world.sim.faults.add(Fault("status", status=429, operation="Machines_create_lease", times=9999))
    before = world.clock.now()
    sent = asyncio.run(_cancelled_after(world, 5.0, lambda fly: fly.ensure(*NEW)))
    assert world.sim.requests[sent:] == []
    assert world.clock.now() < before + 15.0


def test_a_lease_block_that_is_cancelled_before_it_begins_holds_nothing() -> None:
    world = World()
    world.sim.faults.add(Fault("slow", operation="Machines_create_lease", seconds=5.0))

    async def work(fly: AsyncFly) -> None:
        async with fly.lease(OLD[0]):
            pytest.fail("the block was entered")

    asyncio.run(_cancelled_after(world, 1.0, work))
    assert world.leased() == []


def test_a_timeout_of_asyncio_is_a_cancellation_like_any_other() -> None:
    world = World()

    async def work(fly: AsyncFly) -> None:
        await asyncio.wait_for(fly.ensure(*NEW), 3600.0)

    asyncio.run(_cancelled_after(world, 1.0, work))
    world.check()
