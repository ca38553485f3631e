"""The examples of the official documentation, as answers to what the nouns and the verbs ask."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from fly_machines.api.leases import leases_acquire
from fly_machines.api.snapshots import snapshots_list
from fly_machines.models import AcquireLeaseRequest

from fly_resources import App, Certificate, Machine, Volume, dns_records, errors

if TYPE_CHECKING:
    from tests.replay.conftest import Api

# What is sent is ours, and the simulator's cassettes pin it; here the answers count.
pytestmark = pytest.mark.vcr(match_on=["method", "scheme", "host", "port", "path", "query"])

APP = "my-app-name"


def test_an_app(api: Api) -> None:
    shown = api.read(App(APP))
    assert shown is not None
    assert shown.name == APP
    assert shown.organization
    assert shown.organization.slug == "personal"
    assert not api.plan(App(APP, org="personal")).changed


def test_an_app_that_is_not_there(api: Api) -> None:
    assert api.read(App(APP)) is None


def test_machines(api: Api) -> None:
    first = api.read(Machine(APP, "aged-wind-2649", config={"image": "rebelthor/sleep"}))
    assert first is not None
    assert (first.id, first.state, first.region) == ("a5c5de9ce64ca12", "started", "ord")
    assert first.private_ip == "fdaa:0:18:a7b:196:e274:9ce1:2"
    assert first.created_at == dt.datetime(2023, 10, 31, 2, 30, 10, tzinfo=dt.UTC)

    second = api.wait(Machine(APP, "summer-sun-916", config={"image": "registry.fly.io/teamcoco"}))
    assert second.id == "9c487adb2596113"
    assert [check.status for check in second.checks] == ["passing"]


def test_a_machine_that_was_launched_as_declared(api: Api) -> None:
    """Shared memory, restart policy and an empty `dns` were filled in by the service."""
    machine = Machine(
        APP,
        "aged-thunder-7371",
        config={
            "image": "registry-1.docker.io/library/ubuntu:latest",
            "init": {"exec": ["/bin/sleep", "inf"]},
        },
    )

    step = api.plan(machine)[machine]

    assert step.observed is not None
    assert step.observed.id == "1857156b526dd8"
    # It was made a moment ago: nothing differs, and it is not up yet.
    assert [str(change) for change in step.changes] == ['state: "created" -> "started"']


def test_a_machine_of_older_days(api: Api) -> None:
    """Nulls where nothing was said, an empty cpu_kind, an empty restart policy."""
    machine = Machine(
        APP,
        "quirky-machine",
        config={"image": "flyio/fastify-functions", "guest": {"cpus": 2, "memory_mb": 512}},
    )
    larger = Machine(APP, "quirky-machine", config={"image": "flyio/fastify-functions", "guest": {"cpus": 4}})

    step = api.plan(machine)[machine]
    assert [str(change) for change in step.changes] == ['state: "starting" -> "started"']
    (change,) = api.plan(larger)[larger].changes
    assert (change.path, change.before, change.after) == ("config.guest.cpus", 2, 4)


def test_volumes(api: Api) -> None:
    in_yul = Volume(APP, "disk", size_gb=3, region="yul")
    in_iad = Volume(APP, "disk", size_gb=5, region="iad", snapshot_retention=5, auto_backup_enabled=False)

    plan = api.plan(in_yul, in_iad)

    assert plan[in_yul].action == "none"
    held = plan[in_yul].observed
    assert held is not None
    assert (held.id, held.attached_machine_id) == ("vol_9vw681egy1jj5xm4", "908057ef21e487")
    assert plan[in_iad].action == "update"
    assert {(change.path, change.before, change.after) for change in plan[in_iad].changes} == {
        ("size_gb", 3, 5),
        ("auto_backup_enabled", True, False),
    }


def test_a_volume_that_is_changed(api: Api) -> None:
    volume = Volume(APP, "new_1028_vol", size_gb=10, region="ord", snapshot_retention=10)

    outcome = api.ensure(volume)[volume]

    assert [change.path for change in outcome.changes] == ["snapshot_retention"]
    assert outcome.model.snapshot_retention == 10
    assert outcome.model.id == "vol_340088w293z35lp4"


def test_a_certificate(api: Api) -> None:
    certificate = Certificate(APP, "example.com")

    step = api.plan(certificate)[certificate]
    assert step.action == "none"
    issued = api.wait(certificate)

    assert [each.source for each in issued.certificates] == ["custom", "fly"]
    assert {(record.type, record.name) for record in dns_records(issued)} >= {
        ("CNAME", "_acme-challenge.example.com")
    }


def test_a_lease(api: Api) -> None:
    body = AcquireLeaseRequest(ttl=60)
    held = api.call(leases_acquire, APP, "3d8d413b29d089", body=body)
    assert held.data.nonce

    with pytest.raises(errors.LeaseHeldError, match=r"hello@fly\.io"):
        api.call(leases_acquire, APP, "3d8d413b29d089", body=body)


def test_snapshots(api: Api) -> None:
    found = api.call(snapshots_list, APP, "vol_6r7ye90k98ynwk1r")

    assert found[0].id == "vs_4LNvXLLK0P6tk6KgqoexaBw"
    assert all(each.created_at.tzinfo is not None for each in found)
