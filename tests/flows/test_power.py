"""`start`, `stop`, `restart` and `exec`: one machine, named in any way, and answers that are lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import attrs
import httpx
import pytest
from fly_machines import models

from fly_resources import App, Fly, Machine, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, Program, VirtualClock
from tests.sweep.troubles import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
SERVER = Machine(APP, "server", {"image": "nginx"})


@pytest.fixture
def ready(api: Api) -> Api:
    api.ensure(SERVER)
    api.clock.sleep(60.0)
    api.sim.requests.clear()
    return api


def _model(api: Api) -> models.Machine:
    model = api.read(SERVER)
    assert model is not None
    api.clock.sleep(30.0)
    api.sim.requests.clear()
    return model


def _operations(api: Api) -> list[str]:
    return [str(each.operation) for each in api.sent]


WAYS: dict[str, tuple[Callable[[models.Machine], object], list[str]]] = {
    "resource": (lambda model: SERVER, ["Machines_list"]),
    "model": (lambda model: model, ["CurrentToken_show", "Machines_org_list"]),
    "id": (lambda model: model.id, ["CurrentToken_show", "Machines_org_list"]),
    "app and id": (lambda model: ("web", model.id), []),
    "app and name": (lambda model: (APP, "server"), ["Machines_list"]),
    "app and model": (lambda model: (APP, model), []),
    "model of the organisation": (lambda model: models.OrgMachine(app_name="web", id=model.id), []),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_machine_is_named_in_any_way_at_its_own_price(ready: Api, way: str) -> None:
    name, reads = WAYS[way]
    model = _model(ready)
    ready.sim.on_exec = lambda command: (2, " ".join(command), "oh")
    result = ready.exec(name(model), "ls '/my data'")
    assert (result.exit_code, result.stdout, result.stderr, result.exit_signal) == (
        2,
        "ls /my data",
        "oh",
        None,
    )
    assert _operations(ready) == [*reads, "Machines_exec"]


@pytest.mark.parametrize(
    ("machine", "said"),
    [
        ("server", "say in which"),
        (3, "Expected a fly_resources.Machine"),
        (APP, "Expected a fly_resources.Machine"),
        (("web", "a/b"), "id or name"),
        (("We b", "server"), "name"),
        (("other", SERVER), "of app 'web', not of 'other'"),
    ],
)
@pytest.mark.parametrize("verb", ["start", "stop", "restart"])
def test_what_is_no_machine_is_refused_before_anything_is_sent(
    ready: Api, verb: str, machine: object, said: str
) -> None:
    with pytest.raises(errors.ConfigurationError, match=said):
        ready.power(verb, machine)
    assert ready.sent == []


@pytest.mark.parametrize("machine", [("web", "absent"), ("web", "0" * 14), "0" * 14])
def test_a_machine_that_is_not_there_is_told(ready: Api, machine: object) -> None:
    with pytest.raises((errors.ReconcileError, errors.NotFoundError)):
        ready.power("restart", machine)
    assert ready.writes == []


def test_stop_and_start_return_the_machine_as_it_is_then(ready: Api) -> None:
    model = _model(ready)
    assert str(ready.power("stop", (APP, model)).state) == "stopped"
    assert _operations(ready) == ["Machines_stop", "Machines_wait", "Machines_show"]
    ready.sim.requests.clear()
    assert str(ready.power("start", (APP, model)).state) == "started"
    assert _operations(ready) == ["Machines_start", "Machines_wait", "Machines_show"]


@pytest.mark.parametrize("start_of_started", [200, 412])
def test_what_is_so_already_is_fine(ready: Api, start_of_started: Literal[200, 412]) -> None:
    ready.sim.behaviour = Behaviour(start_of_started=start_of_started)
    assert str(ready.power("start", SERVER).state) == "started"
    ready.power("stop", SERVER)
    assert str(ready.power("stop", SERVER).state) == "stopped"


def test_a_restart_is_seen_in_the_events(ready: Api) -> None:
    ready.sim.behaviour = Behaviour(stale_reads={"Machines_show": 3.0})
    before = len(ready.power("start", SERVER).events or ())
    machine = ready.power("restart", SERVER)
    assert str(machine.state) == "started"
    assert len(machine.events or ()) > before


def test_the_model_that_is_returned_is_not_older_than_what_was_done(ready: Api) -> None:
    ready.sim.behaviour = Behaviour(stale_reads={"Machines_show": 4.0})
    assert str(ready.power("stop", SERVER).state) == "stopped"
    ready.clock.sleep(10.0)
    assert str(ready.power("start", SERVER).state) == "started"


def test_a_state_that_never_shows_is_not_waited_for_forever(ready: Api) -> None:
    ready.sim.behaviour = Behaviour(stale_reads={"Machines_show": 600.0})
    began = ready.clock.now()
    assert str(ready.power("stop", SERVER).state) == "started"
    assert 5.0 < ready.clock.now() - began < 10.0


def test_a_restart_starts_what_is_stopped(ready: Api) -> None:
    ready.power("stop", SERVER)
    assert str(ready.power("restart", SERVER).state) == "started"


def test_without_wait_the_acceptance_is_enough(ready: Api) -> None:
    model = _model(ready)
    ready.power("stop", (APP, model), wait=False)
    assert _operations(ready) == ["Machines_stop", "Machines_show"]


def test_a_job_that_has_run_and_ended_well_was_started(ready: Api, stranger: Stranger) -> None:
    ready.sim.images["job"] = Program(exit_code=0)
    ready.sim.images["bad"] = Program(exit_code=1)
    stranger.create_machine("web", "job", {"image": "job"}, skip_launch=True)
    assert str(ready.power("start", (APP, "job")).state) == "stopped"
    stranger.create_machine("web", "bad", {"image": "bad"}, skip_launch=True)
    with pytest.raises(errors.MachineNotRunningError):
        ready.power("restart", (APP, "bad"))


def test_a_machine_that_destroys_itself_is_gone_when_it_is_stopped(ready: Api, stranger: Stranger) -> None:
    stranger.create_machine("web", "job", {"image": "nginx", "auto_destroy": True})
    assert str(ready.power("stop", (APP, "job")).state) == "destroyed"


def test_another_lease_is_waited_for(ready: Api, stranger: Stranger) -> None:
    model = _model(ready)
    stranger.send("POST", f"/apps/web/machines/{model.id}/lease", {"ttl": 20})
    began = ready.clock.now()
    ready.power("restart", (APP, model))
    assert 20 <= ready.clock.now() - began < 40


def test_a_lease_of_ours_is_given_by_its_nonce(ready: Api) -> None:
    model = _model(ready)
    with ready.lease(SERVER) as nonce:
        assert str(ready.power("stop", (APP, model), nonce=nonce).state) == "stopped"
        with pytest.raises(errors.LeaseHeldError):
            ready.power("start", (APP, model), timeout_s=3)


def test_a_machine_that_does_not_come_up_is_told(ready: Api) -> None:
    ready.power("stop", SERVER)
    ready.sim.images["nginx"] = Program(exit_code=1)
    with pytest.raises(errors.MachineNotRunningError, match="exit code 1"):
        ready.power("start", SERVER)


@pytest.mark.parametrize("verb", ["start", "stop", "restart"])
@pytest.mark.parametrize("nth", range(1, 5))
@pytest.mark.parametrize("kind", FAULTS)
def test_whatever_fails_the_machine_is_as_wanted_or_an_error_says_so(
    kind: str, nth: int, verb: str, clock: VirtualClock
) -> None:
    sim = FlySimulator(clock=clock, latency=0.05, timings="typical")
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(SERVER)
        if verb == "start":
            fly.stop(SERVER)
        clock.sleep(30.0)
        sim.faults.add(attrs.evolve(FAULTS[kind], nth=nth))
        failed = False
        try:
            fly.start(SERVER) if verb == "start" else getattr(fly, verb)(SERVER)
        except errors.FlyError:
            failed = True
        sim.faults.clear()
        [machine] = fly.api.machines.list("web")
        assert failed or machine.state == ("stopped" if verb == "stop" else "started")
        clock.sleep(200.0)
        assert [each.name for each in fly.api.machines.list("web")] == ["server"]


# exec


def _noting_commands(sim: FlySimulator) -> list[list[str]]:
    ran: list[list[str]] = []

    def answer(command: list[str]) -> tuple[int, str, str]:
        ran.append(command)
        return 0, "", ""

    sim.on_exec = answer
    return ran


def test_a_command_on_a_stopped_machine_is_refused_with_what_to_do(ready: Api) -> None:
    ready.power("stop", SERVER)
    with pytest.raises(errors.PreconditionFailedError, match=r"fly\.start\(\.\.\.\) first"):
        ready.exec(SERVER, "ls")


@pytest.mark.parametrize("fault", [Fault("reset_after"), Fault("reset_before")], ids=["after", "before"])
def test_a_lost_answer_to_a_command_is_never_sent_again(ready: Api, fault: Fault) -> None:
    ran = _noting_commands(ready.sim)
    ready.sim.faults.add(attrs.evolve(fault, operation="Machines_exec"))
    with pytest.raises(errors.OutcomeUnknownError):
        ready.exec(SERVER, ["rm", "-r", "/x"])
    assert _operations(ready).count("Machines_exec") == 1
    assert len(ran) <= 1


@pytest.mark.parametrize("kind", FAULTS)
def test_whatever_fails_a_command_runs_once_at_most(kind: str, clock: VirtualClock) -> None:
    sim = FlySimulator(clock=clock, latency=0.05)
    ran = _noting_commands(sim)
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(SERVER)
        sim.faults.add(attrs.evolve(FAULTS[kind], operation="Machines_exec"))
        try:
            fly.exec(SERVER, "ls")
        except errors.FlyError:
            pass
        else:
            assert ran
    clock.sleep(200.0)
    # A refusal by the rate limit says that nothing was done (RL-2): it is taken at its word.
    assert len(ran) <= (2 if kind == "429 applied" else 1)


def test_a_long_command_is_waited_for(ready: Api) -> None:
    ready.sim.faults.add(Fault("slow", operation="Machines_exec", seconds=290.0))
    assert ready.exec(SERVER, "sleep 290", timeout_s=300).exit_code == 0


class _Noting(httpx.BaseTransport):
    """Notes the bodies of commands, and how long their answers are waited for."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.bodies: list[object] = []
        self.read_s: list[float] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/exec"):
            self.bodies.append(json.loads(request.content))
            self.read_s.append(request.extensions["timeout"]["read"])
        return self._inner.handle_request(request)


