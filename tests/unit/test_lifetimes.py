"""Where and how long a client can be used: event loops, forked processes, and the end."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import types
import warnings
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines.api.apps import apps_get
from fly_machines.api.machines import machines_list
from fly_machines.api.volumes import volumes_create
from fly_machines.models import CreateVolumeRequest

from fly_resources import App, AsyncFly, Fly, Machine, RateLimitTransport, RetryTransport
from fly_resources.errors import ConfigurationError
from fly_resources.testing import FlySimulator, VirtualClock
from tests.unit.fakes import Script

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SHOP = App("shop", primary_region="iad")
SERVER = Machine(SHOP, "server", {"image": "nginx"})


def _found() -> httpx.Response:
    return httpx.Response(200, json={"name": "shop"})


async def _make_volume(fly: AsyncFly) -> object:
    body = CreateVolumeRequest(name="data", region="iad", size_gb=1)
    return await volumes_create.asyncio("shop", client=fly.sdk, body=body)


async def _hold_lease(fly: AsyncFly) -> None:
    async with fly.lease(SERVER):
        pass


async def _enter(fly: AsyncFly) -> None:
    async with fly:
        pass


USES: list[Callable[[AsyncFly], Awaitable[object]]] = [
    _make_volume,
    _hold_lease,
    _enter,
    lambda fly: fly.ensure(SERVER),
    lambda fly: fly.plan(SERVER),
    lambda fly: fly.destroy(SERVER),
    lambda fly: fly.read(SERVER),
    lambda fly: fly.wait(SERVER),
    lambda fly: fly.api.apps.get("shop"),
    lambda fly: apps_get.asyncio("shop", client=fly.sdk.with_headers({"x-a": "b"})),
]


async def _awaited(use: Callable[[AsyncFly], Awaitable[object]], fly: AsyncFly) -> object:
    return await use(fly)


# Event loops


@pytest.mark.parametrize("use", USES)
def test_in_another_event_loop_nothing_is_sent(use: Callable[[AsyncFly], Awaitable[object]]) -> None:
    script = Script(_found())
    fly = AsyncFly("test", transport=script, clock=VirtualClock())
    asyncio.run(_awaited(lambda fly: apps_get.asyncio("shop", client=fly.sdk), fly))

    with pytest.raises(ConfigurationError, match=r"another one.*one client per loop.*Nothing was sent"):
        asyncio.run(_awaited(use, fly))

    assert script.sent == 1


def test_a_client_that_was_made_outside_belongs_to_the_loop_that_uses_it_first() -> None:
    fly = AsyncFly("test", transport=Script(_found()))

    async def use() -> None:
        async with fly:
            await asyncio.gather(*[apps_get.asyncio("shop", client=fly.sdk) for _ in range(3)])

    asyncio.run(use())


def test_in_another_loop_than_its_own_a_client_is_not_closed() -> None:
    script = Script(_found())
    fly = AsyncFly("test", transport=script)
    mine = asyncio.new_event_loop()
    try:
        mine.run_until_complete(apps_get.asyncio("shop", client=fly.sdk))
        with pytest.raises(ConfigurationError, match=r"await aclose\(\) there"):
            asyncio.run(fly.aclose())
        assert script.closed == []
        mine.run_until_complete(fly.aclose())
    finally:
        mine.close()

    assert script.closed == ["async"]


def test_a_client_whose_loop_has_ended_can_be_closed() -> None:
    fly = AsyncFly("test", transport=Script(_found()))
    asyncio.run(_awaited(lambda fly: apps_get.asyncio("shop", client=fly.sdk), fly))

    asyncio.run(fly.aclose())
    with pytest.raises(ConfigurationError, match="closed"):
        asyncio.run(_awaited(lambda fly: apps_get.asyncio("shop", client=fly.sdk), fly))


def test_real_connections_of_another_loop_are_not_touched() -> None:
    with FlySimulator().serve() as served:
        fly = AsyncFly("test", base_url=served.url)

        async def first() -> None:
            await fly.ensure(SHOP)
            await fly.aclose()  # or its sockets would be warned of, rightly

        asyncio.run(first())
        with pytest.raises(ConfigurationError):
            asyncio.run(_awaited(_make_volume, fly))


def test_without_asyncio_it_says_what_to_do() -> None:
    fly = AsyncFly("test", transport=Script(_found()))
    call = apps_get.asyncio("shop", client=fly.sdk)

    with pytest.raises(ConfigurationError, match=r"AsyncFly needs asyncio.*trio.*Nothing was sent"):
        call.send(None)  # as another event loop would


def test_in_trio_none_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    lowlevel = types.SimpleNamespace(current_trio_token=object)
    monkeypatch.setitem(sys.modules, "trio", types.SimpleNamespace(lowlevel=lowlevel))

    with pytest.raises(ConfigurationError, match="AsyncFly needs asyncio"):
        AsyncFly("test", transport=Script(200))
    Fly("test", transport=Script(200)).close()

    def none() -> None:
        raise RuntimeError("must be called from async context")

    lowlevel.current_trio_token = none
    AsyncFly("test", transport=Script(200))


# The end


def _use_lease(fly: Fly) -> None:
    with fly.lease(SERVER):
        pass


def _use_again(fly: Fly) -> None:
    with fly:
        pass


@pytest.mark.parametrize(
    "use",
    [
        _use_lease,
        _use_again,
        lambda fly: fly.ensure(SERVER),
        lambda fly: fly.plan(SERVER),
        lambda fly: fly.destroy(SERVER),
        lambda fly: fly.read(SERVER),
        lambda fly: fly.wait(SERVER),
        lambda fly: fly.api.apps.get("shop"),
        lambda fly: apps_get.sync("shop", client=fly.sdk),
        lambda fly: apps_get.sync("shop", client=fly.sdk.with_timeout(httpx.Timeout(5))),
    ],
)
def test_after_close_every_call_is_refused_alike(use: Callable[[Fly], object]) -> None:
    script = Script(_found())
    fly = Fly("test", transport=script)
    fly.close()

    with pytest.raises(ConfigurationError, match="This Fly is closed"):
        use(fly)
    assert script.sent == 0


@pytest.mark.parametrize("use", USES)
def test_after_aclose_every_call_is_refused_alike(use: Callable[[AsyncFly], Awaitable[object]]) -> None:
    script = Script(_found())

    async def run() -> None:
        fly = AsyncFly("test", transport=script)
        await fly.aclose()
        with pytest.raises(ConfigurationError, match="This AsyncFly is closed"):
            await use(fly)

    asyncio.run(run())
    assert script.sent == 0


def test_closing_twice_is_fine() -> None:
    script = Script(_found())
    fly = Fly("test", transport=script)

    fly.close()
    fly.close()

    assert script.closed == ["sync"]


def test_closing_leaves_no_socket_open() -> None:
    with FlySimulator().serve() as served, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with Fly("test", base_url=served.url) as fly:
            fly.ensure(SERVER)
            machines_list.sync("shop", client=fly.sdk)

        async def run() -> None:
            async with AsyncFly("test", base_url=served.url) as fly:
                await fly.ensure(SERVER)
                await machines_list.asyncio("shop", client=fly.sdk)

        asyncio.run(run())
        gc.collect()

    assert [str(each.message) for each in caught if each.category is ResourceWarning] == []


# Forked processes


def _forked(work: Callable[[], str]) -> str:
    """Return what `work` returns in a forked child."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of the server's are not the child's
        child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            os.write(writer, work().encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        text = told.read()
    os.waitpid(child, 0)
    return text


@pytest.fixture
def forkable() -> None:
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")


def _report(call: Callable[[], Any]) -> str:
    try:
        return str(call())
    except BaseException as error:  # noqa: BLE001  # the test's process is told
        return f"{type(error).__name__}: {error}"


def _ports(fly: Fly) -> set[int]:
    """Return the local ports of a client's connections."""
    pool = fly._transport._inner._inner._inner._pool  # noqa: SLF001  # nothing else shows them
    streams = [each._connection._network_stream for each in pool.connections]  # noqa: SLF001  # the same
    return {stream.get_extra_info("client_addr")[1] for stream in streams}


@pytest.mark.usefixtures("forkable")
def test_a_forked_child_makes_connections_of_its_own() -> None:
    with FlySimulator().serve() as served, Fly("test", base_url=served.url) as fly:
        fly.ensure(SHOP)
        before = _ports(fly)

        def work() -> str:
            name = apps_get.sync("shop", client=fly.sdk).name
            return f"{name} {sorted(_ports(fly) & before)}"

        assert before
        assert _forked(lambda: _report(work)) == "shop []"
        assert apps_get.sync("shop", client=fly.sdk).name == "shop"
        assert _ports(fly) <= before


@pytest.mark.usefixtures("forkable")
def test_locks_that_are_held_while_a_process_forks_are_free_in_the_child() -> None:
    with FlySimulator().serve() as served, Fly("test", base_url=served.url) as fly:
        fly.ensure(SERVER)
        transport: Any = fly._transport  # noqa: SLF001  # the locks are there
        retrying = transport._inner  # noqa: SLF001  # the same
        limited = retrying._inner  # noqa: SLF001  # the same
        pool = limited._inner._pool  # noqa: SLF001  # the same
        places = [
            (retrying._budget, "_lock"),  # noqa: SLF001  # the same
            (limited, "_lock"),
            (transport._cookies, "_lock"),  # noqa: SLF001  # the same
            (pool._optional_thread_lock, "_lock"),  # noqa: SLF001  # the same
        ]
        locks = [getattr(*place) for place in places]
        for lock in locks:
            lock.acquire()
        try:
            told = _forked(lambda: _report(lambda: fly.plan(SERVER)[SERVER].action))
        finally:
            for lock in locks:
                lock.release()

    assert told == "none"


@pytest.mark.usefixtures("forkable")
def test_a_forked_child_may_use_an_async_client_in_a_loop_of_its_own() -> None:
    with FlySimulator().serve() as served:
        fly = AsyncFly("test", base_url=served.url)

        async def ask() -> str:
            return str((await apps_get.asyncio("shop", client=fly.sdk)).name)

        async def run() -> str:
            await fly.ensure(SHOP)
            told = await asyncio.to_thread(_forked, lambda: _report(lambda: asyncio.run(ask())))
            await fly.aclose()
            return told

        assert asyncio.run(run()) == "shop"


@pytest.mark.usefixtures("forkable")
def test_the_middleware_alone_survives_a_fork_too() -> None:
    with FlySimulator().serve() as served:
        transport = RetryTransport(RateLimitTransport(httpx.HTTPTransport()))
        with httpx.Client(transport=transport, headers={"authorization": "Bearer test"}) as client:
            url = f"{served.url}/v1/apps?org_slug=personal"
            assert client.get(url).status_code == 200
            assert _forked(lambda: _report(lambda: client.get(url).status_code)) == "200"
            assert client.get(url).status_code == 200


def test_a_client_that_is_gone_is_not_remembered() -> None:
    from fly_resources._wire import transports as _transports  # noqa: PLC0415  # only here

    gc.collect()
    before = len(_transports._FORKED)  # noqa: SLF001  # nothing else shows it
    Fly("test", transport=Script(200)).close()
    gc.collect()

    assert len(_transports._FORKED) <= before  # noqa: SLF001  # the same


def test_threads_share_a_client_as_before() -> None:
    script = Script(_found())
    with Fly("test", transport=script, rate_limit=False) as fly:
        threads = [
            threading.Thread(target=apps_get.sync, args=("shop",), kwargs={"client": fly.sdk})
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert script.sent == 8


def test_what_belongs_to_the_parent_is_renewed_by_the_hook_itself() -> None:
    inner: Any = httpx.HTTPTransport()
    transport: Any = RetryTransport(inner)
    pool, budget = inner._pool, transport._budget  # noqa: SLF001  # nothing else shows them
    connections, lock = pool._connections, budget._lock  # noqa: SLF001  # the same
    transport.renew_after_fork()
    assert pool._connections is not connections  # noqa: SLF001  # the same
    assert budget._lock is not lock  # noqa: SLF001  # the same
    assert budget.spend(1)
