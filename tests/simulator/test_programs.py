"""What an image does: prints, ends, runs out of memory, answers commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fly_resources.testing import FlySimulator, Program, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.simulator.conftest import MakeMachine


def _shown(api: httpx.Client, machine: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = api.get(f"/apps/web/machines/{machine['id']}").json()
    return shown


def _exit(api: httpx.Client, machine: dict[str, Any]) -> dict[str, Any]:
    events = api.get(f"/apps/web/machines/{machine['id']}/events").json()
    return next(each["request"]["exit_event"] for each in events if each["type"] == "exit")


def _messages(api: httpx.Client, path: str = "/apps/web/logs") -> list[str]:
    return [httpx.Response(200, content=line).json()["message"] for line in api.get(path).text.splitlines()]


def test_a_program_prints_line_by_line_and_exits_with_its_code(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock, make: MakeMachine
) -> None:
    sim.images["job"] = Program(prints=("one", "two", "never"), every_s=1, exit_code=3, after_s=1.5)
    machine = make(api, config={"image": "job"})

    assert (_shown(api, machine)["state"], _messages(api)) == ("started", ["one"])
    clock.sleep(1.5)
    assert (_shown(api, machine)["state"], _exit(api, machine)["exit_code"]) == ("stopped", 3)
    assert _messages(api, f"/apps/web/machines/{machine['id']}/logs") == ["one", "two"]


@pytest.mark.parametrize(
    ("program", "shown"),
    [
        (Program(oom_killed=True), {"exit_code": 137, "oom_killed": True, "guest_signal": -1}),
        (Program(signal=11), {"exit_code": 139, "oom_killed": False, "guest_signal": 11}),
        (Program(exit_code=0), {"exit_code": 0, "oom_killed": False, "guest_signal": -1}),
    ],
)
def test_an_end_is_reported_with_its_cause(
    sim: FlySimulator, api: httpx.Client, make: MakeMachine, program: Program, shown: dict[str, object]
) -> None:
    sim.images["job"] = program
    found = _exit(api, make(api, config={"image": "job"}))
    assert {name: found[name] for name in shown} == shown
    assert found["requested_stop"] is False


def test_what_a_stopped_program_would_have_printed_is_not_printed(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock, make: MakeMachine
) -> None:
    sim.images["job"] = Program(prints=("one", "two"), every_s=60)
    machine = make(api, config={"image": "job"})
    api.post(f"/apps/web/machines/{machine['id']}/stop").raise_for_status()
    clock.sleep(120)
    assert _messages(api) == ["one"]


def test_a_program_without_an_end_runs_until_it_is_stopped(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock, make: MakeMachine
) -> None:
    sim.images["app"] = Program(prints="up")
    machine = make(api, config={"image": "app"})
    clock.sleep(86_400)
    assert _shown(api, machine)["state"] == "started"


def test_checks_of_an_unhealthy_program_never_pass(
    sim: FlySimulator, api: httpx.Client, make: MakeMachine
) -> None:
    sim.images["app"] = Program(healthy=False)
    checks = {"up": {"type": "http", "port": 80}}
    [check] = _shown(api, make(api, config={"image": "app", "checks": checks}))["checks"]
    assert check["status"] == "critical"


def test_commands_answer_what_the_program_says_and_others_what_on_exec_says(
    sim: FlySimulator, api: httpx.Client, make: MakeMachine
) -> None:
    sim.images["app"] = Program(answers={"cat '/a b'": (1, "", "no such file")})
    sim.on_exec = lambda command: (0, " ".join(command), "")
    path = f"/apps/web/machines/{make(api, config={'image': 'app'})['id']}/exec"
    assert api.post(path, json={"command": ["cat", "/a b"]}).json() == {
        "exit_code": 1,
        "exit_signal": 0,
        "stdout": "",
        "stderr": "no such file",
    }
    assert api.post(path, json={"cmd": "cat other"}).json()["stdout"] == "cat other"


def test_output_that_is_no_text_is_answered_as_go_does(
    sim: FlySimulator, api: httpx.Client, make: MakeMachine
) -> None:
    sim.on_exec = lambda _: (0, b"caf\xe9 \xc3\xa9".decode(errors="surrogateescape"), "")
    answer = api.post(f"/apps/web/machines/{make(api)['id']}/exec", json={"command": ["cat", "latin-1"]})
    assert answer.json()["stdout"] == "caf\ufffd \u00e9"


def test_programs_and_what_they_printed_are_saved(
    tmp_path: Path,
    sim: FlySimulator,
    api: httpx.Client,
    make: MakeMachine,
    connected: Callable[..., httpx.Client],
) -> None:
    job = Program(prints=("one", "two"), every_s=5, signal=9, after_s=7, answers={"ls": (0, "x", "")})
    sim.images.update({"job": job, "bad": "crashes"})
    make(api, config={"image": "job"})
    assert _messages(api) == ["one"]
    sim.save(tmp_path / "world")

    clock = VirtualClock()
    later = FlySimulator.load(tmp_path / "world", clock=clock)
    assert later.images == {"job": job, "bad": "crashes"}
    with connected(later) as client:
        clock.sleep(6)
        assert _messages(client) == ["one", "two"]


@pytest.mark.parametrize(
    "wrong",
    [{"exit_code": 256}, {"exit_code": True}, {"signal": 0}, {"after_s": -1}, {"every_s": "1"}],
)
def test_a_program_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    [name] = wrong
    with pytest.raises(ValueError, match=f"Program: {name} "):
        Program(**wrong)
