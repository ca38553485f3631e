"""What the simulator answers against what the service was recorded to answer.

`recorded_shapes.json` holds, by the number of the record (RR#n of the facts), status, error text and the
kinds of the body's values. Each scenario brings about the same answer here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

_RECORDED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "recorded_shapes.json").read_text(encoding="utf-8")
)
_NONCE = "fly-machine-lease-nonce"
_HOST = "www.example.com"
_IMAGE = "docker.io/library/my-app:my-image"
_KINDS: dict[str, type | tuple[type, ...]] = {"string": str, "number": (int, float), "boolean": bool}
_UNKNOWN_MACHINE = "1857156b526dd8"
_MASKS = (
    (re.compile(r"vol_\w+"), "VOLUME"),
    (re.compile(r"\b[0-9a-f]{13,14}\b|<id>"), "MACHINE"),
    (re.compile(r'\\?"(<name>|m)\\?"'), "NAME"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ][\d:]+(Z| \+0000 UTC)|<timestamp>"), "TIME"),
    (re.compile(r"\S+@\S+(?=,)"), "OWNER"),
)


@attrs.define
class Stage:
    """A world with an app `web`, and shorthand for what scenarios do in it."""

    sim: FlySimulator
    client: httpx.Client

    def get(self, path: str, **query: str) -> httpx.Response:
        return self.client.get(f"/apps/web{path}", params=query)

    def post(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return self.client.post(f"/apps/web{path}", json=body, headers=headers)

    def put(self, path: str, body: object) -> httpx.Response:
        return self.client.put(f"/apps/web{path}", json=body)

    def delete(self, path: str, **query: str) -> httpx.Response:
        return self.client.delete(f"/apps/web{path}", params=query)

    def anonymous(self, method: str, path: str, token: str = "") -> httpx.Response:
        return self.client.request(method, path, headers={"Authorization": token})

    def create(self, **body: object) -> httpx.Response:
        return self.post("/machines", {"name": "m", "config": {"image": "nginx"}, **body})

    def guest(self, kind: str, cpus: int, memory_mb: int) -> httpx.Response:
        guest = {"cpu_kind": kind, "cpus": cpus, "memory_mb": memory_mb}
        return self.create(config={"image": "x", "guest": guest})

    def machine(self, **body: object) -> str:
        return f"/machines/{self.create(**body).json()['id']}"

    def stopped(self) -> str:
        return self.machine(skip_launch=True)

    def volume(self, **body: object) -> str:
        made = self.post("/volumes", {"name": "disk", "region": "ord", **body})
        return f"/volumes/{made.json()['id']}"

    def mounted(self) -> tuple[str, str]:
        volume = self.volume()
        return volume, self.machine(config=mounting(volume))

    def leased(self) -> tuple[str, dict[str, Any]]:
        machine = self.machine()
        return machine, self.post(f"{machine}/lease", {"ttl": 500}).json()["data"]

    def certificate(self) -> str:
        self.post("/ip_assignments", {"type": "v4"})
        self.post("/ip_assignments", {"type": "v6"})
        self.post("/certificates/acme", {"hostname": _HOST})
        body = {"hostname": _HOST, "fullchain": "chain", "private_key": "key"}
        self.post("/certificates/custom", body)
        self.sim.publish_dns(_HOST)
        return f"/certificates/{_HOST}"


def mounting(volume: str) -> dict[str, Any]:
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
    volume = stage.volume()
    stage.post(f"{volume}/snapshots")
    stage.sim.clock.sleep(60)
    return stage.get(f"{volume}/snapshots")


def _restore(stage: Stage) -> httpx.Response:
    volume = stage.volume()
    snapshot = stage.post(f"{volume}/snapshots").json()["Msg"]["backup"]["graph_id"]
    stage.sim.clock.sleep(60)
    return stage.post("/volumes", {"name": "v", "region": "yyz", "snapshot_id": snapshot})


def _second_snapshot(stage: Stage) -> httpx.Response:
    volume = stage.volume()
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
    return stage.create(config=mounting(volume) if with_volume else {"image": "x"})


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
    return stage.post(f"{machine}/{call}", {"signal": "SIGHUP"} if call == "signal" else None)


_SCENARIOS: dict[int, Callable[[Stage], httpx.Response]] = {
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
    139: lambda s: s.create(name="second", config=mounting(s.mounted()[0])),
    140: _second_snapshot,
    141: lambda s: s.post("/volumes", {"name": "corro_data", "region": "", "size_gb": 1, "encrypted": True}),
    143: _missing_image,
    148: lambda s: s.client.post("/apps", json={"name": "n", "org_slug": "nobody"}),
    149: _duplicate_hostname,
    150: lambda s: s.get("/certificates/docs.acme.com"),
}
_ELSEWHERE = {132: "test_lifecycle.py: strict servers", 146: "test_limits.py"}


@pytest.fixture
def stage(connected: Callable[..., httpx.Client]) -> Iterator[Stage]:
    sim = FlySimulator(clock=VirtualClock(), timings="typical")
    with connected(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        yield Stage(sim, client)


@pytest.mark.parametrize("number", _SCENARIOS)
def test_the_simulator_answers_as_the_service_did(stage: Stage, number: int) -> None:
    recorded = _RECORDED[str(number)]
    answer = _SCENARIOS[number](stage)
    assert answer.status_code == recorded["status"]
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    body: Any = answer.json() if is_json else answer.text or None
    assert_shape(body, recorded["shape"], f"RR#{number}")
    if "text" in recorded:
        text = body if isinstance(body, str) else body.get("error") or body.get("message")
        assert _masked(text) == _masked(recorded["text"])
    if "code" in recorded:
        assert body["status"] == recorded["code"]


def test_every_record_is_compared() -> None:
    assert {int(number) for number in _RECORDED} == set(_SCENARIOS) | set(_ELSEWHERE)


def assert_shape(value: object, recorded: object, where: str) -> None:
    """Check that everything recorded is there, of the same kind; more is fine."""
    if isinstance(recorded, dict):
        assert isinstance(value, dict), where
        for key, inner in recorded.items():
            assert key in value, f"{where}.{key}"
            assert_shape(value[key], inner, f"{where}.{key}")
    elif isinstance(recorded, list):
        assert isinstance(value, list), where
        if value and recorded:
            assert_shape(value[0], recorded[0], f"{where}[0]")
    elif recorded != "null":
        assert isinstance(value, _KINDS[str(recorded)]), where


def _masked(text: str) -> str:
    for pattern, name in _MASKS:
        text = pattern.sub(name, text)
    return text
