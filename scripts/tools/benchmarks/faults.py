"""The sweep, whole or in part, on all cores: all trouble at every request of every verb (tests/sweep)."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

# The sweep describes the stack of the example application.
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "examples"))

from scripts.tools.benchmarks.figures import Figure
from tests.sweep.table import sweep, table


def measure(only: str = "", share: int = 1) -> list[Figure]:
    """Run the scenarios whose name holds `only`; print the tables, and each violation as it is found.

    `share`: of each scenario, one case of so many, spread over all groups of trouble.
    """
    verdicts = []
    for verdict in sweep(only, share):
        verdicts.append(verdict)
        if verdict.broken:
            print(verdict, file=sys.stderr, flush=True)
    print(table(verdicts), end="\n\n")
    results = Counter(verdict.result for verdict in verdicts)
    return [
        Figure("faults.cases", len(verdicts)),
        Figure("faults.at_once", results["at once"]),
        Figure("faults.on_rerun", results["on re-run"]),
        Figure(
            "faults.violations", results["violation"], 0, "nothing lost, doubled, foreign touched or leased"
        ),
    ]
