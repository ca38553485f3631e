"""Commands that a page shows: `$ fly-resources ...` runs in the page's world, and prints what the page says.

What a page tells its readers to type for a simulator (`$ fly-resources simulate --image ...`) sets the
page's simulator up in the same way.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

import typer
from typer.testing import CliRunner

from fly_resources.cli import _commands, _session, _simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil import Example

    from fly_resources.testing import FlySimulator

_BLOCK: Final = re.compile(r"```console\n(.*?)```", re.DOTALL)
_INLINE: Final = re.compile(r"`(fly-resources simulate [^`]+)`")
_NAMED: Final = re.compile(r"`([\w-]+\.(?:toml|py))`[^`\n]*:\n\n```(?:toml|python)\n(.*?)```", re.DOTALL)
#: Screens of a terminal, which scripts/tools/capture_cli.py draws.
_DRAWN: Final = "cli-screens.md"
_TIME: Final = re.compile(r"\d+\\\.\d+\\ s\b")


def prepare(text: str, simulator: FlySimulator) -> None:
    """Save the files that a page names right above their text, and set up the simulator as it says."""
    for name, content in _NAMED.findall(text):
        Path(name).write_text(content, encoding="utf-8")
    shown = [command for block in _BLOCK.findall(text) for command, _ in _commands_in(block)]
    for command in [*shown, *_INLINE.findall(text)]:
        if command.startswith("fly-resources simulate") and "--image" in command:
            _set_up(simulator, command)


def _set_up(simulator: FlySimulator, command: str) -> None:
    _, _, *words = shlex.split(command, comments=True)
    parsed: dict[str, Any] = _simulate_command().make_context("simulate", words).params
    many = {name: parsed[name] or () for name in ("org", "behaviour", "fault", "image")}
    _simulate.Steering(many["org"], many["behaviour"], many["fault"], many["image"]).apply(simulator)


def _simulate_command() -> Any:  # noqa: ANN401  # the framework's command, whose class is not public
    group: Any = typer.main.get_command(_commands.app)
    return group.commands["simulate"]


def _commands_in(block: str) -> Iterator[tuple[str, str]]:
    """Return each command of a block, its lines joined, and what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.replace("\\\n", " ").partition("\n")
        yield command, output


def evaluate(example: Example) -> str | None:
    """Run a block's commands of ours; return what is wrong, or None."""
    if Path(example.path).name == _DRAWN:
        return None
    with (
        mock.patch.object(_session, "open_clock", return_value=example.namespace["clock"]),
        mock.patch.object(_session, "can_ask", return_value=True),
        mock.patch.object(_session, "read_answer", return_value="y\n"),
    ):
        complaints = (_complaint(*each) for each in _commands_in(str(example.parsed)))
        return next(filter(None, complaints), None)


def _complaint(command: str, output: str) -> str | None:
    words = shlex.split(os.path.expandvars(command), comments=True)
    if words[:1] == ["export"]:  # this world has the address and the token of Fly.io's own
        pairs = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        os.environ.update({name: each for name, each in pairs.items() if not name.startswith("FLY_")})
    if words[:1] != ["fly-resources"] or words[1] == "simulate":
        return None
    words, target = _redirected(words[1:])
    result = CliRunner().invoke(_commands.app, words)
    if target:
        Path(target).write_text(result.stdout, encoding="utf-8")
    if result.exit_code != 0:
        return f"$ {command}\nends with {result.exit_code}: {result.output}"
    expected = "(.*\n)*".join(re.escape(part) for part in output.split("...\n"))
    if output and not re.fullmatch(_TIME.sub(r"[0-9.]+ s", expected), result.stdout):
        return f"$ {command}\nprints {result.stdout}"
    return None


def _redirected(words: list[str]) -> tuple[list[str], str]:
    """Return the words before a `>`, and the file behind it."""
    at = words.index(">") if ">" in words else len(words)
    return words[:at], "".join(words[at + 1 : at + 2])
