"""A virtual clock that cannot go on says which unit of work waits for what."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fly_resources import App, AsyncFly, Fly, Machine, RateLimit, Volume, errors
from fly_resources._engine.effects import Flow, Node, graph, now, sleep
from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing import _clock as virtual
from tests.unit.worlds import drive

if TYPE_CHECKING:
    from typing import Literal

    from tests.unit.fakes import Mode


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual, "STUCK_AFTER_S", 0.05)


def nap(seconds: float) -> Flow[None]:
    yield from sleep(seconds)


@pytest.mark.usefixtures("impatient")
def test_it_names_who_sleeps_until_when_and_who_is_elsewhere_and_where() -> None:
    clock = VirtualClock()
    released = threading.Event()

    def wait_for_another_thread(_request: httpx.Request) -> httpx.Response:
        released.wait(0.5)
        return httpx.Response(200, json={"id": "1", "name": "shop", "status": "deployed"})

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/machines"):
            return wait_for_another_thread(request)
        clock.sleep(3)
        return httpx.Response(404, json={"error": "app not found"})

    with (
        Fly("t", transport=httpx.MockTransport(answer), clock=clock) as fly,
        pytest.raises(errors.FlyError, match="stuck") as caught,
    ):
        fly.plan(Machine(App("shop", primary_region="iad"), "web", {"image": "x"}))
    released.set()

    told = str(caught.value)
    assert "the virtual clock is stuck at 0 s: 2 units of work announced, 1 asleep" in told
    assert "sleeps until 3 s, at" in told
    assert "does not wait for the clock; it is at" in told
    assert "in wait_for_another_thread" in told


@pytest.mark.usefixtures("impatient")
def test_it_names_units_by_their_nodes_and_flows_by_their_line(mode: Mode) -> None:
    clock = VirtualClock()

    def hog() -> Flow[None]:
        yield from sleep(1)
        clock.announce()  # something takes a place and never gives it back
        yield from nap(7)

    def both() -> Flow[object]:
        return (yield from graph({("machine", "shop/web"): Node(hog), "late": Node(lambda: nap(9))}))

    done = drive(mode, clock, both())

    assert isinstance(done, dict)
    told = str(done["late"].error) + str(done["machine", "shop/web"].error)
    assert "fly-resources: machine of shop/web sleeps until 8 s, at unit/test_stuck_clock.py" in told
    assert "fly-resources: late sleeps until 9 s" in told
    assert "in nap" in told


@pytest.mark.usefixtures("impatient")
def test_a_unit_that_asks_for_ever_without_sleeping_fails_instead_of_hanging(mode: Mode) -> None:
    clock = VirtualClock()

    def spin() -> Flow[None]:
        while True:
            yield from now()

    def both() -> Flow[object]:
        return (yield from graph({"spins": Node(spin), "sleeps": Node(lambda: nap(1))}))

    done = drive(mode, clock, both())

    assert isinstance(done, dict)
    told = str(done["spins"].error)
    assert "stuck at 0 s" in told
    assert "fly-resources: spins does not wait for the clock; it is at" in told
    assert "in spin" in told


def test_whoever_works_long_alone_is_not_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual, "STUCK_AFTER_S", 0.0)
    clock = VirtualClock()

    for _ in range(3 * virtual._LOOKS):  # noqa: SLF001 - what the clock allows
        assert clock.now() == 0


def stack(machines: int, image: str, *, volumes: bool) -> list[Machine]:
    app = App("shop", primary_region="iad")
    made: list[Machine] = []
    for number in range(machines):
        data = Volume(app, f"data{number}")
        mounts: dict[str, Volume | str] = {"/data": data} if volumes else {}
        made.append(Machine(app, f"web{number}", {"image": image}, mounts=mounts))
    return made


@settings(max_examples=12)
@given(
    machines=st.integers(1, 6),
    latency=st.sampled_from([0.0, 1e-9, 0.01, 0.05, 1 / 3, 1.0]),
    timings=st.sampled_from(["instant", "typical"]),
    volumes=st.booleans(),
    rate_limits=st.booleans(),
    asynchronous=st.booleans(),
    begin=st.sampled_from([0.0, 0.1, 1e6 + 1 / 3, 1e9 + 0.1]),
)
def test_nothing_spins_or_hangs_under_any_timings_latency_and_number(
    *,
    machines: int,
    latency: float,
    timings: Literal["instant", "typical"],
    volumes: bool,
    rate_limits: bool,
    asynchronous: bool,
    begin: float,
) -> None:
    clock = VirtualClock(begin)
    simulator = FlySimulator(clock=clock, latency=latency, timings=timings, rate_limits=rate_limits)
    limit = RateLimit(enabled=rate_limits)
    old, new = (stack(machines, image, volumes=volumes) for image in ("shop:1", "shop:2"))
    started = time.monotonic()

    def run() -> list[bool]:
        with Fly("t", transport=simulator.transport(), clock=clock, rate_limit=limit) as fly:
            reports = fly.ensure(*old), fly.ensure(*new), fly.ensure(*new), fly.destroy(*new)
            return [each.changed for each in reports]

    async def run_async() -> list[bool]:
        async with AsyncFly("t", transport=simulator.transport(), clock=clock, rate_limit=limit) as fly:
            made, changed, same = await fly.ensure(*old), await fly.ensure(*new), await fly.ensure(*new)
            return [made.changed, changed.changed, same.changed, (await fly.destroy(*new)).changed]

    assert (asyncio.run(run_async()) if asynchronous else run()) == [True, True, False, True]
    assert time.monotonic() - started < 60  # far above what it takes, far below for ever
