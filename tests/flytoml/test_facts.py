"""The page of facts is true: each names the modules that test it, and none is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "flytoml-facts.md"
#: Collected facts, where they stand beside the checkout or beside the folder of its worktrees.
FACTS = next(
    (file for each in HERE.parents[2:4] if (file := each / "shared" / "facts" / "fly-toml.md").is_file()),
    None,
)
#: Facts about what flyctl does by itself, which have no counterpart here.
OF_FLYCTL = {116, 117, 165, 187}


def _rows() -> dict[int, set[str]]:
    rows = re.findall(r"^\| FT-(\d+) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert len(rows) == len(dict(rows))
    return {int(fact): set(re.findall(r"`(test_\w+)`", tests)) for fact, tests in rows}


def test_the_page_names_the_tests_of_each_fact() -> None:
    tested: dict[int, set[str]] = {}
    for module in HERE.glob("test_*.py"):
        for fact in re.findall(r"^def test_ft(\d+)_", module.read_text("utf-8"), flags=re.MULTILINE):
            tested.setdefault(int(fact), set()).add(module.stem)
    rows = _rows()
    assert {fact: tests for fact, tests in rows.items() if tests} == tested
    assert {fact for fact, tests in rows.items() if not tests} == OF_FLYCTL


@pytest.mark.skipif(FACTS is None, reason="the collected facts stand beside the checkout, or nowhere")
def test_the_page_has_every_fact() -> None:
    assert FACTS is not None
    found = re.findall(r"^(?:\| )?FT-(\d+)\b", FACTS.read_text("utf-8"), flags=re.MULTILINE)
    assert sorted(map(int, found)) == sorted(_rows())
