"""What this project runs on Fly.io: a web process, a worker, and the secret that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fly_machines.config_types import MachineCheckDict, MachineServiceDict

import os
import sys

from fly_resources import App, Fly, FlySecret, IpAddress, Machine, Report, Resource, Secret
from fly_resources.errors import EnsureError

_CHECK: MachineCheckDict = {"type": "http", "port": 8080, "path": "/healthz", "interval": "10s"}
_SERVICE: MachineServiceDict = {
    "protocol": "tcp",
    "internal_port": 8080,
    "ports": [{"port": 80, "handlers": ["http"]}, {"port": 443, "handlers": ["tls", "http"]}],
}


def stack(app: App, image: str, session_key: str | Secret) -> list[Resource[object]]:
    """Describe everything; nothing is sent."""
    return [
        app,
        IpAddress(app, "shared_v4"),
        FlySecret(app, "SESSION_KEY", session_key),
        Machine(app, "web", {"image": image, "services": [_SERVICE], "checks": {"alive": _CHECK}}),
        Machine(app, "worker", {"image": image, "init": {"cmd": ["worker"]}}),
    ]


def deploy(fly: Fly, app: App, image: str, previous: str, session_key: str | Secret) -> Report:
    """Deploy an image; if it does not come up, go back to the previous one and raise."""
    try:
        return fly.ensure(*stack(app, image, session_key))
    except EnsureError:
        fly.ensure(*stack(app, previous, session_key))
        raise


if __name__ == "__main__":
    with Fly(owner="shop") as client:
        key = Secret(os.environ["SESSION_KEY"])
        print(deploy(client, App("shop", primary_region="iad"), sys.argv[1], sys.argv[2], key))
