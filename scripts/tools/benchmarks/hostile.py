"""What hostile peers cost: each sends its worst over a loopback socket to a client in a process of its own.

A client that gets an honest answer is the measure: what is printed is what a case takes above it. Linux only.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from scripts.tools.benchmarks.figures import Figure
from tests.security.peers import Peer, answer, dripping

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Iterator

    Talk = Callable[[socket.socket, bytes], None]

#: What a case may take above an honest answer: 64 MiB of text, at four bytes a character, is there twice
#: while it is parsed.
MOST_MIB: Final = 600
MOST_S: Final = 10.0
#: Of the cases that end with their deadline.
DEADLINE_S: Final = 3.0
_MIB: Final = 2**20
_HEAD: Final = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
_CHUNKED: Final = b"transfer-encoding: chunked\r\n\r\n"
_CHUNK: Final = b"10000\r\n" + b" " * 2**16 + b"\r\n"
_HINTS: Final = b"HTTP/1.1 103 Early Hints\r\n\r\n"
_GZIP: Final = b"content-encoding: gzip"
#: Where Linux says what a program had in memory at most. `getrusage` would count what its parent had, too.
_STATUS: Final = Path("/proc/self/status")
_HONEST: Final = "honest"


@attrs.frozen
class Case:
    """One peer: what it sends, in words and in deed, and how long and how often the client asks."""

    words: str
    talk: Callable[[], Talk]
    deadline_s: float = 60.0
    attempts: int = 1


def _sends(whole: bytes) -> Talk:
    return lambda connection, _head: connection.sendall(whole)


def _packed(parts: Iterable[bytes], status: int = 200) -> Talk:
    """Return what sends a body as gzip, which takes little memory here too."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    packed = b"".join([*map(packer.compress, parts), packer.flush()])
    return _sends(answer(packed, status, _GZIP))


