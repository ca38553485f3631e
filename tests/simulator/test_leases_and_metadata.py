"""Leases (LE) and metadata (ME)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources.testing import Behaviour, FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from fly_resources.testing import VirtualClock

    Make = Callable[..., dict[str, Any]]

_NONCE = "fly-machine-lease-nonce"


@pytest.fixture
def url(api: httpx.Client, make: Make) -> str:
    return f"/apps/web/machines/{make(api)['id']}"


def _lease(client: httpx.Client, url: str, nonce: str = "", ttl: int = 60) -> httpx.Response:
    return client.post(f"{url}/lease", json={"ttl": ttl, "description": "d"}, headers={_NONCE: nonce})


def test_a_lease_comes_in_an_envelope(api: httpx.Client, url: str) -> None:
    answer = _lease(api, url)
    assert answer.status_code == 201
    assert answer.json()["status"] == "success"
    lease = answer.json()["data"]
    assert re.fullmatch(r"[0-9a-f]{12}", lease["nonce"])
    assert (lease["expires_at"], lease["description"]) == (1_767_225_660, "d")
    assert lease["owner"].endswith("@tokens.fly.io")
    assert lease["version"] == api.get(url).json()["instance_id"]
    assert api.get(f"{url}/lease").json() == answer.json()


def test_the_time_to_live_may_come_in_the_query(api: httpx.Client, url: str) -> None:
    answer = api.post(f"{url}/lease", params={"ttl": 13})
    assert answer.json()["data"]["expires_at"] == 1_767_225_613
    assert api.post(f"{url}/lease", json={"ttl": -1}).status_code == 409
    api.delete(f"{url}/lease", headers={_NONCE: answer.json()["data"]["nonce"]})
    assert api.post(f"{url}/lease", json={"ttl": -1}).status_code == 400


def test_a_held_lease_refuses_the_writes_of_others_and_no_reads(api: httpx.Client, url: str) -> None:
    _lease(api, url)
    machine = url.rpartition("/")[2]
    body: dict[str, object] = {"config": {"image": "x"}}
    for refused in (
        _lease(api, url),
        _lease(api, url, nonce="0123456789ab"),
        api.post(url, json=body),
        api.post(f"{url}/start"),
        api.post(f"{url}/stop"),
        api.post(f"{url}/cordon"),
        api.post(f"{url}/exec", json={"command": ["true"]}),
        api.delete(url, params={"force": "true"}),
    ):
        assert refused.status_code == 409
        words = (
            f"machine ID {machine} lease currently held by simulator@tokens.fly.io, "
            "expires at 2026-01-01T00:01:00Z"
        )
        assert refused.json() in (
            {"status": "error", "message": words, "code": "invalid"},  # of lease calls (RR#52)
            {"error": f"aborted: {words}"},  # of all others (RR#168)
        )
    for path in ("", "/wait", "/events", "/metadata", "/lease"):
        assert api.get(f"{url}{path}").status_code == 200


def test_the_nonce_opens_the_way_and_refreshes(api: httpx.Client, url: str, clock: VirtualClock) -> None:
    nonce = _lease(api, url).json()["data"]["nonce"]
    assert api.post(f"{url}/stop", headers={_NONCE: nonce}).status_code == 200
    clock.sleep(50)
    refreshed = _lease(api, url, nonce).json()["data"]
    assert (refreshed["nonce"], refreshed["expires_at"]) == (nonce, 1_767_225_710)
    api.post(url, json={"config": {"image": "x"}}, headers={_NONCE: nonce})
    assert api.get(f"{url}/lease").json()["data"] == refreshed


def test_a_lease_ends_by_release_or_by_time(api: httpx.Client, url: str, clock: VirtualClock) -> None:
    nonce = _lease(api, url).json()["data"]["nonce"]
    assert api.delete(f"{url}/lease").status_code == 400
    answer = api.delete(f"{url}/lease", headers={_NONCE: nonce})
    assert (answer.status_code, answer.json()) == (200, {"status": "success", "data": {"ok": True}})
    for gone in (api.get(f"{url}/lease"), api.delete(f"{url}/lease", headers={_NONCE: nonce})):
        assert (gone.status_code, gone.json()) == (404, {"error": "lease not found"})
    _lease(api, url)
    clock.sleep(60)
    assert api.post(f"{url}/stop").status_code == 200


def test_create_and_update_can_take_a_lease_and_only_then_show_the_nonce(
    api: httpx.Client, make: Make
) -> None:
    machine = make(api, "leased", lease_ttl=60)
    url = f"/apps/web/machines/{machine['id']}"
    assert api.get(f"{url}/lease").json()["data"]["nonce"] == machine["nonce"]
    assert "nonce" not in api.get(url).json()
    headers = {_NONCE: machine["nonce"]}
    again = api.post(url, json={"config": {"image": "x"}, "lease_ttl": 90}, headers=headers).json()
    assert again["nonce"] == machine["nonce"]
    assert "nonce" not in api.post(url, json={"config": {"image": "x"}}, headers=headers).json()


def test_leases_are_shown_without_the_nonce_when_asked_for(api: httpx.Client, url: str) -> None:
    _lease(api, url)
    shown = api.get(url, params={"include_leases": "true"}).json()["lease"]
    assert set(shown) == {"owner", "description", "expires_at"}
    assert "lease" not in api.get(url).json()


def test_older_servers_let_stop_and_forced_delete_wait_for_the_lease(
    clock: VirtualClock, connected: Callable[..., httpx.Client], make: Make
) -> None:
    with connected(FlySimulator(clock=clock, behaviour=Behaviour(blocking_leases=True))) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        url = f"/apps/web/machines/{make(client)['id']}"
        _lease(client, url, ttl=20)
        assert client.post(f"{url}/start").status_code == 409
        assert client.post(f"{url}/stop").status_code == 200
        assert clock.now() == pytest.approx(20)
        _lease(client, url, ttl=20)
        assert client.delete(url, params={"force": "true"}).status_code == 200
        assert clock.now() == pytest.approx(40)


def test_metadata_is_written_key_by_key_without_a_restart(api: httpx.Client, url: str) -> None:
    before = api.get(url).json()
    assert api.post(f"{url}/metadata/foo-key", json={"value": "bar"}).status_code == 204
    assert api.get(f"{url}/metadata").json() == {"foo-key": "bar"}
    assert api.get(f"{url}/metadata/foo-key").json() == {"value": "bar"}
    after = api.get(url).json()
    assert after["config"]["metadata"] == {"foo-key": "bar"}
    assert (after["instance_id"], after["state"], after["events"]) == (
        before["instance_id"],
        "started",
        before["events"],
    )
    for _ in range(2):
        deleted = api.delete(f"{url}/metadata/foo-key")
        assert (deleted.status_code, deleted.content) == (204, b"")
    assert api.get(f"{url}/metadata/foo-key").status_code == 404
    assert "metadata" not in api.get(url).json()["config"]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_both_bulk_verbs_merge(sim: FlySimulator, api: httpx.Client, url: str, method: str) -> None:
    for values in ({"a": "1", "b": "2", "c": "3"}, {"a": None, "b": "", "d": "4"}):
        assert api.request(method, f"{url}/metadata", json={"metadata": values}).status_code == 204
    assert api.get(f"{url}/metadata").json() == {"c": "3", "d": "4"}
    assert sim.requests[-2].operation == (
        "Machines_update_metadata" if method == "PUT" else "Machines_patch_metadata"
    )


def test_bulk_metadata_can_demand_a_version(api: httpx.Client, url: str) -> None:
    body = {"metadata": {"a": "1"}, "machine_version": api.get(url).json()["instance_id"]}
    assert api.patch(f"{url}/metadata", json=body).status_code == 204
    api.post(url, json={"config": {"image": "x"}})
    assert api.patch(f"{url}/metadata", json=body).status_code == 412


def test_an_update_overwrites_metadata(api: httpx.Client, url: str) -> None:
    api.post(f"{url}/metadata/k", json={"value": "v"})
    api.post(url, json={"config": {"image": "x"}})
    assert api.get(f"{url}/metadata").json() == {}
