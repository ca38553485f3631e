"""The real command, in processes of its own: the simulator is served, and everything goes over loopback."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
from typer.testing import CliRunner

from fly_resources import App, Fly, Machine, cli
from fly_resources.cli._commands import app
from fly_resources.testing import FlySimulator
from fly_resources.testing._server import SimulatorServer

if TYPE_CHECKING:
    from collections.abc import Generator

    from fly_resources.testing import RecordedRequest

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = [sys.executable, "-m", "fly_resources.cli"]
STACK: Final = """
from fly_resources import App, Machine

app = App("web", primary_region="iad")
resources = [app, *(Machine(app, f"m{number}", {"image": "nginx:alpine"}) for number in range(2))]
"""


def environment(**more: str) -> dict[str, str]:
    ours = ("FLY_", "COV_", "FORCE_COLOR", "NO_COLOR")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return {**kept, "FLY_API_TOKEN": "canary-token", **more}


@contextlib.contextmanager
def simulating(*options: str) -> Generator[tuple[subprocess.Popen[str], str]]:
    """Run `simulate` on a free port until the block ends."""
    process = subprocess.Popen(
        [*COMMAND, "simulate", "--port", "0", *options], env=environment(), stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        process.stderr.readline()
        address = re.search(r"export FLY_FLAPS_BASE_URL=(\S+) FLY_API_TOKEN=any", process.stderr.readline())
        assert address
        yield process, address[1]
    finally:
        process.kill()
        process.communicate()


def test_a_stack_is_ensured_over_loopback_and_its_world_outlives_the_simulator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack, state = tmp_path / "stack.py", tmp_path / "world.json"
    stack.write_text(STACK, encoding="utf-8")
    with simulating("--state", str(state)) as (process, address):
        chosen = environment(FLY_FLAPS_BASE_URL=address)
        done = subprocess.run(
            [*COMMAND, "ensure", str(stack), "--json"],
            env=chosen,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)
        assert done.stderr.count("create done") == 3
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert re.search(r"^\d\d:\d\d:\d\d  POST /v1/apps 201 Apps_create", log, re.MULTILINE)
    assert f"The world is in {state}." in log.splitlines()
    assert "canary" not in done.stdout + done.stderr + log + state.read_text(encoding="utf-8")
    options = ["--strict", "--rate-limits", "--latency", "0.001", "--timings", "typical"]
    with simulating("--state", str(state), *options) as (process, address):
        monkeypatch.setenv("FLY_FLAPS_BASE_URL", address)
        monkeypatch.setenv("FLY_API_TOKEN", "any")
        assert CliRunner().invoke(app, ["plan", str(stack), "--exit-code"]).exit_code == 0
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_ctrl_c_is_one_line_and_130_and_leaves_no_lease(tmp_path: Path) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(STACK.replace("nginx:alpine", "nginx:1.27"), encoding="utf-8")
    simulator = FlySimulator(timings="typical")
    with Fly("test", transport=simulator.transport()) as fly:
        old = [Machine("web", f"m{n}", {"image": "nginx:alpine"}, region="iad") for n in range(2)]
        fly.ensure(App("web"), *old)
    updating = threading.Event()

    def note(request: RecordedRequest) -> None:
        if request.operation == "Machines_update":
            updating.set()

    with simulator.serve(log=note) as server:
        process = subprocess.Popen(
            [*COMMAND, "ensure", str(stack)],
            env=environment(FLY_FLAPS_BASE_URL=server.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert updating.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "ensure: stopping: waiting for requests in flight; Ctrl-C again exits at once" in said
    assert said.splitlines()[-1] == (
        "ensure: interrupted. 0 done; may be half done: machine web/m0. Leases are released. Run it again: "
        "it continues from here."
    )
    assert "Traceback" not in said
    done = Counter(each.operation for each in simulator.requests)
    assert done["Machines_create_lease"] == done["Machines_release_lease"] == done["Machines_update"] == 1


def test_on_a_terminal_it_draws_in_colour_asks_and_takes_the_answer(tmp_path: Path) -> None:
    stack = tmp_path / "stack.py"
    stack.write_text(STACK, encoding="utf-8")
    simulator = FlySimulator()
    with simulator.serve() as server:
        chosen = environment(FLY_FLAPS_BASE_URL=server.url, TERM="xterm-256color", COLUMNS="100", LINES="30")
        drawn = on_a_terminal(["ensure", str(stack)], chosen)
        assert "\x1b[32m" in drawn
        assert "of 3 ended" in drawn
        plain = on_a_terminal(["destroy", str(stack)], {**chosen, "NO_COLOR": "1"}, "Go on? [y/N] ", "y\n")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", plain), "no colour"
    assert simulator.snapshot() == {"apps": {}}


def on_a_terminal(arguments: list[str], chosen: dict[str, str], question: str = "", answer: str = "") -> str:
    """Run a command on a pseudo terminal that somebody types on; return all that was drawn."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*COMMAND, *arguments], env=chosen, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    drawn = b""
    with contextlib.suppress(OSError):  # the terminal is gone when its last program is
        while part := os.read(ours, 4096):
            drawn += part
            if question and question.encode() in drawn:
                os.write(ours, answer.encode())
                question = ""
    os.close(ours)
    assert process.wait(timeout=120) == 0, drawn.decode()
    return drawn.decode()


def test_the_library_alone_loads_nothing_of_the_command() -> None:
    # of rich this cannot be said: httpx imports it where it is installed
    code = "import sys, fly_resources as f; f.Fly; print({'typer', 'fly_resources.cli'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# --- what needs no process of its own ---


