"""The real command on a real terminal: Ctrl-C at 60 and 120 columns, and what a stack file prints."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from typing import TYPE_CHECKING

import pytest

from fly_resources import App, Fly, Machine
from fly_resources._engine.clock import SystemClock
from fly_resources.testing import FlySimulator
from tests.cli.test_processes import COMMAND, STACK, environment

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

NEWER = STACK.replace("nginx:alpine", "nginx:1.27")
NOISY = """
import atexit, os, subprocess, sys

print("loading")
sys.stdout.write("more\\n")
os.write(1, b"raw\\n")
subprocess.run([sys.executable, "-c", "print('child')"])
atexit.register(print, "bye")
"""


#: Runs a command with its standard input as the terminal that controls it: Ctrl-C comes from there.
ON_ITS_TERMINAL = [
    sys.executable,
    "-c",
    """import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background ignores it
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])""",
]


class Terminal:
    """A command on a terminal of its own, and all that it has drawn."""

    def __init__(self, arguments: list[str], columns: int, **more: str) -> None:
        self.leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        chosen = environment(TERM="xterm-256color", **more)
        self.process = subprocess.Popen(
            [*ON_ITS_TERMINAL, *COMMAND, *arguments],
            env={key: value for key, value in chosen.items() if key not in {"COLUMNS", "LINES"}},
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
        )
        os.close(follower)
        self.drawn = ""

    def wait_for(self, pattern: str, within_s: float = 60.0) -> float:
        """Read until the pattern is drawn after what was read before; return how long that took."""
        began, start = time.monotonic(), len(self.drawn)
        while not re.search(pattern, self.drawn[start:]):
            left = within_s - (time.monotonic() - began)
            assert left > 0, f"{pattern!r} was not drawn:\n{self.drawn}"
            if select.select([self.leader], [], [], left)[0]:
                try:
                    self.drawn += os.read(self.leader, 65536).decode(errors="replace")
                except OSError:
                    break
        assert re.search(pattern, self.drawn[start:]), self.drawn
        return time.monotonic() - began

    def type(self, text: str) -> None:
        os.write(self.leader, text.encode())

    def end(self) -> int:
        """Read to the end, and return the exit code."""
        with contextlib.suppress(OSError):
            while part := os.read(self.leader, 65536).decode(errors="replace"):
                self.drawn += part
        os.close(self.leader)
        return self.process.wait(60)

    def screen(self, columns: int) -> list[str]:
        """Return the lines that are left, as a terminal of so many columns shows them."""
        return replay(self.drawn, columns)


def replay(drawn: str, columns: int) -> list[str]:
    """Draw what was sent to a terminal: the few controls that the command uses."""
    rows: list[list[str]] = [[]]
    line = column = 0
    for control, plain in re.findall(r"(\x1b\[[0-9;?]*[A-Za-z])|(.)", drawn, re.DOTALL):
        if control.endswith("A"):
            line = max(0, line - int(control[2:-1] or 1))
        elif control.endswith("K"):
            rows[line] = [] if control[2:-1] == "2" else rows[line][:column]
        elif plain == "\n":
            line, column = line + 1, 0
        elif plain == "\r":
            column = 0
        elif plain and plain.isprintable():
            if column == columns:
                line, column = line + 1, 0
            rows += [[] for _ in range(line + 1 - len(rows))]
            rows[line] = [*rows[line], *" " * (column - len(rows[line]))]
            rows[line][column : column + 1] = [plain]
            column += 1
        rows += [[] for _ in range(line + 1 - len(rows))]
    return ["".join(row).rstrip() for row in rows]


class Gate(SystemClock):
    """Real time, until it is shut: then nobody who sleeps wakes before it opens again."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()
        self.opened.set()

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if not self.opened.is_set():
            self.reached.set()
            self.opened.wait(300.0)

    def shut(self) -> None:
        """Shut it, and wait until a request is held."""
        self.opened.clear()
        assert self.reached.wait(60.0)


@pytest.fixture
def gate() -> Generator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


