"""The exact figures of `scripts/bench` as tables: counts and virtual time, no speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.tools.benchmarks import fleet, stacks

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.tools.benchmarks.figures import Figure

FAMILIES: Final[dict[str, Callable[[], list[Figure]]]] = {"stacks": stacks.measure, "fleet": fleet.measure}


def table(family: str) -> str:
    """Return a family's table in Markdown."""
    return "\n".join(
        ["| Figure | Measured | Bound | Why |", "|---|---|---|---|", *map(row, FAMILIES[family]())]
    )


def row(figure: Figure) -> str:
    """Return a figure's line of the table."""
    bound = "" if figure.limit is None else _short(figure.limit)
    return f"| `{figure.name}` | {_short(figure.value)} | {bound} | {figure.why} |"


def _short(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"
