"""What fleets cost as they grow: time of the processor and requests, by verb, of n machines with n volumes.

The simulator's own time is taken out: each request is timed on the thread that sends it.
"""

from __future__ import annotations

import gc
import json
import statistics
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx

from fly_resources import App, Fly, Machine, RateLimit, Volume
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_machines.config_types import MachineConfigDict

SIZES: Final = (250, 500, 1000, 2000)
#: Rounds of a plan, of which the median counts.
_ROUNDS: Final = 5
OLD: Final[MachineConfigDict] = {
    "image": "nginx:alpine",
    "env": {"LOG_LEVEL": "info"},
    "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
    "services": [
        {
            "protocol": "tcp",
            "internal_port": 80,
            "ports": [{"port": 443, "handlers": ["tls", "http"]}],
            "checks": [{"type": "http", "interval": "15s", "timeout": "2s", "path": "/health"}],
        }
    ],
}
NEW: Final[MachineConfigDict] = {**OLD, "image": "nginx:1.27-alpine"}


class Meter(httpx.BaseTransport):
    """Counts requests, adds up what answering them takes of the processor, and keeps the answers to GETs."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        """Pass everything on to `inner`."""
        self.requests = 0
        self.seconds = 0.0
        self.answers: dict[str, bytes] = {}
        self._inner = inner
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        began = time.thread_time()
        response = self._inner.handle_request(request)
        content = response.read()
        taken = time.thread_time() - began
        with self._lock:
            self.requests += 1
            self.seconds += taken
            if request.method == "GET":
                self.answers[str(request.url)] = content
        return response


@attrs.frozen
class Cost:
    """What one call cost: the client's seconds of the processor, and requests."""

    seconds: float
    requests: int


def stack(count: int, config: MachineConfigDict) -> list[Machine]:
    """Return so many machines of one app, with a volume each."""
    app = App("fleet", primary_region="iad")
    return [
        Machine(app, f"worker-{index}", config, mounts={"/data": Volume(app, f"disk_{index}")})
        for index in range(count)
    ]


def measure() -> list[Figure]:
    """Measure fleets of all sizes, which takes some minutes."""
    figures = []
    for count in SIZES:
        for verb, cost in run(count).items():
            figures += [
                Figure(
                    f"growth{count}.{verb}.cpu_s", cost.seconds, None, "the client's, without the simulator"
                ),
                Figure(f"growth{count}.{verb}.requests", cost.requests),
            ]
    return figures


def measure_plans() -> list[Figure]:
    """Measure a plan of 1,000 machines and volumes, beside reading its answers as JSON and a plan of 250."""
    small, _ = time_plans(stack(250, OLD), answers_of(250))
    large, loads = time_plans(stack(1000, OLD), answers_of(1000))
    return [
        Figure("plan1000.ratio", large / loads, 15, "1,000 machines and volumes / json.loads of the answers"),
        Figure("plan1000.ms", large * 1e3),
        Figure("plan.growth", large / small, 5, "a plan of 1,000 machines and volumes / one of 250"),
    ]


def answers_of(count: int) -> dict[str, bytes]:
    """Return what a plan of so many machines with volumes reads, by URL: those of one machine, repeated."""
    clock = VirtualClock()
    meter = Meter(FlySimulator(clock=clock).transport())
    with Fly("test", transport=meter, clock=clock) as fly:
        fly.ensure(*stack(1, OLD))
        meter.answers.clear()
        fly.plan(*stack(1, OLD))
    return {
        url: json.dumps(_repeated(json.loads(body), count)).encode() for url, body in meter.answers.items()
    }


def _repeated(answer: Any, count: int) -> Any:  # noqa: ANN401  # any JSON value
    """Return the answer as it is with so many machines and volumes; lists hold one of them."""
    if not isinstance(answer, list):
        return answer | {"machine_count": count, "volume_count": count}
    text, row = json.dumps(answer[0]), answer[0]
    other = row["config"]["mounts"][0]["volume"] if "config" in row else row["attached_machine_id"]
    rows = []
    for number in range(count):
        again = text.replace('"worker-0"', f'"worker-{number}"').replace('"disk_0"', f'"disk_{number}"')
        for each in (row["id"], other):
            again = again.replace(f'"{each}"', f'"{each}{number:04}"')
        rows.append(json.loads(again))
    return rows


def time_plans(machines: list[Machine], answers: Mapping[str, bytes]) -> tuple[float, float]:
    """Return the seconds of a plan from these answers, and of json.loads of them, measured in turns."""
    transport = httpx.MockTransport(
        lambda request: httpx.Response(
            200, content=answers[str(request.url)], headers={"content-type": "application/json"}
        )
    )
    plans, loads = [], []
    # What the benchmarks import is no part of the plan's heap: collecting it again and again is left out.
    gc.collect()
    gc.freeze()
    with Fly("test", transport=transport, rate_limit=RateLimit(enabled=False)) as fly:
        if fly.plan(*machines).changed:
            raise AssertionError("the answers are not those of the machines")
        for _ in range(_ROUNDS):
            plans.append(_busy(lambda: fly.plan(*machines)))
            loads.append(_busy(lambda: [json.loads(each) for each in answers.values()]))
    gc.unfreeze()
    return statistics.median(plans), statistics.median(loads)


def run(count: int) -> dict[str, Cost]:
    """Create, look at, change and destroy a fleet; return what each took."""
    clock = VirtualClock()
    meter = Meter(FlySimulator(clock=clock).transport())
    old, new = stack(count, OLD), stack(count, NEW)
    disks = [disk for each in new for disk in each.mounts.values() if isinstance(disk, Volume)]
    with Fly("test", transport=meter, clock=clock, rate_limit=RateLimit(enabled=False)) as fly:
        costs = {"create": _cost(meter, lambda: fly.ensure(*old))}
        costs["plan"] = _cost(meter, lambda: fly.plan(*old))
        costs["unchanged"] = _cost(meter, lambda: fly.ensure(*old))
        costs["change"] = _cost(meter, lambda: fly.ensure(*new, max_unavailable=count))
        costs["destroy"] = _cost(meter, lambda: fly.destroy(*new, *disks))
    return costs


def _cost(meter: Meter, work: Callable[[], object]) -> Cost:
    requests, seconds = meter.requests, meter.seconds
    busy = _busy(work)
    return Cost(busy - (meter.seconds - seconds), meter.requests - requests)


def _busy(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
