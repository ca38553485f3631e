"""What the README promises, run as a reader would run it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fly_resources._engine.clock import SystemClock
from fly_resources.cli import _session
from fly_resources.cli._commands import app
from fly_resources.testing import FlySimulator, VirtualClock

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_code_to_paste_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, *scripts = _blocks()
    program = tmp_path / "readme.py"
    program.write_text("".join(scripts[:2]), encoding="utf-8")
    # The code has the system's clock, as a reader's has; the test does not wait for it.
    monkeypatch.setattr(SystemClock, "sleep", lambda _clock, _seconds: None)

    runpy.run_path(str(program), run_name="__main__")

    printed = capsys.readouterr().out
    assert "+ machine shop/server: create" in printed
    assert 'config.image: "shop:1" -> "shop:2"' in printed
    assert "server launch created" in printed
    assert "password" not in printed


def test_the_test_to_paste_passes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(_blocks()[3])
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_the_command_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(_blocks()[0], encoding="utf-8")
    clock = VirtualClock()
    simulator = FlySimulator(clock=clock)
    monkeypatch.setenv("FLY_API_TOKEN", "any")
    monkeypatch.setattr(_session, "open_transport", lambda _: simulator.transport())
    monkeypatch.setattr(_session, "open_clock", lambda: clock)
    (shown,) = re.findall(r"```console\n(\$ export FLY_FLAPS_BASE_URL.*?)```", README, flags=re.DOTALL)
    commands = re.findall(r"\$ fly-resources (\w+) stack.py(.*)\n((?:[^$].*\n)*)", shown)
    assert [verb for verb, _, _ in commands] == ["plan", "ensure", "plan"]
    # what serves has a terminal of its own: it logs there, and Ctrl-C in it ends it
    assert re.search(r"`fly-resources simulate`: .* In a second\s+terminal", README, re.DOTALL)

    for verb, options, output in commands:
        result = CliRunner().invoke(app, [verb, str(stack), *options.split()])
        assert result.exit_code == 0
        parts = [re.escape(part) for part in output.split("...\n")]
        expected = re.sub(r"\d+\\\.\d+\\ s", r"[0-9.]+ s", "(.*\n)*".join(parts))  # the time that it took
        assert re.fullmatch(expected, result.output)


def _blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("command", ["scripts/demo", "scripts/test"])
def test_the_commands_it_names_can_be_run(command: str) -> None:
    assert command in README
    assert (ROOT / command).stat().st_mode & 0o111


def test_its_links_into_the_repository_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_its_numbers_are_those_of_the_tables() -> None:
    faults = re.search(r"^\| \*\*all\*\* \| (\d+) \| .*", _page("ambiguous-writes"), flags=re.MULTILINE)
    beliefs = re.search(r"^\| \*\*all\*\* \| (\d+) \|.* (\d+) \|$", _page("beliefs"), flags=re.MULTILINE)
    assert faults
    assert beliefs

    assert f"Of {int(faults[1]):,}\n  calls in trouble" in README
    assert f"{int(beliefs[1]):,} cases (`scripts/bench --beliefs`), none" in README
    assert beliefs[2] == "0"


def _page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