def test_input_and_time_are_sent_and_the_answer_is_waited_for_longer(
    sim: FlySimulator, clock: VirtualClock
) -> None:
    noting = _Noting(sim.transport())
    with Fly("test", transport=noting, clock=clock) as fly:
        fly.ensure(SERVER)
        fly.exec(SERVER, "cat", stdin="text", timeout_s=5)
    assert noting.bodies == [{"command": ["cat"], "stdin": "text", "timeout": 5}]
    assert noting.read_s == [20]


@pytest.mark.parametrize("timeout_s", [0, -1, 1.5, "5", True, 100_000])
def test_a_time_that_cannot_be_is_refused(ready: Api, timeout_s: object) -> None:
    with pytest.raises(errors.ConfigurationError, match="timeout_s must be a whole number"):
        ready.exec(SERVER, "ls", timeout_s=timeout_s)
    assert ready.sent == []


# wait and lease name a machine in the same ways


@pytest.mark.parametrize("way", WAYS)
def test_wait_and_lease_take_a_machine_named_in_any_way(ready: Api, way: str) -> None:
    named = WAYS[way][0](_model(ready))
    assert ready.wait(named, timeout_s=30).name == "server"
    with ready.lease(named, ttl_s=5) as nonce:
        assert nonce


@pytest.mark.parametrize("machine", [3, None, APP, "server"])
def test_wait_refuses_what_is_no_machine(ready: Api, machine: object) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"Expected a fly_resources\.Machine|say in which"):
        ready.wait(machine)
    assert ready.sent == []
