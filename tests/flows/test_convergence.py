"""What was ensured differs in nothing afterwards, whichever way the service writes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Machine
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
PORTS = [{"port": 80, "handlers": ["http"], "force_https": False}]
SERVICE = {"protocol": "tcp", "internal_port": 80, "autostart": False, "autostop": "off", "ports": PORTS}
CONFIGS: dict[str, dict[str, Any]] = {
    "zeros": {
        "image": "nginx",
        "auto_destroy": False,
        "dns": {"skip_registration": False},
        "env": {"EMPTY": ""},
        "init": {"tty": False},
        "metrics": {"port": 9091, "path": "/metrics", "https": False},
        "restart": {"policy": "on-failure", "max_retries": 0},
        "services": [{**SERVICE, "min_machines_running": 0}],
    },
    "durations": {
        "image": "nginx",
        "checks": {"stop": {"type": "tcp", "port": 80, "interval": "90s", "timeout": 2_000_000_000}},
        "stop_config": {"timeout": "60s", "signal": "SIGINT"},
    },
    "containers": {
        "containers": [{"name": "a", "image": "nginx", "stop": {"timeout": "60s", "signal": "SIGTERM"}}]
    },
    "nothing": {"image": "nginx", "env": {}, "services": [], "checks": {}, "metadata": {}},
}


@pytest.mark.parametrize("omit_zeros", [Behaviour(omit_zeros=True), Behaviour()], ids=["Go", "all"])
@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_what_was_ensured_is_unchanged_afterwards(
    connect: Callable[..., Api], clock: VirtualClock, omit_zeros: Behaviour, config: MachineConfigDict
) -> None:
    api = connect(FlySimulator(clock=clock, behaviour=omit_zeros))
    noun = Machine(APP, "server", config)
    api.ensure(noun)
    api.sent.clear()
    assert api.plan(noun)[noun].changes == ()
    assert not api.ensure(noun).changed
    assert api.writes == []


@pytest.mark.parametrize("omit_zeros", [Behaviour(omit_zeros=True), Behaviour()], ids=["Go", "all"])
@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_what_an_update_wrote_is_unchanged_afterwards(
    connect: Callable[..., Api], clock: VirtualClock, omit_zeros: Behaviour, config: MachineConfigDict
) -> None:
    api = connect(FlySimulator(clock=clock, behaviour=omit_zeros))
    image: Any = {key: config[key] for key in ("image", "containers") if key in config}
    api.ensure(Machine(APP, "server", image))
    noun = Machine(APP, "server", config)
    api.ensure(noun)
    assert not api.ensure(noun).changed
