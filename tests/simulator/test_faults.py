"""Every kind of fault, for blocking clients; `test_doors.py` has the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fly_resources.testing import Fault, FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import VirtualClock
    from fly_resources.testing._faults import FaultKind

_VOLUMES = "/apps/web/volumes"
_BODY = {"name": "data", "region": "iad"}


def _count(client: httpx.Client) -> int:
    return len(client.get(_VOLUMES).json())


@pytest.mark.parametrize(
    ("kind", "error", "volumes"),
    [
        ("refuse", httpx.ConnectError, 0),
        ("reset_before", httpx.ReadError, 0),
        ("reset_after", httpx.ReadError, 1),
        ("truncate", httpx.RemoteProtocolError, 1),
    ],
)
def test_broken_connections(
    sim: FlySimulator, api: httpx.Client, kind: FaultKind, error: type[Exception], volumes: int
) -> None:
    sim.faults.add(Fault(kind, operation="Volumes_create"))
    with pytest.raises(error):
        api.post(_VOLUMES, json=_BODY)
    assert sim.requests[-1].status == (200 if kind == "truncate" else None)
    assert _count(api) == volumes
    assert api.post(_VOLUMES, json=_BODY).status_code == 200


def test_a_truncated_body_breaks_when_it_is_read(sim: FlySimulator, api: httpx.Client) -> None:
    sim.faults.add(Fault("truncate"))
    with api.stream("GET", "/apps/web") as answer:
        assert answer.status_code == 200
        chunks = answer.iter_raw()
        received = next(chunks)
        with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
            next(chunks)
    assert 0 < len(received) < len(api.get("/apps/web").content)


@pytest.mark.parametrize("volumes", [0, 1])
def test_a_status_with_or_without_the_effect(sim: FlySimulator, api: httpx.Client, volumes: int) -> None:
    sim.faults.add(Fault("status", status=502, applied=bool(volumes), headers={"Retry-After": "3"}))
    answer = api.post(_VOLUMES, json=_BODY)
    assert (answer.status_code, answer.headers["retry-after"]) == (502, "3")
    assert answer.json() == {"error": "fault: status 502"}
    assert _count(api) == volumes
    assert sim.requests[0].status == 502


def test_a_status_can_say_what_the_service_would(sim: FlySimulator, api: httpx.Client) -> None:
    body = {"error": "could not find app"}  # ER-7
    sim.faults.add(Fault("status", status=400, body=body))
    assert api.get("/apps/web").json() == body


def test_html_instead_of_json_keeps_the_status(sim: FlySimulator, api: httpx.Client) -> None:
    sim.faults.add(Fault("not_json"))
    answer = api.post(_VOLUMES, json=_BODY)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<html>")
    assert _count(api) == 1


@pytest.mark.parametrize("added", ["before the write", "after the write"])
def test_a_stale_read_does_not_see_the_latest_write(sim: FlySimulator, api: httpx.Client, added: str) -> None:
    fault = Fault("stale", operation="Volumes_list")
    api.post(_VOLUMES, json=_BODY)
    if added == "before the write":
        sim.faults.add(fault)
    second = api.post(_VOLUMES, json=_BODY).json()["id"]
    refused = api.put(f"{_VOLUMES}/{second}/extend", json={"size_gb": 1})
    assert refused.status_code == 400
    if added == "after the write":
        sim.faults.add(fault)
    assert _count(api) == 1
    assert _count(api) == 2


def test_stale_reads_leave_changed_things_as_they_were(
    sim: FlySimulator, api: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    url = f"/apps/web/machines/{make(api)['id']}"
    assert api.get(url).json()["state"] == "started"
    api.post(f"{url}/stop")
    sim.faults.add(Fault("stale", times=3))
    assert api.get(url).json()["state"] == "started"
    assert api.post(f"{url}/cordon").status_code == 200  # not a read
    assert "cordoned" not in api.get(url).json()
    assert api.get(url).json()["state"] == "stopped"
    assert api.get(url).json()["cordoned"] is True


def test_a_new_app_is_not_there_yet(sim: FlySimulator, api: httpx.Client) -> None:
    api.post("/apps", json={"name": "fresh", "org_slug": "personal"})
    sim.faults.add(Fault("stale"))
    assert api.get("/apps/fresh").status_code == 404
    assert api.get("/apps/fresh").status_code == 200


def test_slow_answers_come_late(sim: FlySimulator, api: httpx.Client, clock: VirtualClock) -> None:
    sim.faults.add(Fault("slow", seconds=17))
    assert api.post(_VOLUMES, json=_BODY).status_code == 200
    assert clock.now() == 17


def test_slow_answers_outlast_the_client_but_the_work_is_done(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock
) -> None:
    sim.faults.add(Fault("slow", seconds=100))
    with pytest.raises(httpx.ReadTimeout):
        api.post(_VOLUMES, json=_BODY, timeout=30)
    assert clock.now() == 30
    assert sim.requests[0].status is None
    assert _count(api) == 1


def test_late_work_lands_after_the_client_has_gone(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock
) -> None:
    sim.faults.add(Fault("slow", seconds=40, late=True, operation="Volumes_create"))
    with pytest.raises(httpx.ReadTimeout):
        api.post(_VOLUMES, json=_BODY, timeout=30)
    assert _count(api) == 0
    clock.sleep(10)
    volumes: Any = sim.snapshot()["apps"]
    assert len(volumes["web"]["volumes"]) == 1
    assert api.get(_VOLUMES).json()[0]["created_at"] == "2026-01-01T00:00:40.000Z"


def test_late_work_is_answered_when_the_client_waits(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock
) -> None:
    sim.faults.add(Fault("slow", seconds=40, late=True))
    assert api.post(_VOLUMES, json=_BODY).json()["created_at"] == "2026-01-01T00:00:40.000Z"
    assert clock.now() == 40


def test_a_client_without_timeout_waits_for_ever(sim: FlySimulator, api: httpx.Client) -> None:
    sim.faults.add(Fault("slow", seconds=10_000))
    assert api.post(_VOLUMES, json=_BODY, timeout=None).status_code == 200


def test_nth_counts_matching_requests_from_when_the_fault_was_added(
    sim: FlySimulator, api: httpx.Client
) -> None:
    api.get("/apps/web")
    sim.faults.add(Fault("status", operation="Apps_show", nth=2, times=2))
    paths = ("/apps/web", _VOLUMES, "/apps/web", "/apps/web", "/apps/web")
    assert [api.get(path).status_code for path in paths] == [200, 200, 503, 503, 200]


def test_of_several_faults_the_first_comes_first_and_the_others_wait(
    sim: FlySimulator, api: httpx.Client
) -> None:
    sim.faults.add(Fault("status", status=500))
    sim.faults.add(Fault("status", status=502))
    assert [api.get("/apps/web").status_code for _ in range(3)] == [500, 502, 200]


def test_cleared_faults_are_gone(sim: FlySimulator, api: httpx.Client) -> None:
    sim.faults.add(Fault("refuse"))
    sim.faults.clear()
    assert api.get("/apps/web").status_code == 200


def test_a_fault_that_could_never_fire_is_refused(sim: FlySimulator) -> None:
    with pytest.raises(ValueError, match=r"no operation Volume_create; did you mean .*Volumes_create"):
        sim.faults.add(Fault("refuse", operation="Volume_create"))


@pytest.mark.parametrize("counts", [{"nth": 0}, {"times": 0}])
def test_counts_start_at_one(counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Fault("refuse", **counts)  # type: ignore[arg-type]  # mypy takes the mapping for any argument


def test_latency_comes_before_the_effect(clock: VirtualClock, connected: Callable[..., httpx.Client]) -> None:
    sim = FlySimulator(clock=clock, latency=0.05)
    with connected(sim) as client:
        created = client.post("/apps", json={"name": "web", "org_slug": "personal"}).json()
        assert created["created_at"] == 1_767_225_600_050
        with pytest.raises(httpx.ReadTimeout):
            client.post(_VOLUMES, json=_BODY, timeout=0.02)
        assert clock.now() == pytest.approx(0.07)
        assert _count(client) == 1
    assert [round(request.at, 2) for request in sim.requests] == [0.0, 0.05, 0.07]
    assert [request.status for request in sim.requests] == [201, None, 200]


@pytest.mark.parametrize("kind", ["reset_before", "status"])
def test_what_is_not_applied_does_not_land_late_either(
    clock: VirtualClock, connected: Callable[..., httpx.Client], kind: FaultKind
) -> None:
    sim = FlySimulator(clock=clock, latency=5)
    with connected(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        sim.faults.add(Fault(kind))
        with pytest.raises(httpx.ReadTimeout):
            client.post(_VOLUMES, json=_BODY, timeout=1)
        assert _count(client) == 0
