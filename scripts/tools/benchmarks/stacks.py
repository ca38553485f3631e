"""What the example stack costs in requests: with one address (seed), and whole (web_app). Exact."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "examples"))

from web_app import web_app

from fly_resources import Fly
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.benchmarks.figures import Figure
from scripts.tools.benchmarks.recorded import count, from_simulator

if TYPE_CHECKING:
    from fly_resources import Resource

#: What a client that knows the answers beforehand would still have to send, and why.
LIMITS = {
    "seed.create.requests": (14, "6 reads, app, 4 things on it, machine, its wait, 1 list"),
    "seed.create.rounds": (6, "read, app, what hangs on it, machine, wait, settle"),
    "seed.create.writes": (6, "one for each of app, volume, secrets, certificate, address, machine"),
    "seed.unchanged.requests": (7, "6 reads and the one secrets request"),
    "seed.unchanged.rounds": (2, "all reads at once, then the secrets request"),
    "seed.unchanged.writes": (1, "values of secrets are not asked for, so it is set again"),
    "seed.destroy.requests": (16, "6 reads, lease, stop, wait, read, delete, 4 reads again, app"),
    "seed.destroy.rounds": (8, "read, lease, stop, wait, read, delete, read again, app"),
    "seed.destroy.writes": (4, "lease, stop, delete, app; what hangs on the app goes with it"),
    "web_app.create.requests": (16, "the same with a second, dedicated address, which is settled too"),
    "web_app.create.rounds": (6, "the same as with one address"),
    "web_app.create.writes": (7, "one more, for the second address"),
    "web_app.unchanged.requests": (7, "one list has both addresses"),
    "web_app.unchanged.rounds": (2, "all reads at once, then the secrets request"),
    "web_app.unchanged.writes": (1, "values of secrets are not asked for, so it is set again"),
    "web_app.destroy.requests": (16, "both addresses go with the app"),
    "web_app.destroy.rounds": (8, "the same as with one address"),
    "web_app.destroy.writes": (4, "the same as with one address"),
}


def measure() -> list[Figure]:
    """Count both stacks."""
    site = web_app("postgres://example")
    return [*lifecycle("seed", *site[:-1]), *lifecycle("web_app", *site)]


def lifecycle(label: str, *resources: Resource[Any]) -> list[Figure]:
    """Count requests, rounds and writes of making, leaving and destroying a stack."""
    figures: list[Figure] = []
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05, rate_limits=True)
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        for verb, carry_out in (("create", fly.ensure), ("unchanged", fly.ensure), ("destroy", fly.destroy)):
            clock.sleep(60.0)  # the limits' buckets are full again
            sim.requests.clear()
            carry_out(*resources)
            counts = count(from_simulator(sim.requests))
            for what in ("requests", "rounds", "writes"):
                name = f"{label}.{verb}.{what}"
                figures.append(Figure(name, getattr(counts, what), *LIMITS[name]))
    return figures
