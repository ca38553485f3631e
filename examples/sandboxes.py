"""A sandbox for each user: a machine that sleeps while idle, and a disk that is theirs.

    python examples/sandboxes.py --simulate      # 50 users come, fall asleep, get a new image, and some leave
    FLY_API_TOKEN=... python examples/sandboxes.py IMAGE USER [USER ...]

Run it again with other users: machines of those who left go, their disks stay. With no user, all machines go.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING

from fly_resources import App, AsyncFly, Machine, Volume
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_machines.config_types import MachineServiceDict

APP = App("sandboxes", primary_region="iad")


def sandbox(user: str, image: str) -> Machine:
    """Describe one user's machine."""
    service: MachineServiceDict = {
        "protocol": "tcp",
        "internal_port": 8080,
        "ports": [{"port": 443, "handlers": ["tls", "http"]}],
        "autostop": "suspend",  # the proxy lets it sleep when nobody asks for it,
        "autostart": True,  # and wakes it for the next request
    }
    return Machine(
        APP,
        f"user-{user}",
        {"image": image, "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}, "services": [service]},
        mounts={"/home/user": Volume(APP, f"home_{user}", size_gb=1)},
    )


async def sync(fly: AsyncFly, users: Iterable[str], image: str) -> str:
    """Bring the fleet to what the list of users says: an empty one destroys all machines, so be sure."""
    fleet = [sandbox(user, image) for user in users]
    report = await fly.ensure(APP, *fleet, prune=True, max_unavailable="10%")  # of those that run
    counts = Counter(f"{step.resource.kind}s {step.action}" for step in report if step.changed)
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "nothing to do"


async def simulate() -> None:
    """Show a day of the platform, on a simulated Fly.io and in virtual time."""
    clock = VirtualClock()
    world = FlySimulator(clock=clock, latency=0.05, rate_limits=True, timings="typical")
    users = [f"u{number:02}" for number in range(50)]
    async with AsyncFly("any", owner="sandboxes", transport=world.transport(), clock=clock) as fly:
        print("50 users:   ", await sync(fly, users, "sandbox:1"), f"in {clock.now():.0f} s")
        print("again:      ", await sync(fly, users, "sandbox:1"))
        for user in users[:40]:
            world.proxy_stop(APP.name, f"user-{user}")
        began = clock.now()
        print("new image:  ", await sync(fly, users, "sandbox:2"), f"in {clock.now() - began:.0f} s")
        print("10 left:    ", await sync(fly, users[:40], "sandbox:2"))
        machines = await fly.api.machines.list(APP)
        print("they are:   ", dict(Counter(str(machine.state) for machine in machines)))


async def main(image: str, *users: str) -> None:
    """Do it on Fly.io."""
    async with AsyncFly(owner="sandboxes") as fly:
        print(await sync(fly, users, image))


if __name__ == "__main__":
    asyncio.run(simulate() if "--simulate" in sys.argv else main(*sys.argv[1:]))
