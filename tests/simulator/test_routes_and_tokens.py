"""Routing, authentication, headers and general errors (PL, AU, HD, ER)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fly_resources.testing._router import ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from fly_resources.testing import FlySimulator

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/bogus_route_check"), ("GET", "/apps"), ("PUT", "/apps"), ("GET", "/apps/web/machines/a/b/c")],
)
def test_an_unknown_route_is_a_text_404_before_authentication(
    sim: FlySimulator, connected: Callable[..., httpx.Client], method: str, path: str
) -> None:
    with connected(sim, token="") as anonymous:
        answer = anonymous.request(method, path)
    assert (answer.status_code, answer.text) == (404, "404 page not found")
    assert answer.headers["content-type"].startswith("text/plain")
    assert sim.requests[0].operation is None


def test_a_path_outside_v1_is_unknown_and_the_root_redirects(api: httpx.Client) -> None:
    assert api.get("https://api.machines.dev/apps?org_slug=personal").status_code == 404
    assert api.get("https://api.machines.dev/").status_code == 301


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("", 401),
        ("Bearer", 401),
        ("Basic dXNlcjpwYXNz", 401),
        ("Bearer FlyV1fm2_abc", 200),
        ("FlyV1fm2_abc", 401),
        ("Bearer legacy", 200),
        ("Bearer FlyV1 fm2_a,fm2_b", 200),
        ("FlyV1 fm2_a,fm2_b", 200),
    ],
)
def test_spellings_of_a_token(
    sim: FlySimulator, connected: Callable[..., httpx.Client], header: str, status: int
) -> None:
    expected = 401 if header == "Bearer FlyV1fm2_abc" else status  # AU-4
    with connected(sim, token=header) as client:
        answer = client.get("/apps", params={"org_slug": "personal"})
    assert answer.status_code == expected
    if expected == 401:
        assert answer.json() == {"error": "Authenticate: token validation error"}
        assert answer.headers["www-authenticate"] == 'Basic realm="api.machines.dev"'


@pytest.mark.parametrize("path", ["/apps/web/certificates", "/apps/web/ip_assignments"])
def test_the_other_upstream_says_unauthorized_in_its_own_key(
    sim: FlySimulator, connected: Callable[..., httpx.Client], path: str
) -> None:
    with connected(sim, token="") as anonymous:
        answer = anonymous.get(path)
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


def test_only_known_tokens_are_accepted_when_they_are_restricted(
    sim: FlySimulator, connected: Callable[..., httpx.Client]
) -> None:
    sim.tokens = {"FlyV1 fm2_good"}
    url = "/apps?org_slug=personal"
    with connected(sim, token="Bearer FlyV1 fm2_good") as good, connected(sim, token="Bearer bad") as bad:
        assert good.get(url).status_code == 200
        assert bad.get(url).status_code == 401
        sim.tokens = None
        assert bad.get(url).status_code == 200


def test_a_deploy_token_is_good_for_its_app_only(
    sim: FlySimulator, api: httpx.Client, connected: Callable[..., httpx.Client]
) -> None:
    api.post("/apps", json={"name": "other", "org_slug": "personal"})
    token = api.post("/apps/web/deploy_token", json={"expiry": "48h"}).json()["token"]
    assert re.fullmatch(r"FlyV1 fm2_\w+,fm2_\w+", token)
    sim.tokens = {"test"}
    with connected(sim, token=f"Bearer {token}") as deploy:
        assert deploy.get("/apps/web/machines").status_code == 200
        assert deploy.get("/tokens/current").json()["tokens"][0]["apps"] == ["web"]
        for refused in (
            deploy.get("/apps/other/machines"),
            deploy.get("/apps", params={"org_slug": "personal"}),
            deploy.post("/apps", json={"name": "new", "org_slug": "personal"}),
            deploy.get("/orgs/personal/machines"),
        ):
            assert (refused.status_code, refused.json()) == (403, {"error": "unauthorized"})
        refused = deploy.get("/apps/other/ip_assignments")
        assert (refused.status_code, refused.json()) == (403, {"message": "unauthorized"})


def test_a_token_can_be_restricted_to_an_app_by_the_test(
    sim: FlySimulator, api: httpx.Client, connected: Callable[..., httpx.Client]
) -> None:
    sim.restrict_token("FlyV1 fm2_x", "web")
    with connected(sim, token="FlyV1 fm2_x") as deploy:
        assert deploy.get("/apps/web").status_code == 200
        assert deploy.get("/apps/elsewhere").status_code == 403


def test_a_deploy_token_needs_a_body_and_a_duration(api: httpx.Client) -> None:
    answer = api.post("/apps/web/deploy_token")
    assert (answer.status_code, answer.json()) == (400, {"error": "EOF"})
    assert api.post("/apps/web/deploy_token", json={"expiry": "soon"}).status_code == 400


def test_every_answer_carries_the_request_id_and_its_kin(api: httpx.Client) -> None:
    first, second = api.get("/apps/web"), api.get("/apps/web")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}-[a-z]{3}", first.headers["fly-request-id"])
    assert first.headers["fly-request-id"] != second.headers["fly-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}", first.headers["fly-span-id"])
    assert re.fullmatch(r"[0-9a-f]{32}", first.headers["fly-trace-id"])
    assert re.fullmatch(r"Fly/[0-9a-f]{9} \(\d{4}-\d\d-\d\d\)", first.headers["server"])
    assert first.headers["content-type"] == "application/json; charset=utf-8"
    assert first.headers["date"] == "Thu, 01 Jan 2026 00:00:00 GMT"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"[]", "json: cannot unmarshal array into Go value of type main.createAppRequest"),
        (b'"x"', "json: cannot unmarshal string into Go value of type main.createAppRequest"),
        (b"7", "json: cannot unmarshal number into Go value of type main.createAppRequest"),
        (b"true", "json: cannot unmarshal bool into Go value of type main.createAppRequest"),
        (b"", "EOF"),
    ],
)
def test_a_body_of_the_wrong_kind_is_refused_in_the_words_of_go(
    api: httpx.Client, body: bytes, error: str
) -> None:
    answer = api.post("/apps", content=body)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "unexpected EOF"),
        (b'{"name": "x', "unexpected EOF"),
        (b"  ", "EOF"),
        (b"x", "invalid character 'x' looking for beginning of value"),
        (b"{'name': 1}", "invalid character '\\'' looking for beginning of object key string"),
        (b'{"name": "x",}', "invalid character '}' looking for beginning of object key string"),
        (b'{"name" "x"}', "invalid character '\"' after object key"),
        (b'{"name": "x" 1}', "invalid character '1' after object key:value pair"),
        (b'{"name": ["[{", 1 2]}', "invalid character '2' after array element"),
        (b'{"name": "a\nb"}', "invalid character '\\n' in string literal"),
        (b'{"name": "\\q"}', "invalid character 'q' in string escape code"),
        (b'{"name": NaN}', "invalid character 'N' looking for beginning of value"),
        (b"[" * 200 + b"]" * 200, "exceeded max depth"),
    ],
)
def test_a_body_that_is_no_json_is_refused_in_the_words_of_go(
    api: httpx.Client, body: bytes, error: str
) -> None:
    answer = api.post("/apps", content=body)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_what_follows_the_first_value_of_a_body_is_not_read(api: httpx.Client) -> None:
    answer = api.post("/apps", content=b'\n{"name": "more", "org_slug": "personal"} and more')
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ({"image": 5}, "number into Go struct field MachineConfig.config.image of type string"),
        (
            {"checks": []},
            "array into Go struct field MachineConfig.config.checks of type map[string]fly.MachineCheck",
        ),
        (
            {"checks": {"up": {"port": "80"}}},
            "string into Go struct field MachineCheck.config.checks.port of type int",
        ),
        (
            {"checks": {"up": {"interval": True}}},
            "bool into Go struct field MachineCheck.config.checks.interval of type fly.Duration",
        ),
        (
            {"services": {}},
            "object into Go struct field MachineConfig.config.services of type []fly.MachineService",
        ),
        (
            {"services": [{"ports": [{"port": "80"}]}]},
            "string into Go struct field MachinePort.config.services.ports.port of type int",
        ),
        (
            {"services": [{"autostart": "true"}]},
            "string into Go struct field MachineService.config.services.autostart of type bool",
        ),
        ({"env": {"A": 1}}, "number into Go struct field MachineConfig.config.env of type string"),
        ({"env": []}, "array into Go struct field MachineConfig.config.env of type map[string]string"),
        (
            {"guest": {"cpu_kind": "shared", "cpus": "1"}},
            "string into Go struct field MachineGuest.config.guest.cpus of type int",
        ),
        (
            {"guest": {"cpu_kind": "shared", "cpus": 1.5}},
            "number 1.5 into Go struct field MachineGuest.config.guest.cpus of type int",
        ),
        (
            {"init": {"cmd": "a b"}},
            "string into Go struct field MachineInit.config.init.cmd of type []string",
        ),
        (
            {"restart": "no"},
            "string into Go struct field MachineConfig.config.restart of type fly.MachineRestart",
        ),
    ],
)
def test_fields_of_the_wrong_kind_are_refused_by_their_place(
    api: httpx.Client, config: dict[str, object], text: str
) -> None:
    answer = api.post("/apps/web/machines", json={"config": {"image": "x", **config}})
    assert (answer.status_code, answer.json()) == (400, {"error": f"json: cannot unmarshal {text}"})


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("/apps", {"name": 1}, "number into Go struct field createAppRequest.name of type string"),
        (
            "/apps/web/volumes",
            {"name": "data", "region": "iad", "size_gb": "1"},
            "string into Go struct field createVolumeRequest.size_gb of type int",
        ),
        (
            "/apps/web/machines",
            {"name": False, "config": {"image": "x"}},
            "bool into Go struct field createMachineRequest.name of type string",
        ),
        (
            "/apps/web/machines",
            {"config": []},
            "array into Go struct field createMachineRequest.config of type fly.MachineConfig",
        ),
    ],
)
def test_so_are_those_of_other_bodies(
    api: httpx.Client, path: str, body: dict[str, object], text: str
) -> None:
    answer = api.post(path, json=body)
    assert (answer.status_code, answer.json()) == (400, {"error": f"json: cannot unmarshal {text}"})


def test_what_is_not_modelled_says_so(sim: FlySimulator, api: httpx.Client) -> None:
    answer = api.get("/postgres/abc/users")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("the simulator does not model Postgres_users_list: see docs/")
    assert sim.requests[-1].operation in sim.not_modelled
    plain = api.post("/tokens/oidc", json={})
    assert (plain.status_code, plain.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert plain.text.startswith("the simulator does not model Tokens_request_OIDC: see docs/")


def test_postgres_looks_up_the_organisation_before_the_token(
    sim: FlySimulator, api: httpx.Client, connected: Callable[..., httpx.Client]
) -> None:
    with connected(sim, token="") as anonymous:
        answer = anonymous.get("/postgres", params={"org_slug": "nobody"})
    assert (answer.status_code, answer.json()) == (404, {"error": "Organization not found"})
    assert api.get("/postgres", params={"org_slug": "personal"}).status_code == 400


def test_every_operation_of_the_document_has_its_route() -> None:
    document = json.loads((_ROOT / "openapi" / "fly-machines.json").read_text(encoding="utf-8"))
    expected = {
        (method.upper(), path, operation["x-upstream-operation-id"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    assert {(method, f"/{path}", operation) for method, path, operation, _ in ROUTES} == expected


def test_requests_are_recorded_as_they_were_sent(sim: FlySimulator, api: httpx.Client) -> None:
    api.get("/apps/web/machines", params={"region": "iad"})
    api.delete("/apps/web/ip_assignments/2a09%3A8280%3A%3A1")
    listed, deleted = sim.requests
    assert (listed.method, listed.path, listed.operation) == ("GET", "/v1/apps/web/machines", "Machines_list")
    assert (listed.status, listed.query, listed.at) == (200, "region=iad", 0.0)
    assert deleted.path == "/v1/apps/web/ip_assignments/2a09:8280::1"
    api.post("/apps", json={"name": "secret-in-body"})
    assert b"secret-in-body" in sim.requests[-1].body
    assert "secret-in-body" not in repr(sim.requests[-1])
