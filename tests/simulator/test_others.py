"""What others do to the world meanwhile: deploys, clones, lost hosts, migrations, tokens of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
import pytest

from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from fly_resources.testing._platform import TokenKind

Connect: TypeAlias = Callable[..., httpx.Client]
Make: TypeAlias = Callable[..., dict[str, Any]]


def _machine(api: httpx.Client, name: str = "m") -> dict[str, Any]:
    return next(machine for machine in api.get("/apps/web/machines").json() if machine["name"] == name)


def _mounted(api: httpx.Client, make: Make) -> str:
    volume = api.post("/apps/web/volumes", json={"name": "data", "region": "iad"}).json()["id"]
    make(api, config={"image": "x", "mounts": [{"volume": volume, "path": "/d"}]})
    return str(volume)


# --- deploys


def test_a_deploy_sets_image_and_release_and_keeps_the_rest(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    before = make(api, config={"env": {"A": "b"}, "metadata": {"mine": "1"}})
    sim.deploy("web", "nginx:2", "m")
    after = _machine(api)
    assert after["config"]["image"] == "nginx:2"
    assert after["config"]["env"] == {"A": "b"}
    assert after["config"]["metadata"]["mine"] == "1"
    assert after["config"]["metadata"]["fly_platform_version"] == "v2"
    assert after["config"]["metadata"]["fly_release_version"] == "1"
    assert after["instance_id"] != before["instance_id"]


def test_the_next_deploy_takes_the_machines_of_the_last(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    make(api)
    make(api, name="other")
    sim.deploy("web", "nginx:2", "m")
    sim.deploy("web", "nginx:3")
    assert _machine(api)["config"]["metadata"]["fly_release_version"] == "2"
    assert _machine(api)["config"]["image"] == "nginx:3"
    assert _machine(api, "other")["config"]["image"] == "nginx:alpine"


def test_a_deploy_leaves_a_stopped_machine_stopped(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    make(api, skip_launch=True)
    sim.deploy("web", "nginx:2", "m")
    assert _machine(api)["state"] == "stopped"


@pytest.mark.parametrize("names", [(), ("absent",)])
def test_a_deploy_of_nothing_is_an_error(
    sim: FlySimulator, api: httpx.Client, make: Make, names: tuple[str, ...]
) -> None:
    make(api)
    with pytest.raises(LookupError, match="has no machine"):
        sim.deploy("web", "nginx:2", *names)


# --- clones


def test_a_clone_copies_metadata_and_no_volume(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    _mounted(api, make)
    api.post(f"/apps/web/machines/{_machine(api)['id']}/metadata/owner", json={"value": "me"})
    made = sim.clone_machine("web", "m", "copy")
    copy = _machine(api, "copy")
    assert copy["id"] == made != _machine(api)["id"]
    assert copy["config"]["metadata"] == {"owner": "me"}
    assert "mounts" not in copy["config"]
    assert copy["state"] == "started"


def test_a_clone_needs_a_source_and_a_free_name(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    make(api)
    with pytest.raises(LookupError, match="no machine gone"):
        sim.clone_machine("web", "gone", "copy")
    with pytest.raises(ValueError, match="machine m already"):
        sim.clone_machine("web", "m", "m")


# --- hosts


def test_a_lost_host_hides_the_config_and_refuses_writes(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    volume = f"/apps/web/volumes/{_mounted(api, make)}"
    sim.set_host_status("web", "m", "unreachable")
    machine = _machine(api)
    assert machine["host_status"] == "unreachable"
    assert "config" not in machine
    assert machine["incomplete_config"]["image"] == "x"
    assert api.post(f"/apps/web/machines/{machine['id']}/stop").status_code == 408
    assert api.get(volume).json()["host_status"] == "unreachable"
    assert api.put(f"{volume}/extend", json={"size_gb": 9}).status_code == 408
    assert api.put(volume, json={"snapshot_retention": 9}).status_code == 408
    assert api.post(f"{volume}/snapshots").status_code == 408
    sim.set_host_status("web", "m", "ok")
    assert api.put(f"{volume}/extend", json={"size_gb": 9}).status_code == 200
    assert "config" in _machine(api)


def test_a_machine_on_a_lost_host_is_destroying_until_the_host_is_back(
    slow_sim: FlySimulator, slow_api: httpx.Client, make: Make
) -> None:
    volume = f"/apps/web/volumes/{_mounted(slow_api, make)}"
    slow_sim.clock.sleep(30)
    machine = f"/apps/web/machines/{_machine(slow_api)['id']}"
    slow_sim.set_host_status("web", "m", "unreachable")
    assert slow_api.post(f"{machine}/lease", json={"ttl": 30}).status_code == 408
    assert slow_api.delete(machine, params={"force": "true"}).json() == {"ok": True}
    assert slow_api.delete(machine, params={"force": "true"}).json() == {"ok": True}
    slow_sim.clock.sleep(24 * 3600)
    shown = slow_api.get(machine).json()
    assert (shown["state"], shown["host_status"]) == ("destroying", "unreachable")
    assert slow_api.get(volume).json()["attached_machine_id"] == shown["id"]
    slow_sim.set_host_status("web", "m", "ok")
    slow_sim.clock.sleep(10)
    assert slow_api.get(machine).json()["state"] == "destroyed"
    assert slow_api.get(volume).json()["attached_machine_id"] is None


def test_a_lost_machine_that_runs_is_only_deleted_by_force(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    machine = f"/apps/web/machines/{make(api)['id']}"
    sim.set_host_status("web", "m", "unreachable")
    assert api.delete(machine).status_code == 412
    with pytest.raises(LookupError, match="no machine other"):
        sim.set_host_status("web", "other", "ok")


def test_a_host_can_be_lost_unknown_and_found_without_a_deletion(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    make(api)
    for status in ("unknown", "unreachable", "ok"):
        sim.set_host_status("web", "m", status)
        assert _machine(api)["host_status"] == status
    assert _machine(api)["state"] == "started"


def test_a_migration_changes_the_id_of_the_volume(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    old = _mounted(api, make)
    before = _machine(api)
    sim.set_host_status("web", "m", "unreachable")
    sim.migrate_machine("web", "m")
    after = _machine(api)
    (mount,) = after["config"]["mounts"]
    assert mount["volume"] != old
    assert after["id"] == before["id"]
    assert after["instance_id"] != before["instance_id"]
    assert after["host_status"] == "ok"
    by_id = {volume["id"]: volume for volume in api.get("/apps/web/volumes").json()}
    assert by_id[mount["volume"]]["attached_machine_id"] == after["id"]
    assert by_id[old]["state"] == "pending_destroy"
    sim.clock.sleep(7 * 24 * 3600 - 1)
    assert api.get(f"/apps/web/volumes/{old}").status_code == 200
    sim.clock.sleep(1)
    assert api.get(f"/apps/web/volumes/{old}").status_code == 404


def test_a_machine_without_a_volume_does_not_migrate(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    make(api)
    with pytest.raises(LookupError, match="mounts no volume"):
        sim.migrate_machine("web", "m")


# --- tokens: what each kind is good for, of AU-5 and AU-9

_REQUESTS: dict[str, tuple[str, str, Any]] = {
    "create app": ("POST", "/apps", {"name": "new", "org_slug": "personal"}),
    "list apps": ("GET", "/apps?org_slug=personal", None),
    "list machines of the org": ("GET", "/orgs/personal/machines", None),
    "read its app": ("GET", "/apps/web", None),
    "write in its app": ("POST", "/apps/web/secrets", {"values": {"A": "b"}}),
    "command in its app": ("POST", "/apps/web/machines/{id}/exec", {"command": ["true"]}),
    "read another app": ("GET", "/apps/other", None),
    "read an app of another org": ("GET", "/apps/foreign", None),
    "another org": ("GET", "/apps?org_slug=second", None),
    "app in another org": ("POST", "/apps", {"name": "new2", "org_slug": "second"}),
    "itself": ("GET", "/tokens/current", None),
    "regions": ("GET", "/platform/regions", None),
}
_ALWAYS = {"itself", "regions"}
_PERMITTED: dict[TokenKind, set[str]] = {
    "deploy": {"read its app", "write in its app", "command in its app"},
    "exec": {"command in its app"},
    "org": set(_REQUESTS) - {"read an app of another org", "another org", "app in another org"},
    "readonly": {"list apps", "list machines of the org", "read its app", "read another app"},
}


@pytest.fixture
def two_orgs(sim: FlySimulator, api: httpx.Client, make: Make) -> str:
    """Apps in two organisations; returns the id of a machine."""
    sim.orgs["second"] = "Second"
    api.post("/apps", json={"name": "other", "org_slug": "personal"})
    api.post("/apps", json={"name": "foreign", "org_slug": "second"})
    return str(make(api)["id"])


@pytest.mark.parametrize("what", _REQUESTS)
@pytest.mark.parametrize("kind", _PERMITTED)
def test_a_token_is_good_for_its_kind_only(
    sim: FlySimulator, two_orgs: str, connected: Connect, kind: TokenKind, what: str
) -> None:
    sim.restrict_token("FlyV1 fm2_narrow", "web" if kind in {"deploy", "exec"} else None, kind=kind)
    method, path, body = _REQUESTS[what]
    with connected(sim, "Bearer FlyV1 fm2_narrow") as narrow:
        answer = narrow.request(method, path.format(id=two_orgs), json=body)
    if what in _PERMITTED[kind] | _ALWAYS:
        assert answer.is_success
    else:
        assert answer.status_code == 403
        assert answer.json() == {"error": "unauthorized"}


def test_addresses_refuse_with_a_message(sim: FlySimulator, two_orgs: str, connected: Connect) -> None:
    sim.restrict_token("narrow", "web")
    with connected(sim, "Bearer narrow") as narrow:
        assert narrow.get("/apps/other/ip_assignments").json() == {"message": "unauthorized"}


@pytest.mark.parametrize("kind", ["deploy", "exec"])
def test_a_token_for_an_app_needs_one(sim: FlySimulator, kind: TokenKind) -> None:
    with pytest.raises(ValueError, match="give app="):
        sim.restrict_token("t", kind=kind)


def test_a_revoked_token_is_refused_at_once(sim: FlySimulator, api: httpx.Client, connected: Connect) -> None:
    with connected(sim, "Bearer FlyV1 fm2_gone") as client:
        assert client.get("/apps/web").status_code == 200
        sim.revoke_token("FlyV1 fm2_gone")
        assert client.get("/apps/web").status_code == 401
    assert api.get("/apps/web").status_code == 200


def test_a_deploy_token_expires(sim: FlySimulator, api: httpx.Client, connected: Connect) -> None:
    token = api.post("/apps/web/deploy_token", json={"expiry": "1h"}).json()["token"]
    with connected(sim, f"Bearer {token}") as client:
        sim.clock.sleep(3599)
        assert client.get("/apps/web").status_code == 200
        sim.clock.sleep(1)
        assert client.get("/apps/web").status_code == 401


def test_no_token_is_kept(sim: FlySimulator) -> None:
    sim.restrict_token("FlyV1 fm2_canary", "web")
    assert "canary" not in repr(sim._platform) + repr(sim._platform.scopes)  # noqa: SLF001 - what is in there


def test_a_late_create_lands_after_its_client_gave_up(connected: Connect) -> None:
    """PL-9: the way that issue 5's sweep makes it: at its own time, whoever asks meanwhile."""
    from fly_resources.testing import Fault  # noqa: PLC0415 - of this test alone

    sim = FlySimulator(clock=VirtualClock(), latency=0.5)
    with connected(sim, timeout=10.0) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        sim.faults.add(Fault("slow", operation="Volumes_create", seconds=17, late=True))
        sent = sim.clock.now()
        with pytest.raises(httpx.ReadTimeout):
            client.post("/apps/web/volumes", json={"name": "data", "region": "iad"})
        assert sim.clock.now() == sent + 10
        sim.clock.sleep(sent + 17 - sim.clock.now() - 0.25)
        assert client.get("/apps/web/volumes").json() == []  # it takes effect between this one and the next
        (made,) = client.get("/apps/web/volumes").json()
    assert made["created_at"] == "2026-01-01T00:00:18.000Z"  # sent at 0.5, 0.5 on its way, 17 late
