"""The pages on retries and rate limits: their code runs as it stands, their tables are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fly_resources import RateLimit, RetryPolicy
from fly_resources._wire.operations import OPERATIONS, Repeat

DOCS = Path(__file__).resolve().parents[2] / "docs"
RETRIES = (DOCS / "retries.md").read_text(encoding="utf-8")
LIMITS = (DOCS / "rate-limits.md").read_text(encoding="utf-8")
BLOCKS = [
    pytest.param(block, id=f"{name}-{index}")
    for name, page in (("retries", RETRIES), ("rate-limits", LIMITS))
    for index, block in enumerate(re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL))
]


def test_there_is_code_to_run() -> None:
    assert len(BLOCKS) == 7


@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_runs_by_itself(block: str) -> None:
    exec(compile(block, "block", "exec"), {"__name__": "__main__"})  # noqa: S102  # our own page


def operation_table() -> str:
    """Return the table of the classes, as it has to stand on the page."""
    does = {
        Repeat.SAFE: "it changes nothing",
        Repeat.IDEMPOTENT: "it sets or removes by value: twice is the same as once",
        Repeat.NAMED: "the service keeps its subject unique, so it can be read back",
        Repeat.ONCE: "twice makes two, or acts twice",
    }
    rows = ["| Class | Sent twice | Operations |", "|---|---|---|"]
    for kind, meaning in does.items():
        names = [f"`{each.id}`" for each in OPERATIONS if each.repeat is kind]
        rows.append(f"| {kind.value} | {meaning} | {', '.join(names)} |")
    return "\n".join(rows)


def test_the_table_of_operations_is_the_one_in_force() -> None:
    held = re.search(r"<!-- operations: begin -->\n(.*)\n<!-- operations: end -->", RETRIES, re.DOTALL)

    assert held is not None
    assert held[1] == operation_table(), f"paste this:\n{operation_table()}"


@pytest.mark.parametrize(("page", "settings"), [(RETRIES, RetryPolicy()), (LIMITS, RateLimit())])
def test_the_defaults_on_the_page_are_the_real_ones(page: str, settings: object) -> None:
    names = [name for name in dir(settings) if not name.startswith("_")]
    found: dict[str, str] = {}
    for row in re.findall(r"^\| (`[^|]*`) \| ([^|]*) \|", page, flags=re.MULTILINE):
        keys, values = re.findall(r"`(\w+)`", row[0]), row[1].replace("`", "").split(", ")
        found |= dict(zip(keys, values, strict=True)) if set(keys) <= set(names) else {}

    assert {name: str(getattr(settings, name)).removesuffix(".0") for name in names} == found
