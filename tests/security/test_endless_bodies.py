"""A body without end is not read without end; memory stays bounded, whatever is compressed in it."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources import RetryPolicy, RetryTransport, errors
from fly_resources._wire import bodies
from fly_resources.testing import VirtualClock
from tests.unit.fakes import Script, send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.unit.fakes import Mode

ROUTE = "/apps/web/machines"
_CHUNK = b" " * 2**16


class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Goes on for ever; counts what was taken from it."""

    def __init__(self, chunk: bytes = _CHUNK, begin: bytes = b"", most: int = 2**40) -> None:
        self._begin = begin
        self._chunk = chunk
        self._most = most
        self.taken = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield self._begin
        while self.taken < self._most:
            self.taken += len(self._chunk)
            yield self._chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


class Service(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers everything with one stream."""

    def __init__(self, status: int, body: Endless, headers: dict[str, str] | None = None) -> None:
        self._status = status
        self._body = body
        self._headers = headers
        self.requests = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return httpx.Response(self._status, headers=self._headers, stream=self._body)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


def _send(mode: Mode, service: Service) -> httpx.Response:
    transport = RetryTransport(service, RetryPolicy(attempts=3), clock=VirtualClock())
    return send(mode, transport, "GET", ROUTE)


def test_a_success_without_end_is_a_decode_error(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MAX_BODY", 2**20)
    body = Endless()
    service = Service(200, body)
    with pytest.raises(errors.DecodeError, match="more than 1 MiB") as caught:
        _send(mode, service)
    assert body.taken <= 2**20 + len(_CHUNK)
    assert body.closed
    assert service.requests == 1  # it would be no shorter a second time
    assert (caught.value.route, caught.value.status) == ("/apps/{app_name}/machines", 200)


def test_the_limit_is_the_documented_one() -> None:
    assert (bodies.MAX_BODY, bodies.MAX_FAILED) == (64 * 2**20, 2**20)


def test_of_a_failure_without_end_the_beginning_is_kept(mode: Mode) -> None:
    body = Endless(begin=b'{"error": "it broke')
    service = Service(500, body)
    answer = _send(mode, service)
    assert len(answer.content) == bodies.MAX_FAILED
    assert answer.content.startswith(b'{"error": "it broke')
    assert service.requests == 3  # it is retried as any other
    assert body.taken <= 3 * (bodies.MAX_FAILED + len(_CHUNK))


def _packed(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(bytes(size)) + packer.flush()


def test_a_small_body_that_unpacks_to_a_large_one_is_refused(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MAX_BODY", 2**22)
    packed = _packed(2**23)
    assert len(packed) < 2**14
    service = Service(200, Endless(b"", begin=packed, most=0), {"content-encoding": "gzip"})
    with pytest.raises(errors.DecodeError, match="4 MiB"):
        _send(mode, service)


def test_of_a_failure_that_unpacks_to_a_large_one_the_beginning_is_kept(mode: Mode) -> None:
    service = Service(404, Endless(b"", begin=_packed(2**23), most=0), {"content-encoding": "gzip"})
    assert len(_send(mode, service).content) == bodies.MAX_FAILED


@pytest.mark.parametrize("accepted", ["gzip, deflate, br, zstd", "*", "identity", "gzip"])
def test_nothing_else_is_asked_for_with_a_client_of_ones_own(accepted: str) -> None:
    script = Script(200)
    with httpx.Client(transport=RetryTransport(script), headers={"accept-encoding": accepted}) as client:
        client.get("https://api.machines.dev/v1/apps/web")
    [request] = script.requests
    assert request.headers["accept-encoding"] == ("identity" if accepted == "identity" else "gzip")


def test_a_body_packed_twice_is_not_unpacked(mode: Mode) -> None:
    twice = gzip.compress(gzip.compress(bytes(2**24)))
    assert len(twice) < 2**10
    service = Service(200, Endless(b"", begin=twice, most=0), {"content-encoding": "gzip, gzip"})
    with pytest.raises(httpx.DecodingError, match="more than once"):
        _send(mode, service)


def test_a_packed_body_arrives_unpacked(mode: Mode) -> None:
    service = Service(
        200,
        Endless(b"", begin=gzip.compress(b"[1]"), most=0),
        {"content-encoding": "gzip", "x-other": "kept"},
    )
    answer = _send(mode, service)
    assert answer.json() == [1]
    assert answer.headers["x-other"] == "kept"
    assert answer.headers["content-length"] == "3"
    assert "content-encoding" not in answer.headers
    assert answer.extensions["fly_attempts"] == 1


@pytest.mark.parametrize("coding", ["br", "gzip", "gzip, br", "x"])
@pytest.mark.parametrize("status", [200, 204, 304, 404])
def test_where_there_is_no_body_its_coding_does_not_matter(mode: Mode, coding: str, status: int) -> None:
    service = Service(status, Endless(b"", most=0), {"content-encoding": coding})
    assert _send(mode, service).content == b""


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b'{"a": 1}')[:-9], b"\x1f\x8bnothing", b"{}"],
    ids=["cut", "no gzip", "plain"],  # the first holds the time
)
def test_a_success_that_breaks_its_coding_is_a_lost_answer(mode: Mode, packed: bytes) -> None:
    service = Service(200, Endless(b"", begin=packed, most=0), {"content-encoding": "gzip"})
    with pytest.raises(httpx.DecodingError, match="gzip"):
        _send(mode, service)
    assert service.requests == 3


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b'{"error": "no"}')[:-9], b"\x1f\x8bnothing", b"{}"],
    ids=["cut", "no gzip", "plain"],  # the first holds the time
)
def test_a_failure_that_breaks_its_coding_keeps_its_status(mode: Mode, packed: bytes) -> None:
    answer = _send(mode, Service(404, Endless(b"", begin=packed, most=0), {"content-encoding": "gzip"}))
    assert answer.status_code == 404


def test_what_follows_the_end_of_a_packed_body_is_not_read(mode: Mode) -> None:
    body = Endless(b"x" * 2**16, begin=gzip.compress(b"[1]"))
    answer = _send(mode, Service(200, body, {"content-encoding": "GZIP"}))
    assert answer.content == b"[1]"
    assert body.taken == 0


def test_a_body_in_many_small_parts_is_put_together(mode: Mode) -> None:
    answer = _send(mode, Service(200, Endless(b"1", begin=b"", most=5000)))
    assert answer.content == b"1" * 5000


def test_a_success_of_more_values_than_any_list_has_is_not_parsed(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MAX_FAILED", 100)
    monkeypatch.setattr(bodies, "MAX_VALUES", 1000)
    small, large = (b"[" + b"{}," * number + b"{}]" for number in (400, 600))
    assert _send(mode, Service(200, Endless(b"", begin=small, most=0))).content == small
    with pytest.raises(errors.DecodeError, match="more than 1,000 values"):
        _send(mode, Service(200, Endless(b"", begin=large, most=0)))


class InMemory(Service):
    """Hands bodies over whole, as test doubles do."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return httpx.Response(self._status, content=b"".join(self._body))


def test_a_large_body_that_is_in_memory_already_has_the_same_limits(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MAX_BODY", 2**22)
    fits = InMemory(200, Endless(b" " * 2**16, most=2**21))
    assert len(_send(mode, fits).content) == 2**21
    with pytest.raises(errors.DecodeError, match="more than 4 MiB"):
        _send(mode, InMemory(200, Endless(b" " * 2**16, most=2**23)))
    assert len(_send(mode, InMemory(404, Endless(b" " * 2**16, most=2**21))).content) == bodies.MAX_FAILED
