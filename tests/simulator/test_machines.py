"""Machines as things (MA, and LC-15 to LC-25)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Make = Callable[..., dict[str, Any]]

_MACHINES = "/apps/web/machines"
_SERVICE = {"protocol": "tcp", "internal_port": 80}


def test_create_answers_200_and_created_with_what_the_server_fills_in(api: httpx.Client, make: Make) -> None:
    machine = make(api, "server", region="lhr")
    assert re.fullmatch(r"[0-9a-f]{14}", machine["id"])
    assert re.fullmatch(r"01[0-9A-HJKMNP-TV-Z]{24}", machine["instance_id"])
    assert machine["private_ip"].startswith("fdaa:")
    assert (machine["name"], machine["state"], machine["region"]) == ("server", "created", "lhr")
    assert machine["created_at"] == machine["updated_at"] == "2026-01-01T00:00:00Z"
    assert machine["config"] == {
        "image": "nginx:alpine",
        "init": {},
        "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
        "restart": {},
        "dns": {},
    }
    assert [(e["type"], e["status"], e["source"]) for e in machine["events"]] == [
        ("launch", "created", "user"),
        ("launch", "pending", "flyd"),
    ]
    assert api.get(f"{_MACHINES}/{machine['id']}").json()["state"] == "started"


def test_without_name_and_region_the_service_chooses(api: httpx.Client) -> None:
    machine = api.post(_MACHINES, json={"config": {"image": "x"}}).json()
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d+", machine["name"])
    assert machine["region"] == "iad"


@pytest.mark.parametrize(
    ("asked", "region"), [("lhr,eu", "lhr"), ("eu", "ams"), ("us,eu", "dfw"), ("any", "ams")]
)
def test_region_lists_and_aliases_become_one_region(
    api: httpx.Client, make: Make, asked: str, region: str
) -> None:
    assert make(api, region=asked)["region"] == region


def test_an_unknown_region_is_refused(api: httpx.Client) -> None:
    answer = api.post(_MACHINES, json={"config": {"image": "x"}, "region": "atlantis,eu"})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Region 'atlantis' cannot host your machine.")


def test_a_size_expands_into_a_guest_and_both_are_echoed(api: httpx.Client, make: Make) -> None:
    config = make(api, config={"size": "shared-cpu-4x"})["config"]
    assert config["size"] == "shared-cpu-4x"
    assert config["guest"] == {"cpu_kind": "shared", "cpus": 4, "memory_mb": 1024}
    big = make(api, "big", config={"size": "performance-2x"})["config"]["guest"]
    assert big == {"cpu_kind": "performance", "cpus": 2, "memory_mb": 4096}


@pytest.mark.parametrize(
    ("guest", "error"),
    [
        (
            {"cpu_kind": "shared", "cpus": 4, "memory_mb": 512},
            "invalid config.guest.memory_mb, minimum required 1024 MiB",
        ),
        (
            {"cpu_kind": "shared", "cpus": 1, "memory_mb": 4096},
            "invalid config.guest.memory_mb, cannot exceed 2048 MiB",
        ),
        (
            {"cpu_kind": "performance", "cpus": 8, "memory_mb": 8192},
            "invalid config.guest.memory_mb, minimum required 16384 MiB",
        ),
        (
            {"cpu_kind": "performance", "cpus": 2, "memory_mb": 2048},
            "invalid config.guest.memory_mb, minimum required 4096 MiB",
        ),
        ({"cpu_kind": "shared", "cpus": 3, "memory_mb": 1024}, "invalid config.guest.cpus"),
        ({"cpus": 2, "memory_mb": 512}, "invalid config.guest.cpu_kind"),
        ({"cpu_kind": "shared", "cpus": 1, "memory_mb": 300}, "invalid config.guest.memory_mb, must be"),
    ],
)
def test_guests_that_do_not_exist_are_refused(
    api: httpx.Client, guest: dict[str, object], error: str
) -> None:
    answer = api.post(_MACHINES, json={"config": {"image": "x", "guest": guest}})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(error)


def test_an_unknown_size_is_refused(api: httpx.Client) -> None:
    assert api.post(_MACHINES, json={"config": {"image": "x", "size": "huge"}}).status_code == 400


def test_durations_come_back_as_go_prints_them(api: httpx.Client, make: Make) -> None:
    config = make(
        api,
        config={
            "checks": {"up": {"type": "tcp", "interval": "60s", "timeout": 10_000_000_000}},
            "services": [{**_SERVICE, "checks": [{"type": "http", "grace_period": "90s"}]}],
            "stop_config": {"timeout": "120s", "signal": "SIGTERM"},
        },
    )["config"]
    assert config["checks"]["up"] == {"type": "tcp", "interval": "1m0s", "timeout": "10s"}
    assert config["services"][0]["checks"][0]["grace_period"] == "1m30s"
    assert config["stop_config"] == {"timeout": "2m0s", "signal": "SIGTERM"}


def test_a_bad_duration_is_refused(api: httpx.Client) -> None:
    answer = api.post(_MACHINES, json={"config": {"image": "x", "stop_config": {"timeout": "soon"}}})
    assert (answer.status_code, answer.json()) == (400, {"error": 'time: invalid duration "soon"'})


@pytest.mark.parametrize(
    ("sent", "echoed"),
    [("off", False), ("stop", True), ("suspend", "suspend"), (True, True), (False, False)],
)
def test_autostop_is_echoed_for_old_clients(
    api: httpx.Client, make: Make, sent: object, echoed: object
) -> None:
    service = make(api, config={"services": [{**_SERVICE, "autostop": sent}]})["config"]["services"][0]
    assert service["autostop"] == echoed


def test_an_unknown_autostop_is_refused(api: httpx.Client) -> None:
    config = {"image": "x", "services": [{"autostop": "sometimes"}]}
    assert api.post(_MACHINES, json={"config": config}).status_code == 400


@pytest.mark.parametrize(
    ("image", "resolved"),
    [
        ("nginx", ("docker-hub-mirror.fly.io", "library/nginx", "latest")),
        ("flyio/app:v2", ("docker-hub-mirror.fly.io", "flyio/app", "v2")),
        ("docker.io/library/x:1", ("docker-hub-mirror.fly.io", "library/x", "1")),
        ("registry.fly.io/team@sha256:56", ("registry.fly.io", "team", None)),
        ("localhost:5000/a/b:c", ("localhost:5000", "a/b", "c")),
    ],
)
def test_image_references_are_resolved_and_the_image_is_echoed_as_sent(
    api: httpx.Client, make: Make, image: str, resolved: tuple[str, str, str | None]
) -> None:
    machine = make(api, config={"image": image})
    ref = machine["image_ref"]
    assert (ref["registry"], ref["repository"], ref.get("tag")) == resolved
    assert ref["digest"].startswith("sha256:")
    assert machine["config"]["image"] == image


def test_an_image_is_needed_unless_there_are_containers(api: httpx.Client, make: Make) -> None:
    assert api.post(_MACHINES, json={"config": {}}).status_code == 400
    assert api.post(_MACHINES, json={"config": {"containers": [{"image": "x"}]}}).status_code == 200


def test_an_image_that_cannot_be_pulled_is_refused(sim: FlySimulator, api: httpx.Client) -> None:
    sim.images["private:1"] = "missing"
    answer = api.post(_MACHINES, json={"config": {"image": "private:1"}})
    assert (answer.status_code, answer.json()) == (
        422,
        {"error": 'Authentication required to access image "private:1"'},
    )


def test_names_are_unique_until_the_machine_is_destroyed(api: httpx.Client, make: Make) -> None:
    first = make(api, "server")["id"]
    answer = api.post(_MACHINES, json={"name": "server", "config": {"image": "x"}})
    assert answer.status_code == 409
    assert answer.json() == {
        "error": f"already_exists: unique machine name violation, machine ID {first} already exists "
        'with name "server"'
    }
    api.delete(f"{_MACHINES}/{first}", params={"force": "true"})
    assert make(api, "server")["id"] != first


def test_unknown_and_malformed_ids_differ(api: httpx.Client) -> None:
    unknown, malformed = api.get(f"{_MACHINES}/1857156b526dd8"), api.get(f"{_MACHINES}/12345")
    assert (unknown.status_code, unknown.json()) == (404, {"error": "machine not found"})
    assert (malformed.status_code, malformed.json()) == (404, {"error": "invalid machine ID, '12345'"})


def test_the_list_is_filtered(api: httpx.Client, make: Make) -> None:
    assert api.get(_MACHINES).json() == []
    make(api, "a", config={"metadata": {"role": "web", "tier": "1"}}, region="iad")
    make(api, "b", config={"metadata": {"role": "web"}}, region="lhr")
    make(api, "c", skip_launch=True, region="lhr")

    def names(**query: str) -> list[str]:
        return [machine["name"] for machine in api.get(_MACHINES, params=query).json()]

    assert names() == ["a", "b", "c"]
    assert names(region="lhr") == ["b", "c"]
    assert names(state="stopped,suspended") == ["c"]
    assert names(**{"metadata.role": "web"}) == ["a", "b"]
    assert names(**{"metadata.role": "web", "metadata.tier": "1"}) == ["a"]


def test_a_summary_leaves_five_keys_out(api: httpx.Client, make: Make) -> None:
    make(api, config={"checks": {"up": {"type": "tcp"}}}, lease_ttl=60)
    full, brief = (api.get(_MACHINES, params=query).json()[0] for query in ({}, {"summary": "true"}))
    assert set(full) - set(brief) == {
        "config",
        "incomplete_config",
        "events",
        "checks",
        "host_status",
    }
    assert "nonce" not in full


def test_destroyed_machines_are_listed_only_when_asked_for(api: httpx.Client, make: Make) -> None:
    machine = make(api)["id"]
    api.delete(f"{_MACHINES}/{machine}", params={"kill": "true"})
    assert api.get(_MACHINES).json() == []
    listed = api.get(_MACHINES, params={"include_deleted": "true"}).json()
    assert [(entry["id"], entry["state"]) for entry in listed] == [(machine, "destroyed")]


def test_a_destroyed_machine_is_shown_for_a_while_and_then_gone(
    api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    assert api.delete(url, params={"force": "true"}).json() == {"ok": True}
    assert api.get(url).json()["state"] == "destroyed"
    assert api.delete(url).json() == {"ok": True}
    assert api.post(url, json={"config": {"image": "x"}}).status_code == 404
    clock.sleep(61)
    assert api.get(url).json() == {"error": "machine not found"}
    assert api.delete(url).status_code == 404


def test_a_running_machine_is_deleted_by_force_only(api: httpx.Client, make: Make) -> None:
    url = f"{_MACHINES}/{make(api)['id']}"
    answer = api.delete(url)
    assert (answer.status_code, answer.json()) == (
        412,
        {"error": "failed_precondition: unable to destroy machine, not currently stopped"},
    )
    api.post(f"{url}/stop")
    assert api.delete(url).status_code == 200


def test_update_replaces_the_whole_config_and_makes_a_version(api: httpx.Client, make: Make) -> None:
    before = make(api, config={"env": {"A": "1"}}, region="cdg")
    url = f"{_MACHINES}/{before['id']}"
    after = api.post(
        url, json={"region": "ord", "name": "other", "config": {"image": "nginx:2", "metadata": {"k": "v"}}}
    ).json()
    assert after["config"].keys() == {"image", "metadata", "init", "guest", "restart", "dns"}
    assert (after["region"], after["name"], after["private_ip"]) == ("cdg", "m", before["private_ip"])
    assert after["instance_id"] != before["instance_id"]
    assert (after["state"], api.get(url).json()["state"]) == ("replacing", "started")
    versions = api.get(f"{url}/versions").json()
    assert [v["version"] for v in versions] == [after["instance_id"], before["instance_id"]]
    assert [v["user_config"]["image"] for v in versions] == ["nginx:2", "nginx:alpine"]


def test_update_can_demand_the_version_it_knows(api: httpx.Client, make: Make) -> None:
    machine = make(api)
    url = f"{_MACHINES}/{machine['id']}"
    body = {"config": {"image": "x"}, "current_version": machine["instance_id"]}
    assert api.post(url, json=body).status_code == 200
    answer = api.post(url, json=body)
    assert answer.status_code == 409
    assert answer.json()["error"].startswith("aborted: current_version")
    assert len(api.get(f"{url}/versions").json()) == 2


def test_skip_launch_keeps_a_machine_stopped(api: httpx.Client, make: Make) -> None:
    machine = make(api, skip_launch=True)
    url = f"{_MACHINES}/{machine['id']}"
    assert machine["state"] == "created"
    assert api.get(url).json()["state"] == "stopped"
    api.post(url, json={"config": {"image": "x"}, "skip_launch": True})
    assert api.get(url).json()["state"] == "stopped"
    api.post(url, json={"config": {"image": "x"}})
    assert api.get(url).json()["state"] == "stopped"


def test_a_second_update_meets_the_first(slow_api: httpx.Client, make: Make, clock: VirtualClock) -> None:
    url = f"{_MACHINES}/{make(slow_api)['id']}"
    clock.sleep(3)
    assert slow_api.post(url, json={"config": {"image": "x"}}).status_code == 200
    answer = slow_api.post(url, json={"config": {"image": "y"}})
    assert (answer.status_code, answer.json()) == (
        409,
        {"error": "aborted: machine update failed due to concurrent update"},
    )


def test_a_volume_is_claimed_by_one_machine(api: httpx.Client, make: Make) -> None:
    volume = api.post("/apps/web/volumes", json={"name": "data", "region": "lhr", "size_gb": 2}).json()["id"]
    machine = make(api, config={"mounts": [{"volume": volume, "path": "/data"}]})
    assert machine["region"] == "lhr"
    assert machine["config"]["mounts"] == [
        {"volume": volume, "path": "/data", "name": "data", "size_gb": 2, "encrypted": True}
    ]
    shown = api.get(f"/apps/web/volumes/{volume}").json()
    assert (shown["attached_machine_id"], shown["fstype"], shown["block_size"]) == (
        machine["id"],
        "ext4",
        4096,
    )
    body = {"config": {"image": "x", "mounts": [{"volume": volume, "path": "/data"}]}}
    answer = api.post(_MACHINES, json=body)
    assert (answer.status_code, answer.json()) == (
        412,
        {"error": f"failed_precondition: volume already claimed by machine {machine['id']}"},
    )


def test_a_mount_by_name_takes_any_free_volume_of_that_name_in_the_region(
    api: httpx.Client, make: Make
) -> None:
    for region in ("iad", "lhr", "lhr"):
        api.post("/apps/web/volumes", json={"name": "data", "region": region})
    mount = [{"volume": "data", "path": "/data"}]
    first, second = (make(api, name, config={"mounts": mount}, region="lhr") for name in ("a", "b"))
    assert first["config"]["mounts"][0]["volume"] != second["config"]["mounts"][0]["volume"]
    body = {"region": "lhr", "config": {"image": "x", "mounts": mount}}
    assert api.post(_MACHINES, json=body).status_code == 404
    assert make(api, "c", config={"mounts": mount})["region"] == "iad"


def test_mounts_that_cannot_be_are_refused(api: httpx.Client) -> None:
    volume = api.post("/apps/web/volumes", json={"name": "data", "region": "ord"}).json()["id"]
    mount = {"volume": volume, "path": "/data"}

    def refuse(mounts: list[dict[str, str]], region: str = "") -> httpx.Response:
        return api.post(_MACHINES, json={"region": region, "config": {"image": "x", "mounts": mounts}})

    assert refuse([mount, {"volume": "b", "path": "/b"}]).status_code == 400
    assert refuse([{"volume": volume}]).status_code == 400
    wrong = refuse([mount], "iad")
    assert wrong.json()["error"] == (
        f'Mounts source volume "{volume}" is in the wrong region ("ord" != "iad")'
    )
    api.delete(f"/apps/web/volumes/{volume}")
    gone = refuse([mount])
    assert (gone.status_code, gone.json()["error"]) == (400, "volume not found")
    assert refuse([{"volume": "vol_unknown", "path": "/data"}]).status_code == 404


def test_an_update_keeps_the_volume_whatever_it_names(api: httpx.Client, make: Make) -> None:
    first, second = (
        api.post("/apps/web/volumes", json={"name": "data", "region": "iad"}).json()["id"] for _ in range(2)
    )
    url = f"{_MACHINES}/{make(api, config={'mounts': [{'volume': first, 'path': '/data'}]})['id']}"
    other = [{"volume": second, "path": "/elsewhere"}]
    mount = api.post(url, json={"config": {"image": "x", "mounts": other}}).json()["config"]["mounts"][0]
    assert (mount["volume"], mount["path"]) == (first, "/elsewhere")
    api.post(url, json={"config": {"image": "x"}})
    assert api.get(f"/apps/web/volumes/{first}").json()["attached_machine_id"] is None
    assert api.post(url, json={"config": {"image": "x", "mounts": other}}).status_code == 400


def test_full_regions_have_no_room(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    volume = api.post("/apps/web/volumes", json={"name": "data", "region": "iad"}).json()["id"]
    stopped = make(api, "stopped", skip_launch=True)["id"]
    sim.full_regions.add("iad")
    assert make(api, region="iad,ewr")["region"] == "ewr"
    answer = api.post(_MACHINES, json={"region": "iad", "config": {"image": "x"}})
    assert (answer.status_code, answer.json()) == (
        422,
        {"error": "could not find a candidate host", "status": "insufficient_capacity"},
    )
    mounts = [{"volume": volume, "path": "/d"}]
    answer = api.post(_MACHINES, json={"config": {"image": "x", "mounts": mounts}})
    assert (answer.status_code, answer.json()["status"]) == (412, "volume_placement_capacity")
    for refused in (
        api.post(f"{_MACHINES}/{stopped}/start"),
        api.post(f"{_MACHINES}/{stopped}", json={"config": {"image": "x", "size": "shared-cpu-2x"}}),
    ):
        assert refused.status_code == 409
        assert refused.json()["error"].startswith("aborted: could not reserve resource for machine")
    assert api.post(f"{_MACHINES}/{stopped}", json={"config": {"image": "y"}}).status_code == 200


def test_a_machine_on_an_unreachable_host_shows_what_is_known_and_takes_no_write(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    url = f"{_MACHINES}/{make(api, 'far')['id']}"
    sim.edit_machine("web", "far", lambda machine: setattr(machine, "host_status", "unreachable"))
    shown = api.get(url).json()
    assert (shown["host_status"], "config" in shown) == ("unreachable", False)
    assert shown["incomplete_config"]["image"] == "nginx:alpine"
    assert api.post(f"{url}/stop").status_code == 408


@pytest.mark.parametrize(("app", "name"), [("web", "none"), ("none", "m")])
def test_edits_behind_the_back_need_something_to_edit(
    sim: FlySimulator, api: httpx.Client, app: str, name: str
) -> None:
    with pytest.raises(LookupError, match="none"):
        sim.edit_machine(app, name, lambda machine: machine.events.clear())
    with pytest.raises(LookupError, match="none"):
        sim.edit_volume(app, name, lambda volume: volume)


def test_an_update_can_leave_the_proxy_and_may_end_the_machine(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    sim.images["c"] = "crashes"
    volume = api.post("/apps/web/volumes", json={"name": "d", "region": "iad"}).json()["id"]
    mounts = [{"volume": volume, "path": "/d"}]
    url = f"{_MACHINES}/{make(api, config={'mounts': mounts})['id']}"
    config = {"image": "c", "auto_destroy": True, "mounts": mounts}
    updated = api.post(url, json={"config": config, "skip_service_registration": True}).json()
    assert (updated["cordoned"], updated["state"]) == (True, "replacing")
    assert api.get(url).json()["state"] == "destroyed"
    assert api.get(f"/apps/web/volumes/{volume}").json()["attached_machine_id"] is None


def test_identifiers_repeat_with_the_seed(connected: Callable[..., httpx.Client]) -> None:
    def first_machine(seed: int) -> str:
        with connected(FlySimulator(clock=VirtualClock(), seed=seed)) as client:
            client.post("/apps", json={"name": "web", "org_slug": "personal"})
            machine: dict[str, str] = client.post(_MACHINES, json={"config": {"image": "x"}}).json()
            return machine["id"]

    assert first_machine(1) == first_machine(1) != first_machine(2)


def test_a_null_in_a_service_is_as_if_it_were_not_there(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    services = [{"internal_port": 80, "protocol": "tcp"}]
    machine = make(api, config={"services": services})
    assert machine["config"]["services"] == [{"force_instance_key": None, **services[0]}]
    assert machine["incomplete_config"] is None
    before = sim.snapshot()
    api.post(f"{_MACHINES}/{machine['id']}", json={"config": machine["config"]}).raise_for_status()
    assert sim.snapshot() == before
