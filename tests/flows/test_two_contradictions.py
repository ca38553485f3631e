"""Where the lists of two kinds are wrong, each resource is told the contradiction of its own kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources import App, Machine, Volume, errors
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
WORKER = Machine(APP, "worker", {"image": "nginx:1"})


def test_each_of_two_contradictions_is_raised_by_its_name(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    world = FlySimulator(clock=clock, latency=0.05)
    api = connect(world)
    api.ensure(APP, DATA, WORKER)
    clock.sleep(60.0)
    world.behaviour = Behaviour(empty_lists=frozenset({"Machines_list", "Volumes_list"}))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP, DATA, WORKER)
    assert [type(each) for each in caught.value.errors] == [errors.ContradictionError] * 2
    assert "its volumes" in str(caught.value.report[DATA].error)
    assert "its machines" in str(caught.value.report[WORKER].error)
