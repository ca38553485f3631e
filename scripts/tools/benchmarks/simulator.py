"""The simulator itself: requests a second in process and over loopback, and its memory over many requests.

In process, the client's own cost is left out: what is timed begins with a method, a target and bytes, and
ends with headers and bytes. Over loopback the client is another process, sending one request after another
on one connection; what counts is real time, so a busy machine shows.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._wire import Request
from scripts.tools.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

_MACHINES = 10
_ROUNDS = 9
_LOOPBACK_REQUESTS = 2000
_MANY_REQUESTS = 100_000
_CLIENT = """
import socket, sys, time
host, port, target, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
connection = socket.create_connection((host, port))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
answers = connection.makefile("rb")
request = f"GET {target} HTTP/1.1\\r\\nhost: {host}\\r\\nauthorization: Bearer test\\r\\n\\r\\n".encode()
began = time.perf_counter()
for _ in range(count):
    connection.sendall(request)
    length = 0
    while (line := answers.readline()) != b"\\r\\n":
        if line.startswith(b"content-length:"):
            length = int(line[15:])
    answers.read(length)
print((time.perf_counter() - began) / count)
"""


def measure() -> list[Figure]:
    """Time both doors and watch the memory."""
    return [*in_process(), *over_loopback(), *memory()]


class Door:
    """The simulator without a client."""

    def __init__(self) -> None:
        """Open one on a virtual clock, with an app `web`."""
        self.sim = FlySimulator(clock=VirtualClock())
        self.send("POST", "/apps", {"name": "web", "org_slug": "personal"})

    def send(self, method: str, path: str, body: object = None) -> dict[str, str]:
        """Carry one request through; return what its body says, if that is an object."""
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.carry(method, f"/v1{path}", content)
        shown: object = json.loads(answer) if answer else None
        return shown if isinstance(shown, dict) else {}

    def carry(self, method: str, target: str, content: bytes) -> bytes:
        """Carry one request through, headers included."""
        exchange = self.sim._service.exchange(  # noqa: SLF001 - both doors stand in front of this
            Request.parse(method, target, "Bearer test", "", content), 70.0
        )
        try:
            while True:
                self.sim.clock.sleep(next(exchange))
        except StopIteration as done:
            self.sim._headers(done.value.answer)  # noqa: SLF001 - the same
            return bytes(done.value.answer.content)


def in_process() -> list[Figure]:
    """Time a mixture of reads and writes in an app of ten machines."""
    door = Door()
    service = {"protocol": "tcp", "internal_port": 80, "autostop": "off"}
    config = {"image": "nginx", "services": [service], "env": {"A": "b"}}
    made = [
        door.send("POST", "/apps/web/machines", {"name": f"m{number}", "config": config})
        for number in range(_MACHINES)
    ]
    machine = f"/v1/apps/web/machines/{made[0]['id']}"
    mixture: Sequence[tuple[str, str, bytes]] = [
        ("GET", "/v1/apps/web", b""),
        ("GET", machine, b""),
        ("GET", "/v1/apps/web/machines", b""),
        ("GET", f"{machine}/wait?state=started", b""),
        ("GET", "/v1/apps/web/volumes", b""),
        ("POST", machine, json.dumps({"config": config}).encode()),
        ("POST", "/v1/apps/web/secrets", b'{"values":{"A":"1"}}'),
        ("POST", f"{machine}/metadata/key", b'{"value":"v"}'),
    ]
    seconds = list[float]()
    for _ in range(_ROUNDS):
        began = time.process_time()
        for _ in range(40):
            for request in mixture:
                door.carry(*request)
        seconds.append((time.process_time() - began) / (40 * len(mixture)))
    each = statistics.median(seconds)
    why = "processor's microseconds of one request in process, the client left out (5,000 a second)"
    return [
        Figure("simulator.in_process.us", each * 1e6, 200, why),
        Figure("simulator.in_process.per_s", round(1 / each)),
    ]


def over_loopback() -> list[Figure]:
    """Time reading one of ten machines over HTTP."""
    door = Door()
    made = [door.send("POST", "/apps/web/machines", {"config": {"image": "nginx"}}) for _ in range(_MACHINES)]
    seconds = list[float]()
    with door.sim.serve() as server:
        host, _, port = server.url.removeprefix("http://").partition(":")
        target = f"/v1/apps/web/machines/{made[0]['id']}"
        for _ in range(3):
            arguments = [sys.executable, "-c", _CLIENT, host, port, target, str(_LOOPBACK_REQUESTS)]
            ran = subprocess.run(arguments, check=True, capture_output=True, text=True)
            seconds.append(float(ran.stdout))
    each = min(seconds)
    why = "microseconds of one request over loopback HTTP (1,000 a second)"
    return [
        Figure("simulator.loopback.us", each * 1e6, 1000, why),
        Figure("simulator.loopback.per_s", round(1 / each)),
    ]


def memory() -> list[Figure]:
    """Make and destroy for 100,000 requests; compare what is allocated at the end and after a fifth."""
    door = Door()
    sent, early = 1, 0
    while sent < _MANY_REQUESTS:
        sent += _one_life(door)
        if not early and sent >= _MANY_REQUESTS // 5:
            gc.collect()
            early = sys.getallocatedblocks()
    gc.collect()
    why = "blocks of memory after 100,000 requests / after 20,000"
    return [
        Figure("simulator.memory.ratio", sys.getallocatedblocks() / early, 1.05, why),
        Figure("simulator.memory.requests_kept", len(door.sim.requests), 11_000, "requests kept of 100,000"),
    ]


def _one_life(door: Door) -> int:
    machine = door.send("POST", "/apps/web/machines", {"name": "m", "config": {"image": "x"}})["id"]
    door.send("POST", f"/apps/web/machines/{machine}", {"config": {"image": "y"}})
    door.send("POST", f"/apps/web/machines/{machine}/stop")
    door.send("POST", f"/apps/web/machines/{machine}/start")
    volume = door.send("POST", "/apps/web/volumes", {"name": "d", "region": "iad"})["id"]
    door.send("POST", f"/apps/web/volumes/{volume}/snapshots")
    door.send("DELETE", f"/apps/web/volumes/{volume}")
    door.send("POST", "/apps/web/secrets", {"values": {"A": "b"}})
    door.send("GET", "/apps/web")
    door.send("DELETE", f"/apps/web/machines/{machine}?force=true")
    return 10
