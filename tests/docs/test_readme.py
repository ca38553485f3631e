"""What the README promises, run as a reader would run it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from fly_resources._clock import SystemClock

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_code_to_paste_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 1
    program = tmp_path / "readme.py"
    program.write_text(blocks[0], encoding="utf-8")
    # The code has the system's clock, as a reader's has; the test does not wait for it.
    monkeypatch.setattr(SystemClock, "sleep", lambda _clock, _seconds: None)

    runpy.run_path(str(program), run_name="__main__")

    printed = capsys.readouterr().out
    assert "+ machine my-web-app/server: create" in printed
    assert 'config.image: "nginx:alpine" -> "nginx:1.27-alpine"' in printed
    assert "password" not in printed


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

    assert f"of {2 * int(faults[1]):,}\n  calls in trouble" in README  # both clients
    assert f"{int(beliefs[1]):,} cases (`scripts/bench --beliefs`), none" in README
    assert beliefs[2] == "0"


def _page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
