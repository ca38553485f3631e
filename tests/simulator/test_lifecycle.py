"""What machines do and how one waits for it (LC, WA)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fly_resources.testing import FlySimulator, Program
from fly_resources.testing._wire import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fly_resources.testing import VirtualClock

    Make = Callable[..., dict[str, Any]]

_MACHINES = "/apps/web/machines"


def _state(client: httpx.Client, url: str) -> str:
    state: str = client.get(url).json()["state"]
    return state


def test_stop_and_start_add_four_events(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.post(f"{url}/stop", json={"signal": "SIGTERM", "timeout": "10s"}).json() == {"ok": True}
    assert _state(api, url) == "stopped"
    started = api.post(f"{url}/start")
    assert started.json() == {"previous_state": "stopped", "migrated": False, "new_host": ""}
    assert _state(api, url) == "started"
    events = api.get(f"{url}/events", params={"limit": 4}).json()
    assert [(e["type"], e["status"], e["source"]) for e in events] == [
        ("start", "started", "flyd"),
        ("start", "starting", "user"),
        ("exit", "stopped", "flyd"),
        ("stop", "stopping", "user"),
    ]
    report = events[2]["request"]["exit_event"]
    assert (report["exit_code"], report["requested_stop"], report["guest_signal"]) == (143, True, -1)
    embedded = api.get(url).json()["events"][2]["request"]["exit_event"]
    assert "oom_killed" not in embedded
    assert embedded["exit_code"] == 143


def test_events_are_20_by_default_and_50_at_most(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    for _ in range(15):
        api.post(f"{url}/stop")
        api.post(f"{url}/start")
    assert len(api.get(f"{url}/events").json()) == 20
    assert len(api.get(f"{url}/events", params={"limit": 1000}).json()) == 50
    assert api.get(f"{url}/events", params={"limit": "many"}).status_code == 400


def test_typical_timings_go_through_the_states(
    slow_api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    url = f"{_MACHINES}/{make(slow_api)['id']}"
    seen = [_state(slow_api, url)]
    for call in ("", "stop", "start", "suspend", "start", "restart"):
        if call:
            assert slow_api.post(f"{url}/{call}").status_code == 200
        for _ in range(40):
            clock.sleep(0.1)
            state = _state(slow_api, url)
            if state != seen[-1]:
                seen.append(state)
    assert seen == [
        *("created", "starting", "started"),
        *("stopping", "stopped", "starting", "started"),
        *("suspending", "suspended", "starting", "started"),
        *("restarting", "starting", "started"),
    ]


@pytest.mark.parametrize(
    ("before", "error"),
    [
        ("", "unable to start machine from current state: 'created'"),
        ("stop", "machine still active, refusing to start"),
        ("suspend", "machine still active, refusing to start"),
        ("update", "machine getting replaced, refusing to start"),
        ("restart", "unable to start machine from current state: 'restarting'"),
    ],
)
def test_start_is_refused_in_between(
    slow_api: httpx.Client, make: Make, clock: VirtualClock, before: str, error: str
) -> None:
    url = f"{_MACHINES}/{make(slow_api)['id']}"
    if before:
        clock.sleep(5)
        if before == "update":
            slow_api.post(url, json={"config": {"image": "x"}})
        else:
            slow_api.post(f"{url}/{before}")
    answer = slow_api.post(f"{url}/start")
    assert (answer.status_code, answer.json()) == (412, {"error": f"failed_precondition: {error}"})


def test_start_of_a_started_machine_is_fine_but_for_strict_servers(
    sim: FlySimulator, api: httpx.Client, make: Make, connected: Callable[..., httpx.Client]
) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.post(f"{url}/start").json()["previous_state"] == "started"
    strict = FlySimulator(clock=sim.clock, strict=True)
    with connected(strict) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        url = f"{_MACHINES}/{make(client)['id']}"
        assert client.post(f"{url}/start").status_code == 412
        answer = client.get(f"{url}/wait", params={"state": "stopped"})
        assert answer.json() == {"error": "instance_id required when waiting for stopped machine"}


def test_stop_is_fine_in_any_settled_state(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    api.post(f"{url}/suspend")
    assert _state(api, url) == "suspended"
    assert api.post(f"{url}/suspend").json() == {"ok": True}
    for _ in range(2):
        assert api.post(f"{url}/stop").json() == {"ok": True}
        assert _state(api, url) == "stopped"
    assert api.post(f"{url}/suspend").status_code == 412


@pytest.mark.parametrize("timeout", ["10s", "10", 10])
def test_stop_takes_a_timeout_in_every_spelling(api: httpx.Client, make: Make, timeout: object) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.post(f"{url}/stop", json={"timeout": timeout}).status_code == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], "json: cannot unmarshal array into Go value of type main.stopRequest"),
        ({"signal": "SIGNOPE"}, "invalid_argument: invalid signal 'SIGNOPE'"),
        ({"timeout": "soon"}, 'time: invalid duration "soon"'),
    ],
)
def test_stop_refuses_what_it_cannot_read(api: httpx.Client, make: Make, body: object, error: str) -> None:
    answer = api.post(f"{_MACHINES}/{make(api)['id']}/stop", json=body)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_stop_waits_for_a_replacement(slow_api: httpx.Client, make: Make, clock: VirtualClock) -> None:
    url = f"{_MACHINES}/{make(slow_api)['id']}"
    clock.sleep(5)
    slow_api.post(url, json={"config": {"image": "x"}})
    assert slow_api.post(f"{url}/stop").status_code == 412


@pytest.mark.parametrize(
    "config",
    [
        {"guest": {"cpu_kind": "performance", "cpus": 1, "memory_mb": 4096}},
        {"guest": {"cpu_kind": "performance", "cpus": 1, "memory_mb": 2048, "gpu_kind": "l40s"}},
        {"init": {"swap_size_mb": 512}},
        {"schedule": "hourly"},
    ],
)
def test_some_machines_cannot_be_suspended(
    slow_api: httpx.Client, make: Make, clock: VirtualClock, config: dict[str, object]
) -> None:
    machine = make(slow_api, config=config)["id"]
    clock.sleep(3)
    answer = slow_api.post(f"{_MACHINES}/{machine}/suspend")
    assert answer.status_code == 412
    assert "machine cannot be suspended" in answer.json()["error"]


def test_restart_takes_its_parameters_from_the_query(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    for timeout in ("5s", "5"):
        answer = api.post(f"{url}/restart", params={"timeout": timeout, "signal": "SIGTERM"})
        assert answer.json() == {"ok": True}
    assert api.post(f"{url}/restart", params={"timeout": "soon"}).status_code == 400
    api.post(f"{url}/stop")
    assert api.post(f"{url}/restart").status_code == 200
    assert _state(api, url) == "started"


def test_restart_is_refused_in_between(slow_api: httpx.Client, make: Make) -> None:
    assert slow_api.post(f"{_MACHINES}/{make(slow_api)['id']}/restart").status_code == 412


@pytest.mark.parametrize("signal", ["SIGHUP", "SIGUSR2", 9])
def test_signals_are_names_or_nine(api: httpx.Client, make: Make, signal: object) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.post(f"{url}/signal", json={"signal": signal}).json() == {"ok": True}
    assert api.post(f"{url}/signal", json={"signal": "SIGNOPE"}).status_code == 400
    api.post(f"{url}/stop")
    assert api.post(f"{url}/signal", json={"signal": signal}).status_code == 412


def test_cordon_and_uncordon(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.post(f"{url}/cordon").json() == {"ok": True}
    assert api.get(url).json()["cordoned"] is True
    assert api.post(f"{url}/uncordon").json() == {"ok": True}
    assert "cordoned" not in api.get(url).json()
    hidden = make(api, "hidden", skip_service_registration=True)
    assert hidden["cordoned"] is True


def test_exec_answers_what_the_test_says(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}/exec"
    assert api.post(url, json={"command": ["true"]}).json() == {
        "exit_code": 0,
        "exit_signal": 0,
        "stdout": "",
        "stderr": "",
    }
    sim.on_exec = lambda command: (7, " ".join(command), "no")
    answer = api.post(url, json={"cmd": "ls '/a b'"})
    assert answer.status_code == 200
    assert (answer.json()["exit_code"], answer.json()["stdout"]) == (7, "ls /a b")
    assert sim.on_exec(["x"]) == (7, "x", "no")
    assert api.post(url, json={}).status_code == 400


def test_exec_and_processes_need_a_running_machine(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert [process["pid"] for process in api.get(f"{url}/ps").json()] == [1]
    api.post(f"{url}/stop")
    assert api.get(f"{url}/ps").json() == []
    assert api.post(f"{url}/exec", json={"command": ["true"]}).status_code == 412


@pytest.mark.parametrize(("autostop", "state"), [("stop", "stopped"), ("suspend", "suspended")])
def test_the_proxy_stops_and_wakes_idle_machines(
    sim: FlySimulator, api: httpx.Client, make: Make, autostop: str, state: str
) -> None:
    service = {"protocol": "tcp", "internal_port": 80, "autostop": autostop}
    url = f"{_MACHINES}/{make(api, config={'services': [service]})['id']}"
    sim.proxy_stop("web", "m")
    assert _state(api, url) == state
    sim.proxy_start("web", "m")
    assert _state(api, url) == "started"
    asked = [e for e in api.get(f"{url}/events").json() if e["source"] == "proxy"]
    assert [e["status"] for e in asked] == ["starting", "stopping" if autostop == "stop" else "suspending"]


def test_the_proxy_leaves_other_machines_alone(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    make(api)
    with pytest.raises(ValueError, match="no service of machine m has autostop"):
        sim.proxy_stop("web", "m")
    with pytest.raises(ValueError, match="machine m is started"):
        sim.proxy_start("web", "m")


def test_auto_destroy_ends_with_the_stop_and_frees_the_volume(api: httpx.Client, make: Make) -> None:
    volume = api.post("/apps/web/volumes", json={"name": "d", "region": "iad"}).json()["id"]
    config = {"auto_destroy": True, "mounts": [{"volume": volume, "path": "/d"}]}
    url = f"{_MACHINES}/{make(api, config=config)['id']}"
    assert _state(api, url) == "started"
    api.post(f"{url}/stop")
    assert _state(api, url) == "destroyed"
    assert api.get(f"/apps/web/volumes/{volume}").json()["attached_machine_id"] is None


def test_images_can_misbehave(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    sim.images.update({"f": "launch_fails", "c": "crashes"})
    failed = make(api, "failed", config={"image": "f"})["id"]
    crashed = make(api, "crashed", config={"image": "c"})["id"]
    assert _state(api, f"{_MACHINES}/{failed}") == "launch_failed"
    assert _state(api, f"{_MACHINES}/{crashed}") == "stopped"
    report = api.get(f"{_MACHINES}/{crashed}/events").json()[0]["request"]["exit_event"]
    assert (report["exit_code"], report["requested_stop"]) == (1, False)
    assert api.delete(f"{_MACHINES}/{failed}").status_code == 200


def test_an_image_does_something_else_with_a_command_of_its_own(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    sim.images["shop:1 bin/migrate --all"] = Program(exit_code=3)
    told = {"image": "shop:1", "init": {"cmd": ["bin/migrate", "--all"]}, "restart": {"policy": "no"}}
    ended = make(api, "told", config=told)["id"]
    runs = [
        make(api, "plain", config={"image": "shop:1"})["id"],
        make(api, "other", config={"image": "shop:1", "init": {"cmd": ["bin/web"]}})["id"],
    ]
    assert _state(api, f"{_MACHINES}/{ended}") == "stopped"
    assert [_state(api, f"{_MACHINES}/{each}") for each in runs] == ["started"] * 2


def test_a_crash_of_an_auto_destroy_machine_destroys_it(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    sim.images["c"] = "crashes"
    url = f"{_MACHINES}/{make(api, config={'image': 'c', 'auto_destroy': True})['id']}"
    assert _state(api, url) == "destroyed"


def test_checks_pass_after_a_while(
    slow_sim: FlySimulator, slow_api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    config = {
        "checks": {"up": {"type": "tcp", "port": 80}},
        "services": [{"internal_port": 8080, "protocol": "tcp", "checks": [{"type": "http"}]}],
    }
    machine = make(slow_api, config=config)
    assert [(c["name"], c["status"], c["output"]) for c in machine["checks"]] == [
        ("servicecheck-00-http-8080", "warning", "the machine is created"),
        ("up", "warning", "the machine is created"),
    ]
    url = f"{_MACHINES}/{machine['id']}"

    def statuses() -> set[str]:
        return {check["status"] for check in slow_api.get(url).json()["checks"]}

    clock.sleep(3)
    assert statuses() == {"warning"}
    clock.sleep(3)
    assert statuses() == {"passing"}
    slow_sim.images["nginx:alpine"] = "unhealthy"
    assert statuses() == {"critical"}
    slow_sim.edit_machine("web", "m", lambda record: setattr(record, "check_status", "passing"))
    assert statuses() == {"passing"}


def test_a_standby_stays_stopped(api: httpx.Client, make: Make) -> None:
    primary = make(api, "primary")["id"]
    standby = make(api, "standby", config={"standbys": [primary]})["id"]
    assert _state(api, f"{_MACHINES}/{standby}") == "stopped"


def test_wait_answers_at_once_when_the_state_is_reached(
    api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    machine = make(api)
    answer = api.get(f"{_MACHINES}/{machine['id']}/wait")
    body = answer.json()
    assert (body["ok"], body["state"], body["version"]) == (True, "started", machine["instance_id"])
    assert body["event_id"]
    assert clock.now() == 0


@pytest.mark.parametrize(
    "query", ["state=stopped&state=started", "state=stopped,started", "state=settled", ""]
)
def test_wait_blocks_until_one_of_the_states_is_reached(
    slow_api: httpx.Client, make: Make, clock: VirtualClock, query: str
) -> None:
    url = f"{_MACHINES}/{make(slow_api)['id']}"
    clock.sleep(1.9)  # created is over, and starting is no settled state
    assert slow_api.get(f"{url}/wait?{query}").json()["state"] == "started"
    assert clock.now() == pytest.approx(2.8)


def test_wait_sees_what_others_do_meanwhile(
    slow_sim: FlySimulator, clock: VirtualClock, make: Make, slow_api: httpx.Client
) -> None:
    machine = make(slow_api)
    url = f"{_MACHINES}/{machine['id']}"
    clock.sleep(5)

    waiting = _wait_steps(slow_sim, machine["id"], "stopped")
    clock.sleep(next(waiting))
    slow_api.post(f"{url}/stop")
    stopped_at = clock.now() + 1.5
    for seconds in waiting:
        clock.sleep(seconds)
    assert slow_sim.requests[-2].status == 200
    assert clock.now() == pytest.approx(stopped_at)


def _wait_steps(sim: FlySimulator, machine_id: str, state: str) -> Iterator[float]:
    target = f"/v1/apps/web/machines/{machine_id}/wait?state={state}"
    return sim._service.exchange(Request.parse("GET", target, "Bearer t", "", b""), None)  # noqa: SLF001 - the one test that goes below the doors


def test_wait_gives_up_at_its_timeout(api: httpx.Client, make: Make, clock: VirtualClock) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    answer = api.get(f"{url}/wait", params={"state": "stopped", "timeout": 7})
    assert (answer.status_code, answer.json()) == (
        408,
        {"error": "deadline_exceeded: machine failed to reach desired state, stopped, currently started"},
    )
    assert clock.now() == pytest.approx(7)


@pytest.mark.parametrize("timeout", ["0", "90", "61s"])
def test_wait_takes_1_to_60_seconds(api: httpx.Client, make: Make, timeout: str) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    answer = api.get(f"{url}/wait", params={"state": "started", "timeout": timeout})
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "invalid_argument: invalid WaitMachineRequest.Timeout: value must be inside range [1s, 1m0s]",
    )


def test_wait_refuses_unknown_states(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.get(f"{url}/wait", params={"state": "happy"}).status_code == 400


def test_wait_on_what_does_not_exist_is_not_found(api: httpx.Client, make: Make, clock: VirtualClock) -> None:
    unknown = api.get(f"{_MACHINES}/1857156b526dd8/wait")
    assert (unknown.status_code, unknown.json()) == (404, {"error": "not_found: machine not found"})
    url = f"{_MACHINES}/{make(api)['id']}"
    api.delete(url, params={"force": "true"})
    assert api.get(f"{url}/wait", params={"state": "stopped"}).status_code == 404
    assert api.get(f"{url}/wait", params={"state": "destroyed"}).json()["state"] == "destroyed"
    clock.sleep(61)
    assert api.get(f"{url}/wait", params={"state": "destroyed"}).status_code == 404


def test_wait_for_a_version_that_was_replaced_is_aborted(api: httpx.Client, make: Make) -> None:
    machine = make(api)
    url = f"{_MACHINES}/{machine['id']}"
    new = api.post(url, json={"config": {"image": "x"}}).json()["instance_id"]
    assert api.get(f"{url}/wait", params={"version": new}).json()["version"] == new
    old = api.get(f"{url}/wait", params={"instance_id": machine["instance_id"]})
    assert old.status_code == 409
    assert "currently replaced" in old.json()["error"]


def test_wait_longer_than_the_client_ends_in_its_timeout(
    sim: FlySimulator, api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    with pytest.raises(httpx.ReadTimeout):
        api.get(f"{url}/wait", params={"state": "stopped", "timeout": 60}, timeout=10)
    assert clock.now() == pytest.approx(10)
    assert sim.requests[-1].status is None
