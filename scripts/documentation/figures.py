"""The exact figures of `scripts/bench` as tables: counts and virtual time, no speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.benchmarks import fleet, stacks

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.benchmarks.figures import Figure

FAMILIES: Final[dict[str, Callable[[], list[Figure]]]] = {"stacks": stacks.measure, "fleet": fleet.measure}


def table(family: str) -> str:
    """Return a family's table in Markdown."""
    rows = ["| Figure | Measured | Bound | Why |", "|---|---|---|---|"]
    for figure in FAMILIES[family]():
        bound = "" if figure.limit is None else _short(figure.limit)
        rows.append(f"| `{figure.name}` | {_short(figure.value)} | {bound} | {figure.why} |")
    return "\n".join(rows)


def _short(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"
