"""Both clients behind one blocking face, over whatever a test puts between them and the simulator."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import settings

from fly_resources import AsyncFly, Fly
from fly_resources.testing import FlySimulator, VirtualClock
from tests.flows.conftest import Api

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Whole runs of verbs take long: few in every profile, but for HYPOTHESIS_PROFILE=thorough, for a night.
RUNS = {"fast": 6, "ci": 12}.get(os.environ.get("HYPOTHESIS_PROFILE", "fast"), settings().max_examples)

KINDS: dict[str, type[Fly | AsyncFly]] = {"blocking": Fly, "async": AsyncFly}


class Between(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes requests on and answers back; a subclass changes some. Keeps every request."""

    def __init__(self, inner: httpx.BaseTransport | httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.requests: list[httpx.Request] = []

    def change(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        return response

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.BaseTransport)
        self.requests.append(request)
        return self.change(request, self._inner.handle_request(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.AsyncBaseTransport)
        self.requests.append(request)
        return self.change(request, await self._inner.handle_async_request(request))


@contextlib.contextmanager
def connected(
    kind: type[Fly | AsyncFly],
    sim: FlySimulator,
    **arguments: Any,  # noqa: ANN401  # those of the client
) -> Iterator[Api]:
    """Connect a client of one kind, and close it."""
    wanted: dict[str, Any] = {
        "token": "test",
        "owner": "tests",
        "transport": sim.transport(),
        "clock": sim.clock,
    }
    assert isinstance(sim.clock, VirtualClock)
    api = Api(kind(**wanted | arguments), sim, sim.clock)
    try:
        yield api
    finally:
        api.close()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def sim(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock, latency=0.05)


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def kind(request: pytest.FixtureRequest) -> type[Fly | AsyncFly]:
    chosen: type[Fly | AsyncFly] = request.param
    return chosen
