"""Machines with a schedule: they run at their times, and `skip_launch` takes that away (LC-36, LC-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._cron import PERIODS_S

if TYPE_CHECKING:
    from pathlib import Path

_MACHINES = "/apps/web/machines"
_EPOCH = 1_767_225_600


def _job(api: httpx.Client, schedule: str = "hourly", **more: object) -> str:
    body = {"name": "job", "config": {"image": "x", "schedule": schedule}, **more}
    return f"{_MACHINES}/{api.post(_MACHINES, json=body).json()['id']}"


def _starts(api: httpx.Client, url: str) -> list[float]:
    """Return when the scheduler started it, in seconds of the clock, oldest first."""
    events = api.get(f"{url}/events", params={"limit": "50"}).json()
    found = [e for e in events if (e["type"], e["status"], e["source"]) == ("start", "starting", "flyd")]
    return [e["timestamp"] / 1000 - _EPOCH for e in reversed(found)]


def _state(api: httpx.Client, url: str) -> str:
    return str(api.get(url).json()["state"])


@pytest.mark.parametrize(("schedule", "period"), PERIODS_S.items())
def test_a_job_runs_at_its_times_from_creation_on(
    slow_api: httpx.Client, clock: VirtualClock, schedule: str, period: float
) -> None:
    clock.sleep(100)
    url = _job(slow_api, schedule)
    clock.sleep(period - 1)
    assert _starts(slow_api, url) == []
    clock.sleep(1.5)
    assert _state(slow_api, url) == "starting"
    clock.sleep(2 * period)
    assert _starts(slow_api, url) == pytest.approx([100 + n * period for n in (1, 2, 3)])


def test_a_job_runs_once_at_creation_and_then_rests(slow_api: httpx.Client, clock: VirtualClock) -> None:
    url = _job(slow_api)
    answer = slow_api.get(f"{url}/wait", params={"state": "started"})
    assert answer.status_code == 200
    clock.sleep(10)
    assert _state(slow_api, url) == "stopped"
    exit_event = slow_api.get(f"{url}/events").json()[0]["request"]["exit_event"]
    assert (exit_event["exit_code"], exit_event["requested_stop"]) == (0, False)


def test_an_update_without_skip_launch_leaves_a_resting_job_armed(
    slow_api: httpx.Client, clock: VirtualClock
) -> None:
    url = _job(slow_api)
    clock.sleep(60)
    slow_api.post(url, json={"config": {"image": "y", "schedule": "hourly"}})
    clock.sleep(60)
    assert _state(slow_api, url) == "stopped"
    clock.sleep(3600)
    assert _starts(slow_api, url) == [3600.0]


@pytest.mark.parametrize("at_creation", [True, False])
def test_skip_launch_disarms_until_a_start_by_hand(
    slow_api: httpx.Client, clock: VirtualClock, *, at_creation: bool
) -> None:
    url = _job(slow_api, skip_launch=at_creation)
    clock.sleep(60)
    if not at_creation:
        body = {"config": {"image": "y", "schedule": "hourly"}, "skip_launch": True}
        slow_api.post(url, json=body)
    clock.sleep(3 * 3600)
    assert _starts(slow_api, url) == []
    assert slow_api.get(url).json()["config"]["schedule"] == "hourly"
    slow_api.post(f"{url}/start").raise_for_status()
    clock.sleep(3600)
    assert len(_starts(slow_api, url)) == 1
    slow_api.post(url, json={"config": {"image": "y", "schedule": "hourly"}, "skip_launch": True})
    clock.sleep(3 * 3600)
    assert len(_starts(slow_api, url)) == 1


def test_an_update_without_skip_launch_does_not_arm_again(
    slow_api: httpx.Client, clock: VirtualClock
) -> None:
    url = _job(slow_api, skip_launch=True)
    clock.sleep(60)
    slow_api.post(url, json={"config": {"image": "y", "schedule": "hourly"}})
    clock.sleep(3 * 3600)
    assert _starts(slow_api, url) == []


def test_a_schedule_that_an_update_brings_does_not_run_for_the_past(
    slow_api: httpx.Client, clock: VirtualClock
) -> None:
    made = slow_api.post(_MACHINES, json={"config": {"image": "x"}}).json()["id"]
    url = f"{_MACHINES}/{made}"
    clock.sleep(5 * 3600 + 60)
    slow_api.post(f"{url}/stop")
    clock.sleep(60)
    slow_api.post(url, json={"config": {"image": "x", "schedule": "hourly"}})
    clock.sleep(3600)
    assert _starts(slow_api, url) == [6 * 3600.0]


def test_a_job_that_destroys_itself_runs_once_more(slow_api: httpx.Client, clock: VirtualClock) -> None:
    url = _job(slow_api, "weekly")
    clock.sleep(10)
    config = {"image": "x", "schedule": "weekly", "auto_destroy": True}
    slow_api.post(url, json={"config": config})
    clock.sleep(7 * 86_400 - 20)
    assert _state(slow_api, url) == "stopped"
    clock.sleep(86_400)
    assert slow_api.get(url).status_code == 404


def test_a_long_time_in_which_nobody_looked_costs_little(slow_api: httpx.Client, clock: VirtualClock) -> None:
    url = _job(slow_api)
    clock.sleep(10 * 365 * 86_400)
    assert len(slow_api.get(f"{url}/events", params={"limit": "50"}).json()) == 50
    assert _state(slow_api, url) in {"starting", "stopped"}


def test_a_job_on_a_lost_host_does_not_run(
    slow_sim: FlySimulator, slow_api: httpx.Client, clock: VirtualClock
) -> None:
    url = _job(slow_api)
    clock.sleep(60)
    slow_sim.set_host_status("web", "job", "unreachable")
    clock.sleep(3 * 3600)
    slow_sim.set_host_status("web", "job", "ok")
    assert _starts(slow_api, url) == []
    clock.sleep(3600)
    assert len(_starts(slow_api, url)) == 1


def test_a_run_brings_the_secrets_of_its_time(
    slow_sim: FlySimulator, slow_api: httpx.Client, clock: VirtualClock
) -> None:
    _job(slow_api)
    clock.sleep(60)
    slow_api.post("/apps/web/secrets/KEY", json={"value": "v"})
    assert _job_in(slow_sim.snapshot())["secrets_are_current"] is False
    clock.sleep(3600)
    assert _job_in(slow_sim.snapshot())["secrets_are_current"] is True


def test_a_schedule_that_is_edited_in_runs_from_then_on(
    slow_sim: FlySimulator, slow_api: httpx.Client, clock: VirtualClock
) -> None:
    made = slow_api.post(
        _MACHINES, json={"name": "job", "config": {"image": "x"}, "skip_launch": True}
    ).json()
    clock.sleep(2 * 3600)

    def schedule(machine: Any) -> None:  # noqa: ANN401  # a record of the simulator
        machine.config = {**machine.config, "schedule": "hourly"}
        machine.armed, machine.scheduled_at = True, None

    slow_sim.edit_machine("web", "job", schedule)
    url = f"{_MACHINES}/{made['id']}"
    assert _starts(slow_api, url) == []
    clock.sleep(3600)
    assert _starts(slow_api, url) == [3 * 3600.0]


@pytest.mark.parametrize("skip_launch", [True, False])
def test_a_saved_job_stays_armed_or_not(
    slow_sim: FlySimulator, slow_api: httpx.Client, tmp_path: Path, *, skip_launch: bool
) -> None:
    url = _job(slow_api, skip_launch=skip_launch)
    slow_sim.clock.sleep(60)
    slow_sim.save(tmp_path / "world")
    clock = VirtualClock(1000.0)
    loaded = FlySimulator.load(tmp_path / "world", clock=clock, timings="typical")
    assert _job_in(loaded.snapshot())["armed"] is not skip_launch
    assert loaded.snapshot() == slow_sim.snapshot()
    clock.sleep(2 * 3600)
    with httpx.Client(
        transport=loaded.transport(),
        base_url="https://api.machines.dev/v1",
        headers={"Authorization": "Bearer test"},
    ) as client:
        assert len(_starts(client, url)) == (0 if skip_launch else 2)


def _job_in(snapshot: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
    [machine] = snapshot["apps"]["web"]["machines"]
    found: dict[str, Any] = machine
    return found
