"""Streamed answers pass as they arrive; all others are read whole, with the repeats that they may need."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources import AsyncFly, Fly, RateLimitTransport, RetryTransport
from fly_resources.errors import NotFoundError, OutcomeUnknownError
from fly_resources.testing import VirtualClock
from tests.unit.fakes import BASE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

LOGS = "/apps/shop/logs"


class Lines(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Lines, one after the other; it counts those that were asked for."""

    def __init__(self, count: int | None = None, error: Exception | None = None) -> None:
        self._count = count
        self._error = error
        self.asked = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        while self.asked != self._count:
            self.asked += 1
            yield b'{"line": %d}\n' % self.asked
        if self._error is not None:
            raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for line in self:
            await asyncio.sleep(0)
            yield line

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


class Answers(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers with each in turn, the last one for ever."""

    def __init__(self, *answers: Lines | httpx.Response) -> None:
        self._answers = answers
        self.sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        answer = self._answers[min(self.sent, len(self._answers)) - 1]
        return httpx.Response(200, stream=answer) if isinstance(answer, Lines) else answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def _wrap(*answers: Lines | httpx.Response) -> tuple[RetryTransport, Answers]:
    inner, clock = Answers(*answers), VirtualClock()
    return RetryTransport(RateLimitTransport(inner, clock=clock), clock=clock), inner


def test_a_stream_without_end_yields_at_once() -> None:
    lines = Lines()
    transport, _ = _wrap(lines)
    with httpx.Client(transport=transport, base_url=BASE) as client, client.stream("GET", LOGS) as response:
        parts = response.iter_lines()
        assert [next(parts), next(parts)] == ['{"line": 1}', '{"line": 2}']
        assert response.extensions["fly_attempts"] == 1

    assert lines.asked <= 3
    assert lines.closed


def test_a_stream_without_end_yields_at_once_awaited() -> None:
    lines = Lines()
    transport, _ = _wrap(lines)

    async def run() -> list[str]:
        async with (
            httpx.AsyncClient(transport=transport, base_url=BASE) as client,
            client.stream("GET", LOGS) as response,
        ):
            parts = response.aiter_lines()
            return [await anext(parts), await anext(parts)]

    assert asyncio.run(run()) == ['{"line": 1}', '{"line": 2}']
    assert lines.asked <= 3
    assert lines.closed


def test_the_head_of_a_stream_is_asked_for_again() -> None:
    transport, inner = _wrap(httpx.Response(503), httpx.Response(429), Lines(2))
    with httpx.Client(transport=transport, base_url=BASE) as client, client.stream("GET", LOGS) as response:
        assert response.status_code == 200
        assert len(list(response.iter_lines())) == 2
        assert response.extensions["fly_attempts"] == 3

    assert inner.sent == 3


def test_the_failure_of_a_stream_can_be_read() -> None:
    transport, _ = _wrap(httpx.Response(404, json={"error": "no"}))
    with httpx.Client(transport=transport, base_url=BASE) as client, client.stream("GET", LOGS) as response:
        assert response.status_code == 404
        assert json.loads(response.read()) == {"error": "no"}


def test_a_body_that_breaks_off_for_an_iterating_reader_is_not_asked_for_again() -> None:
    transport, inner = _wrap(Lines(1, httpx.ReadError("gone")), Lines(2))
    with httpx.Client(transport=transport, base_url=BASE) as client, client.stream("GET", LOGS) as response:
        parts = response.iter_lines()
        next(parts)
        with pytest.raises(httpx.ReadError):
            next(parts)

    assert inner.sent == 1


@pytest.mark.parametrize("streaming", [False, True])
def test_a_body_that_breaks_off_for_one_who_reads_it_whole_is_asked_for_again(*, streaming: bool) -> None:
    transport, inner = _wrap(Lines(1, httpx.ReadError("gone")), httpx.Response(503), Lines(2))
    with httpx.Client(transport=transport, base_url=BASE) as client:
        if streaming:
            with client.stream("GET", LOGS) as response:
                response.read()
        else:
            response = client.get(LOGS)

    assert response.text.count("\n") == 2
    assert response.extensions["fly_attempts"] == inner.sent == 3
    assert response.elapsed is not None


def test_a_body_that_breaks_off_is_asked_for_again_awaited() -> None:
    transport, inner = _wrap(Lines(1, httpx.ReadError("gone")), Lines(2))

    async def run() -> str:
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return (await client.get(LOGS)).text

    assert asyncio.run(run()).count("\n") == 2
    assert inner.sent == 2


def test_what_fails_in_the_end_has_its_status() -> None:
    transport, inner = _wrap(Lines(1, httpx.ReadError("gone")), httpx.Response(404, json={"error": "no"}))
    with httpx.Client(transport=transport, base_url=BASE) as client:
        response = client.get(LOGS)

    assert (response.status_code, response.json(), inner.sent) == (404, {"error": "no"}, 2)


def test_a_write_whose_answer_breaks_off_is_sent_once() -> None:
    transport, inner = _wrap(Lines(1, httpx.ReadError("gone")), Lines(2))
    with httpx.Client(transport=transport, base_url=BASE) as client, pytest.raises(httpx.ReadError):
        client.post("/apps/shop/volumes", json={})

    assert inner.sent == 1


def test_the_client_of_the_sdk_streams() -> None:
    lines = Lines()
    with (
        Fly("test", transport=Answers(lines), clock=VirtualClock()) as fly,
        fly.sdk.get_httpx_client().stream("GET", LOGS) as response,
    ):
        assert next(response.iter_lines()) == '{"line": 1}'

    assert lines.asked <= 2
    assert lines.closed


def test_the_async_client_of_the_sdk_streams() -> None:
    async def run() -> str:
        async with (
            AsyncFly("test", transport=Answers(Lines()), clock=VirtualClock()) as fly,
            fly.sdk.get_async_httpx_client().stream("GET", LOGS) as response,
        ):
            return await anext(response.aiter_lines())

    assert asyncio.run(run()) == '{"line": 1}'


def test_a_stream_of_the_sdk_that_fails_is_a_fly_error() -> None:
    clock = VirtualClock()
    http = Fly("test", transport=Answers(httpx.Response(404, json={"error": "no"})), clock=clock).sdk
    with pytest.raises(NotFoundError), http.get_httpx_client().stream("GET", LOGS):
        pass

    broken = Answers(Lines(1, RuntimeError("gone")))
    with (
        Fly("test", transport=broken, clock=clock) as fly,
        fly.sdk.get_httpx_client().stream("GET", LOGS) as response,
        pytest.raises(OutcomeUnknownError, match="RuntimeError: gone"),
    ):
        list(response.iter_lines())

    async def run() -> None:
        async with (
            AsyncFly("test", transport=broken, clock=clock) as fly,
            fly.sdk.get_async_httpx_client().stream("GET", LOGS) as response,
        ):
            with pytest.raises(OutcomeUnknownError, match="gone"):
                [line async for line in response.aiter_lines()]

    asyncio.run(run())
