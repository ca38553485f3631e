"""Progress: what is drawn on a terminal, what is logged elsewhere, and what is not told twice."""

from __future__ import annotations

import io
import signal
from typing import NoReturn

import pytest
from rich.console import Console

from fly_resources import App, Event, Machine, Plan, Planned
from fly_resources.cli import _interrupts, _progress
from fly_resources.testing import VirtualClock

APP = App("web")
MACHINES = [Machine("web", f"m{number}", {"image": "nginx"}) for number in range(30)]
PLAN = Plan((Planned(APP, "none"), *(Planned(machine, "update") for machine in MACHINES)))


def terminal(kind: str = "xterm", width: int = 80) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        height=12,
        color_system=None,
        _environ={"TERM": kind},
    )


def drawn(board: _progress.Board) -> list[str]:
    screen = terminal()
    screen.print(board.render())
    assert isinstance(screen.file, io.StringIO)
    return [line.rstrip() for line in screen.file.getvalue().splitlines()]


def test_rows_begin_waiting_and_show_health_time_and_end() -> None:
    clock = VirtualClock()
    board = _progress.Board(Plan(PLAN.steps[:4]), terminal(), clock)
    assert drawn(board)[0] == ". machine web/m0 update waiting"
    board(Event(MACHINES[0], "update", "started"))
    clock.sleep(3.0)
    board(Event(MACHINES[0], "update", "progress", "checks do not pass yet"))
    clock.sleep(2.0)
    lines = drawn(board)
    running = "machine web/m0 update running: checks do not pass yet 5s"
    assert " ".join(lines[0].split()[1:]) == running
    assert lines[-1].split() == ["0", "of", "3", "ended", "5s"]
    board(Event(MACHINES[0], "update", "done"))
    board(Event(MACHINES[1], "update", "started"))
    clock.sleep(7.0)
    board(Event(MACHINES[1], "update", "failed", "a long story"))
    lines = drawn(board)
    assert lines[0].split() == ["+", "machine", "web/m0", "update", "done", "5s"]
    assert lines[1].split() == ["x", "machine", "web/m1", "update", "failed", "7s"]
    assert lines[-1].split() == ["2", "of", "3", "ended", "12s"]


def test_a_low_terminal_shows_what_failed_and_runs_before_what_waits_and_is_done() -> None:
    board = _progress.Board(PLAN, terminal(), VirtualClock())
    for machine in MACHINES[:10]:
        board(Event(machine, "update", "started"))
        board(Event(machine, "update", "done"))
    board(Event(MACHINES[10], "update", "started"))
    board(Event(MACHINES[29], "update", "failed"))
    lines = drawn(board)
    assert len(lines) == 9
    assert lines[0].split()[2:] == ["web/m10", "update", "running", "0s"]
    assert lines[-2].split()[:3] == ["x", "machine", "web/m29"]
    assert "11 of 30 ended, 22 not shown" in lines[-1]


def test_on_a_narrow_terminal_names_that_the_app_s_would_cut_off_stand_alone() -> None:
    app = App("orders-api-production-and-more")
    nouns = [app, *(Machine(app, f"web-{number}", {"image": "nginx"}) for number in (1, 2))]
    board = _progress.Board(
        Plan(tuple(Planned(noun, "update") for noun in nouns)), terminal(), VirtualClock()
    )
    lines = drawn(board)
    assert [line.split()[1:4] for line in lines[1:3]] == [
        ["machine", "web-1", "update"],
        ["machine", "web-2", "update"],
    ]
    assert lines[0].split()[1:3] == ["app", app.name]
    other = Machine("another", "web-1", {"image": "nginx"})
    board(Event(other, "update", "started"))
    assert "another/web-1" in "".join(drawn(board))


def test_what_turns_out_later_is_added() -> None:
    board = _progress.Board(Plan((Planned(APP, "none"),)), terminal(), VirtualClock())
    board(Event(MACHINES[0], "update", "started"))
    assert "machine web/m0 update" in drawn(board)[0]


def test_a_terminal_is_drawn_on_and_left_clean() -> None:
    screen = terminal()
    with _progress.watch(PLAN, screen, VirtualClock()) as watcher:
        assert isinstance(watcher, _progress.Board)
        watcher(Event(MACHINES[0], "update", "started"))
    assert isinstance(screen.file, io.StringIO)
    assert "\x1b[?25h" in screen.file.getvalue(), "the cursor is back"


@pytest.mark.parametrize("screen", [Console(file=io.StringIO()), terminal("dumb")])
def test_elsewhere_each_event_is_a_line_and_repeats_are_told_once(screen: Console) -> None:
    clock = VirtualClock()
    with _progress.watch(PLAN, screen, clock) as watcher:
        for detail in ("starting", "starting", "checks do not pass yet"):
            clock.sleep(1.0)
            watcher(Event(MACHINES[0], "update", "progress", detail))
        watcher(Event(MACHINES[0], "update", "failed", "a long story"))
    assert isinstance(screen.file, io.StringIO)
    assert screen.file.getvalue().splitlines() == [
        "    1.0s  machine web/m0: update progress (starting)",
        "    3.0s  machine web/m0: update progress (checks do not pass yet)",
        "    3.0s  machine web/m0: update failed",
    ]


def test_on_a_narrow_terminal_sign_and_time_stay_whole() -> None:
    clock = VirtualClock()
    app = App("shop")
    machine = Machine(app, "a-name-of-some-length", {"image": "nginx"})
    board = _progress.Board(
        Plan((Planned(machine, "update"), Planned(app, "update"))), terminal(width=44), clock
    )
    board(Event(machine, "update", "failed"))
    board(Event(app, "update", "progress", "checks do not pass yet, and this goes on for long"))
    clock.sleep(125.0)
    failed, running, ended = drawn(board)
    assert failed.startswith("x machine")
    assert running.endswith("125s")
    assert ended.endswith("125s")
    assert "…" in running
    assert max(map(len, (failed, running, ended))) <= 40


class Interrupted:
    def __init__(self) -> None:
        self.told: list[str] = []

    def acknowledge(self) -> None:
        self.told.append("acknowledged")

    def end_now(self) -> NoReturn:
        self.told.append("ended")
        raise SystemExit


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_a_ci_job_or_terminal_is_heard_like_ctrl_c(number: signal.Signals) -> None:
    run, default = Interrupted(), signal.getsignal(number)

    with _interrupts.heard(run):
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        with pytest.raises(SystemExit):
            signal.raise_signal(number)

    assert run.told == ["acknowledged", "ended"]
    assert signal.getsignal(number) is default