def _many(body: bytes, size: int, begin: bytes = b"", end: bytes = b"") -> Iterator[bytes]:
    """Go through the pieces of a body that repeats one text up to a size in bytes."""
    block = body * (_MIB // len(body))
    return itertools.chain([begin], itertools.repeat(block, size // len(block)), [end])


def _endless(begin: bytes, body: bytes) -> Talk:
    return dripping(lambda: itertools.chain([begin], itertools.repeat(body)))


def _lines() -> Iterator[bytes]:
    yield _HEAD
    for number in itertools.count():
        yield b"x-%d: 1\r\n" % number


def _drops() -> Iterator[bytes]:
    return itertools.chain([_HEAD + b"content-length: 1000\r\n\r\n"], itertools.repeat(b" "))


def _cookies() -> bytes:
    lines = (b"set-cookie: c%d=%s" % (number, b"a" * 400) for number in range(200))
    return answer(b'{"name": "web"}', 200, *lines)


def _keys() -> Iterator[bytes]:
    yield b'{"name":"web"'
    for number in range(19):
        yield b"".join(b',"k%d":0' % each for each in range(number * 100_000, (number + 1) * 100_000))
    yield b"}"


def _near_misses() -> bytes:
    """Return almost the secrets that the client holds, over and over."""
    parts = "#".join(secret[:-1] for secret in _secrets())
    return answer(json.dumps({"error": parts * (900_000 // len(parts))}).encode(), 400)


def _secrets() -> list[str]:
    return [f"s3cret-{number}-of-a-client" for number in range(20)]


CASES: Final = {
    _HONEST: Case("an honest answer", lambda: _sends(answer(b'{"name": "web"}'))),
    "gzip": Case("gzip of 256 MiB of blanks", lambda: _packed(_many(b" ", 2**28))),
    "gzip.failure": Case(
        "the same as a 503, four times", lambda: _packed(_many(b" ", 2**28), 503), attempts=4
    ),
    "gzip.twice": Case(
        "gzip of gzip of 256 MiB",
        lambda: _sends(answer(gzip.compress(gzip.compress(bytes(2**28))), 200, _GZIP + b", gzip")),
    ),
    "br": Case(
        "br, which was not asked for", lambda: _sends(answer(b"\x1b" * _MIB, 200, b"content-encoding: br"))
    ),
    "endless": Case("a body without end", lambda: _endless(_HEAD + _CHUNKED, _CHUNK)),
    "endless.failure": Case(
        "the same as a 500, four times",
        lambda: _endless(b"HTTP/1.1 500 No\r\n" + _CHUNKED, _CHUNK),
        attempts=4,
    ),
    "bytes": Case(
        "a body in chunks of one byte",
        lambda: _endless(_HEAD + _CHUNKED, b"1\r\n \r\n" * 1000),
        deadline_s=DEADLINE_S,
    ),
    "nesting": Case("60 MiB of [", lambda: _packed(_many(b"[", 60 * _MIB))),
    "values": Case("60 MiB of []", lambda: _packed(_many(b"[],", 60 * _MIB, b"[", b"0]"))),
    "values.let_in": Case(
        "as many objects as are let in", lambda: _packed(_many(b'{"a":{}},', 5_800_000, b"[", b"0]"))
    ),
    "keys.let_in": Case("as many keys as are let in", lambda: _packed(_keys())),
    "text": Case(
        "60 MiB of text with one emoji",
        lambda: _packed(_many(b"a", 60 * _MIB, b'{"name":"\xf0\x9f\x90\x8e', b'"}')),
    ),
    "digits": Case("60 MiB of digits", lambda: _packed(_many(b"9", 60 * _MIB))),
    "1xx": Case("103 Early Hints without end", lambda: _endless(_HINTS, _HINTS * 100)),
    "1xx.drip": Case(
        "a 103 each half second",
        lambda: dripping(lambda: itertools.repeat(_HINTS), 0.5),
        deadline_s=DEADLINE_S,
    ),
    "head.drip": Case("a header line each half second", lambda: dripping(_lines, 0.5), deadline_s=DEADLINE_S),
    "body.drip": Case(
        "a byte of the body each half second", lambda: dripping(_drops, 0.5), deadline_s=DEADLINE_S
    ),
    "cookies": Case("200 cookies of 400 bytes", lambda: _sends(_cookies())),
    "near": Case("an error of near misses of 20 secrets, 0.9 MiB", lambda: _sends(_near_misses())),
}


@attrs.frozen
class Cost:
    """What one case took, and what came out of it.

    Seconds are the processor's, but for the cases that end with their deadline: those are the clock's.
    """

    case: Case
    seconds: float
    mib: float
    outcome: str


def measure(only: str = "") -> list[Figure]:
    """Run the cases whose name holds `only`, and the honest one; print the table of the documentation."""
    costs = {name: cost_of(name) for name in CASES if only in name or name == _HONEST}
    honest = costs.pop(_HONEST)
    print(_table(costs.values(), honest), end="\n\n")
    figures = []
    for name, cost in costs.items():
        figures += [
            Figure(f"hostile.{name}.mib", max(0.0, cost.mib - honest.mib), MOST_MIB, cost.case.words),
            Figure(f"hostile.{name}.s", cost.seconds, MOST_S, cost.outcome),
        ]
    return figures


def _table(costs: Iterable[Cost], honest: Cost) -> str:
    rows = ["| the peer sends | comes out | seconds | MiB more |", "|---|---|--:|--:|"]
    rows += [
        f"| {cost.case.words} | {cost.outcome} | {cost.seconds:.1f} | {max(0.0, cost.mib - honest.mib):.0f} |"
        for cost in costs
    ]
    return "\n".join(rows)


def cost_of(name: str) -> Cost:
    """Run a peer here, and its client in a fresh interpreter."""
    case = CASES[name]
    with Peer(case.talk()) as peer:
        command = [sys.executable, "-m", __name__, peer.url, str(case.deadline_s), str(case.attempts)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
    said: dict[str, Any] = json.loads(ran.stdout)
    seconds = said["took" if case.deadline_s == DEADLINE_S else "worked"]
    return Cost(case, seconds, said["mib"], said["outcome"])


def _client(url: str, deadline_s: float, attempts: int) -> None:
    """Ask once, as the verbs do, and print what that took."""
    from fly_resources import App, Fly, RetryPolicy, Secret, errors  # noqa: PLC0415  # not in the parent

    secrets = [Secret(value) for value in _secrets()]
    policy = RetryPolicy(attempts=attempts, deadline_s=deadline_s, base_s=0.0)
    with Fly("t", base_url=url, retry=policy) as fly:
        began, busy = time.monotonic(), time.process_time()
        try:
            outcome = type(fly.read(App("web"))).__name__
        except errors.FlyError as error:
            outcome = type(error).__name__
        took, worked = time.monotonic() - began, time.process_time() - busy
    assert len(secrets) == len(_secrets())  # noqa: S101  # alive until here
    peak = int(re.findall(r"^VmHWM:\s*([0-9]+) kB$", _STATUS.read_text(), re.MULTILINE)[0]) / 1024
    print(json.dumps({"outcome": outcome, "took": took, "worked": worked, "mib": peak}))


if __name__ == "__main__":
    _client(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
