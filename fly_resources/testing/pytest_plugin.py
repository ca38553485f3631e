"""The pytest plugin: a Fly.io per test, in memory, from a cassette, or the real one with `--fly-live`.

It is loaded into every pytest run where fly-resources is installed, so it imports the package only when a
test needs it.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, Protocol, cast

import pytest

from fly_resources.testing import _guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from fly_resources import AsyncFly, Fly
    from fly_resources._engine.clock import Clock
    from fly_resources.testing import FlySimulator
    from fly_resources.testing._fly_world import FlyWorld
    from fly_resources.testing._live import LiveSession
    from fly_resources.testing.cassettes import Scrubber

#: The app, organisation and token of the fixtures, where none of them has to exist.
_APP_NAME = "fly-test"
_ORG = "personal"
_TOKEN = "simulated-fly-token"  # noqa: S105 - the simulator takes any; no word that errors would hide
_BASE_URL = "https://api.machines.dev"


class _Cassette(Protocol):
    """The parts of vcrpy's cassette that we use; vcrpy has no types."""

    write_protected: bool


_live_key = pytest.StashKey["LiveSession"]()
_swept_key = pytest.StashKey[list[str]]()
_guard_key = pytest.StashKey[contextlib.ExitStack]()
_left_key = pytest.StashKey[list[str]]()
_scrubs_key = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the command-line options."""
    group = parser.getgroup("fly", "Fly.io")
    group.addoption(
        "--fly-live",
        action="store_true",
        help=(
            "Run tests that use the fixtures fly and async_fly on Fly.io itself: needs FLY_API_TOKEN and an "
            "organisation, creates and destroys apps named fly-test-*, costs money."
        ),
    )
    group.addoption(
        "--fly-org",
        metavar="SLUG",
        default=os.environ.get("FLY_ORG"),
        help="With --fly-live: the organisation that pays; else FLY_ORG.",
    )
    group.addoption(
        "--fly-record",
        action="store_true",
        help="Record cassettes anew on Fly.io: short for --fly-live --record-mode=rewrite -m vcr.",
    )
    group.addoption(
        "--fly-sweep",
        metavar="HOURS",
        type=float,
        help="With --fly-live: first destroy what runs older than this many hours have left.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and refuse a live run that cannot work."""
    config.addinivalue_line(
        "markers", "fly_simulator(**options): options of FlySimulator for this test, such as rate_limits=True"
    )
    if config.getoption("--fly-record"):
        _record(config)
    config.stash[_guard_key] = stack = contextlib.ExitStack()
    before = _guard.switch(on=not config.getoption("--fly-live"))
    stack.callback(_guard.switch, on=before)
    if not config.getoption("--fly-live"):
        stack.enter_context(_guard.without_proxies())
        if config.getoption("--fly-sweep") is not None:
            raise pytest.UsageError("--fly-sweep destroys apps on Fly.io, and so needs --fly-live.")
        return
    config.stash[_live_key] = _live_session(config.getoption("--fly-org"))
    # pytest-recording would block the requested access; tests marked block_network keep its guard.
    if config.getoption("--block-network", default=False):
        config.option.block_network = False


