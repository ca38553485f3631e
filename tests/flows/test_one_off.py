"""`run`: one machine for one piece of work, made once, and gone in the end."""

from __future__ import annotations

import asyncio
import copy
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest
from fly_machines import models

from fly_resources import App, AsyncFly, Fly, Machine, RunResult, Secret, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, Program, VirtualClock
from tests.sweep.troubles import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
JOB = Program(prints=("one", "two"), every_s=1, exit_code=3, after_s=2)
ENDLESS = Program(prints="up")


@pytest.fixture(autouse=True)
def images(sim: FlySimulator) -> None:
    sim.images.update({"job": JOB, "endless": ENDLESS, "oom": Program(oom_killed=True, after_s=100)})


@pytest.fixture
def ready(api: Api) -> Api:
    api.ensure(APP)
    api.clock.sleep(30.0)
    api.sim.requests.clear()
    return api


def _ever(sim: FlySimulator, clock: VirtualClock, state: str = "") -> list[dict[str, Any]]:
    """Return every machine that there was, or those that are left."""
    clock.sleep(5.0)
    with httpx.Client(transport=sim.transport(), base_url="https://api.machines.dev/v1") as http:
        path = "/apps/web/machines" + ("" if state else "?include_deleted=true")
        rows: list[dict[str, Any]] = http.get(path, headers={"Authorization": "Bearer x"}).json()
    return rows


def _left(sim: FlySimulator, clock: VirtualClock) -> list[dict[str, Any]]:
    return _ever(sim, clock, "left")


def test_a_run_says_how_it_ended_and_leaves_nothing(ready: Api) -> None:
    result = ready.run(APP, {"image": "job"})
    assert (result.exit_code, result.oom_killed, result.requested_stop, result.ok) == (3, False, False, False)
    assert [line.message for line in result.log] == ["one", "two"]
    assert {line.machine for line in result.log} == {result.machine.id}
    assert _left(ready.sim, ready.clock) == []


def test_a_run_costs_five_requests_if_it_ends_within_one_wait(ready: Api) -> None:
    ready.run("web", "job")
    assert sorted(str(each.operation) for each in ready.sent) == [
        "Machines_create",
        "Machines_list",
        "Machines_list_logs",
        "Machines_show",
        "Machines_wait",
    ]


def test_the_machine_runs_once_and_destroys_itself_whoever_is_there(ready: Api, stranger: Stranger) -> None:
    name = ready.run(APP, {"image": "job", "env": {"A": "b"}, "metadata": {"team": "x"}}).machine.name
    [machine] = [each for each in _ever(ready.sim, ready.clock) if each["name"] == name]
    config = machine["config"]
    assert (config["auto_destroy"], config["restart"]) == (True, {"policy": "no"})
    assert config["metadata"] == {
        "team": "x",
        "fly_resources.run": name,
        "fly_resources.run_limit_s": "600",
    }
    assert config["env"] == {"A": "b"}


@pytest.mark.parametrize("command", ["migrate --to 'a b'", ["migrate", "--to", "a b"]])
def test_the_command_replaces_that_of_the_image(ready: Api, command: str | list[str]) -> None:
    ready.run(APP, models.MachineConfig(image="job"), command)
    [machine] = _ever(ready.sim, ready.clock)
    assert machine["config"]["init"] == {"cmd": ["migrate", "--to", "a b"]}


def test_secrets_in_the_config_are_sent_and_shown_nowhere(ready: Api) -> None:
    result = ready.run(APP, {"image": "job", "env": {"KEY": Secret("q7-xyzzy-91")}})
    [machine] = _ever(ready.sim, ready.clock)
    assert machine["config"]["env"] == {"KEY": "q7-xyzzy-91"}
    assert "q7-xyzzy-91" not in repr(result)


def test_out_of_memory_is_told(ready: Api) -> None:
    result = ready.run(APP, "oom")
    assert (result.exit_code, result.oom_killed, result.ok) == (137, True, False)


def test_a_crash_by_a_signal_has_the_shells_exit_code(ready: Api) -> None:
    ready.sim.images["segv"] = Program(signal=11)
    assert ready.run(APP, "segv").exit_code == 139


def test_success_is_an_exit_by_itself_with_code_0(ready: Api) -> None:
    ready.sim.images["fine"] = Program(exit_code=0, after_s=1)
    assert ready.run(APP, "fine").ok


