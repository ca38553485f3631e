"""`scripts/bench [FAMILY ...] [--json FILE] [--recorded FILE]`, or a sweep: `--faults`, `--races`, ..."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.tools import races
from scripts.tools.benchmarks import (
    beliefs,
    faults,
    fleet,
    growth,
    hostile,
    recorded,
    service,
    simulator,
    speed,
    stacks,
)
from scripts.tools.benchmarks.figures import Figure, print_table, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Each family is one function without arguments that returns its figures. A new one is named here.
FAMILIES: dict[str, Callable[[], list[Figure]]] = {
    "stacks": stacks.measure,
    "fleet": fleet.measure,
    "service": service.measure,
    "speed": speed.measure,
    "plan": growth.measure_plans,
    "growth": growth.measure,
    "simulator": simulator.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for; print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure requests, rounds, times and ratios, each beside what it is held against.",
    )
    parser.add_argument(
        "families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)}; all if none is given"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write flat names to numbers")
    parser.add_argument(
        "--recorded",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="count another client's requests instead: JSON lines with method, path and at (seconds)",
    )
    parser.add_argument(
        "--faults",
        nargs="?",
        const="",
        metavar="WORD",
        help="sweep the faults instead, which takes many minutes; WORD: only scenarios whose name holds it",
    )
    parser.add_argument(
        "--share",
        type=int,
        default=1,
        metavar="N",
        help="with --faults: one case of N, spread over all scenarios and groups",
    )
    parser.add_argument(
        "--races",
        nargs="?",
        const="",
        metavar="WORD",
        help="explore races instead, which takes many minutes; WORD: only scenarios whose name holds it",
    )
    parser.add_argument(
        "--beliefs",
        nargs="?",
        const="",
        metavar="WORD",
        help="sweep what the service may do instead, which takes many minutes; WORD: only stories, or fields "
        "of Behaviour, whose name holds it",
    )
    parser.add_argument(
        "--hostile",
        nargs="?",
        const="",
        metavar="WORD",
        help="let hostile peers do their worst instead, which takes a minute; WORD: only cases whose name "
        "holds it",
    )
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.families if name not in FAMILIES]
    if unknown:
        parser.error(f"no family {', '.join(unknown)}; there are {', '.join(FAMILIES)}")
    figures: list[Figure] = []
    try:
        for file in chosen.recorded:
            figures += recorded.measure(file)
    except (OSError, ValueError) as wrong:
        parser.error(str(wrong))
    if chosen.faults is not None:
        figures += faults.measure(chosen.faults, max(1, chosen.share))
    if chosen.races is not None:
        figures += races.measure(chosen.races)
    if chosen.beliefs is not None:
        figures += beliefs.measure(chosen.beliefs)
    if chosen.hostile is not None:
        figures += hostile.measure(chosen.hostile)
    sweeps = (chosen.faults, chosen.races, chosen.beliefs, chosen.hostile)
    special = chosen.recorded or any(word is not None for word in sweeps)
    others = [] if special else FAMILIES
    for name in chosen.families or others:
        figures += FAMILIES[name]()
    print_table(figures)
    if chosen.json:
        write_json(figures, chosen.json)


if __name__ == "__main__":
    main()
