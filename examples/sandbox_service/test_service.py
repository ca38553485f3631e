"""Tests of the service, over HTTP and without an account: Fly.io is simulated, and time is virtual."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from service import APP, Service

from fly_resources import AsyncFly
from fly_resources.testing import Fault, FlySimulator, Program, VirtualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

IMAGE = "python:3.13-slim"


class World:
    """The service, started as a server starts it, and the Fly.io behind it."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.fly_io = FlySimulator(clock=self.clock, latency=0.05, rate_limits=True, timings="typical")
        self.fly_io.images[IMAGE] = Program(answers={"python -c 'print(1 + 1)'": (0, "2\n", "")})
        self.service = Service(
            lambda: AsyncFly("test", owner="sandboxes", transport=self.fly_io.transport(), clock=self.clock)
        )

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncIterator[httpx.AsyncClient]:
        """Start the service, and end it."""
        asked: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        life = asyncio.create_task(self.service({"type": "lifespan"}, asked.get, told.put))
        await asked.put({"type": "lifespan.startup"})
        assert (await told.get())["type"] == "lifespan.startup.complete"
        transport = httpx.ASGITransport(app=self.service)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            yield client
        await asked.put({"type": "lifespan.shutdown"})
        assert (await told.get())["type"] == "lifespan.shutdown.complete"
        await life

    def run(self, story: Callable[[httpx.AsyncClient], Coroutine[Any, Any, None]]) -> None:
        """Tell a story to the service from its start to its end."""

        async def main() -> None:
            async with self.serve() as client:
                await story(client)

        asyncio.run(main())

    def machines(self) -> list[str]:
        """Return the names of all machines."""
        apps: Any = self.fly_io.snapshot()["apps"]
        return [machine["name"] for machine in apps[APP.name]["machines"]]


@pytest.fixture
def world() -> World:
    """Return a service that has not started."""
    return World()


def test_a_user_who_clicks_twice_gets_one_sandbox(world: World) -> None:
    """Both requests are answered with the same machine, whichever made it."""

    async def story(client: httpx.AsyncClient) -> None:
        first, second = await asyncio.gather(*(client.put("/users/ada/sandbox") for _ in range(2)))
        assert first.json()["id"] == second.json()["id"]
        assert {first.status_code, second.status_code} == {200}

    world.run(story)
    assert world.machines() == ["user-ada"]


def test_code_runs_also_in_a_sandbox_that_fell_asleep(world: World) -> None:
    """A command needs a machine that is started."""

    async def story(client: httpx.AsyncClient) -> None:
        await client.put("/users/ada/sandbox")
        world.fly_io.proxy_stop(APP.name, "user-ada")
        await world.clock.sleep_async(10.0)
        assert (await client.get("/users/ada/sandbox")).json() == {"state": "suspended"}
        ran = await client.post("/users/ada/sandbox", content="print(1 + 1)")
        assert ran.json() == {"exit_code": 0, "output": "2\n"}

    world.run(story)


def test_who_comes_back_finds_the_disk(world: World) -> None:
    """Closing takes the machine, and nothing else."""

    async def story(client: httpx.AsyncClient) -> None:
        await client.put("/users/ada/sandbox")
        assert (await client.delete("/users/ada/sandbox")).json() == {"closed": True}
        assert (await client.delete("/users/ada/sandbox")).json() == {"closed": False}
        assert (await client.get("/users/ada/sandbox")).json() == {"state": "none"}
        await client.put("/users/ada/sandbox")

    world.run(story)
    made = Counter(request.operation for request in world.fly_io.requests if request.status == 200)
    assert (made["Volumes_create"], made["Machines_create"]) == (1, 2)


def test_many_users_at_once_share_the_service_s_reads(world: World) -> None:
    """Thirty who look cost four lists, and nobody waits for more than two seconds."""

    async def story(client: httpx.AsyncClient) -> None:
        paths = [f"/users/u{number}/sandbox" for number in range(30)]
        await asyncio.gather(*(client.put(path) for path in paths))
        await world.clock.sleep_async(60.0)
        began, sent = world.clock.now(), len(world.fly_io.requests)
        answers = await asyncio.gather(*(client.get(path) for path in paths))
        assert {answer.json()["state"] for answer in answers} == {"started"}
        assert len(world.fly_io.requests) - sent <= 4
        assert world.clock.now() - began < 2.0

    world.run(story)
    assert len(world.machines()) == 30
    assert 429 not in {request.status for request in world.fly_io.requests}


def test_no_room_is_for_later_and_a_lost_answer_makes_nothing_twice(world: World) -> None:
    """The one is a 503, the other is settled before the user hears of it."""
    world.fly_io.faults.add(Fault("reset_after", operation="Machines_create"))

    async def story(client: httpx.AsyncClient) -> None:
        assert (await client.put("/users/ada/sandbox")).status_code == 200
        world.fly_io.full_regions.add("iad")
        assert (await client.put("/users/bob/sandbox")).status_code == 503

    world.run(story)
    assert world.machines() == ["user-ada"]


@pytest.mark.parametrize(
    "path", ["/", "/users/ada", "/users/Ada%20L/sandbox", "/users/../sandbox", "/users/a/b/c"]
)
def test_other_paths_are_not_found(world: World, path: str) -> None:
    """What is no name of a user gets no further than this service."""

    async def story(client: httpx.AsyncClient) -> None:
        sent = len(world.fly_io.requests)
        assert (await client.get(path)).status_code == 404
        assert (await client.patch("/users/ada/sandbox")).status_code == 405
        assert len(world.fly_io.requests) == sent

    world.run(story)
