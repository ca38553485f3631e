"""Parsing, one call and importing, each against what it cannot be faster than.

Medians of the processor's time on this machine, which other programs disturb less than they do the clock's.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
from fly_machines import Client
from fly_machines.api.machines import machines_list
from fly_machines.models import Machine as MachineModel

from fly_resources import App, Fly, Machine, RateLimit, Volume
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

_BASE_URL = "https://api.machines.dev/v1"


def measure() -> list[Figure]:
    """Time all three."""
    return [*one_call(), *parsing(), *importing()]


def full_machine() -> dict[str, object]:
    """Return a machine's body with everything that the simulator fills in."""
    sim = FlySimulator()
    app = App("web", primary_region="iad")
    services = [{"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80, "handlers": ["http"]}]}]
    machine = Machine(
        app,
        "server",
        {"image": "nginx:alpine", "services": services},
        mounts={"/data": Volume(app, "data", size_gb=10)},
    )
    with Fly("test", transport=sim.transport(), clock=VirtualClock()) as fly:
        return fly.ensure(machine)[machine].resource.to_dict()


def one_call() -> list[Figure]:
    """Time one call of the SDK through all the middleware against the same without it."""
    answer = json.dumps([full_machine()]).encode()
    transport = httpx.MockTransport(
        lambda _request: httpx.Response(200, content=answer, headers={"content-type": "application/json"})
    )
    bare = Client(base_url=_BASE_URL)
    bare.set_httpx_client(httpx.Client(base_url=_BASE_URL, transport=transport))
    # Its buckets are asked like any others, and never empty.
    endless = RateLimit(per_second=1e9, burst=10**6, margin_s=0.0)
    with Fly("test", transport=transport, rate_limit=endless) as fly:
        ours, theirs = compare(
            lambda: machines_list.sync("fleet", client=fly.sdk),
            lambda: machines_list.sync("fleet", client=bare),
            rounds=60,
            times=20,
        )
    why = "one SDK call through all middleware / without it"
    return [Figure("call.ratio", ours / theirs, 1.3, why), Figure("call.us", ours * 1e6)]


def parsing() -> list[Figure]:
    """Time parsing 1,000 machines against reading the same JSON."""
    thousand = json.dumps([full_machine()] * 1000).encode()
    ours, theirs = compare(
        lambda: [MachineModel.from_dict(each) for each in json.loads(thousand)],
        lambda: json.loads(thousand),
        rounds=9,
        times=1,
    )
    why = "parse 1,000 full machines / json.loads of the same bytes"
    return [Figure("parse1000.ratio", ours / theirs, None, why), Figure("parse1000.ms", ours * 1e3)]


def importing() -> list[Figure]:
    """Time importing the library against importing httpx, each in a fresh interpreter."""
    ours, theirs = compare(
        lambda: start("import fly_resources"), lambda: start("import httpx"), rounds=9, times=1
    )
    used, _ = compare(
        lambda: start("from fly_resources import Fly"), lambda: start("import httpx"), rounds=9, times=1
    )
    return [
        Figure("import.ratio", ours / theirs, 1.5, "import fly_resources / import httpx"),
        Figure("import_fly.ratio", used / theirs, None, "from fly_resources import Fly / import httpx"),
    ]


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int, times: int
) -> tuple[float, float]:
    """Return the median seconds of one call of each, taken in turns, each first in every other round."""
    seconds: tuple[list[float], list[float]] = ([], [])
    pair = list(zip(seconds, (ours, theirs), strict=True))
    for work in (ours, theirs):
        for _ in range(times):
            work()  # what is done once (caches, first imports) is not what is compared
    for _ in range(rounds):
        for taken, work in pair:
            began = _busy()
            for _ in range(times):
                work()
            taken.append((_busy() - began) / times)
        pair.reverse()
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _busy() -> float:
    """Return the seconds that the processor has spent on this process and on those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def start(statement: str) -> None:
    """Run one import in a fresh interpreter."""
    subprocess.run([sys.executable, "-c", statement], check=True)
