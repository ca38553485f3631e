"""A measured number beside what it is held against, and how they are printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@attrs.frozen
class Figure:
    """One number.

    Attributes:
        name: Its flat name, which `--json` writes.
        value: What was measured.
        limit: What a client that knows everything would need, or what is promised; None: not held against
            anything, such as a time on this machine.
        why: Where the limit comes from, in plain words.
    """

    name: str
    value: float
    limit: float | None = None
    why: str = ""

    @property
    def met(self) -> bool:
        """Whether the limit is kept, if there is one."""
        return self.limit is None or self.value <= self.limit


def print_table(figures: Sequence[Figure]) -> None:
    """Print a line a figure: name, value, limit, why; one that is over its limit is marked."""
    width = max((len(figure.name) for figure in figures), default=0)
    for figure in figures:
        limit = "" if figure.limit is None else f"<= {_short(figure.limit)}"
        mark = " " if figure.met else "!"
        print(f"{figure.name:{width}} {_short(figure.value):>10} {mark} {limit:10} {figure.why}".rstrip())


def write_json(figures: Iterable[Figure], target: Path) -> None:
    """Write flat names to numbers."""
    values = {figure.name: figure.value for figure in figures}
    target.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def _short(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.3f}"