def test_a_run_that_somebody_stops_is_no_success(sim: FlySimulator, ready: Api, clock: VirtualClock) -> None:
    def stop(event: Any) -> None:  # noqa: ANN401  # an Event
        if event.detail == "started":
            [machine] = [each for each in _left(sim, clock) if each["config"]["image"] == "endless"]
            with httpx.Client(transport=sim.transport(), base_url="https://api.machines.dev/v1") as http:
                path = f"/apps/web/machines/{machine['id']}/stop"
                http.post(path, headers={"Authorization": "Bearer x"}).raise_for_status()

    with Fly("test", transport=sim.transport(), clock=clock, on_event=stop) as fly:
        result = fly.run(APP, "endless")
    assert (result.exit_code, result.requested_stop, result.ok) == (0, True, False)


def test_what_takes_too_long_is_destroyed_and_its_log_is_on_the_error(ready: Api) -> None:
    with pytest.raises(
        errors.WaitTimeoutError, match=r"had not ended within 30 s \(it was started\)"
    ) as late:
        ready.run(APP, "endless", timeout_s=30)
    assert [line.message for line in late.value.log] == ["up"]
    assert late.value.last_state == "started"
    assert [line.message for line in pickle.loads(pickle.dumps(late.value)).log] == ["up"]  # noqa: S301
    assert _left(ready.sim, ready.clock) == []


def test_a_machine_that_never_starts_is_destroyed_and_told(ready: Api) -> None:
    ready.sim.images["broken"] = "launch_fails"
    with pytest.raises(errors.MachineNotRunningError, match="never ran: it is launch_failed"):
        ready.run(APP, "broken")
    assert _left(ready.sim, ready.clock) == []


def test_a_refused_creation_is_told_as_it_is(ready: Api) -> None:
    ready.sim.images["absent"] = "missing"
    with pytest.raises(errors.UnprocessableError):
        ready.run(APP, "absent")
    assert ready.writes == ["Machines_create"]


def test_a_machine_may_stay_in_created_for_long(ready: Api) -> None:
    ready.sim.behaviour = Behaviour(created_s=1200.0)  # longer than any time limit of a request or a retry
    assert ready.run(APP, "job", timeout_s=None).exit_code == 3


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(destroyed_visible_s=0.0),
        Behaviour(destroyed_visible_s=0.0, machine_unseen_s=3.0),
        Behaviour(machine_unseen_s=3.0, unreachable_wait_status=409),
        Behaviour(stale_reads={"Machines_show": 8.0}),
        Behaviour(stale_reads={"Machines_list": 3.0}),
        Behaviour(wait_for_stopped_needs_version=True),
        Behaviour(version_fields="version"),
        Behaviour(version_fields="instance_id"),
        Behaviour(missing_configs="everywhere"),
        Behaviour(early_destroyed=True),
        Behaviour(empty_lists=frozenset({"Machines_list"})),
        Behaviour(code_in_messages=False),
    ],
    ids=str,
)
def test_the_exit_code_is_known_whatever_the_service_does(ready: Api, behaviour: Behaviour) -> None:
    ready.sim.behaviour = behaviour
    assert ready.run(APP, "job").exit_code == 3
    ready.sim.behaviour = Behaviour()
    assert _left(ready.sim, ready.clock) == []


def test_what_no_read_and_no_list_shows_any_more_has_ended_with_an_unknown_code(
    ready: Api,
) -> None:
    ready.sim.behaviour = Behaviour(destroyed_visible_s=0.0, empty_lists=frozenset({"Machines_list"}))
    result = ready.run(APP, "job")
    assert (result.exit_code, result.ok, str(result.machine.state)) == (None, False, "destroyed")


@pytest.mark.parametrize(
    ("config", "command", "said"),
    [
        ({"image": "job", "restart": {"policy": "always"}}, None, "leave restart out"),
        ({"image": "job", "restart": "no"}, None, "leave restart out"),
        ({"image": "job", "auto_destroy": "false"}, None, "leave auto_destroy out"),
        ({"image": "job", "init": ["cmd"]}, "ls", "'init' takes a mapping"),
        ({"image": "job", "auto_destroy": False}, None, "leave auto_destroy out"),
        ({"image": "job", "schedule": "hourly"}, None, "leave schedule out"),
        ({"image": "job", "standbys": ["x"]}, None, "leave standbys out"),
        ({"image": "job", "init": {"cmd": ["a"]}}, "b", "not both"),
        ({"image": "job", "init": {"exec": ["a"]}}, "b", "not both"),
        ({"image": "job", "guestt": {}}, None, "guest"),
        ({"image": "job", "env": {"A": 1}}, None, "env"),
        ({}, None, "names no image"),
        (["job"], None, "config"),
        ("job", "", "command"),
        ("job", [], "command"),
        ("job", ["a", 1], "command"),
        ("job", "a 'b", "quotation"),
        ("job", b"ls", "command"),
    ],
)
def test_what_cannot_run_once_is_refused_before_anything_is_sent(
    ready: Api, config: object, command: object, said: str
) -> None:
    with pytest.raises(errors.ConfigurationError, match=said):
        ready.run(APP, config, command)
    assert ready.sent == []


