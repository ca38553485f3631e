"""What few use: logs, memory limits, network policies and secret keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    import httpx

    from fly_resources.testing import FlySimulator

Make: TypeAlias = Callable[..., dict[str, Any]]

_POLICY = {
    "name": "web-only",
    "selector": {"all": True, "machines": [{"id": "m"}], "metadata": {"role": "web"}},
    "rules": [{"action": "allow", "direction": "egress", "ports": [{"protocol": "tcp", "port": 443}]}],
}


def _lines(answer: httpx.Response) -> list[str]:
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line)["message"] for line in answer.text.splitlines()]


def test_logs_are_lines_of_json(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    machine = make(api)["id"]
    make(api, name="other")
    assert _lines(api.get("/apps/web/logs")) == []
    sim.write_log("web", "m", "first")
    sim.write_log("web", "other", "second")
    assert _lines(api.get("/apps/web/logs")) == ["first", "second"]
    assert _lines(api.get(f"/apps/web/machines/{machine}/logs")) == ["first"]


def test_only_the_latest_lines_are_kept(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    make(api)
    for number in range(1003):
        sim.write_log("web", "m", str(number))
    lines = _lines(api.get("/apps/web/logs"))
    assert len(lines) == 1000
    assert lines[-1] == "1002"


def test_memory_is_limited_and_taken_back(api: httpx.Client, make: Make) -> None:
    path = f"/apps/web/machines/{make(api)['id']}/memory"
    api.get(path.replace("/memory", "/wait"))
    assert api.get(path).json() == {"limit_mb": 256, "available_mb": 192}
    assert api.put(path, json={"limit_mb": 128}).json() == {"limit_mb": 128, "available_mb": 64}
    assert api.get(path).json() == {"limit_mb": 128, "available_mb": 64}
    assert api.post(f"{path}/reclaim", json={"amount_mb": 10}).json() == {"actual_mb": 10}
    assert api.post(f"{path}/reclaim", json={"amount_mb": 1000}).json() == {"actual_mb": 64}


@pytest.mark.parametrize("limit", [0, -1, 257])
def test_a_limit_beyond_the_guest_is_refused(api: httpx.Client, make: Make, limit: int) -> None:
    path = f"/apps/web/machines/{make(api)['id']}/memory"
    assert api.put(path, json={"limit_mb": limit}).status_code == 400


def test_memory_of_a_stopped_machine_is_not_touched(api: httpx.Client, make: Make) -> None:
    path = f"/apps/web/machines/{make(api, skip_launch=True)['id']}/memory"
    assert api.put(path, json={"limit_mb": 128}).status_code == 412
    assert api.post(f"{path}/reclaim", json={"amount_mb": 1}).status_code == 412
    assert api.post(f"{path}/reclaim", json={"amount_mb": -1}).status_code == 400


def test_policies_are_made_replaced_and_lifted(api: httpx.Client) -> None:
    path = "/apps/web/network_policies"
    made = api.post(path, json=_POLICY)
    assert made.status_code == 201
    (listed,) = api.get(path).json()
    assert listed == {"id": listed["id"], **_POLICY}
    assert api.post(path, json={**_POLICY, "id": listed["id"], "rules": []}).status_code == 200
    assert [policy["rules"] for policy in api.get(path).json()] == [[]]
    assert api.post(path, json=_POLICY).status_code == 201  # the name is not unique
    assert len(api.get(path).json()) == 2
    assert api.delete(f"{path}/{listed['id']}").status_code == 204
    assert api.delete(f"{path}/{listed['id']}").status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 400),
        ({"selector": None}, 400),
        ({"rules": [{"action": "deny", "direction": "egress", "ports": []}]}, 400),
        ({"rules": [{"action": "allow", "direction": "up", "ports": []}]}, 400),
        ({"id": "unknown"}, 404),
    ],
)
def test_a_policy_that_cannot_be_is_refused(
    api: httpx.Client, change: dict[str, object], status: int
) -> None:
    assert api.post("/apps/web/network_policies", json={**_POLICY, **change}).status_code == status
    assert api.get("/apps/web/network_policies").json() == []


def test_secret_keys_come_and_go_and_count_as_secrets(api: httpx.Client) -> None:
    path = "/apps/web/secretkeys"
    first = api.post(f"{path}/signing/generate", json={"type": "hs256"})
    assert first.status_code == 201
    assert first.json()["version"] == 1
    second = api.post(f"{path}/box", json={"type": "nacl_box", "value": "AAAA"}).json()
    assert "value" not in second
    keys = api.get(path).json()["secret_keys"]
    assert [(key["name"], key["type"]) for key in keys] == [("box", "nacl_box"), ("signing", "hs256")]
    only = api.get(path, params={"types": "hs256,hs512"}).json()["secret_keys"]
    assert [key["name"] for key in only] == ["signing"]
    assert api.get(f"{path}/box?min_version=3").status_code == 412
    assert api.get("/apps/web/secrets?min_version=2").status_code == 200
    assert api.delete(f"{path}/box").json() == {"version": 3}
    assert api.get(f"{path}/box").status_code == 404
    assert api.delete(f"{path}/box").status_code == 404


@pytest.mark.parametrize(
    "body",
    [{"type": "rot13", "value": "AAAA"}, {"type": "hs256", "value": "not base64"}, {"type": "hs256"}, {}],
)
def test_a_key_that_cannot_be_is_refused(api: httpx.Client, body: dict[str, str]) -> None:
    assert api.post("/apps/web/secretkeys/key", json=body).status_code == 400


@pytest.mark.parametrize("verb", ["encrypt", "decrypt", "sign", "verify"])
def test_nothing_is_computed_with_a_key(api: httpx.Client, verb: str) -> None:
    answer = api.post(f"/apps/web/secretkeys/key/{verb}", json={})
    assert answer.status_code == 400
    assert "does not model Secretkey_" in answer.json()["error"]


def test_processes_are_what_the_test_says(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    machine = make(api)["id"]
    api.get(f"/apps/web/machines/{machine}/wait")
    sim.on_processes = lambda name: [
        {"pid": 2, "command": f"{name} worker", "rss": 10},
        {"pid": 1, "command": "init", "rss": 20},
    ]
    path = f"/apps/web/machines/{machine}/ps"
    assert [each["pid"] for each in api.get(path).json()] == [2, 1]
    assert [each["pid"] for each in api.get(path, params={"sort_by": "pid"}).json()] == [1, 2]
    assert [each["rss"] for each in api.get(f"{path}?sort_by=rss&order=desc").json()] == [20, 10]
    assert [each["command"] for each in api.get(f"{path}?sort_by=command").json()] == ["init", "m worker"]


def test_the_logs_that_flyctl_reads_are_served_in_its_envelope(sim: FlySimulator, api: httpx.Client) -> None:
    made = api.post("/apps/web/machines", json={"name": "logs-web", "config": {"image": "nginx"}}).json()
    for message in ("one", "two"):
        sim.write_log("web", "logs-web", message)
    base = str(api.base_url).removesuffix("/v1/")

    answer = api.get(f"{base}/api/v1/apps/web/logs").json()

    found = [each["attributes"] for each in answer["data"] if each["attributes"]["instance"] == made["id"]]
    assert [each["message"] for each in found if each["message"] in {"one", "two"}] == ["one", "two"]
    token = {"next_token": answer["meta"]["next_token"]}
    assert api.get(f"{base}/api/v1/apps/web/logs", params=token).json() == {"data": [], "meta": token}
    sim.write_log("web", "logs-web", "three")
    later = api.get(f"{base}/api/v1/apps/web/logs", params={**token, "instance": made["id"]}).json()
    assert [each["attributes"]["message"] for each in later["data"]] == ["three"]
    assert api.get(f"{base}/api/v1/apps/web/logs", params={"instance": "another"}).json()["data"] == []
    assert api.get(f"{base}/api/v1/apps/none/logs").status_code == 404
    assert api.get(f"{base}/api/v1/apps/web/logs", headers={"Authorization": ""}).status_code == 401
    assert api.get(f"{base}/api/v1/apps/web/builds").status_code == 404


def test_graphql_is_refused_with_what_to_use_instead(api: httpx.Client) -> None:
    base = str(api.base_url).removesuffix("/v1/")

    answer = api.post(f"{base}/graphql", json={"query": "{ apps { nodes { name } } }"})

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert "does not serve GraphQL" in error["message"]
    assert "/v1/apps/APP/secrets" in answer.json()["error"]
