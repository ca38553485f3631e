"""`FlySimulator.snapshot`: equal worlds compare equal, and only those."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Connect = Callable[..., httpx.Client]


def _build(sim: FlySimulator, connected: Connect, names: tuple[str, ...] = ("a", "b")) -> None:
    """Make the same world in the order of `names`, with its own ids, times, digests and detours."""
    with connected(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        client.post("/apps/web/secrets", json={"values": {"KEY": "value"}})
        digest = client.get("/apps/web/secrets").json()["secrets"][0]["digest"]
        for name in names:
            sim.clock.sleep(3)
            volume = client.post("/apps/web/volumes", json={"name": f"of-{name}", "region": "iad"}).json()
            config: dict[str, Any] = {
                "image": "x",
                "mounts": [{"volume": volume["id"], "path": "/d"}],
                "metadata": {"owner": "me", "secrets_digest": digest},
            }
            client.post("/apps/web/machines", json={"name": name, "config": config})
        first = client.get("/apps/web/machines").json()[0]["id"]
        client.post("/apps/web/machines", json={"config": {"image": "y", "standbys": [first]}})
        client.post("/apps/web/certificates/acme", json={"hostname": "www.example.com"})
        client.post("/apps/web/ip_assignments", json={"type": "v6"})


def _world(connected: Connect, seed: int, names: tuple[str, ...] = ("a", "b")) -> FlySimulator:
    sim = FlySimulator(clock=VirtualClock(seed), seed=seed)
    _build(sim, connected, names)
    return sim


def test_the_same_world_made_twice_compares_equal(connected: Connect) -> None:
    first, second = _world(connected, 1), _world(connected, 2)
    assert first.snapshot() == second.snapshot()
    assert json.loads(json.dumps(first.snapshot())) == first.snapshot()


def test_things_that_are_gone_leave_no_trace(connected: Connect) -> None:
    first, second = _world(connected, 1), _world(connected, 2)
    with connected(second) as client:
        body = {"name": "extra", "region": "iad"}
        volume = client.post("/apps/web/volumes", json=body).json()["id"]
        machine = client.post("/apps/web/machines", json={"config": {"image": "x"}}).json()["id"]
        assert first.snapshot() != second.snapshot()
        client.delete(f"/apps/web/machines/{machine}", params={"force": "true"})
        client.delete(f"/apps/web/volumes/{volume}")
    assert first.snapshot() == second.snapshot()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/apps", {"name": "more", "org_slug": "personal"}),
        ("DELETE", "/apps/web", None),
        ("POST", "/apps/web/machines", {"config": {"image": "x"}}),
        ("POST", "/apps/web/machines/{a}/stop", None),
        ("POST", "/apps/web/machines/{a}/cordon", None),
        ("POST", "/apps/web/machines/{a}", {"config": {"image": "z"}}),
        ("PATCH", "/apps/web/machines/{a}/metadata", {"metadata": {"k": "v"}}),
        ("POST", "/apps/web/secrets", {"values": {"KEY": "other"}}),
        ("POST", "/apps/web/secrets", {"values": {"KEY": None}}),
        ("DELETE", "/apps/web/certificates/www.example.com", None),
        ("POST", "/apps/web/ip_assignments", {"type": "v6"}),
        ("POST", "/apps/web/volumes", {"name": "of-a", "region": "iad"}),
    ],
)
def test_every_difference_shows(
    connected: Connect, method: str, path: str, body: dict[str, Any] | None
) -> None:
    first, second = _world(connected, 1), _world(connected, 2)
    with connected(second) as client:
        machine = client.get("/apps/web/machines").json()[0]["id"]
        assert client.request(method, path.replace("{a}", machine), json=body).is_success
    assert first.snapshot() != second.snapshot()


def test_no_identifier_time_or_secret_value_shows(connected: Connect) -> None:
    sim = _world(connected, 1)
    text = json.dumps(sim.snapshot())
    with connected(sim) as client:
        ids = {m["id"] for m in client.get("/apps/web/machines").json()}
        ids |= {v["id"] for v in client.get("/apps/web/volumes").json()}
        ids |= {ip["ip"] for ip in client.get("/apps/web/ip_assignments").json()["ips"]}
        secrets = client.get("/apps/web/secrets", params={"show_secrets": "true"}).json()["secrets"]
    assert not [one for one in ids if one in text]
    assert secrets[0]["value"] == "value"
    assert '"value"' not in text
    assert secrets[0]["digest"] not in text
    assert "2026" not in text
