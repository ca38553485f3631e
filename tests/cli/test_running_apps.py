"""status, logs, exec, restart, run and secrets import: an app is looked at and worked on without a file."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import ExecResult, Fly
from fly_resources.cli import _dotenv, _session, _status
from fly_resources.errors import ConfigurationError
from fly_resources.testing import Fault, Program
from tests.cli.conftest import STACK

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

JOB = Program(prints=("migrating", "\x1b[2Jdone"), exit_code=3, after_s=2)
TWO = STACK.replace(
    "resources = [app, data, server,",
    'resources = [app, data, server, Machine(app, "other", {"image": "nginx:alpine"}),',
)


@pytest.fixture
def made(cli: Cli) -> Cli:
    cli.ok("ensure", cli.write(TWO))
    cli.sim.requests.clear()
    return cli


def sent(cli: Cli) -> list[str]:
    return [str(each.operation) for each in cli.sim.requests]


def machine_id(cli: Cli, name: str) -> str:
    [found] = [each["id"] for each in cli.send("GET", "/apps/web/machines") if each["name"] == name]
    cli.sim.requests.clear()
    return str(found)


# --- status ---


def test_status_is_a_table_of_what_an_app_holds(made: Cli) -> None:
    made.send("POST", "/apps/web/certificates/acme", {"hostname": "www.example.com"})
    made.send("POST", "/apps/web/ip_assignments", {"type": "v6"})
    lines = made.ok("status", "web").stdout.splitlines()
    assert lines[0] == "app web in organisation personal, deployed"
    assert lines[1].split() == ["KIND", "NAME", "STATE", "REGION", "ID", "ABOUT"]
    rows = {tuple(line.split()[:2]): line for line in lines[2:]}
    assert rows["machine", "server"].split()[2:4] == ["started", "iad"]
    assert "nginx:alpine" in rows["machine", "server"]
    assert rows["volume", "data"].endswith("10 GB, mounted by server")
    assert "set" in rows["secret", "KEY"]
    assert "www.example.com" in str(rows)
    assert any(line.startswith("address") and line.endswith("v6") for line in lines)
    assert len(made.writes) == 2, "those of this test"


def test_status_is_sentences_where_a_table_is_too_wide(made: Cli) -> None:
    with Fly("t", transport=made.sim.transport(), clock=made.clock) as fly:
        held = _status.read(fly, "web")
    [server] = [line for line in _status.lines(held, 60) if "server" in line and line.startswith("machine")]
    assert re.fullmatch(r"machine server: started in iad, [0-9a-f]+, .*nginx:alpine.*", server)
    assert "secret KEY: set" in _status.lines(held, 60)
    assert _status.lines(held, 200) == _status.lines(held)


def test_status_takes_the_app_of_the_environment_or_lists_an_organisation(
    made: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLY_APP_NAME", raising=False)
    nothing = made.run("status")
    assert nothing.exit_code == 1
    assert "Give APP, set FLY_APP_NAME" in nothing.stderr
    assert sent(made) == []
    assert made.ok("status", "--org", "personal").stdout.splitlines() == [
        "APP  MACHINES  VOLUMES",
        "web  2         1",
    ]
    assert sent(made) == ["Apps_list"]
    monkeypatch.setenv("FLY_APP_NAME", "web")
    assert made.ok("status").stdout.startswith("app web in organisation personal")
    assert "not both" in made.run("status", "web", "--org", "personal").stderr
    assert "App 'wep' does not exist" in made.run("status", "wep").stderr


def test_status_says_how_a_machine_ended_and_what_it_may_not_read(made: Cli) -> None:
    made.sim.images["bad:1"] = Program(exit_code=7, after_s=1)
    made.send(
        "POST",
        "/apps/web/machines",
        {"name": "bad", "config": {"image": "bad:1", "restart": {"policy": "no"}}},
    )
    made.clock.sleep(5.0)
    made.sim.faults.add(Fault("status", operation="Secrets_list", status=403, body={"error": "unauthorized"}))
    lines = made.ok("status", "web").stdout.splitlines()
    assert [line.split("  ")[-1] for line in lines if "bad" in line] == ["bad:1, exit code 7"]
    assert lines[-1] == "? web: its secrets cannot be read with this token"


# --- logs ---


def test_logs_are_lines_of_an_app_or_of_one_machine(made: Cli) -> None:
    made.sim.write_log("web", "server", "from \x1b[2J server")
    made.sim.write_log("web", "other", "from other")
    both = made.ok("logs", "web").stdout
    assert "from ?[2J server" in both
    assert "from other" in both
    one = made.ok("logs", "web", "other").stdout
    assert "from other" in one
    assert "server" not in one
    assert made.run("logs", "wep").exit_code == 1
    assert "cannot be used with --follow" in made.run("logs", "web", "-f", "--json").stderr


def test_logs_follow_until_the_machine_is_gone(made: Cli) -> None:
    made.sim.images["job:1"] = Program(prints=("one", "two", "three"), every_s=3, exit_code=0, after_s=9)
    made.send(
        "POST",
        "/apps/web/machines",
        {"name": "job", "config": {"image": "job:1", "auto_destroy": True, "restart": {"policy": "no"}}},
    )
    lines = made.ok("logs", "web", "job", "-f").stdout.splitlines()
    assert [line.split()[-1] for line in lines if line.split()[-1] in {"one", "two", "three"}] == [
        "one",
        "two",
        "three",
    ]


# --- exec ---


@pytest.mark.parametrize("code", [0, 2, 255])
def test_exec_passes_output_and_exit_code_on(made: Cli, code: int) -> None:
    asked: list[list[str]] = []

    def answer(command: list[str]) -> tuple[int, str, str]:
        asked.append(command)
        return code, "out\tput\n", "oops\n"

    made.sim.on_exec = answer
    result = made.run("exec", "web", "server", "--", "ls", "-l", "--json")
    assert asked == [["ls", "-l", "--json"]]
    assert (result.exit_code, result.stdout, result.stderr) == (code, "out\tput\n", "oops\n")


def test_a_command_that_a_signal_ended_ends_as_a_shell_says(
    made: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = ExecResult(0, "", "", exit_signal=9)
    monkeypatch.setattr("fly_resources.client.Fly.exec", lambda *_, **__: killed)
    assert made.run("exec", "web", "server", "--", "ls").exit_code == 137


def test_exec_in_json_says_what_came_back_and_is_not_ok(made: Cli) -> None:
    made.sim.on_exec = lambda command: (2, "a", "b")
    result = made.run("exec", "web", "server", "--json", "--", "false")
    document = json.loads(result.stdout)
    assert result.exit_code == 2
    assert document["ok"] is False
    assert document["error"] is None
    assert document["result"] == {"exit_code": 2, "signal": None, "stdout": "a", "stderr": "b"}


def test_exec_on_a_machine_that_is_not_there_or_not_started_says_so(made: Cli) -> None:
    assert "There is no machine web/nope" in made.run("exec", "web", "nope", "--", "ls").stderr
    made.send("POST", f"/apps/web/machines/{machine_id(made, 'other')}/stop")
    made.clock.sleep(10.0)
    stopped = made.run("exec", "web", "other", "--", "ls")
    assert stopped.exit_code == 1
    assert "needs a machine that is started" in stopped.stderr
    assert "fly-resources restart" in stopped.stderr


# --- restart ---


def test_restart_takes_those_that_are_started_one_after_the_other(made: Cli) -> None:
    made.send("POST", f"/apps/web/machines/{machine_id(made, 'other')}/stop")
    made.clock.sleep(10.0)
    made.sim.requests.clear()
    result = made.ok("restart", "web")
    assert result.stdout.startswith("machine web/server: restarted; started in iad")
    assert made.writes == ["Machines_restart"]
    assert made.ok("restart", "web", "other").stdout.startswith("machine web/other: restarted; started")


def test_restart_ends_with_the_first_that_does_not_come_up(made: Cli) -> None:
    made.sim.faults.add(
        Fault("status", operation="Machines_restart", status=422, body={"error": "no"}, nth=2)
    )
    document = made.document("restart", "web")
    assert [row["name"] for row in document["resources"]] == ["other"]
    assert (document["changed"], document["ok"], document["error"]["type"]) == (
        True,
        False,
        "UnprocessableError",
    )


def test_restart_without_a_started_machine_says_so(made: Cli) -> None:
    for name in ("server", "other"):
        made.send("POST", f"/apps/web/machines/{machine_id(made, name)}/stop")
    made.clock.sleep(10.0)
    result = made.run("restart", "web")
    assert result.exit_code == 1
    assert "App 'web' has no started machine" in result.stderr


# --- run ---


def test_run_shows_the_output_and_passes_the_exit_code_on(made: Cli) -> None:
    made.sim.images["job:1"] = JOB
    result = made.run("run", "web", "job:1", "--region", "iad", "-e", "A=b=c", "--", "migrate", "--all")
    assert result.exit_code == 3
    assert "migrating\n?[2Jdone\n" in result.stdout
    assert {each["name"] for each in made.send("GET", "/apps/web/machines")} == {"server", "other"}


def test_run_out_of_memory_is_137_and_said(made: Cli) -> None:
    made.sim.images["job:1"] = Program(oom_killed=True, after_s=1)
    result = made.run("run", "web", "job:1")
    assert result.exit_code == 137
    assert "run: out of memory" in result.stderr


def test_run_that_takes_too_long_shows_what_it_wrote(made: Cli) -> None:
    made.sim.images["job:1"] = Program(prints=("working",))
    result = made.run("run", "web", "job:1", "--timeout", "20")
    assert result.exit_code == 1
    assert "working" in result.stdout
    assert "had not ended within 20 s" in result.stderr


class _Interrupting(httpx.BaseTransport):
    """Raises KeyboardInterrupt at the first wait."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner, self._done = inner, False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/wait") and not self._done:
            self._done = True
            raise KeyboardInterrupt
        return self._inner.handle_request(request)


