"""One recipe for every kind: plan, create, again, change, again, destroy, again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Secret, Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data", size_gb=2, snapshot_retention=5, auto_backup_enabled=True)
CONFIG: dict[str, Any] = {
    "image": "nginx:alpine",
    "env": {"LEVEL": "info", "TRACE": "0"},
    "services": [
        {
            "protocol": "tcp",
            "internal_port": 80,
            "autostop": "off",
            "ports": [{"port": 80, "handlers": ["http"]}, {"port": 443, "handlers": ["tls", "http"]}],
            "checks": [{"type": "tcp", "interval": "60s", "timeout": "2s"}],
        }
    ],
    "checks": {"alive": {"type": "http", "port": 80, "path": "/", "interval": "15s", "timeout": "1500ms"}},
    "restart": {"policy": "always"},
    "stop_config": {"timeout": "90s", "signal": "SIGTERM"},
    "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
    "metadata": {"role": "web"},
}


def machine(
    change: Mapping[str, object] | None = None,
    *without: str,
    **settings: Any,  # noqa: ANN401  # the fields of the noun
) -> Machine:
    config: Any = {key: value for key, value in {**CONFIG, **(change or {})}.items() if key not in without}
    return Machine(APP, "server", config, **settings)


def service(**change: object) -> dict[str, Any]:
    return {"services": [{**CONFIG["services"][0], **change}]}


NOUNS: dict[str, Resource[Any]] = {
    "app": APP,
    "app with all": App("web", org="personal", network="inner", primary_region="iad"),
    "volume": DATA,
    "volume elsewhere": Volume(APP, "data", region="lhr", encrypted=False),
    "machine": machine(),
    "machine with volume": machine(mounts={"/data": DATA}),
    "stopped machine": machine(state="stopped"),
    "machine with extra": machine(extra={"brand_new": {"key": 1}}),
    "sized machine": machine({"size": "shared-cpu-2x"}, "guest"),
    "scheduled machine": machine({"schedule": "daily"}, "services", "checks"),
    "secret": FlySecret(APP, "TOKEN", "one"),
    "hidden secret": FlySecret(APP, "TOKEN", Secret("one")),
    "secret if absent": FlySecret(APP, "TOKEN", "one", if_absent=True),
    "certificate": Certificate(APP, "www.example.com"),
    "wildcard": Certificate(APP, "*.example.com"),
    **{
        f"{kind} address": IpAddress(APP, kind)
        for kind in ("v4", "shared_v4", "v6", "private_v6", "egress_v4", "egress_v6", "egress_pair")
    },
    "address in a region": IpAddress(APP, "v4", region="iad"),
    "address in a network": IpAddress(APP, "private_v6", network="inner"),
    "address of a service": IpAddress(APP, "v6", service_name="front"),
}


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS.keys())
def test_created_once_and_destroyed_once(api: Api, noun: Resource[Any]) -> None:
    step = api.plan(noun)[noun]
    assert step.action == ("set" if isinstance(noun, FlySecret) else "create")
    assert step.changed
    assert api.writes == []
    assert api.sim.snapshot() == {"apps": {}}

    first = api.ensure(noun)[noun]
    assert first.changed
    assert first.error is None
    assert _stable(first.model) == _stable(api.read(noun))
    world = api.sim.snapshot()

    again = api.ensure(noun)[noun]
    assert not again.changed
    assert _stable(again.model) == _stable(first.model)
    assert api.sim.snapshot() == world
    api.sent.clear()
    assert api.plan(noun)[noun].action == ("none" if not _is_set_each_time(noun) else "set")
    assert api.writes == []

    gone = api.destroy(noun)[noun]
    assert (gone.action, gone.changed) == ("destroy", True)
    assert api.read(noun) is None
    api.sent.clear()
    absent = api.destroy(noun)[noun]
    assert (absent.action, absent.changed) == ("none", False)
    assert api.writes == []


def _stable(model: Any) -> dict[str, object]:  # noqa: ANN401  # any model of the SDK
    """Return what neither time changes nor the kind of answer.

    Null here may be empty there (IP-5); only lists name the region of a Flycast address (IP-12).
    """
    shown: dict[str, object] = model.to_dict()
    moving = {"events", "checks", "updated_at"} | ({"region"} if "ip" in shown else set())
    return {key: value for key, value in shown.items() if key not in moving and value not in (None, "")}


def _is_set_each_time(noun: Resource[Any]) -> bool:
    return isinstance(noun, FlySecret) and not noun.if_absent


SIZED = ("config.guest.cpu_kind", "config.guest.cpus", "config.guest.memory_mb")
CHANGES: dict[str, tuple[Resource[Any], Resource[Any], list[str]]] = {
    "size": (DATA, attrs.evolve(DATA, size_gb=4), ["size_gb"]),
    "retention": (DATA, attrs.evolve(DATA, snapshot_retention=9), ["snapshot_retention"]),
    "backup": (DATA, attrs.evolve(DATA, auto_backup_enabled=False), ["auto_backup_enabled"]),
    "size and backup": (
        DATA,
        attrs.evolve(DATA, size_gb=4, auto_backup_enabled=False),
        ["size_gb", "auto_backup_enabled"],
    ),
    "size below": (attrs.evolve(DATA, size_gb=3), attrs.evolve(DATA, size_gb=4), ["size_gb"]),
    "image": (machine(), machine({"image": "nginx:1"}), ["config.image"]),
    "env value": (machine(), machine({"env": {"LEVEL": "debug", "TRACE": "0"}}), ["config.env.LEVEL"]),
    "env added": (
        machine(),
        machine({"env": {**CONFIG["env"], "MORE": "1"}}),
        ["config.env.MORE"],
    ),
    "env removed": (machine(), machine({"env": {"LEVEL": "info"}}), ["config.env.TRACE"]),
    "env hidden": (
        machine(),
        machine({"env": {"LEVEL": Secret("level-7"), "TRACE": "0"}}),
        ["config.env.LEVEL"],
    ),
    "all env removed": (machine(), machine(None, "env"), ["config.env.LEVEL", "config.env.TRACE"]),
    "port": (machine(), machine(service(internal_port=81)), ["config.services[0].internal_port"]),
    "handlers": (
        machine(),
        machine(service(ports=[{"port": 80, "handlers": ["tls"]}, CONFIG["services"][0]["ports"][1]])),
        ["config.services[0].ports[0].handlers"],
    ),
    "port removed": (
        machine(),
        machine(service(ports=[CONFIG["services"][0]["ports"][0]])),
        ["config.services[0].ports[1]"],
    ),
    "autostop": (machine(), machine(service(autostop="suspend")), ["config.services[0].autostop"]),
    "interval": (
        machine(),
        machine(service(checks=[{"type": "tcp", "interval": "30s", "timeout": "2s"}])),
        ["config.services[0].checks[0].interval"],
    ),
    "services removed": (machine(), machine(None, "services"), ["config.services"]),
    "check": (
        machine(),
        machine({"checks": {"alive": {**CONFIG["checks"]["alive"], "path": "/up"}}}),
        ["config.checks.alive.path"],
    ),
    "check removed": (machine(), machine(None, "checks"), ["config.checks.alive"]),
    "restart": (machine(), machine({"restart": {"policy": "no"}}), ["config.restart.policy"]),
    "stop timeout": (
        machine(),
        machine({"stop_config": {"timeout": "2m", "signal": "SIGTERM"}}),
        ["config.stop_config.timeout"],
    ),
    "memory": (
        machine(),
        machine({"guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 512}}),
        ["config.guest.memory_mb"],
    ),
    "guest to size": (machine(), machine({"size": "shared-cpu-2x"}, "guest"), ["config.size", *SIZED]),
    "metadata": (machine(), machine({"metadata": {"role": "worker"}}), ["config.metadata.role"]),
    "extra": (
        machine(extra={"brand_new": 1}),
        machine(extra={"brand_new": 2}),
        ["config.brand_new"],
    ),
    "started to stopped": (machine(), machine(state="stopped"), ["state"]),
    "stopped to started": (machine(state="stopped"), machine(state="started"), ["state"]),
    "config and stop": (
        machine(),
        machine({"image": "nginx:1"}, state="stopped"),
        ["config.image", "state"],
    ),
    "config and start": (
        machine(state="stopped"),
        machine({"image": "nginx:1"}, state="started"),
        ["config.image", "state"],
    ),
    "config of one with a volume": (
        machine(mounts={"/data": DATA}),
        machine({"image": "nginx:1"}, mounts={"/data": DATA}),
        ["config.image"],
    ),
    "secret": (FlySecret(APP, "TOKEN", "one"), FlySecret(APP, "TOKEN", "two"), []),
}


@pytest.mark.parametrize(("before", "after", "paths"), CHANGES.values(), ids=CHANGES.keys())
def test_changed_once_and_in_place(
    api: Api, before: Resource[Any], after: Resource[Any], paths: list[str]
) -> None:
    made = api.ensure(before)[before].model
    world = api.sim.snapshot()
    api.sent.clear()
    step = api.plan(after)[after]
    assert step.action == ("set" if isinstance(after, FlySecret) else "update")
    assert sorted(change.path for change in step.changes) == sorted(paths)
    assert api.writes == []
    assert api.sim.snapshot() == world

    outcome = api.ensure(after)[after]
    assert outcome.changed
    assert sorted(change.path for change in outcome.changes) == sorted(paths)
    assert getattr(outcome.model, "id", None) == getattr(made, "id", None)
    changed = api.sim.snapshot()
    assert changed != world or isinstance(after, FlySecret)

    api.sent.clear()
    assert not api.ensure(after)[after].changed
    assert api.writes == (["Secrets_update"] if isinstance(after, FlySecret) else [])
    assert api.sim.snapshot() == changed

    api.ensure(before)
    world = api.sim.snapshot()
    assert not api.ensure(before)[before].changed
    assert api.sim.snapshot() == world
    assert api.destroy(after)[after].changed
    assert not api.destroy(after)[after].changed
