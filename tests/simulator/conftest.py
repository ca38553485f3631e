"""A simulator on a virtual clock, and a plain httpx client that talks to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest

from fly_resources.testing import FlySimulator, VirtualClock

Body: TypeAlias = dict[str, Any]
MakeMachine: TypeAlias = Callable[..., Body]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def sim(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock)


@pytest.fixture
def api(sim: FlySimulator) -> Iterator[httpx.Client]:
    """A client of `sim` with an app named `web`."""
    with connect(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"}).raise_for_status()
        sim.requests.clear()
        yield client


@pytest.fixture
def slow_sim(clock: VirtualClock) -> FlySimulator:
    """A simulator whose states take as long as they were seen to."""
    return FlySimulator(clock=clock, timings="typical")


@pytest.fixture
def slow_api(slow_sim: FlySimulator) -> Iterator[httpx.Client]:
    """A client of `slow_sim` with an app named `web`."""
    with connect(slow_sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"}).raise_for_status()
        yield client


def connect(sim: FlySimulator, token: str | None = None, timeout: float = 70.0) -> httpx.Client:
    """Return a client as any user of httpx would make it."""
    return httpx.Client(
        transport=sim.transport(),
        base_url="https://api.machines.dev/v1",
        headers={"Authorization": "Bearer test" if token is None else token},
        timeout=timeout,
    )


@pytest.fixture
def make() -> MakeMachine:
    """Create a machine and return the answer's body."""

    def create(client: httpx.Client, name: str = "m", config: Body | None = None, **more: object) -> Body:
        body = {"name": name, "config": {"image": "nginx:alpine", **(config or {})}, **more}
        answer = client.post("/apps/web/machines", json=body)
        assert answer.status_code == 200, answer.text
        created: Body = answer.json()
        return created

    return create


@pytest.fixture
def connected() -> Callable[..., httpx.Client]:
    """Give tests `connect` without an import between test files."""
    return connect
