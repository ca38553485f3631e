"""Every order of the requests of programs that run at once (`python -m scripts.tools.races --help`)."""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scripts.tools.benchmarks.figures import Figure
from tests.races.checks import Stage
from tests.races.explorer import Coverage, diagram
from tests.races.scenarios import SCENARIOS, explore_whole
from tests.races.wishes import WISHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.races.scenarios import Scenario


#: All that are explored, by name.
ALL: Final[dict[str, Scenario]] = {**SCENARIOS, **WISHES}


def measure(word: str = "") -> list[Figure]:
    """Explore the scenarios whose name holds `word` whole; print a line each, and each violation."""
    figures: list[Figure] = []
    executions = violations = 0
    for scenario in ALL.values():
        if word not in scenario.name:
            continue
        coverage, wrong = _explore(scenario)
        executions += coverage.executions
        violations += wrong
        print(
            f"{coverage.executions:6} orders, {coverage.covered:5} left out, {wrong} violations: "
            f"{scenario.name} ({_bound(scenario)})",
            flush=True,
        )
    figures.append(Figure("races.executions", executions))
    figures.append(Figure("races.violations", violations, 0, "whatever the order of the requests"))
    return figures


def _bound(scenario: Scenario) -> str:
    if scenario.switches is None:
        late = f", time passing {scenario.delays} time beside a request" if scenario.delays else ""
        return f"all that may matter{late}"
    return f"at most {scenario.switches} interruptions"


def _explore(scenario: Scenario) -> tuple[Coverage, int]:
    coverage, wrong = Coverage(), 0
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(scenario, Path(folder))
        for kernel in explore_whole(scenario, stage.start, coverage):
            for violation in stage.violations(kernel):
                wrong += 1
                print(f"{scenario.name}: {violation}\n{diagram(kernel)}", file=sys.stderr, flush=True)
    return coverage, wrong


def show(name: str, number: int) -> str:
    """Return the diagram of one order of one scenario, counted from 1 in the order of exploration."""
    scenario = ALL[name]
    with tempfile.TemporaryDirectory() as folder:
        orders = explore_whole(scenario, Stage(scenario, Path(folder)).start, Coverage())
        return diagram(next(itertools.islice(orders, number - 1, None)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Explore, or show one order."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.tools.races",
        description="Run programs at once, in every order of their requests that may matter.",
    )
    parser.add_argument("word", nargs="?", default="", help="only scenarios whose name holds it")
    parser.add_argument(
        "--show", type=int, metavar="N", help="draw the Nth order of the scenario of that name"
    )
    chosen = parser.parse_args(arguments)
    if chosen.show is not None and chosen.word not in ALL:
        parser.error(f"no scenario {chosen.word!r}; there are {', '.join(map(repr, ALL))}")
    if chosen.show is not None:
        print(show(chosen.word, chosen.show))
    else:
        sys.exit(any(not figure.met for figure in measure(chosen.word)))


if __name__ == "__main__":
    main()
