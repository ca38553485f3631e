"""A hundred calls at once through one awaited client: `python -m scripts.tools.benchmarks.at_once KIND URL`.

KIND is ours or plain. Prints the seconds of CPU that a call takes: the median of some rounds on warm
connections.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import httpx
from fly_machines.api.machines import machines_get

from fly_resources import AsyncFly
from scripts.tools.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

_WIDTH = 100
_ROUNDS = 5
#: Seconds that the server takes to answer: all requests are under way before the first answer.
_LATENCY_S = 0.05
_PATH = "/apps/web/machines/d71037b83e90ec"


def measure(body: bytes) -> list[Figure]:
    """Time `AsyncFly` against plain httpx with one pool, each in processes of its own, in turns."""
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    with _serving(body) as url:
        for kind in ["ours", "plain"] * 3:
            command = [sys.executable, "-m", "scripts.tools.benchmarks.at_once", kind, url]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            taken[kind].append(float(done.stdout))
    ours, plain = (statistics.median(taken[kind]) for kind in ("ours", "plain"))
    why = "CPU of AsyncFly at 100 calls at once / plain httpx on one pool"
    return [Figure("async100.ratio", ours / plain, 0.3, why), Figure("async100.ms", ours * 1e3, 4.0)]


@contextlib.contextmanager
def _serving(body: bytes) -> Generator[str]:
    """Answer every request with the same body, from a thread of this process."""
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    answer = head.encode() + body
    loop = asyncio.new_event_loop()

    class Answering(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self._transport = transport

        def data_received(self, data: bytes) -> None:
            for _ in range(data.count(b"\r\n\r\n")):
                loop.call_later(_LATENCY_S, self._transport.write, answer)  # type: ignore[attr-defined]  # it can

    server = loop.run_until_complete(loop.create_server(Answering, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


async def _ours(url: str) -> float:
    async with AsyncFly("test", base_url=url, rate_limit=False) as fly:
        return await _timed(lambda: machines_get.asyncio("web", "d71037b83e90ec", client=fly.sdk))


async def _plain(url: str) -> float:
    limits = httpx.Limits(max_connections=128, max_keepalive_connections=128)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
        return await _timed(lambda: client.get(_PATH))


async def _timed(call: Callable[[], Awaitable[object]]) -> float:
    await asyncio.gather(*(call() for _ in range(_WIDTH)))
    taken = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        await asyncio.gather(*(call() for _ in range(_WIDTH)))
        taken.append((time.process_time() - began) / _WIDTH)
    return statistics.median(taken)


if __name__ == "__main__":
    print(asyncio.run((_ours if sys.argv[1] == "ours" else _plain)(sys.argv[2])))