def _record(config: pytest.Config) -> None:
    """Expand `--fly-record`."""
    if not config.pluginmanager.hasplugin("recording"):
        raise pytest.UsageError("--fly-record needs pytest-recording: pip install 'fly-resources[testing]'.")
    config.option.fly_live = True
    config.option.record_mode = "rewrite"
    config.option.markexpr = config.option.markexpr or "vcr"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Allow the process to reach Fly.io again, if it could before."""
    guard = config.stash.get(_guard_key, None)
    if guard is not None:
        guard.close()


def _live_session(org: str | None) -> LiveSession:
    from fly_resources._http.address import find_token  # noqa: PLC0415 - see the module's docstring
    from fly_resources.errors import ConfigurationError  # noqa: PLC0415 - the same
    from fly_resources.testing._live import LiveSession  # noqa: PLC0415 - the same

    try:
        token = find_token(None)
    except ConfigurationError as missing:
        raise pytest.UsageError(
            "--fly-live needs a token for the organisation: set FLY_API_TOKEN (fly tokens create org)."
        ) from missing
    if not org:
        raise pytest.UsageError(
            "--fly-live needs to know which organisation pays: --fly-org SLUG, or FLY_ORG (fly orgs list)."
        )
    return LiveSession(token, org)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Report that tests are live, and what they may change."""
    live = config.stash.get(_live_key, None)
    if live is None:
        return None
    return f"fly: live, organisation {live.org}, apps named {live.prefix}-*"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Sweep leftovers of earlier runs if requested; xdist workers leave it to their controller."""
    config = session.config
    hours: float | None = config.getoption("--fly-sweep")
    if hours is None or hasattr(config, "workerinput") or config.getoption("collectonly"):
        return
    config.stash[_swept_key] = config.stash[_live_key].sweep_leftovers(hours)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Destroy leftovers of tests: of those that recorded, and those that were interrupted."""
    config = session.config
    live = config.stash.get(_live_key, None)
    if live is None or not live.made:
        return
    try:
        config.stash[_swept_key] = config.stash.get(_swept_key, []) + live.sweep()
    except ExceptionGroup as left:
        if hasattr(config, "workerinput"):
            raise  # it has no summary of its own, and must report this
        config.stash[_left_key] = [left.message, *map(str, left.exceptions)]
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Report what was swept, and what could not be."""
    swept = config.stash.get(_swept_key, [])
    if swept:
        terminalreporter.write_line(f"fly: destroyed apps that earlier tests had left: {', '.join(swept)}")
    for line in config.stash.get(_left_key, []):
        terminalreporter.write_line(f"fly: {line}", red=True)


@pytest.fixture
def fly_clock(request: pytest.FixtureRequest) -> Clock:
    """The clock of simulator and clients: virtual, so that waiting takes no time. Live: the system's.

    While a cassette is recorded, it is a virtual clock on which a second takes a real second.
    """
    cassette = _cassette(request)
    if cassette is not None and not cassette.write_protected:
        from fly_resources.testing._pacing import PacedClock  # noqa: PLC0415 - see the module's docstring

        return PacedClock()
    live = _live(request)
    if live is not None:
        return live.clock
    from fly_resources.testing import VirtualClock  # noqa: PLC0415 - see the module's docstring

    return VirtualClock()


@pytest.fixture
def fly_simulator(request: pytest.FixtureRequest, fly_clock: Clock) -> FlySimulator:
    """The `FlySimulator` that `fly` and `async_fly` talk to. With `--fly-live`, the test is skipped."""
    if _live(request) is not None:
        pytest.skip("needs the simulator, and --fly-live runs on Fly.io")
    from fly_resources.testing import FlySimulator  # noqa: PLC0415 - see the module's docstring

    options: dict[str, Any] = {}
    for marker in request.node.iter_markers("fly_simulator"):
        options = {**marker.kwargs, **options}  # the closest marker comes first, and takes precedence
    return FlySimulator(clock=fly_clock, **options)


@pytest.fixture
def fly_world(
    fly_simulator: FlySimulator, fly_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FlyWorld]:
    """The simulator of this test, served over HTTP: clients that the code creates itself use it.

    Sets FLY_FLAPS_BASE_URL, FLY_API_HOSTNAME and FLY_API_TOKEN, so that clients in any language and programs
    started by the test use it. `fly` and `fly_simulator` are the same world. It works under
    `--block-network`. A `Fly` or `AsyncFly` that the code creates uses no socket and waits on `fly_clock`.
    """
    from fly_resources.testing import _fly_world  # noqa: PLC0415 - see the module's docstring

    with fly_simulator.serve() as server:
        world = _fly_world.world_of(fly_simulator, server, _TOKEN)
        for name, value in world.env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv(_fly_world.OTHER_TOKEN_VARIABLE, raising=False)

        def choose(base_url: str, _own: object) -> tuple[_fly_world.Transport, Clock] | None:
            return (fly_simulator.transport(), fly_clock) if base_url.startswith(f"{server.url}/") else None

        with _fly_world.reachable(server.url), _fly_world.default_network(choose):
            yield world


@pytest.fixture
def fly_app_name(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an app that does not exist yet. Live: one that is unique, and destroyed after the test."""
    live = _live(request)
    if live is None:
        yield _APP_NAME
        return
    name = live.new_name()
    if _cassette(request) is not None:
        # The cleanup must not be recorded: it happens at the end of the session.
        request.getfixturevalue("fly_scrubber").hide(name, _APP_NAME)
        yield name
        return
    yield name
    live.sweep(name)


@pytest.fixture
def fly_org(request: pytest.FixtureRequest) -> str:
    """The slug of the organisation. Live: that of `--fly-org`."""
    live = _live(request)
    if live is None:
        return _ORG
    if _cassette(request) is not None:
        request.getfixturevalue("fly_scrubber").hide(live.org, _ORG)
    return live.org


@pytest.fixture
def fly_options() -> dict[str, Any]:
    """Additional arguments for `Fly` and `AsyncFly`; override it to provide some."""
    return {}


