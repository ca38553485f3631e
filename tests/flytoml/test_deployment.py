"""Which machines and addresses an app gets, and which it keeps (FT-111 to FT-150)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines import models

from fly_resources import AsyncFly, Fly, IpAddress, Machine
from fly_resources.errors import ConfigurationError, NotOwnedError, ReconcileError
from fly_resources.flytoml import FlyToml, Live

if TYPE_CHECKING:
    from fly_resources.testing import FlySimulator, VirtualClock
    from tests.flytoml.conftest import Flyctl, Read, Refused

GROUPS = "[processes]\nweb = 'run web'\nwork = 'run work'\n"
SERVED = GROUPS + "[http_service]\ninternal_port = 8080\nprocesses = ['web']\n"


def _machines(resources: list[Any]) -> list[Machine]:
    return [each for each in resources if isinstance(each, Machine)]


def _names(resources: list[Any]) -> list[str]:
    return [each.name for each in _machines(resources)]


def _kept(live: Live) -> list[str]:
    return [each.name for each in live.machines if each.state not in {"destroyed", "destroying"}]


def _addresses(toml: FlyToml, live: Live | None = None, **options: Any) -> list[str]:  # noqa: ANN401  # its options
    return [each.type for each in toml.resources(live, **options) if isinstance(each, IpAddress)]


def _machine(name: str = "m", state: str = "started", **fields: Any) -> models.Machine:  # noqa: ANN401  # of the model
    shown = {
        "id": name,
        "name": name,
        "state": state,
        "region": "iad",
        "instance_id": "v1",
        "private_ip": "fdaa::3",
        "created_at": "2026-01-01T00:00:00Z",
        **fields,
    }
    return models.Machine.from_dict(shown)


def _of(group: str | None, name: str = "m", **fields: Any) -> models.Machine:  # noqa: ANN401  # the same
    metadata = {} if group is None else {"fly_platform_version": "v2", "fly_process_group": group}
    config = {"image": "a:1", "metadata": metadata, **fields.pop("config", {})}
    return _machine(name, config=config, **fields)


def test_ft111_nothing_marks_a_machine_as_deployed_by_flyctl(read: Read, fly: Fly) -> None:
    fly.ensure(*read("").resources(None))
    (machine,) = Live.read(fly, "shop").machines
    assert machine.config
    assert not [key for key in machine.config.to_dict()["metadata"] if key.startswith("fly_release")]


def test_ft112_the_short_lived_machines_of_flyctl_do_not_count(read: Read) -> None:
    passing = ("fly_app_release_command", "fly_app_console", "fly_app_test_machine_command")
    live = Live(machines=[_of(group, f"m{index}") for index, group in enumerate(passing)])
    assert _names(read("").resources(live)) == ["app-1"]


def test_ft112_a_machine_of_a_group_counts_whoever_manages_it(read: Read) -> None:
    config = {"image": "a:1", "metadata": {"fly_process_group": "app"}}
    assert _names(read("").resources(Live(machines=[_machine("by-hand", config=config)]))) == ["by-hand"]


@pytest.mark.parametrize(
    "metadata",
    [
        {"fly_platform_version": "v2"},
        {"fly_platform_version": "v2", "fly_process_group": ""},
        {"fly_platform_version": "v2", "process_group": "web"},
        {"process_group": "web"},
    ],
)
def test_ft113_a_managed_machine_without_a_group_is_of_the_default_group(
    read: Read, metadata: dict[str, str]
) -> None:
    live = Live(machines=[_machine("old", config={"image": "a:1", "metadata": metadata})])
    resources = read(GROUPS).resources(live, counts={"work": 0})
    assert _names(resources) == ["old"]
    assert _machines(resources)[0].config["init"] == {"cmd": ["run", "web"]}


def test_ft114_what_a_deployment_keeps_is_kept(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    toml = read("")
    flyctl.send("/apps", {"name": "shop", "org_slug": "personal"})
    mine = {
        "schedule": "daily",
        "dns": {"nameservers": ["1.1.1.1"]},
        "guest": {"cpu_kind": "shared", "cpus": 2, "memory_mb": 512},
    }
    config = {**toml.groups["app"].config, **mine}
    config["metadata"] = {**config["metadata"], "team": "a"}
    flyctl.machine("shop", config, "fra")
    fly.ensure(*read("", image="registry.fly.io/shop:v2").resources(Live.read(fly, "shop")))
    (machine,) = Live.read(fly, "shop").machines
    assert machine.config
    kept = machine.config.to_dict()
    assert {key: kept[key] for key in mine} == mine
    assert (kept["metadata"]["team"], kept["image"], machine.region) == (
        "a",
        "registry.fly.io/shop:v2",
        "fra",
    )


FULL = (
    "[experimental]\nentrypoint = ['e']\nexec = ['x']\n"
    "[[services]]\ninternal_port = 1\nprotocol = 'tcp'\nprocesses = ['app']\n"
    "[[files]]\nguest_path = '/a'\nraw_value = 'x'\n[[statics]]\nguest_path = '/b'\nurl_prefix = '/b'\n"
)


def test_ft114_lists_that_the_file_lacks_go_at_the_take_over(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    flyctl.launch(read(f"[processes]\napp = 'run'\n{FULL}"), {"app": 1})
    fly.ensure(*read("[processes]\napp = ''\n").resources(Live.read(fly, "shop")), take_over=True)
    (machine,) = Live.read(fly, "shop").machines
    assert machine.config
    left = machine.config.to_dict()
    assert [left.get(key) or None for key in ("services", "files", "statics")] == [None, None, None]
    assert not any(left["init"].get(key) for key in ("cmd", "entrypoint", "exec"))


def test_ft115_names_are_the_groups_and_a_number_that_is_free(read: Read) -> None:
    assert _names(read(GROUPS).resources(None, counts={"web": 2})) == ["web-1", "web-2", "work-1"]
    live = Live(machines=[_of("other", "web-1"), _of("web", "autumn-sea-1"), _of("work", "web-3")])
    assert _names(read(GROUPS).resources(live, counts={"web": 3, "work": 1})) == [
        "autumn-sea-1",
        "web-2",
        "web-4",
        "web-3",
    ]


@pytest.mark.parametrize(
    ("group", "name"), [("Mail out", "Mail-out-1"), ("_", "machine-1"), ("-é", "machine-1")]
)
def test_ft115_a_group_whose_name_no_machine_can_have(read: Read, group: str, name: str) -> None:
    (machine,) = _machines(read(f"[processes]\n'{group}' = ''\n").resources(None))
    config: Any = machine.config
    assert config["metadata"]["fly_process_group"] == group
    assert machine.name == name


def test_ft120_a_new_app_is_made(read: Read, fly: Fly) -> None:
    plan = fly.plan(*read("").resources(Live.read(fly, "shop")))
    assert [each.action for each in plan] == ["create", "create"]


def test_ft121_volumes_are_made_before_machines_and_machines_beside_addresses(read: Read, fly: Fly) -> None:
    text = "[http_service]\ninternal_port = 80\n[[mounts]]\nsource = 'data'\ndestination = '/data'\n"
    assert [each.kind for each in read(text).resources(None)] == [
        "app",
        "volume",
        "machine",
        "address",
        "address",
    ]
    assert fly.ensure(*read(text).resources(None)).changed


@pytest.mark.parametrize(
    ("text", "ha", "made"),
    [
        (SERVED, True, {"web": (2, 0), "work": (1, 1)}),
        (SERVED, False, {"web": (1, 0), "work": (1, 0)}),
        (
            f"{SERVED}[[mounts]]\nsource = 'd'\ndestination = '/d'\nprocesses = ['web']\n",
            True,
            {"web": (1, 0), "work": (1, 1)},
        ),
    ],
)
def test_ft122_how_many_machines_a_group_without_any_gets(
    read: Read, text: str, made: dict[str, tuple[int, int]], *, ha: bool
) -> None:
    toml = read(text)
    assert {name: group.first_deployment(ha=ha) for name, group in toml.groups.items()} == made
    started = [name.rpartition("-")[0] for name in _names(toml.resources(None, ha=ha))]
    assert {name: started.count(name) for name in made} == {name: each[0] for name, each in made.items()}


def test_ft122_a_new_group_of_an_app_that_exists_gets_the_same(read: Read) -> None:
    live = Live(machines=[_of("work", "old-1")])
    assert _names(read(SERVED).resources(live)) == ["web-1", "web-2", "old-1"]
    assert _names(read(SERVED).resources(live, ha=False)) == ["web-1", "old-1"]


def test_ft123_min_machines_running_says_nothing_of_how_many(read: Read) -> None:
    text = "[http_service]\ninternal_port = 80\nmin_machines_running = "
    for least in (0, 5):
        assert len(_machines(read(f"{text}{least}\n").resources(None))) == 2


def test_ft124_a_standby_stays_one_and_goes_first(read: Read) -> None:
    standby = _of("app", "a-standby", config={"standbys": ["z"], "env": {"FLY_STANDBY_FOR": "z"}})
    live = Live(machines=[standby, _of("app", "z")])
    toml = read("")
    assert _names(toml.resources(live)) == ["z", "a-standby"]
    assert _names(toml.resources(live, counts={"app": 1})) == ["z"]
    assert "standbys" not in _machines(toml.resources(live))[1].config


def test_ft124_a_standby_whose_group_gains_a_service_is_one_no_more(read: Read) -> None:
    live = Live(machines=[_of("app", "a", config={"standbys": ["z"]})])
    (machine,) = _machines(read("[http_service]\ninternal_port = 80\n").resources(live))
    assert machine.config["standbys"] == []


def test_ft125_an_app_keeps_its_machines_regions_and_names(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    toml = read(SERVED)
    flyctl.launch(toml, {"web": 2})
    flyctl.start(toml, "web", "fra")
    flyctl.start(toml, "work", "syd")
    live = Live.read(fly, "shop")
    resources = toml.resources(live)
    assert {(each.name, each.region) for each in _machines(resources)} == {
        (each.name, each.region) for each in live.machines
    }
    assert not fly.plan(*resources).changed


def test_ft125_a_count_changes_their_number(
    read: Read, flyctl: Flyctl, fly: Fly, clock: VirtualClock
) -> None:
    toml = read(SERVED)
    flyctl.launch(toml, {"web": 1, "work": 1})
    clock.sleep(5.0)
    younger = flyctl.start(toml, "web")["name"]
    live = Live.read(fly, "shop")
    more = toml.resources(live, counts={"web": 3})
    assert [each.action for each in fly.plan(*more)] == ["none", "none", "none", "create", "none"]

    # the youngest go, and only by a call that says so
    less = {"web": 1, "work": 1}
    assert younger not in _names(toml.resources(live, counts=less))
    assert [each.name for each in toml.surplus(live, counts=less)] == [younger]
    fly.ensure(*toml.resources(live, counts=less), take_over=True)
    assert len(_kept(Live.read(fly, "shop"))) == 3
    fly.destroy(*toml.surplus(live, counts=less))
    assert len(_kept(Live.read(fly, "shop"))) == 2
    assert toml.surplus(Live.read(fly, "shop")) == []


def test_machines_are_listed_by_name_however_old_they_are(read: Read) -> None:
    names = ["app-10", "app-2", "app-1"]
    live = Live(
        machines=[
            _of("app", name, created_at=f"2026-01-0{day}T00:00:00Z") for day, name in enumerate(names, 1)
        ]
    )
    assert _names(read("").resources(live)) == ["app-1", "app-2", "app-10"]
    # the youngest go
    assert _names(read("").resources(live, counts={"app": 2})) == ["app-2", "app-10"]


def test_ft125_a_group_may_have_none(read: Read) -> None:
    toml = read(SERVED)
    assert _names(toml.resources(None, counts={"web": 0, "work": 0})) == []
    assert [each.name for each in toml.surplus(Live(machines=[_of("web", "w")]), counts={"web": 0})] == ["w"]


@pytest.mark.parametrize(
    "counts", [{"wob": 1}, {"web": -1}, {"web": True}, {"web": "2"}, {1: 1}, 5, [("web", 1)]]
)
def test_ft125_counts_that_cannot_be_are_refused(read: Read, counts: Any) -> None:  # noqa: ANN401  # anything
    with pytest.raises(ConfigurationError, match="counts"):
        read(SERVED).resources(None, counts=counts)


def test_ft126_machines_of_a_group_that_is_gone_are_left_over(read: Read) -> None:
    live = Live(machines=[_of("web", "w"), _of("retired", "r")])
    toml = read(GROUPS)
    assert "r" not in _names(toml.resources(live))
    assert [each.name for each in toml.surplus(live)] == ["r"]


def test_machines_that_belong_to_no_group_are_not_built_beside_unseen(read: Read) -> None:
    toml = read(SERVED)
    live = Live(machines=[_of(None, "by-hand")])
    with pytest.raises(ReconcileError, match=r"machine by-hand .* belongs to no process group"):
        toml.resources(live)
    assert _names(toml.resources(live, counts={"web": 1, "work": 0})) == ["web-1"]
    # beside a set that exists it does not matter
    assert _names(toml.resources(Live(machines=[_of(None, "x"), _of("web", "w"), _of("work", "v")]))) == [
        "w",
        "v",
    ]


@pytest.mark.parametrize("state", ["destroyed", "destroying"])
def test_machines_that_go_do_not_count(read: Read, state: str) -> None:
    assert _names(read("").resources(Live(machines=[_of("app", "app-1", state=state)]))) == ["app-2"]


@pytest.mark.parametrize("state", ["created", "stopped", "suspended", "failed", "replacing", "replaced"])
def test_machines_in_any_other_state_do(read: Read, state: str) -> None:
    assert _names(read("").resources(Live(machines=[_of("app", "old", state=state)]))) == ["old"]


def test_a_machine_that_shows_no_config_stops_everything(read: Read) -> None:
    with pytest.raises(ReconcileError, match="the answer leaves out its config"):
        read("").resources(Live(machines=[_machine("m")]))


@pytest.mark.parametrize("live", [5, "shop", [], {"machines": []}])
def test_live_is_what_was_read(read: Read, live: Any) -> None:  # noqa: ANN401  # anything
    with pytest.raises(ConfigurationError, match=r"must be Live.read\(fly, 'shop'\)"):
        read("").resources(live)


def test_live_is_of_this_app(read: Read, fly: Fly) -> None:
    with pytest.raises(ConfigurationError, match="live is of app 'other'"):
        read("").resources(Live.read(fly, "other"))


@pytest.mark.parametrize("machines", [5, "m", [{"id": "m"}], None])
def test_live_takes_models(machines: Any) -> None:  # noqa: ANN401  # anything
    with pytest.raises(ConfigurationError, match="a list of Machine"):
        Live(machines=machines)


class _Forgetful(httpx.BaseTransport):
    """Sends on, and leaves something out of the first lists of machines that it gets."""

    def __init__(self, inner: httpx.BaseTransport, losses: int, key: str | None = None) -> None:
        self._inner = inner
        self._losses = losses
        self._key = key

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        if not self._losses or not request.url.path.endswith("/machines"):
            return answer
        self._losses -= 1
        answer.read()
        rows = [{key: row[key] for key in row if key != self._key} for row in answer.json() if self._key]
        return httpx.Response(200, json=rows, request=request)


def test_a_list_that_leaves_machines_out_is_not_believed(
    read: Read, flyctl: Flyctl, sim: FlySimulator, clock: VirtualClock
) -> None:
    flyctl.launch(read(""), {"app": 1})
    for losses, seen in ((0, 1), (2, 1), (99, None)):
        transport = _Forgetful(sim.transport(), losses)
        with Fly(token="test", transport=transport, clock=clock) as client:
            if seen is None:
                with pytest.raises(ReconcileError, match="counts 1 machines, but its list shows 0"):
                    Live.read(client, "shop")
            else:
                assert len(Live.read(client, "shop").machines) == seen


def test_a_config_that_a_list_leaves_out_is_read_by_id(
    read: Read, flyctl: Flyctl, sim: FlySimulator, clock: VirtualClock
) -> None:
    toml = read(SERVED)
    flyctl.launch(toml, {"web": 2, "work": 1})
    with Fly(token="test", transport=_Forgetful(sim.transport(), 1, "config"), clock=clock) as client:
        live = Live.read(client, "shop")
        assert not client.plan(*toml.resources(live)).changed
    assert all(each.config for each in live.machines)


def test_an_async_client_reads_the_same(
    read: Read, flyctl: Flyctl, fly: Fly, sim: FlySimulator, clock: VirtualClock
) -> None:
    flyctl.launch(read(SERVED), {"web": 2})

    async def look() -> tuple[Live, Live]:
        async with AsyncFly(token="test", transport=sim.transport(), clock=clock) as client:
            return await Live.read_async(client, "shop"), await Live.read_async(client, "none")

    there, absent = asyncio.run(look())
    assert there == Live.read(fly, "shop")
    assert absent == Live.read(fly, "none") == Live("none")


HTTP = "[http_service]\ninternal_port = 8080\n"


def _service(ports: str, protocol: str = "protocol = 'tcp'\n") -> str:
    return f"[[services]]\ninternal_port = 1\n{protocol}" + "".join(
        f"[[services.ports]]\n{port}\n" for port in ports.split(";") if port
    )


def test_ft140_addresses_are_for_a_first_deployment_with_services(read: Read) -> None:
    assert _addresses(read(HTTP)) == ["v6", "shared_v4"]
    assert _addresses(read("")) == []
    assert _addresses(read(HTTP), Live(machines=[_of("app")])) == []
    held = models.IpAssignment.from_dict({"ip": "2a09:8280:1::1", "shared": False})
    assert _addresses(read(HTTP), Live(addresses=[held])) == []


def test_ft140_they_may_be_private_or_none(read: Read) -> None:
    assert _addresses(read(HTTP), flycast=True) == ["private_v6"]
    assert _addresses(read(HTTP), public_ips=False) == []
    assert _addresses(read(""), flycast=True) == []


@pytest.mark.parametrize(
    "ports",
    [
        "port = 80\nhandlers = ['http']",
        "port = 443\nhandlers = ['tls', 'http']",
        "port = 443\nhandlers = ['http', 'tls']",
        "",
        "start_port = 80\nend_port = 80\nhandlers = ['http']",
    ],
)
def test_ft141_the_usual_ports_do_with_shared_addresses(read: Read, ports: str) -> None:
    toml = read(_service(ports))
    assert (toml.addresses, toml.needs_dedicated_v4) == (("v6", "shared_v4"), False)
    assert _addresses(toml, allocate_v4=True) == ["v6", "shared_v4"]


@pytest.mark.parametrize(
    "ports",
    [
        "port = 5432",
        "port = 80",
        "port = 80\nhandlers = ['tls']",
        "port = 443\nhandlers = ['tls']",
        "port = 443",
        "start_port = 1000\nend_port = 2000",
        "start_port = 80\nend_port = 81",
        "start_port = 80",
        "port = 80\nhandlers = ['http'];port = 25",
    ],
)
def test_ft142_other_ports_need_a_dedicated_one_which_takes_a_word(read: Read, ports: str) -> None:
    toml = read(_service(ports))
    assert (toml.addresses, toml.needs_dedicated_v4) == (("v4", "v6"), True)
    assert _addresses(toml) == []
    assert _addresses(toml, allocate_v4=True) == ["v4", "v6"]
    assert any("allocate_v4=True" in each and "billed" in each for each in toml.warnings)


def test_ft142_with_udp_there_is_no_v6(read: Read) -> None:
    toml = read(_service("port = 53", "protocol = 'udp'\n") + HTTP)
    assert _addresses(toml) == []
    assert _addresses(toml, allocate_v4=True) == ["v4"]


def test_ft143_a_service_without_a_protocol_does_with_shared_ones(read: Read) -> None:
    assert read(_service("port = 5432", "")).addresses == ("v6", "shared_v4")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", None),
        (HTTP, "https://shop.fly.dev"),
        (
            _service("port = 443\nhandlers = ['http', 'tls'];port = 80\nhandlers = ['http']"),
            "https://shop.fly.dev",
        ),
        (_service("port = 80\nhandlers = ['http']"), "http://shop.fly.dev"),
        (
            _service("port = 8443\nhandlers = ['tls', 'http'];port = 8080\nhandlers = ['http']"),
            "https://shop.fly.dev:8443",
        ),
        (
            _service("port = 9080\nhandlers = ['http'];port = 8080\nhandlers = ['http']"),
            "http://shop.fly.dev:8080",
        ),
        (_service("port = 5432"), None),
    ],
)
def test_ft144_where_the_app_is_reached(read: Read, text: str, url: str | None) -> None:
    assert read(text).url == url


def test_ft150_a_folder_that_would_be_uploaded_is_refused(refused: Refused, read: Read) -> None:
    text = "[[statics]]\nguest_path = 'public'\nurl_prefix = '/static'\n"
    message = refused(text)
    assert message.startswith("statics[0].guest_path: is relative")
    assert "tigris_bucket" in message
    assert read(f"{text}tigris_bucket = 'mine'\n").groups["app"].config["statics"]


def test_apps_of_flyctl_are_taken_over_only_with_a_word(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    flyctl.launch(read(SERVED), {"web": 2, "work": 1})
    newer = read(SERVED, image="registry.fly.io/shop:v2").resources(Live.read(fly, "shop"))
    with pytest.raises(NotOwnedError, match="take_over=True"):
        fly.ensure(*newer)
    report = fly.ensure(*newer, take_over=True)
    assert [report[each].action for each in _machines(newer)] == ["update"] * 3
    assert not fly.plan(*newer, take_over=True).changed
