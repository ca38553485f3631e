"""Reads that are asked for at once: shared while none is sent, never older than the question, own errors."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines.api.apps import apps_get
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, AsyncFly, Fly
from fly_resources._engine.effects import Call, Now, Sleep
from fly_resources._engine.interrupts import in_a_hurry
from fly_resources._engine.sharing import Reads
from fly_resources.errors import NotFoundError, PermissionDeniedError
from fly_resources.testing import VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines import models

_APP = App("shop", org="personal")
#: A burst goes out at once; what comes then waits for its turn, and takes more askers meanwhile.
_BURST = 3


class Service(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """Counts as the app's machines how often somebody has written, as of when a read arrives."""

    def __init__(self, clock: VirtualClock, status: int = 200, latency: float = 0.05) -> None:
        self.clock = clock
        self.status = status
        self.latency = latency
        self.reads = 0
        self.writes = 0

    def write(self) -> int:
        self.writes += 1
        return self.writes

    def _answer(self) -> httpx.Response:
        self.reads += 1
        app = {"id": "1", "name": "shop", "machine_count": self.writes, "volume_count": 0}
        body: dict[str, Any] = {
            **app,
            "network": "default",
            "organization": {"name": "p", "slug": "personal"},
        }
        return httpx.Response(self.status, json=body if self.status < 400 else {"error": "refused by rule 7"})

    def handle_request(self, request: httpx.Request) -> httpx.Response:  # httpx's
        response = self._answer()
        self.clock.sleep(self.latency)
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:  # httpx's
        response = self._answer()
        await self.clock.sleep_async(self.latency)
        return response


def _concurrently(service: Service, work: Callable[[AsyncFly], list[Any]]) -> list[Any]:
    """Return how each of some awaitables on one client ended."""

    async def main() -> list[Any]:
        async with AsyncFly("test", transport=service, clock=service.clock, retry=False) as fly:
            return await asyncio.gather(*work(fly), return_exceptions=True)

    return asyncio.run(main())


def _on_threads(fly: Fly, service: Service, count: int) -> list[models.App | None]:
    """Read on so many threads that all begin at the same virtual moment."""
    found: list[models.App | None] = []
    threads = [threading.Thread(target=lambda: found.append(fly.read(_APP))) for _ in range(count)]
    service.clock.announce()
    for thread in threads:
        thread.start()
    while len(service.clock._asleep) < count:  # noqa: SLF001  # all of them have asked for their turn
        time.sleep(0.001)
    service.clock.finish()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("count", [1, 2, 30, 100])
def test_reads_at_once_cost_a_burst_and_one_more(count: int) -> None:
    service = Service(VirtualClock())
    found = _concurrently(service, lambda fly: [fly.read(_APP) for _ in range(count)])
    assert all(app.name == "shop" for app in found)
    assert service.reads == min(count, _BURST + 1)
    assert service.clock.now() < 2.0


@pytest.mark.parametrize("count", [1, 2, 30, 100])
def test_threads_share_as_tasks_do(count: int) -> None:
    service = Service(VirtualClock())
    with Fly("test", transport=service, clock=service.clock) as fly:
        found = _on_threads(fly, service, count)
    assert len([app for app in found if app is not None]) == count
    assert service.reads == min(count, _BURST + 1)


@given(
    st.lists(st.floats(0.0, 3.0), min_size=2, max_size=12),
    st.sampled_from([0.0, 0.05, 1.0]),
)
def test_no_answer_is_older_than_its_question(delays: list[float], latency: float) -> None:
    service = Service(VirtualClock(), latency=latency)

    async def write_and_read(fly: AsyncFly, delay: float) -> tuple[int, int]:
        await service.clock.sleep_async(delay)
        written = service.write()
        app = await fly.read(_APP)
        assert app is not None
        return written, int(app.machine_count or 0)

    seen = _concurrently(service, lambda fly: [write_and_read(fly, delay) for delay in delays])
    assert all(shown >= written for written, shown in seen)


