"""A simulator that lives long does not fill its memory, and says what it forgot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing import _bounds as bounds

if TYPE_CHECKING:
    import httpx
    import pytest

Make: TypeAlias = Callable[..., dict[str, Any]]


def test_requests_are_capped_and_say_so(
    connected: Callable[..., httpx.Client], caplog: pytest.LogCaptureFixture
) -> None:
    sim = FlySimulator(clock=VirtualClock(), keep_requests=20)
    with connected(sim) as client:
        for _ in range(22):
            client.get("/platform/regions")
        assert (len(sim.requests), sim.requests.dropped) == (22, 0)
        assert not caplog.records
        for _ in range(23):
            client.get("/apps/web")
    assert 20 <= len(sim.requests) <= 22
    assert len(sim.requests) + sim.requests.dropped == 45
    assert {each.operation for each in sim.requests} == {"Apps_show"}
    assert [record.getMessage() for record in caplog.records] == [
        "only the latest 20 requests are kept: see FlySimulator.requests"
    ]
    sim.requests.clear()
    assert (len(sim.requests), sim.requests.dropped) == (0, 0)


def test_nothing_is_dropped_by_default_in_a_usual_test(sim: FlySimulator) -> None:
    assert sim.requests.keep == 10_000


def test_a_machine_remembers_its_latest_versions_and_events(api: httpx.Client, make: Make) -> None:
    path = f"/apps/web/machines/{make(api)['id']}"
    last = ""
    for number in range(bounds.HISTORY + 5):
        api.get(f"{path}/wait")
        last = api.post(path, json={"config": {"image": f"nginx:{number}"}}).json()["instance_id"]
    versions = api.get(f"{path}/versions").json()
    assert len(versions) == bounds.HISTORY
    assert versions[0]["version"] == last
    assert len(api.get(f"{path}/events?limit=50").json()) == 50


def test_what_is_gone_longest_is_forgotten(
    sim: FlySimulator, api: httpx.Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "GONE", 5)
    for number in range(9):
        machine = make(api, name=f"m{number}")["id"]
        api.delete(f"/apps/web/machines/{machine}?force=true")
        volume = api.post("/apps/web/volumes", json={"name": f"v{number}", "region": "iad"}).json()["id"]
        api.delete(f"/apps/web/volumes/{volume}")
    keeper = make(api, name="keeper")["id"]
    machines = api.get("/apps/web/machines?include_deleted=true").json()
    assert [machine["name"] for machine in machines][-3:] == ["m7", "m8", "keeper"]
    assert len(machines) <= 7
    assert len(api.get("/apps/web/volumes").json()) <= 7
    assert api.get(f"/apps/web/machines/{keeper}").status_code == 200


def test_a_volume_that_cannot_be_recovered_goes_first(
    sim: FlySimulator, api: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "GONE", 2)
    ids = list[str]()
    for _ in range(4):
        ids.append(api.post("/apps/web/volumes", json={"name": "v", "region": "iad"}).json()["id"])
        api.delete(f"/apps/web/volumes/{ids[-1]}")
        sim.clock.sleep(13 * 3600)
    held = sim._service.world.apps["web"].volumes  # noqa: SLF001 - what is held, not what is shown
    assert set(held) <= set(ids[1:])
