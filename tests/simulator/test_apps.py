"""Apps (AP)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from fly_resources.testing import FlySimulator


def test_create_answers_201_with_id_and_milliseconds(api: httpx.Client) -> None:
    answer = api.post("/apps", json={"name": "new-app", "org_slug": "personal", "network": "own"})
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"id", "created_at"}
    assert re.fullmatch(r"[a-z0-9]{16}", body["id"])
    assert body["created_at"] == 1_767_225_600_000
    assert re.match(r"fly_flaps_affinity=\w+; Path=/v1/apps/new-app", answer.headers["set-cookie"])
    shown = api.get("/apps/new-app").json()
    assert (shown["network"], shown["status"], shown["organization"]["slug"]) == (
        "own",
        "pending",
        "personal",
    )


def test_create_and_wait_answers_with_the_app(api: httpx.Client) -> None:
    body = api.post("/apps", params={"wait": "true"}, json={"name": "n", "org_slug": "personal"}).json()
    assert body == api.get("/apps/n").json()


@pytest.mark.parametrize(
    ("body", "name"), [({"app_name": "docs"}, "docs"), ({"name": "a", "app_name": "b"}, "a")]
)
def test_the_name_comes_in_either_field(api: httpx.Client, body: dict[str, str], name: str) -> None:
    assert api.post("/apps", json={**body, "org_slug": "personal"}).status_code == 201
    assert api.get(f"/apps/{name}").status_code == 200


@pytest.mark.parametrize("name", ["", "UPPER", "under_score", "a" * 63, "sp ace"])
def test_names_outside_the_rule_are_refused(api: httpx.Client, name: str) -> None:
    answer = api.post("/apps", json={"name": name, "org_slug": "personal"})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Validation failed: Name under 63 chars")


def test_a_name_of_62_characters_is_fine(api: httpx.Client) -> None:
    assert api.post("/apps", json={"name": "a" * 62, "org_slug": "personal"}).status_code == 201


def test_a_taken_name_says_so_in_text_and_code(api: httpx.Client) -> None:
    answer = api.post("/apps", json={"name": "web", "org_slug": "personal"})
    assert answer.status_code == 422
    assert answer.json() == {
        "error": "Validation failed: Name has already been taken",
        "status": "name_taken",
    }


def test_an_unknown_organisation_is_not_found(sim: FlySimulator, api: httpx.Client) -> None:
    answer = api.post("/apps", json={"name": "n", "org_slug": "acme"})
    assert (answer.status_code, answer.json()) == (404, {"error": "organization not found"})
    sim.orgs["acme"] = "Acme Inc"
    assert api.post("/apps", json={"name": "n", "org_slug": "acme"}).status_code == 201
    assert api.get("/apps/n").json()["organization"]["name"] == "Acme Inc"


def test_a_missing_app_is_not_found(api: httpx.Client) -> None:
    for answer in (api.get("/apps/none"), api.get("/apps/none/machines"), api.delete("/apps/none")):
        assert (answer.status_code, answer.json()) == (404, {"error": "app not found"})


def test_an_app_of_somebody_else_is_forbidden_and_its_name_taken(
    sim: FlySimulator, api: httpx.Client
) -> None:
    sim.add_foreign_app("theirs")
    for answer in (api.get("/apps/theirs"), api.get("/apps/theirs/volumes"), api.delete("/apps/theirs")):
        assert (answer.status_code, answer.json()) == (403, {"error": "unauthorized"})
    assert api.post("/apps", json={"name": "theirs", "org_slug": "personal"}).json()["status"] == "name_taken"


def test_the_list_of_an_organisation_counts(sim: FlySimulator, api: httpx.Client) -> None:
    sim.orgs["acme"] = "Acme"
    api.post("/apps", json={"name": "elsewhere", "org_slug": "acme"})
    api.post("/apps/web/volumes", json={"name": "v", "region": "iad"})
    api.post("/apps/web/machines", json={"config": {"image": "x"}})
    body = api.get("/apps", params={"org_slug": "personal"}).json()
    assert body["total_apps"] == 1
    app = body["apps"][0]
    assert (app["name"], app["machine_count"], app["volume_count"], app["network"]) == (
        "web",
        1,
        1,
        "default",
    )
    assert api.get("/apps/web").json()["status"] == "deployed"


def test_deleting_takes_everything_along_and_frees_the_name(api: httpx.Client) -> None:
    machine = api.post("/apps/web/machines", json={"config": {"image": "x"}}).json()["id"]
    api.post("/apps/web/volumes", json={"name": "v", "region": "iad"})
    answer = api.delete("/apps/web")
    assert (answer.status_code, answer.content) == (202, b"")
    assert "content-type" not in answer.headers
    assert api.get(f"/apps/web/machines/{machine}").json() == {"error": "app not found"}
    assert api.post("/apps", json={"name": "web", "org_slug": "personal"}).status_code == 201
    assert api.get("/apps/web/volumes").json() == []


def test_a_creation_that_is_repeated_under_its_key_answers_the_first_app(api: httpx.Client) -> None:
    body = {"name": "shop", "org_slug": "personal", "idempotency_key": "k1"}
    first = api.post("/apps", json=body)
    assert first.status_code == 201
    assert api.post("/apps", json=body).json()["id"] == first.json()["id"]
    without_name = {key: value for key, value in body.items() if key != "name"}
    assert api.post("/apps", json=without_name).json()["id"] == first.json()["id"]
    assert api.post("/apps", json=body | {"name": "other"}).status_code == 422
    assert api.get("/apps/other").status_code == 404
    assert api.post("/apps", json=body | {"idempotency_key": "k2"}).json()["status"] == "name_taken"
    api.delete("/apps/shop")
    assert api.post("/apps", json=body).json()["id"] != first.json()["id"]
