"""What a service costs that keeps a machine for each of its users: a call for each of them, all at once.

`service100.makespan_ratio` is the virtual time of 100 concurrent `ensure` of one machine with its volume, on
one client, divided by that of one `ensure` of all. `service100.read_s`: 100 concurrent `read`, in virtual
seconds.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fly_resources import App, AsyncFly, Machine, Volume
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

_COUNT = 100
_LATENCY_S = 0.05
_APP = App("sandboxes", primary_region="iad")


def measure() -> list[Figure]:
    """Measure both."""
    return asyncio.run(_measured())


def _machines() -> list[Machine]:
    return [
        Machine(_APP, f"user-{n}", {"image": "nginx:alpine"}, mounts={"/data": Volume(_APP, f"user_{n}")})
        for n in range(_COUNT)
    ]


async def _measured() -> list[Figure]:
    together_s = (await _times(one_call=True))[0]
    each_s, read_s = await _times(one_call=False)
    why = "100 concurrent ensure of a machine and its volume / one ensure of all"
    return [
        Figure("service100.makespan_ratio", each_s / together_s, 1.1, why),
        Figure("service100.read_s", read_s, 12.0, "100 concurrent reads of machines that run"),
    ]


async def _times(*, one_call: bool) -> tuple[float, float]:
    """Return how long it takes to make the machines, and to read them a minute later."""
    clock = VirtualClock()
    simulator = FlySimulator(clock=clock, timings="typical", latency=_LATENCY_S)
    async with AsyncFly("test", transport=simulator.transport(), clock=clock) as fly:
        await fly.ensure(_APP)
        await clock.sleep_async(60.0)
        machines = _machines()
        calls = [fly.ensure(*machines)] if one_call else [fly.ensure(machine) for machine in machines]
        ensured_s = await _timed(clock, calls)
        await clock.sleep_async(60.0)
        return ensured_s, await _timed(clock, [fly.read(machine) for machine in machines])


async def _timed(clock: VirtualClock, calls: Iterable[Coroutine[object, object, object]]) -> float:
    began = clock.now()
    await asyncio.gather(*calls)
    return clock.now() - began
