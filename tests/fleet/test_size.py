"""What a fleet of a thousand costs in requests: reading it takes as many as reading one machine does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from fly_resources import App, Fly, Machine, Volume
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

APP = App("fleet", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
COUNT = 1000


def _machine(number: int) -> Machine:
    return Machine(APP, f"worker-{number}", CONFIG, mounts={"/data": Volume(APP, f"disk_{number}")})


def _rows(kind: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """Return a machine or volume of the simulator as the one of another number."""
    text = json.dumps(row)
    for word, other in (("worker-0", f"worker-{number}"), ("disk_0", f"disk_{number}")):
        text = text.replace(f'"{word}"', f'"{other}"')
    again: dict[str, Any] = json.loads(text)
    return again | {"id": f"{'vol_' if kind == 'volumes' else 'e'}{number:08}"}


def _as_many(path: str, body: Any, count: int) -> Any:  # noqa: ANN401  # any JSON value
    """Return an answer about one machine and its volume as it is with `count` of each."""
    kind = path.rpartition("/")[2]
    if not isinstance(body, list):
        return body | {"machine_count": count, "volume_count": count}
    rows = [_rows(kind, number, body[0]) for number in range(count)]
    for number, row in enumerate(rows):
        if kind == "volumes":
            row["attached_machine_id"] = f"e{number:08}"
        else:
            row["config"]["mounts"][0]["volume"] = f"vol_{number:08}"
    return rows


def _fleet(count: int) -> Callable[[httpx.Request], httpx.Response]:
    """Return a service with so many machines, each with its volume; it refuses every write."""
    clock = VirtualClock()
    sim = FlySimulator(clock=clock)
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(_machine(0))
    api = sim.transport()

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "GET"
        response = api.handle_request(request)
        body = json.loads(response.read())
        return httpx.Response(response.status_code, json=_as_many(request.url.path, body, count))

    return answer


def _plan(count: int) -> tuple[bool, list[str]]:
    """Return whether a plan of so many machines changes anything, and the paths that it reads."""
    answer, paths = _fleet(count), []

    def recorded(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.path)
        return answer(request)

    with Fly("test", transport=httpx.MockTransport(recorded)) as fly:
        plan = fly.plan(*map(_machine, range(count)))
    assert len(plan) == 2 * count + 1
    return plan.changed, sorted(paths)


def test_a_plan_of_a_thousand_machines_sends_the_requests_of_a_plan_of_one() -> None:
    one, thousand = _plan(1), _plan(COUNT)

    assert one == thousand
    assert thousand == (
        False,
        ["/v1/apps/fleet", "/v1/apps/fleet/machines", "/v1/apps/fleet/volumes"],
    )
