"""`--fly-live`, with a simulator over HTTP in the place of Fly.io."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources import Secret
from fly_resources.errors import ConfigurationError
from fly_resources.testing import Fault
from fly_resources.testing._live import GuardedTransport, LiveSession

if TYPE_CHECKING:
    from fly_resources.testing import FlySimulator

ROOT = Path(__file__).parents[2]
LIVE = ("--fly-live", "--fly-org", "personal")

WEB = """
import asyncio
from fly_resources import App, Machine

def stack(name, org):
    return Machine(App(name, org=org), "web", region="iad", config={"image": "nginx:alpine"})
"""


def apps(fly_io: FlySimulator) -> set[str]:
    found = fly_io.snapshot()["apps"]
    assert isinstance(found, dict)
    return set(found)


def created(fly_io: FlySimulator) -> list[str]:
    return [each.path for each in fly_io.requests if each.operation == "Apps_create"]


def stranger(fly_io: FlySimulator, app: str, owner: str | None = None) -> None:
    """Make an app with a machine, as some other program does."""
    with httpx.Client(
        transport=fly_io.transport(), base_url="https://x/v1", headers={"Authorization": "Bearer t"}
    ) as http:
        http.post("/apps", json={"name": app, "org_slug": "personal"}).raise_for_status()
        marks = {"fly_resources.owner": owner} if owner else {}
        body = {"name": "m", "config": {"image": "x", "metadata": marks}}
        http.post(f"/apps/{app}/machines", json=body).raise_for_status()


@pytest.mark.parametrize(
    ("environment", "arguments", "message"),
    [
        ({}, ["--fly-live", "--fly-org", "mine"], "*--fly-live needs a token*set FLY_API_TOKEN*"),
        ({"FLY_API_TOKEN": ""}, ["--fly-live"], "*--fly-live needs a token*"),
        (
            {"FLY_API_TOKEN": "canary"},
            ["--fly-live"],
            "*which organisation pays: --fly-org SLUG, or FLY_ORG*",
        ),
        ({"FLY_API_TOKEN": "canary"}, ["--fly-sweep", "5"], "*--fly-sweep*needs --fly-live*"),
    ],
)
def test_what_cannot_work_is_refused_before_any_test(
    project: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    arguments: list[str],
    message: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    project.makepyfile("def test_it(fly): pass")

    result = project.runpytest(*arguments)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([message])
    assert "canary" not in result.stdout.str() + result.stderr.str()


def test_the_same_tests_run_live_under_names_of_their_own_and_leave_nothing(
    project: pytest.Pytester, fly_io: FlySimulator
) -> None:
    stranger(fly_io, "production")
    project.makepyfile(
        WEB
        + """
def test_blocking(fly, fly_app_name, fly_org):
    assert fly.ensure(stack(fly_app_name, fly_org)).changed
    assert not fly.ensure(stack(fly_app_name, fly_org)).changed
    fly.ensure(App(fly_app_name + "-second", org=fly_org))

def test_async(async_fly, fly_app_name, fly_org):
    async def run():
        async with async_fly as fly:
            await fly.ensure(stack(fly_app_name, fly_org))
    asyncio.run(run())

def test_simulator_only(fly, fly_simulator):
    raise AssertionError("runs nowhere but on the simulator")
"""
    )

    result = project.runpytest(*LIVE, "-rs", "-W", "error")

    result.assert_outcomes(passed=2, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "fly: live, organisation personal, apps named fly-test-*-*",
            "SKIPPED*needs the simulator, and --fly-live runs on Fly.io",
        ]
    )
    assert "canary" not in result.stdout.str()
    assert len(created(fly_io)) == 1 + 3
    assert apps(fly_io) == {"production"}


def test_a_name_is_unique_to_its_test_and_says_when_the_run_began() -> None:
    before = int(time.time())
    first, second = LiveSession(Secret("t"), "org"), LiveSession(Secret("t"), "org")

    names = [first.new_name(), first.new_name(), second.new_name()]

    assert len(set(names)) == 3
    for name in names:
        found = re.fullmatch(r"fly-test-([0-9a-f]{8})-[0-9a-f]{6}-[12]", name)
        assert found is not None
        assert int(found[1], 16) - before in range(60)
    assert not first.owns(names[2])
    assert not first.owns(f"{first.prefix}7")
    assert not first.owns(f"{names[0]}1", names[0])
    assert first.owns(f"{names[0]}-second", names[0])
    assert "t" not in repr(first).replace("LiveSession", "").split("prefix")[0].split("org")[0]


def test_a_failing_test_leaves_nothing_either(project: pytest.Pytester, fly_io: FlySimulator) -> None:
    project.makepyfile(
        WEB
        + """
def test_it(fly, fly_app_name, fly_org):
    fly.ensure(stack(fly_app_name, fly_org))
    raise KeyboardInterrupt
"""
    )

    result = project.runpytest_inprocess(*LIVE, no_reraise_ctrlc=True)

    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert len(created(fly_io)) == 1
    assert apps(fly_io) == set()


def test_apps_that_other_fixtures_keep_are_destroyed_at_the_end(
    project: pytest.Pytester, fly_io: FlySimulator
) -> None:
    # An app of the session's own prefix, but made after its test's name was swept.
    project.makepyfile(
        WEB
        + """
import pytest

@pytest.fixture
def late(fly, request):
    yield
    fly.ensure(App(request.node.app.rpartition("-")[0] + "-late"))

def test_it(late, fly, fly_app_name, request):
    request.node.app = fly_app_name
    fly.ensure(App(fly_app_name))
