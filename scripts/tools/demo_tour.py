"""The tour that `scripts/demo` gives: plan, ensure, drift, a failing deploy, and its repair."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import sys
import time
from typing import TYPE_CHECKING

import attrs
import httpx
from fly_machines.models import UpdateMachineRequest

from fly_resources import App, Fly, FlySecret, IpAddress, Machine, Secret, Volume
from fly_resources._engine.clock import SystemClock
from fly_resources.errors import EnsureError, FlyError
from fly_resources.testing import FlySimulator, Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event
    from fly_resources.resources import Resource

DATABASE_URL = Secret("postgres://user:canary-password@db.internal/shop")
#: How much faster time runs in the simulated world, for both sides, so that the tour is short.
SPEED = 4
GOOD, BROKEN, FIXED = "nginx:1.27", "nginx:broken", "nginx:1.28"


class FastClock(SystemClock):
    """Real time, but faster."""

    def now(self) -> float:
        """Return seconds of the faster time."""
        return time.monotonic() * SPEED

    def sleep(self, seconds: float) -> None:
        """Block the calling thread for seconds of the faster time."""
        super().sleep(seconds / SPEED)

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Call `ring` in seconds of the faster time."""
        return super().alarm(seconds / SPEED, ring)


class CountingTransport(httpx.HTTPTransport):
    """Counts what really goes over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.writes = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Count it, then send it."""
        if request.method == "GET":
            self.reads += 1
        else:
            self.writes += 1
        return super().handle_request(request)


@attrs.frozen
class Tour:
    """One tour, on whichever service `fly` speaks to."""

    fly: Fly
    wire: CountingTransport
    app: App
    fails: bool
    """Whether the image that is broken breaks: only the simulator plays it."""

    def web(self, image: str) -> list[Machine]:
        """Describe the web servers with this image."""
        config: MachineConfigDict = {
            "image": image,
            "services": [
                {
                    "protocol": "tcp",
                    "internal_port": 80,
                    "ports": [{"port": 443, "handlers": ["tls", "http"]}],
                }
            ],
            "checks": {"alive": {"type": "http", "port": 80, "path": "/", "interval": "2s"}},
        }
        return [Machine(self.app, f"web-{number}", config) for number in (1, 2, 3)]

    def stack(self, image: str) -> list[Resource[object]]:
        """Describe all that the app consists of."""
        data = Volume(self.app, "data", size_gb=1)
        worker = Machine(self.app, "worker", {"image": GOOD}, mounts={"/data": data})
        secret = FlySecret(self.app, "DATABASE_URL", DATABASE_URL)
        return [self.app, secret, data, worker, *self.web(image), IpAddress(self.app, "v6")]

    def walk(self) -> None:
        """Go through all of it."""
        self.chapter("1. Plan: what would change. Only reads are sent.", self.plan)
        self.chapter("2. Ensure: apply it, in parallel where dependencies allow.", self.ensure)
        self.chapter("3. Ensure again: nothing changes.", self.ensure)
        self.chapter("4. Another tool changes web-2. The plan shows the drift.", self.drift)
        if self.fails:
            self.chapter("5. Deploy an image that crashes. The roll-out stops at the first.", self.fail)
            self.chapter("6. The other two still run the old version:", self.versions)
        self.chapter(f"7. Deploy {FIXED}: a rolling deploy, which repairs all of it.", self.repair)

    def chapter(self, title: str, do: Callable[[], object]) -> None:
        """Do one step; say how long it took and what it sent."""
        print(f"\n\033[1m{title}\033[0m" if sys.stdout.isatty() else f"\n{title}", flush=True)
        reads, writes, began = self.wire.reads, self.wire.writes, time.monotonic()
        do()
        took = time.monotonic() - began
        print(f"  [{self.wire.reads - reads} reads, {self.wire.writes - writes} writes, {took:.1f} s]")

    def plan(self) -> None:
        """Show the plan of the first version."""
        print(self.fly.plan(*self.stack(GOOD)))

    def ensure(self) -> None:
        """Ensure the first version."""
        report = self.fly.ensure(*self.stack(GOOD))
        print(f"  changed: {[str(outcome.resource) for outcome in report if outcome.changed]}")

    def drift(self) -> None:
        """Change a machine as another tool would, through the SDK alone, and plan."""
        web = self.fly.read(self.web(GOOD)[1])
        if web is None:
            raise SystemExit("web-2 is gone")
        config = self.fly.api.machines.get(self.app, web).to_dict()["config"]
        body = UpdateMachineRequest.from_dict({"config": {**config, "image": "nginx:1.25"}})
        self.fly.api.machines.update(self.app, web, body=body)
        print(self.fly.plan(*self.web(GOOD)))

    def fail(self) -> None:
        """Deploy the broken image, and show the error as a user would see it."""
        try:
            self.fly.ensure(*self.web(BROKEN))
        except EnsureError as error:
            print(f"  EnsureError: {error}")

    def versions(self) -> None:
        """Show what runs."""
        for machine in self.fly.api.machines.list(self.app):
            image = machine.config.image if machine.config else None
            print(f"  {machine.name}: {machine.state}, {image}")

    def repair(self) -> None:
        """Deploy a good image."""
        print(self.fly.ensure(*self.web(FIXED)))

    def destroy(self) -> None:
        """Remove all of it."""
        print(self.fly.destroy(*self.stack(FIXED)))