def test_what_is_no_saved_world_is_refused_and_kept(tmp_path: Path) -> None:
    state = tmp_path / "notes.txt"
    state.write_text("my notes", encoding="utf-8")
    result = CliRunner().invoke(app, ["simulate", "--port", "0", "--state", str(state)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: simulate: {state} is not a world saved by simulate")
    assert state.read_text(encoding="utf-8") == "my notes"


def test_the_log_shows_each_request_and_what_was_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_and_stop(server: SimulatorServer) -> None:
        for path in ("/platform/regions", "/apps/web"):
            httpx.get(f"{server.url}/v1{path}", headers={"Authorization": "Bearer canary-token"})
        raise KeyboardInterrupt

    monkeypatch.setattr(SimulatorServer, "wait", ask_and_stop)
    state = tmp_path / "world.json"
    result = CliRunner().invoke(app, ["simulate", "--port", "0", "--state", str(state)])
    assert result.exit_code == 0
    lines = [re.sub(r"\d\d:\d\d:\d\d|\d+ ms", "T", line) for line in result.stderr.splitlines()]
    assert lines[2:] == [
        "T  GET /v1/platform/regions 200 Platform_regions_get T",
        "T  GET /v1/apps/web 404 Apps_show T",
        "Stopped after 2 requests.",
        f"The world is in {state}.",
    ]
    nowhere = CliRunner().invoke(app, ["simulate", "--port", "0", "--state", str(tmp_path / "no" / "file")])
    assert nowhere.exit_code == 1
    assert "The world could not be saved to" in nowhere.stderr


def test_a_port_that_is_taken_is_said_so() -> None:
    with FlySimulator().serve() as server:
        port = server.url.rpartition(":")[2]
        result = CliRunner().invoke(app, ["simulate", "--port", port])
    assert result.exit_code == 1
    assert f"Error: simulate: Cannot listen on 127.0.0.1:{port}" in result.stderr
    assert "Try --port 0." in result.stderr


@pytest.mark.parametrize("missing", ["typer", "rich"])
def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name in list(sys.modules):
        if name.startswith("fly_resources.cli.") or name.partition(".")[0] == missing:
            monkeypatch.delitem(sys.modules, name)
        if name.startswith("fly_resources.cli."):
            monkeypatch.delattr(cli, name.rpartition(".")[2])
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (
        ended.value.code == "The command fly-resources needs the extra cli: pip install 'fly-resources[cli]'"
    )


def test_the_script_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["project"]["scripts"] == {"fly-resources": "fly_resources.cli:main"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shown_for_each_shell(monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    result = CliRunner().invoke(app, ["--show-completion", shell], prog_name="fly-resources")
    assert result.exit_code == 0
    assert "_FLY_RESOURCES_COMPLETE" in result.stdout


def test_completion_answers_with_the_commands() -> None:
    chosen = {
        "_FLY_RESOURCES_COMPLETE": "complete_bash",
        "COMP_WORDS": "fly-resources ",
        "COMP_CWORD": "1",
    }
    result = CliRunner().invoke(app, [], prog_name="fly-resources", env=chosen)
    commands = {"plan", "ensure", "destroy", "read", "wait", "import", "simulate"}
    assert commands <= set(result.stdout.split())


def test_simulate_is_steered_by_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def look_and_stop(server: SimulatorServer) -> None:
        for path in ("orgs", "behaviours", "images", "faults"):
            seen[path] = httpx.get(f"{server.url}/_simulator/{path}").json()
        made = httpx.post(
            f"{server.url}/v1/apps",
            json={"name": "shop", "org_slug": "acme"},
            headers={"Authorization": "Bearer t"},
        )
        seen["status"] = made.status_code
        raise KeyboardInterrupt

    monkeypatch.setattr(SimulatorServer, "wait", look_and_stop)
    chosen = ["--org", "acme", "--behaviour", "app_unseen_s=3", "--behaviour", "app_create_body=app"]
    chosen += ["--image", "job:1=exit_code=1,prints=failed", "--image", "bad:1=crashes", "--seed", "7"]
    chosen += [
        "--fault",
        "status:Machines_list,status=429,times=2",
        "--fault",
        '{"kind": "truncate", "nth": 9}',
    ]
    result = CliRunner().invoke(app, ["simulate", "--port", "0", *chosen])

    assert result.exit_code == 0, result.stderr
    assert seen["orgs"] == {"personal": "Personal", "acme": "acme"}
    switches: Any = seen["behaviours"]
    assert (switches["app_unseen_s"], switches["app_create_body"]) == (3, "app")
    images: Any = seen["images"]
    assert (images["job:1"]["exit_code"], images["job:1"]["prints"], images["bad:1"]) == (
        1,
        ["failed"],
        "crashes",
    )
    faults: Any = seen["faults"]
    assert [(each["kind"], each["operation"], each["left"]) for each in faults] == [
        ("status", "Machines_list", 2),
        ("truncate", None, 1),
    ]
    assert seen["status"] == 201


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--behaviour", "app_unseen=3", "did you mean app_unseen_s"),
        ("--behaviour", "app_unseen_s", "expected NAME=VALUE"),
        ("--image", "x=explodes", "an image must be one of missing"),
        ("--image", "x=exit=1", "did you mean exit_code"),
        ("--fault", "explode", "kind is one of refuse"),
        ("--fault", "status:Machine_list", "did you mean Machines_list"),
    ],
)
def test_what_simulate_cannot_be_told_is_named(option: str, text: str, told: str) -> None:
    result = CliRunner().invoke(app, ["simulate", "--port", "0", option, text])

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: simulate: ")
    assert result.stderr.count("simulate: ") == 1
    assert told in result.stderr.replace("\n", " ")
