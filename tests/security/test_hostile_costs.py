"""What hostile bodies cost, in a process of its own: a limit of 64 MiB is no peak of several times that."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from fly_resources._wire import bodies
from scripts.tools.benchmarks import hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")

#: What a case may take above an honest answer, in MiB, and what comes out of it.
COSTS = {
    "gzip": (bodies.MAX_BODY * 1.25, "DecodeError"),
    "gzip.failure": (bodies.MAX_FAILED * 16, "ServerError"),
    "endless.failure": (bodies.MAX_FAILED * 16, "ServerError"),
    "br": (bodies.MAX_FAILED * 16, "OutcomeUnknownError"),
    "nesting": (bodies.MAX_BODY * 1.25, "DecodeError"),
    "values": (bodies.MAX_BODY * 1.25, "DecodeError"),
    "1xx": (bodies.MAX_FAILED * 16, "OutcomeUnknownError"),
}


@pytest.fixture(scope="module")
def honest() -> hostile.Cost:
    return hostile.cost_of("honest")


@pytest.mark.parametrize("name", COSTS)
def test_a_hostile_peer_costs_no_more_than_this(name: str, honest: hostile.Cost) -> None:
    most, outcome = COSTS[name]
    cost = hostile.cost_of(name)
    assert cost.outcome == outcome
    assert cost.mib - honest.mib < most / 2**20
    assert cost.seconds < hostile.MOST_S


def test_the_table_of_the_documentation_has_every_case() -> None:
    page = (Path(__file__).parents[2] / "docs/security-answers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (\w+) \| [0-9.]+ \| [0-9]+ \|$", page, re.MULTILINE)
    words = [case.words for name, case in hostile.CASES.items() if name != "honest"]
    assert [case for case, _ in rows] == words
    assert len(set(words)) == len(words)
