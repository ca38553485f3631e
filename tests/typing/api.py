"""What users get back, as type checkers see it. Checked by mypy and basedpyright, never run."""

from __future__ import annotations

from typing import Any, assert_type

from fly_machines import models
from fly_machines.api.apps import apps_delete, apps_get, apps_list
from fly_machines.api.machines import machines_create, machines_get, machines_list
from fly_machines.api.volumes import volumes_list
from fly_machines.types import Response

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Change,
    Event,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Outcome,
    Plan,
    Planned,
    RateLimit,
    Report,
    Resource,
    RetryPolicy,
    Secret,
    Volume,
    errors,
)
from fly_resources.testing import Fault, FlySimulator, VirtualClock

app = App("my-web-app", org="personal", primary_region="iad")
secret = FlySecret(app, "DATABASE_URL", Secret("value"))
volume = Volume(app, "data", size_gb=10)
machine = Machine(app, "server", {"image": "nginx:alpine"}, mounts={"/data": volume})
certificate = Certificate(app, "www.example.com")
address = IpAddress(app, "shared_v4")
stack: list[Resource[Any]] = [app, secret, volume, machine, certificate, address]


def nouns_take_the_sdks_models_and_plain_words() -> None:
    Machine("my-web-app", "server", models.MachineConfig(image="nginx:alpine"), mounts={"/data": "vol_1"})
    FlySecret("my-web-app", "KEY", "value", if_absent=True)
    FlySecret.absent("my-web-app", "KEY")
    assert_type(secret.value, Secret | None)
    assert_type(Secret("value").reveal(), str)
    assert_type(machine.mounts.get("/data"), Volume | str | None)
    assert_type(hash(app), int)


def a_report_knows_the_model_of_each_noun(fly: Fly) -> None:
    report = fly.ensure(*stack)
    assert_type(report, Report)
    assert_type(report[app], Outcome[models.App])
    assert_type(report[app].model, models.App)
    assert_type(report[secret].model, models.AppSecret)
    assert_type(report[volume].model, models.Volume)
    assert_type(report[machine].model, models.Machine)
    assert_type(report[certificate].model, models.CertificateDetail)
    assert_type(report[address].model, models.IpAssignment)
    assert_type(report[machine].model.private_ip, str)
    assert_type(report[machine].changed, bool)
    assert_type(report[machine].changes, tuple[Change, ...])
    assert_type(report[machine].error, Exception | None)
    for outcome in report:
        assert_type(outcome, Outcome[Any])


def a_report_is_indexed_with_a_noun_built_anew(report: Report) -> None:
    assert_type(report[Machine("my-web-app", "server", {})].model, models.Machine)
    assert_type(report[Volume("my-web-app", "data", region="iad")].model, models.Volume)


def a_plan_knows_the_model_of_each_noun(fly: Fly) -> None:
    plan = fly.plan(app, machine)
    assert_type(plan, Plan)
    assert_type(plan[app], Planned[models.App])
    assert_type(plan[secret].observed, models.AppSecret | None)
    assert_type(plan[volume].observed, models.Volume | None)
    assert_type(plan[machine].observed, models.Machine | None)
    assert_type(plan[certificate].observed, models.CertificateDetail | None)
    assert_type(plan[address].observed, models.IpAssignment | None)
    assert_type(plan.changed, bool)
    assert_type(str(plan), str)


def reading_knows_the_model_of_each_noun(fly: Fly) -> None:
    assert_type(fly.read(app), models.App | None)
    assert_type(fly.read(secret), models.AppSecret | None)
    assert_type(fly.read(volume), models.Volume | None)
    assert_type(fly.read(machine), models.Machine | None)
    assert_type(fly.read(certificate), models.CertificateDetail | None)
    assert_type(fly.read(address), models.IpAssignment | None)
    assert_type(fly.read(machine, as_resource=False), models.Machine | None)


