"""A world that is saved and loaded again goes on as it was."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import httpx
import pytest

from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from pathlib import Path

_VALUE = "canary-4711"
Connect: TypeAlias = Callable[..., httpx.Client]


def _inhabit(client: httpx.Client, sim: FlySimulator) -> str:
    """Put one of everything into the world; returns a deploy token."""
    client.post("/apps", json={"name": "web", "org_slug": "personal"})
    volume = client.post("/apps/web/volumes", json={"name": "data", "region": "iad"}).json()["id"]
    config = {"image": "nginx", "mounts": [{"volume": volume, "path": "/data"}], "env": {"A": "b"}}
    made = client.post("/apps/web/machines", json={"name": "m", "config": config, "lease_ttl": 30})
    client.post(
        f"/apps/web/machines/{made.json()['id']}",
        json={"config": config | {"image": "nginx:2"}},
        headers={"fly-machine-lease-nonce": made.json()["nonce"]},
    ).raise_for_status()
    client.post(f"/apps/web/volumes/{volume}/snapshots").raise_for_status()
    client.post("/apps/web/secrets/KEY", json={"value": _VALUE})
    client.post("/apps/web/certificates/acme", json={"hostname": "www.example.com"})
    client.post("/apps/web/ip_assignments", json={"type": "shared_v4"})
    client.post("/apps/web/ip_assignments", json={"type": "private_v6"})
    sim.publish_dns("www.example.com")
    sim.add_foreign_app("theirs")
    sim.full_regions.add("lhr")
    token: str = client.post("/apps/web/deploy_token", json={"expiry": "1h"}).json()["token"]
    return token


def _everything(client: httpx.Client) -> list[object]:
    machine, *_ = client.get("/apps/web/machines").json()
    paths = [
        "/apps/web",
        "/apps/web/machines?include_leases=true",
        f"/apps/web/machines/{machine['id']}/events",
        f"/apps/web/machines/{machine['id']}/versions",
        f"/apps/web/machines/{machine['id']}/lease",
        "/apps/web/volumes",
        f"/apps/web/volumes/{machine['config']['mounts'][0]['volume']}/snapshots",
        "/apps/web/secrets",
        "/apps/web/certificates",
        "/apps/web/ip_assignments",
        "/apps/theirs",
        "/orgs/personal/machines",
    ]
    return [client.get(path).json() for path in paths]


@pytest.fixture
def saved(slow_sim: FlySimulator, connected: Connect, tmp_path: Path) -> tuple[Path, list[object], str]:
    """Return the file of a world in the middle of things, its answers and a deploy token."""
    with connected(slow_sim) as client:
        token = _inhabit(client, slow_sim)
        slow_sim.clock.sleep(4)  # the snapshot is not ready, the machine not up again
        path = tmp_path / "world.json"
        slow_sim.save(path)
        return path, _everything(client), token


def test_every_answer_is_the_same(saved: tuple[Path, list[object], str], connected: Connect) -> None:
    path, before, _ = saved
    sim = FlySimulator.load(path, clock=VirtualClock(1000.0), timings="typical")
    with connected(sim) as client:
        assert _everything(client) == before


def test_what_was_under_way_goes_on(saved: tuple[Path, list[object], str], connected: Connect) -> None:
    path, _, _ = saved
    clock = VirtualClock()
    sim = FlySimulator.load(path, clock=clock, timings="typical")
    with connected(sim) as client:
        machine = client.get("/apps/web/machines").json()[0]
        assert machine["state"] != "started"
        clock.sleep(30)
        assert client.get(f"/apps/web/machines/{machine['id']}").json()["state"] == "started"
        assert client.get(f"/apps/web/machines/{machine['id']}/lease").status_code == 404


def test_the_same_value_has_the_same_digest(
    saved: tuple[Path, list[object], str], connected: Connect
) -> None:
    path, _, _ = saved
    with connected(FlySimulator.load(path, clock=VirtualClock())) as client:
        before = client.get("/apps/web/secrets").json()["secrets"][0]["digest"]
        again = client.post("/apps/web/secrets/KEY", json={"value": _VALUE}).json()
        assert again["digest"] == before


def test_a_value_that_was_not_saved_is_not_shown(
    saved: tuple[Path, list[object], str], connected: Connect
) -> None:
    path, _, _ = saved
    with connected(FlySimulator.load(path, clock=VirtualClock())) as client:
        assert "value" not in client.get("/apps/web/secrets/KEY?show_secrets=true").json()


def test_a_deploy_token_stays_good_for_its_app_only(
    saved: tuple[Path, list[object], str], connected: Connect
) -> None:
    path, _, token = saved
    with connected(FlySimulator.load(path, clock=VirtualClock()), f"Bearer {token}") as client:
        assert client.get("/apps/web").status_code == 200
        assert client.get("/apps?org_slug=personal").status_code == 403


def test_identifiers_go_on(saved: tuple[Path, list[object], str], connected: Connect) -> None:
    path, _, _ = saved
    with connected(FlySimulator.load(path, clock=VirtualClock())) as client:
        known = {machine["id"] for machine in client.get("/apps/web/machines").json()}
        made = client.post("/apps/web/machines", json={"config": {"image": "x"}}).json()
        assert made["id"] not in known


def test_the_file_holds_no_value_and_no_token_and_is_private(
    saved: tuple[Path, list[object], str],
) -> None:
    path, _, token = saved
    text = path.read_text(encoding="utf-8")
    assert _VALUE not in text
    assert not any(part in text for part in token.removeprefix("FlyV1 ").split(","))
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 0}', '{"format": 1, "saved_at": 0, "seed": 1}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"world\.json"):
        FlySimulator.load(path)


def test_a_damaged_file_is_refused(saved: tuple[Path, list[object], str]) -> None:
    path, _, _ = saved
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["apps"][0]["name"]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ValueError, match="damaged"):
        FlySimulator.load(path)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "world.json"
    folder.mkdir()
    with pytest.raises(OSError, match=r"world\.json"):
        FlySimulator().save(folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FlySimulator.load(tmp_path / "none.json")