@pytest.mark.parametrize("app", ["Shop!", 3, None, Machine("web", "m", {"image": "x"})])
def test_what_is_no_app_is_refused(ready: Api, app: object) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"App|app"):
        ready.run(app, "job")
    assert ready.sent == []


@pytest.mark.parametrize("seconds", [0, 0.0, -1, True, "60", float("nan")])
def test_no_time_at_all_is_refused_before_anything_is_sent(ready: Api, seconds: object) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"timeout_s is 0|time limit"):
        ready.run(APP, "job", timeout_s=seconds)
    assert ready.sent == []


def test_unknown_arguments_are_answered_with_the_one_that_is_meant(ready: Api) -> None:
    with pytest.raises(errors.ConfigurationError, match="use timeout_s"):
        ready.run(APP, "job", timeout=3)
    with pytest.raises(errors.ConfigurationError, match="use command"):
        ready.run(APP, "job", cmd="ls")


def test_a_volume_may_be_mounted_by_its_id(ready: Api, stranger: Stranger) -> None:
    volume = stranger.create_volume("web", "data")
    ready.run(APP, {"image": "job", "mounts": [{"path": "/data", "volume": volume}]})
    [machine] = _ever(ready.sim, ready.clock)
    assert machine["config"]["mounts"][0]["volume"] == volume


# What others make of such machines.


def test_destroying_the_app_needs_nobody_to_name_a_run(ready: Api, stranger: Stranger) -> None:
    _leave(stranger, "run-1")
    ready.destroy(APP)
    assert ready.sim.snapshot() == {"apps": {}}


def test_a_clone_of_such_a_machine_counts_as_anybodys(ready: Api, stranger: Stranger) -> None:
    _leave(stranger, "run-1", mark="run-2")
    with pytest.raises(errors.NotOwnedError):
        ready.destroy(APP)


def test_prune_leaves_a_run_alone(ready: Api, stranger: Stranger) -> None:
    _leave(stranger, "run-1")
    ready.ensure(APP, prune=True)
    assert [each["name"] for each in _left(ready.sim, ready.clock)] == ["run-1"]
    assert ready.plan(APP).unmanaged == ()


def test_what_a_caller_left_that_died_is_destroyed_by_the_next_run_once_it_is_overdue(
    ready: Api, stranger: Stranger, clock: VirtualClock
) -> None:
    for name, limit in (("run-1", "60"), ("run-2", "4000"), ("run-3", None)):
        _leave(stranger, name, limit=limit)
        clock.sleep(2.0)
    stranger.create_machine("web", "server", {"image": "endless"})
    ready.run(APP, "job")
    assert len(_left(ready.sim, clock)) == 4
    clock.sleep(400.0)
    ready.run(APP, "job")
    assert [each["name"] for each in _left(ready.sim, clock)] == ["run-2", "run-3", "server"]


def _leave(stranger: Stranger, name: str, *, mark: str | None = None, limit: str | None = None) -> None:
    metadata = {"fly_resources.run": mark or name}
    if limit is not None:
        metadata["fly_resources.run_limit_s"] = limit
    stranger.create_machine("web", name, {"image": "endless", "auto_destroy": True, "metadata": metadata})


# Never two, gone in the end.


