"""Commands that the pages show are commands of this program, with options that they have."""

from __future__ import annotations

import re
from typing import Any, Final

import typer

from fly_resources.cli import _commands
from scripts.tools.documentation import pages

_SHOWN: Final = re.compile(r"`(fly-resources [^`]+)`|^\$ (?:\w+=\S+ )*(fly-resources .+)$", re.MULTILINE)
#: What follows is no longer the command's: another program's words, a pipe, a comment.
_END: Final = re.compile(r" -- |;| [|<>&#]")


def _shown() -> list[tuple[str, str]]:
    return [
        (str(page.relative_to(pages.DOCS)), (inline or line).strip())
        for page in sorted(pages.DOCS.rglob("*.md"))
        for inline, line in _SHOWN.findall(page.read_text(encoding="utf-8"))
    ]


def _complaint(shown: str) -> str | None:
    command: Any = typer.main.get_command(_commands.app)
    words = _END.split(shown)[0].split()[1:]
    while words and not words[0].startswith("-") and hasattr(command, "commands"):
        if words[0] not in command.commands:
            return f"there is no command {words[0]}"
        command = command.commands[words.pop(0)]
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)} | {"--help"}
    wrong = [word for word in words if word.startswith("-") and word.partition("=")[0] not in known]
    return f"{command.name} has no {', '.join(wrong)}" if wrong else None


def test_a_wrong_command_is_noticed() -> None:
    assert _complaint("fly-resources plan FILE.py --out PLAN") is None
    assert _complaint("fly-resources secrets import APP < .env --x") is None
    assert _complaint("fly-resources plam FILE.py") == "there is no command plam"
    assert _complaint("fly-resources plan FILE.py --frobnicate") == "plan has no --frobnicate"


def test_every_command_that_is_shown_exists() -> None:
    shown = _shown()
    assert len(shown) > 50
    wrong = [f"{page}: {command}: {why}" for page, command in shown if (why := _complaint(command))]
    assert not wrong, "\n".join(wrong)
