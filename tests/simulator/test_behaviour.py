"""Every switch of `Behaviour`: the default and the other observation."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import httpx
import pytest

from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterator

Connect: TypeAlias = Callable[..., httpx.Client]
World: TypeAlias = tuple[FlySimulator, httpx.Client]
Visit: TypeAlias = Callable[[FlySimulator, httpx.Client], object]

_NONCE = "fly-machine-lease-nonce"
_IMAGE = {"image": "nginx"}


@pytest.fixture
def world(connected: Connect) -> Iterator[Callable[[Behaviour], World]]:
    """Make worlds with an app `web`, whose states take time."""
    clients: list[httpx.Client] = []

    def make(behaviour: Behaviour) -> World:
        sim = FlySimulator(clock=VirtualClock(), timings="typical", behaviour=behaviour)
        clients.append(connected(sim))
        clients[-1].post("/apps", json={"name": "web", "org_slug": "personal"})
        sim.clock.sleep(60)
        return sim, clients[-1]

    yield make
    for client in clients:
        client.close()


def _create_app(sim: FlySimulator, api: httpx.Client, **query: str) -> httpx.Response:
    return api.post("/apps", json={"name": "new", "org_slug": "personal"}, params=query)


def _machine(sim: FlySimulator, api: httpx.Client, **body: Any) -> str:  # noqa: ANN401  # a body
    made = api.post("/apps/web/machines", json={"name": "m", "config": _IMAGE, **body})
    sim.clock.sleep(60)
    return f"/apps/web/machines/{made.json()['id']}"


def _volume(api: httpx.Client, **body: object) -> str:
    made = api.post("/apps/web/volumes", json={"name": "data", "region": "iad", **body})
    return str(made.json()["id"])


def _taken(sim: FlySimulator, api: httpx.Client) -> httpx.Response:
    return api.post("/apps", json={"name": "web", "org_slug": "personal"})


def _foreign(sim: FlySimulator, api: httpx.Client) -> httpx.Response:
    sim.add_foreign_app("theirs")
    return api.get("/apps/theirs")


def _unspaced(sim: FlySimulator, api: httpx.Client) -> httpx.Response:
    return api.get("/apps/web", headers={"Authorization": "Bearer FlyV1fm2_x"})


def _second_of_a_name(sim: FlySimulator, api: httpx.Client) -> httpx.Response:
    _machine(sim, api)
    return api.post("/apps/web/machines", json={"name": "m", "config": _IMAGE})


def _leased(sim: FlySimulator, api: httpx.Client) -> bool:
    machine = _machine(sim, api)
    api.post(f"{machine}/lease", json={"ttl": 60})
    return "nonce" in api.get(machine).json()


def _odd_memory(sim: FlySimulator, api: httpx.Client) -> int:
    guest = {"cpu_kind": "performance", "cpus": 1, "memory_mb": 3072}
    return api.post("/apps/web/machines", json={"config": {**_IMAGE, "guest": guest}}).status_code


def _other_mount(sim: FlySimulator, api: httpx.Client) -> int:
    first, second = _volume(api), _volume(api)
    machine = _machine(sim, api, config={**_IMAGE, "mounts": [{"volume": first, "path": "/d"}]})
    config = {**_IMAGE, "mounts": [{"volume": second, "path": "/d"}]}
    return api.post(machine, json={"config": config}).status_code


def _echo_of_zeros(sim: FlySimulator, api: httpx.Client) -> object:
    ports = [{"port": 80, "force_https": False, "handlers": ["http"]}]
    services = [{"protocol": "tcp", "internal_port": 80, "autostart": False, "ports": ports}]
    machine = _machine(sim, api, config={**_IMAGE, "services": services, "auto_destroy": False})
    config = api.get(machine).json()["config"]
    [service] = config["services"]
    return "auto_destroy" in config, service["autostart"], sorted(service["ports"][0])


def _right_after_destruction(sim: FlySimulator, api: httpx.Client) -> int:
    machine = _machine(sim, api)
    api.delete(machine, params={"force": "true"})
    sim.clock.sleep(5)
    return api.get(machine).status_code


def _waiting_for_destruction(sim: FlySimulator, api: httpx.Client) -> str:
    machine = _machine(sim, api)
    api.delete(machine, params={"force": "true"})
    assert api.get(f"{machine}/wait", params={"state": "destroyed"}).json()["state"] == "destroyed"
    return str(api.get(machine).json()["state"])


def _lease(sim: FlySimulator, api: httpx.Client) -> httpx.Response:
    return api.post(f"{_machine(sim, api)}/lease", json={"ttl": 60})


def _stop_of_a_leased_machine(sim: FlySimulator, api: httpx.Client) -> tuple[int, float]:
    machine = _machine(sim, api)
    api.post(f"{machine}/lease", json={"ttl": 20})
    begun = sim.clock.now()
    return api.post(f"{machine}/stop").status_code, sim.clock.now() - begun


def _future_secrets(sim: FlySimulator, api: httpx.Client) -> tuple[int, int]:
    return tuple(  # type: ignore[return-value]  # one for each of the two
        api.get("/apps/web/secrets", params={name: "9"}).status_code for name in ("version", "min_version")
    )


def _start_of_created(sim: FlySimulator, api: httpx.Client) -> str:
    made = api.post("/apps/web/machines", json={"config": _IMAGE}).json()["id"]
    return str(api.post(f"/apps/web/machines/{made}/start").json()["error"])


def _two_machines(sim: FlySimulator, api: httpx.Client) -> list[int]:
    return [api.post("/apps/web/machines", json={"config": _IMAGE}).status_code for _ in range(2)]


def _new_app(sim: FlySimulator, api: httpx.Client) -> list[int]:
    _create_app(sim, api)
    seen = [api.get("/apps/new").status_code, api.get("/apps/new/machines").status_code]
    assert "new" not in [
        app["name"] for app in api.get("/apps?org_slug=personal").json()["apps"]
    ] or seen == [
        200,
        200,
    ]
    sim.clock.sleep(5)
    return [*seen, api.get("/apps/new").status_code]


def _wait_for_a_new_machine(sim: FlySimulator, api: httpx.Client) -> list[int]:
    machine = api.post("/apps/web/machines", json={"config": _IMAGE}).json()["id"]
    path = f"/apps/web/machines/{machine}/wait?timeout=30"
    first = api.get(path).status_code
    sim.clock.sleep(3)
    return [first, api.get(path).status_code]


def _delete_a_deleted_app(sim: FlySimulator, api: httpx.Client) -> list[int]:
    api.delete("/apps/web")
    now = api.delete("/apps/web").status_code
    sim.clock.sleep(5)
    return [now, api.delete("/apps/web").status_code, api.get("/apps/web").status_code]


def _cold_update(sim: FlySimulator, api: httpx.Client) -> str:
    machine = _machine(sim, api, skip_launch=True)
    api.post(machine, json={"config": _IMAGE})
    sim.clock.sleep(60)
    return str(api.get(machine).json()["state"])


def _start_during_an_update(sim: FlySimulator, api: httpx.Client) -> tuple[int, str]:
    machine = _machine(sim, api, skip_launch=True)
    api.post(machine, json={"config": _IMAGE})
    status = api.post(f"{machine}/start").status_code
    sim.clock.sleep(60)
    return status, api.get(machine).json()["state"]


def _runs_of_an_unlaunched_job(sim: FlySimulator, api: httpx.Client) -> int:
    machine = _machine(sim, api, config={**_IMAGE, "schedule": "hourly"}, skip_launch=True)
    sim.clock.sleep(2 * 3600)
    return sum(
        e["type"] == "start" and e["status"] == "starting" for e in api.get(f"{machine}/events").json()
    )


def _failing_update(sim: FlySimulator, api: httpx.Client) -> tuple[str, str]:
    sim.images["x:2"] = "update_fails"
    machine = _machine(sim, api)
    api.post(machine, json={"config": {"image": "x:2"}})
    sim.clock.sleep(60)
    shown = api.get(machine).json()
    return shown["state"], shown["config"]["image"]


def _stale_update(sim: FlySimulator, api: httpx.Client) -> int:
    machine = _machine(sim, api)
    return api.post(machine, json={"config": _IMAGE, "current_version": "01OTHER"}).status_code


def _pages(sim: FlySimulator, api: httpx.Client) -> list[int]:
    _two_machines(sim, api)
    _volume(api)
    _volume(api)
    _create_app(sim, api)
    return [
        len(api.get("/apps/web/machines").json()),
        len(api.get("/apps/web/volumes").json()),
        len(api.get("/apps?org_slug=personal").json()["apps"]),
    ]


def _lists(sim: FlySimulator, api: httpx.Client) -> tuple[int, int, int]:
    _two_machines(sim, api)
    sim.clock.sleep(60)
    listed = api.get("/apps/web/machines").json()
    counted = api.get("/apps/web").json()["machine_count"]
    found = sum(api.get(f"/apps/web/machines/{m['id']}").status_code == 200 for m in listed)
    return len(listed), counted, found


def _configs(sim: FlySimulator, api: httpx.Client) -> tuple[object, object, object]:
    machine = api.get(_machine(sim, api)).json()
    [listed] = api.get("/apps/web/machines").json()
    return listed["config"] is None, "config" in machine, machine["incomplete_config"]


def _right_after_an_update(sim: FlySimulator, api: httpx.Client) -> list[str]:
    machine = _machine(sim, api)
    api.post(machine, json={"config": {"image": "x:2"}})
    sim.clock.sleep(2.9)
    shown = [api.get(machine).json(), *api.get("/apps/web/machines").json()]
    sim.clock.sleep(0.2)
    return [*(f"{m['state']} {m['config']['image']}" for m in shown), api.get(machine).json()["state"]]


def _networks(sim: FlySimulator, api: httpx.Client) -> list[str]:
    for network in ("", "own"):
        api.post("/apps/web/ip_assignments", json={"type": "private_v6", "network": network})
    return [ip["network"]["name"] for ip in api.get("/apps/web/ip_assignments").json()["ips"]]


def _metadata_of_a_leased_machine(sim: FlySimulator, api: httpx.Client) -> list[int]:
    machine = _machine(sim, api)
    api.post(f"{machine}/lease", json={"ttl": 60})
    change = {"metadata": {"a": "b"}}
    return [
        api.patch(f"{machine}/metadata", json=change).status_code,
        api.put(f"{machine}/metadata", json=change).status_code,
        api.post(f"{machine}/metadata/k", json={"value": "v"}).status_code,
        api.delete(f"{machine}/metadata/k").status_code,
    ]


def _service_without_protocol(sim: FlySimulator, api: httpx.Client) -> int:
    config = {**_IMAGE, "services": [{"ports": [{"port": 80}]}]}
    return api.post("/apps/web/machines", json={"config": config}).status_code


def _delete_on_a_lost_host(sim: FlySimulator, api: httpx.Client) -> tuple[int, str]:
    machine = _machine(sim, api)
    sim.set_host_status("web", "m", "unreachable")
    status = api.delete(machine, params={"force": "true"}).status_code
    sim.clock.sleep(3600)
    return status, api.get(machine).json()["state"]


def _address(api: httpx.Client, **body: object) -> int:
    return api.post("/apps/web/ip_assignments", json=body).status_code


def _version_names(sim: FlySimulator, api: httpx.Client) -> list[str]:
    return sorted({"instance_id", "version"} & api.get(_machine(sim, api)).json().keys())


def _echoed_image(sim: FlySimulator, api: httpx.Client) -> bool:
    shown = api.get(_machine(sim, api, config={"image": "repo:1"})).json()
    assert shown["config"]["image"] in {"repo:1", f"repo:1@{shown['image_ref']['digest']}"}
    return "@" in shown["config"]["image"]


def _wait_for_a_failed_launch(sim: FlySimulator, api: httpx.Client) -> tuple[int, float]:
    sim.images["broken"] = "launch_fails"
    machine = _machine(sim, api, config={"image": "broken"})
    begun = sim.clock.now()
    return api.get(f"{machine}/wait?timeout=30").status_code, sim.clock.now() - begun


def _an_hour_after_creation(sim: FlySimulator, api: httpx.Client) -> str:
    machine = _machine(sim, api)
    sim.clock.sleep(3600)
    return str(api.get(machine).json()["state"])


def _time_of_a_new_secret(sim: FlySimulator, api: httpx.Client) -> str:
    _machine(sim, api)
    api.post("/apps/web/secrets/A", json={"value": "1"})
    answer = api.get("/apps/web/secrets")
    [secret] = answer.json()["secrets"]
    if "updated_at" not in secret:
        return "missing"
    now = email.utils.parsedate_to_datetime(answer.headers["date"])
    age = now - dt.datetime.fromisoformat(secret["updated_at"])
    return "behind" if age > dt.timedelta(seconds=1) else "exact"


def _secrets_after_a_restart(sim: FlySimulator, api: httpx.Client) -> bool:
    machine = _machine(sim, api)
    api.post("/apps/web/secrets/A", json={"value": "1"})
    api.post(f"{machine}/restart")
    return bool(sim.snapshot()["apps"]["web"]["machines"][0]["secrets_are_current"])  # type: ignore[index,call-overload]  # JSON


def _echo_of_tomorrow(sim: FlySimulator, api: httpx.Client) -> list[str]:
    service = {"internal_port": 80, "tomorrow": 1, "ports": [{"port": 80, "tomorrow": {}}]}
    config = {**_IMAGE, "tomorrow": {"a": 1}, "env": {"tomorrow": "1"}, "services": [service]}
    shown = api.get(_machine(sim, api, config=config)).json()["config"]
    [service] = shown["services"]
    places = {"config": shown, "env": shown["env"], "service": service, "port": service["ports"][0]}
    return [name for name, place in places.items() if "tomorrow" in place]


def _listed_when_destroyed(sim: FlySimulator, api: httpx.Client) -> tuple[int, int]:
    api.delete(_machine(sim, api), params={"force": "true"})
    sim.clock.sleep(10)
    query = {"include_deleted": "true"}
    of_app = api.get("/apps/web/machines", params=query).json()
    return len(of_app), len(api.get("/orgs/personal/machines", params=query).json()["machines"])


def _two_versions(sim: FlySimulator, api: httpx.Client) -> list[str]:
    machine = _machine(sim, api)
    api.post(machine, json={"config": {"image": "next"}})
    listed = api.get(f"{machine}/versions").json()
    assert all(each["version"] for each in listed)
    return [each["user_config"]["image"] if "user_config" in each else "?" for each in listed]


def _fresh_lines(sim: FlySimulator, api: httpx.Client) -> list[int]:
    _machine(sim, api)
    sim.write_log("web", "m", "hello")
    lines = [len(api.get("/apps/web/logs").text.splitlines())]
    sim.clock.sleep(3)
    return [*lines, len(api.get("/apps/web/logs").text.splitlines())]


_DEFAULT = Behaviour()
_SWITCHES: list[tuple[str, object, Visit, object, object]] = [
    ("app_create_status", 200, lambda s, a: _create_app(s, a).status_code, 201, 200),
    ("app_create_body", "app", lambda s, a: "status" in _create_app(s, a).json(), False, True),
    ("app_create_body", "none", lambda s, a: bool(_create_app(s, a).content), True, False),
    ("name_taken_status", 409, lambda s, a: _taken(s, a).status_code, 422, 409),
    ("name_taken_code", False, lambda s, a: "status" in _taken(s, a).json(), True, False),
    ("foreign_app_status", 401, lambda s, a: _foreign(s, a).status_code, 403, 401),
    ("unspaced_tokens", True, lambda s, a: _unspaced(s, a).status_code, 401, 200),
    ("machine_name_taken_status", 422, lambda s, a: _second_of_a_name(s, a).status_code, 409, 422),
    ("always_show_nonce", True, _leased, False, True),
    ("performance_memory_step_mb", 2048, _odd_memory, 200, 400),
    ("start_of_started", 412, lambda s, a: a.post(f"{_machine(s, a)}/start").status_code, 200, 412),
    (
        "stop_timeout_needs_unit",
        True,
        lambda s, a: a.post(f"{_machine(s, a)}/stop", json={"timeout": "10"}).status_code,
        200,
        400,
    ),
    ("keep_old_mount", False, _other_mount, 200, 400),
    (
        "omit_zeros",
        True,
        _echo_of_zeros,
        (True, False, ["force_https", "handlers", "port"]),
        (False, False, ["handlers", "port"]),
    ),
    ("destroyed_visible_s", 0.0, _right_after_destruction, 200, 404),
    ("early_destroyed", True, _waiting_for_destruction, "destroyed", "destroying"),
    (
        "refuse_long_event_lists",
        True,
        lambda s, a: a.get(f"{_machine(s, a)}/events?limit=51").status_code,
        200,
        400,
    ),
    (
        "wait_for_stopped_needs_version",
        True,
        lambda s, a: a.get(f"{_machine(s, a, skip_launch=True)}/wait?state=stopped").status_code,
        200,
        400,
    ),
    ("lease_create_status", 200, lambda s, a: _lease(s, a).status_code, 201, 200),
    ("lease_envelope", False, lambda s, a: "nonce" in _lease(s, a).json(), False, True),
    ("blocking_leases", True, _stop_of_a_leased_machine, (409, 0.0), (200, 20.0)),
    (
        "volume_region_lists",
        False,
        lambda s, a: a.post("/apps/web/volumes", json={"name": "v", "region": "cdg,eu"}).status_code,
        200,
        422,
    ),
    ("secrets_version_parameter", "version", _future_secrets, (412, 412), (412, 200)),
    ("secrets_version_parameter", "min_version", _future_secrets, (412, 412), (200, 412)),
    (
        "code_in_messages",
        False,
        _start_of_created,
        "failed_precondition: unable to start machine from current state: 'created'",
        "unable to start machine from current state: 'created'",
    ),
    ("machines_per_app", 1, _two_machines, [200, 200], [200, 422]),
    ("app_unseen_s", 5.0, _new_app, [200, 200, 200], [404, 404, 200]),
    ("machine_unseen_s", 3.0, _wait_for_a_new_machine, [200, 200], [404, 200]),
    ("deleted_app_unclear_s", 5.0, _delete_a_deleted_app, [404, 404, 404], [400, 404, 404]),
    ("update_starts_stopped", True, _cold_update, "stopped", "started"),
    ("start_while_replacing", "accepted", _start_during_an_update, (412, "stopped"), (200, "started")),
    ("start_while_replacing", "dropped", _start_during_an_update, (412, "stopped"), (200, "stopped")),
    ("skip_launch_disarms_schedule", False, _runs_of_an_unlaunched_job, 0, 2),
    ("failed_update", "fails", _failing_update, ("started", "nginx"), ("failed", "x:2")),
    ("stale_version_status", 412, _stale_update, 409, 412),
    ("unasked_page_size", 1, _pages, [2, 2, 2], [1, 1, 1]),
    ("empty_lists", frozenset({"Machines_list"}), _lists, (2, 2, 2), (0, 2, 0)),
    ("short_lists", frozenset({"Machines_list"}), _lists, (2, 2, 2), (1, 2, 1)),
    ("missing_configs", "in_lists", _configs, (False, True, None), (True, True, None)),
    (
        "missing_configs",
        "everywhere",
        lambda s, a: _configs(s, a)[:2],
        (False, True),
        (True, False),
    ),
    ("host_status_shown", False, lambda s, a: "host_status" in a.get(_machine(s, a)).json(), True, False),
    (
        "replaced_shown_s",
        3.0,
        _right_after_an_update,
        ["replacing x:2", "replacing x:2", "replacing"],
        ["replaced nginx", "replaced nginx", "replacing"],
    ),
    ("default_network_name", "default", _networks, ["", "own"], ["default", "own"]),
    ("metadata_under_lease", "refused", _metadata_of_a_leased_machine, [204] * 4, [409] * 4),
    ("service_protocol_required", True, _service_without_protocol, 200, 400),
    ("dead_host_delete", "refused", _delete_on_a_lost_host, (200, "destroying"), (408, "started")),
    ("public_org_slug", "ignored", lambda _, a: _address(a, type="v6", org_slug="personal"), 400, 200),
    ("private_v6_needs_org_slug", True, lambda _, a: _address(a, type="private_v6"), 200, 400),
    ("version_fields", "instance_id", _version_names, ["instance_id", "version"], ["instance_id"]),
    (
        "hub_registry",
        "registry-1.docker.io",
        lambda s, a: a.get(_machine(s, a)).json()["image_ref"]["registry"],
        "docker-hub-mirror.fly.io",
        "registry-1.docker.io",
    ),
    ("image_echo", "with_digest", _echoed_image, False, True),
    ("unreachable_wait_status", 409, _wait_for_a_failed_launch, (408, 30.0), (409, 0.0)),
    ("created_s", 7200.0, _an_hour_after_creation, "started", "created"),
    ("restart_loads_secrets", False, _secrets_after_a_restart, True, False),
    ("secret_times", "missing", _time_of_a_new_secret, "exact", "missing"),
    ("secret_times", "behind", _time_of_a_new_secret, "exact", "behind"),
    ("machine_limit", 1, _two_machines, [200, 200], [200, 422]),
    ("unknown_config_keys", "dropped", _echo_of_tomorrow, ["config", "env", "service", "port"], ["env"]),
    ("deleted_listed", False, _listed_when_destroyed, (1, 1), (0, 0)),
    ("versions_order", "oldest_first", _two_versions, ["next", "nginx"], ["nginx", "next"]),
    ("versions_kept", 1, _two_versions, ["next", "nginx"], ["next"]),
    ("version_configs", False, _two_versions, ["next", "nginx"], ["?", "?"]),
    ("log_lag_s", 3.0, _fresh_lines, [1, 1], [0, 1]),
]
#: Switches that have tests of their own: below, and in test_limits.py.
_BELOW = {"app_unseen_status", "stale_reads", "autostop_after_s", "retry_after"}


@pytest.mark.parametrize(
    ("name", "other", "visit", "expected"),
    [(name, other, visit, expected) for name, other, visit, *expected in _SWITCHES],
    ids=[f"{name}={other}" for name, other, *_ in _SWITCHES],
)
def test_a_switch_changes_what_it_says(
    world: Callable[[Behaviour], World],
    name: str,
    other: Any,  # noqa: ANN401  # whatever the switch takes
    visit: Visit,
    expected: list[object],
) -> None:
    by_default, switched = expected
    assert visit(*world(_DEFAULT)) == by_default
    assert visit(*world(attrs.evolve(_DEFAULT, **{name: other}))) == switched


def test_no_switch_is_left_out() -> None:
    tried = {name for name, *_ in _SWITCHES}
    assert {field.name for field in attrs.fields(Behaviour)} == tried | _BELOW


def test_each_switch_knows_its_fact_and_the_values_that_are_tested() -> None:
    for field in attrs.fields(Behaviour):
        values = field.metadata["values"]
        assert re.fullmatch(r"[A-Z]{2}-\d+", field.metadata["fact"]), field.name
        assert values[0] == getattr(_DEFAULT, field.name), field.name
        assert len(values) > 1, field.name
        assert all(each != values[0] for each in values[1:]), field.name


def test_every_value_of_every_switch_makes_a_behaviour() -> None:
    switches = Behaviour.facts()
    assert [switch.name for switch in switches] == [field.name for field in attrs.fields(Behaviour)]
    for switch in switches:
        assert switch.default == getattr(_DEFAULT, switch.name)
        for value in switch.others:
            assert attrs.evolve(_DEFAULT, **{switch.name: value}) != _DEFAULT


def test_a_list_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Volume_list is not a list; did you mean Volumes_list"):
        Behaviour(short_lists=frozenset({"Volume_list"}))


def test_each_switch_is_documented_with_its_fact() -> None:
    text = " ".join((Behaviour.__doc__ or "").split())
    for field in attrs.fields(Behaviour):
        described = text.partition(f"{field.name}: ")[2]
        assert described[:2].isupper(), field.name
        assert described[2] == "-", field.name


def test_an_unseen_app_can_be_unauthenticated(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(app_unseen_s=5.0, app_unseen_status=401))
    _create_app(sim, api)
    assert api.get("/apps/new/machines").status_code == 401
    sim.clock.sleep(5)
    assert api.get("/apps/new/machines").status_code == 200


def test_waiting_for_an_app_shows_it_whole(world: Callable[[Behaviour], World]) -> None:
    assert _create_app(*world(_DEFAULT), wait="true").json()["name"] == "new"


def test_the_strict_server_refuses(connected: Connect) -> None:
    sim = FlySimulator(clock=VirtualClock(), strict=True)
    assert sim.behaviour == Behaviour().stricter()
    assert sim.behaviour != Behaviour()


def test_behaviour_can_be_changed_at_any_time(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(_DEFAULT)
    sim.behaviour = attrs.evolve(sim.behaviour, machines_per_app=0)
    assert api.post("/apps/web/machines", json={"config": _IMAGE}).status_code == 422


# --- reads that are behind (OR-3, VO-13)


def test_a_list_misses_what_is_new_and_shows_what_is_gone(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(stale_reads={"Volumes_list": 5.0}))
    first = _volume(api)
    assert api.get("/apps/web/volumes").json() == []
    assert api.get(f"/apps/web/volumes/{first}").status_code == 200
    sim.clock.sleep(5)
    assert [volume["id"] for volume in api.get("/apps/web/volumes").json()] == [first]
    api.delete(f"/apps/web/volumes/{first}")
    sim.clock.sleep(4.5)
    assert [volume["state"] for volume in api.get("/apps/web/volumes").json()] == ["created"]
    sim.clock.sleep(0.5)
    assert [volume["state"] for volume in api.get("/apps/web/volumes").json()] == ["scheduling_destroy"]


def test_changes_of_other_apps_are_missed_too(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(stale_reads={"Machines_org_list": 10.0}))
    api.post("/apps", json={"name": "other", "org_slug": "personal"})
    sim.clock.sleep(60)
    seen = list[int]()
    for app in ("web", "other", "web"):
        api.post(f"/apps/{app}/machines", json={"config": _IMAGE})
        sim.clock.sleep(4)
        seen.append(len(api.get("/orgs/personal/machines").json()["machines"]))
    sim.clock.sleep(4)
    seen.append(len(api.get("/orgs/personal/machines").json()["machines"]))
    sim.clock.sleep(4)
    seen.append(len(api.get("/orgs/personal/machines").json()["machines"]))
    assert seen == [0, 0, 1, 2, 3]


def test_a_change_behind_everybodys_back_is_missed_too(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(stale_reads={"Machines_list": 5.0}))
    _machine(sim, api)
    sim.edit_machine("web", "m", lambda machine: setattr(machine, "cordoned", True))
    assert "cordoned" not in api.get("/apps/web/machines").json()[0]
    sim.clock.sleep(5)
    assert api.get("/apps/web/machines").json()[0]["cordoned"] is True


def test_a_read_that_cannot_lag_is_refused() -> None:
    with pytest.raises(ValueError, match="did you mean Volumes_list"):
        Behaviour(stale_reads={"Volume_list": 1.0})


# --- a proxy that autostops (LC-28)


def _service(**more: object) -> dict[str, object]:
    return {
        "image": "x",
        "services": [{"protocol": "tcp", "internal_port": 80, "autostop": "stop", "autostart": True, **more}],
    }


def _states(api: httpx.Client) -> list[str]:
    return sorted(machine["state"] for machine in api.get("/apps/web/machines").json())


def test_the_proxy_stops_what_is_idle_at_the_time_when_it_was(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(autostop_after_s=300.0))
    made = api.post("/apps/web/machines", json={"config": _service()}).json()["id"]
    api.get(f"/apps/web/machines/{made}/wait")
    started = sim.clock.now()
    sim.clock.sleep(299)
    assert _states(api) == ["started"]
    sim.clock.sleep(1000)
    assert _states(api) == ["stopped"]
    stop = next(e for e in api.get(f"/apps/web/machines/{made}/events").json() if e["type"] == "stop")
    assert stop["source"] == "proxy"
    assert stop["timestamp"] == 1_767_225_600_000 + round(1000 * (started + 300))


def test_the_proxy_suspends_where_the_service_says_so(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(autostop_after_s=10.0))
    api.post("/apps/web/machines", json={"config": _service(autostop="suspend")})
    sim.clock.sleep(60)
    assert _states(api) == ["suspended"]


@pytest.mark.parametrize("config", [_IMAGE, _service(autostop="off")])
def test_the_proxy_leaves_others_alone(
    world: Callable[[Behaviour], World], config: dict[str, object]
) -> None:
    sim, api = world(Behaviour(autostop_after_s=10.0))
    api.post("/apps/web/machines", json={"config": config})
    sim.clock.sleep(600)
    assert _states(api) == ["started"]


def test_the_least_number_of_machines_stays_up(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(autostop_after_s=10.0))
    for _ in range(3):
        api.post("/apps/web/machines", json={"config": _service(min_machines_running=1)})
    sim.clock.sleep(600)
    assert _states(api) == ["started", "stopped", "stopped"]


def test_traffic_keeps_a_machine_up_and_wakes_one(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(Behaviour(autostop_after_s=100.0))
    api.post("/apps/web/machines", json={"name": "m", "config": _service()})
    sim.clock.sleep(60)
    assert sim.visit("web") == "m"
    sim.clock.sleep(90)
    assert _states(api) == ["started"]
    sim.clock.sleep(90)
    assert _states(api) == ["stopped"]
    assert sim.visit("web") == "m"
    sim.clock.sleep(5)
    assert _states(api) == ["started"]


def test_traffic_that_nothing_takes_is_an_error(world: Callable[[Behaviour], World]) -> None:
    sim, api = world(_DEFAULT)
    _machine(sim, api, skip_launch=True)
    with pytest.raises(LookupError, match="autostart"):
        sim.visit("web")
