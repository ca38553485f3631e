"""The sweep over beliefs, on all cores: every story under every value of every switch (tests/beliefs)."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

# The scenarios whose parts it uses describe the stack of the example application.
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "examples"))

from scripts.tools.benchmarks.figures import Figure
from tests.beliefs.table import grouped, sweep, table


def measure(only: str = "") -> list[Figure]:
    """Play the stories whose name or belief holds `only`; print the violations and the tables."""
    verdicts = []
    for verdict in sweep(only):
        verdicts.append(verdict)
        if verdict.broken:
            print(verdict, file=sys.stderr, flush=True)
    print(table(verdicts), end="\n\n")
    if kinds := list(grouped(verdicts)):
        print("\n".join(kinds), end="\n\n")
    results = Counter(verdict.result for verdict in verdicts)
    return [
        Figure("beliefs.cases", len(verdicts)),
        Figure("beliefs.done", results["done"]),
        Figure("beliefs.on_rerun", results["on re-run"]),
        Figure("beliefs.refused", results["refused"]),
        Figure("beliefs.violations", results["violation"], 0, "right under both answers (rule 13)"),
    ]
