"""Show progress: a table that is redrawn on a terminal, one line per event elsewhere."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs
from rich.console import Group
from rich.constrain import Constrain
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from fly_resources.cli import _screen

if TYPE_CHECKING:
    from collections.abc import Generator

    from rich.console import Console, RenderableType

    from fly_resources._client.inside import (
        Clock,
    )
    from fly_resources.report import Action, Event, Plan
    from fly_resources.resources import Resource

#: Columns that stay free: a terminal echoes ^C behind the last row, and a full row would become two.
_ECHO: Final = 4
#: Lines of the terminal that the table leaves free.
_MARGIN: Final = 4
_LEAST_ROWS: Final = 3
_SIGNS: Final = {"waiting": ".", "done": "+", "failed": "x"}
_STYLES: Final = {"waiting": "dim", "running": "", "done": "green", "failed": "bold red"}
#: Which rows to show first if the terminal is too small for all.
_RANKS: Final = ("failed", "running", "waiting", "done")


class Watcher(Protocol):
    """Receives each event, on any thread."""

    def __call__(self, event: Event) -> None:
        """Receive an event."""
        ...


@contextlib.contextmanager
def watch(plan: Plan, screen: Console, clock: Clock) -> Generator[Watcher]:
    """Show the progress of a plan's steps."""
    if not screen.is_terminal or screen.is_dumb_terminal:
        yield Log(screen, clock)
        return
    board = Board(plan, screen, clock)
    with Live(
        console=screen,
        get_renderable=board.render,
        transient=True,
        refresh_per_second=10,
        redirect_stdout=False,
    ):
        yield board


class Log:
    """One line per event, without repetitions."""

    def __init__(self, screen: Console, clock: Clock) -> None:
        """Start the clock."""
        self._screen = screen
        self._clock = clock
        self._began = clock.now()
        self._last: dict[Resource[Any], tuple[str, str]] = {}
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Print it."""
        with self._lock:
            heard = (event.stage, event.detail)
            if self._last.get(event.resource) == heard:
                return
            self._last[event.resource] = heard
            # The reason is shown once, at the end.
            text = str(attrs.evolve(event, detail="") if event.stage == "failed" else event)
            _screen.show(self._screen, f"{self._clock.now() - self._began:7.1f}s  {text}")


@attrs.define
class _Row:
    """The progress of one resource."""

    resource: Resource[Any]
    action: Action
    stage: str = "waiting"
    detail: str = ""
    began: float = 0.0
    ended: float = 0.0
    spinner: Spinner = attrs.field(factory=lambda: Spinner("dots"))


class Board:
    """A table of all steps, redrawn in place."""

    def __init__(self, plan: Plan, screen: Console, clock: Clock) -> None:
        """Start with the plan's steps; others are added as they occur."""
        self._screen = screen
        self._clock = clock
        self._began = clock.now()
        self._lock = threading.Lock()
        self._stopping = False
        self._rows = {step.resource: _Row(step.resource, step.action) for step in plan if step.writes}

    def __call__(self, event: Event) -> None:
        """Record it for the next refresh."""
        with self._lock:
            moment = self._clock.now()
            row = self._rows.setdefault(event.resource, _Row(event.resource, event.action))
            if row.stage == "waiting":
                row.began = moment
            row.action = event.action
            row.stage = event.stage if event.stage in _SIGNS else "running"
            row.ended = moment
            # The reason is shown once, at the end.
            row.detail = "" if event.stage == "failed" else event.detail

    def acknowledge(self) -> None:
        """Show from the next refresh on that an interrupt was received. It takes no lock."""
        self._stopping = True

    def render(self) -> RenderableType:
        """Draw as many rows as fit, choosing the most important ones, in the plan's order."""
        with self._lock:
            rows = list(self._rows.values())
            limit = max(_LEAST_ROWS, self._screen.height - _MARGIN)
            ranked = sorted(rows, key=lambda row: _RANKS.index(row.stage))[:limit]
            shown = [row for row in rows if row in ranked]
            # Names that are cut off behind the app's would all look alike.
            longest = max((len(f"{row.resource} {row.action}") for row in shown), default=0)
            is_narrow = longest > self._screen.width // 2
            short = is_narrow and len({row.resource.app_name for row in rows}) == 1
            table = Table.grid(padding=(0, 1))
            for shrinks in (False, True, True, False):  # the sign and the time stay whole
                table.add_column(no_wrap=not shrinks, overflow="ellipsis")
            for row in shown:
                table.add_row(*self._cells(row, short=short))
            ended = sum(row.stage in {"done", "failed"} for row in rows)
            hidden = f", {len(rows) - len(shown)} not shown" if len(rows) > len(shown) else ""
            elapsed = self._clock.now() - self._began
            table.add_row(
                "", Text(f"{ended} of {len(rows)} ended{hidden}", style="bold"), "", f"{elapsed:.0f}s"
            )
            parts: list[RenderableType] = [table]
            if self._stopping:
                parts.append(Text(_screen.STOPPING, style="bold yellow", no_wrap=True, overflow="ellipsis"))
            return Constrain(Group(*parts), max(1, self._screen.width - _ECHO))

    def _cells(self, row: _Row, *, short: bool) -> tuple[RenderableType, ...]:
        style = _STYLES[row.stage]
        sign: RenderableType = row.spinner if row.stage == "running" else Text(_SIGNS[row.stage], style=style)
        word = row.stage if not row.detail else f"{row.stage}: {row.detail}"
        until = self._clock.now() if row.stage == "running" else row.ended
        took = "" if row.stage == "waiting" else f"{until - row.began:.0f}s"
        name = _without_app(row.resource) if short else str(row.resource)
        what, how = (
            Text(_screen.clean(text), style=style, no_wrap=True, overflow="ellipsis")
            for text in (f"{name} {row.action}", word)
        )
        return sign, what, how, took


def _without_app(resource: Resource[Any]) -> str:
    kind, app, *rest = resource.identity
    return f"{kind} {'/'.join(part for part in rest if part) or app}"