def test_an_interrupted_run_says_that_nothing_is_left(made: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    made.sim.images["job:1"] = Program()
    monkeypatch.setattr(_session, "open_transport", lambda _: _Interrupting(made.sim.transport()))
    result = made.run("run", "web", "job:1")
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1] == "run: interrupted. 0 done; nothing is half done."
    left = [each["name"] for each in made.send("GET", "/apps/web/machines")]
    assert sorted(left) == ["other", "server"]


@pytest.mark.parametrize("state", ["running", ""])
def test_a_state_that_cannot_be_waited_for_is_refused(made: Cli, state: str) -> None:
    result = made.run("wait", made.write(TWO), "--state", state)
    assert (result.exit_code, "use 'started'" in result.stderr, sent(made)) == (1, True, [])


def test_a_variable_without_a_value_is_refused_without_showing_it(made: Cli) -> None:
    result = made.run("run", "web", "job:1", "-e", "A=1", "-e", "canary-2718")
    assert "--env number 2 must be NAME=VALUE" in result.stderr
    assert "canary" not in result.output
    assert made.writes == []


# --- secrets import ---

DOTENV = """\ufeff# a comment
export A=plain # and a comment
B="two\\nlines \\"x\\" $HOME"
C='single # no comment'   # one
D=a#b

E=
"""


