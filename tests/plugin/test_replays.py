"""What is recorded in real time is replayed in none: every noun, fleets and updates, with both clients.

The service here is a served simulator on a clock that is fast but real: states take the time that they take.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from typing import TYPE_CHECKING

import pytest

from fly_resources._engine.clock import SystemClock
from fly_resources.testing import FlySimulator, Program
from fly_resources.testing._pacing import PacedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = ("--fly-record", "--fly-org", "personal")
#: Seconds of the service, and of the clients that record, in one second of the test.
FASTER = 200

CONFTEST = """
import pytest

@pytest.fixture
def vcr_config(fly_vcr_config):
    return fly_vcr_config
"""

STORIES = """
import asyncio
import os
import pytest
from fly_resources import App, AsyncFly, Certificate, Fly, FlySecret, IpAddress, Machine, Volume

pytestmark = pytest.mark.vcr

def fleet(app, image, count):
    return [Machine(app, f"w{i}", {"image": image}) for i in range(count)]

def everything(app, image="nginx:1"):
    volumes = [Volume(app, "data")]
    return [
        app,
        FlySecret(app, "KEY", "canary-value"),
        *volumes,
        *(Machine(app, f"db{i}", {"image": image}, mounts={"/data": each}) for i, each in enumerate(volumes)),
        *checked(app, image),
        Certificate(app, "www.example.com"),
        IpAddress(app, "shared_v4"),
        IpAddress(app, "v6"),
    ]

def checked(app, image):
    checks = {"up": {"type": "tcp", "port": 80, "interval": "15s", "timeout": "2s"}}
    return [Machine(app, f"c{i}", {"image": image, "checks": checks}) for i in range(2)]

STORIES = {
    "fleet": lambda app: [fleet(app, "nginx:1", 3), fleet(app, "nginx:2", 3)],
    "everything": lambda app: [everything(app), everything(app), everything(app, "nginx:2")],
}

@pytest.fixture
def app(fly_app_name, fly_org):
    return App(fly_app_name, org=fly_org, primary_region="iad")

@pytest.fixture(params=list(STORIES))
def steps(request, app):
    return STORIES[request.param](app)

def tell(stack, report):
    print("did", *(f"{str(noun)}:{report[noun].action}" for noun in stack))

def test_blocking(fly, steps):
    for stack in steps:
        tell(stack, fly.ensure(*stack))
    assert not fly.ensure(*stack).changed
    fly.destroy(*stack, force=True)

def test_async(async_fly, steps):
    async def run():
        async with async_fly as fly:
            for stack in steps:
                tell(stack, await fly.ensure(*stack))
            assert not (await fly.ensure(*stack)).changed
            await fly.destroy(*stack, force=True)
    asyncio.run(run())

def test_work_that_ends(fly, app):
    fly.ensure(app)
    for _ in range(2):
        result = fly.run(app, "job:1")
        assert (result.exit_code, [line.message for line in result.log]) == (3, ["done"])

def test_clients_of_the_code_itself(app):
    with Fly(os.environ.get("FLY_API_TOKEN", "any-token")) as fly:
        tell([], fly.ensure(*fleet(app, "nginx:1", 3)))
        fly.ensure(*fleet(app, "nginx:2", 3))

def test_async_clients_of_the_code_itself(app):
    async def run():
        async with AsyncFly(os.environ.get("FLY_API_TOKEN", "any-token")) as fly:
            await fly.ensure(*fleet(app, "nginx:1", 3))
            await fly.ensure(*fleet(app, "nginx:2", 3))
    asyncio.run(run())
"""


class FastClock(SystemClock):
    """Real time, but faster."""

    def now(self) -> float:
        return time.monotonic() * FASTER

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds / FASTER)


@pytest.fixture
def service(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlySimulator]:
    """A simulator in the place of Fly.io, in which everything takes its time."""
    asleep = asyncio.sleep

    async def sleep_async(_clock: SystemClock, seconds: float) -> None:
        await asleep(seconds / FASTER)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: None)
    simulator = FlySimulator(clock=FastClock(), timings="typical", latency=0.1)
    simulator.images["job:1"] = Program(prints=("done",), exit_code=3, after_s=2)
    monkeypatch.setattr(SystemClock, "sleep", lambda _clock, seconds: time.sleep(seconds / FASTER))
    monkeypatch.setattr(SystemClock, "sleep_async", sleep_async)
    with simulator.serve() as server:
        monkeypatch.setenv("FLY_FLAPS_BASE_URL", server.url)
        monkeypatch.setenv("FLY_API_TOKEN", "canary-token-of-the-organisation")
        yield simulator


def test_what_was_recorded_in_real_time_is_replayed_in_none(
    project: pytest.Pytester, service: FlySimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makeconftest(CONFTEST)
    project.makepyfile(test_stories=STORIES)

    recorded = project.runpytest(*RECORD, "-s")
    recorded.assert_outcomes(passed=7)
    requests = len(service.requests)
    assert requests > 100

    for variable in ("FLY_API_TOKEN", "FLY_FLAPS_BASE_URL"):
        monkeypatch.delenv(variable)
    replayed = project.runpytest("--block-network", "-W", "error", "-s")
    replayed.assert_outcomes(passed=7)
    assert told(replayed) == told(recorded)
    assert len(service.requests) == requests


def told(run: pytest.RunResult) -> list[str]:
    """Return what was done to each resource; in the recording, apps have names of their own."""
    lines = [re.sub(r"fly-test-[0-9a-f]{8}-[0-9a-f]{6}-[0-9]+", "fly-test", line) for line in run.outlines]
    found = [line[line.index("did ") :] for line in lines if "did " in line]
    assert any(":update" in line for line in found)
    return found


def test_a_request_that_was_not_recorded_is_told_which_one_was_meant(
    project: pytest.Pytester, service: FlySimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makeconftest(CONFTEST)
    test = project.makepyfile(
        """
        import pytest
        from fly_resources import App, Machine

        @pytest.mark.vcr
        def test_it(fly, fly_app_name, fly_org):
            app = App(fly_app_name, org=fly_org, primary_region="iad")
            fly.ensure(Machine(app, "web", {"image": "nginx:1"}))
        """
    )
    project.runpytest(*RECORD).assert_outcomes(passed=1)
    text = test.read_text(encoding="utf-8")

    # of another length: a file of the same length and second counts as the same, and its bytecode is kept
    test.write_text(text.replace("nginx:1", "nginx:2.0"), encoding="utf-8")
    changed = project.runpytest()
    changed.assert_outcomes(failed=1)
    changed.stdout.fnmatch_lines(
        [
            "*POST *.dev/v1/apps/fly-test/machines is not in the cassette *test_it.yaml; * were played*",
            "*no. *: POST https://api.machines.dev/v1/apps/fly-test/machines: body differs*",
            "*pytest --fly-record*",
        ]
    )

    test.write_text(text + "\n    fly.ensure(App(fly_app_name + '-more', org=fly_org))\n", encoding="utf-8")
    project.runpytest().stdout.fnmatch_lines(["*no. 1: GET *apps/fly-test: path differs*"])

    project.makepyfile(test_new=text)
    project.runpytest("test_new.py").stdout.fnmatch_lines(["*nothing has been recorded under this name yet*"])


def test_a_paced_clock_takes_as_long_as_it_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(SystemClock, "sleep", lambda _clock, seconds: slept.append(seconds))
    clock = PacedClock()

    clock.sleep(3)
    clock.sleep(0)
    asyncio.run(clock.sleep_async(4))

    assert slept == [3, 4]
    assert clock.now() == 7
