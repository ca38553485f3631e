"""Many calls at once on one client cost what one call for all would."""

from __future__ import annotations

import asyncio
import collections
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, AsyncFly, Machine, Volume
from fly_resources.testing import FlySimulator, Program, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterable

APP = App("sandboxes", primary_region="iad")
#: What goes out at once; what comes then waits for its turn, and takes further askers meanwhile.
BURST = 3
_LISTS = {"Apps_show", "Machines_list", "Volumes_list"}


def _user(number: int) -> Machine:
    volume = Volume(APP, f"user_{number}")
    return Machine(APP, f"user-{number}", {"image": "nginx:alpine"}, mounts={"/data": volume})


class _Service:
    """A simulated service with one client, after a minute in which its limits have recovered."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.sim = FlySimulator(clock=self.clock, timings="typical", latency=0.05)
        self.fly = AsyncFly("test", transport=self.sim.transport(), clock=self.clock)

    async def at_once(self, calls: Iterable[Any]) -> tuple[list[Any], dict[str, int], float]:
        """Return what the calls answered, how often each operation was sent, and what time they took."""
        await self.clock.sleep_async(60.0)
        before, began = len(self.sim.requests), self.clock.now()
        ends = await asyncio.gather(*calls)
        sent = collections.Counter(str(each.operation) for each in self.sim.requests[before:])
        return ends, dict(sent), self.clock.now() - began


@pytest.mark.parametrize("count", [2, 30, 100])
def test_unchanged_ensures_at_once_cost_a_burst_of_lists(count: int) -> None:
    async def main() -> tuple[list[Any], dict[str, int], float]:
        service = _Service()
        async with service.fly as fly:
            await fly.ensure(*map(_user, range(count)))
            return await service.at_once(fly.ensure(_user(number)) for number in range(count))

    reports, sent, taken_s = asyncio.run(main())
    assert not any(report.changed for report in reports)
    assert sent == dict.fromkeys(_LISTS, min(count, BURST + 1))
    assert taken_s < 2.0


@pytest.mark.parametrize("count", [2, 30])
def test_first_ensures_at_once_make_all_in_the_time_of_one_call(count: int) -> None:
    async def main(*, one_call: bool) -> tuple[dict[str, int], float]:
        service = _Service()
        async with service.fly as fly:
            await fly.ensure(APP)
            machines = list(map(_user, range(count)))
            calls = [fly.ensure(*machines)] if one_call else [fly.ensure(machine) for machine in machines]
            return (await service.at_once(calls))[1:]

    (_, together_s), (sent, taken_s) = asyncio.run(main(one_call=True)), asyncio.run(main(one_call=False))
    lists = min(count, BURST + 1)
    made = dict.fromkeys(("Volumes_create", "Machines_create", "Machines_wait"), count)
    # Each lists the volumes once more after its own was made: these come one a second, as the volumes do.
    settled = {2: 2, 30: 29}[count]
    assert sent == {**made, "Apps_show": lists, "Machines_list": lists, "Volumes_list": lists + settled}
    assert taken_s <= 1.1 * together_s


@pytest.mark.parametrize("count", [2, 30, 100])
def test_reads_of_machines_at_once_take_a_moment(count: int) -> None:
    async def main() -> tuple[list[Any], dict[str, int], float]:
        service = _Service()
        async with service.fly as fly:
            await fly.ensure(*map(_user, range(count)))
            return await service.at_once(fly.read(_user(number)) for number in range(count))

    machines, sent, taken_s = asyncio.run(main())
    assert sent == {"Machines_list": min(count, BURST + 1)}
    assert [machine.name for machine in machines] == [f"user-{number}" for number in range(count)]
    assert taken_s < 2.0


@pytest.mark.parametrize("count", [2, 30])
def test_commands_at_once_share_lists_of_names_and_need_none_with_ids(count: int) -> None:
    async def main() -> list[dict[str, int]]:
        service = _Service()
        service.sim.images["nginx:alpine"] = Program(answers={"id": (0, "root", "")})
        async with service.fly as fly:
            report = await fly.ensure(*map(_user, range(count)))
            ids = [report[_user(number)].model.id for number in range(count)]
            named = [fly.exec(_user(number), "id") for number in range(count)]
            known = [fly.exec((APP, each), "id") for each in ids]
            return [(await service.at_once(calls))[1] for calls in (named, known)]

    assert asyncio.run(main()) == [
        {"Machines_list": min(count, BURST + 1), "Machines_exec": count},
        {"Machines_exec": count},
    ]
