"""What --help says: the usual options first, and nothing cut off in the list of commands."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from fly_resources.cli._commands import app

GROUP: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = {
    **{name: each for name, each in GROUP.commands.items() if name != "secrets"},
    "secrets import": GROUP.commands["secrets"].commands["import"],
}


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--help"], env={"COLUMNS": "80"}, prog_name="fly-resources")
    assert result.exit_code == 0
    return result.stdout


def test_the_list_of_commands_cuts_nothing_off_at_80_columns() -> None:
    text = said()
    assert "..." not in text.partition("Commands:")[2]
    assert max(map(len, text.splitlines())) <= 80
    for name in GROUP.commands:
        assert re.search(rf"^  {name} +[A-Z].*\.$", text, re.MULTILINE), name


@pytest.mark.parametrize("name", COMMANDS)
def test_what_every_command_has_comes_last(name: str) -> None:
    listed = [each.opts[-1] for each in COMMANDS[name].params if each.opts[0].startswith("-")]
    usual = [each for each in listed if each not in {"--json", "--proxy", "--debug"}]
    assert listed[: len(usual)] == usual


@pytest.mark.parametrize("name", ["plan", "ensure", "destroy"])
def test_what_only_a_fly_toml_takes_comes_after_what_both_take(name: str) -> None:
    """But for the image, which nearly everybody needs."""
    options = [each for each in COMMANDS[name].params if each.opts[0].startswith("-")]
    own = [each.help.startswith("fly.toml:") for each in options if "--image" not in each.opts]
    assert own[: own.index(True)] + [True] * own.count(True) + [False] * 3 == own


def test_confirmation_is_spoken_of_where_something_is_asked() -> None:
    asking = {
        name for name, each in COMMANDS.items() if any("--yes" in option.opts for option in each.params)
    }
    assert asking == {"ensure", "destroy", "rollback"}
    for name in asking:
        assert "Do not ask for confirmation." in said(name)
