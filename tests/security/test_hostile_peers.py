"""Peers below HTTP: only a `FlyError` comes out, in bounded time, and no answer spoils what follows it."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines.api.apps import apps_get
from fly_machines.api.machines import machines_list, machines_update
from fly_machines.models import UpdateMachineRequest

from fly_resources import AsyncFly, Fly, RateLimit, RetryPolicy, errors
from fly_resources._wire import deadlines
from tests.security.conftest import Between
from tests.security.peers import Peer, answer, dripping

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    Act = Callable[[Any], object]

IN_TIME_S = 0.25
#: Long after that, and long before a test run gives up.
TOO_LATE_S = 30.0
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


def _call(kind: type[Fly | AsyncFly], url: str, *acts: Act, **settings: Any) -> list[object]:  # noqa: ANN401  # the client's
    """Carry out calls of the SDK one after the other; return what came of each: an answer or a `FlyError`."""
    wanted: dict[str, Any] = {
        "base_url": url,
        "retry": RetryPolicy(attempts=1, deadline_s=IN_TIME_S),
        "rate_limit": RateLimit(enabled=False),
    }
    if kind is Fly:
        with Fly("t", **wanted | settings) as fly:
            return [_caught(act, fly.sdk) for act in acts]

    async def run() -> list[object]:
        async with AsyncFly("t", **wanted | settings) as fly:
            return [await _caught_async(act, fly.sdk) for act in acts]

    return asyncio.run(run())


def _caught(act: Act, sdk: object) -> object:
    try:
        return act((sdk, "sync"))
    except errors.FlyError as error:
        return error


async def _caught_async(act: Act, sdk: object) -> object:
    try:
        made: Any = act((sdk, "asyncio"))
        return await made
    except errors.FlyError as error:
        return error


def read(place: tuple[Any, str]) -> object:
    sdk, half = place
    return getattr(apps_get, half)("web", client=sdk)


def listed(place: tuple[Any, str]) -> object:
    sdk, half = place
    return getattr(machines_list, half)("web", client=sdk)


def write(place: tuple[Any, str]) -> object:
    sdk, half = place
    body = UpdateMachineRequest.from_dict({"config": {"image": "nginx"}})
    hasty = sdk.with_timeout(httpx.Timeout(IN_TIME_S))
    return getattr(machines_update, half)("web", "m1", client=hasty, body=body)


def _informational() -> Iterator[bytes]:
    return itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")


def _headers() -> Iterator[bytes]:
    yield HEAD
    for number in itertools.count():
        yield b"x-%d: 1\r\n" % number


def _letters() -> Iterator[bytes]:
    for letter in itertools.chain(HEAD, itertools.repeat(ord("a"))):
        yield bytes([letter])


def _body() -> Iterator[bytes]:
    yield HEAD + b"content-length: 1000000\r\n\r\n"
    yield from itertools.repeat(b" ")


def _chunks() -> Iterator[bytes]:
    yield HEAD + b"transfer-encoding: chunked\r\n\r\n"
    yield from itertools.repeat(b"1\r\n \r\n")


def _trailers() -> Iterator[bytes]:
    yield HEAD + b"transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    for number in itertools.count():
        yield b"x-%d: 1\r\n" % number


DRIPS = {
    "1xx": _informational,
    "headers": _headers,
    "letters": _letters,
    "body": _body,
    "chunks": _chunks,
    "trailers": _trailers,
    "nothing": lambda: itertools.repeat(b""),
}


@pytest.mark.parametrize("act", [read, write])
@pytest.mark.parametrize("pieces", DRIPS.values(), ids=list(DRIPS))
def test_an_answer_that_drips_ends_with_its_deadline(
    kind: type[Fly | AsyncFly], pieces: Callable[[], Iterator[bytes]], act: Act
) -> None:
    with Peer(dripping(pieces, 0.02)) as peer:
        began = time.monotonic()
        [came] = _call(kind, peer.url, act)
        took = time.monotonic() - began
    assert isinstance(came, errors.OutcomeUnknownError), came
    assert took < TOO_LATE_S
    assert len(peer.heads) == 1


def test_attempts_share_one_deadline(kind: type[Fly | AsyncFly]) -> None:
    policy = RetryPolicy(attempts=50, deadline_s=IN_TIME_S, base_s=0.01, cap_s=0.01)
    with Peer(dripping(_headers, 0.05)) as peer:
        began = time.monotonic()
        [came] = _call(kind, peer.url, read, retry=policy)
        took = time.monotonic() - began
    assert isinstance(came, errors.OutcomeUnknownError)
    assert took < TOO_LATE_S


def test_a_transport_inside_another_obeys_the_deadline_too(kind: type[Fly | AsyncFly]) -> None:
    inner = httpx.HTTPTransport() if kind is Fly else httpx.AsyncHTTPTransport()
    with Peer(dripping(_headers, 0.05)) as peer:
        began = time.monotonic()
        [came] = _call(kind, peer.url, read, transport=Between(inner))
        took = time.monotonic() - began
    assert isinstance(came, errors.OutcomeUnknownError)
    assert took < TOO_LATE_S


def test_a_slow_answer_that_arrives_in_time_counts(kind: type[Fly | AsyncFly]) -> None:
    whole = answer(b'{"name": "web"}')
    pieces = [whole[at : at + 20] for at in range(0, len(whole), 20)]
    with Peer(dripping(lambda: iter(pieces), 0.02)) as peer:
        [came] = _call(kind, peer.url, read, retry=RetryPolicy(attempts=1, deadline_s=TOO_LATE_S))
    assert getattr(came, "name", came) == "web"


def test_a_timeout_of_one_request_is_no_business_of_the_next_on_its_connection(
    kind: type[Fly | AsyncFly],
) -> None:
    def talk(connection: socket.socket, head: bytes) -> None:
        connection.sendall(answer(b'{"name": "web"}'))

    def late(place: tuple[Any, str]) -> object:
        time.sleep(0.1)
        return read(place)

    with Peer(talk) as peer:
        calls = _call(kind, peer.url, *[late] * 4)
    assert [getattr(came, "name", came) for came in calls] == ["web"] * 4


def test_a_flood_of_heads_ends_by_its_size(kind: type[Fly | AsyncFly]) -> None:
    sent = 0

    def flood(connection: socket.socket, head: bytes) -> None:
        nonlocal sent
        while True:
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)
            sent += 1

    with Peer(flood) as peer:
        [came] = _call(kind, peer.url, read, retry=RetryPolicy(attempts=1))
    assert isinstance(came, errors.OutcomeUnknownError)
    assert f"more than {deadlines.MAX_HEAD // 2**10} KiB" in str(came)


def test_a_head_as_large_as_the_limit_allows_is_read(kind: type[Fly | AsyncFly]) -> None:
    lines = [b"x-%d: %s" % (number, b"a" * 1000) for number in range(90)]
    with Peer(lambda connection, _: connection.sendall(answer(b'{"name": "web"}', 200, *lines))) as peer:
        [came] = _call(kind, peer.url, read)
    assert getattr(came, "name", came) == "web"


#: Whole answers that no client can take at their word.
ODD_ANSWERS = {
    "a length beyond all memory": HEAD + b"content-length: %d\r\n\r\n{}" % 10**18,
    "a length of 5,000 digits": HEAD + b"content-length: " + b"9" * 5000 + b"\r\n\r\n{}",
    "a negative length": HEAD + b"content-length: -1\r\n\r\n{}",
    "two lengths": HEAD + b"content-length: 2\r\ncontent-length: 3\r\n\r\n{}",
    "no number": HEAD + b"content-length: many\r\n\r\n{}",
    "a chunk beyond all memory": HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"f" * 18 + b"\r\n{}",
    "a chunk of 5,000 digits": HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"f" * 5000 + b"\r\n{}",
    "an unknown transfer": HEAD + b"transfer-encoding: gzip\r\n\r\n{}",
    "a status of nothing": b"HTTP/1.1 000 \r\n\r\n",
    "a status of many digits": b"HTTP/1.1 99999 No\r\n\r\n",
    "a version of its own": b"HTTP/9.9 200 OK\r\n\r\n",
    "no HTTP": b"\x00\xff\xfe not http at all\r\n\r\n",
    "a protocol switch": b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    "a null in a header": HEAD + b"x: a\x00b\r\ncontent-length: 2\r\n\r\n{}",
    "a header without a name": HEAD + b": a\r\ncontent-length: 2\r\n\r\n{}",
    "a folded header": HEAD + b"x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}",
    "many headers": HEAD + b"x: a\r\n" * 30_000 + b"\r\n",
    "one long header": HEAD + b"x: " + b"a" * 2**18 + b"\r\n\r\n",
    "deep nesting": answer(b"[" * 200_000),
    "deep nesting that ends": answer(b'{"a":' * 50_000 + b"1" + b"}" * 50_000),
    "deep nesting of a failure": answer(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 422),
    "a number of 5,000 digits": answer(b'{"name": ' + b"9" * 5000 + b"}"),
    "half a pair": answer(b'{"name": "\\ud800", "error": "\\udfff"}'),
    "no text": answer(b"\xff\xfe\x00"),
    "an unknown charset": answer(b"{}").replace(b"application/json", b"application/json; charset=klingon"),
    "bytes in the request id": answer(b"{}", 500, b"fly-request-id: \xff\xfe\x1b[2J"),
    "an absurd pause": answer(b"{}", 429, b"retry-after: " + b"9" * 4000),
    "an absurd date": answer(b"{}", 503, b"retry-after: Fri, 99 Foo 99999999999 99:99:99 GMT"),
}


@pytest.mark.parametrize("sent", ODD_ANSWERS.values(), ids=list(ODD_ANSWERS))
def test_an_odd_answer_is_a_fly_error_or_an_answer(kind: type[Fly | AsyncFly], sent: bytes) -> None:
    def talk(connection: socket.socket, head: bytes) -> None:
        connection.sendall(sent)
        connection.close()

    with Peer(talk) as peer:
        began = time.monotonic()
        for act in (read, listed, write):
            [came] = _call(kind, peer.url, act)  # anything but a FlyError comes through
            assert not isinstance(came, errors.FlyError) or str(came)
        took = time.monotonic() - began
    assert took < TOO_LATE_S


#: What a service may set, none of which may stop a request.
ODD_COOKIES = {
    "beyond ASCII": [b"a=\xff\xfe"],
    "control characters": [b"a=\x01\x02"],
    "an affinity with a control character": [b"fly_flaps_affinity=\x07; Path=/v1/apps/web"],
    "an affinity beyond ASCII": [b"fly_flaps_affinity=\xc3\xa4; Path=/v1/apps/web"],
    "an affinity that is too long": [b"fly_flaps_affinity=" + b"a" * 5000 + b"; Path=/v1/apps/web"],
    "too many": [b"c%d=%s" % (number, b"a" * 400) for number in range(200)],
    "a few thousand dates": [b"a=b; Expires=" + b"1 " * 20_000],
    "no name": [b"=; Path=/", b";;;", b"="],
    "for everything": [b"session=1; Domain=127.0.0.1; Path=/"],
}


@pytest.mark.parametrize("cookies", ODD_COOKIES.values(), ids=list(ODD_COOKIES))
def test_no_cookie_stops_what_follows(kind: type[Fly | AsyncFly], cookies: list[bytes]) -> None:
    lines = [b"set-cookie: " + cookie for cookie in cookies]
    with Peer(lambda connection, _: connection.sendall(answer(b'{"name": "web"}', 200, *lines))) as peer:
        came = _call(kind, peer.url, read, read)
    assert [getattr(each, "name", each) for each in came] == ["web", "web"]
    assert all(b"cookie:" not in head.lower() for head in peer.heads)


def test_the_cookie_that_leads_to_an_app_goes_to_that_app_only(kind: type[Fly | AsyncFly]) -> None:
    cookie = b"set-cookie: fly_flaps_affinity=3d8e.a-b_c=; Path=/v1/apps/web; Max-Age=60; HttpOnly"
    with Peer(lambda connection, _: connection.sendall(answer(b'{"name": "web"}', 200, cookie))) as peer:
        _call(kind, peer.url, read, read, lambda place: getattr(apps_get, place[1])("web-2", client=place[0]))
    assert [b"\r\ncookie: fly_flaps_affinity=3d8e.a-b_c=" in head.lower() for head in peer.heads] == [
        False,
        True,
        False,
    ]


def test_cookies_are_kept_for_so_many_apps_only(kind: type[Fly | AsyncFly]) -> None:
    def talk(connection: socket.socket, head: bytes) -> None:
        app = head.split()[1].rpartition(b"/")[2]
        connection.sendall(
            answer(
                b'{"name": "web"}', 200, b"set-cookie: fly_flaps_affinity=%s; Path=/v1/apps/%s" % (app, app)
            )
        )

    def get(name: str) -> Act:
        return lambda place: getattr(apps_get, place[1])(name, client=place[0])

    with Peer(talk) as peer:
        names = [f"app-{number}" for number in range(300)]
        _call(kind, peer.url, *map(get, [*names, "app-0", "app-299"]))
    assert [b"cookie:" in head.lower() for head in peer.heads[-2:]] == [False, True]


class _Bomb:
    """A decoder that nobody may call."""

    def decode(self, data: bytes) -> bytes:
        pytest.fail("it was unpacked")

    def flush(self) -> bytes:
        pytest.fail("it was unpacked")


CODINGS = [b"br", b"zstd", b"deflate", b"x-unknown", b"gzip, gzip", b"gzip, br"]


@pytest.fixture
def packers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let httpx have found the packages for other codings."""
    for coding in ("br", "zstd", "deflate"):
        monkeypatch.setitem(httpx._decoders.SUPPORTED_DECODERS, coding, _Bomb)  # noqa: SLF001  # as if installed


