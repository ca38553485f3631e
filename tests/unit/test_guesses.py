"""What is guessed first is answered with what to call; and `fly.api` goes the same way as everything else."""

from __future__ import annotations

import asyncio
import itertools
import rlcompleter
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fly_machines.api.machines import machines_list

from fly_resources import App, AsyncFly, Fly, Machine, Secret, Volume, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_machines.config_types import MachineConfigDict

APP = App("shop", primary_region="iad")
WEB = Machine(APP, "web", {"image": "nginx"})
DATA = Volume(APP, "data")


@pytest.fixture
def sim() -> FlySimulator:
    return FlySimulator(clock=VirtualClock())


@pytest.fixture
def fly(sim: FlySimulator) -> Iterator[Fly]:
    with Fly("t", transport=sim.transport(), clock=sim.clock) as fly:
        fly.ensure(WEB, DATA)
        yield fly


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("apps", "fly.api.apps, as in fly.api.apps.list(...)"),
        ("machines", "fly.api.machines, as in fly.api.machines.list(...)"),
        ("machine", "fly.api.machines, as in"),
        ("secrets", "fly.api.secrets, as in"),
        ("certs", "fly.api.certificates, as in fly.api.certificates.list(...)"),
        ("set_secret", "fly.api.secrets.set(...)"),
        ("rollback", "fly.ensure(*fly.last_good(app))"),
        ("list_machines", "fly.api.machines.list(...)"),
        ("destroy_volume", "fly.api.volumes.delete(...)"),
        ("create_app", "fly.api.apps.create(...)"),
        ("show_machine", "fly.api.machines.get(...)"),
        ("deploy", "fly.ensure(...)"),
        ("apply", "fly.ensure(...)"),
        ("delete", "fly.destroy(...)"),
        ("get", "fly.read(...)"),
        ("diff", "fly.plan(...)"),
        ("suspend", "fly.api.machines.suspend(app, machine)"),
        ("list", "fly.api.machines.list(app)"),
        ("client", "fly.sdk"),
        ("get_httpx_client", "client=fly.sdk, not client=fly"),
        ("get_async_httpx_client", "client=fly.sdk"),
    ],
)
def test_a_guess_is_answered_with_the_right_call(fly: Any, name: str, meant: str) -> None:  # noqa: ANN401
    with pytest.raises(AttributeError) as caught:
        getattr(fly, name)
    assert str(caught.value).startswith(f"'Fly' object has no attribute '{name}': use {meant}")
    with pytest.raises(AttributeError, match="'AsyncFly' object has no attribute"):
        getattr(AsyncFly("t"), name)


@pytest.mark.parametrize("name", ["frobnicate", "_private", "list_moons", "__len__"])
def test_what_nobody_can_have_meant_is_answered_as_python_does(fly: Any, name: str) -> None:  # noqa: ANN401
    with pytest.raises(AttributeError) as caught:
        getattr(fly, name)
    assert str(caught.value) == f"'Fly' object has no attribute '{name}'"
    assert not hasattr(fly, name)


def test_the_client_in_place_of_its_sdk_is_answered_with_the_sdk(fly: Any) -> None:  # noqa: ANN401
    with pytest.raises(AttributeError, match=r"use client=fly\.sdk"):
        machines_list.sync("shop", client=fly)


def test_things_are_taken_by_name_as_described_and_as_models(fly: Fly) -> None:
    model = fly.read(WEB)
    assert model
    for app in ("shop", APP, fly.read(APP) or ""):
        for machine in (model.id, "web", WEB, model):
            assert fly.api.machines.get(app, machine).id == model.id
    assert fly.api.volumes.get(APP, DATA).name == "data"
    assert fly.api.snapshots.list(APP, DATA) == []


def test_wrong_arguments_are_configuration_errors(fly: Fly, sim: FlySimulator) -> None:
    before = len(sim.requests)
    wrong: Any = WEB
    with pytest.raises(errors.ConfigurationError, match="is no app"):
        fly.api.machines.list(wrong)
    with pytest.raises(errors.ConfigurationError, match="not of app 'other'"):
        fly.api.machines.get("other", WEB)
    assert len(sim.requests) == before


def test_a_body_that_json_cannot_carry_names_the_class_of_what_it_is(fly: Fly, sim: FlySimulator) -> None:
    before = len(sim.requests)
    wrong: Any = {"config": {"image": Path("canary")}}
    with pytest.raises(errors.ConfigurationError, match=r"holds a \w*Path, .*give a string") as caught:
        fly.api.machines.create("shop", body=wrong)
    assert "canary" not in str(caught.value)
    assert len(sim.requests) == before


def test_a_name_that_nothing_has_is_not_found(fly: Fly) -> None:
    with pytest.raises(errors.NotFoundError):
        fly.api.machines.get("shop", "nope")


def test_calls_are_repeated_and_refused_as_all_others(fly: Fly, sim: FlySimulator) -> None:
    sim.faults.add(Fault("status", status=503, operation="Machines_list", nth=1))
    assert len(fly.api.machines.list("shop")) == 1
    sim.faults.add(Fault("reset_after", operation="Machines_create", nth=1))
    with pytest.raises(errors.OutcomeUnknownError):
        fly.api.machines.create("shop", body={"config": {"image": "nginx"}, "region": "iad"})


def test_a_body_as_a_mapping_does_what_the_model_does(fly: Fly) -> None:
    config: MachineConfigDict = {"image": "nginx", "env": {"A": Secret("v")}}
    made = fly.api.machines.create(APP, body={"name": "worker", "region": "iad", "config": config})
    assert made.config
    assert made.config.env == {"A": "v"}
    fly.api.machines.wait(APP, "worker", state="started", timeout=5)
    fly.api.machines.stop(APP, made, body={"signal": "SIGKILL"})
    fly.api.machines.wait(APP, made, state="stopped")
    fly.api.machines.delete(APP, made, force=True)
    assert [machine.name for machine in fly.api.machines.iterate(APP, limit=1)] == ["web"]


def test_async_is_the_same_awaited(sim: FlySimulator) -> None:
    async def program() -> list[str]:
        async with AsyncFly("t", transport=sim.transport(), clock=sim.clock) as fly:
            await fly.ensure(WEB)
            assert (await fly.api.machines.get(APP, WEB)).name == "web"
            return [machine.name async for machine in fly.api.machines.iterate(APP, limit=1)]

    assert asyncio.run(program()) == ["web"]


def test_a_prompt_completes_tags_and_operations(fly: Fly) -> None:
    prompt = rlcompleter.Completer({"fly": fly})

    def completed(text: str) -> set[str | None]:
        return set(itertools.takewhile(bool, (prompt.complete(text, state) for state in itertools.count())))

    assert "fly.api.machines" in completed("fly.api.ma")
    assert {"fly.api.volumes.list(", "fly.api.volumes.extend("} <= completed("fly.api.volumes.")
    assert "fly.api" in completed("fly.a")


def test_the_api_is_imported_when_it_is_used() -> None:
    program = (
        "import sys; from fly_resources import Fly; fly = Fly('t')\n"
        "print('fly_machines.bound' in sys.modules); fly.api.machines\n"
        "print([name for name in sys.modules if name.startswith('fly_machines.bound.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "False"
    assert done.stdout.splitlines()[1] == "['fly_machines.bound.machines']"
