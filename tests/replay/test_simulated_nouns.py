"""Each noun made, found unchanged, updated and destroyed: answers recorded from the simulator."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Secret, Volume

if TYPE_CHECKING:
    from fly_resources import Report, Resource
    from tests.replay.conftest import Api

pytestmark = pytest.mark.vcr

APP = App("fly-test", org="personal", primary_region="iad")
IMAGE = "nginx:1.27-alpine"


def settle(api: Api, *stack: Resource[object]) -> Report:
    """Ensure the stack twice; the second time finds nothing to do."""
    report = api.ensure(*stack)
    assert report.changed
    assert not api.plan(*stack).changed
    assert not api.ensure(*stack).changed
    return report


def destroy(api: Api, *stack: Resource[object]) -> None:
    """Destroy the stack twice; the second time finds nothing."""
    assert api.destroy(*stack).changed
    assert not api.destroy(*stack).changed


def test_an_app(api: Api) -> None:
    report = settle(api, APP)
    assert report[APP].action == "create"
    shown = api.read(APP)
    assert shown is not None
    assert shown.name == "fly-test"
    destroy(api, APP)
    assert api.read(APP) is None


def test_a_machine(api: Api) -> None:
    first = Machine(APP, "web", config={"image": IMAGE, "env": {"GREETING": "hello"}})
    made = settle(api, first)[first].model

    second = Machine(
        APP,
        "web",
        config={
            "image": IMAGE,
            "env": {"GREETING": "good day"},
            "checks": {"up": {"type": "http", "port": 80, "path": "/", "interval": "15s"}},
        },
    )
    updated = settle(api, second)[second]
    assert updated.action == "update"
    assert {change.path for change in updated.changes} >= {"config.env.GREETING"}
    assert (updated.model.id, updated.model.region) == (made.id, "iad")
    assert updated.model.instance_id != made.instance_id

    destroy(api, second)


def test_a_volume(api: Api) -> None:
    data = Volume(APP, "data", size_gb=1)
    made = settle(api, data)[data].model
    assert made.size_gb == 1

    larger = Volume(APP, "data", size_gb=2, snapshot_retention=7)
    updated = settle(api, larger)[larger]
    assert {change.path for change in updated.changes} == {"size_gb", "snapshot_retention"}
    assert updated.model.id == made.id

    server = Machine(APP, "web", mounts={"/data": larger}, config={"image": IMAGE})
    report = settle(api, server)
    mounted = api.read(larger)
    assert mounted is not None
    assert mounted.attached_machine_id == report[server].model.id

    destroy(api, server, larger)


def test_secrets_are_told_apart_by_digests_that_the_cassette_does_not_hold(api: Api) -> None:
    first = FlySecret(APP, "DATABASE_URL", "postgres://user:canary-first@db/shop")
    kept = FlySecret(APP, "KEPT", "canary-kept", if_absent=True)
    assert api.ensure(first, kept)[first].changed
    again = api.ensure(first, kept)
    assert not again.changed

    second = FlySecret(APP, "DATABASE_URL", "postgres://user:canary-second@db/shop")
    assert api.ensure(second)[second].changed
    assert not api.ensure(second)[second].changed

    destroy(api, second)


def test_a_machine_follows_its_secrets(api: Api) -> None:
    web = Machine(APP, "web", config={"image": IMAGE, "env": {"PASSWORD": "scrubbed"}})
    settle_once = api.ensure(web, FlySecret(APP, "KEY", "canary-first"))
    assert settle_once[web].action == "create"
    assert not api.ensure(web, FlySecret(APP, "KEY", "canary-first")).changed

    followed = api.ensure(web, FlySecret(APP, "KEY", "canary-second"))
    assert followed[web].changed
    assert not api.ensure(web, FlySecret(APP, "KEY", "canary-second")).changed


def test_a_certificate(api: Api) -> None:
    acme = Certificate(APP, "www.example.com")
    requirements = settle(api, acme)[acme].model.dns_requirements
    assert requirements

    own = Certificate(APP, "www.example.com", *_pem())
    assert settle(api, own)[own].changed

    destroy(api, own)


@functools.cache
def _pem() -> tuple[Secret, Secret]:
    """Return a certificate of a new key each run: the cassette holds neither."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.example.com")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("www.example.com")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Secret(certificate.public_bytes(serialization.Encoding.PEM).decode()), Secret(private.decode())


def test_addresses(api: Api) -> None:
    stack = [IpAddress(APP, "shared_v4"), IpAddress(APP, "v6"), IpAddress(APP, "v4")]
    settle(api, *stack)
    destroy(api, *stack)


def test_a_whole_stack(api: Api) -> None:
    data = Volume(APP, "data", size_gb=1)
    stack = [
        APP,
        FlySecret(APP, "KEY", "canary-value"),
        data,
        Machine(APP, "web", mounts={"/data": data}, config={"image": IMAGE}),
        Certificate(APP, "www.example.com"),
        IpAddress(APP, "shared_v4"),
        IpAddress(APP, "v6"),
    ]
    assert api.ensure(*stack).changed
    assert not api.ensure(*stack).changed
    destroy(api, *stack)