def show(event: Event) -> None:
    """Print a step when it has ended; the error that follows tells why one has failed."""
    # One write per line: two steps may end at once.
    if event.stage in {"done", "failed"} and event.action != "none":
        sys.stdout.write(f"  {event.stage}: {event.resource}, {event.action}\n")


def simulated() -> None:
    """Give the tour on the simulator, served on loopback, and leave its world to be looked at."""
    clock = FastClock()
    sim = FlySimulator(clock=clock, latency=0.02, timings="typical")
    sim.images[BROKEN] = Program(prints=("nginx: unknown directive",), exit_code=1, after_s=1)
    with sim.serve() as server:
        print(f"No account is used: a simulated Fly.io answers at {server.url},")
        print(f"where time passes {SPEED} times as fast. The seconds below are yours.")
        wire = CountingTransport()
        app = App("shop", primary_region="iad")
        with Fly(
            "demo", base_url=server.url, owner="demo", transport=wire, on_event=show, clock=clock
        ) as fly:
            tour = Tour(fly, wire, app, fails=True)
            tour.walk()
            print(f"\nLook at the machines, their checks and all requests: {server.url}/_simulator/")
            if sys.stdin.isatty():
                with contextlib.suppress(KeyboardInterrupt, EOFError):
                    input("It stays up until you press Enter. ")


def live() -> None:
    """Give the tour on Fly.io, and clean up whatever happens."""
    if not (os.environ.get("FLY_ACCESS_TOKEN") or os.environ.get("FLY_API_TOKEN")):
        raise SystemExit("scripts/demo --live needs FLY_API_TOKEN (fly tokens create org).")
    name = f"fly-resources-demo-{secrets.token_hex(4)}"
    print(f"This creates the app {name} on Fly.io with four machines, a 1 GB volume and an IPv6 address,")
    print("and destroys it again. Your organisation pays for those minutes.")
    if input("Type the app's name to go on: ").strip() != name:
        raise SystemExit("Nothing was created.")
    wire = CountingTransport()
    app = App(name, primary_region="iad")
    with Fly(owner=name, transport=wire, on_event=show) as fly, contextlib.ExitStack() as stack:
        stack.callback(clean_up, fly, app)
        tour = Tour(fly, wire, app, fails=False)
        tour.walk()
        tour.chapter("8. Destroy.", tour.destroy)
        stack.pop_all()


def clean_up(fly: Fly, app: App) -> None:
    """Destroy what an interrupted tour has left."""
    print("\nCleaning up after an interrupted tour.")
    fly.destroy(app, everything=True)


def main() -> int:
    """Parse the command line and give the tour."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description="Show what fly-resources does.")
    parser.add_argument(
        "--live", action="store_true", help="on Fly.io itself, with FLY_API_TOKEN; costs money"
    )
    try:
        live() if parser.parse_args().live else simulated()
    except FlyError as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
