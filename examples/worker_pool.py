"""A pool of workers that take jobs from a queue: rolling deploys, another size, and a way back.

    python examples/worker_pool.py --simulate            # deploy, grow, deploy a broken image, go back
    FLY_API_TOKEN=... QUEUE_URL=... python examples/worker_pool.py IMAGE [COUNT]

A deploy changes a quarter of the pool at a time and stops at the first worker that does not come up. The
others still run the old image: run it again with a good one, and it goes on from there.
"""

from __future__ import annotations

import os
import sys

from fly_resources import App, Fly, FlySecret, Machine, Secret
from fly_resources.errors import DependencyError, EnsureError
from fly_resources.testing import FlySimulator, VirtualClock

APP = App("worker-pool", primary_region="iad")


def worker(number: int, image: str) -> Machine:
    """Describe one worker. It has no service: nobody calls it, it asks the queue."""
    return Machine(
        APP,
        f"worker-{number:02}",
        {
            "image": image,
            "env": {"QUEUE": "jobs"},
            "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 512},
            "restart": {"policy": "always"},
            # A worker that is told to stop finishes its job first.
            "stop_config": {"signal": "SIGTERM", "timeout": "120s"},
            "checks": {"alive": {"type": "http", "port": 9000, "path": "/healthz", "interval": "5s"}},
        },
    )


def deploy(fly: Fly, image: str, count: int, queue_url: str | Secret) -> bool:
    """Bring the pool to that image and size; say what happened, and whether it went well.

    A new queue_url restarts the workers too, as gently as a new image does.
    """
    secret = FlySecret(APP, "QUEUE_URL", queue_url)
    pool = [worker(number, image) for number in range(count)]
    try:
        report = fly.ensure(secret, *pool, prune=True, max_unavailable="25%")
    except EnsureError as stopped:
        untouched = [step for step in stopped.report if isinstance(step.error, DependencyError)]
        print(f"{image}: stopped, {len(untouched)} workers untouched")
        for error in stopped.errors:
            print(f"  {error}")
        return False
    changed = [step for step in report if step.changed and step.resource.kind == "machine"]
    print(f"{image}: {len(changed)} workers changed, {count} in the pool")
    return True


def simulate() -> None:
    """Show some days of the pool, on a simulated Fly.io and in virtual time."""
    clock = VirtualClock()
    world = FlySimulator(clock=clock, latency=0.05, rate_limits=True, timings="typical")
    world.images["worker:3"] = "crashes"
    url = Secret("amqps://jobs:password@queue.internal")
    with Fly("any", owner="pool", transport=world.transport(), clock=clock) as fly:
        deploy(fly, "worker:1", 8, url)
        deploy(fly, "worker:2", 8, url)
        deploy(fly, "worker:2", 12, url)
        if not deploy(fly, "worker:3", 12, url):
            deploy(fly, "worker:2", 12, url)
        deploy(fly, "worker:2", 4, url)


def main() -> int:
    """Deploy to Fly.io, or simulate."""
    if "--simulate" in sys.argv:
        simulate()
        return 0
    image, count = sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 4
    with Fly(owner="worker-pool", on_event=print) as fly:
        return 0 if deploy(fly, image, count, os.environ["QUEUE_URL"]) else 1


if __name__ == "__main__":
    sys.exit(main())
