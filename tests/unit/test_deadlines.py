"""The time that an answer has: each stage as a whole, and the policy's deadline over what may be repeated."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from typing import TYPE_CHECKING, Any

import httpcore
import httpx
import pytest

from fly_resources import RetryPolicy, RetryTransport
from fly_resources._wire import deadlines
from fly_resources._wire.deadlines import Deadline, guard_network
from tests.flows.pems import chain_pem, key_pem
from tests.unit.fakes import send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.unit.fakes import Mode


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time


def _deadline(clock: Hands, policy_s: float, *, firm: bool, read: float | None = 10.0) -> Deadline:
    end = clock.now() + policy_s
    timeouts = {"read": read, "write": 5.0}
    return Deadline(clock, lambda: end - clock.now(), timeouts, firm=firm)  # type: ignore[arg-type]  # only `now`


def test_sending_has_its_own_timeout_as_a_whole() -> None:
    clock = Hands()
    deadline = _deadline(clock, 300.0, firm=False)
    deadline.before_write()
    clock.time += 4.0
    deadline.before_write()
    assert deadline.left() == 1.0


def test_the_head_has_the_read_timeout_from_the_end_of_the_request() -> None:
    clock = Hands()
    deadline = _deadline(clock, 300.0, firm=False)
    deadline.before_write()
    clock.time += 4.0
    for _ in range(6):
        deadline.before_read()
        clock.time += 1.0
    assert deadline.left() == 4.0


@pytest.mark.parametrize(
    ("policy_s", "firm", "left"), [(3.0, True, -1.0), (3.0, False, 6.0), (300.0, True, 6.0)]
)
def test_the_policy_cuts_short_only_what_may_be_repeated(policy_s: float, firm: bool, left: float) -> None:  # noqa: FBT001  # from a table
    clock = Hands()
    deadline = _deadline(clock, policy_s, firm=firm)
    deadline.before_write()
    deadline.before_read()
    clock.time += 4.0
    assert deadline.left() == left


@pytest.mark.parametrize(
    ("policy_s", "firm", "left"),
    [(30.0, True, 21.0), (30.0, False, 21.0), (3.0, True, -6.0), (3.0, False, 1.0)],
)
def test_the_body_ends_with_the_policy_or_for_a_write_with_its_own_timeout(
    policy_s: float,
    firm: bool,  # noqa: FBT001  # from a table
    left: float,
) -> None:
    clock = Hands()
    deadline = _deadline(clock, policy_s, firm=firm)
    deadline.before_write()
    deadline.before_read()
    clock.time += 4.0
    deadline.head_is_here()
    clock.time += 5.0
    assert deadline.left() == left


def test_without_a_socket_the_time_counts_from_the_head() -> None:
    clock = Hands()
    deadline = _deadline(clock, 3.0, firm=False)
    clock.time += 100.0  # a turn at the rate limit
    deadline.head_is_here()
    assert deadline.left() == 10.0


def test_no_timeout_is_no_limit_but_the_policy_s() -> None:
    clock = Hands()
    firm, other = (_deadline(clock, 30.0, firm=firm, read=None) for firm in (True, False))
    for deadline in (firm, other):
        deadline.before_write()
        deadline.before_read()
    assert (firm.left(), other.left()) == (30.0, float("inf"))
    other.head_is_here()
    assert other.left() == 30.0


def test_only_a_head_has_a_size_and_each_answer_one_of_its_own() -> None:
    deadline = _deadline(Hands(), 30.0, firm=True)
    for _ in range(2):
        deadline.before_write()
        deadline.before_read()
        assert deadline.has_room_for(deadlines.MAX_HEAD)
    assert not deadline.has_room_for(1)
    deadline.head_is_here()
    assert deadline.has_room_for(2**40)


def test_a_transport_is_guarded_once() -> None:
    transport = httpx.HTTPTransport()
    pool: Any = transport._pool  # noqa: SLF001  # what is replaced
    guard_network(transport)
    once = pool._network_backend  # noqa: SLF001  # the same
    guard_network(transport)
    assert pool._network_backend is once  # noqa: SLF001  # the same
    assert once.sleep == once._inner.sleep  # noqa: SLF001  # what else it has


def test_what_httpx_and_httpcore_keep_it_under_is_what_is_replaced() -> None:
    """A version of theirs that moved it would leave answers without a deadline, and nobody would notice."""
    for transport in (
        httpx.HTTPTransport(),
        httpx.AsyncHTTPTransport(),
        httpx.HTTPTransport(proxy="http://p:1"),
    ):
        guard_network(transport)
        backend = transport._pool._network_backend  # noqa: SLF001  # their own
        assert type(backend).__module__ == deadlines.__name__
    assert isinstance(httpx.HTTPTransport()._pool, httpcore.ConnectionPool)  # noqa: SLF001  # the same


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


@contextlib.contextmanager
def _listening(server: socket.socket, *, context: ssl.SSLContext | None = None) -> Iterator[None]:
    """Answer one request after the other with a head that never ends."""

    def converse() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                if context is not None:
                    connection = context.wrap_socket(connection, server_side=True)
                with contextlib.suppress(OSError), connection:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\n")
                    while not over.wait(0.02):
                        connection.sendall(b"x: 1\r\n")

    over = threading.Event()
    thread = threading.Thread(target=converse, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def _transport(mode: Mode, **settings: Any) -> httpx.BaseTransport | httpx.AsyncBaseTransport:  # noqa: ANN401  # httpx's
    return httpx.HTTPTransport(**settings) if mode == "sync" else httpx.AsyncHTTPTransport(**settings)


def _time_out(mode: Mode, inner: httpx.BaseTransport | httpx.AsyncBaseTransport, url: str) -> None:
    transport = RetryTransport(inner, RetryPolicy(attempts=1, deadline_s=0.2))
    with pytest.raises(httpx.ReadTimeout):
        send(mode, transport, "GET", url)


@pytest.mark.block_network(allowed_hosts=["/.*/s"])  # it is no network
def test_a_unix_socket_obeys_it(mode: Mode, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        with _listening(server):
            _time_out(mode, _transport(mode, uds=str(tmp_path / "s")), "http://localhost/")


def test_tls_obeys_it(mode: Mode, tmp_path: Path) -> None:
    (tmp_path / "chain.pem").write_text(chain_pem("localhost"))
    (tmp_path / "key.pem").write_text(key_pem())
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"https://localhost:{server.getsockname()[1]}/"
        with _listening(server, context=serving):
            _time_out(mode, _transport(mode, verify=trusting), url)


def test_a_large_request_that_is_read_slowly_ends_in_time(mode: Mode) -> None:
    """Each piece that the peer takes would begin httpx's write timeout anew."""

    def sip(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        with contextlib.suppress(OSError), connection:
            while not over.wait(0.02):
                connection.recv(512)

    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        thread = threading.Thread(target=lambda: sip(server.accept()[0]), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        transport = RetryTransport(_transport(mode), RetryPolicy(attempts=1, deadline_s=0.3))
        with pytest.raises(httpx.TimeoutException):
            send(mode, transport, "GET", url, content=bytes(2**24))
        over.set()
        thread.join()


def test_outside_a_deadline_a_guarded_stream_is_as_it_was() -> None:
    transport = httpx.AsyncHTTPTransport()
    guard_network(transport)

    async def run() -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 204 No\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server, httpx.AsyncClient(transport=transport) as client:
            port = server.sockets[0].getsockname()[1]
            return (await client.get(f"http://127.0.0.1:{port}/")).status_code

    assert asyncio.run(run()) == 204
