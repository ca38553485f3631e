"""Print the screens of docs/cli-screens.md: the command in a real terminal (tmux), on a served simulator.

    .venv/bin/python scripts/tools/capture_cli.py

It runs the page's first Python block as stack.py, on a simulator with typical timings and rate limits.
tmux has to be installed. What is printed goes into the page as it is, trimmed at the right and the bottom.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fly_resources.testing import FlySimulator, Program

ROOT = Path(__file__).parents[2]
SESSION = "fly-resources-capture"
COLUMNS, LINES = 92, 30
#: The width of the last two screens.
NARROW = 60
CRASH = ("Traceback (most recent call last):", "KeyError: 'DATABASE_URL'")
#: Seconds that a screen may take to show what is waited for.
PATIENCE_S = 300.0


def tmux(*arguments: str) -> str:
    """Run one of tmux's own commands, and return what it prints."""
    return subprocess.run(["tmux", *arguments], capture_output=True, text=True, check=True).stdout


def screen() -> str:
    """Return what the terminal shows, without what is empty."""
    lines = [line.rstrip() for line in tmux("capture-pane", "-p", "-t", SESSION).splitlines()]
    return "\n".join(lines).rstrip()


def type_line(text: str) -> None:
    """Type a line on the terminal."""
    tmux("send-keys", "-t", SESSION, text, "Enter")


def wait_for(pattern: str) -> str:
    """Return the first screen that shows the pattern."""
    end = time.monotonic() + PATIENCE_S
    while not re.search(pattern, shown := screen(), re.MULTILINE):
        if time.monotonic() > end:
            raise SystemExit(f"{pattern!r} never came; the screen shows:\n{shown}")
        time.sleep(0.05)
    return shown


def capture(title: str, command: str, until: str) -> None:
    """Run one command on an empty screen, and print the screen that shows what is waited for."""
    tmux("send-keys", "-t", SESSION, "clear", "Enter")
    wait_for(r"\A\$\Z")
    type_line(command)
    show(title, until)


def show(title: str, pattern: str) -> None:
    """Print the screen that shows the pattern."""
    print(f"== {title}\n{wait_for(pattern)}\n")


def main() -> None:
    """Capture all screens, in the order of the page."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    stack = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    with (
        tempfile.TemporaryDirectory() as folder,
        (simulator := FlySimulator(timings="typical", rate_limits=True)).serve() as server,
    ):
        simulator.images["worker:2"] = Program(prints=CRASH, exit_code=1)
        path = Path(folder, "stack.py")
        path.write_text(stack, encoding="utf-8")
        setup = [
            f'fly-resources() {{ {shlex.quote(sys.executable)} -m fly_resources.cli "$@"; }}',
            f"export FLY_FLAPS_BASE_URL={server.url} FLY_API_TOKEN=any PS1='$ '",
            f"cd {shlex.quote(folder)}",
        ]
        tmux(
            "new-session",
            "-d",
            "-s",
            SESSION,
            "-x",
            str(COLUMNS),
            "-y",
            str(LINES),
            "bash --norc --noprofile",
        )
        try:
            type_line("; ".join(setup))
            capture("plan", "fly-resources plan stack.py --exit-code; echo exit code $?", r"^exit code \d")
            capture("ensure, on its way", "fly-resources ensure stack.py", r"^. machine .*running")
            show("ensure, done", r"requests\.$")
            capture("status", "fly-resources status my-web-app", r"^secret")
            path.write_text(stack.replace("nginx:1.27-alpine", "nginx:1.29-alpine"), encoding="utf-8")
            capture("a roll-out", "fly-resources ensure stack.py", r"running: checks")
            show("a roll-out, done", r"requests\.$")
            capture("destroy asks", "fly-resources destroy stack.py", r"\[y/N\]")
            type_line("n")
            show("destroy, refused", "Nothing was done")
            path.write_text(stack.replace('"image": "ngin', '"imgae": "ngin'), encoding="utf-8")
            capture("an error", "fly-resources plan stack.py; echo exit code $?", r"^exit code \d")
            tmux("resize-window", "-t", SESSION, "-x", str(NARROW), "-y", str(LINES))
            path.write_text(f'{stack}\nresources.append(Machine(app, "worker-2", {{"image": "worker:2"}}))\n')
            capture("a machine that does not run", "fly-resources ensure stack.py", r"^Fix the cause")
            path.write_text(stack.replace("nginx:1.27-alpine", "nginx:1.28-alpine"), encoding="utf-8")
            capture("a roll-out, narrow", "fly-resources ensure stack.py", r"running: checks")
            tmux("send-keys", "-t", SESSION, "C-c")
            show("interrupted", r"continues\s+from here\.")
        finally:
            tmux("kill-session", "-t", SESSION)


if __name__ == "__main__":
    main()
