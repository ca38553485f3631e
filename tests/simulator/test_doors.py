"""The async door, the served door, and many callers at once."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fly_resources.testing._faults import FaultKind

_URL = "https://api.machines.dev/v1"
_HEADERS = {"Authorization": "Bearer test"}


def _async_client(sim: FlySimulator) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=sim.transport(), base_url=_URL, headers=_HEADERS, timeout=70)


def test_async_clients_see_the_same_world(sim: FlySimulator, api: httpx.Client) -> None:
    async def visit() -> httpx.Response:
        async with _async_client(sim) as client:
            assert (await client.get("/apps/web")).status_code == 200
            return await client.post("/apps", json={"name": "from-async", "org_slug": "personal"})

    assert asyncio.run(visit()).status_code == 201
    assert api.get("/apps/from-async").status_code == 200


def test_async_requests_overlap_on_the_virtual_clock(clock: VirtualClock) -> None:
    sim = FlySimulator(clock=clock, latency=0.5)

    async def visit() -> list[int]:
        async with _async_client(sim) as client:

            async def get(ticket: int) -> int:
                await clock.start_async(ticket)
                try:
                    return (await client.get("/platform/regions")).status_code
                finally:
                    clock.finish()

            return await asyncio.gather(*[get(clock.announce()) for _ in range(5)])

    assert asyncio.run(visit()) == [200] * 5
    assert clock.now() == 0.5
    assert {request.at for request in sim.requests} == {0.0}


def test_async_waits_do_not_block_the_loop(clock: VirtualClock) -> None:
    sim = FlySimulator(clock=clock, timings="typical")

    async def visit() -> str:
        async with _async_client(sim) as client:
            await client.post("/apps", json={"name": "web", "org_slug": "personal"})
            body = {"name": "m", "config": {"image": "x"}}
            machine = (await client.post("/apps/web/machines", json=body)).json()["id"]
            waited = (await client.get(f"/apps/web/machines/{machine}/wait")).json()
            state: str = waited["state"]
            return state

    assert asyncio.run(visit()) == "started"
    assert clock.now() == pytest.approx(2.8)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("refuse"), httpx.ConnectError),
        (Fault("reset_after"), httpx.ReadError),
        (Fault("truncate"), httpx.RemoteProtocolError),
        (Fault("slow", seconds=100), httpx.ReadTimeout),
    ],
)
def test_async_clients_meet_faults(sim: FlySimulator, fault: Fault, error: type[Exception]) -> None:
    sim.faults.add(fault)

    async def visit() -> None:
        async with _async_client(sim) as client:
            with pytest.raises(error):
                await client.get("/platform/regions")

    asyncio.run(visit())


@pytest.fixture
def served() -> Iterator[tuple[FlySimulator, httpx.Client]]:
    sim = FlySimulator()
    with (
        sim.serve() as server,
        httpx.Client(base_url=f"{server.url}/v1", headers=_HEADERS, timeout=60) as client,
    ):
        yield sim, client


Served = tuple[FlySimulator, httpx.Client]


def test_the_served_world_is_the_same(served: Served, connected: Callable[..., httpx.Client]) -> None:
    sim, client = served
    created = client.post("/apps", json={"name": "web", "org_slug": "personal"})
    assert (created.status_code, created.http_version) == (201, "HTTP/1.1")
    with connected(sim) as inside:
        assert inside.get("/apps/web").json() == client.get("/apps/web").json()
    body = {"metadata": {"a": "b"}}
    machine = client.post("/apps/web/machines", json={"config": {"image": "x"}}).json()["id"]
    url = f"/apps/web/machines/{machine}"
    assert client.patch(f"{url}/metadata", json=body).status_code == 204
    assert client.get(f"{url}/wait").json()["state"] == "started"
    assert client.put("/apps").text == "404 page not found"
    assert client.delete("/apps/web").status_code == 202
    assert sim.requests[-1].operation == "Apps_delete"


@pytest.mark.parametrize(
    ("kind", "applied"), [("refuse", 0), ("reset_before", 0), ("reset_after", 1), ("truncate", 1)]
)
def test_served_faults_break_the_connection(served: Served, kind: FaultKind, applied: int) -> None:
    sim, client = served
    client.post("/apps", json={"name": "web", "org_slug": "personal"})
    sim.faults.add(Fault(kind))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        client.post("/apps/web/volumes", json={"name": "v", "region": "iad"})
    assert len(client.get("/apps/web/volumes").json()) == applied


def test_served_statuses_and_html(served: Served) -> None:
    sim, client = served
    sim.faults.add(Fault("status", status=599, headers={"Retry-After": "1"}))
    sim.faults.add(Fault("not_json"))
    first, second = client.get("/platform/regions"), client.get("/platform/regions")
    assert (first.status_code, first.headers["retry-after"]) == (599, "1")
    assert (second.status_code, second.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_chunked_bodies_are_read(served: Served) -> None:
    sim, client = served
    pieces = (piece for piece in (b'{"name":"web",', b'"org_slug":"personal"}'))
    assert client.post("/apps", content=pieces).status_code == 201
    assert sim.requests[0].body == b'{"name":"web","org_slug":"personal"}'
    assert client.get("/apps/web").status_code == 200


def test_the_server_ends_with_its_block_and_with_close() -> None:
    sim = FlySimulator()
    with sim.serve() as server:
        kept_alive = http.client.HTTPConnection(httpx.URL(server.url).netloc.decode(), timeout=60)
        kept_alive.request("GET", "/v1/platform/regions")
        assert kept_alive.getresponse().read()
    assert kept_alive.sock.recv(1) == b""
    kept_alive.close()
    server.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/v1/platform/regions")


def test_the_log_gets_each_request_when_it_is_over(sim: FlySimulator) -> None:
    log: list[str] = []
    with sim.serve(log=lambda request: log.append(str(request))) as server:
        httpx.get(f"{server.url}/v1/platform/regions").raise_for_status()
        httpx.get(f"{server.url}/v1/elsewhere")
        sim.faults.add(Fault("reset_after"))
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"{server.url}/v1/platform/regions")
    assert log == [
        "GET /v1/platform/regions 200 Platform_regions_get 0 ms",
        "GET /v1/elsewhere 404 no such route 0 ms",
        "GET /v1/platform/regions no answer Platform_regions_get 0 ms",
    ]


def test_a_client_that_adds_the_version_to_an_address_that_has_it_is_served(sim: FlySimulator) -> None:
    with sim.serve() as server:
        assert server.url.removeprefix("http://").partition("/")[1:] == ("", "")
        for base in (server.url, f"{server.url}/v1"):
            httpx.get(f"{base}/v1/platform/regions").raise_for_status()
    assert {each.path for each in sim.requests} == {"/v1/platform/regions"}


def _raw(served_url: str, request: bytes) -> bytes:
    port = int(served_url.split(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /v1/apps HTTP/1.1\r\ncontent-length: many\r\n\r\n", b"400"),
        (b"POST /v1/apps HTTP/1.1\r\ncontent-length: -1\r\n\r\n", b"400"),
        (b"POST /v1/apps HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", b"400"),
        (b"HEAD /v1/platform/regions HTTP/1.1\r\n\r\n", b"404"),
        (b"OPTIONS * HTTP/1.1\r\n\r\n", b"301"),
        (b"GET relative HTTP/1.1\r\n\r\n", b"301"),
    ],
)
def test_odd_requests_get_an_answer(sim: FlySimulator, request_bytes: bytes, status: bytes) -> None:
    with sim.serve() as server:
        answer = _raw(server.url, request_bytes)
    assert answer.startswith(b"HTTP/1.1 " + status)
    if request_bytes.startswith(b"HEAD"):
        assert answer.endswith(b"\r\n\r\n")


def test_a_bug_of_the_simulator_is_an_answer(sim: FlySimulator, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_command: list[str]) -> tuple[int, str, str]:
        raise ZeroDivisionError

    sim.on_exec = broken
    with sim.serve() as server, httpx.Client(base_url=f"{server.url}/v1", headers=_HEADERS) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        machine = client.post("/apps/web/machines", json={"config": {"image": "x"}}).json()["id"]
        client.get(f"/apps/web/machines/{machine}/wait")
        answer = client.post(f"/apps/web/machines/{machine}/exec", json={"command": ["true"]})
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.json()["error"]
    assert "the simulator failed at POST" in caplog.text


def test_waiting_for_a_server_ends_when_it_is_closed(sim: FlySimulator) -> None:
    server = sim.serve()
    closing = threading.Timer(0.01, server.close)
    closing.start()
    server.wait()
    closing.join()


def test_real_time_is_the_default(connected: Callable[..., httpx.Client]) -> None:
    with connected(FlySimulator()) as client:
        created = client.post("/apps", json={"name": "web", "org_slug": "personal"}).json()["created_at"]
    assert abs(created / 1000 - time.time()) < 60


def test_threads_share_one_world(sim: FlySimulator, api: httpx.Client) -> None:
    def work(number: int) -> None:
        for step in range(20):
            api.post("/apps/web/volumes", json={"name": f"v{number}-{step}", "region": "iad"})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    volumes = api.get("/apps/web/volumes").json()
    assert len({volume["id"] for volume in volumes}) == 160
    assert len(sim.requests) == 161


def test_clients_of_the_server_at_once_keep_what_is_unique_unique(sim: FlySimulator) -> None:
    statuses, versions = list[int](), list[int]()

    def work(number: int) -> None:
        with httpx.Client(base_url=f"{server.url}/v1", headers=_HEADERS) as client:
            for step in range(5):
                body = {"name": f"m{step}", "config": {"image": "x"}}
                statuses.append(client.post("/apps/web/machines", json=body).status_code)
                change = client.post("/apps/web/secrets", json={"values": {"KEY": f"{number}-{step}"}})
                versions.append(change.json()["version"])

    with sim.serve() as server:
        httpx.post(f"{server.url}/v1/apps", json={"name": "web", "org_slug": "personal"}, headers=_HEADERS)
        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        machines = httpx.get(f"{server.url}/v1/apps/web/machines", headers=_HEADERS).json()
    assert sorted(statuses) == [200] * 5 + [409] * 35
    assert sorted(machine["name"] for machine in machines) == [f"m{step}" for step in range(5)]
    assert sorted(versions) == list(range(1, 41))


def test_two_hundred_clients_that_connect_at_once_are_all_answered(sim: FlySimulator) -> None:
    """None is reset, although more wait to be accepted than a server of the standard library lets wait."""

    async def ask(address: tuple[str, int], number: int, all_there: asyncio.Event) -> list[bytes]:
        await all_there.wait()
        reader, writer = await asyncio.open_connection(*address)
        statuses = []
        for path in (f"/v1/apps/app-{number}", "/v1/apps/web"):
            writer.write(
                f"GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer test\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.lower().split(b"\r\n")
            [length] = [int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length")]
            await reader.readexactly(length)
            statuses.append(head.split()[1])
        writer.close()
        await writer.wait_closed()
        return statuses

    async def all_at_once(url: str) -> list[list[bytes]]:
        host, _, port = url.removeprefix("http://").partition(":")
        all_there = asyncio.Event()
        asked = [asyncio.create_task(ask((host, int(port)), number, all_there)) for number in range(200)]
        await asyncio.sleep(0)
        all_there.set()
        return await asyncio.wait_for(
            asyncio.gather(*asked), 20
        )  # who is not let in asks again, for a minute

    with sim.serve() as server:
        httpx.post(f"{server.url}/v1/apps", json={"name": "web", "org_slug": "personal"}, headers=_HEADERS)
        statuses = asyncio.run(all_at_once(server.url))
    assert statuses == [[b"404", b"200"]] * 200
