"""What `fly.api` takes and returns, as type checkers see it. Checked by mypy and basedpyright, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, assert_type

import httpx
from fly_machines import Client, models
from fly_machines.bound import Api, AsyncApi

from fly_resources import App, AsyncFly, Fly, Machine, Secret, Volume

if TYPE_CHECKING:
    from fly_machines.config_types import CreateMachineRequestDict, MachineConfigDict, MachineGuestDict

app = App("shop")
machine = Machine(app, "web", {"image": "nginx"})
volume = Volume(app, "data")


def a_call_returns_the_model(fly: Fly) -> None:
    assert_type(fly.api, Api)
    assert_type(fly.api.machines.list("shop"), list[models.Machine])
    assert_type(fly.api.machines.get("shop", "web"), models.Machine)
    assert_type(fly.api.apps.list(org_slug="personal"), models.ListAppsResponse)
    assert_type(fly.api.volumes.list("shop"), list[models.Volume])
    assert_type(fly.api.machines.wait("shop", "web", state="started"), models.WaitMachineResponse)
    assert_type(fly.api.logs.list_app("shop"), str)
    assert_type(fly.api.machines.iterate("shop"), Iterator[models.Machine])
    assert_type(fly.api.organizations.iterate_machines("personal"), Iterator[models.OrgMachine])
    fly.api.apps.delete("shop")


async def on_async_fly_it_is_awaited() -> None:
    async with AsyncFly("t") as fly:
        assert_type(fly.api, AsyncApi)
        assert_type(await fly.api.machines.list("shop"), list[models.Machine])
        assert_type(await fly.api.machines.get(app, machine), models.Machine)
        assert_type(fly.api.machines.iterate("shop"), AsyncIterator[models.Machine])
        await fly.api.apps.delete("shop")
        fly.api.machines.list("shop")  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]


def things_are_named_described_or_models(
    fly: Fly, shop: models.App, web: models.Machine, theirs: models.OrgMachine, data: models.Volume
) -> None:
    for each in ("shop", app, shop):
        fly.api.machines.list(each)
    fly.api.machines.get(shop, web)
    fly.api.machines.get(app, machine)
    fly.api.machines.get("shop", theirs)
    fly.api.volumes.get(app, volume)
    fly.api.volumes.get(app, data)
    fly.api.snapshots.list("shop", "data")
    fly.api.machines.list(machine)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    fly.api.machines.get("shop", 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    fly.api.machines.get("shop", shop)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    fly.api.volumes.get("shop", machine)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_body_is_a_model_or_a_mapping_of_the_apis_keys(fly: Fly) -> None:
    config = models.MachineConfig(image="nginx")
    fly.api.machines.create("shop", body=models.CreateMachineRequest(config=config))
    fly.api.machines.create("shop", body={"config": config, "region": "iad"})
    fly.api.machines.create(
        "shop",
        body={
            "name": "web",
            "config": {
                "image": "nginx",
                "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
                "env": {"A": "1", "PASSWORD": Secret("value")},
                "init": {"cmd": ["sleep", "inf"]},
                "checks": {"up": {"type": "http", "port": 80, "interval": "15s"}},
                "services": [{"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80}]}],
            },
        },
    )
    fly.api.machines.stop("shop", "web")
    fly.api.machines.stop("shop", "web", body={"signal": "SIGINT"})


def what_is_misspelt_or_of_another_kind_is_found(fly: Fly) -> None:
    guest: MachineGuestDict = {"cpus": 1, "memory_mb": "1gb"}  # type: ignore[typeddict-item]  # pyright: ignore[reportAssignmentType]
    config: MachineConfigDict = {"image": "nginx", "guestt": guest}  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportAssignmentType]
    env: MachineConfigDict = {"env": {"A": 1}}  # type: ignore[dict-item]  # pyright: ignore[reportAssignmentType]
    body: CreateMachineRequestDict = {"config": config}
    fly.api.machines.create("shop", body=body)
    fly.api.machines.create("shop")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    fly.api.machines.create("shop", body=env)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    fly.api.machines.lst("shop")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    fly.machines.list("shop")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def one_value_or_several_are_taken(fly: Fly) -> None:
    fly.api.machines.wait("shop", "web", state=models.WaitState.STOPPED, timeout=60, request_timeout=70)
    fly.api.machines.wait("shop", "web", state=["started", models.WaitState.STOPPED])
    fly.api.machines.list("shop", state=["started", "stopped"])
    fly.api.machines.list("shop", state=models.MachineState.STARTED)


def a_call_has_its_own_timeout_and_headers(fly: Fly) -> None:
    fly.api.machines.list("shop", timeout=3, headers={"X-Trace": "1"})
    fly.api.machines.list("shop", timeout=httpx.Timeout(5.0, connect=1.0))
    fly.api.machines.list("shop", timeout=None)


def it_needs_no_fly(client: Client) -> None:
    assert_type(Api(client).machines.list("shop"), list[models.Machine])
    assert_type(Api(client, refuse=ValueError), Api)
    listed: list[Any] = list(Api(client).machines.iterate("shop"))
    assert_type(listed, list[Any])