@pytest.fixture
def slow(gate: Gate) -> Generator[str]:
    """A served world whose machines take as long as real ones, and run the older image."""
    simulator = FlySimulator(clock=gate, timings="typical")
    with Fly("test", transport=simulator.transport()) as fly:
        old = [Machine("web", f"m{n}", {"image": "nginx:alpine"}, region="iad") for n in range(2)]
        fly.ensure(App("web"), *old)
    simulator.latency = 0.2
    with simulator.serve() as server:
        yield server.url
        gate.opened.set()


@pytest.mark.parametrize("columns", [60, 120])
def test_ctrl_c_is_acknowledged_before_the_request_under_way_ends(
    tmp_path: Path, gate: Gate, slow: str, columns: int
) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(NEWER, encoding="utf-8")
    terminal = Terminal(["ensure", str(stack)], columns, FLY_FLAPS_BASE_URL=slow)
    terminal.wait_for("running")
    gate.shut()
    terminal.type("\x03")
    terminal.wait_for("stopping: ")
    assert not gate.opened.is_set()
    gate.opened.set()
    assert terminal.end() == 130
    shown = terminal.screen(columns)
    text = " ".join(" ".join(shown).split())
    assert "ensure: interrupted. 0 done; may be half done: machine web/m0. Leases are released." in text
    assert not [line for line in shown if "running" in line or "waiting" in line], shown
    assert all(len(line) <= columns for line in shown)
    assert terminal.drawn.rstrip().endswith("here.\x1b[0m") or "\x1b[?25h" in terminal.drawn


def test_a_second_ctrl_c_waits_for_no_request_and_says_what_may_be_left(
    tmp_path: Path, gate: Gate, slow: str
) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(NEWER, encoding="utf-8")
    terminal = Terminal(["ensure", str(stack), "--json"], 100, FLY_FLAPS_BASE_URL=slow)
    terminal.wait_for("running")
    gate.shut()
    terminal.type("\x03")
    terminal.wait_for("stopping: ")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert not gate.opened.is_set()
    assert (
        "ensure: stopped at once. 0 done; may be half done: machine web/m0. Leases that are still held "
        "expire within a minute."
    ) in terminal.drawn
    assert '"message": "stopped at once"' in terminal.drawn
    assert "\x1b[?25h" in terminal.drawn, "the cursor is back"


def test_ctrl_c_at_the_question_has_a_line_of_its_own(tmp_path: Path) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(STACK, encoding="utf-8")
    simulator = FlySimulator()
    with Fly("test", transport=simulator.transport()) as fly:
        fly.ensure(App("web"), Machine("web", "m0", {"image": "nginx:alpine"}, region="iad"))
    with simulator.serve() as server:
        terminal = Terminal(["destroy", str(stack)], 80, FLY_FLAPS_BASE_URL=server.url)
        terminal.wait_for(r"\[y/N\] ")
        terminal.type("\x03")
        assert terminal.end() == 130
    lines = [line for line in terminal.screen(80) if line]
    assert lines[-1] == "destroy: interrupted. Nothing had started."
    assert lines[-2].startswith("Go on? [y/N] ^C")


@pytest.mark.parametrize("as_json", [False, True])
def test_whatever_a_stack_file_prints_and_however_is_not_on_standard_output(
    tmp_path: Path, *, as_json: bool
) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(NOISY + STACK, encoding="utf-8")
    with FlySimulator().serve() as server:
        done = subprocess.run(
            [*COMMAND, "plan", str(stack), *(["--json"] if as_json else [])],
            env=environment(FLY_FLAPS_BASE_URL=server.url),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert {"loading", "more", "raw", "child", "bye"} <= set(done.stderr.split())
    if as_json:
        assert json.loads(done.stdout)["ok"]
    else:
        assert done.stdout.splitlines()[0] == "Plan: 3 create; 0 unchanged"
        assert len(done.stdout.splitlines()) == 4 + done.stdout.count("  i ")


def test_whoever_reads_no_further_ends_it_without_a_traceback(tmp_path: Path) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(STACK, encoding="utf-8")
    with FlySimulator().serve() as server:
        process = subprocess.Popen(
            [*COMMAND, "plan", str(stack), "--json"],
            env=environment(FLY_FLAPS_BASE_URL=server.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
        process.wait(60)
        process.stderr.close()
    assert said == ""
    assert process.returncode not in {0, -signal.SIGSEGV}
