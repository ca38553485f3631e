"""Secrets (SE)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources.testing import FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from fly_resources.testing import VirtualClock

    Make = Callable[..., dict[str, Any]]

_SECRETS = "/apps/web/secrets"


def _bulk(client: httpx.Client, **values: str | None) -> dict[str, Any]:
    answer = client.post(_SECRETS, json={"values": values})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_bulk_sets_and_deletes_in_one_version(api: httpx.Client) -> None:
    first = _bulk(api, A="1", B="2")
    assert ([s["name"] for s in first["secrets"]], first["version"]) == (["A", "B"], 1)
    second = _bulk(api, A=None, C="3", NEVER_THERE=None)
    assert (second["version"], second["Version"]) == (2, 2)
    assert [s["name"] for s in api.get(_SECRETS).json()["secrets"]] == ["B", "C"]


def test_deleting_what_is_absent_tells_the_version_and_makes_none(api: httpx.Client) -> None:
    _bulk(api, A="1")
    assert _bulk(api, GONE=None)["version"] == 1
    assert _bulk(api)["version"] == 1


def test_the_digest_follows_the_value_and_says_nothing_about_it(
    api: httpx.Client, connected: Callable[..., httpx.Client]
) -> None:
    first = _bulk(api, A="1", B="1", C="2")["secrets"]
    again = _bulk(api, A="1")["secrets"]
    assert first[0]["digest"] == first[1]["digest"] == again[0]["digest"] != first[2]["digest"]
    with connected(FlySimulator()) as other:
        other.post("/apps", json={"name": "web", "org_slug": "personal"})
        assert _bulk(other, A="1")["secrets"][0]["digest"] != first[0]["digest"]


def test_values_are_shown_on_demand_only(api: httpx.Client) -> None:
    _bulk(api, A="hidden")
    assert "hidden" not in api.get(_SECRETS).text + api.get(f"{_SECRETS}/A").text
    shown = {"show_secrets": "true"}
    assert api.get(_SECRETS, params=shown).json()["secrets"][0]["value"] == "hidden"
    assert api.get(f"{_SECRETS}/A", params=shown).json()["value"] == "hidden"


def test_one_secret_is_set_read_and_deleted(api: httpx.Client, clock: VirtualClock) -> None:
    created = api.post(f"{_SECRETS}/A", json={"value": "1"})
    assert created.status_code == 201
    assert {"name", "digest", "version", "Version", "created_at", "updated_at"} == set(created.json())
    clock.sleep(60)
    api.post(f"{_SECRETS}/A", json={"value": "2"})
    read = api.get(f"{_SECRETS}/A").json()
    assert (read["created_at"], read["updated_at"]) == ("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z")
    assert api.delete(f"{_SECRETS}/A").json() == {"version": 3, "Version": 3}
    assert api.delete(f"{_SECRETS}/A").status_code == 404
    assert api.get(f"{_SECRETS}/A").status_code == 404


@pytest.mark.parametrize("parameter", ["version", "min_version"])
def test_reads_can_demand_a_version(api: httpx.Client, parameter: str) -> None:
    _bulk(api, A="1")
    assert api.get(_SECRETS, params={parameter: 1}).status_code == 200
    assert api.get(_SECRETS, params={parameter: 2}).status_code == 412


def test_machines_can_demand_a_version(api: httpx.Client, make: Make) -> None:
    _bulk(api, A="1")
    url = f"/apps/web/machines/{make(api, min_secrets_version=1)['id']}"
    body = {"config": {"image": "x"}, "min_secrets_version": 2}
    assert api.post(url, json=body).status_code == 412
    assert api.post("/apps/web/machines", json=body).status_code == 412


@pytest.mark.parametrize("call", ["restart", "stop and start", "update"])
def test_machines_keep_old_secrets_until_they_are_started_anew(
    sim: FlySimulator, api: httpx.Client, make: Make, call: str
) -> None:
    url = f"/apps/web/machines/{make(api)['id']}"

    def current() -> bool:
        apps: Any = sim.snapshot()["apps"]
        answer: bool = apps["web"]["machines"][0]["secrets_are_current"]
        return answer

    assert current()
    _bulk(api, A="1")
    assert not current()
    if call == "update":
        api.post(url, json={"config": {"image": "x"}})
    else:
        for part in call.split(" and "):
            api.post(f"{url}/{part}")
    assert current()


def test_a_machine_can_go_without_secrets(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    make(api, skip_secrets=True)
    _bulk(api, A="1")
    apps: Any = sim.snapshot()["apps"]
    assert apps["web"]["machines"][0]["secrets_are_current"] is True


def test_values_have_to_be_texts(api: httpx.Client) -> None:
    assert api.post(_SECRETS, json={"values": {"A": 1}}).status_code == 400
