"""Parsing, calls and importing, each against what it cannot be faster than.

Medians of the processor's time on this machine, which other programs disturb less than they do the clock's.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, cast

import httpx
from fly_machines import Client
from fly_machines.api.machines import machines_list
from fly_machines.models import Machine as MachineModel

from fly_resources import App, Fly, Machine, RateLimit, Volume
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.benchmarks import at_once
from scripts.tools.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

_BASE_URL = "https://api.machines.dev/v1"
_TIMES = {"interval": "15s", "timeout": "2s"}
_CONFIG = {
    "image": "registry.fly.io/web:deployment-01HEPA330HZ37A78TK080NAK1M",
    "env": {"PRIMARY_REGION": "iad", "LOG_LEVEL": "info"},
    "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
    "restart": {"policy": "on-failure", "max_retries": 3},
    "stop_config": {"signal": "SIGTERM", "timeout": "10s"},
    "services": [
        {
            "protocol": "tcp",
            "internal_port": 80,
            "autostop": "stop",
            "autostart": True,
            "concurrency": {"type": "requests", "soft_limit": 20, "hard_limit": 25},
            "ports": [{"port": 80, "handlers": ["http"]}, {"port": 443, "handlers": ["tls", "http"]}],
            "checks": [{"type": "http", "method": "get", "path": "/up", **_TIMES}],
        }
    ],
    "checks": {
        "web": {"type": "http", "port": 80, "path": "/", **_TIMES},
        "alive": {"type": "tcp", "port": 80, **_TIMES},
    },
}


def measure() -> list[Figure]:
    """Time all of them."""
    body = json.dumps(full_machine()).encode()
    return [*one_call(), *at_once.measure(body), *parsing(), *importing()]


def full_machine() -> dict[str, object]:
    """Return a machine's body with services, checks, a mount, events and whatever the simulator fills in."""
    sim = FlySimulator()
    app = App("web", primary_region="iad")
    machine = Machine(
        app, "server", cast("MachineConfigDict", _CONFIG), mounts={"/data": Volume(app, "data", size_gb=10)}
    )
    with Fly("test", transport=sim.transport(), clock=VirtualClock()) as fly:
        return fly.ensure(machine)[machine].model.to_dict()


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
    return [Figure("call.ratio", ours / theirs, 1.15, why), Figure("call.us", ours * 1e6)]


def parsing() -> list[Figure]:
    """Time reading and writing 1,000 machines against reading and writing the same JSON."""
    thousand = json.dumps([full_machine()] * 1000).encode()
    read, loaded = compare(
        lambda: [MachineModel.from_dict(each) for each in json.loads(thousand)],
        lambda: json.loads(thousand),
        rounds=15,
        times=1,
    )
    bodies = json.loads(thousand)
    machines = [MachineModel.from_dict(each) for each in bodies]
    written, dumped = compare(
        lambda: [each.to_dict() for each in machines], lambda: json.dumps(bodies), rounds=15, times=1
    )
    reads = "parse 1,000 full machines / json.loads of the same bytes"
    writes = "to_dict of 1,000 full machines / json.dumps of the same"
    return [
        Figure("parse1000.ratio", read / loaded, 3.0, reads),
        Figure("parse1000.ms", read * 1e3),
        Figure("to_dict1000.ratio", written / dumped, 1.0, writes),
    ]


def importing() -> list[Figure]:
    """Time starting the library and the command in fresh interpreters, with bytecode cached."""
    with tempfile.TemporaryDirectory() as cache:
        begin = functools.partial(start, cache=cache)
        bare = ("-c", "import httpx")
        ours, theirs = compare(lambda: begin("-c", "import fly_resources"), lambda: begin(*bare), rounds=9)
        used, plain = compare(
            lambda: begin("-c", "from fly_resources import Fly"), lambda: begin(*bare), rounds=15
        )
        helped, alone = compare(
            lambda: begin("-m", "fly_resources.cli", "--help"),
            lambda: begin("-c", "import typer, rich.console"),
            rounds=9,
        )
    return [
        Figure("import.ratio", ours / theirs, 1.5, "import fly_resources / import httpx"),
        Figure("import_fly.ratio", used / plain, 1.4, "from fly_resources import Fly / import httpx"),
        Figure("help.ratio", helped / alone, 1.2, "fly-resources --help / importing typer and rich"),
    ]


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int, times: int = 1
) -> tuple[float, float]:
    """Return the median seconds of one call of each, taken in turns, each first in every other round."""
    seconds: tuple[list[float], list[float]] = ([], [])
    pair = list(zip(seconds, (ours, theirs), strict=True))
    for work in (ours, theirs):
        for _ in range(times):
            work()  # what is done once (caches, first imports) is not what is compared
    gc.collect()
    gc.freeze()  # what this process holds besides is not collected again and again in between
    for _ in range(rounds):
        for taken, work in pair:
            began = _busy()
            for _ in range(times):
                work()
            taken.append((_busy() - began) / times)
        pair.reverse()
    gc.unfreeze()
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _busy() -> float:
    """Return the seconds that the processor has spent on this process and on those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def start(*arguments: str, cache: str) -> None:
    """Run a fresh interpreter that keeps bytecode in a folder, as installed packages have theirs."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        env={**environment, "PYTHONPYCACHEPREFIX": cache},
        stdout=subprocess.DEVNULL,
    )
