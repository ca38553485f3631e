"""What `scripts/bench` measures. Requests and rounds are exact; ratios are medians on this machine."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))

from fly_machines import Client
from fly_machines.api.machines import machines_list
from fly_machines.models import Machine as MachineModel
from web_app import web_app

from fly_resources import App, Fly, Machine, RateLimit, Resource, Volume
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7

#: What each figure is held against, and why.
LIMITS = {
    "seed.create.requests": (14, "6 reads, app, 4 things on it, machine, its wait, 1 list"),
    "seed.create.rounds": (6, "read, app, what hangs on it, machine, wait, settle"),
    "seed.unchanged.requests": (7, "6 reads and the one secrets request"),
    "seed.unchanged.rounds": (2, "all reads at once, then the secrets request"),
    "seed.unchanged.writes": (1, "a secret cannot be read back, so it is set again"),
    "seed.destroy.requests": (11, "6 reads, lease, stop, wait, delete, app"),
    "web_app.create.requests": (16, "the same with a second, dedicated address, which is settled too"),
    "web_app.create.rounds": (7, "the same"),
    "fleet100.unchanged.requests": (3, "one list a kind, however many there are"),
    "fleet100.change_one.requests": (8, "3 reads; of that one machine: lease, read, update, wait, release"),
    "import.ratio": (1.5, "import fly_resources / import httpx"),
    "call.ratio": (1.3, "one SDK call through all middleware / without it"),
    "parse1000.ratio": (None, "parse 1,000 full machines / json.loads of the same bytes"),
}


def stacks() -> dict[str, float]:
    """Count what the example stack costs: with one address (seed), and whole (web_app)."""
    site = web_app("postgres://example")
    return {**lifecycle("seed", *site[:-1]), **lifecycle("web_app", *site)}


def lifecycle(label: str, *resources: Resource[Any]) -> dict[str, float]:
    """Count requests, rounds and writes of making, leaving and destroying a stack."""
    figures: dict[str, float] = {}
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05, rate_limits=True)
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        for name, verb in (("create", fly.ensure), ("unchanged", fly.ensure), ("destroy", fly.destroy)):
            clock.sleep(60.0)  # the limits' buckets are full again
            sim.requests.clear()
            verb(*resources)
            figures[f"{label}.{name}.requests"] = len(sim.requests)
            figures[f"{label}.{name}.rounds"] = len({request.at for request in sim.requests})
            figures[f"{label}.{name}.writes"] = sum(request.method != "GET" for request in sim.requests)
    return figures


def fleet() -> dict[str, float]:
    """Count what looking at 100 machines with 100 volumes costs, and changing one of them."""
    clock = VirtualClock()
    sim = FlySimulator(clock=clock)
    app = App("fleet", primary_region="iad")
    disks = [Volume(app, f"disk_{index}") for index in range(100)]
    stack = [
        Machine(app, f"worker-{index}", {"image": "nginx:alpine"}, mounts={"/data": disk})
        for index, disk in enumerate(disks)
    ]
    changed = Machine(app, "worker-0", {"image": "nginx:1.27-alpine"}, mounts={"/data": disks[0]})
    unlimited = RateLimit(enabled=False)
    with Fly("test", transport=sim.transport(), clock=clock, rate_limit=unlimited) as fly:
        fly.ensure(*stack)
        sim.requests.clear()
        fly.ensure(*stack)
        unchanged = list(sim.requests)
        sim.requests.clear()
        fly.ensure(changed, *stack[1:])
    return {
        "fleet100.unchanged.requests": len(unchanged),
        "fleet100.unchanged.rounds": len({request.at for request in unchanged}),
        "fleet100.change_one.requests": len(sim.requests),
    }


def full_machine() -> dict[str, object]:
    """Return a machine's body with everything that the simulator fills in."""
    sim = FlySimulator()
    site = web_app("postgres://example")
    with Fly("test", transport=sim.transport(), clock=VirtualClock()) as fly:
        return fly.ensure(site.app, site.data, site.server)[site.server].resource.to_dict()


def ratios() -> dict[str, float]:
    """Time parsing, one call and importing, each against what it cannot be faster than."""
    body = full_machine()
    thousand = json.dumps([body] * 1000).encode()
    answer = json.dumps([body]).encode()
    transport = httpx.MockTransport(
        lambda _request: httpx.Response(200, content=answer, headers={"content-type": "application/json"})
    )
    bare = Client(base_url="https://api.machines.dev/v1")
    bare.set_httpx_client(httpx.Client(base_url="https://api.machines.dev/v1", transport=transport))
    with Fly("test", transport=transport, rate_limit=RateLimit(per_second=1e9, burst=10**9)) as fly:
        with_all, without = compare(
            lambda: machines_list.sync("fleet", client=fly.sdk),
            lambda: machines_list.sync("fleet", client=bare),
            300,
        )
    parsed, loaded = compare(
        lambda: [MachineModel.from_dict(each) for each in json.loads(thousand)],
        lambda: json.loads(thousand),
        1,
    )
    ours, httpx_alone = compare(lambda: start("fly_resources"), lambda: start("httpx"), 1)
    return {
        "call.ratio": with_all / without,
        "call.us": with_all * 1e6,
        "parse1000.ratio": parsed / loaded,
        "parse1000.ms": parsed * 1e3,
        "import.ratio": ours / httpx_alone,
    }


def compare(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the median seconds of one call of each, taken in turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for taken, work in zip(seconds, (ours, theirs), strict=True):
            began = time.perf_counter()
            for _ in range(times):
                work()
            taken.append((time.perf_counter() - began) / times)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def start(module: str) -> None:
    """Import one module in a fresh interpreter."""
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)


def main() -> None:
    """Measure everything; print a table or write JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure requests, rounds and ratios.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write flat names to numbers")
    target = parser.parse_args().json
    figures = {**stacks(), **fleet(), **ratios()}
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for name, value in figures.items():
        limit, why = LIMITS.get(name, (None, ""))
        print(f"{name:30} {value:10.2f}  {'' if limit is None else f'<= {limit:g}':8} {why}")


if __name__ == "__main__":
    main()
