"""Volumes and snapshots (VO, SN)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from fly_resources.testing import FlySimulator, VirtualClock

    Make = Callable[..., dict[str, Any]]

_VOLUMES = "/apps/web/volumes"


def _create(client: httpx.Client, **body: object) -> dict[str, Any]:
    answer = client.post(_VOLUMES, json={"name": "data", "region": "iad", **body})
    assert answer.status_code == 200, answer.text
    volume: dict[str, Any] = answer.json()
    return volume


def test_create_answers_200_with_the_defaults(api: httpx.Client) -> None:
    volume = _create(api)
    assert re.fullmatch(r"vol_[a-z0-9]{16}", volume.pop("id"))
    assert re.fullmatch(r"[0-9a-f]{4}", volume.pop("zone"))
    assert volume == {
        "name": "data",
        "state": "created",
        "size_gb": 3,
        "region": "iad",
        "encrypted": True,
        "attached_machine_id": None,
        "attached_alloc_id": None,
        "created_at": "2026-01-01T00:00:00.000Z",
        "blocks": 0,
        "block_size": 0,
        "blocks_free": 0,
        "blocks_avail": 0,
        "bytes_used": 0,
        "bytes_total": 0,
        "fstype": "ext4",
        "snapshot_retention": 5,
        "auto_backup_enabled": True,
        "host_dedication_key": "",
        "host_status": "ok",
    }


def test_names_are_not_unique(api: httpx.Client) -> None:
    first, second = _create(api), _create(api)
    assert [v["id"] for v in api.get(_VOLUMES).json()] == [first["id"], second["id"]]


@pytest.mark.parametrize("region", ["", "icn", "us-east-1"])
def test_regions_that_cannot_host_are_refused(api: httpx.Client, region: str) -> None:
    answer = api.post(_VOLUMES, json={"name": "data", "region": region})
    assert (answer.status_code, answer.json()) == (
        422,
        {
            "error": f"Region '{region}' cannot host your machine. Please use an alternative region "
            "(see `fly platform regions`)."
        },
    )


def test_a_region_list_gives_its_first(api: httpx.Client) -> None:
    assert _create(api, region="cdg,eu")["region"] == "cdg"


@pytest.mark.parametrize("body", [{"name": ""}, {"snapshot_retention": 61}, {"snapshot_retention": 0}])
def test_values_out_of_bounds_are_refused(api: httpx.Client, body: dict[str, object]) -> None:
    assert api.post(_VOLUMES, json={"name": "data", "region": "iad", **body}).status_code == 400


def test_an_unknown_volume_is_not_found(api: httpx.Client) -> None:
    assert api.get(f"{_VOLUMES}/vol_none").status_code == 404


def test_update_changes_retention_and_backups_only(api: httpx.Client) -> None:
    volume = _create(api)
    url = f"{_VOLUMES}/{volume['id']}"
    body = {"snapshot_retention": 10, "auto_backup_enabled": False, "size_gb": 50, "name": "other"}
    changed = api.put(url, json=body)
    assert changed.status_code == 200
    assert changed.json() == {**volume, "snapshot_retention": 10, "auto_backup_enabled": False}
    assert api.get(url).json() == changed.json()


def test_extend_grows_only(api: httpx.Client, make: Make) -> None:
    volume = _create(api, size_gb=5)
    url = f"{_VOLUMES}/{volume['id']}/extend"
    grown = api.put(url, json={"size_gb": 8}).json()
    assert (grown["volume"]["size_gb"], grown["needs_restart"]) == (8, False)
    assert api.put(url, json={"size_gb": 7}).status_code == 400
    make(api, config={"mounts": [{"volume": volume["id"], "path": "/d"}]})
    assert api.put(url, json={"size_gb": 9}).json()["needs_restart"] is True


def test_a_deleted_volume_answers_destroyed_and_lingers_in_the_list(
    slow_api: httpx.Client, clock: VirtualClock
) -> None:
    url = f"{_VOLUMES}/{_create(slow_api)['id']}"
    deleted = slow_api.delete(url)
    assert deleted.status_code == 200
    assert (deleted.json()["state"], deleted.json()["snapshot_retention"]) == ("destroyed", 0)
    seen = []
    for wait in (0, 11, 86_400):
        clock.sleep(wait)
        seen.append([v["state"] for v in slow_api.get(_VOLUMES).json()])
    assert seen == [["scheduling_destroy"], ["pending_destroy"], []]
    assert slow_api.get(url).status_code == 404
    assert slow_api.delete(url).status_code == 404


def test_a_bound_volume_cannot_be_deleted_until_a_while_after_its_machine(
    slow_api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    volume = _create(slow_api)["id"]
    machine = make(slow_api, config={"mounts": [{"volume": volume, "path": "/d"}]})["id"]
    url = f"{_VOLUMES}/{volume}"
    bound = {"error": f"failed_precondition: volume is currently bound to machine: {machine}"}
    assert (slow_api.delete(url).status_code, slow_api.delete(url).json()) == (412, bound)
    slow_api.delete(f"/apps/web/machines/{machine}", params={"force": "true"})
    clock.sleep(6.9)
    assert slow_api.delete(url).json() == bound
    clock.sleep(0.2)
    assert slow_api.delete(url).status_code == 200


def test_a_fork_hydrates_and_takes_size_and_region_of_its_source(
    slow_api: httpx.Client, clock: VirtualClock
) -> None:
    source = _create(slow_api, region="lhr", size_gb=7)
    fork = _create(slow_api, name="forked", region="", source_volume_id=source["id"])
    assert (fork["state"], fork["region"], fork["size_gb"]) == ("hydrating", "lhr", 7)
    clock.sleep(11)
    assert slow_api.get(f"{_VOLUMES}/{fork['id']}").json()["state"] == "created"
    missing = {"name": "f", "region": "", "source_volume_id": "vol_none"}
    assert slow_api.post(_VOLUMES, json=missing).status_code == 404


def test_a_snapshot_outlives_its_volume_and_can_be_restored(
    slow_sim: FlySimulator, slow_api: httpx.Client, clock: VirtualClock
) -> None:
    volume = _create(slow_api, size_gb=4)["id"]
    url = f"{_VOLUMES}/{volume}/snapshots"
    never_mounted = slow_api.post(url)
    assert never_mounted.status_code == 400
    assert "uninitialized volume" in never_mounted.json()["error"]
    slow_sim.edit_volume("web", volume, lambda record: attrs.evolve(record, used=True))
    backup = slow_api.post(url).json()["Msg"]["backup"]
    assert (backup["state"], backup["type"], backup["volume_id"]) == (
        "prepare",
        "BACKUP_TYPE_ON_DEMAND",
        volume,
    )
    again = slow_api.post(url)
    assert (again.status_code, again.json()) == (
        412,
        {"error": "failed_precondition: snapshot is already scheduled at 2026-01-01T00:00:00Z"},
    )
    assert slow_api.get(url).json() == []
    clock.sleep(11)
    slow_api.delete(f"{_VOLUMES}/{volume}")
    listed = slow_api.get(url).json()
    assert [(s["id"], s["volume_size"], s["retention_days"]) for s in listed] == [(backup["graph_id"], 4, 5)]
    assert listed[0]["created_at"] == "2026-01-01T00:00:00+00:00"
    restored = _create(slow_api, snapshot_id=backup["graph_id"], size_gb=None)
    assert (restored["state"], restored["size_gb"]) == ("restoring", 4)
    body = {"name": "d", "region": "iad", "snapshot_id": backup["graph_id"], "size_gb": 3}
    small = slow_api.post(_VOLUMES, json=body)
    assert small.status_code == 400
    assert small.json()["error"] == "volume size (3 GiB) is smaller than the snapshot size (4 GiB)"
    assert slow_api.post(_VOLUMES, json={**body, "snapshot_id": "vs_none"}).status_code == 404


def test_instant_copies_still_answer_with_their_first_state(api: httpx.Client) -> None:
    source = _create(api)["id"]
    fork = _create(api, source_volume_id=source)
    assert fork["state"] == "hydrating"
    assert api.get(f"{_VOLUMES}/{fork['id']}").json()["state"] == "created"


def test_a_volume_can_be_edited_behind_the_back(sim: FlySimulator, api: httpx.Client) -> None:
    volume = _create(api)["id"]
    sim.edit_volume("web", "data", lambda record: attrs.evolve(record, host_status="unreachable"))
    assert api.get(f"{_VOLUMES}/{volume}").json()["host_status"] == "unreachable"