def test_models_of_a_shared_answer_are_each_askers_own() -> None:
    service = Service(VirtualClock())
    found = _concurrently(service, lambda fly: [fly.read(_APP) for _ in range(10)])
    assert len({id(app) for app in found}) == 10


def test_each_asker_gets_an_error_of_its_own() -> None:
    service = Service(VirtualClock(), status=403)
    errors = _concurrently(service, lambda fly: [fly.read(_APP) for _ in range(30)])
    assert {type(error) for error in errors} == {PermissionDeniedError}
    assert len({id(error) for error in errors}) == 30
    assert service.reads == _BURST + 1


def test_who_is_cancelled_while_others_wait_takes_no_answer_from_them() -> None:
    service = Service(VirtualClock())

    def work(fly: AsyncFly) -> list[Any]:
        tasks = [asyncio.ensure_future(fly.read(_APP)) for _ in range(8)]

        async def cancel() -> None:
            await service.clock.sleep_async(0.5)
            tasks[_BURST].cancel()

        return [*tasks, cancel()]

    ends = _concurrently(service, work)
    assert isinstance(ends[_BURST], asyncio.CancelledError)
    assert [app.name for app in ends[:_BURST] + ends[_BURST + 1 : -1]] == ["shop"] * 7
    assert service.reads == _BURST + 1


def test_calls_of_the_sdk_are_never_shared() -> None:
    service = Service(VirtualClock())
    _concurrently(service, lambda fly: [apps_get.asyncio("shop", client=fly.sdk) for _ in range(6)])
    assert service.reads == 6


def _request() -> Call[str]:
    return Call({"method": "get", "url": "/apps/shop"}, str, shared=True)


def test_what_was_given_up_is_asked_for_again() -> None:
    reads = Reads()
    first, second = reads.ask(_request()), reads.ask(_request())
    assert isinstance(next(first), Call)
    assert isinstance(next(second), Now)
    first.close()
    assert isinstance(second.send(0.0), Call)


def test_nobody_waits_for_ever_for_another() -> None:
    reads = Reads()
    first, second = reads.ask(_request()), reads.ask(_request())
    next(first)
    next(second)
    assert isinstance(second.send(0.0), Now)
    assert isinstance(second.send(0.0), Sleep)
    assert isinstance(second.send(None), Now)
    assert isinstance(second.send(1000.0), Call)


def test_a_forked_child_does_not_wait_for_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = Reads()
    parent, beside = reads.ask(_request()), reads.ask(_request())
    assert isinstance(next(parent), Call)
    assert isinstance(next(beside), Now)
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert isinstance(next(reads.ask(_request())), Call)


def test_one_in_a_hurry_leads_nobody() -> None:
    reads = Reads()
    with in_a_hurry(5.0):
        hurried = reads.ask(_request())
        effect = next(hurried)
    assert isinstance(effect, Call)
    assert not effect.shared
    assert isinstance(next(reads.ask(_request())), Call)


def test_who_asks_after_it_was_sent_sends_another() -> None:
    reads = Reads()
    first = reads.ask(_request())
    effect = next(first)
    assert isinstance(effect, Call)
    effect.parts["extensions"]["fly_sending"]()
    assert isinstance(next(reads.ask(_request())), Call)


def test_a_failure_is_raised_by_all_and_kept_for_nobody_else() -> None:
    reads = Reads()
    first, second = reads.ask(_request()), reads.ask(_request())
    next(first)
    next(second)
    failed = _not_found()
    with pytest.raises(NotFoundError):
        first.throw(failed)
    with pytest.raises(NotFoundError) as raised:
        second.send(0.0)
    assert raised.value is not failed
    assert isinstance(next(reads.ask(_request())), Call)


def _not_found() -> NotFoundError:
    service = Service(VirtualClock(), status=404)
    errors = _concurrently(service, lambda fly: [apps_get.asyncio("shop", client=fly.sdk)])
    assert isinstance(errors[0], NotFoundError)
    return errors[0]
