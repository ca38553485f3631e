"""The fixture `fly_world`: the simulator of a test for clients that the code makes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from fly_resources.testing import FlySimulator

WORLD = """
import asyncio, json, os, subprocess, sys, urllib.request
import httpx, pytest
from fly_resources import App, AsyncFly, Fly, Machine
from fly_resources.testing import VirtualClock

def deploy():
    with Fly() as own:
        return own.ensure(Machine(App("shop", primary_region="iad"), "web", {"image": "nginx"}))

def names(answer):
    return [app["name"] for app in answer["apps"]]
"""


def test_every_client_talks_to_the_world_of_the_test(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLY_ACCESS_TOKEN", "fo1_canary")
    project.makepyfile(
        WORLD
        + """
ASK = '''
import json, os, urllib.request
url = os.environ["FLY_API_HOSTNAME"] + "/v1/apps?org_slug=personal"
request = urllib.request.Request(url, headers={"Authorization": "Bearer " + os.environ["FLY_API_TOKEN"]})
print(urllib.request.urlopen(request).read().decode())
'''

def test_own_clients(fly_world, fly, fly_simulator):
    fly_simulator.tokens = [fly_world.env["FLY_API_TOKEN"]]
    assert fly_world.simulator is fly_simulator
    assert deploy().changed
    assert fly.read(Machine("shop", "web", {"image": "nginx"}, region="iad")).state == "started"

    async def look():
        async with AsyncFly() as own:
            return await own.read(App("shop"))
    assert asyncio.run(look()).name == "shop"

def test_raw_httpx_with_and_without_v1(fly_world, fly):
    fly.ensure(App("shop"))
    headers = {"Authorization": "Bearer t"}
    for base in (fly_world.url, os.environ["FLY_FLAPS_BASE_URL"] + "/v1"):
        answer = httpx.get(base + "/v1/apps", params={"org_slug": "personal"}, headers=headers)
        assert names(answer.json()) == ["shop"]

def test_a_subprocess(fly_world, fly):
    fly.ensure(App("shop"))
    for env in (None, {**fly_world.env, "PATH": os.environ["PATH"]}):
        printed = subprocess.run([sys.executable, "-c", ASK], capture_output=True, check=True, env=env).stdout
        assert names(json.loads(printed)) == ["shop"]

def test_each_test_has_its_own(fly_world):
    assert fly_world.simulator.snapshot() == {"apps": {}}

@pytest.mark.fly_simulator(timings="typical")
def test_waiting_takes_no_time(fly_world, fly_clock):
    assert isinstance(fly_clock, VirtualClock)
    deploy()
    assert fly_clock.now() > 1
"""
    )

    for more in ([], ["--block-network"]):
        project.runpytest("-W", "error", *more).assert_outcomes(passed=5)


def test_other_addresses_stay_blocked(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import socket, pytest

        def test_it(fly_world):
            with socket.socket() as other, pytest.raises(RuntimeError, match="Network is disabled"):
                other.connect(("127.0.0.1", 9))
        """
    )

    project.runpytest("--block-network").assert_outcomes(passed=1)


def test_the_environment_is_put_back(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_API_TOKEN", "before")
    project.makepyfile(
        """
        import os

        def test_one(fly_world):
            assert os.environ["FLY_API_TOKEN"] == "simulated-fly-token"

        def test_two():
            assert os.environ["FLY_API_TOKEN"] == "before"
            assert "FLY_FLAPS_BASE_URL" not in os.environ
        """
    )

    project.runpytest("-p", "no:randomly").assert_outcomes(passed=2)


def test_a_client_with_another_address_is_not_led_there(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from fly_resources import App, Fly
        from fly_resources.errors import LiveServiceError

        def test_it(fly_world):
            with Fly(base_url="https://api.machines.dev") as own, pytest.raises(LiveServiceError):
                own.read(App("shop"))
        """
    )

    project.runpytest().assert_outcomes(passed=1)


def test_it_is_skipped_in_a_live_run(project: pytest.Pytester, fly_io: FlySimulator) -> None:
    project.makepyfile("def test_it(fly_world): raise AssertionError")

    project.runpytest("--fly-live", "--fly-org", "personal").assert_outcomes(skipped=1)
    assert fly_io.requests == []