def test_secrets_are_set_with_one_request_and_never_printed(made: Cli) -> None:
    result = made.ok("secrets", "import", "web", answer='CANARY="canary-2718"\nexport OTHER=canary-3141\n')
    assert "canary-" not in result.output
    assert "  * secret web/CANARY: set (new)" in result.stdout.splitlines()
    assert "2 set;" in result.stdout
    assert made.writes == ["Secrets_update"]
    assert "keep the old values until" in result.stdout
    again = made.ok("secrets", "import", "web", "--json", answer="CANARY=canary-2718\n")
    assert not json.loads(again.stdout)["changed"]


def test_a_dotenv_file_is_read_as_documented() -> None:
    assert _dotenv.parse(DOTENV) == {
        "A": "plain",
        "B": 'two\nlines "x" $HOME',
        "C": "single # no comment",
        "D": "a#b",
        "E": "",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('A=1\nB="canary\nmore"\n', "Line 2 of the standard input: the quotes of B are not closed"),
        ("B='canary\n", "Line 1 of the standard input: the quotes of B are not closed"),
        ("canary\n", "Line 1 of the standard input: it is not NAME=VALUE"),
        ("my-key=canary\n", "it is not NAME=VALUE with a name of letters, digits and _"),
        ("A=1\nA=canary\n", "Line 2 of the standard input: A is set in line 1 already"),
        ('A="x" canary\n', "something follows the closing quote of A"),
        ("9A=canary\n", "Line 1"),
        ("# nothing\n", "contains no secret"),
    ],
)
def test_what_is_no_dotenv_is_refused_by_its_line_and_nothing_is_sent(made: Cli, text: str, why: str) -> None:
    result = made.run("secrets", "import", "web", answer=text)
    assert result.exit_code == 1
    assert why in result.stderr
    assert "canary" not in result.output
    assert sent(made) == []


