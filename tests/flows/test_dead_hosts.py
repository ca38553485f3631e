"""A machine on a dead host goes by force alone, and until the host is back it holds its name and volume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, AsyncFly, Fly, Machine, Volume, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock
from tests.flows.conftest import Api, Stranger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Event

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
SERVER = Machine(APP, "server", CONFIG)
DATA = Volume(APP, "data")
DB = Machine(APP, "db", CONFIG, mounts={"/data": DATA})


def _lose(api: Api, name: str = "server", status: Any = "unreachable") -> None:  # noqa: ANN401  # a literal
    api.sim.set_host_status("web", name, status)
    api.sent.clear()


def _state(api: Api, name: str = "server") -> str:
    state: Any = api.sim.snapshot()["apps"]
    return next((str(each["state"]) for each in state["web"]["machines"] if each["name"] == name), "gone")


@pytest.fixture
def web(api: Api) -> Api:
    api.ensure(SERVER, DB)
    api.sent.clear()
    return api


@pytest.mark.parametrize("status", ["unreachable", "unknown"])
def test_without_force_the_way_out_is_named_at_once_and_nothing_is_written(web: Api, status: str) -> None:
    _lose(web, status=status)
    began = web.clock.now()
    with pytest.raises(errors.EnsureError, match=f"its host is {status}.*force=True"):
        web.destroy(SERVER)
    assert web.writes == []
    assert web.clock.now() < began + 2
    [step] = web.plan(SERVER, destroy=True)
    assert (step.action, "force=True" in str(step)) == ("blocked", True)
    [step] = web.plan(SERVER, destroy=True, force=True)
    assert (step.action, "gone only when its host is back" in str(step)) == ("destroy", True)


@pytest.mark.parametrize("status", ["unreachable", "unknown"])
def test_by_force_only_the_deletion_is_sent_and_the_machine_is_said_to_be_going(
    web: Api, status: str
) -> None:
    _lose(web, status=status)
    began = web.clock.now()
    outcome = web.destroy(SERVER, force=True)[SERVER]
    assert web.writes == ["Machines_delete"]
    assert web.clock.now() < began + 2
    assert (outcome.action, outcome.changed, outcome.model.state) == ("destroy", True, "destroying")
    for words in ("is being destroyed", f"its host is {status}", "goes when the host is back"):
        assert words in str(outcome)
    assert _state(web) == "destroying"


def test_the_others_go_on_when_one_cannot_be_destroyed(web: Api) -> None:
    _lose(web)
    with pytest.raises(errors.EnsureError) as caught:
        web.destroy(SERVER, DB)
    assert caught.value.report[DB].changed
    assert _state(web, "db") in {"gone", "destroyed"}
    assert _state(web) == "started"


def test_destroying_one_that_goes_already_says_so_and_is_success(web: Api) -> None:
    _lose(web)
    web.destroy(SERVER, force=True)
    web.sent.clear()
    for force in (False, True):
        outcome = web.destroy(SERVER, force=force)[SERVER]
        assert (outcome.action, outcome.changed) == ("none", False)
        assert "already: machine server" in str(outcome)
        assert "being destroyed" in str(outcome)
    assert web.writes == []


def test_once_its_host_is_back_it_is_gone(web: Api) -> None:
    _lose(web)
    web.destroy(SERVER, force=True)
    web.sim.set_host_status("web", "server", "ok")
    web.clock.sleep(10.0)
    assert _state(web) in {"gone", "destroyed"}
    assert web.ensure(SERVER)[SERVER].changed


def test_waiting_for_its_end_is_bounded(web: Api) -> None:
    _lose(web)
    web.destroy(SERVER, force=True)
    began = web.clock.now()
    with pytest.raises(errors.WaitTimeoutError, match="destroying"):
        web.wait(SERVER, state="destroyed", timeout_s=40.0)
    assert web.clock.now() < began + 60


def test_a_machine_that_changed_hands_meanwhile_is_not_deleted(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    def take_over(event: Event) -> None:
        if event.stage != "started":
            return
        [row] = stranger.list("/apps/web/machines")
        api.sim.set_host_status("web", "server", "ok")
        stranger.send("POST", f"/apps/web/machines/{row['id']}", {"config": {"image": "theirs"}})
        api.sim.set_host_status("web", "server", "unreachable")

    api = connect()
    api.ensure(SERVER)
    _lose(api)
    watching = connect(on_event=take_over)
    with pytest.raises(errors.EnsureError, match="something else has changed it"):
        watching.destroy(SERVER, force=True)
    assert "Machines_delete" not in watching.writes
    assert _state(api) != "destroying"


def test_a_deletion_whose_answer_is_lost_is_read_back(web: Api) -> None:
    _lose(web)
    web.sim.faults.add(Fault("reset_after", operation="Machines_delete", times=9))
    outcome = web.destroy(SERVER, force=True)[SERVER]
    assert "is being destroyed" in str(outcome)


def test_while_the_name_is_held_by_one_that_goes_the_error_says_which_and_what_to_do(web: Api) -> None:
    _lose(web)
    web.destroy(SERVER, force=True)
    began = web.clock.now()
    web.sent.clear()
    with pytest.raises(errors.EnsureError) as caught:
        web.ensure(SERVER)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.WaitTimeoutError)
    assert cause.last_state == "destroying"
    for words in (
        "machine server",
        "is being destroyed since",
        "its host is unreachable",
        "use another name",
    ):
        assert words in str(cause)
    assert web.clock.now() < began + 5
    assert web.writes.count("Machines_create") == 1
    [_, step] = web.plan(SERVER)
    assert (step.action, "once the name is free: machine server" in str(step)) == ("create", True)
    other = attrs.evolve(SERVER, name="server-2")
    assert web.ensure(other)[other].changed


def test_while_its_volume_is_held_by_one_that_goes_the_error_says_which_and_what_to_do(web: Api) -> None:
    _lose(web, "db")
    web.destroy(DB, force=True)
    [volume] = [each for each in _volumes(web) if each["name"] == "data"]
    web.sim.faults.add(
        Fault(
            "status", operation="Volumes_list", status=200, body=[{**volume, "host_status": "ok"}], times=99
        )
    )
    heir = attrs.evolve(DB, name="heir")
    with pytest.raises(errors.EnsureError) as caught:
        web.ensure(heir)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.WaitTimeoutError)
    for words in ("machine db", "is being destroyed", "holds the volume", "snapshot_id=", "allow_empty=True"):
        assert words in str(cause)


def test_a_volume_does_not_grow_under_a_machine_whose_host_is_lost(web: Api) -> None:
    [volume] = [each for each in _volumes(web) if each["name"] == "data"]
    _lose(web, "db")
    seen = [{**volume, "host_status": "ok"}]
    web.sim.faults.add(Fault("status", operation="Volumes_list", status=200, body=seen, times=99))
    grown = attrs.evolve(DATA, size_gb=9)
    step = web.plan(grown, attrs.evolve(DB, mounts={"/data": grown}))[grown]
    assert step.action == "blocked"
    assert step.notes[0].startswith(f"cannot grow: machine {volume['attached_machine_id']}, which mounts it")
    assert step.observed is not None
    assert step.observed.id == volume["id"]


def test_a_volume_whose_machine_goes_is_not_deleted_and_the_error_says_why(web: Api) -> None:
    _lose(web, "db")
    web.destroy(DB, force=True)
    web.clock.sleep(60.0)
    began = web.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        web.destroy(DATA)
    assert web.clock.now() < began + 15
    for words in ("volume web/data", "machine db", "is being destroyed", "holds the volume"):
        assert words in str(caught.value.__cause__)
    assert isinstance(caught.value.__cause__, errors.WaitTimeoutError)
    assert 5 < caught.value.__cause__.waited_s < 15


def _volumes(api: Api) -> list[dict[str, Any]]:
    return Stranger(api.sim).list("/apps/web/volumes")


# Where the state of the host is not shown, or the deletion is refused.


@pytest.fixture(params=[Fly, AsyncFly], ids=["blocking", "async"])
def hidden(request: pytest.FixtureRequest) -> Iterator[Callable[[Behaviour], Api]]:
    opened: list[Api] = []

    def make(behaviour: Behaviour) -> Api:
        clock = VirtualClock()
        sim = FlySimulator(clock=clock, latency=0.05, behaviour=behaviour)
        opened.append(Api(request.param(token="test", transport=sim.transport(), clock=clock), sim, clock))
        opened[-1].ensure(SERVER)
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_where_the_hosts_state_is_not_shown_force_deletes_without_a_lease(
    hidden: Callable[[Behaviour], Api],
) -> None:
    api = hidden(Behaviour(host_status_shown=False))
    _lose(api)
    outcome = api.destroy(SERVER, force=True)[SERVER]
    assert api.writes == ["Machines_delete"]
    assert "is being destroyed" in str(outcome)


def test_where_the_hosts_state_is_not_shown_the_failed_lease_names_force(
    hidden: Callable[[Behaviour], Api],
) -> None:
    api = hidden(Behaviour(host_status_shown=False))
    _lose(api)
    with pytest.raises(errors.EnsureError, match="force=True"):
        api.destroy(SERVER)
    assert "Machines_delete" not in api.writes


def test_a_deletion_that_the_dead_host_refuses_is_an_error_and_not_an_end(
    hidden: Callable[[Behaviour], Api],
) -> None:
    api = hidden(Behaviour(dead_host_delete="refused"))
    _lose(api)
    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(SERVER, force=True)
    assert isinstance(caught.value.__cause__, errors.RequestTimedOutError)
    assert _state(api) == "started"


def test_a_host_that_dies_between_the_look_and_the_lease_is_deleted_by_force(
    connect: Callable[..., Api],
) -> None:
    api = connect()
    api.ensure(SERVER)

    def lose(_: Event) -> None:
        api.sim.set_host_status("web", "server", "unreachable")

    watching = connect(on_event=lose)
    outcome = watching.destroy(SERVER, force=True)[SERVER]
    assert "is being destroyed" in str(outcome)


@pytest.mark.parametrize("status", [408, 412, 503])
def test_force_depends_on_no_lease_however_the_host_refuses_it(web: Api, status: int) -> None:
    refused: Any = {"error": "failed_precondition: host is unreachable"}
    fault = Fault("status", operation="Machines_create_lease", status=status, body=refused, times=99)
    web.sim.faults.add(fault)
    with pytest.raises(errors.EnsureError, match="force=True"):
        web.destroy(SERVER)
    assert "Machines_delete" not in web.writes
    assert web.destroy(SERVER, force=True)[SERVER].changed
    assert web.writes[-1] == "Machines_delete"


def test_force_respects_the_lease_of_another(web: Api, stranger: Stranger) -> None:
    [server] = [row for row in stranger.list("/apps/web/machines") if row["name"] == "server"]
    stranger.send("POST", f"/apps/web/machines/{server['id']}/lease", {"ttl": 3600})
    with pytest.raises(errors.EnsureError) as caught:
        web.destroy(SERVER, force=True, step_timeout_s=20.0)
    assert isinstance(caught.value.__cause__, errors.LeaseHeldError)
    assert "Machines_delete" not in web.writes
