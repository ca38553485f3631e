"""What has to happen so that the simulator gives each recorded answer, by the number of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import httpx

from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._regions import Region

if TYPE_CHECKING:
    from collections.abc import Callable

_HOST = "www.example.com"
_IMAGE = "docker.io/library/my-app:my-image"
_SERVICE = {
    "protocol": "tcp",
    "internal_port": 8080,
    "ports": [{"port": 443, "handlers": ["tls", "http"]}, {"port": 80, "handlers": ["http"]}],
}
_UNKNOWN_MACHINE = "1857156b526dd8"


def client_of(sim: FlySimulator) -> httpx.Client:
    """Return a client as any user of httpx would make it."""
    return httpx.Client(
        transport=sim.transport(),
        base_url="https://api.machines.dev/v1",
        headers={"Authorization": "Bearer test"},
        timeout=70,
    )


@attrs.define
class Stage:
    """A world with an app `web`, and shorthand for what scenarios do in it."""

    sim: FlySimulator
    client: httpx.Client

    def get(self, path: str, **query: str) -> httpx.Response:
        """Read in the app."""
        return self.client.get(f"/apps/web{path}", params=query)

    def post(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        """Send a body to the app."""
        return self.client.post(f"/apps/web{path}", json=body, headers=headers)

    def put(self, path: str, body: object) -> httpx.Response:
        """Replace in the app."""
        return self.client.put(f"/apps/web{path}", json=body)

    def delete(self, path: str, **query: str) -> httpx.Response:
        """Delete in the app."""
        return self.client.delete(f"/apps/web{path}", params=query)

    def switch(self, **wanted: Any) -> Stage:  # noqa: ANN401 - whatever the switches take
        """Let the simulator behave otherwise."""
        self.sim.behaviour = attrs.evolve(self.sim.behaviour, **wanted)
        return self

    def open_region(self, code: str) -> Stage:
        """Have a region that was closed since the record was made."""
        self.sim.regions[code] = Region(code, code, "any", 0.0, 0.0)
        return self

    def anonymous(self, method: str, path: str, token: str = "") -> httpx.Response:
        """Send without the usual token."""
        return self.client.request(method, path, headers={"Authorization": token})

    def taken(self) -> httpx.Response:
        """Create an app whose name is taken."""
        return self.client.post("/apps", json={"name": "web", "org_slug": "personal"})

    def create(self, **body: object) -> httpx.Response:
        """Create a machine."""
        return self.post("/machines", {"name": "m", "config": {"image": "nginx"}, **body})

    def guest(self, kind: str, cpus: int, memory_mb: int) -> httpx.Response:
        """Create a machine of a size."""
        guest = {"cpu_kind": kind, "cpus": cpus, "memory_mb": memory_mb}
        return self.create(config={"image": "x", "guest": guest})

    def machine(self, **body: object) -> str:
        """Create a machine; return its path."""
        return f"/machines/{self.create(**body).json()['id']}"

    def stopped(self) -> str:
        """Create a machine that is not launched."""
        return self.machine(skip_launch=True)

    def volume(self, **body: object) -> str:
        """Create a volume; return its path."""
        made = self.post("/volumes", {"name": "disk", "region": "ord", **body})
        return f"/volumes/{made.json()['id']}"

    def written_volume(self) -> str:
        """Create a volume that was mounted once; return its path."""
        volume = self.volume()
        name = volume.rpartition("/")[2]
        self.sim.edit_volume("web", name, lambda record: attrs.evolve(record, used=True))
        return volume

    def mounted(self) -> tuple[str, str]:
        """Create a volume and a machine that mounts it."""
        volume = self.volume()
        return volume, self.machine(config=_mounting(volume))

    def leased(self) -> tuple[str, dict[str, Any]]:
        """Create a machine and lease it."""
        machine = self.machine()
        return machine, self.post(f"{machine}/lease", {"ttl": 500}).json()["data"]

    def certificate(self) -> str:
        """Bring about a certificate with everything."""
        self.post("/ip_assignments", {"type": "v4"})
        self.post("/ip_assignments", {"type": "v6"})
        self.post("/certificates/acme", {"hostname": _HOST})
        body = {"hostname": _HOST, "fullchain": "chain", "private_key": "key"}
        self.post("/certificates/custom", body)
        self.sim.publish_dns(_HOST)
        return f"/certificates/{_HOST}"


def _mounting(volume: str) -> dict[str, Any]:
    return {"image": "x", "mounts": [{"volume": volume.rpartition("/")[2], "path": "/d"}]}


def _events_after_stop_and_start(stage: Stage, *calls: str) -> httpx.Response:
    machine = stage.machine()
    for call in calls:
        stage.post(f"{machine}/{call}")
    return stage.get(f"{machine}/events")


def _deploy_token_elsewhere(stage: Stage) -> httpx.Response:
    stage.client.post("/apps", json={"name": "other", "org_slug": "personal"})
    token = stage.post("/deploy_token", {"expiry": "48h"}).json()["token"]
    return stage.anonymous("GET", "/apps/other/machines", f"Bearer {token}")


def _foreign(stage: Stage) -> httpx.Response:
    stage.sim.add_foreign_app("theirs")
    return stage.client.get("/apps/theirs")


def _fly_metadata(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    keys = ("flyctl_version", "platform_version", "process_group", "release_id", "release_version")
    stage.put(f"{machine}/metadata", {"metadata": {f"fly_{key}": "v" for key in keys}})
    return stage.get(f"{machine}/metadata")


def _snapshots(stage: Stage) -> httpx.Response:
    volume = stage.written_volume()
    stage.post(f"{volume}/snapshots")
    stage.sim.clock.sleep(60)
    return stage.get(f"{volume}/snapshots")


def _restore(stage: Stage) -> httpx.Response:
    volume = stage.written_volume()
    snapshot = stage.post(f"{volume}/snapshots").json()["Msg"]["backup"]["graph_id"]
    stage.sim.clock.sleep(60)
    return stage.post("/volumes", {"name": "v", "region": "yyz", "snapshot_id": snapshot})


def _second_snapshot(stage: Stage) -> httpx.Response:
    volume = stage.written_volume()
    stage.post(f"{volume}/snapshots")
    return stage.post(f"{volume}/snapshots")


def _destroyed(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.delete(machine, force="true")
    stage.sim.clock.sleep(10)
    return stage.get(f"{machine}/wait", state="destroyed", timeout="60")


def _in_a_full_region(stage: Stage, *, with_volume: bool) -> httpx.Response:
    volume = stage.volume()
    stage.sim.full_regions.update(stage.sim.regions)
    return stage.create(config=_mounting(volume) if with_volume else {"image": "x"})


def _start_right_after_stop(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.sim.clock.sleep(10)
    stage.post(f"{machine}/stop")
    return stage.post(f"{machine}/start")


def _delete_running(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.sim.clock.sleep(10)
    return stage.delete(machine)


def _missing_image(stage: Stage) -> httpx.Response:
    stage.sim.images[_IMAGE] = "missing"
    return stage.create(config={"image": _IMAGE})


def _duplicate_hostname(stage: Stage) -> httpx.Response:
    stage.certificate()
    return stage.post("/certificates/acme", {"hostname": _HOST})


def _processes(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.sim.clock.sleep(10)
    return stage.get(f"{machine}/ps")


def _settled(stage: Stage, call: str) -> httpx.Response:
    machine = stage.stopped() if call == "start" else stage.machine()
    stage.sim.clock.sleep(10)
    bodies = {"signal": {"signal": "SIGHUP"}, "exec": {"command": ["true"]}}
    return stage.post(f"{machine}/{call}", bodies.get(call))


def _with_deploy_token(stage: Stage, method: str, path: str, body: object) -> httpx.Response:
    stage.client.post("/apps", json={"name": "other", "org_slug": "personal"})
    token = stage.post("/deploy_token", {"expiry": "48h"}).json()["token"]
    return stage.client.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"})


def _revoked(stage: Stage) -> httpx.Response:
    stage.sim.revoke_token("FlyV1 fm2_revoked")
    return stage.anonymous("GET", "/apps?org_slug=personal", "Bearer FlyV1 fm2_revoked")


def _seen_running(stage: Stage, config: dict[str, Any], path: str) -> httpx.Response:
    machine = stage.create(config=config).json()["id"]
    stage.sim.clock.sleep(60)
    return stage.get(path.format(id=machine))


def _updated(stage: Stage, config: dict[str, Any], **more: str) -> httpx.Response:
    machine = stage.machine()
    stage.sim.clock.sleep(60)
    return stage.post(machine, {"config": config, **more})


def _updated_twice_at_once(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.post(machine, {"config": {"image": "x"}})
    return stage.post(machine, {"config": {"image": "x"}})


def _grown_in_a_full_region(stage: Stage) -> httpx.Response:
    machine = stage.machine()
    stage.sim.full_regions.update(stage.sim.regions)
    guest = {"cpu_kind": "shared", "cpus": 2, "memory_mb": 4096}
    return stage.post(machine, {"config": {"image": "x", "guest": guest}})


def _delete_stopped(stage: Stage) -> httpx.Response:
    machine = stage.stopped()
    stage.sim.clock.sleep(10)
    return stage.delete(machine)


def _wait_for_stopped(stage: Stage) -> httpx.Response:
    machine = stage.create(skip_launch=True).json()
    return stage.get(f"/machines/{machine['id']}/wait", state="stopped", instance_id=machine["instance_id"])


def _ended(stage: Stage, path: str) -> httpx.Response:
    stage.sim.images["org/repo:v0"] = "crashes"
    config = {"image": "org/repo:v0", "init": {"cmd": ["scan"]}, "restart": {"policy": "no"}}
    return _seen_running(stage, config, path)


def _mounted_by_name(stage: Stage) -> httpx.Response:
    stage.volume(name="data", region="iad")
    return stage.create(region="iad", config={"image": "x", "mounts": [{"volume": "data", "path": "/data"}]})


def _everything_in_a_config(stage: Stage) -> httpx.Response:
    stage.open_region("hkg")
    volume = stage.volume(region="hkg", size_gb=2).rpartition("/")[2]
    check = {"port": 3000, "type": "http", "interval": "15s", "timeout": "10s", "method": "HEAD", "path": "/"}
    config = {
        "image": "sweatybridge/postgres:all-in-one",
        "size": "shared-cpu-4x",
        "env": {"PGDATA": "/mnt/postgres/data"},
        "mounts": [{"volume": volume, "path": "/mnt/postgres"}],
        "services": [
            {**_SERVICE, "concurrency": {"type": "connections", "hard_limit": 60, "soft_limit": 60}}
        ],
        "checks": {
            "pgrst": check,
            "adminapi": {"port": 8085, "type": "tcp", "interval": "15s", "timeout": "10s"},
        },
    }
    return stage.create(region="hkg", config=config)


def _one_machine_too_many(stage: Stage) -> httpx.Response:
    stage.switch(machines_per_app=1).machine()
    return stage.create(name="second")


def _too_often(_: Stage) -> httpx.Response:
    sim = FlySimulator(clock=VirtualClock(), rate_limits=True)
    with client_of(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        machine = client.post("/apps/web/machines", json={"config": {"image": "x"}}).json()["id"]
        return [client.post(f"/apps/web/machines/{machine}/start") for _ in range(4)][-1]


SCENARIOS: dict[int, Callable[[Stage], httpx.Response]] = {
    2: lambda s: s.client.post("/apps", json={"app_name": "n", "org_slug": "personal"}),
    4: lambda s: s.get(""),
    8: lambda s: s.client.delete("/apps/missing"),
    10: lambda s: s.switch(name_taken_code=False).taken(),
    13: lambda s: s.get(""),
    16: lambda s: s.anonymous("GET", "/apps/web"),
    21: lambda s: _with_deploy_token(s, "POST", "/apps/other/machines", {"config": {"image": "x"}}),
    22: lambda s: _with_deploy_token(s, "POST", "/apps/other/deploy_token", {"expiry": "48h"}),
    23: lambda s: _with_deploy_token(s, "POST", "/apps", {"name": "n", "org_slug": "personal"}),
    24: lambda s: _with_deploy_token(s, "GET", "/apps?org_slug=personal", None),
    26: _revoked,
    29: lambda s: s.create(config={"image": "flyio/fastify-functions", "services": [_SERVICE]}),
    30: lambda s: s.create(
        region="syd",
        config={"image": "flyio/fastify-functions", "env": {"APP_ENV": "production"}, "services": [_SERVICE]},
    ),
    32: lambda s: _seen_running(s, {"image": "rebelthor/sleep"}, "/machines/{id}"),
    33: lambda s: _seen_running(
        s, {"image": "x", "services": [{**_SERVICE, "checks": [{"type": "tcp"}]}]}, "/machines"
    ),
    35: lambda s: _updated(s, {"image": "x", "guest": {"memory_mb": 512, "cpus": 2}}, region="ord"),
    36: lambda s: _updated(
        s,
        {
            "image": "x",
            "guest": {"memory_mb": 512, "cpus": 2, "cpu_kind": "shared"},
            "env": {"A": "b"},
            "services": [_SERVICE],
        },
    ),
    42: lambda s: _settled(s, "start"),
    44: _delete_stopped,
    45: _wait_for_stopped,
    73: lambda s: s.client.post("/apps", json={"app_name": "web", "org_slug": "personal", "network": "n"}),
    74: lambda s: s.post("/ip_assignments", {"type": "private_v6", "network": "n"}),
    75: lambda s: s.post("/volumes", {"name": "user_data", "region": "iad", "size_gb": 1}),
    76: lambda s: _settled(s, "exec"),
    77: lambda s: s.post(
        "/network_policies",
        {
            "name": "specific-egress",
            "selector": {"all": True},
            "rules": [{"action": "allow", "direction": "egress", "ports": [{"protocol": "tcp", "port": 80}]}],
        },
    ),
    78: lambda s: s.post("/volumes", {"name": "data", "region": "iad", "size_gb": 1}),
    79: _mounted_by_name,
    80: lambda s: _updated(
        s, {"image": "x", "services": [{**_SERVICE, "autostop": "stop", "autostart": True}]}
    ),
    81: lambda s: _ended(s, "/machines/{id}"),
    82: lambda s: _ended(s, "/machines"),
    84: lambda s: s.get("/machines/12345"),
    85: _everything_in_a_config,
    89: lambda s: s.switch(lease_create_status=200).post(f"{s.machine()}/lease", {"ttl": 60}),
    90: lambda s: s.get(f"{s.leased()[0]}/lease"),
    93: lambda s: s.open_region("hkg").post("/volumes", {"name": "pgdata", "region": "hkg", "size_gb": 2}),
    97: lambda s: s.get(f"{s.volume()}/snapshots"),
    99: lambda s: s.create(
        region="iad",
        config={"image": "nginx:alpine", "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}},
    ),
    103: lambda s: s.anonymous("GET", "/apps/web/secrets"),
    104: lambda s: s.anonymous("GET", "/apps/web/volumes"),
    105: lambda s: s.anonymous("GET", "/apps/web/machines"),
    116: lambda s: _in_a_full_region(s, with_volume=True),
    117: _grown_in_a_full_region,
    124: _updated_twice_at_once,
    131: lambda s: s.switch(code_in_messages=False).get(f"{s.stopped()}/wait?timeout=1"),
    132: lambda s: s.switch(wait_for_stopped_needs_version=True).get(f"{s.stopped()}/wait", state="stopped"),
    142: lambda s: s.open_region("mia").create(region="mia", config=_mounting(s.volume())),
    145: _one_machine_too_many,
    146: _too_often,
    147: lambda s: s.switch(code_in_messages=False).post(s.leased()[0], {"config": {"image": "x"}}),
    1: lambda s: s.client.post("/apps", json={"app_name": "n", "org_slug": "personal", "network": "x"}),
    5: lambda s: s.client.get("/apps", params={"org_slug": "personal"}),
    6: lambda s: s.delete(""),
    9: lambda s: s.client.post("/apps", json={"name": "web", "org_slug": "personal"}),
    12: lambda s: s.client.post("/apps", json={"name": "A_b", "org_slug": "personal"}),
    14: _foreign,
    15: lambda s: s.client.get("/apps/free"),
    18: lambda s: s.post("/deploy_token", {"expiry": "48h"}),
    19: lambda s: s.post("/deploy_token"),
    20: _deploy_token_elsewhere,
    25: lambda s: s.get("/machines"),
    27: lambda s: s.create(
        config={
            "init": {"exec": ["/bin/sleep", "inf"]},
            "image": "registry-1.docker.io/library/ubuntu:latest",
            "auto_destroy": True,
            "restart": {"policy": "always"},
        }
    ),
    38: lambda s: _settled(s, "suspend"),
    39: lambda s: _settled(s, "cordon"),
    41: lambda s: _settled(s, "start"),
    47: _fly_metadata,
    48: lambda s: s.post(f"{s.machine()}/metadata/foo-key", {"value": "bar"}),
    49: lambda s: s.delete(f"{s.machine()}/metadata/foo-key"),
    50: lambda s: s.post(f"{s.machine()}/lease", {"ttl": 500, "description": ""}),
    52: lambda s: s.post(f"{s.leased()[0]}/lease", {"ttl": 500}),
    53: lambda s: s.get(f"{s.leased()[0]}/lease"),
    55: lambda s: (s.mounted(), s.get("/volumes"))[1],
    56: lambda s: s.post("/volumes", {"name": "my_app_vol", "region": "ord", "size_gb": 10}),
    58: lambda s: s.put(s.volume(), {"snapshot_retention": 10}),
    59: lambda s: s.delete(s.volume()),
    61: _snapshots,
    62: _restore,
    64: lambda s: (s.certificate(), s.get("/certificates"))[1],
    65: lambda s: s.post("/certificates/acme", {"hostname": "example.com"}),
    67: lambda s: s.get(s.certificate()),
    68: lambda s: s.post(f"{s.certificate()}/check"),
    69: lambda s: s.delete(s.certificate()),
    71: lambda s: s.delete(f"{s.certificate()}/custom"),
    86: lambda s: _events_after_stop_and_start(s, "stop"),
    87: lambda s: s.get(f"{s.machine()}/versions"),
    88: _processes,
    91: lambda s: _settled(s, "signal"),
    92: lambda s: _settled(s, "restart"),
    94: lambda s: s.post(
        "/volumes", {"name": "forked", "region": "", "source_volume_id": s.volume().rpartition("/")[2]}
    ),
    95: lambda s: s.put(f"{s.volume(size_gb=2)}/extend", {"size_gb": 4}),
    96: lambda s: s.delete(s.volume(region="ams")),
    98: lambda s: _events_after_stop_and_start(s, "stop", "start"),
    100: lambda s: s.anonymous("POST", "/apps/web/machines"),
    101: lambda s: s.anonymous("GET", "/apps/web/certificates"),
    102: lambda s: s.anonymous("GET", "/apps/web/ip_assignments"),
    106: lambda s: s.anonymous("GET", "/postgres"),
    107: lambda s: s.anonymous("GET", "/bogus_route_check"),
    108: lambda s: s.anonymous("GET", "/platform/regions"),
    109: lambda s: s.anonymous("GET", "/apps/web/machines"),
    110: lambda s: s.anonymous("GET", "/apps"),
    111: lambda s: s.anonymous("PUT", "/apps"),
    112: lambda s: s.anonymous("GET", "/apps/web", "Bearer FlyV1fm2_REDACTED"),
    113: lambda s: (s.machine(), s.create())[1],
    114: lambda s: s.get(f"{s.machine()}/wait", state="destroyed", timeout="90"),
    115: _destroyed,
    118: lambda s: _in_a_full_region(s, with_volume=True),
    119: lambda s: _in_a_full_region(s, with_volume=False),
    126: lambda s: s.guest("shared", 4, 512),
    127: lambda s: s.guest("shared", 1, 4096),
    128: lambda s: s.guest("performance", 8, 8192),
    129: lambda s: s.guest("performance", 2, 2048),
    130: lambda s: s.get(f"{s.machine()}/wait", state="started", timeout="1"),
    133: lambda s: s.get(f"/machines/{_UNKNOWN_MACHINE}/wait"),
    134: lambda s: s.post(f"{s.machine()}/stop", []),
    135: _start_right_after_stop,
    136: lambda s: s.post(f"{s.machine()}/start"),
    137: _delete_running,
    138: lambda s: s.delete(s.mounted()[0]),
    139: lambda s: s.create(name="second", config=_mounting(s.mounted()[0])),
    140: _second_snapshot,
    141: lambda s: s.post("/volumes", {"name": "corro_data", "region": "", "size_gb": 1, "encrypted": True}),
    143: _missing_image,
    148: lambda s: s.client.post("/apps", json={"name": "n", "org_slug": "nobody"}),
    149: _duplicate_hostname,
    150: lambda s: s.get("/certificates/docs.acme.com"),
}
