"""The programs in examples/ do what they say, run as their readers would run them."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.documentation.world import simulated

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MOST_LINES = 80


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a program with arguments and return what it prints."""

    def run(name: str, *arguments: str, status: int = 0) -> str:
        monkeypatch.setattr("sys.argv", [name, *arguments])
        try:
            runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        except SystemExit as ended:
            assert (ended.code or 0) == status  # noqa: PT017 - a program that just ends does not raise
        return capsys.readouterr().out

    return run


def test_a_day_of_fifty_sandboxes(start: Callable[..., str]) -> None:
    made, again, updated, left, slept = start("sandboxes.py", "--simulate").splitlines()

    assert "1 apps create, 50 machines create, 50 volumes create" in made
    assert "nothing to do" in again
    assert "50 machines update" in updated
    assert "10 machines destroy" in left
    assert "'stopped': 40" in slept  # neither the update nor the pruning woke them


def test_a_sandbox_platform_fits_on_a_page() -> None:
    assert len((EXAMPLES / "sandboxes.py").read_text(encoding="utf-8").splitlines()) < MOST_LINES


def test_some_days_of_a_worker_pool(start: Callable[..., str]) -> None:
    lines = [line for line in start("worker_pool.py", "--simulate").splitlines() if not line.startswith("  ")]
    assert lines == [
        "worker:1: 8 workers changed, 8 in the pool",
        "worker:2: 8 workers changed, 8 in the pool",
        "worker:2: 4 workers changed, 12 in the pool",
        "worker:3: stopped, 9 workers untouched",
        "worker:2: 3 workers changed, 12 in the pool",
        "worker:2: 8 workers changed, 4 in the pool",
    ]


@pytest.fixture
def world() -> FlySimulator:
    """A Fly.io in memory, for programs that speak to the real one."""
    return FlySimulator(clock=VirtualClock())


def test_the_programs_do_on_fly_io_what_they_simulate(
    start: Callable[..., str], world: FlySimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUEUE_URL", "amqps://jobs:password@queue.internal")
    world.images["broken:1"] = "crashes"
    assert isinstance(world.clock, VirtualClock)
    with simulated(world, world.clock):
        assert start("sandboxes.py", "sandbox:1", "ada", "bob") == (
            "1 apps create, 2 machines create, 2 volumes create\n"
        )
        assert "3 workers changed" in start("worker_pool.py", "worker:1", "3")
        stopped = start("worker_pool.py", "broken:1", "3", status=1)
        assert "password" not in stopped
        site = start("web_app.py")
        assert "+ machine my-web-app/server: create" in site
        assert "www.example.com.  A " in site
        assert "password" not in site
        assert "- app my-web-app: destroy" in start("web_app.py", "destroy")
    assert set(world.snapshot()["apps"]) == {"sandboxes", "worker-pool"}  # type: ignore[arg-type]  # plain JSON


@pytest.mark.parametrize(("name", "passed"), [("tested_project", 4), ("sandbox_service", 10)])
def test_a_project_of_its_own_passes_its_tests(pytester: pytest.Pytester, name: str, passed: int) -> None:
    project = pytester.path / "project"
    shutil.copytree(EXAMPLES / name, project, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))

    result = pytester.runpytest_subprocess("-W", "error", "--rootdir", str(project), str(project))
    result.assert_outcomes(passed=passed)
