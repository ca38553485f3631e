"""What a person looks at or waits for: read, wait, lease, and what a plan says of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault, FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Resource
    from fly_resources.testing import VirtualClock
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": DATA})
KEY = FlySecret(APP, "KEY", "canary-value")
SITE = Certificate(APP, "www.example.com")
IP = IpAddress(APP, "shared_v4")
STACK = (APP, DATA, SERVER, KEY, SITE, IP)


def test_each_noun_can_be_read_before_and_after(api: Api) -> None:
    assert [api.read(noun) for noun in STACK] == [None] * 6

    report = api.ensure(*STACK)

    for noun in STACK:
        found = api.read(noun)
        assert found is not None
        assert type(found) is type(report[noun].model)


def test_a_plan_knows_what_else_the_apps_hold(api: Api, stranger: Stranger) -> None:
    api.ensure(*STACK)
    stranger.create_machine("web", "other", {"image": "nginx"})
    disk = stranger.create_volume("web", "scratch")

    assert api.plan(*STACK).unmanaged != ()
    assert sorted(str(each).partition(" (")[0] for each in api.plan(*STACK).unmanaged) == [
        "machine web/other",
        "volume web/scratch",
    ]
    assert disk in {each.id for each in api.plan(*STACK).unmanaged}
    assert sorted({each.kind for each in api.plan(SERVER, SITE, FlySecret(APP, "NEW", "1")).unmanaged}) == [
        "machine",
        "secret",
        "volume",
    ]


def test_a_plan_to_destroy_an_app_knows_what_goes_with_it(api: Api, stranger: Stranger) -> None:
    api.ensure(*STACK)
    stranger.create_machine("web", "other", {"image": "nginx"})

    plan = api.plan(APP, destroy=True, everything=True)

    assert sorted(each.kind for each in plan.unmanaged) == ["address", "machine", "machine", "volume"]


def test_what_the_token_may_not_read_is_said_and_not_taken_for_empty(api: Api) -> None:
    api.ensure(*STACK)
    refusal = Fault("status", operation="Volumes_list", status=403, body={"error": "unauthorized"})
    api.sim.faults.add(refusal)

    plan = api.plan(APP, DATA, KEY)

    assert plan[DATA].action == "blocked"
    assert plan[KEY].action == "set"
    [(app, kind, error)] = plan.unreadable
    assert (app, kind, error.status) == ("web", "volumes", 403)
    assert "its volumes cannot be read" in str(plan)
    api.sim.faults.add(refusal)
    api.sent.clear()
    with pytest.raises(errors.PermissionDeniedError):
        api.ensure(APP, DATA, KEY)
    assert api.writes == []


def test_waiting_for_a_machine_that_starts(connect: Callable[..., Api], clock: object) -> None:
    api = connect(FlySimulator(clock=clock, timings="typical"))  # type: ignore[arg-type]  # a VirtualClock
    created = api.ensure(SERVER, wait=False)[SERVER].model
    assert created.state != "started"

    assert api.wait(SERVER).state == "started"
    assert api.wait(SERVER).id == created.id


def test_waiting_ends_with_its_limit(api: Api) -> None:
    api.ensure(SERVER)
    before = api.clock.now()

    with pytest.raises(errors.WaitTimeoutError, match="was not stopped"):
        api.wait(SERVER, state="stopped", timeout_s=10.0)

    assert 9.0 <= api.clock.now() - before <= 11.0


def test_a_wait_without_time_does_not_blame_checks_that_there_are_not(api: Api) -> None:
    api.ensure(SERVER)

    with pytest.raises(
        errors.WaitTimeoutError, match="it was last started, with no time left to confirm that"
    ):
        api.wait(SERVER, timeout_s=0)


@pytest.mark.parametrize("state", [None, "", "running", "created", 5])
def test_a_state_that_cannot_be_waited_for_is_refused_at_once(api: Api, state: Any) -> None:  # noqa: ANN401  # the mistake
    with pytest.raises(errors.ConfigurationError, match=r"wait: state .* is not valid: use 'started'"):
        api.wait(SERVER, state=state)
    assert api.sent == []


def test_a_machine_that_goes_is_waited_for(connect: Callable[..., Api], clock: VirtualClock) -> None:
    world = FlySimulator(clock=clock, timings="typical")
    api = connect(world)
    created = api.ensure(SERVER)[SERVER].model
    with httpx.Client(transport=world.transport(), base_url="https://api.machines.dev/v1") as http:
        path = f"/apps/web/machines/{created.id}?force=true"
        assert http.delete(path, headers={"Authorization": "Bearer x"}).is_success

    gone = api.wait(SERVER, state="destroyed")

    assert (gone.id, gone.state) == (created.id, "destroyed")
    with pytest.raises(errors.ReconcileError, match="does not exist"):
        api.wait(SERVER)


def test_a_machine_that_vanishes_while_it_is_waited_for_is_destroyed(api: Api) -> None:
    created = api.ensure(SERVER)[SERVER].model
    for operation in ("Machines_wait", "Machines_show"):
        missing = {"error": "machine not found"}
        api.sim.faults.add(Fault("status", operation=operation, status=404, body=missing))

    assert api.wait(SERVER, state="destroyed").id == created.id


@pytest.mark.parametrize("made", [[], [APP], [APP, SERVER]])
def test_what_is_gone_already_is_destroyed(api: Api, made: list[Resource[Any]]) -> None:
    api.ensure(*made)
    api.destroy(*[noun for noun in made if noun != APP])

    assert api.wait(SERVER, state="destroyed", timeout_s=60.0).state == "destroyed"


def test_what_does_not_exist_cannot_be_waited_for_or_leased(api: Api) -> None:
    api.ensure(APP)

    with pytest.raises(errors.ReconcileError, match="does not exist"):
        api.wait(SERVER)
    with pytest.raises(errors.ReconcileError, match="does not exist"), api.lease(SERVER):
        pass


def test_a_lease_keeps_others_out_for_as_long_as_the_block(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    api, other = connect(), connect()
    machine = api.ensure(SERVER)[SERVER].model
    newer = Machine(APP, "server", {"image": "nginx:1"}, mounts={"/data": DATA})

    with api.lease(SERVER, ttl_s=600) as nonce:
        assert len(nonce) > 0
        with pytest.raises(errors.EnsureError) as caught:
            other.ensure(newer, step_timeout_s=10.0)
        [held] = caught.value.errors
        assert isinstance(held, errors.LeaseHeldError)
        assert held.owner
        assert held.expires_at is not None
    lease = stranger.http.get(f"/apps/web/machines/{machine.id}/lease")

    assert lease.status_code == 404
    assert other.ensure(newer)[newer].changed