"""
    )

    result = project.runpytest(*LIVE)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["fly: destroyed apps that earlier tests had left: fly-test-*-late"])
    assert apps(fly_io) == set()


@pytest.mark.parametrize(
    "write",
    [
        'fly.ensure(App("new-app"))',
        'fly.destroy(App("production"), everything=True)',
        'fly.ensure(FlySecret("production", "A", "b"))',
        'fly.sdk.get_httpx_client().post("/tokens/oidc", json={})',
        'fly.sdk.get_httpx_client().post("/apps", content=b"[]")',
        "asyncio.run(make(async_fly))",
    ],
)
def test_nothing_but_the_sessions_own_apps_is_written(
    project: pytest.Pytester, fly_io: FlySimulator, write: str
) -> None:
    stranger(fly_io, "production")
    before = fly_io.snapshot()
    fly_io.requests.clear()
    project.makepyfile(
        f"""
import asyncio, pytest
from fly_resources import App, FlySecret, errors

async def make(async_fly):
    async with async_fly as fly:
        await fly.ensure(App("new-app"))

def test_it(fly, async_fly):
    with pytest.raises(errors.FlyError) as refused:
        {write}
    assert "was not sent" in str(refused.value)
    assert "fly_app_name" in str(refused.value)
"""
    )

    project.runpytest(*LIVE).assert_outcomes(passed=1)

    assert {each.method for each in fly_io.requests} <= {"GET"}
    assert fly_io.snapshot() == before


def test_asking_where_there_is_room_is_no_write(fly_io: FlySimulator) -> None:
    session = LiveSession(Secret("t"), "personal")
    with httpx.Client(
        transport=GuardedTransport(session, fly_io.transport()),
        base_url="https://x/v1",
        headers={"Authorization": "Bearer t"},
    ) as http:
        body = {"org_slug": "personal", "compute": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}}
        assert http.post("/platform/placements", json=body).status_code == 200
        with pytest.raises(ConfigurationError, match="was not sent"):
            http.post("/platform/regions", json={})


def old_name(hours: float, rest: str = "abcdef-1") -> str:
    return f"fly-test-{int(time.time() - hours * 3600):08x}-{rest}"


def test_leftovers_are_swept_when_asked_and_only_those_that_are_old_and_ours(
    project: pytest.Pytester, fly_io: FlySimulator
) -> None:
    old, recent, foreign, alike = old_name(7), old_name(1), old_name(9, "0a0a0a-1"), "fly-test-of-somebody"
    stranger(fly_io, old, owner="fly-test")
    stranger(fly_io, recent, owner="fly-test")
    stranger(fly_io, foreign, owner="somebody")
    stranger(fly_io, alike)
    project.makepyfile("def test_it(): pass")

    project.runpytest(*LIVE)
    assert apps(fly_io) == {old, recent, foreign, alike}

    project.runpytest(*LIVE, "--fly-sweep", "5", "--collect-only")
    assert apps(fly_io) == {old, recent, foreign, alike}

    result = project.runpytest(*LIVE, "--fly-sweep", "5")
    result.stdout.fnmatch_lines([f"fly: destroyed apps that earlier tests had left: {old}"])
    assert apps(fly_io) == {recent, foreign, alike}


def test_what_cannot_be_swept_is_named(project: pytest.Pytester, fly_io: FlySimulator) -> None:
    fly_io.faults.add(Fault("status", operation="Apps_delete", status=403, times=99))
    project.makepyfile(
        WEB
        + """
def test_it(fly, fly_app_name, fly_org):
    fly.ensure(App(fly_app_name, org=fly_org))
"""
    )

    result = project.runpytest(*LIVE)

    assert result.ret != pytest.ExitCode.OK
    result.assert_outcomes(passed=1, errors=1)
    (left,) = apps(fly_io)
    result.stdout.fnmatch_lines(
        ["fly: Tests have left apps behind, which cost money*", f"*{left}*answered 403*"]
    )


def test_the_guard_against_the_network_is_lifted_but_where_a_test_asks_for_it(
    project: pytest.Pytester, fly_io: FlySimulator
) -> None:
    project.makepyfile(
        """
        import socket
        import pytest
        from fly_resources import App

        def test_live(fly):
            assert fly.read(App("nothing")) is None

        @pytest.mark.block_network
        def test_blocked():
            with socket.socket() as one, pytest.raises(RuntimeError, match="Network is disabled"):
                one.connect(("127.0.0.1", 9))
        """
    )

    project.runpytest(*LIVE, "--block-network").assert_outcomes(passed=2)


@pytest.mark.skipif(
    pytest.version_tuple < (9,), reason="pytest 8 takes no options of a conftest's plugin from a subprocess"
)
def test_our_own_live_tests_pass_where_the_simulator_stands_for_fly_io(
    project: pytest.Pytester, fly_io: FlySimulator
) -> None:
    result = project.runpytest(
        *LIVE,
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(ROOT),
        "-p",
        "no:cacheprovider",
        "-m",
        "live",
        str(ROOT / "tests" / "live"),
    )

    outcomes = result.parseoutcomes()
    assert set(outcomes) <= {"passed", "deselected"}
    assert outcomes["passed"] >= 8
    assert apps(fly_io) == set()


def test_our_own_live_tests_are_skipped_without_a_token(project: pytest.Pytester) -> None:
    result = project.runpytest(
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(ROOT),
        "-p",
        "no:cacheprovider",
        "-m",
        "live",
        str(ROOT / "tests" / "live"),
        "-rs",
    )

    assert set(result.parseoutcomes()) == {"skipped"}
    result.stdout.fnmatch_lines(["SKIPPED*talks to Fly.io: --fly-live, with FLY_API_TOKEN and --fly-org"])
