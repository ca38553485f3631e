"""Organisation lists (OR), regions and placements (PL-6, PL-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from fly_resources.testing import FlySimulator, VirtualClock

    Make = Callable[..., dict[str, Any]]


def test_machines_of_all_apps_come_in_pages(
    sim: FlySimulator, api: httpx.Client, make: Make, clock: VirtualClock
) -> None:
    sim.orgs["acme"] = "Acme"
    for app, org in (("second", "personal"), ("elsewhere", "acme")):
        api.post("/apps", json={"name": app, "org_slug": org})
        api.post(f"/apps/{app}/machines", json={"name": f"in-{app}", "config": {"image": "x"}})
        clock.sleep(1)
    make(api, "a", region="lhr")
    clock.sleep(1)
    make(api, "b")
    names, cursor = list[str](), ""
    while True:
        page = api.get("/orgs/personal/machines", params={"limit": 2, "cursor": cursor}).json()
        names += [machine["name"] for machine in page["machines"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert names == ["in-second", "a", "b"]
    machine = page["machines"][0]
    assert (machine["app_name"], machine["state"], machine["config"]["image"]) == (
        "web",
        "started",
        "nginx:alpine",
    )
    assert page["last_machine_id"] == machine["id"]


def test_organisation_lists_are_filtered(api: httpx.Client, make: Make, clock: VirtualClock) -> None:
    make(api, "a", region="lhr")
    clock.sleep(10)
    make(api, "b", skip_launch=True)
    gone = make(api, "gone")["id"]
    api.delete(f"/apps/web/machines/{gone}", params={"force": "true"})

    def names(**query: str) -> set[str]:
        found = api.get("/orgs/personal/machines", params=query).json()["machines"]
        return {machine["name"] for machine in found}

    assert names() == {"a", "b"}
    assert names(include_deleted="true") == {"a", "b", "gone"}
    assert names(region="lhr") == {"a"}
    assert names(state="stopped,suspended") == {"b"}
    assert names(updated_after="2026-01-01T00:00:05Z") == {"b"}
    assert "config" not in api.get("/orgs/personal/machines?summary=true").json()["machines"][0]
    assert api.get("/orgs/personal/machines?updated_after=yesterday").status_code == 400
    assert api.get("/orgs/nobody/machines").status_code == 404


def test_volumes_of_all_apps(api: httpx.Client) -> None:
    volume = api.post("/apps/web/volumes", json={"name": "d", "region": "iad"}).json()["id"]
    body = api.get("/orgs/personal/volumes").json()
    assert [(v["id"], v["app_name"], v["state"]) for v in body["volumes"]] == [(volume, "web", "created")]
    assert (body["last_volume_id"], body["next_cursor"]) == (volume, "")
    assert api.get("/orgs/personal/volumes", params={"region": "lhr"}).json()["volumes"] == []


def test_regions_need_no_token_and_have_pascal_case_keys(
    sim: FlySimulator, connected: Callable[..., httpx.Client]
) -> None:
    with connected(sim, token="") as anonymous:
        body = anonymous.get("/platform/regions").json()
    assert (set(body), len(body["Regions"]), body["Nearest"]) == ({"Regions", "Nearest"}, 18, "iad")
    assert {"code", "name", "latitude", "longitude"} < set(body["Regions"][0])


@pytest.mark.parametrize(
    ("asked", "regions"), [("lhr,iad", ["lhr", "iad"]), ("sa", ["gru"]), ("ewr,iad", ["iad"])]
)
def test_placements_leave_full_regions_out(
    sim: FlySimulator, api: httpx.Client, asked: str, regions: list[str]
) -> None:
    sim.full_regions.add("ewr")
    body = {"org_slug": "personal", "region": asked, "count": 2}
    rows = api.post("/platform/placements", json=body).json()["Regions"]
    assert [(row["Region"], row["Count"]) for row in rows] == [(region, 2) for region in regions]


def test_regions_can_be_taken_away(sim: FlySimulator, api: httpx.Client) -> None:
    del sim.regions["jnb"]
    body = {"name": "d", "region": "jnb"}
    assert api.post("/apps/web/volumes", json=body).status_code == 422


def test_the_current_token_names_the_organisation(api: httpx.Client) -> None:
    token = api.get("/tokens/current").json()["tokens"][0]
    assert (token["org_slug"], token["apps"]) == ("personal", [])
