"""The code of docs/testing.md, as a reader would paste it into a project."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from fly_resources.testing import FlySimulator

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
FIRST, *MORE = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
TESTS = [block for block in MORE if "def test_" in block]
CONFTEST = "".join(block for block in MORE if "def test_" not in block)


def test_ten_lines_are_enough(project: pytest.Pytester) -> None:
    assert len([line for line in FIRST.splitlines() if line]) <= 10
    project.makepyfile(test_deployment=FIRST)

    project.runpytest("-W", "error").assert_outcomes(passed=1)


def test_the_same_ten_lines_run_live(project: pytest.Pytester, fly_io: FlySimulator) -> None:
    project.makepyfile(test_deployment=FIRST)

    project.runpytest("--fly-live", "--fly-org", "personal").assert_outcomes(passed=1)

    assert {each.operation for each in fly_io.requests} >= {"Apps_create", "Machines_create", "Apps_delete"}
    assert fly_io.snapshot() == {"apps": {}}


def test_the_other_tests_of_the_page_pass_beside_its_conftest(project: pytest.Pytester) -> None:
    assert len(TESTS) == 3
    assert "vcr_config" in CONFTEST
    assert "hide_the_customer" in CONFTEST
    project.makeconftest(CONFTEST)
    project.makepyfile(**{f"test_{number}": block for number, block in enumerate(TESTS)})

    project.runpytest("-W", "error").assert_outcomes(passed=3)
