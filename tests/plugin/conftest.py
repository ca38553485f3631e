"""Projects of users: pytest runs in them with the installed plugin, and nothing of this repository."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import ssl
from typing import TYPE_CHECKING

import pytest
from fly_machines import models

import fly_resources
from fly_resources._engine.clock import SystemClock
from fly_resources.testing import FlySimulator

if TYPE_CHECKING:
    from collections.abc import Iterator

# Before an inner run imports them: pytester forgets what was imported inside, and would have it there twice.
for _module in (
    *(found.name for found in pkgutil.walk_packages(fly_resources.__path__, "fly_resources.")),
    "httpcore",
    "pytest_recording._vcr",
    "vcr.patch",
    "vcr.stubs.httpx_stubs",
):
    importlib.import_module(_module)
for _model in models.__all__:
    getattr(models, _model)  # imported on first use


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty project, in an environment that says nothing about Fly.io."""
    for variable in ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN", "FLY_FLAPS_BASE_URL", "FLY_ORG"):
        monkeypatch.delenv(variable, raising=False)
    # Not among what a user needs, and slow to import again in every run.
    pytester.makeini("[pytest]\naddopts = -p no:schemathesis -p no:hypothesispytest -p no:xdist -p no:anyio")
    return pytester


@pytest.fixture
def fly_io(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlySimulator]:
    """A simulator in the place of Fly.io: over HTTP, and with the system's clock, that nothing waits for."""

    async def no_wait(_clock: SystemClock, _seconds: float) -> None:
        await asyncio.sleep(0)

    # Clients of plain HTTP check no certificates, and reading those of the authorities takes its time.
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: None)
    simulator = FlySimulator()
    monkeypatch.setattr(SystemClock, "sleep", lambda _clock, _seconds: None)
    monkeypatch.setattr(SystemClock, "sleep_async", no_wait)
    with simulator.serve() as server:
        monkeypatch.setenv("FLY_FLAPS_BASE_URL", server.url)
        monkeypatch.setenv("FLY_API_TOKEN", "canary-token-of-the-organisation")
        yield simulator
