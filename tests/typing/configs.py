"""What `Machine` and `run` take as a config, and what the verbs of single machines return.

Checked by mypy and basedpyright, never run. Every `type: ignore` stands for an error that has to be found.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, assert_type

from fly_machines import models

from fly_resources import App, AsyncFly, ExecResult, Fly, LogLine, Machine, RunResult, Secret
from fly_resources.testing import FlySimulator, Program

if TYPE_CHECKING:
    from fly_machines.config_types import MachineConfigDict

app = App("shop")
BASE: MachineConfigDict = {"image": "nginx", "env": {"KEY": Secret("x"), "MODE": "web"}}


def keys_and_values_of_a_config_are_checked() -> None:
    Machine(app, "a", {"image": "nginx", "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}})
    Machine(app, "a", {**BASE, "stop_config": {"timeout": timedelta(seconds=30)}})
    Machine(app, "a", {"image": "nginx", "stop_config": {"timeout": "30s"}})
    Machine(app, "a", {"image": "nginx", "guest": models.MachineGuest(cpus=1)})
    Machine(app, "a", models.MachineConfig(image="nginx"))
    Machine(app, "a", {"image": "nginx", "guestt": {}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Machine(app, "a", {"image": "nginx", "guest": {"memory_mb": "1gb"}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Machine(app, "a", {"image": "nginx", "env": {"A": 1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Machine(app, "a", "nginx")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def single_machines(fly: Fly, model: models.Machine, listed: models.OrgMachine) -> None:
    machine = Machine(app, "a", BASE)
    assert_type(fly.run(app, BASE), RunResult)
    assert_type(fly.run("shop", {"image": "nginx"}, ["ls", "-l"], timeout_s=None).exit_code, int | None)
    assert_type(fly.run("shop", "nginx", "ls").log, tuple[LogLine, ...])
    assert_type(fly.exec(model, "ls"), ExecResult)
    assert_type(fly.exec(("shop", "web"), ["ls"], timeout_s=5).exit_code, int)
    assert_type(fly.logs("shop"), Iterator[LogLine])
    assert_type(fly.logs(app, machine, follow=True), Iterator[LogLine])
    for named in (machine, model, listed, model.id, ("shop", "web"), (app, model), (app, machine)):
        assert_type(fly.start(named), models.Machine)
    assert_type(fly.stop(machine), models.Machine)
    assert_type(fly.restart((app, "web"), wait=False), models.Machine)
    fly.run(app, {"image": "nginx", "guestt": {}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    fly.start(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def single_machines_awaited(fly: AsyncFly, model: models.Machine) -> None:
    assert_type(await fly.run(app, "nginx"), RunResult)
    assert_type(await fly.exec(model, "ls"), ExecResult)
    assert_type(await fly.restart(model), models.Machine)
    assert_type(fly.logs(app, follow=True), AsyncIterator[LogLine])
    async for line in fly.logs(app):
        assert_type(line.message, str)


def programs() -> None:
    sim = FlySimulator()
    sim.images["job"] = Program(prints=("a",), exit_code=3, after_s=2, answers={"ls": (0, "x", "")})
    sim.images["bad"] = "crashes"
    sim.images["odd"] = "crashez"  # type: ignore[assignment]  # pyright: ignore[reportArgumentType]
