"""What others have set and an update keeps may void what is declared: the plan says so (rule 2, MA-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from fly_resources import App, Machine
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
SERVICES: dict[str, Any] = {"services": [{"protocol": "tcp", "internal_port": 80}]}


def _server(image: str = "nginx:1", **config: Any) -> Machine:  # noqa: ANN401  # any config key
    return Machine(APP, "server", cast("MachineConfigDict", {"image": image, **config}))


@pytest.fixture(params=[False, True], ids=["left_stopped", "started"])
def api(request: pytest.FixtureRequest, connect: Callable[..., Api], clock: VirtualClock) -> Api:
    """A machine that somebody else has made a standby of another one."""
    behaviour = Behaviour(update_starts_stopped=request.param)
    made = connect(FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour))
    made.ensure(_server(standbys=["148e000000000000"]))
    clock.sleep(30.0)

    def forget(machine: MachineRecord) -> None:
        machine.config = {**machine.config, "metadata": {}}

    made.sim.edit_machine("web", "server", forget)
    made.sent.clear()
    return made


def _state(api: Api) -> str:
    found = api.read(_server())
    assert found is not None
    return str(found.state)


def test_a_standby_that_gets_services_is_said_to_serve_nothing(api: Api) -> None:
    noun = _server(**SERVICES)
    note = "stays a standby of 148e000000000000 and serves nothing; give 'standbys': [] to change that"
    assert note in api.plan(noun)[noun].notes
    assert api.ensure(noun)[noun].changed
    assert api.plan(noun)[noun].notes == (note,)
    assert note in str(api.ensure(noun))


def test_declared_standbys_are_not_remarked_on(api: Api) -> None:
    noun = _server(standbys=["148e000000000000"], **SERVICES)
    assert not any("standby" in note for note in api.plan(noun)[noun].notes)


def test_a_standby_without_services_is_as_it_should_be(api: Api) -> None:
    assert api.plan(_server("nginx:2"))[_server()].notes == ()


def test_a_standby_that_is_to_be_none_any_more_starts(api: Api) -> None:
    noun = _server(standbys=[], **SERVICES)
    assert api.ensure(noun)[noun].changed
    assert _state(api) == "started"
    assert not api.plan(noun).changed


def test_auto_destroy_that_somebody_else_has_set_is_said(api: Api) -> None:
    def vanish(machine: MachineRecord) -> None:
        machine.config = {**machine.config, "auto_destroy": True}

    api.sim.edit_machine("web", "server", vanish)
    noun = _server("nginx:2")
    assert any("keeps auto_destroy" in note for note in api.plan(noun)[noun].notes)
