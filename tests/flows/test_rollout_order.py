"""Which machines of an app go first when several may restart: those that are down already (rule 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs
import pytest

from fly_resources import App, FlySecret, Machine, Volume, errors
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
CHECKS = {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}}


def _worker(image: str = "nginx:alpine") -> Machine:
    return Machine(APP, "worker", cast("MachineConfigDict", {"image": image, "checks": CHECKS}))


def _database(size_gb: int = 3, image: str = "nginx:alpine") -> Machine:
    data = Volume(APP, "data", size_gb)
    return Machine(
        APP, "database", cast("MachineConfigDict", {"image": image, "checks": CHECKS}), mounts={"/data": data}
    )


def _fail_checks(machine: MachineRecord) -> None:
    machine.check_status = "critical"


def _pass_checks(machine: MachineRecord) -> None:
    machine.check_status = "passing"


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    """A worker, and a database with a disk, whose states take as long as they were seen to."""
    made = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    made.ensure(_worker(), _database())
    clock.sleep(60.0)
    made.sent.clear()
    return made


def _order(api: Api) -> list[str]:
    """Return what went through, in order: of machines their name, of volumes `volume`."""
    names = {machine.id: machine.name for noun in (_worker(), _database()) if (machine := api.read(noun))}
    done = [each for each in api.sent if each.operation in {"Volumes_extend", "Machines_update"}]
    return [names.get(each.path.rsplit("/", 1)[1], "volume") for each in done if each.status == 200]


def test_the_disk_of_a_machine_that_is_down_grows_first_and_what_is_healthy_waits_for_both(api: Api) -> None:
    api.sim.edit_machine("web", "database", _fail_checks)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_worker("nginx:1"), _database(10), step_timeout_s=20)
    assert isinstance(caught.value.report[_worker()].error, errors.DependencyError)
    assert _order(api) == ["volume"]
    api.sim.edit_machine("web", "database", _pass_checks)
    assert api.ensure(_worker("nginx:1"), _database(10))[_worker()].changed


def test_an_unhealthy_machine_is_updated_first_and_has_to_come_up_before_a_healthy_one(api: Api) -> None:
    api.sim.edit_machine("web", "database", _fail_checks)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_worker("nginx:1"), _database(image="nginx:1"), step_timeout_s=20)
    assert isinstance(caught.value.report[_worker()].error, errors.DependencyError)
    assert _order(api) == ["database"]


def test_a_new_secret_takes_no_healthy_machine_down_while_another_is_unhealthy(api: Api) -> None:
    api.ensure(_worker(), _database(), FlySecret(APP, "KEY", "old"))
    api.sim.edit_machine("web", "database", _fail_checks)
    api.sent.clear()
    with pytest.raises(errors.EnsureError):
        api.ensure(_worker(), _database(), FlySecret(APP, "KEY", "new"), step_timeout_s=20)
    assert _order(api) == ["database"]


def _aloof() -> Machine:
    """The database, as one that no secret restarts."""
    return attrs.evolve(_database(), follow_secrets=False)


def test_one_that_is_down_and_not_to_be_changed_holds_a_new_secret_back(api: Api) -> None:
    api.ensure(_worker(), _aloof(), FlySecret(APP, "KEY", "old"))
    api.sim.edit_machine("web", "database", _fail_checks)
    api.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_worker(), _aloof(), FlySecret(APP, "KEY", "new"), step_timeout_s=20)
    assert isinstance(caught.value.report[_worker()].error, errors.DependencyError)
    assert _order(api) == []
    api.sim.edit_machine("web", "database", _pass_checks)
    assert api.ensure(_worker(), _aloof(), FlySecret(APP, "KEY", "new"))[_worker()].changed


def test_one_that_is_down_fails_the_run_also_where_nothing_restarts(api: Api) -> None:
    stack = (_worker(), _aloof(), FlySecret(APP, "KEY", "old"))
    api.ensure(*stack)
    api.sim.edit_machine("web", "database", _fail_checks)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*stack, step_timeout_s=20)
    report = caught.value.report
    assert isinstance(report[_worker()].error, errors.DependencyError)
    assert isinstance(report[_aloof()].error, errors.WaitTimeoutError)
    assert not report.changed
    api.sim.edit_machine("web", "database", _pass_checks)
    assert not api.ensure(*stack).changed


def test_a_disk_does_not_grow_under_a_healthy_machine_while_another_is_unhealthy(api: Api) -> None:
    api.sim.edit_machine("web", "worker", _fail_checks)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_worker(), _database(10), step_timeout_s=20)
    assert isinstance(caught.value.report[_database()].error, errors.DependencyError)
    assert _order(api) == []


def test_a_disk_under_a_machine_that_sleeps_waits_for_nobody(api: Api) -> None:
    api.ensure(attrs.evolve(_database(), state="stopped"))
    api.sim.edit_machine("web", "worker", _fail_checks)
    api.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(_worker(), _database(10), step_timeout_s=20)
    assert caught.value.report[Volume(APP, "data", 10)].changed
    assert isinstance(caught.value.report[_worker()].error, errors.WaitTimeoutError)
    assert api.writes == ["Volumes_extend"]
