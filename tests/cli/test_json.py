"""`--json`: one document on standard output whatever happens, of the documented form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import pytest
from typer.main import get_command

from fly_resources.cli._commands import app
from fly_resources.testing import Fault
from tests.cli.conftest import STACK

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
FLY_TOML_PAGE = PAGE.with_name("cli-flytoml.md")
JSON_PAGE = PAGE.with_name("cli-json.md")


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as the documentation prints it."""
    [block] = re.findall(
        r"```json\n(\{\s*\"\$schema\".*?)```", JSON_PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    loaded: dict[str, Any] = json.loads(block)
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def checked(cli: Cli, schema: dict[str, Any], *arguments: str) -> dict[str, Any]:
    document = cli.document(*arguments)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["version"] == 2
    assert document["command"] == arguments[0]
    return document


def test_plan(cli: Cli, schema: dict[str, Any]) -> None:
    document = checked(cli, schema, "plan", cli.write(STACK), "--unmanaged", "--exit-code")
    assert document["ok"]
    assert document["changed"]
    assert document["unmanaged"] == []
    assert document["requests"] == len(cli.sim.requests)
    assert document["resources"] == []
    assert document["plan"]["resources"][2] == {
        "resource": "machine web/server",
        "kind": "machine",
        "app": "web",
        "name": "server",
        "action": "create",
        "changed": True,
        "changes": [
            {"path": "config.image", "before": None, "after": "nginx:alpine"},
            {"path": "region", "before": None, "after": "iad"},
        ],
        "notes": ["nginx:alpine in iad, 1 shared CPU, 256 MB, data at /data, billed while it runs"],
        "error": None,
    }


def test_ensure_and_destroy_hold_the_plan_and_what_became_of_it(cli: Cli, schema: dict[str, Any]) -> None:
    stack = cli.write(STACK)
    done = checked(cli, schema, "ensure", stack)
    assert [row["action"] for row in done["plan"]["resources"]] == ["create", "create", "create", "set"]
    assert [row["changed"] for row in done["resources"]] == [True] * 4
    again = checked(cli, schema, "ensure", stack)
    assert not again["changed"]
    assert not again["plan"]["changed"], "a secret that is set again is no change: it is not read"
    gone = checked(cli, schema, "destroy", stack, "--yes")
    assert {row["action"] for row in gone["resources"]} == {"destroy"}
    nothing = checked(cli, schema, "destroy", stack)
    assert (nothing["changed"], len(nothing["resources"])) == (False, 4)


def test_a_failure_is_in_the_document_and_in_its_row(cli: Cli, schema: dict[str, Any]) -> None:
    cli.sim.faults.add(Fault("status", operation="Machines_create", status=422, body={"error": "no"}))
    document = checked(cli, schema, "ensure", cli.write(STACK))
    assert not document["ok"]
    assert document["error"]["type"] == "EnsureError"
    failed = [row for row in document["resources"] if row["error"]]
    assert [(row["name"], row["error"]["type"]) for row in failed] == [("server", "UnprocessableError")]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["plan", "missing.py"], "ConfigurationError"),
        (["read", "missing.py"], "ConfigurationError"),
        (["wait", "missing.py"], "ConfigurationError"),
        (["destroy", "missing.py"], "ConfigurationError"),
    ],
)
def test_what_fails_before_anything_is_sent(
    cli: Cli, schema: dict[str, Any], arguments: list[str], kind: str
) -> None:
    document = checked(cli, schema, *arguments)
    assert (document["ok"], document["error"]["type"], document["requests"]) == (False, kind, 0)


