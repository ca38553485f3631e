"""What 100 machines cost: in requests, and in time against what Fly.io's rate limits allow. Exact.

A makespan ratio is the virtual time of one call divided by its bound. The bound is the time of a client that
knows everything beforehand, keeps the documented limits (RL-1), has `WIDTH` requests under way at a time, and
waits for an answer, `LATENCY_S`, only where the next request needs it. Nothing is added for finding out that
a machine has come up or has stopped: that client knows. With n machines, and r(m) for m requests that need
nothing of each other, which is ceil(m / WIDTH) * LATENCY_S:

fleet100, one app (creations of machines share the app's bucket; all else counts per machine)
    create   read r(1), app r(1), (n - 3) / 1 per second, the last machine r(1), launch, boot
    update   read r(1), lease r(n), read again r(n), update r(n), replace, boot, release r(n)
    destroy  read r(1), lease r(n), stop r(n), the stop itself, read again r(n), delete r(n), read again r(1),
             app r(1)
apps100, an app each (nothing shares a bucket, and 100 deletions of apps a minute are allowed)
    create   2 reads r(2n), app r(n), machine r(n), launch, boot
    update   2 reads r(2n), lease r(n), read again r(n), update r(n), replace, boot, release r(n)
    destroy  4 reads r(4n), lease r(n), stop r(n), the stop itself, read again r(n), delete r(n), read again
             r(1), app r(n)

A machine is read again before it is deleted, and so is what an app holds: one round at least, and a list of
machines. Of 100 apps the others are read again while the last still stops.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from fly_resources import App, Fly, Machine, RateLimit, Volume
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.benchmarks.figures import Figure
from scripts.tools.benchmarks.recorded import Counts, count, from_simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fly_machines.config_types import MachineConfigDict

COUNT = 100
LATENCY_S = 0.05
#: `max_concurrency` of the measured client: waiting machines must not hold up the others.
WIDTH = 128
#: How long states take with `timings="typical"`: the middle of what was measured on the service (LC-4).
LAUNCH_S, BOOT_S, REPLACE_S, STOP_S = 1.8, 1.0, 3.5, 1.5
#: Creations of machines in one app: so many at once, and then one a second (RL-1).
BURST, PER_SECOND = 3, 1.0

OLD: MachineConfigDict = {"image": "nginx:alpine"}
NEW: MachineConfigDict = {"image": "nginx:1.27-alpine"}


def rounds(requests: int) -> float:
    """Return the seconds that so many requests take, `WIDTH` at a time."""
    return math.ceil(requests / WIDTH) * LATENCY_S


def bounds_of_one_app() -> dict[str, float]:
    """Return the bounds of 100 machines in one app."""
    one, each = LATENCY_S, rounds(COUNT)
    return {
        "create": one + one + (COUNT - BURST) / PER_SECOND + one + LAUNCH_S + BOOT_S,
        "update": one + 3 * each + REPLACE_S + BOOT_S + each,
        "destroy": one + 2 * each + STOP_S + 2 * each + one + one,
    }


def bounds_of_many_apps() -> dict[str, float]:
    """Return the bounds of 100 apps with one machine each."""
    each = rounds(COUNT)
    return {
        "create": rounds(2 * COUNT) + 2 * each + LAUNCH_S + BOOT_S,
        "update": rounds(2 * COUNT) + 3 * each + REPLACE_S + BOOT_S + each,
        "destroy": rounds(4 * COUNT) + 2 * each + STOP_S + 2 * each + rounds(1) + each,
    }


def one_app(config: MachineConfigDict) -> list[Machine]:
    """Return 100 machines of one app."""
    app = App("fleet", primary_region="iad")
    return [Machine(app, f"worker-{index}", config) for index in range(COUNT)]


def many_apps(config: MachineConfigDict) -> list[Machine]:
    """Return a machine in each of 100 apps."""
    return [Machine(App(f"app-{index}", primary_region="iad"), "web", config) for index in range(COUNT)]


def measure() -> list[Figure]:
    """Measure looking, changing one, and the three phases of both fleets."""
    return [figure for measure_one in FAMILIES.values() for figure in measure_one()]


def phases(
    label: str, fleet: Callable[[MachineConfigDict], list[Machine]], bounds: dict[str, float]
) -> list[Figure]:
    """Create, update and destroy a fleet, with the limits enforced and states that take their time."""
    figures = []
    for verb, seconds, counts in run_phases(fleet):
        bound, most = bounds[verb], _MOST.get(f"{label}.{verb}", 1.05)
        figures += [
            Figure(f"{label}.{verb}.makespan_ratio", seconds / bound, most, f"the bound is {bound:.2f} s"),
            Figure(f"{label}.{verb}.requests", counts.requests, *_REQUESTS[f"{label}.{verb}"]),
            Figure(f"{label}.{verb}.too_many", counts.too_many, 0, "429: the client keeps the limits itself"),
        ]
    return figures


#: How far above its bound a phase may be, where that is not 1.05: the waits' lists have used the app's burst
#: up when its machines are listed once more right before it goes.
_MOST: dict[str, float] = {"fleet100.destroy": 1.35}
#: What is needed at least, and why. Where a list a second tells of all machines, one at the end would do.
_REQUESTS: dict[str, tuple[float | None, str]] = {
    "fleet100.create": (None, "at least 103: 2 reads, app, machines; the rest is a list a second"),
    "fleet100.update": (None, "at least 403: 2 reads, lease, read, update, release, 1 list"),
    "fleet100.destroy": (None, "at least 410: 4 reads, lease, stop, read, delete, 1 list, 4 reads, app"),
    "apps100.create": (500, "2 reads, app, machine, wait, of each"),
    "apps100.update": (700, "2 reads, lease, read, update, wait, release, of each"),
    "apps100.destroy": (1400, "4 reads, lease, stop, wait, read, delete, 4 reads again, app, of each"),
}


def run_phases(fleet: Callable[[MachineConfigDict], list[Machine]]) -> list[tuple[str, float, Counts]]:
    """Return of each phase its name, its virtual seconds, and its requests counted."""
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=LATENCY_S, rate_limits=True, timings="typical")
    old, new = fleet(OLD), fleet(NEW)
    done = []
    with Fly("test", transport=sim.transport(), clock=clock, max_concurrency=WIDTH) as fly:
        verbs: Sequence[tuple[str, Callable[[], object]]] = (
            ("create", lambda: fly.ensure(*old)),
            ("update", lambda: fly.ensure(*new, max_unavailable=COUNT)),
            (
                "destroy",
                lambda: fly.destroy(
                    *{machine.app_name: App(machine.app_name) for machine in new}.values(), *new
                ),
            ),
        )
        for verb, carry_out in verbs:
            clock.sleep(120.0)  # the limits' buckets are full again
            sim.requests.clear()
            began = clock.now()
            carry_out()
            done.append((verb, clock.now() - began, count(from_simulator(sim.requests))))
    return done


def looking() -> list[Figure]:
    """Count what looking at 100 machines with 100 volumes costs, and changing one of them."""
    clock = VirtualClock()
    sim = FlySimulator(clock=clock)
    app = App("fleet", primary_region="iad")
    disks = [Volume(app, f"disk_{index}") for index in range(COUNT)]
    stack = [Machine(app, f"worker-{index}", OLD, mounts={"/data": disk}) for index, disk in enumerate(disks)]
    changed = Machine(app, "worker-0", NEW, mounts={"/data": disks[0]})
    unlimited = RateLimit(enabled=False)
    with Fly("test", transport=sim.transport(), clock=clock, rate_limit=unlimited) as fly:
        fly.ensure(*stack)
        sim.requests.clear()
        fly.ensure(*stack)
        unchanged = count(from_simulator(sim.requests))
        sim.requests.clear()
        fly.ensure(changed, *stack[1:])
    one = "3 reads; of that one machine: lease, read, update, wait, release"
    return [
        Figure(
            "fleet100.unchanged.requests", unchanged.requests, 3, "one list a kind, however many there are"
        ),
        Figure("fleet100.unchanged.rounds", unchanged.rounds, 1, "all reads at once"),
        Figure("fleet100.change_one.requests", len(sim.requests), 8, one),
    ]


def one_by_one() -> list[Figure]:
    """Take the virtual time of an update as it is by default: one machine at a time."""
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=LATENCY_S, rate_limits=True, timings="typical")
    with Fly("test", transport=sim.transport(), clock=clock, max_concurrency=WIDTH) as fly:
        fly.ensure(*one_app(OLD))
        clock.sleep(120.0)  # the limits' buckets are full again
        began = clock.now()
        fly.ensure(*one_app(NEW))
        seconds = clock.now() - began
    return [Figure("fleet100.update_one_by_one.seconds", seconds, None, "max_unavailable=1, the default")]


#: What is measured, one fleet at a time.
FAMILIES: Final[dict[str, Callable[[], list[Figure]]]] = {
    "looking": looking,
    "fleet100": lambda: phases("fleet100", one_app, bounds_of_one_app()),
    "one_by_one": one_by_one,
    "apps100": lambda: phases("apps100", many_apps, bounds_of_many_apps()),
}
