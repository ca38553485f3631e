"""Cassettes in projects of users: recorded over HTTP with `--fly-live`, replayed without anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fly_resources.testing import FlySimulator

LIVE = ("--fly-live", "--fly-org", "personal")

CONFTEST = """
import pytest

@pytest.fixture
def vcr_config(fly_vcr_config):
    return fly_vcr_config
"""

#: For www.example.com, until 2036; and a key that does not tell whose it is.
CHAIN = """-----BEGIN CERTIFICATE-----
MIIBLjCB1QIUQiTTXyUuYTmjTl8CyYKq+i+2MsQwCgYIKoZIzj0EAwIwGjEYMBYG
A1UEAwwPd3d3LmV4YW1wbGUuY29tMB4XDTI2MDEwMTAwMDAwMFoXDTM2MDEwMTAw
MDAwMFowGjEYMBYGA1UEAwwPd3d3LmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEs4tvelBeEeoFiheY7IZahYKGpLp6MjN0LAQxdmUSgoGt6Pur
Bd6UCnzJ8Ci+bOnwHsRdoDbcsqwH7th6HVRrtjAKBggqhkjOPQQDAgNIADBFAiB2
b6gQa5cI0oAnFgRuoU7/w+IRaAoSxdTlaPh8K0TcIwIhAJRNfB5U5KPli5qghVke
ySTU6KkkuVVBW3fADFK5196e
-----END CERTIFICATE-----
"""
KEY_TEXT = "MA8CAQAwAAQIMAYCAQEEAQc="
KEY = f"-----BEGIN PRIVATE KEY-----\\n{KEY_TEXT}\\n-----END PRIVATE KEY-----"

TEST = f"""
import asyncio
import os
import pytest
from fly_machines.api.certificates import certificates_create_custom
from fly_machines.models import CreateCustomCertificateRequest
from fly_resources import App, FlySecret, Machine, Secret

pytestmark = pytest.mark.vcr

def stack(name, org, value):
    app = App(name, org=org, primary_region="iad")
    password = os.environ.get("TEST_PASSWORD", "scrubbed")
    web = Machine(app, "web", config={{"image": "nginx:alpine", "env": {{"PASSWORD": Secret(password)}}}})
    return web, FlySecret(app, "KEY", value)

def test_blocking(fly, fly_app_name, fly_org):
    web, key = stack(fly_app_name, fly_org, "canary-of-the-first-value")
    assert fly.ensure(web, key).changed
    assert not fly.ensure(web, key).changed
    web, key = stack(fly_app_name, fly_org, "canary-of-the-second-value")
    assert fly.ensure(web, key)[web].changed
    with fly.lease(web) as nonce:
        print("seen", nonce)
    print("seen", fly.read(key).digest)
    own = {{"hostname": "www.example.com", "fullchain": {CHAIN!r}, "private_key": '''{KEY}'''}}
    certificates_create_custom.sync(
        fly_app_name, client=fly.sdk, body=CreateCustomCertificateRequest.from_dict(own)
    )

def test_async(async_fly, fly_app_name, fly_org):
    async def run():
        async with async_fly as fly:
            web, key = stack(fly_app_name, fly_org, "canary-of-the-third-value")
            assert (await fly.ensure(web, key)).changed
            assert not (await fly.ensure(web, key)).changed
    asyncio.run(run())
"""


@pytest.fixture
def recording(project: pytest.Pytester) -> pytest.Pytester:
    """A project that records."""
    project.makeconftest(CONFTEST)
    project.makepyfile(test_it=TEST)
    return project


def cassettes(project: pytest.Pytester) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(project.path.rglob("*.yaml")))


def test_what_was_recorded_holds_no_secret_and_is_replayed_without_one(
    recording: pytest.Pytester, fly_io: FlySimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_PASSWORD", "canary-of-the-password")
    recorded = recording.runpytest(*LIVE, "--record-mode=rewrite", "-s")
    recorded.assert_outcomes(passed=2)
    assert fly_io.snapshot() == {"apps": {}}  # swept, and the sweeping is in no cassette
    seen = re.findall(r"seen (\S+)", recorded.stdout.str())
    assert len(seen) == 2

    written = cassettes(recording)
    assert len(list(recording.path.rglob("*.yaml"))) == 2
    assert "canary" not in written
    assert [value for value in seen if value in written] == []
    assert "Bearer" not in written
    assert "PRIVATE KEY" not in written
    assert KEY_TEXT not in written
    assert "127.0.0.1" not in written
    assert re.findall(r"fly-test-[0-9a-f]{8}", written) == []
    assert "https://api.machines.dev/v1/apps/fly-test/machines" in written

    for variable in ("FLY_API_TOKEN", "FLY_FLAPS_BASE_URL", "TEST_PASSWORD"):
        monkeypatch.delenv(variable)
    requests = len(fly_io.requests)
    replayed = recording.runpytest("--block-network", "-W", "error", "-s")
    replayed.assert_outcomes(passed=2)
    assert re.findall(r"seen (\S+)", replayed.stdout.str()) == ["scrubbed", "scrubbed-digest-2"]
    assert len(fly_io.requests) == requests
    assert cassettes(recording) == written


def test_a_replay_stays_one_in_a_live_run(recording: pytest.Pytester, fly_io: FlySimulator) -> None:
    recording.runpytest(*LIVE, "--record-mode=rewrite").assert_outcomes(passed=2)
    fly_io.requests.clear()

    recording.runpytest(*LIVE).assert_outcomes(passed=2)

    assert fly_io.requests == []


def test_a_request_with_another_body_is_not_answered(
    recording: pytest.Pytester, fly_io: FlySimulator
) -> None:
    recording.runpytest(*LIVE, "--record-mode=rewrite").assert_outcomes(passed=2)
    test = recording.path / "test_it.py"
    test.write_text(test.read_text(encoding="utf-8").replace("nginx:alpine", "nginx:1.27"), encoding="utf-8")

    result = recording.runpytest("-k", "blocking")

    result.assert_outcomes(failed=1, deselected=1)
    result.stdout.fnmatch_lines(["*body differs*"])


def test_writing_a_body_in_another_way_is_no_difference(
    recording: pytest.Pytester, fly_io: FlySimulator
) -> None:
    recording.runpytest(*LIVE, "--record-mode=rewrite").assert_outcomes(passed=2)
    for path in recording.path.rglob("*.yaml"):
        spaced = path.read_text(encoding="utf-8").replace('{"name":"fly-test",', '{ "name" :  "fly-test" , ')
        path.write_text(spaced, encoding="utf-8")

    recording.runpytest().assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("conftest", "arguments", "message"),
    [
        ("", [*LIVE, "--record-mode=all"], "*would record tokens and secrets*vcr_config*fly_vcr_config*"),
        (CONFTEST, ["--record-mode=all"], "*recording one creates real apps*pass --fly-live*"),
    ],
)
def test_recording_is_refused_where_it_would_leak_or_leave_something(
    project: pytest.Pytester, fly_io: FlySimulator, conftest: str, arguments: list[str], message: str
) -> None:
    project.makeconftest(conftest)
    project.makepyfile(test_it=TEST)

    result = project.runpytest(*arguments)

    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines([message])
    assert fly_io.requests == []
    assert cassettes(project) == ""


def test_recording_can_be_switched_off(recording: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_PASSWORD", "anything")

    recording.runpytest("--disable-recording").assert_outcomes(passed=2)
