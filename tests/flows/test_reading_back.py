"""A lost answer is settled within the run: what was written is read back, what was not is sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from fly_resources import App, Machine, Resource, errors
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"})
UPDATED = Machine(APP, "server", {"image": "nginx:1"})
STOPPED = attrs.evolve(SERVER, state="stopped")
STARTED = attrs.evolve(SERVER, state="started")

LOSSES = {
    "before it": Fault("reset_before"),
    "after it": Fault("reset_after"),
    "no JSON": Fault("not_json"),
    "503": Fault("status", status=503),
    "503 all the same": Fault("status", status=503, applied=True),
    "applied late": Fault("slow", seconds=76.5, late=True),
}
WRITES: dict[str, tuple[str, Resource[Any], Resource[Any]]] = {
    "update": ("Machines_update", SERVER, UPDATED),
    "update of a stopped one": ("Machines_update", STOPPED, attrs.evolve(UPDATED, state="stopped")),
    "start": ("Machines_start", STOPPED, STARTED),
    "lease": ("Machines_create_lease", SERVER, UPDATED),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("write", WRITES)
def test_a_lost_answer_does_not_fail_the_run(api: Api, stranger: Stranger, write: str, loss: str) -> None:
    operation, before, after = WRITES[write]
    api.ensure(before)
    api.sim.faults.add(attrs.evolve(LOSSES[loss], operation=operation))
    report = api.ensure(after)
    assert report[after].changed
    assert not api.ensure(after).changed
    assert api.read(after) is not None
    api.clock.sleep(3.0)  # for the rate limit
    # One that is granted when the run is over is nobody's, until it ends by itself.
    assert _leased(stranger) == (["server"] if (write, loss) == ("lease", "applied late") else [])


@pytest.mark.parametrize("loss", ["before it", "after it", "applied late"])
def test_an_update_is_carried_out_once(api: Api, stranger: Stranger, loss: str) -> None:
    """It names the version that it replaces, so that a second one is refused where the first has landed."""
    api.ensure(SERVER)
    [row] = stranger.list("/apps/web/machines")
    versions = len(stranger.list(f"/apps/web/machines/{row['id']}/versions"))
    api.sim.faults.add(attrs.evolve(LOSSES[loss], operation="Machines_update"))
    assert api.ensure(UPDATED)[UPDATED].changed
    assert len(stranger.list(f"/apps/web/machines/{row['id']}/versions")) == versions + 1


def test_a_lease_that_nobody_knows_is_waited_for(api: Api) -> None:
    api.ensure(SERVER)
    api.sim.faults.add(Fault("reset_after", operation="Machines_create_lease"))
    began = api.clock.now()
    assert api.ensure(UPDATED)[UPDATED].changed
    assert 60.0 < api.clock.now() - began < 80.0


def test_whose_lease_it_may_be_is_said_where_it_lasts_too_long(api: Api) -> None:
    api.ensure(SERVER)
    api.sim.faults.add(Fault("reset_after", operation="Machines_create_lease"))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(UPDATED, step_timeout_s=30.0)
    held = caught.value.__cause__
    assert isinstance(held, errors.LeaseHeldError)
    assert held.__notes__ == ["The lease may be this program's own, from a lost response."]


def test_another_ones_lease_is_not_called_ours(api: Api, stranger: Stranger) -> None:
    api.ensure(SERVER)
    [row] = stranger.list("/apps/web/machines")
    stranger.send("POST", f"/apps/web/machines/{row['id']}/lease", {"ttl": 600})
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(UPDATED, step_timeout_s=30.0)
    assert not hasattr(caught.value.__cause__, "__notes__")


def test_a_lease_is_not_asked_for_without_end(api: Api) -> None:
    api.ensure(SERVER)
    api.sent.clear()
    api.sim.faults.add(Fault("reset_before", operation="Machines_create_lease", times=99))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(UPDATED)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert api.writes == ["Machines_create_lease"] * 3


@pytest.mark.parametrize(("operation", "after"), [("Machines_update", UPDATED), ("Machines_start", STARTED)])
def test_what_is_lost_again_and_again_is_given_up(
    api: Api, stranger: Stranger, operation: str, after: Resource[Any]
) -> None:
    api.ensure(SERVER if operation == "Machines_update" else STOPPED)
    api.sent.clear()
    api.sim.faults.add(Fault("reset_before", operation=operation, times=99))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(after)
    assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    assert api.writes.count(operation) == 3
    assert _leased(stranger) == []


def test_the_lost_answer_to_an_extended_lease_disturbs_nothing(api: Api, stranger: Stranger) -> None:
    """While its checks do not pass, the lease is extended; the next look asks again."""
    checked = Machine(APP, "server", {"image": "nginx:1", "checks": {"alive": {"type": "tcp", "port": 80}}})
    api.ensure(SERVER)
    api.sim.images["nginx:1"] = "unhealthy"
    api.sim.faults.add(Fault("reset_before", operation="Machines_create_lease", nth=2))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(checked, step_timeout_s=90.0)
    assert isinstance(caught.value.__cause__, errors.WaitTimeoutError)
    assert api.writes.count("Machines_create_lease") >= 3
    assert _leased(stranger) == []


class _Visited(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The proxy starts the machine for a visitor just before somebody else's start arrives."""

    def __init__(self, sim: FlySimulator) -> None:
        self.sim = sim
        self.inner = sim.transport()

    def _visit(self, request: httpx.Request) -> None:
        if request.url.path.endswith("/start"):
            self.sim.proxy_start("web", "server")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._visit(request)
        return self.inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._visit(request)
        return await self.inner.handle_async_request(request)


def test_one_that_the_proxy_has_started_meanwhile_is_started(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    """Some servers refuse to start what is started."""
    sim = FlySimulator(clock=clock, latency=0.05, strict=True)
    connect(sim).ensure(STOPPED)
    api = connect(sim, transport=_Visited(sim))
    sim.requests.clear()
    assert api.ensure(STARTED)[STARTED].model.state == "started"
    assert api.writes.count("Machines_start") == 1


def _leased(stranger: Stranger) -> list[str]:
    rows = stranger.list("/apps/web/machines?include_leases=true")
    return [row["name"] for row in rows if row.get("lease")]
