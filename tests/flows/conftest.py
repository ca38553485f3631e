"""Both clients behind one blocking face, on a simulator and a virtual clock, and a stranger beside them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx
import pytest

from fly_resources import AsyncFly, Fly, Resource
from fly_resources.testing import FlySimulator, RecordedRequest, VirtualClock

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources import Certificate, ExecResult, LogLine, Plan, Report, RunResult

T = TypeVar("T")
ResourceT = TypeVar("ResourceT", bound=Resource[Any])


class Api:
    """`Fly` or `AsyncFly`, called the same way, and the simulator that it talks to."""

    def __init__(self, client: Fly | AsyncFly, sim: FlySimulator, clock: VirtualClock) -> None:
        self.client = client
        self.sim = sim
        self.clock = clock
        self._runner = asyncio.Runner() if isinstance(client, AsyncFly) else None

    def plan(self, *resources: Resource[Any], **options: Any) -> Plan:  # noqa: ANN401  # the options of the verb
        """Plan, and raise what the plan says that cannot be done, as `ensure` does."""
        planned = self.whole_plan(*resources, **options)
        for step in planned:
            if step.error is not None:
                raise step.error
        return planned

    def whole_plan(self, *resources: Resource[Any], **options: Any) -> Plan:  # noqa: ANN401  # the same
        return self._result(self.client.plan(*resources, **options))

    def ensure(self, *resources: Resource[Any], **options: Any) -> Report:  # noqa: ANN401  # the same
        return self._result(self.client.ensure(*resources, **options))

    def destroy(self, *resources: Resource[Any], **options: Any) -> Report:  # noqa: ANN401  # the same
        return self._result(self.client.destroy(*resources, **options))

    def read(self, resource: Resource[T]) -> T | None:
        return self._result(self.client.read(resource))

    def described(self, resource: ResourceT) -> ResourceT | None:
        """Read it as a resource."""
        return self._result(self.client.read(resource, as_resource=True))

    def wait(self, machine: Any, **options: Any) -> models.Machine:  # noqa: ANN401  # the options of the verb
        model: models.Machine = self._result(self.client.wait(machine, **options))
        return model

    def run(self, *what: Any, **options: Any) -> RunResult:  # noqa: ANN401  # the same
        return self._result(self.client.run(*what, **options))

    def exec(self, *what: Any, **options: Any) -> ExecResult:  # noqa: ANN401  # the same
        return self._result(self.client.exec(*what, **options))

    def power(self, verb: str, machine: Any, **options: Any) -> models.Machine:  # noqa: ANN401  # any way to name one
        model: models.Machine = self._result(getattr(self.client, verb)(machine, **options))
        return model

    def logs(self, *what: Any, count: int = 1_000, **options: Any) -> list[LogLine]:  # noqa: ANN401  # the same
        """Read a log to its end, or until `count` lines were read."""
        lines = self.client.logs(*what, **options)
        if isinstance(lines, Iterator):
            return list(itertools.islice(lines, count))
        return self._await(_first(lines, count))

    def wait_until_issued(self, certificate: Certificate, timeout_s: float) -> models.CertificateDetail:
        return self._result(self.client.wait(certificate, timeout_s=timeout_s))

    @contextlib.contextmanager
    def lease(self, machine: Any, **options: Any) -> Iterator[str]:  # noqa: ANN401  # the same
        if isinstance(self.client, Fly):
            with self.client.lease(machine, **options) as nonce:
                yield nonce
            return
        held = self.client.lease(machine, **options)
        try:
            yield self._await(held.__aenter__())
        finally:
            self._await(held.__aexit__(None, None, None))

    def close(self) -> None:
        if isinstance(self.client, Fly):
            self.client.close()
            return
        assert self._runner is not None
        self._runner.run(self.client.aclose())
        self._runner.close()

    def _result(self, value: T | Coroutine[Any, Any, T]) -> T:
        if self._runner is None:
            assert not isinstance(value, Coroutine)
            return value
        assert isinstance(value, Coroutine)
        return self._await(cast("Coroutine[Any, Any, T]", value))

    def _await(self, value: Coroutine[Any, Any, T]) -> T:
        assert self._runner is not None
        result: T = self._runner.run(value)
        return result

    @property
    def sent(self) -> list[RecordedRequest]:
        """What was sent since `sim.requests` was cleared."""
        return self.sim.requests

    @property
    def writes(self) -> list[str]:
        """The operations among them that are no reads."""
        return [str(each.operation) for each in self.sim.requests if each.method != "GET"]

    @property
    def rounds(self) -> int:
        """At how many different moments they were sent."""
        return len({each.at for each in self.sim.requests})


async def _first(lines: AsyncIterator[T], count: int) -> list[T]:
    found: list[T] = []
    async for line in lines:
        found.append(line)
        if len(found) == count:
            break
    return found


class Stranger:
    """Somebody else with a plain HTTP client: flyctl, a colleague, the dashboard."""

    def __init__(self, sim: FlySimulator) -> None:
        self.http = httpx.Client(
            transport=sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer stranger"},
        )

    def send(
        self, method: str, path: str, body: Mapping[str, object] | None = None, **headers: str
    ) -> dict[str, Any]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.http.request(method, path, json=body, headers=names)
        assert answer.is_success, answer.text
        shown: dict[str, Any] = answer.json() if answer.content else {}
        return shown

    def list(self, path: str) -> list[dict[str, Any]]:
        answer = self.http.get(path)
        assert answer.is_success, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return rows

    def create_app(self, name: str) -> None:
        self.send("POST", "/apps", {"name": name, "org_slug": "personal"})

    def create_machine(
        self, app: str, name: str, config: Mapping[str, object], **more: object
    ) -> dict[str, Any]:
        return self.send("POST", f"/apps/{app}/machines", {"name": name, "config": config, **more})

    def create_volume(self, app: str, name: str, **more: object) -> str:
        made = self.send("POST", f"/apps/{app}/volumes", {"name": name, "region": "iad", **more})
        return str(made["id"])


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def sim(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock, latency=0.05, rate_limits=True)


@pytest.fixture(params=[Fly, AsyncFly], ids=["blocking", "async"])
def connect(
    request: pytest.FixtureRequest, sim: FlySimulator, clock: VirtualClock
) -> Iterator[Callable[..., Api]]:
    """Make clients of the kind under test; each is a process of its own as far as limits go."""
    opened: list[Api] = []

    def make(world: FlySimulator = sim, **settings: Any) -> Api:  # noqa: ANN401  # the arguments of the client
        wanted = {"token": "test", "owner": "tests", "transport": world.transport(), "clock": clock}
        opened.append(Api(request.param(**wanted | settings), world, clock))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    return connect()


@pytest.fixture
def stranger(sim: FlySimulator) -> Iterator[Stranger]:
    someone = Stranger(sim)
    yield someone
    someone.http.close()
