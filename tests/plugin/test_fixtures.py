"""The fixtures of the plugin, in projects of users."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_plugin_is_found_wherever_this_is_installed() -> None:
    (found,) = [each for each in entry_points(group="pytest11") if each.name == "fly_resources"]

    assert found.value == "fly_resources.testing.pytest_plugin"


def test_loading_it_imports_nothing_that_a_foreign_project_does_not_use(tmp_path: Path) -> None:
    program = "import sys, pytest; before = set(sys.modules); import fly_resources.testing.pytest_plugin; "
    program += (
        "print(*sorted(name for name in set(sys.modules) - before if '.' not in name or 'fly' in name))"
    )

    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=str(tmp_path)
    ).stdout

    assert printed.split() == [
        "fly_resources",
        "fly_resources.testing",
        "fly_resources.testing._guard",
        "fly_resources.testing.pytest_plugin",
    ]


def test_it_works_without_the_other_plugins(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makepyfile(
        """
        import sys
        from fly_resources import App

        def test_first():
            assert "httpx" not in sys.modules
            assert "fly_resources.testing._simulator" not in sys.modules

        def test_second(fly, fly_app_name):
            assert fly.ensure(App(fly_app_name)).changed
            assert "vcr" not in sys.modules
        """
    )
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    result = project.runpytest_subprocess("-p", "fly_resources.testing.pytest_plugin")

    result.assert_outcomes(passed=2)


def test_each_test_has_a_world_of_its_own_and_both_clients_share_it(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import asyncio
        from fly_resources import App, Machine

        def stack(name):
            return Machine(App(name), "web", region="iad", config={"image": "nginx:alpine"})

        def test_blocking_and_async(fly, async_fly, fly_app_name, fly_simulator):
            web = stack(fly_app_name)
            assert fly.ensure(web).changed

            async def look():
                async with async_fly as client:
                    return await client.ensure(web)

            assert not asyncio.run(look()).changed
            metadata = fly.read(web).config.metadata
            assert metadata["fly_resources.owner"] == "fly-test"

        def test_nothing_is_left_of_it(fly, fly_simulator):
            assert fly_simulator.snapshot() == {"apps": {}}
            assert fly.read(stack("fly-test")) is None

        def test_async_only(async_fly, fly_simulator):
            async def make():
                async with async_fly as client:
                    await client.ensure(App("mine"))

            asyncio.run(make())
            assert [each.operation for each in fly_simulator.requests][-1] == "Apps_create"
        """
    )

    project.runpytest("-W", "error").assert_outcomes(passed=3)


def test_the_clock_is_one_for_all_and_nothing_waits_on_the_real_one(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makepyfile(
        """
        import pytest
        from fly_resources import App, Fly
        from fly_resources.testing import VirtualClock, Fault

        @pytest.mark.fly_simulator(latency=10, rate_limits=True)
        def test_latency(fly, fly_clock, fly_simulator):
            assert isinstance(fly_clock, VirtualClock)
            assert fly_simulator.clock is fly_clock
            for _ in range(5):
                fly.read(App("nothing"))
            assert fly_clock.now() >= 50
            assert {each.status for each in fly_simulator.requests} == {404}

        @pytest.mark.fly_simulator(latency=1, strict=True)
        class TestInClasses:
            def test_outer(self, fly_simulator, fly, fly_clock):
                fly.read(App("nothing"))  # absence is read twice, a second apart
                assert fly_clock.now() == 1 + 2 * 1

            @pytest.mark.fly_simulator(latency=2)
            def test_the_closest_wins(self, fly_simulator, fly, fly_clock):
                fly.read(App("nothing"))
                assert fly_clock.now() == 1 + 2 * 2
        """
    )

    project.runpytest("-W", "error").assert_outcomes(passed=3)


def test_an_option_that_the_simulator_does_not_know_is_an_error(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.mark.fly_simulator(ratelimits=True)
        def test_it(fly):
            pass
        """
    )

    result = project.runpytest()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*unexpected keyword argument 'ratelimits'*"])


def test_the_clients_take_more_arguments_from_a_fixture(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from fly_resources import App, FlySecret, RetryPolicy, errors
        from fly_resources.testing import Fault

        @pytest.fixture
        def fly_options():
            return {"owner": "me", "retry": RetryPolicy(attempts=1)}

        def test_them(fly, async_fly, fly_simulator):
            assert "owner='me'" in repr(fly) and "owner='me'" in repr(async_fly)
            fly_simulator.faults.add(Fault("status", operation="Apps_show"))
            with pytest.raises(errors.ServerError):
                fly.read(App("nothing"))
            assert len(fly_simulator.requests) == 1
        """
    )

    project.runpytest("-W", "error").assert_outcomes(passed=1)


def test_the_environment_of_the_developer_does_not_matter(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLY_API_TOKEN", "fo1_canary")
    monkeypatch.setenv("FLY_FLAPS_BASE_URL", "http://127.0.0.1:9/nowhere")
    monkeypatch.setenv("FLY_ORG", "my-company")
    project.makepyfile(
        """
        from fly_resources import App

        def test_it(fly, fly_app_name, fly_org, fly_simulator):
            fly_simulator.tokens = ["simulated-fly-token"]
            assert fly_org == "personal"
            fly.ensure(App(fly_app_name, org=fly_org))
        """
    )

    project.runpytest().assert_outcomes(passed=1)