@pytest.fixture
def fly(request: pytest.FixtureRequest, fly_options: dict[str, Any]) -> Iterator[Fly]:
    """A `Fly` on the simulator; in a test marked `vcr`, on its cassette; with `--fly-live`, on Fly.io."""
    import httpx  # noqa: PLC0415 - see the module's docstring

    from fly_resources import Fly  # noqa: PLC0415 - the same

    with Fly(**_settings(request, fly_options, httpx.HTTPTransport)) as client:
        yield client


@pytest.fixture
def async_fly(request: pytest.FixtureRequest, fly_options: dict[str, Any]) -> AsyncFly:
    """An `AsyncFly` like `fly`, not opened: `async with async_fly as fly: ...`, in your own loop."""
    import httpx  # noqa: PLC0415 - see the module's docstring

    from fly_resources import AsyncFly  # noqa: PLC0415 - the same

    return AsyncFly(**_settings(request, fly_options, httpx.AsyncHTTPTransport))


@pytest.fixture
def fly_scrubber() -> Iterator[Scrubber]:
    """The `Scrubber` of this test's cassette; use `hide` to add values."""
    from fly_resources._http.address import find_base_url  # noqa: PLC0415 - see the module's docstring
    from fly_resources.testing.cassettes import Scrubber  # noqa: PLC0415 - the same

    scrubber = Scrubber(find_base_url(None))
    for variable in ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN"):
        for token in os.environ.get(variable, "").split(","):
            scrubber.hide(token.strip())
    with scrubber.watching():
        yield scrubber


@pytest.fixture
def fly_vcr_config(request: pytest.FixtureRequest, fly_scrubber: Scrubber) -> Iterator[dict[str, Any]]:
    """The value for pytest-recording's fixture `vcr_config`: scrubbed, and matched by body.

    Clients that the code creates itself then use the cassette's clock, like `fly` and `async_fly`.
    """
    from fly_resources.testing import _fly_world, _pacing  # noqa: PLC0415 - see the module's docstring

    request.node.stash[_scrubs_key] = True

    def choose(
        _url: str, own: Callable[[], _fly_world.Transport]
    ) -> tuple[_fly_world.Transport, Clock] | None:
        if _cassette(request) is None:
            return None
        clock: Clock = request.getfixturevalue("fly_clock")
        return _pacing.CassetteTransport(own(), clock), clock

    with _fly_world.default_network(choose):
        yield fly_scrubber.vcr_config()


def _settings(
    request: pytest.FixtureRequest,
    options: dict[str, Any],
    network: Callable[[], httpx.BaseTransport | httpx.AsyncBaseTransport],
) -> dict[str, Any]:
    """Return a client's arguments: network, token, organisation, and the test's own options."""
    from fly_resources.testing._live import OWNER, GuardedTransport  # noqa: PLC0415 - see the docstring

    settings: dict[str, Any] = {"owner": OWNER, "clock": request.getfixturevalue("fly_clock")}
    cassette = _cassette(request)
    live = _live(request)
    if cassette is not None and not cassette.write_protected:
        _check_recording(request, can_record=live is not None or "transport" in options)
    if live is None and cassette is None:
        if "transport" not in options:
            settings["transport"] = request.getfixturevalue("fly_simulator").transport()
        return settings | {"token": _TOKEN, "base_url": _BASE_URL} | options
    way = options["transport"] if "transport" in options else network()
    if cassette is not None:
        from fly_resources.testing._pacing import CassetteTransport  # noqa: PLC0415 - see the docstring

        way = CassetteTransport(way, settings["clock"])
    if live is not None:
        return {"token": live.token} | settings | options | {"transport": GuardedTransport(live, way)}
    return settings | {"token": _TOKEN, "base_url": _BASE_URL} | options | {"transport": way}


def _check_recording(request: pytest.FixtureRequest, *, can_record: bool) -> None:
    if not request.node.stash.get(_scrubs_key, False):
        raise pytest.UsageError(
            "This would record tokens and secrets: let the fixture vcr_config return fly_vcr_config."
        )
    if not can_record:
        raise pytest.UsageError(
            "There is no cassette to replay, and recording one creates real apps: pass --fly-live, so that "
            "they get unique names and are destroyed afterwards."
        )


def _live(request: pytest.FixtureRequest) -> LiveSession | None:
    """Return the live session, unless the test replays its cassette."""
    live = request.config.stash.get(_live_key, None)
    if live is None:
        return None
    cassette = _cassette(request)
    return None if cassette is not None and cassette.write_protected else live


def _cassette(request: pytest.FixtureRequest) -> _Cassette | None:
    """Return pytest-recording's cassette if the test is marked with `vcr`, else None."""
    if request.node.get_closest_marker("vcr") is None or not request.config.pluginmanager.hasplugin(
        "recording"
    ):
        return None
    return cast("_Cassette | None", request.getfixturevalue("vcr"))
