"""Each noun from nothing to nothing, as a user would write it; the smallest and cheapest of each kind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from fly_resources import App, AsyncFly, Certificate, Fly, FlySecret, IpAddress, Machine, Volume
from fly_resources.errors import ImmutableFieldError, NotOwnedError, ReconcileError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources import Resource

pytestmark = pytest.mark.live

REGION = "iad"
IMAGE = "nginx:1.27-alpine"


@pytest.fixture
def app(fly_app_name: str, fly_org: str) -> App:
    return App(fly_app_name, org=fly_org, primary_region=REGION)


def is_settled(fly: Fly, stack: Iterable[Resource[object]]) -> bool:
    """Whether neither a plan nor another run finds anything to do."""
    return not fly.plan(*stack).changed and not fly.ensure(*stack).changed


def test_an_app(fly: Fly, app: App) -> None:
    assert fly.read(app) is None

    assert fly.ensure(app)[app].action == "create"
    assert is_settled(fly, [app])
    shown = fly.read(app)
    assert shown is not None
    assert shown.name == app.name

    assert fly.destroy(app).changed
    assert not fly.destroy(app).changed


def test_a_machine(fly: Fly, app: App) -> None:
    web = Machine(app, "web", config={"image": IMAGE, "env": {"GREETING": "hello"}})
    made = fly.ensure(web)[web].model
    assert made.state == "started"
    assert made.region == REGION
    assert is_settled(fly, [web])

    changed = Machine(app, "web", config={"image": IMAGE, "env": {"GREETING": "good day"}})
    report = fly.ensure(changed)
    assert [change.path for change in report[changed].changes] == ["config.env.GREETING"]
    assert report[changed].model.id == made.id
    assert report[changed].model.instance_id != made.instance_id
    assert is_settled(fly, [changed])

    with pytest.raises(ImmutableFieldError, match="region"):
        fly.ensure(Machine(app, "web", region="ewr", config={"image": IMAGE}))

    assert fly.destroy(changed).changed
    assert fly.read(changed) is None


def test_a_machine_that_is_to_be_stopped(fly: Fly, app: App) -> None:
    web = Machine(app, "web", config={"image": IMAGE}, state="stopped")
    fly.ensure(web)
    assert fly.wait(web, state="stopped").state == "stopped"
    assert is_settled(fly, [web])

    started = Machine(app, "web", config={"image": IMAGE}, state="started")
    assert fly.ensure(started)[started].model.state == "started"


def test_a_lease(fly: Fly, app: App) -> None:
    web = Machine(app, "web", config={"image": IMAGE})
    fly.ensure(web)

    with fly.lease(web, ttl_s=30) as nonce:
        assert nonce

    assert fly.read(web) is not None


def test_a_volume_and_the_machine_that_mounts_it(fly: Fly, app: App) -> None:
    data = Volume(app, "data", size_gb=1)
    database = Machine(app, "database", mounts={"/data": data}, config={"image": IMAGE})
    report = fly.ensure(data, database)
    mounted = fly.read(data)
    assert mounted is not None
    assert mounted.attached_machine_id == report[database].model.id
    assert is_settled(fly, [data, database])

    larger = Volume(app, "data", size_gb=2)
    # Where the machine has to be restarted for it, that is a change too.
    assert fly.ensure(larger)[larger].changes[0].path == "size_gb"
    with pytest.raises(NotOwnedError):
        fly.destroy(app)

    fly.destroy(database, larger)
    assert fly.read(larger) is None


def test_secrets(fly: Fly, app: App) -> None:
    first = FlySecret(app, "GREETING", "hello")
    assert fly.ensure(first)[first].changed
    assert not fly.ensure(first)[first].changed

    second = FlySecret(app, "GREETING", "good day")
    assert fly.ensure(second)[second].changed
    kept = FlySecret(app, "GREETING", "never", if_absent=True)
    assert not fly.ensure(kept)[kept].changed

    gone = FlySecret.absent(app, "GREETING")
    assert fly.ensure(gone)[gone].changed
    assert fly.read(gone) is None


def test_a_certificate(fly: Fly, app: App) -> None:
    certificate = Certificate(app, f"{app.name}.example.com")
    requirements = fly.ensure(certificate)[certificate].model.dns_requirements
    assert requirements
    assert is_settled(fly, [certificate])

    assert fly.destroy(certificate).changed
    assert fly.read(certificate) is None


def test_addresses(fly: Fly, app: App) -> None:
    shared, ipv6 = IpAddress(app, "shared_v4"), IpAddress(app, "v6")
    report = fly.ensure(shared, ipv6)
    assert ":" in str(report[ipv6].model.ip)
    assert is_settled(fly, [shared, ipv6])

    assert fly.destroy(shared, ipv6).changed
    assert fly.read(ipv6) is None


def test_waiting_for_a_machine_of_no_app(fly: Fly) -> None:
    lost = Machine("fly-resources-no-such-app", "web", config={"image": IMAGE}, region=REGION)
    with pytest.raises(ReconcileError):
        fly.wait(lost, timeout_s=1)


def test_all_of_it_async(async_fly: AsyncFly, app: App) -> None:
    data = Volume(app, "data", size_gb=1)
    stack = [
        app,
        data,
        Machine(app, "web", mounts={"/data": data}, config={"image": IMAGE}),
        IpAddress(app, "shared_v4"),
    ]

    async def run() -> None:
        async with async_fly as fly:
            assert (await fly.plan(*stack)).changed
            await fly.ensure(*stack)
            assert not (await fly.ensure(*stack)).changed
            await fly.destroy(*stack)
            assert await fly.read(app) is None

    asyncio.run(run())
