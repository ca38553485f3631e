"""A client that is awaited has a pool for each connection, and uses the least busy one."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines.api.apps import apps_get

from fly_resources import App, AsyncFly
from fly_resources._wire import pools
from fly_resources._wire.pools import SplitTransport
from fly_resources._wire.transports import inner_transports
from fly_resources.testing import FlySimulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_URL = "https://api.machines.dev/v1/apps"


class Body(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{}"


class Pool(httpx.AsyncBaseTransport):
    """Stands for a transport of httpx: notes what it is asked, or fails."""

    made: list[Pool]

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # httpx's own
        self.settings = settings
        self.asked = 0
        self.failure: Exception | None = None
        self.is_closed = False
        self.made.append(self)

    async def handle_async_request(self, _request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.failure:
            raise self.failure
        return httpx.Response(200, stream=Body())

    async def aclose(self) -> None:
        self.is_closed = True
        if self.failure:
            raise self.failure


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[Pool]:
    monkeypatch.setattr(Pool, "made", [], raising=False)
    if "served" not in request.node.name:
        monkeypatch.setattr(httpx, "AsyncHTTPTransport", Pool)
    return Pool.made


def _split(most: int) -> SplitTransport:
    return SplitTransport(limits=httpx.Limits(max_connections=most, keepalive_expiry=7.0), verify=True)


async def _ask(transport: SplitTransport) -> httpx.Response:
    return await transport.handle_async_request(httpx.Request("GET", _URL))


def test_as_many_pools_are_made_as_connections_are_allowed_with_one_context(made: list[Pool]) -> None:
    _split(5)

    assert len(made) == 5
    assert {each.settings["limits"].max_connections for each in made} == {1}
    assert {each.settings["limits"].max_keepalive_connections for each in made} == {1}
    assert {each.settings["limits"].keepalive_expiry for each in made} == {7.0}
    assert len({id(each.settings["verify"]) for each in made}) == 1


def test_requests_at_once_are_spread_and_one_after_another_share_a_connection(made: list[Pool]) -> None:
    async def run() -> None:
        transport = _split(3)
        for _ in range(4):
            response = await _ask(transport)
            assert await response.aread() == b"{}"
            await response.aclose()
        assert [each.asked for each in made] == [4, 0, 0]
        under_way = [await _ask(transport) for _ in range(3)]
        assert [each.asked for each in made] == [5, 1, 1]
        waiting = asyncio.create_task(_ask(transport))
        await asyncio.sleep(0)
        assert not waiting.done()
        await under_way[1].aclose()
        await under_way[1].aclose()
        await waiting
        assert [each.asked for each in made] == [5, 2, 1]

    asyncio.run(run())


def test_a_slow_answer_holds_up_nobody_while_other_connections_are_free(made: list[Pool]) -> None:
    async def run() -> None:
        transport = _split(2)
        slow = await _ask(transport)
        for _ in range(10):
            await (await _ask(transport)).aclose()
        assert [each.asked for each in made] == [1, 10]
        await slow.aclose()

    asyncio.run(run())


def test_who_waits_too_long_gets_a_pool_timeout_and_who_is_cancelled_takes_nothing(made: list[Pool]) -> None:
    async def run() -> None:
        transport = _split(1)
        busy = await _ask(transport)
        limited = httpx.Request("GET", _URL, extensions={"timeout": {"pool": 0.0}})
        with pytest.raises(httpx.PoolTimeout):
            await transport.handle_async_request(limited)
        waiting = [asyncio.create_task(_ask(transport)) for _ in range(2)]
        await asyncio.sleep(0)
        await busy.aclose()
        waiting[0].cancel()  # it has the connection already, and has not noticed
        await asyncio.gather(*waiting, return_exceptions=True)
        assert waiting[0].cancelled()
        assert waiting[1].result().status_code == 200

    asyncio.run(run())


def test_a_request_that_failed_is_under_way_no_more(made: list[Pool]) -> None:
    async def run() -> None:
        transport = _split(2)
        made[0].failure = httpx.ConnectError("no")
        for _ in range(3):
            with pytest.raises(httpx.ConnectError):
                await _ask(transport)
        assert [each.asked for each in made] == [3, 0]

    asyncio.run(run())


def test_all_pools_are_closed_even_if_one_cannot_be(made: list[Pool]) -> None:
    async def run() -> None:
        transport = _split(3)
        made[1].failure = OSError("no")
        with pytest.raises(OSError, match="no"):
            await transport.aclose()

    asyncio.run(run())

    assert all(each.is_closed for each in made)


def test_a_forked_child_counts_anew(made: list[Pool]) -> None:
    async def run() -> None:
        transport = _split(2)
        old = await _ask(transport)
        transport.renew_after_fork()
        await old.aclose()
        await _ask(transport)
        await _ask(transport)
        assert [each.asked for each in made] == [2, 1]

    asyncio.run(run())


def test_every_pool_is_found_by_what_guards_and_renews_transports(made: list[Pool]) -> None:
    transport = _split(3)

    assert set(inner_transports(transport)) == {transport, *made}


@pytest.mark.parametrize("name", ["a_module_that_nobody_has", "json"])
def test_only_a_module_that_is_not_installed_is_noted_as_absent(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "_OPTIONAL", name)
    monkeypatch.delitem(sys.modules, name, raising=False)

    _split(1)

    assert (name in sys.modules) is (name != "json")
    sys.modules.pop(name, None)


def test_a_hundred_served_calls_at_once_open_no_more_connections_than_allowed() -> None:
    async def run() -> None:
        with FlySimulator().serve() as served:
            async with AsyncFly("test", base_url=served.url, max_concurrency=4, rate_limit=False) as fly:
                await fly.ensure(App("shop"))
                names = await asyncio.gather(*(apps_get.asyncio("shop", client=fly.sdk) for _ in range(100)))
                assert {each.name for each in names} == {"shop"}
                opened = [
                    len(each._pool.connections)  # noqa: SLF001  # nothing else shows them
                    for each in inner_transports(fly._transport)  # noqa: SLF001  # the same
                    if isinstance(each, httpx.AsyncHTTPTransport)
                ]
                assert opened == [1, 1, 1, 1]

    asyncio.run(run())