def reading_as_a_resource_gives_the_same_kind(fly: Fly) -> None:
    assert_type(fly.read(app, as_resource=True), App | None)
    assert_type(fly.read(secret, as_resource=True), FlySecret | None)
    assert_type(fly.read(volume, as_resource=True), Volume | None)
    assert_type(fly.read(machine, as_resource=True), Machine | None)
    assert_type(fly.read(certificate, as_resource=True), Certificate | None)
    assert_type(fly.read(address, as_resource=True), IpAddress | None)


def destroying_reports_too(fly: Fly) -> None:
    assert_type(fly.destroy(machine, app, everything=True, force=True), Report)


async def async_code_gets_the_same() -> None:
    async with AsyncFly(token=Secret("test"), owner="me") as fly:
        assert_type(fly, AsyncFly)
        report = await fly.ensure(*stack, wait=False, max_unavailable="33%")
        assert_type(report, Report)
        assert_type(report[app].model, models.App)
        assert_type(report[secret].model, models.AppSecret)
        assert_type(report[volume].model, models.Volume)
        assert_type(report[machine].model, models.Machine)
        assert_type(report[certificate].model, models.CertificateDetail)
        assert_type(report[address].model, models.IpAssignment)
        assert_type(await fly.plan(machine, destroy=True), Plan)
        assert_type(await fly.destroy(machine), Report)
        assert_type(await fly.read(machine), models.Machine | None)
        assert_type(await fly.read(machine, as_resource=True), Machine | None)
        assert_type(await machines_list.asyncio("my-web-app", client=fly.sdk), list[models.Machine])
        detailed = await apps_get.asyncio_detailed("my-web-app", client=fly.sdk)
        assert_type(detailed, Response[models.App])


def the_sdk_returns_what_it_says_or_raises(fly: Fly) -> None:
    assert_type(machines_list.sync("my-web-app", client=fly.sdk), list[models.Machine])
    assert_type(machines_get.sync("my-web-app", "3d8d413b29d089", client=fly.sdk), models.Machine)
    assert_type(volumes_list.sync("my-web-app", client=fly.sdk), list[models.Volume])
    assert_type(apps_get.sync("my-web-app", client=fly.sdk), models.App)
    assert_type(apps_list.sync(client=fly.sdk, org_slug="personal"), models.ListAppsResponse)
    body = models.CreateMachineRequest(name="server", config=models.MachineConfig(image="nginx:alpine"))
    assert_type(machines_create.sync("my-web-app", client=fly.sdk, body=body), models.Machine)
    detailed = apps_get.sync_detailed("my-web-app", client=fly.sdk)
    assert_type(detailed, Response[models.App])
    apps_delete.sync("my-web-app", client=fly.sdk, force=True)


def errors_say_what_they_carry(fly: Fly) -> None:
    try:
        fly.ensure(machine)
    except errors.EnsureError as error:
        assert_type(error.report, Report)
        assert_type(error.errors, tuple[errors.FlyError, ...])
    except errors.ApiError as error:
        assert_type(error.status, int)
        assert_type(error.code, str | None)
        assert_type(error.request_id, str | None)
        assert_type(error.maybe_applied, bool)


def settings_are_typed() -> None:
    def watch(event: Event) -> None:
        assert_type(event.resource, Resource[Any])

    clock = VirtualClock()
    simulator = FlySimulator(clock=clock, latency=0.05, rate_limits=True, timings="typical")
    simulator.faults.add(Fault("status", operation="Volumes_create", nth=1, status=503, applied=True))
    with Fly(
        token="test",
        transport=simulator.transport(),
        retry=RetryPolicy(attempts=2),
        rate_limit=RateLimit(enabled=False),
        clock=clock,
        on_event=watch,
    ) as fly:
        assert_type(fly, Fly)


def the_way_to_the_api_is_typed() -> None:
    with Fly(
        "t", retry=False, rate_limit=False, timeout=5, headers={"X-A": "b"}, proxy="http://x", verify="ca.pem"
    ) as fly:
        assert_type(fly, Fly)
    assert_type(Fly.in_machine(owner="me"), Fly)
    assert_type(AsyncFly.in_machine("/socket", retry=RetryPolicy()), AsyncFly)
    assert_type(App.current(), App)
