"""A fly.toml of each kind planned, ensured, changed, destroyed, and taken over without a restart."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import pytest

from fly_resources import AsyncFly, Fly, IpAddress, Machine, errors
from fly_resources._sdk.reading import version_of
from fly_resources.flytoml import FlyToml, Live
from fly_resources.testing import Fault
from tests.flows.doctored import Doctored

if TYPE_CHECKING:
    from fly_resources.testing import FlySimulator, VirtualClock
    from tests.flytoml.conftest import Flyctl, Read

KINDS: Final = {
    "web": """
        [http_service]
        internal_port = 8080
        force_https = true
        auto_stop_machines = "stop"
        auto_start_machines = true
        min_machines_running = 0
        [http_service.concurrency]
        type = "requests"
        soft_limit = 200
        [[http_service.checks]]
        interval = "15s"
        timeout = "2s"
        grace_period = "5s"
        method = "GET"
        path = "/up"
        [http_service.checks.headers]
        X-Forwarded-Proto = "https"
        Host = "shop.example"
        [[vm]]
        memory = "1gb"
        cpu_kind = "shared"
        cpus = 1
    """,
    "worker": """
        kill_signal = "SIGTERM"
        kill_timeout = 120
        swap_size_mb = 512
        [env]
        QUEUES = "mail"
        [[restart]]
        policy = "always"
        [metrics]
        port = 9091
        path = "/metrics"
    """,
    "groups": """
        [processes]
        web = "bin/web"
        work = "bin/work --all"
        [http_service]
        internal_port = 8080
        processes = ["web"]
        [checks.alive]
        type = "http"
        port = 9090
        interval = "30s"
        path = "/alive"
        headers = { B = "2", A = "1" }
        processes = ["work"]
        [[vm]]
        size = "shared-cpu-2x"
        processes = ["work"]
        [deploy]
        release_command = "bin/migrate"
        strategy = "rolling"
        max_unavailable = 0.5
    """,
    "database": """
        [mounts]
        source = "data"
        destination = "/var/lib/data"
        initial_size = "10gb"
        snapshot_retention = 14
        auto_extend_size_threshold = 80
        auto_extend_size_increment = "1GB"
        auto_extend_size_limit = "50GB"
        [[services]]
        protocol = "tcp"
        internal_port = 5432
        [[services.ports]]
        port = 5432
        [[services.tcp_checks]]
        interval = 10000
        timeout = 2000
        [deploy]
        strategy = "immediate"
    """,
    "udp": """
        [[services]]
        protocol = "udp"
        internal_port = 53
        [[services.ports]]
        port = 53
        [deploy]
        strategy = "canary"
    """,
    "files": """
        [[files]]
        guest_path = "/etc/app.conf"
        raw_value = "a = 1"
        [[statics]]
        guest_path = "/app/public"
        url_prefix = "/static"
        [http_service]
        internal_port = 80
        [http_service.http_options.response.headers]
        X-Robots-Tag = "none"
        Server = false
    """,
    "scheduled": """
        [experimental]
        machine_config = '{"schedule": "daily", "dns": {"nameservers": ["1.1.1.1"]}}'
        entrypoint = ["/bin/job"]
        cmd = ["--once"]
    """,
    "old": """
        kill_timeout = 300
        [experimental]
        auto_rollback = true
        enable_consul = true
        allowed_public_ports = []
        metrics_port = 9091
        metrics_path = "/metrics"
        [[env]]
        PORT = 8080
        DEBUG = false
        [[services]]
        http_checks = []
        internal_port = "8080"
        processes = ["app"]
        protocol = "tcp"
        script_checks = []
        concurrency = "20,25"
        auto_stop_machines = true
        [services.ports]
        handlers = ["http"]
        port = "80"
        [services.tcp_checks]
        grace_period = "1s"
        interval = "15s"
        restart_limit = 0
        timeout = 2000
        [mount]
        source = "data"
        destination = "/data"
    """,
    "dedicated": """
        host_dedication_id = "d1"
        [processes]
        plain = ""
        sized = ""
        own = ""
        [[vm]]
        size = "performance-1x"
        processes = ["sized"]
        [[vm]]
        host_dedication_id = "d2"
        processes = ["own"]
    """,
    "several": """
        [processes]
        web = "bin/web"
        admin = "bin/admin"
        [[services]]
        processes = ["web", "admin"]
        internal_port = 8080
        protocol = "tcp"
        auto_stop_machines = "suspend"
        min_machines_running = 1
        [[services.ports]]
        port = 80
        handlers = ["http"]
        force_https = true
        [[services.ports]]
        port = 443
        handlers = ["tls", "http"]
        [services.ports.tls_options]
        alpn = ["h2", "http/1.1"]
        [services.ports.http_options]
        compress = true
        idle_timeout = 600
        [[services.http_checks]]
        interval = 10000
        grace_period = "5s"
        method = "get"
        path = "/"
        protocol = "https"
        tls_skip_verify = true
        [[services.http_checks.headers]]
        name = "Host"
        value = "shop.example"
        [[restart]]
        policy = "on-failure"
        retries = 10
        processes = ["web", "admin"]
        [[metrics]]
        port = 9394
        path = "/metrics"
        processes = ["web"]
        [[vm]]
        memory = "512mb"
        cpu_kind = "shared"
        cpus = 2
    """,
}
NEXT: Final = "registry.fly.io/shop:v2"


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return KINDS[str(request.param)]


def _actions(plan: Any) -> list[str]:  # noqa: ANN401  # a Plan or a Report
    return [each.action for each in plan]


def _versions(live: Live) -> dict[str, str]:
    return {each.name: version_of(each) or "" for each in live.machines}


def _images(live: Live) -> set[object]:
    return {each.config and each.config.image for each in live.machines}


def _ensure(fly: Fly, toml: FlyToml, **options: Any) -> None:  # noqa: ANN401  # of ensure
    live = Live.read(fly, toml.app)
    fly.ensure(*toml.resources(live, allocate_v4=True), **options, **toml.ensure_options(live))


def _wait(fly: Fly, toml: FlyToml) -> None:
    """Wait for what strategy `immediate` does not wait for."""
    for machine in toml.resources(Live.read(fly, toml.app)):
        if isinstance(machine, Machine):
            fly.wait(machine)


def test_it_is_planned_ensured_changed_and_destroyed(
    kind: str, read: Read, fly: Fly, sim: FlySimulator
) -> None:
    toml = read(kind)
    assert set(_actions(fly.plan(*toml.resources(Live.read(fly, "shop"))))) == {"create"}
    _ensure(fly, toml)
    _wait(fly, toml)

    live = Live.read(fly, "shop")
    assert sorted(each.name for each in live.machines) == [
        f"{name}-{number}"
        for name, group in toml.groups.items()
        for number in range(1, group.first_deployment()[0] + 1)
    ]
    assert not fly.plan(*toml.resources(live)).changed
    sim.requests.clear()
    _ensure(fly, toml)
    assert {each.method for each in sim.requests} == {"GET"}

    changed = read(f"{kind}\n[[machine_checks]]\ncommand = ['x']\n", image=NEXT, env={"NEW": "1"})
    assert set(_actions(fly.plan(*changed.resources(live)))) == {"none", "update"}
    _ensure(fly, changed)
    _wait(fly, changed)
    assert _images(Live.read(fly, "shop")) == {NEXT}

    # what the file no longer says goes again
    _ensure(fly, read(kind, image=NEXT))
    machines = Live.read(fly, "shop").machines
    assert not any("NEW" in each.config.to_dict()["env"] for each in machines if each.config)

    fly.destroy(*read(kind).resources(Live.read(fly, "shop")), everything=True)
    assert Live.read(fly, "shop") == Live("shop")


def test_what_flyctl_deployed_is_adopted_without_a_restart(
    kind: str, read: Read, fly: Fly, flyctl: Flyctl, sim: FlySimulator
) -> None:
    toml = read(kind)
    flyctl.launch(toml, {name: group.first_deployment()[0] for name, group in toml.groups.items()})
    before = Live.read(fly, "shop")
    assert set(_actions(fly.plan(*toml.resources(before)))) == {"none"}

    resources = toml.resources(before)
    plan = fly.plan(*resources, take_over=True)
    assert {each.action for each in plan if isinstance(each.resource, Machine)} == {"adopt"}
    sim.requests.clear()
    fly.ensure(*resources, take_over=True)
    assert {each.operation for each in sim.requests if each.method != "GET"} == {"Machines_patch_metadata"}
    after = Live.read(fly, "shop")
    assert _versions(after) == _versions(before)
    assert not fly.plan(*toml.resources(after)).changed

    # from here on it is ours: a change needs no further word
    _ensure(fly, read(kind, image=NEXT))
    assert _images(Live.read(fly, "shop")) == {NEXT}


def test_the_release_command_is_a_machine_that_runs(read: Read, fly: Fly, flyctl: Flyctl) -> None:
    command = read(KINDS["groups"]).release_command
    assert command is not None
    flyctl.send("/apps", {"name": "shop", "org_slug": "personal"})
    made = flyctl.machine("shop", dict(command.config), command.region or "")
    assert made["config"]["auto_destroy"] is True
    assert made["config"]["init"] == {"cmd": ["bin/migrate"]}
    # it never counts as one of the app's
    names = [
        each.name
        for each in read(KINDS["groups"]).resources(Live.read(fly, "shop"))
        if isinstance(each, Machine)
    ]
    assert names == ["web-1", "web-2", "work-1"]


@pytest.mark.parametrize("times", [1, 9], ids=["once", "for long"])
def test_an_app_that_answers_404_while_its_machines_are_listed_is_not_taken_for_absent(
    read: Read, fly: Fly, flyctl: Flyctl, sim: FlySimulator, times: int
) -> None:
    toml = read(image="registry.fly.io/shop:v1")
    flyctl.launch(toml, {toml.default_group: 2})
    sim.faults.add(Fault("status", operation="Apps_show", status=404, times=times))

    if times == 1:
        assert len(Live.read(fly, toml.app).machines) == 2
    else:
        with pytest.raises(errors.ContradictionError, match="answers 404, but its lists show 2"):
            Live.read(fly, toml.app)


def test_an_app_that_is_absent_is_looked_for_twice(read: Read, fly: Fly, sim: FlySimulator) -> None:
    assert Live.read(fly, read("").app) == Live(read("").app)
    assert [request.operation for request in sim.requests].count("Apps_show") == 2


LISTS = {"Machines_list": "machines", "Volumes_list": "volumes", "App_IPAssignments_list": "addresses"}


def _uncounted(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
    """Leave out what the app counts: older services do not tell."""
    if path == "/apps/shop":
        body = {key: value for key, value in body.items() if not key.endswith("_count")}
    return body


@pytest.fixture
def whole(read: Read, fly: Fly, flyctl: Flyctl) -> Live:
    toml = read("[mounts]\nsource = 'data'\ndestination = '/data'\n")
    flyctl.launch(toml, {toml.default_group: 2})
    fly.ensure(IpAddress("shop", "shared_v4"))
    return Live.read(fly, "shop")


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("counts", [True, False], ids=["counted", "uncounted"])
@pytest.mark.parametrize("wrong", sorted(LISTS))
def test_one_list_that_is_empty_makes_no_second_set(
    whole: Live, sim: FlySimulator, clock: VirtualClock, wrong: str, mode: str, *, counts: bool
) -> None:
    sim.faults.add(Fault("empty", operation=wrong))
    world = Doctored(sim, (lambda _path, body: body) if counts else _uncounted)

    async def look() -> Live:
        async with AsyncFly("test", transport=world, clock=clock) as client:
            return await Live.read_async(client, "shop")

    if mode == "sync":
        with Fly("test", transport=world, clock=clock) as client:
            live = Live.read(client, "shop")
    else:
        live = asyncio.run(look())

    assert getattr(whole, LISTS[wrong]) != ()
    assert live == whole
