"""What happens while it happens: a table that is redrawn on a terminal, one line per event elsewhere."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from fly_resources.cli import _screen

if TYPE_CHECKING:
    from collections.abc import Generator

    from rich.console import Console, RenderableType

    from fly_resources._clock import Clock
    from fly_resources.report import Action, Event, Plan
    from fly_resources.resources import Resource

#: Lines of the terminal that the table leaves free.
_MARGIN: Final = 4
_LEAST_ROWS: Final = 3
_SIGNS: Final = {"waiting": ".", "done": "+", "failed": "x"}
_STYLES: Final = {"waiting": "dim", "running": "", "done": "green", "failed": "bold red"}
#: What a person has to see comes first when the terminal is too low for all.
_RANKS: Final = ("failed", "running", "waiting", "done")


class Watcher(Protocol):
    """Hears of each event, from whichever thread."""

    def __call__(self, event: Event) -> None:
        """Take notice."""
        ...


@contextlib.contextmanager
def watch(plan: Plan, screen: Console, clock: Clock) -> Generator[Watcher]:
    """Show how far the steps of a plan are, as events come in."""
    if not screen.is_terminal or screen.is_dumb_terminal:
        yield Log(screen, clock)
        return
    board = Board(plan, screen, clock)
    with Live(
        console=screen,
        get_renderable=board.render,
        transient=True,
        refresh_per_second=8,
        redirect_stdout=False,
    ):
        yield board


class Log:
    """One line per event; what repeats is told once."""

    def __init__(self, screen: Console, clock: Clock) -> None:
        """Time counts from here."""
        self._screen = screen
        self._clock = clock
        self._began = clock.now()
        self._last: dict[Resource[Any], tuple[str, str]] = {}
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Print it."""
        with self._lock:
            heard = (event.stage, event.detail)
            if self._last.get(event.noun) == heard:
                return
            self._last[event.noun] = heard
            # Why it failed is told once, at the end.
            text = f"{event.noun}: {event.action} failed" if event.stage == "failed" else str(event)
            _screen.show(self._screen, f"{self._clock.now() - self._began:7.1f}s  {text}")


@attrs.define
class _Row:
    """How far one resource is."""

    noun: Resource[Any]
    action: Action
    stage: str = "waiting"
    detail: str = ""
    began: float = 0.0
    ended: float = 0.0
    spinner: Spinner = attrs.field(factory=lambda: Spinner("dots"))


class Board:
    """A table of all that is to be done, redrawn in place."""

    def __init__(self, plan: Plan, screen: Console, clock: Clock) -> None:
        """Begin with what the plan says; what turns out later is added."""
        self._screen = screen
        self._clock = clock
        self._began = clock.now()
        self._lock = threading.Lock()
        self._rows = {step.noun: _Row(step.noun, step.action) for step in plan if step.changed}

    def __call__(self, event: Event) -> None:
        """Note it; it is drawn with the next refresh."""
        with self._lock:
            moment = self._clock.now()
            row = self._rows.setdefault(event.noun, _Row(event.noun, event.action))
            if row.stage == "waiting":
                row.began = moment
            row.action = event.action
            row.stage = event.stage if event.stage in _SIGNS else "running"
            row.ended = moment
            # Why it failed is told once, at the end.
            row.detail = "" if event.stage == "failed" else event.detail

    def render(self) -> RenderableType:
        """Draw as many rows as fit, those that matter most first, in the order of the plan."""
        with self._lock:
            rows = list(self._rows.values())
            limit = max(_LEAST_ROWS, self._screen.height - _MARGIN)
            ranked = sorted(rows, key=lambda row: _RANKS.index(row.stage))[:limit]
            shown = [row for row in rows if row in ranked]
            table = Table.grid(padding=(0, 1))
            for row in shown:
                table.add_row(*self._cells(row))
            ended = sum(row.stage in {"done", "failed"} for row in rows)
            hidden = f", {len(rows) - len(shown)} not shown" if len(rows) > len(shown) else ""
            elapsed = self._clock.now() - self._began
            table.add_row(
                "", Text(f"{ended} of {len(rows)} ended{hidden}", style="bold"), "", f"{elapsed:.0f}s"
            )
            return table

    def _cells(self, row: _Row) -> tuple[RenderableType, ...]:
        style = _STYLES[row.stage]
        sign: RenderableType = row.spinner if row.stage == "running" else Text(_SIGNS[row.stage], style=style)
        word = row.stage if not row.detail else f"{row.stage}: {row.detail}"
        until = self._clock.now() if row.stage == "running" else row.ended
        took = "" if row.stage == "waiting" else f"{until - row.began:.0f}s"
        what = Text(_screen.clean(f"{row.noun} {row.action}"), style=style)
        return sign, what, Text(_screen.clean(word), style=style), took
