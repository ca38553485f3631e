"""A lease is read in the recorded envelope and as the published document has it, bare (LE-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fly_machines.api.leases import leases_acquire, leases_get
from fly_machines.models import AcquireLeaseRequest

from fly_resources import App, Fly, Machine, Volume
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")


def _server(image: str) -> Machine:
    return Machine(APP, "server", {"image": image}, mounts={"/data": DATA})


@pytest.fixture
def bare(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock, latency=0.05, behaviour=Behaviour(lease_envelope=False))


def test_a_bare_lease_is_held_sent_and_given_back(connect: Callable[..., Api], bare: FlySimulator) -> None:
    api = connect(bare)
    api.ensure(APP, DATA, _server("nginx:1"))
    api.sent.clear()
    assert api.ensure(APP, DATA, _server("nginx:2"))[_server("nginx:2")].action == "update"
    assert api.writes == ["Machines_create_lease", "Machines_update", "Machines_release_lease"]
    assert all(each.status is not None and each.status < 300 for each in api.sent)
    api.destroy(_server("nginx:2"), DATA)
    assert api.read(_server("nginx:2")) is None


def test_the_sdk_reads_a_bare_lease_too(bare: FlySimulator, clock: VirtualClock) -> None:
    with Fly("test", transport=bare.transport(), clock=clock) as fly:
        machine = fly.ensure(APP, DATA, _server("nginx:1"))[_server("nginx:1")].model
        taken = leases_acquire.sync("web", machine.id, client=fly.sdk, body=AcquireLeaseRequest(ttl=30))
        assert taken.data.nonce
        assert leases_get.sync("web", machine.id, client=fly.sdk).data.owner == taken.data.owner
