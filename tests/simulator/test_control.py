"""The control path of a served simulator: it is steered over HTTP, from any language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from fly_resources import App, Certificate, Fly, FlySecret, IpAddress, Machine, Volume
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock
from fly_resources.testing._control.routes import ROUTES, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = {"Authorization": "Bearer any-token"}


@pytest.fixture
def sim() -> FlySimulator:
    return FlySimulator(clock=VirtualClock())


@pytest.fixture
def http(sim: FlySimulator) -> Iterator[httpx.Client]:
    with sim.serve() as server, httpx.Client(base_url=server.url, headers=TOKEN, timeout=20) as client:
        yield client


def steer(http: httpx.Client, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    answer = http.request(method, f"/_simulator/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(http: httpx.Client, method: str, path: str, body: object = None) -> tuple[int, str]:
    before = http.get("/_simulator/state").json()
    answer = http.request(method, f"/_simulator/{path}", json=body)
    assert http.get("/_simulator/state").json() == before
    return answer.status_code, answer.json()["error"]


def populate(sim: FlySimulator) -> None:
    app = App("shop", primary_region="iad")
    data = Volume(app, "data")
    with Fly("any-token", transport=sim.transport(), clock=sim.clock) as fly:
        fly.ensure(
            FlySecret(app, "KEY", "canary-value"),
            Machine(app, "web", {"image": "nginx", "env": {"PLAIN": "canary-env"}}, mounts={"/data": data}),
            Certificate(app, "www.example.com"),
            IpAddress(app, "shared_v4"),
        )


def test_the_state_has_everything_but_values_of_secrets(sim: FlySimulator, http: httpx.Client) -> None:
    populate(sim)

    state = steer(http, "GET", "state")

    (app,) = state["apps"]
    (machine,) = app["machines"]
    (volume,) = app["volumes"]
    assert (machine["name"], machine["state"], machine["region"]) == ("web", "started", "iad")
    assert (machine["host_status"], machine["image"]) == ("ok", "nginx")
    assert (volume["attached_machine"], volume["attached_machine_id"]) == ("web", machine["id"])
    assert [each["type"] for each in app["addresses"]] == ["shared_v4"]
    assert [each["hostname"] for each in app["certificates"]] == ["www.example.com"]
    assert app["secrets"] == ["KEY"]
    assert state["requests"][0]["asked_by"].startswith("fly-resources/")
    assert state["requests_total"] == len(sim.requests)
    assert "canary" not in json.dumps(state)
    assert "canary-value" not in json.dumps(steer(http, "GET", "requests?limit=1000"))


def test_it_is_outside_of_the_world(sim: FlySimulator, http: httpx.Client) -> None:
    sim.faults.add(Fault("status", times=9))
    sim.tokens = ["another"]

    steer(http, "GET", "state")

    assert sim.requests == []
    assert len(steer(http, "GET", "faults")) == 1


def test_faults_are_added_listed_and_cleared(sim: FlySimulator, http: httpx.Client) -> None:
    fault = {
        "kind": "status",
        "operation": "Apps_list",
        "status": 429,
        "headers": {"Retry-After": "1"},
        "times": 2,
    }
    assert steer(http, "POST", "faults", [fault, {"kind": "truncate"}])[0]["left"] == 2

    answer = http.get("/v1/apps?org_slug=personal")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert [each["left"] for each in steer(http, "GET", "faults")] == [1, 1]
    assert steer(http, "DELETE", "faults") == []
    assert http.get("/v1/apps?org_slug=personal").status_code == 200


def test_images_run_programmes(sim: FlySimulator, http: httpx.Client) -> None:
    job = {"exit_code": 3, "prints": ["no database"], "after_s": 2}
    shown = steer(http, "PATCH", "images", {"job:1": job, "bad:1": "crashes", "ill:1": "unhealthy"})
    assert (shown["job:1"]["exit_code"], shown["bad:1"]) == (3, "crashes")
    assert steer(http, "PATCH", "images", {"bad:1": None}).keys() == {"job:1", "ill:1"}
    http.post("/v1/apps", json={"name": "shop", "org_slug": "personal"}).raise_for_status()
    made = http.post(
        "/v1/apps/shop/machines", json={"config": {"image": "job:1", "restart": {"policy": "no"}}}
    ).json()

    steer(http, "POST", "clock/advance", {"seconds": 60})

    machine = http.get(f"/v1/apps/shop/machines/{made['id']}").json()
    assert machine["state"] == "stopped"
    assert [
        each["request"]["exit_event"]["exit_code"] for each in machine["events"] if each["type"] == "exit"
    ] == [3]


def test_regions_fill_up_and_hosts_are_lost(sim: FlySimulator, http: httpx.Client) -> None:
    populate(sim)
    assert steer(http, "PUT", "full-regions", ["fra"]) == ["fra"]
    made = http.post("/v1/apps/shop/machines", json={"region": "fra", "config": {"image": "x"}})
    assert made.json()["status"] == "insufficient_capacity"
    assert steer(http, "PUT", "full-regions", []) == []

    steer(http, "PUT", "hosts", {"app": "shop", "machine": "web", "status": "unreachable"})

    (app,) = steer(http, "GET", "state")["apps"]
    assert [each["host_status"] for each in (*app["machines"], *app["volumes"])] == ["unreachable"] * 2


def test_behaviours_orgs_and_tokens(sim: FlySimulator, http: httpx.Client) -> None:
    shown = steer(http, "PATCH", "behaviours", {"name_taken_status": 409, "empty_lists": ["Machines_list"]})
    assert shown["name_taken_status"] == sim.behaviour.name_taken_status == 409
    assert sim.behaviour.empty_lists == frozenset({"Machines_list"})
    assert steer(http, "PATCH", "orgs", {"acme": "Acme"}) == {"personal": "Personal", "acme": "Acme"}
    http.post("/v1/apps", json={"name": "shop", "org_slug": "acme"}).raise_for_status()
    assert "acme" not in steer(http, "PATCH", "orgs", {"acme": None})

    assert steer(http, "PUT", "tokens", ["canary-1", "canary-2"]) == {"any": False, "known": 2}
    assert http.get("/v1/apps/shop").status_code == 401
    known = {"Authorization": "Bearer canary-1"}
    assert http.get("/v1/apps/shop", headers=known).status_code == 200
    steer(http, "POST", "tokens", {"token": "canary-1", "kind": "readonly", "org": "acme"})
    assert http.delete("/v1/apps/shop", headers=known).status_code == 403
    steer(http, "POST", "tokens", {"token": "canary-1", "kind": "revoked"})
    assert http.get("/v1/apps/shop", headers=known).status_code == 401
    assert "canary" not in json.dumps(steer(http, "GET", "tokens"))


def test_time_is_moved_and_things_take_as_long_as_is_said(sim: FlySimulator, http: httpx.Client) -> None:
    assert steer(http, "GET", "clock")["timings"] == "instant"
    set_to = {"timings": "typical", "latency_s": 0.5, "rate_limits": True}
    shown = steer(http, "PATCH", "clock", set_to)
    assert {name: shown[name] for name in set_to} == set_to
    now = shown["now_s"]
    assert steer(http, "POST", "clock/advance", {"seconds": 3600})["now_s"] >= now + 3600
    http.get("/v1/apps?org_slug=personal").raise_for_status()
    (asked,) = sim.requests
    assert asked.ended_at is not None
    assert asked.ended_at - asked.at == pytest.approx(0.5)


def test_a_client_that_polls_in_real_time_sees_time_pass(sim: FlySimulator, http: httpx.Client) -> None:
    steer(http, "PATCH", "clock", {"timings": "typical"})
    http.post("/v1/apps", json={"name": "shop", "org_slug": "personal"}).raise_for_status()
    made = http.post("/v1/apps/shop/machines", json={"config": {"image": "nginx"}}).json()

    seen: set[str] = set()
    for _ in range(400):
        seen.add(http.get(f"/v1/apps/shop/machines/{made['id']}").json()["state"])
        if "started" in seen:
            break
        httpx.Client().close()  # some milliseconds of the client's own
    assert seen >= {"started"}


def test_a_simulator_without_a_clock_can_be_moved_on_too() -> None:
    sim = FlySimulator(timings="typical")
    with sim.serve() as server, httpx.Client(base_url=server.url, headers=TOKEN) as http:
        http.post("/v1/apps", json={"name": "shop", "org_slug": "personal"}).raise_for_status()
        made = http.post("/v1/apps/shop/machines", json={"config": {"image": "nginx"}}).json()
        steer(http, "POST", "clock/advance", {"seconds": 60})

        assert http.get(f"/v1/apps/shop/machines/{made['id']}").json()["state"] == "started"


def test_requests_are_numbered_paged_and_scrubbed(sim: FlySimulator, http: httpx.Client) -> None:
    http.post("/v1/apps", json={"name": "shop", "org_slug": "personal"}, headers={"User-Agent": "curl/8"})
    http.post("/v1/apps/shop/secrets", json={"values": {"KEY": "canary-value"}})

    answered = steer(http, "GET", "requests")

    first, second = answered["requests"]
    assert (first["number"], first["operation"], first["asked_by"]) == (1, "Apps_create", "curl/8")
    assert json.loads(first["body"]) == {"name": "shop", "org_slug": "personal"}
    assert "canary" not in second["body"]
    assert steer(http, "GET", "requests?after=1")["requests"] == [second]
    assert len(steer(http, "GET", "requests?limit=1")["requests"]) == 1
    assert steer(http, "DELETE", "requests") == {}
    assert steer(http, "GET", "requests") == {"requests": [], "total": 0}


def test_a_world_is_saved_and_loaded_elsewhere(sim: FlySimulator, http: httpx.Client) -> None:
    populate(sim)
    saved = steer(http, "GET", "world")
    assert "canary-value" not in json.dumps(saved)
    world = sim.snapshot()

    other = FlySimulator(clock=VirtualClock())
    with other.serve() as server, httpx.Client(base_url=server.url) as elsewhere:
        steer(elsewhere, "PUT", "world", saved)
        assert other.snapshot() == world
        damaged = {**saved, "apps": [{}]}
        assert refused(elsewhere, "PUT", "world", damaged)[0] == 400
        assert other.snapshot() == world


def test_a_reset_takes_everything_back(sim: FlySimulator, http: httpx.Client) -> None:
    populate(sim)
    begun = FlySimulator(clock=VirtualClock())
    steer(http, "POST", "faults", {"kind": "refuse"})
    steer(http, "PATCH", "images", {"x": "crashes"})
    steer(http, "PUT", "full-regions", ["iad"])
    steer(http, "PATCH", "orgs", {"acme": "Acme"})
    steer(http, "PUT", "tokens", [])
    steer(http, "PATCH", "behaviours", {"app_unseen_s": 3})
    steer(http, "PATCH", "clock", {"timings": "typical", "latency_s": 1, "rate_limits": True})

    steer(http, "POST", "reset")

    assert sim.snapshot() == {"apps": {}}
    assert (sim.requests, steer(http, "GET", "faults"), sim.images) == ([], [], {})
    assert (sim.full_regions, sim.orgs, sim.tokens) == (set(), begun.orgs, None)
    assert (sim.behaviour, sim.timings, sim.latency, sim.rate_limits) == (Behaviour(), "instant", 0, False)
    http.post("/v1/apps", json={"name": "shop", "org_slug": "personal"}).raise_for_status()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "text"),
    [
        ("GET", "elsewhere", None, 404, "the paths are"),
        ("POST", "state", None, 405, "state takes GET"),
        ("POST", "faults", {"kind": "reset"}, 400, "kind is one of refuse"),
        (
            "POST",
            "faults",
            {"kind": "status", "operation": "Machine_create"},
            400,
            "did you mean Machines_create",
        ),
        ("POST", "faults", [{"kind": "refuse"}, {"kind": "status", "stat": 1}], 400, "did you mean status"),
        (
            "POST",
            "faults",
            {"kind": "status", "status": "503"},
            400,
            "status of a fault must be like 503, got",
        ),
        ("POST", "faults", {"kind": "status", "times": 0}, 400, "times must be at least 1"),
        ("POST", "faults", {"kind": "status", "status": 99}, 400, "status must be from 200 to 599, not 99"),
        ("POST", "faults", {"kind": "status", "headers": {"a": 1}}, 400, "headers must be names and values"),
        ("POST", "faults", {"kind": "slow", "seconds": 1e300}, 400, "must be a number of seconds from 0 to"),
        ("PATCH", "images", {"x": {"prints": [1]}}, 400, "prints must be strings"),
        ("PATCH", "images", {"x": {"oom_killed": "no"}}, 400, "oom_killed must be true or false"),
        ("PATCH", "images", {"x": "explodes"}, 400, "an image must be one of missing"),
        ("PATCH", "images", {"x": {"exit": 1}}, 400, "did you mean exit_code"),
        ("PATCH", "images", {"x": {"exit_code": 999}}, 400, "from 0 to 255"),
        ("PUT", "full-regions", ["mars"], 400, "no such region: mars"),
        ("PUT", "full-regions", "fra", 400, "give a list"),
        ("PUT", "hosts", {"app": "shop", "machine": "web", "status": "ok"}, 404, "no app shop"),
        ("PUT", "hosts", {"app": "shop", "status": "ok"}, 400, "machine is missing"),
        ("PATCH", "behaviours", {"app_unseen": 3}, 400, "did you mean app_unseen_s"),
        ("PATCH", "behaviours", {"name_taken_status": 418}, 400, "(AP-8) must be one of 422, 409, got 418"),
        ("PATCH", "behaviours", {"retry_after": 1}, 400, "must be one of false, true"),
        ("PATCH", "behaviours", {"stale_reads": {"Nothing": 1}}, 400, "cannot lag"),
        ("PATCH", "orgs", {"acme": 1}, 400, "must be a string, or null"),
        ("POST", "tokens", {"token": "x", "kind": "root"}, 400, "kind must be one of deploy"),
        ("POST", "tokens", {"token": "x", "kind": "deploy"}, 400, "is for one app"),
        ("PATCH", "clock", {"speed": 2}, 400, "unknown clock setting"),
        ("PATCH", "clock", {"timings": "slow"}, 400, "timings must be one of instant, typical"),
        ("PATCH", "clock", {"latency_s": 1e300}, 400, "latency must be a number of seconds from 0 to"),
        (
            "POST",
            "clock/advance",
            {"seconds": 10**400},
            400,
            "the time must be a number of seconds from 0 to",
        ),
        ("POST", "clock/advance", {"seconds": -1}, 400, "time cannot go back"),
        ("PUT", "world", {"format": 1}, 400, "not a saved simulator of format"),
        ("PUT", "world", [], 400, "give an object"),
        ("GET", "requests?after=x", None, 400, "after must be a whole number, got"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(  # noqa: PLR0917 - a row of the table
    http: httpx.Client, method: str, path: str, body: object, status: int, text: str
) -> None:
    answered, told = refused(http, method, path, body)

    assert (answered, text in told) == (status, True), told


def test_a_refused_clock_setting_undoes_those_before_it(http: httpx.Client) -> None:
    before = steer(http, "GET", "clock")

    answered, _ = refused(http, "PATCH", "clock", {"timings": "typical", "latency_s": "soon"})

    after = steer(http, "GET", "clock")
    assert answered == 400
    assert after["timings"] == before["timings"]


def test_infinity_is_refused_because_no_response_could_carry_it(http: httpx.Client) -> None:
    answer = http.patch("/_simulator/images", content=b'{"x": {"after_s": Infinity}}')

    assert (answer.status_code, answer.json()["error"]) == (400, "Infinity is not JSON")


def test_pages_of_other_places_cannot_steer_it(sim: FlySimulator, http: httpx.Client) -> None:
    for origin in ("https://evil.example", "null", "http://localhost.evil.example"):
        answer = http.post(
            "/_simulator/reset", content=b"{}", headers={"Origin": origin, "Content-Type": "text/plain"}
        )
        assert answer.status_code == 403
    refused = http.get("/_simulator/state", headers={"Host": "evil.example"})
    assert (refused.status_code, refused.headers["Connection"]) == (403, "close")
    own = str(http.base_url).rstrip("/")
    assert http.post("/_simulator/reset", headers={"Origin": own}).status_code == 200


def test_its_document_names_every_operation(http: httpx.Client) -> None:
    told = steer(http, "GET", "openapi.json")

    named = {(method.upper(), path) for path, item in told["paths"].items() for method in item}
    assert named == {(each.method, f"/_simulator/{each.path}") for each in ROUTES}
    assert len({each["operationId"] for item in told["paths"].values() for each in item.values()}) == len(
        ROUTES
    )


@pytest.mark.parametrize(
    "route",
    [each for each in ROUTES if each.takes is not None],
    ids=lambda each: f"{each.method} {each.path}",
)
def test_the_examples_of_the_document_are_accepted(
    sim: FlySimulator, http: httpx.Client, route: Route
) -> None:
    populate(sim)
    body = sim.dump() if route.path == "world" else route.takes

    steer(http, route.method, route.path, body)


def test_every_switch_can_be_set_to_every_value_that_is_tested(http: httpx.Client, sim: FlySimulator) -> None:
    for switch in Behaviour.facts():
        for value in switch.values:
            plain = sorted(value) if isinstance(value, frozenset) else value
            assert steer(http, "PATCH", "behaviours", {switch.name: plain})[switch.name] == plain
            assert sim.behaviour == attrs.evolve(sim.behaviour, **{switch.name: value})