@pytest.mark.parametrize(
    ("arguments", "command", "message"),
    [
        (["plan", "stack.py", "--bogus"], "plan", "No such option"),
        (["plan"], "plan", "Missing argument 'FILE'."),
        (["ensure", "stack.py", "--timeout", "soon"], "ensure", "Invalid value for '--timeout'"),
        (["secrets", "import", "--bogus"], "secrets import", "No such option"),
        (["import", "web"], "import", "No such option"),
        (["frobnicate"], "", "No such command 'frobnicate'."),
        (["deploy"], "", "No such command 'deploy'. Did you mean 'ensure'?"),
    ],
)
def test_wrong_arguments_are_in_the_document(
    cli: Cli, schema: dict[str, Any], arguments: list[str], command: str, message: str
) -> None:
    result = cli.run(*arguments, "--json")
    document = json.loads(result.stdout)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert (result.exit_code, document["ok"], document["command"]) == (1, False, command)
    assert document["error"]["type"] == "UsageError"
    assert message in document["error"]["message"]
    assert message in result.stderr


def test_what_belongs_to_the_program_that_is_run_asks_for_no_document(cli: Cli) -> None:
    assert cli.run("exec", "web", "--bogus", "--", "ls", "--json").stdout == ""


def test_what_is_not_confirmed_was_planned_and_not_done(cli: Cli, schema: dict[str, Any]) -> None:
    cli.ok("ensure", cli.write(STACK))
    document = checked(cli, schema, "destroy", cli.write(STACK))
    assert document["error"]["type"] == "NotConfirmedError"
    assert document["plan"]["changed"]
    assert document["resources"] == []


def test_an_interrupt_is_in_the_document(
    cli: Cli, schema: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fly_resources.client.Fly.plan", interrupted)
    document = checked(cli, schema, "plan", cli.write(STACK))
    assert (document["ok"], document["error"]["type"]) == (False, "KeyboardInterrupt")


def test_read_and_wait_hold_the_api_s_own_json_without_what_the_file_hides(
    cli: Cli, schema: dict[str, Any]
) -> None:
    text = STACK.replace(
        '{"image": "nginx:alpine"}', '{"image": "nginx:alpine", "env": {"A": Secret("hidden-1"), "B": "x"}}'
    ).replace("import App,", "import App, Secret,")
    stack = cli.write(text)
    before = checked(cli, schema, "read", stack)
    assert {(row["exists"], row["data"]) for row in before["resources"]} == {(False, None)}
    cli.ok("ensure", stack)
    for command in ("read", "wait"):
        document = checked(cli, schema, command, stack, "server")
        [row] = document["resources"]
        assert row["exists"]
        assert row["data"]["config"]["env"] == {"A": "***", "B": "x"}
        assert "nonce" not in row["data"]


def test_no_canary_is_in_any_document(cli: Cli) -> None:
    stack = cli.write(STACK)
    for arguments in (["plan"], ["ensure"], ["read"], ["wait"], ["destroy"]):
        result = cli.run(arguments[0], stack, "--json")
        assert "canary" not in result.output


def test_what_the_file_prints_is_not_in_the_document(cli: Cli) -> None:
    result = cli.run("plan", cli.write("print('loading')\n" + STACK), "--json")
    assert json.loads(result.stdout)["ok"]
    assert "loading" in result.stderr


def test_every_command_and_option_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8") + FLY_TOML_PAGE.read_text(encoding="utf-8")
    commands: dict[str, Any] = cast("Any", get_command(app)).commands
    secrets = commands.pop("secrets").commands
    assert secrets.keys() == {"import"}
    commands["secrets import"] = secrets["import"]
    looks = {"status", "read", "wait", "logs", "import", "convert"}
    assert commands.keys() == looks | {
        *("plan", "ensure", "destroy", "rollback", "exec", "restart", "run", "secrets import", "simulate"),
    }
    for name, command in commands.items():
        assert re.search(rf"^### {name}$", page, re.MULTILINE), name
        options = {option for parameter in command.params for option in parameter.opts if option[0] == "-"}
        missing = {option for option in options - {"--wait", "--help"} if f"`{option}" not in page}
        assert not missing, f"{name}: {missing}"
