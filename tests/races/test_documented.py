"""The diagrams in docs/races.md and races-explored.md are what the commands above them draw."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.tools.races import show
from tests.races.scenarios import SCENARIOS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = "".join(
    (DOCS / name).read_text(encoding="utf-8") for name in ("races.md", "races-limits.md", "races-explored.md")
)
DRAWN = re.findall(
    r'```bash\n\.venv/bin/python -m scripts\.tools\.races "([^"]+)" --show (\d+)\n```\n\n```text\n(.*?)\n```',
    PAGE,
    flags=re.DOTALL,
)


@pytest.mark.parametrize(("name", "number", "drawn"), DRAWN, ids=[name for name, _, _ in DRAWN])
def test_a_diagram_is_what_its_command_draws(name: str, number: str, drawn: str) -> None:
    assert show(name, int(number)) == drawn


def test_the_table_of_what_was_explored_names_every_scenario() -> None:
    assert [name for name in SCENARIOS if f" violations: {name} (" not in PAGE] == []
    assert re.search(r"^races\.violations +0 ", PAGE, flags=re.MULTILINE)
