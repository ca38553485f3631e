"""The simulator as a server: whatever a client sends, it answers in a line, and goes on."""

from __future__ import annotations

import concurrent.futures
import contextlib
import json
import socket
import struct
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources.testing._server import SimulatorServer

MANY = 250
REGIONS = b"GET /v1/platform/regions HTTP/1.1\r\n"


@pytest.fixture
def server() -> Iterator[SimulatorServer]:
    with FlySimulator().serve() as running:
        yield running


@pytest.fixture(autouse=True)
def silent(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Hold that nothing is printed: no traceback, whatever the client does."""
    yield
    assert capfd.readouterr().err == ""
    assert caplog.text == ""


def _exchange(server: SimulatorServer, request: bytes) -> bytes:
    """Send bytes over a connection of their own; return all that comes back."""
    with _connect(server) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def _connect(server: SimulatorServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 0), timeout=10)


def _status(answer: bytes) -> int:
    return int(answer.split()[1])


def test_many_clients_at_once_are_all_answered(server: SimulatorServer) -> None:
    request = REGIONS + b"host: localhost\r\nconnection: close\r\n\r\n"
    with concurrent.futures.ThreadPoolExecutor(MANY) as pool:
        statuses = list(pool.map(lambda _: _status(_exchange(server, request)), range(MANY)))
    assert statuses == [200] * MANY


def test_as_many_may_wait_to_be_accepted(server: SimulatorServer) -> None:
    server._listener.shutdown()  # noqa: SLF001  # nobody accepts any more
    with contextlib.ExitStack() as waiting:
        connections = [waiting.enter_context(_connect(server)) for _ in range(MANY)]
        assert len(connections) == MANY


DEEP = {
    "lists": b"[" * 200_000,
    "lists that end": b"[" * 900 + b"]" * 900,
    "objects": b'{"a":' * 200_000,
    "objects that end": b'{"app_name":' * 300 + b"1" + b"}" * 300,
    "in a field": b'{"app_name": "x", "org_slug": ' + b"[" * 150 + b"]" * 150 + b"}",
}


@pytest.mark.parametrize("body", DEEP.values(), ids=list(DEEP))
@pytest.mark.parametrize("limited", [False, True])
def test_deep_json_is_a_bad_request(body: bytes, limited: bool) -> None:  # noqa: FBT001  # from a table
    sim = FlySimulator(clock=VirtualClock(), rate_limits=limited)
    settings = {"headers": {"Authorization": "Bearer t"}, "base_url": "https://api.machines.dev/v1"}
    with httpx.Client(transport=sim.transport(), **settings) as client:  # type: ignore[arg-type]  # plain texts
        answer = client.post("/apps", content=body)
    assert answer.status_code == 400
    with sim.serve() as server:
        served = httpx.post(f"{server.url}/v1/apps", content=body, headers={"Authorization": "Bearer t"})
    assert (served.status_code, served.json()) == (400, answer.json())


def test_a_machine_s_config_may_be_as_deep_as_the_api_describes(server: SimulatorServer) -> None:
    deep: object = "x"
    for _ in range(60):
        deep = {"a": [deep]} if isinstance(deep, str) else [deep]
    with httpx.Client(base_url=f"{server.url}/v1", headers={"Authorization": "Bearer t"}) as client:
        client.post("/apps", json={"app_name": "web", "org_slug": "personal"}).raise_for_status()
        body = {"config": {"image": "x", "unheard_of": deep}}
        assert client.post("/apps/web/machines", json=body).status_code < 500


POST = b"POST /v1/apps HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer t\r\n"
LENGTHS = {
    "a length beyond all memory": (b"content-length: %d\r\n\r\n{}" % 10**18, 413),
    "just too much": (b"content-length: %d\r\n\r\n" % (16 * 2**20 + 1), 413),
    "a length of 5,000 digits": (b"content-length: " + b"9" * 5000 + b"\r\n\r\n{}", 400),
    "no number": (b"content-length: 0x10\r\n\r\n{}", 400),
    "a sign": (b"content-length: +2\r\n\r\n{}", 400),
    "two lengths": (b"content-length: 2\r\ncontent-length: 3\r\n\r\n{}", 400),
    "a length that is not kept": (b"content-length: 2000\r\n\r\n{}", 400),
    "a chunk beyond all memory": (b"transfer-encoding: chunked\r\n\r\n" + b"f" * 15 + b"\r\n{}", 413),
    "a chunk of 5,000 digits": (b"transfer-encoding: chunked\r\n\r\n" + b"f" * 5000 + b"\r\n{}", 400),
    "a negative chunk": (b"transfer-encoding: chunked\r\n\r\n-5\r\n{}\r\n", 400),
    "chunks that add up": (
        b"transfer-encoding: chunked\r\n\r\n" + (b"100000\r\n" + b" " * 2**20 + b"\r\n") * 17,
        413,
    ),
    "trailers without end": (b"transfer-encoding: chunked\r\n\r\n0\r\n" + b"a: b\r\n" * 10_000, 400),
    "another coding": (b"transfer-encoding: gzip\r\n\r\n{}", 400),
}


@pytest.mark.parametrize(("rest", "status"), LENGTHS.values(), ids=list(LENGTHS))
def test_an_absurd_length_is_refused_at_once(server: SimulatorServer, rest: bytes, status: int) -> None:
    began = time.monotonic()
    answer = _exchange(server, POST + rest)
    assert _status(answer) == status
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/json" in head.lower()
    assert json.loads(body)["error"]
    assert time.monotonic() - began < 30.0
    assert _status(_exchange(server, REGIONS + b"host: localhost\r\nconnection: close\r\n\r\n")) == 200


HOSTS = {
    b"localhost": 200,
    b"localhost:4280": 200,
    b"LOCALHOST": 200,
    b"localhost.": 200,
    b"127.0.0.1:80": 200,
    b"127.1.2.3": 200,
    b"[::1]": 200,
    b"[::1]:4280": 200,
    b"evil.example": 403,
    b"evil.example:4280": 403,
    b"localhost.evil.example": 403,
    b"127.0.0.1.evil.example": 403,
    b"0.0.0.0": 403,
    b"10.0.0.1": 403,
    b"[fdaa::1]": 403,
    b"": 403,
    b"\xff": 403,
}


@pytest.mark.parametrize(("host", "status"), HOSTS.items(), ids=map(repr, HOSTS))
def test_only_loopback_names_are_answered(server: SimulatorServer, host: bytes, status: int) -> None:
    request = REGIONS + b"host: " + host + b"\r\nconnection: close\r\n\r\n"
    assert _status(_exchange(server, request)) == status


def test_no_second_host_is_let_in(server: SimulatorServer) -> None:
    request = REGIONS + b"host: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n"
    assert _status(_exchange(server, request)) == 403


@pytest.mark.parametrize(
    "request_bytes",
    [b"", b"G", REGIONS, POST + b"content-length: 100\r\n\r\n{", REGIONS + b"host: localhost\r\n\r\n"],
)
def test_a_client_that_goes_away_leaves_no_trace(server: SimulatorServer, request_bytes: bytes) -> None:
    for _ in range(5):
        with _connect(server) as connection:
            connection.sendall(request_bytes)
            # a reset, as soon as it is closed
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert _status(_exchange(server, REGIONS + b"host: localhost\r\nconnection: close\r\n\r\n")) == 200
