"""What the command says is in the command's words: its options, no arguments and calls of Python."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import fly_machines
import pytest

import fly_resources
from fly_resources import Fly, errors, flytoml, resources
from fly_resources._errors import filled
from fly_resources._nouns.machine.undeclared import ACCEPTED
from fly_resources.cli import _words
from fly_resources.report import Report
from fly_resources.testing import Fault
from tests.cli.conftest import STACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Cli

LIBRARY: Final = Path(fly_resources.__file__).parent
#: Messages about how a program calls Python; the command calls it as it should.
PYTHON_ONLY: Final = {
    "_client/base.py",  # the kind of transport
    "_client/settings.py",
    "_client/guesses.py",
    "_checks/keywords.py",
    "_checks/arguments.py",
    "_checks/fields.py",
    "_wire/transports.py",
    "_http/network.py",  # verify=, in_machine()
    "cli/_words.py",
    "cli/_converting.py",  # writes Python
    "cli/_importing.py",  # writes Python
    "retry.py",
    "ratelimit.py",
}


def _parameters() -> set[str]:
    """Return the arguments of clients, their methods and fly.toml, but for those that resources have."""
    calls: list[Any] = [Fly.__init__, flytoml.load, flytoml.FlyToml.resources]
    calls += [each for name, each in inspect.getmembers(Fly, inspect.isfunction) if not name.startswith("_")]
    names = {name for call in calls for name in inspect.signature(call).parameters}
    nouns = [each for each in vars(resources).values() if isinstance(each, type) and attrs.has(each)]
    return names - {field.alias for noun in nouns for field in attrs.fields(noun)}


def _operations() -> set[str]:
    api = Path(fly_machines.__file__).parent / "api"
    return {path.stem for path in api.rglob("*_*.py") if not path.stem.startswith("_")}


PARAMETERS: Final = _parameters()
OPERATIONS: Final = _operations()
PYTHON: Final = re.compile(
    rf"\b(?:{'|'.join(PARAMETERS)})=(?!\w+,)"
    rf"|(?<![\w.'\"{{])(?:{'|'.join(name for name in PARAMETERS if '_' in name)})\b(?!['\"])"
    r"|\bfly\.(?!toml|json|io|dev)\w+|\b(?:Async)?Fly\b(?:\(|\.(?!io))|\b\w+\(\.\.\.\)"
    rf"|\b(?:{'|'.join(OPERATIONS)})\b|in the SDK|this error's|`errors`"
)


def _messages() -> Iterator[tuple[str, str]]:
    """Return the place and the text of every message in the library's source."""
    for path in sorted(LIBRARY.rglob("*.py")):
        name = path.relative_to(LIBRARY).as_posix()
        if name.startswith("testing/") or name in PYTHON_ONLY:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {
            id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values
        }
        parts |= {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}  # docstrings
        for each in ast.walk(tree):
            if id(each) not in parts and " " in (text := _text(each)):
                yield f"{name}:{getattr(each, 'lineno', 0)}", text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    if isinstance(node, ast.FormattedValue):
        return repr(ACCEPTED) if ast.unparse(node.value).endswith("ACCEPTED") else "x"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_no_message_of_the_library_speaks_python_in_the_command() -> None:
    spoken = [(where, _words.in_options(text)) for where, text in _messages()]
    assert len(spoken) > 900
    wrong = [f"{where}: {match[0]!r} in {text}" for where, text in spoken if (match := PYTHON.search(text))]
    assert not wrong, "\n".join(wrong)


def test_what_speaks_python_is_noticed() -> None:
    for text in (
        "pass smoke_s=3",
        "fly.ensure(*fly.last_good('web'))",
        "fly.ensure(app)",
        "use Fly(...)",
        "see machines_list_events",
        "timeout_s is 0",
    ):
        assert PYTHON.search(text), text
    for text in (
        "config has no key 'timeout_s'",
        "deploy.max_unavailable: no",
        "fly.toml of Fly.io",
        "--force",
    ):
        assert not PYTHON.search(text), text