@pytest.mark.parametrize("image", ["job", "endless"])
@pytest.mark.parametrize("nth", range(1, 8))
@pytest.mark.parametrize("kind", FAULTS)
def test_whatever_fails_there_is_one_machine_at_most_and_none_in_the_end(
    kind: str, nth: int, image: str, clock: VirtualClock
) -> None:
    sim = FlySimulator(clock=clock, latency=0.05, timings="typical")
    sim.images.update({"job": JOB, "endless": ENDLESS})
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(APP)
        clock.sleep(30.0)
        sim.faults.add(attrs.evolve(FAULTS[kind], nth=nth))
        try:
            result = fly.run(APP, image, timeout_s=40)
        except errors.FlyError as failed:
            appeared = isinstance(failed, errors.OutcomeUnknownError)
        else:
            appeared = False
            assert result.exit_code == 3
    sim.faults.clear()
    clock.sleep(200.0)
    assert len(_ever(sim, clock)) <= 1
    # What landed after everybody had given up ends by itself, if it ends at all.
    if not (appeared and image == "endless"):
        assert _left(sim, clock) == []


def test_a_lost_answer_is_never_sent_again(sim: FlySimulator, ready: Api) -> None:
    sim.faults.add(Fault("reset_after", operation="Machines_create"))
    assert ready.run(APP, "job").exit_code == 3
    assert ready.writes.count("Machines_create") == 1


@pytest.mark.parametrize("status", [401, 404])
def test_a_new_app_that_denies_what_it_runs_runs_it_once(
    sim: FlySimulator, connect: Callable[..., Api], status: int
) -> None:
    new = connect()
    new.ensure(APP)
    fault = Fault(
        "status", operation="Machines_create", status=status, applied=True, body={"error": "app not found"}
    )
    sim.faults.add(fault)
    assert new.run(APP, "job").exit_code == 3
    assert new.writes.count("Machines_create") == 1


def test_one_that_never_appeared_is_an_unknown_outcome(sim: FlySimulator, ready: Api) -> None:
    sim.faults.add(Fault("reset_before", operation="Machines_create"))
    with pytest.raises(errors.OutcomeUnknownError, match="may have been created: the response was lost"):
        ready.run(APP, "job")
    assert ready.writes == ["Machines_create"]


class _Interrupting(httpx.BaseTransport):
    """Raises KeyboardInterrupt instead of sending the nth request, or after its answer came."""

    def __init__(self, inner: httpx.BaseTransport, nth: int, *, after: bool) -> None:
        self._inner, self._left, self._after = inner, nth, after

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left:
            return self._inner.handle_request(request)
        if self._after:
            self._inner.handle_request(request)
        raise KeyboardInterrupt


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(1, 6))
def test_an_interrupt_at_any_request_leaves_no_machine(nth: int, after: bool, clock: VirtualClock) -> None:  # noqa: FBT001  # a parameter
    sim = FlySimulator(clock=clock, latency=0.05, timings="typical")
    sim.images["endless"] = ENDLESS
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(APP)
    clock.sleep(30.0)
    transport = _Interrupting(sim.transport(), nth, after=after)
    with Fly("test", transport=transport, clock=clock) as fly, pytest.raises(KeyboardInterrupt):
        fly.run(APP, "endless", timeout_s=60)
    assert _left(sim, clock) == []
    assert len(_ever(sim, clock)) <= 1


@pytest.mark.parametrize("cancel_at", [0.0, 0.03, 0.07, 0.12, 1.0, 5.0, 30.0])
def test_a_cancellation_at_any_time_leaves_no_machine(cancel_at: float, clock: VirtualClock) -> None:
    sim = FlySimulator(clock=clock, latency=0.05, timings="typical")
    sim.images["endless"] = ENDLESS

    async def main() -> None:
        async with AsyncFly("test", transport=sim.transport(), clock=clock) as fly:
            await fly.ensure(APP)
            task = asyncio.ensure_future(fly.run(APP, "endless", timeout_s=60))
            ticket = clock.announce()
            await clock.start_async(ticket)
            await clock.sleep_async(cancel_at)
            task.cancel()
            clock.finish()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(main())
    assert _left(sim, clock) == []
    assert len(_ever(sim, clock)) <= 1


def test_what_cannot_be_destroyed_is_noted_on_the_error(ready: Api) -> None:
    ready.sim.faults.add(Fault("status", operation="Machines_delete", times=50))
    with pytest.raises(errors.WaitTimeoutError) as late:
        ready.run(APP, "endless", timeout_s=30)
    [note] = late.value.__notes__
    assert "was not destroyed, so it may still run" in note


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])  # noqa: S301
def test_results_survive_copies(ready: Api, twin: Callable[[RunResult], RunResult]) -> None:
    result = ready.run(APP, "job")
    again = twin(result)
    assert again == result
    assert [str(line) for line in again.log] == [str(line) for line in result.log]
