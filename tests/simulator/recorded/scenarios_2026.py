"""What has to happen so that the simulator gives the answers that were recorded in the autumn of 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.simulator.recorded.scenarios import Stage

_TAG = "registry.fly.io/ampbase-foo:abc123"


def _whole_config(stage: Stage) -> httpx.Response:
    volume = stage.volume(name="db", region="ams", size_gb=1).rpartition("/")[2]
    config: dict[str, Any] = {
        "image": "getobelisk/obelisk:0.36.1-ubuntu-litestream",
        "init": {"entrypoint": ["/usr/bin/env", "bash", "/start.sh"], "swap_size_mb": 256},
        "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
        "mounts": [{"volume": volume, "path": "/volume"}],
        "services": [_service(9091, 444), _service(9090, 443)],
        "files": [{"guest_path": "/etc/app.toml", "raw_value": "UkVEQUNURUQ="}],
        "restart": {"policy": "on-failure", "max_retries": 5},
    }
    return stage.create(name="obelisk", region="ams", config=config)


def _service(internal_port: int, port: int) -> dict[str, Any]:
    return {
        "protocol": "tcp",
        "internal_port": internal_port,
        "ports": [{"port": port, "handlers": ["tls"]}],
    }


def _unknown_tag(stage: Stage) -> httpx.Response:
    stage.sim.images[_TAG] = "unknown"
    return stage.create(config={"image": _TAG})


def _unknown_tag_of_a_container(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.sim.images[_TAG] = "unknown"
    return stage.post(machine, {"config": {"containers": [{"name": "app", "image": _TAG}]}})


def _limit_reached(stage: Stage) -> httpx.Response:
    stage.switch(machine_limit=1).machine()
    return stage.create(name="second")


def _network_of_nobody(stage: Stage) -> httpx.Response:
    stage.sim.orgs["peer"] = "Peer"
    body = {"type": "private_v6", "network": "absent", "org_slug": "peer"}
    return stage.post("/ip_assignments", body)


def _never_started(stage: Stage) -> httpx.Response:
    machine = stage.stopped()
    stage.sim.clock.sleep(10)
    return stage.get(f"{machine}/wait", state="started", timeout="5")


def _running(stage: Stage) -> httpx.Response:
    machine = stage.machine(region="syd", config={"image": "alpine:3.20"})
    stage.sim.clock.sleep(10)
    return stage.get(machine)


def _mounted_later(stage: Stage) -> httpx.Response:
    machine, volume = stage.machine(), stage.volume().rpartition("/")[2]
    mounts = [{"volume": volume, "path": "/data"}]
    return stage.post(machine, {"config": {"image": "registry.fly.io/app:tag", "mounts": mounts}})


def _start_while_replaced(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.sim.clock.sleep(10)
    stage.post(machine, {"config": {"image": "x"}})
    return stage.post(f"{machine}/start")


def _update_without_the_nonce(stage: Stage) -> httpx.Response:
    return stage.post(stage.leased()[0], {"config": {"image": "ghcr.io/org/app:v2"}})


SCENARIOS_2026: dict[int, Callable[[Stage], httpx.Response]] = {
    151: _whole_config,
    153: lambda s: s.post("/volumes", {"name": "my_app_vol", "region": "ams", "size_gb": 1}),
    155: _unknown_tag,
    156: _unknown_tag_of_a_container,
    157: _limit_reached,
    158: lambda s: s.post("/ip_assignments", {"type": "public_v6"}),
    160: _network_of_nobody,
    163: _never_started,
    165: _running,
    166: _mounted_later,
    167: _start_while_replaced,
    168: _update_without_the_nonce,
    169: lambda s: s.get(f"{s.machine()}/wait", state="started", timeout="120"),
}
