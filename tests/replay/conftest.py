"""Cassettes: where they are, and both clients on them behind one blocking face.

A test names its cassette by its module and its own name: `test_simulated_nouns.py::test_an_app` has
`simulated/nouns-an_app.yaml`. Both clients replay the same one, and have to send all of it.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import attrs
import httpx
import pytest

from fly_resources import AsyncFly, Fly, RetryPolicy
from fly_resources.testing import FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from types import ModuleType

    from fly_resources import Plan, Report, Resource
    from fly_resources._engine.clock import Clock

T = TypeVar("T")


class Cassette(Protocol):
    """What is looked at here of vcrpy's."""

    all_played: bool
    write_protected: bool
    requests: list[Any]


@attrs.frozen
class Api:
    """`Fly` or `AsyncFly`, called the same way."""

    client: Fly | AsyncFly
    _run: Callable[[Any], Any]

    def plan(self, *resources: Resource[Any]) -> Plan:
        return cast("Plan", self._run(self.client.plan(*resources)))

    def ensure(self, *resources: Resource[Any], **options: Any) -> Report:  # noqa: ANN401  # those of the verb
        return cast("Report", self._run(self.client.ensure(*resources, **options)))

    def destroy(self, *resources: Resource[Any]) -> Report:
        return cast("Report", self._run(self.client.destroy(*resources)))

    def read(self, resource: Resource[T]) -> T | None:
        return cast("T | None", self._run(self.client.read(resource)))

    def wait(self, resource: Any) -> Any:  # noqa: ANN401  # a machine or a certificate, and its model
        return self._run(self.client.wait(resource))

    def call(self, operation: ModuleType, *path: str, **more: Any) -> Any:  # noqa: ANN401  # any answer
        """Call an operation of the SDK."""
        send = operation.sync if isinstance(self.client, Fly) else operation.asyncio
        return self._run(send(*path, client=self.client.sdk, **more))


@pytest.fixture(params=["blocking", "async"])
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    if request.param == "blocking":
        yield Api(request.getfixturevalue("fly"), lambda result: result)
        return
    client: AsyncFly = request.getfixturevalue("async_fly")
    with asyncio.Runner() as runner:

        def run(awaitable: Coroutine[Any, Any, object]) -> object:
            return runner.run(awaitable)

        yield Api(client, run)
        runner.run(client.aclose())


@pytest.fixture
def service(record_mode: str, fly_clock: Clock) -> FlySimulator | None:
    """The simulator that is recorded from; None while cassettes are replayed."""
    return None if record_mode == "none" else FlySimulator(clock=fly_clock)


@pytest.fixture
def arrange(service: FlySimulator | None) -> Callable[[Callable[[FlySimulator], object]], None]:
    """Do something to the recorded world; a cassette holds what came of it."""

    def act(change: Callable[[FlySimulator], object]) -> None:
        if service is not None:
            change(service)

    return act


@pytest.fixture
def fly_options(service: FlySimulator | None) -> dict[str, Any]:
    # Without jitter, so that recording again gives the same times.
    options: dict[str, Any] = {"retry": RetryPolicy(base_s=0)}
    if service is not None:
        # vcrpy records what passes a MockTransport; the simulator's own one it does not know.
        options["transport"] = httpx.MockTransport(service.transport().handle_request)
    return options


@pytest.fixture
def vcr_config(fly_vcr_config: dict[str, Any]) -> dict[str, Any]:
    return fly_vcr_config


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    kind = request.path.stem.split("_")[1]
    # scripts/record_cassettes --check records beside them and compares.
    return str(Path(os.environ.get("FLY_RESOURCES_CASSETTES", request.path.parent)) / kind)


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    about = request.path.stem.removeprefix("test_").partition("_")[2]
    test: pytest.Function = request.node
    told_apart = [part for part in test.callspec.id.split("-") if part not in {"blocking", "async"}]
    return "-".join(filter(None, [about, test.originalname.removeprefix("test_"), *told_apart]))


@pytest.fixture(autouse=True)
def _all_of_it_is_sent(vcr: Cassette | None) -> Iterator[None]:
    yield
    if vcr is not None and vcr.write_protected:
        assert vcr.requests, "an empty cassette proves nothing"
        assert vcr.all_played, "the cassette holds requests that were not sent this time"
