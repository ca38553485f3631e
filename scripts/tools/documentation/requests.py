"""The requests that each noun costs, as the simulator saw them: one table a noun."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from fly_machines.api.machines import machines_stop

from fly_resources import App, Certificate, Fly, FlySecret, IpAddress, Machine, Volume
from fly_resources.testing import FlySimulator, RecordedRequest, VirtualClock
from scripts.tools.documentation.pages import LATENCY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing import _state as state

Step: TypeAlias = "Callable[[Fly, FlySimulator], object]"

APP: Final = "shop"
_HTTP: Final = {"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80, "handlers": ["http"]}]}


def _machine(image: str = "nginx:1.27", **fields: Any) -> Machine:  # noqa: ANN401  # the noun's own fields
    return Machine(
        APP,
        "server",
        cast("MachineConfigDict", {"image": image, "services": [_HTTP]}),
        region="iad",
        **fields,
    )


def _volume(size_gb: int = 1, **fields: Any) -> Volume:  # noqa: ANN401  # the same
    return Volume(APP, "data", size_gb, region="iad", **fields)


def _forget_marks(_fly: Fly, sim: FlySimulator) -> None:
    """Make the machine look as if another program had made it."""

    def change(record: state.Machine) -> None:
        record.config = {**record.config, "metadata": {}}

    sim.edit_machine(APP, "server", change)


def _stop(fly: Fly, _sim: FlySimulator) -> None:
    machine = fly.read(_machine())
    if machine is not None:
        machines_stop.sync(APP, machine.id, client=fly.sdk)


def _have_app(fly: Fly, _sim: FlySimulator) -> None:
    fly.ensure(App(APP))


def _ensure(*nouns: Any, **options: Any) -> Step:  # noqa: ANN401  # any noun, any option of the verb
    return lambda fly, _sim: fly.ensure(*nouns, **options)


def _destroy(*nouns: Any, **options: Any) -> Step:  # noqa: ANN401  # the same
    return lambda fly, _sim: fly.destroy(*nouns, **options)


_SECRETS: Final = (FlySecret(APP, "ONE", "1"), FlySecret(APP, "TWO", "2"))
_CERTIFICATE: Final = Certificate(APP, "www.example.com")
_IPV4: Final = IpAddress(APP, "v4")
_SHARED: Final = IpAddress(APP, "shared_v4")

#: Per noun: steps in order in one world. Those without a title only prepare what follows.
CASES: Final[dict[str, tuple[tuple[str, Step], ...]]] = {
    "app": (
        ("made", _ensure(App(APP))),
        ("there already", _ensure(App(APP))),
        ("destroyed", _destroy(App(APP))),
        ("destroyed, absent", _destroy(App(APP))),
    ),
    "machine": (
        ("", _have_app),
        ("made", _ensure(_machine())),
        ("there already", _ensure(_machine())),
        ("another image", _ensure(_machine("nginx:1.28"))),
        ("", _forget_marks),
        ("made by another program, alike", _ensure(_machine("nginx:1.28"))),
        ("", _stop),
        ("another image, while it is stopped", _ensure(_machine("nginx:1.29"))),
        ('`state="started"`, while it is stopped', _ensure(_machine("nginx:1.29", state="started"))),
        ("destroyed", _destroy(_machine())),
        ("destroyed, absent", _destroy(_machine())),
    ),
    "volume": (
        ("", _have_app),
        ("made", _ensure(_volume())),
        ("there already", _ensure(_volume())),
        ("grown", _ensure(_volume(2))),
        ("other backup settings", _ensure(_volume(2, snapshot_retention=14))),
        ("", _ensure(_machine(mounts={"/data": _volume(2)}))),
        (
            "grown, under a machine that runs",
            _ensure(_volume(3), _machine(mounts={"/data": _volume(3)})),
        ),
        ("", _destroy(_machine())),
        ("destroyed", _destroy(_volume(3))),
        ("destroyed, absent", _destroy(_volume(3))),
    ),
    "secret": (
        ("", _have_app),
        ("two set", _ensure(*_SECRETS)),
        ("two set again", _ensure(*_SECRETS)),
        ("`if_absent=True`, there already", _ensure(FlySecret(APP, "ONE", "3", if_absent=True))),
        ("removed (`FlySecret.absent`)", _ensure(FlySecret.absent(APP, "ONE"))),
        ("destroyed", _destroy(*_SECRETS)),
    ),
    "certificate": (
        ("", _have_app),
        ("requested", _ensure(_CERTIFICATE)),
        ("there already", _ensure(_CERTIFICATE)),
        ("destroyed", _destroy(_CERTIFICATE)),
        ("destroyed, absent", _destroy(_CERTIFICATE)),
    ),
    "address": (
        ("", _have_app),
        ("shared, allocated", _ensure(_SHARED)),
        ("dedicated, allocated", _ensure(_IPV4)),
        ("both there already", _ensure(_SHARED, _IPV4)),
        ("released", _destroy(_IPV4)),
        ("released, absent", _destroy(_IPV4)),
    ),
}


def table(noun: str) -> str:
    """Return a noun's table in Markdown."""
    rows = ["| What | Requests | In order |", "|---|---|---|"]
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=LATENCY_S)
    with Fly("docs", owner="docs", transport=sim.transport(), clock=clock) as fly:
        for title, step in CASES[noun]:
            clock.sleep(60.0)  # the buckets of the rate limits are full again
            sim.requests.clear()
            step(fly, sim)
            if title:
                rows.append(f"| {title} | {len(sim.requests)} | {_in_order(sim.requests)} |")
    return "\n".join(rows)


def _in_order(requests: Iterable[RecordedRequest]) -> str:
    """Name the operations: those sent at once with commas, one moment after the other with arrows."""
    moments = itertools.groupby(requests, key=lambda request: round(request.at, 6))
    return " → ".join(", ".join(f"`{request.operation}`" for request in sent) for _, sent in moments)