@pytest.mark.usefixtures("packers")
@pytest.mark.parametrize("coding", CODINGS)
def test_a_coding_that_was_not_asked_for_is_not_unpacked(kind: type[Fly | AsyncFly], coding: bytes) -> None:
    whole = answer(b"\x00packed", 200, b"content-encoding: " + coding)
    with Peer(lambda connection, _: connection.sendall(whole)) as peer:
        came = _call(kind, peer.url, read, write)
    assert all(b"\r\naccept-encoding: gzip\r\n" in head.lower() for head in peer.heads)
    assert [type(each) for each in came] == [errors.OutcomeUnknownError] * 2, came


@pytest.mark.usefixtures("packers")
@pytest.mark.parametrize("coding", CODINGS)
def test_a_failure_in_such_a_coding_keeps_its_status(kind: type[Fly | AsyncFly], coding: bytes) -> None:
    whole = answer(b"\x00packed", 404, b"content-encoding: " + coding)
    with Peer(lambda connection, _: connection.sendall(whole)) as peer:
        [came] = _call(kind, peer.url, read)
    assert isinstance(came, errors.NotFoundError)


def test_a_header_of_ones_own_widens_nothing(kind: type[Fly | AsyncFly]) -> None:
    def wide(place: tuple[Any, str]) -> object:
        sdk, half = place
        return getattr(apps_get, half)("web", client=sdk.with_headers({"Accept-Encoding": "br, zstd"}))

    def plain(place: tuple[Any, str]) -> object:
        sdk, half = place
        return getattr(apps_get, half)("web", client=sdk.with_headers({"Accept-Encoding": "identity"}))

    whole = answer(json.dumps({"name": "web"}).encode())
    with Peer(lambda connection, _: connection.sendall(whole)) as peer:
        _call(kind, peer.url, wide, plain)
    accepted = [head.lower().partition(b"accept-encoding: ")[2].partition(b"\r")[0] for head in peer.heads]
    assert accepted == [b"gzip", b"identity"]