@pytest.mark.parametrize("name", errors.__all__)
@pytest.mark.parametrize("as_json", [False, True])
def test_every_error_reaches_the_command_in_its_words(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, *, as_json: bool
) -> None:
    """Its own advice, and whatever text of the library it has."""
    kind: type[errors.FlyError] = getattr(errors, name)
    text = "machine web/a crashed. See its events (machines_list_events), or pass force=True and timeout_s=9."
    given = {"route": "/apps/{app_name}/machines", "report": Report(())}
    if kind is errors.EnsureError:
        given["advice"] = "Or roll back: fly.ensure(*fly.last_good('web'))"
    error = filled(kind, (text,), given)

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Fly, "logs", refuse)
    result = cli.run("logs", "web", *(["--json"] if as_json else []))

    assert result.exit_code == 1
    assert "(fly-resources status web --json), or pass --force and --timeout 9." in result.output
    assert not PYTHON.search(result.output), result.output


@pytest.mark.parametrize(
    ("arguments", "fault", "said"),
    [
        (["status", "nope"], None, "App 'nope' does not exist"),
        (["logs", "nope"], None, "Check the app's name; fly-resources status --org SLUG lists"),
        (["restart", "nope"], None, "Check the app's name; fly-resources status --org SLUG lists"),
        (
            ["exec", "nope", "x", "--", "ls"],
            None,
            "Check the app's name; fly-resources status --org SLUG lists",
        ),
        (["run", "nope", "nginx"], None, "Check the app's name; fly-resources status --org SLUG lists"),
        (["status", "--org", "nope"], None, "Check the organisation's slug; fly orgs list shows"),
        (["logs", "web", "4d890000000000"], None, "fly-resources status web lists what there is"),
        (["exec", "web", "nope", "--", "ls"], None, "fly-resources status web lists those that there are"),
        (["run", "web", "nginx:alpine", "--timeout", "3"], None, "had not ended within 3 s"),
        (["run", "web", "nginx:alpine", "--timeout", "0"], None, "Error: run: --timeout is 0; give seconds."),
        (["exec", "web", "server", "--timeout", "0", "--", "ls"], None, "--timeout"),
        (["status", "web"], Fault("refuse", times=99), "check the network and FLY_FLAPS_BASE_URL"),
        (["status", "web"], Fault("status", status=302, times=9), "check FLY_FLAPS_BASE_URL"),
        (["logs", "web"], Fault("status", status=408, times=9), "host_status (fly-resources status"),
    ],
)
def test_what_a_newcomer_runs_into_says_what_to_type_next(
    cli: Cli, arguments: list[str], fault: Fault | None, said: str
) -> None:
    cli.ok("ensure", cli.write(STACK))
    if fault is not None:
        cli.sim.faults.add(fault)
    result = cli.run(*arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not PYTHON.search(result.stderr), result.stderr


@pytest.mark.parametrize("name", ["stack.py", "fly.toml"])
def test_a_resources_argument_is_for_a_python_file(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise errors.ReconcileError("volume web/data/iad: give allow_empty=True to start anew.")

    monkeypatch.setattr(Fly, "plan", refuse)
    file = cli.write(STACK if name == "stack.py" else 'app = "web"\n', name)
    said = cli.run("plan", file, *([] if name == "stack.py" else ["--image", "nginx"])).stderr
    assert "give allow_empty=True to start anew." in said
    assert ("allow_empty= is for a Python file: fly-resources import APP" in said) == (name == "fly.toml")


def test_what_others_wrote_stays_as_they_wrote_it(cli: Cli) -> None:
    """Logs, values in a plan, and errors of the user's own file are no messages of the library."""
    words = "smoke_s force=True fly.run(...) timeout_s=3"
    cli.ok("ensure", cli.write(STACK))
    cli.sim.write_log("web", "server", words)
    assert words in cli.ok("logs", "web").stdout
    image = '"image": "nginx:alpine"'
    assert (
        words
        in cli.ok("plan", cli.write(STACK.replace(image, f'{image}, "init": {{"cmd": ["{words}"]}}'))).stdout
    )
    assert words in cli.run("plan", cli.write(f"raise RuntimeError({words!r})")).stderr