@given(st.text())
def test_no_text_is_read_as_a_secret_that_it_does_not_name(text: str) -> None:
    with contextlib.suppress(ConfigurationError):
        assert all(name in text for name in _dotenv.parse(text))


@given(st.dictionaries(st.from_regex(r"[A-Z_][A-Z0-9_]{0,5}", fullmatch=True), st.text()))
def test_what_is_quoted_and_escaped_comes_back_as_it_was(values: dict[str, str]) -> None:
    escapes = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
    text = "\n".join(f'{name}="{value.translate(escapes)}"' for name, value in values.items())
    assert _dotenv.parse(text) == values


# --- wait, and what is billed ---


def test_all_machines_are_waited_for_at_once_within_one_limit(cli: Cli) -> None:
    machines = ", ".join(f'Machine(app, f"m{n}", {{"image": "nginx:alpine"}})' for n in range(5))
    app = "from fly_resources import App, Machine\napp = App('web', primary_region='iad')\n"
    stack = cli.write(f"{app}resources = [app, {machines}]")
    cli.ok("ensure", stack)
    cli.sim.requests.clear()
    began = cli.clock.now()
    assert len(cli.ok("wait", stack).stdout.splitlines()) == 5
    assert cli.clock.now() - began < 3.0
    assert len(cli.sim.requests) <= 4
    began = cli.clock.now()
    late = cli.run("wait", stack, "--state", "stopped", "--timeout", "5")
    assert late.exit_code == 1
    assert "was not stopped after" in late.stderr
    assert cli.clock.now() - began < 7.0


def test_what_is_billed_is_asked_about_if_that_is_wanted(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = cli.write(TWO)
    refused = cli.run("ensure", stack, "--ask")
    assert refused.exit_code == 1
    assert "This would make what is listed above" in refused.stderr
    lines = refused.stderr.splitlines()
    assert lines[0] == "This is billed once it is created:"
    assert [line.split(" (")[0] for line in lines[1:4]] == [
        "  create volume web/data/iad",
        "  create machine web/server",
        "  create machine web/other",
    ]
    assert cli.writes == []
    monkeypatch.setattr(_session, "can_ask", lambda: True)
    assert cli.run("ensure", stack, "--ask", answer="n\n").exit_code == 1
    assert cli.writes == []
    cli.ok("ensure", stack, "--ask", answer="y\n")
    cli.sim.requests.clear()
    assert "billed once" not in cli.ok("ensure", stack, "--ask").stderr
    larger = cli.run("ensure", cli.write(TWO.replace("size_gb=10", "size_gb=20")), "--ask", answer="n\n")
    assert "  update volume web/data/iad" in larger.stderr


def test_an_interrupt_at_the_question_says_that_nothing_had_begun(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ok("ensure", cli.write(STACK))
    cli.sim.requests.clear()
    monkeypatch.setattr(_session, "can_ask", lambda: True)

    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(_session, "read_answer", interrupted)
    result = cli.run("destroy", cli.write(STACK))
    assert result.exit_code == 130
    assert [line.rstrip() for line in result.stderr.splitlines()[-2:]] == [
        "Go on? [y/N]",
        "destroy: interrupted. Nothing had started.",
    ]
    assert cli.writes == []
