"""Serve the simulator on a loopback socket, for any HTTP client in any language."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import struct
import sys
import threading
import time
from http.client import NO_CONTENT, responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from fly_resources.testing._clock import VirtualClock
from fly_resources.testing._exchange import Delivery, NoAnswerError
from fly_resources.testing._hosts import is_loopback
from fly_resources.testing._platform import INSTANT
from fly_resources.testing._wire import Request, json_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, Self

    from fly_resources.testing._control.door import Control
    from fly_resources.testing._exchange import Service
    from fly_resources.testing._wire import Answer

Headers = list[tuple[str, str]]
_logger = logging.getLogger("fly_resources.testing")
#: Poll interval: on some platforms, an endless wait cannot be interrupted.
_LOOK_FOR_CTRL_C_S = 0.5
#: Far above any request of this API; a larger announced body is refused, and nothing is read.
_MAX_BODY = 16 * 2**20
#: Bytes of a line between chunks, and the maximum number of trailer lines.
_MAX_LINE = 2**12
_MAX_TRAILERS = 100
_DRAIN_S = 0.5
_LENGTH = re.compile(rb"[0-9]{1,20}")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,16})\s*(;.*)?", re.DOTALL)
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER of zero seconds: closing sends a reset


class _Refusal(Exception):  # noqa: N818  # no error: an answer
    """A request that is answered without the model; the rest of it is not read."""

    def __init__(self, status: int, text: str) -> None:
        """Record the status and the reason."""
        super().__init__(text)
        self.answer = json_answer({"error": text}, status)


class _Listener(ThreadingHTTPServer):
    """One thread per connection, and a list of connections so that closing ends them all."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 1024  # further clients are reset while this many wait to be accepted

    def __init__(
        self, port: int, service: Service, headers: Callable[[Answer], Headers], control: Control
    ) -> None:
        super().__init__(("127.0.0.1", port), _Connection)
        self.service = service
        self.answer_headers = headers
        self.control = control
        self.answered_at = time.monotonic()
        self.open: set[socket.socket] = set()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection, and record it before its thread starts."""
        connection, address = super().get_request()
        self.open.add(connection)
        return connection, address

    def pass_time(self) -> None:
        """Advance a virtual clock by the real time that passed since the last response.

        A client that polls from another process sleeps in real time; if transitions are instant, this has no
        effect.
        """
        clock = self.service.clock
        if isinstance(clock, VirtualClock) and self.service.platform.timings != INSTANT:
            clock.catch_up(time.monotonic() - self.answered_at)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002  # the base class's
        """Ignore clients that disconnected; any other error is a bug of ours."""
        error = sys.exception()
        if not isinstance(error, OSError):
            _logger.error("the simulator failed at a connection", exc_info=error)

    def close_connections(self) -> None:
        """Close the connections that clients keep alive."""
        for connection in list(self.open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Connection(BaseHTTPRequestHandler):
    """One connection: reads requests, and writes the responses of the exchange."""

    protocol_version = "HTTP/1.1"
    server: _Listener  # pyright: ignore[reportIncompatibleVariableOverride]  # only a _Listener makes one
    connection: socket.socket

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the base class's signature
        """Log nothing: `FlySimulator.requests` is the log."""

    def answer(self) -> None:
        """Answer one request of any method."""
        try:
            self._check_host()
            body = self._body()
        except _Refusal as refused:
            self.close_connection = True
            self._send(Delivery(refused.answer))
            self._drain()
            return
        if _is_control(self.path):
            self._send(Delivery(self._steer(body)))
            return
        request = Request.parse(
            self.command,
            _single_version(self.path),
            self.headers.get("authorization") or "",
            self.headers.get("fly-machine-lease-nonce") or "",
            body,
            self.headers.get("user-agent") or "",
        )
        self.server.pass_time()
        exchange = self.server.service.exchange(request, None)
        try:
            while True:
                self.server.service.clock.sleep(next(exchange))
        except StopIteration as done:
            self._send(done.value)
        except NoAnswerError:
            self._reset()
        except Exception as ours:  # a client in another language gets no traceback
            _logger.exception("the simulator failed at %s %s", request.method, request.path)
            text = f"the simulator failed, which is a bug in it: {type(ours).__name__}"
            self._send(Delivery(json_answer({"error": text}, 500)))
        finally:
            self.server.answered_at = time.monotonic()

    def _steer(self, body: bytes) -> Answer:
        try:
            return self.server.control.answer(self.command, self.path, body, self.headers.get("origin"))
        except Exception as ours:
            _logger.exception("the simulator failed at %s %s", self.command, self.path)
            return json_answer({"error": f"the simulator failed: {type(ours).__name__}"}, 500)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - names that the base class calls
    do_HEAD = do_OPTIONS = answer  # noqa: N815 - of no route, so 404 (PL-4)

    def _check_host(self) -> None:
        """Refuse host names other than loopback: a web page could point its own name here."""
        for host in self.headers.get_all("host", []):
            if not is_loopback(host):
                raise _Refusal(
                    403, f"this simulator answers only to localhost and 127.0.0.1, not to {host[:100]!r}"
                )

    def _body(self) -> bytes:
        coding = (self.headers.get("transfer-encoding") or "").strip().lower()
        if coding == "chunked":
            return self._chunks()
        lengths = {length.strip() for length in self.headers.get_all("content-length", ["0"])}
        length = lengths.pop().encode("latin-1", "replace")
        if coding or lengths or not _LENGTH.fullmatch(length):
            raise _Refusal(400, "malformed length of the body")
        return self._whole(_bounded(int(length)))

    def _whole(self, length: int) -> bytes:
        body = self.rfile.read(length)
        if len(body) < length:  # the client disconnected or sent a wrong length: the request is unusable
            raise _Refusal(400, "the body is incomplete")
        return body

    def _chunks(self) -> bytes:
        chunks, total = list[bytes](), 0
        while size := self._chunk_size():
            total = _bounded(total + size)
            chunks.append(self._whole(size))
            self.rfile.readline(_MAX_LINE)
        for _ in range(_MAX_TRAILERS):
            if not self.rfile.readline(_MAX_LINE).strip():  # trailers are ignored
                return b"".join(chunks)
        raise _Refusal(400, "too many trailers")

    def _chunk_size(self) -> int:
        size = _CHUNK_SIZE.fullmatch(self.rfile.readline(_MAX_LINE))
        if size is None:
            raise _Refusal(400, "malformed length of the body")
        return int(size[1], 16)

    def _send(self, delivery: Delivery) -> None:
        answer = delivery.answer
        lines = [f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}"]
        lines += [f"{name}: {value}" for name, value in self.server.answer_headers(answer)]
        if answer.status != NO_CONTENT:
            lines.append(f"content-length: {len(answer.content)}")
        if self.close_connection:
            lines.append("connection: close")
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        content = b"" if self.command == "HEAD" else answer.content
        try:
            self.wfile.write(head + (content[: len(content) // 2] if delivery.cut else content))
        except OSError:  # the client disconnected
            self.close_connection = True
        if delivery.cut:
            self.close_connection = True

    def _drain(self) -> None:
        """Read a little more: closing with unread bytes sends a reset, and the response might be lost."""
        self.connection.settimeout(_DRAIN_S)
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            for _ in range(_MAX_TRAILERS):
                if not self.connection.recv(2**16):
                    return

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


def _single_version(target: str) -> str:
    """Remove the duplicate `/v1` of a client that appends it to a base URL that already has it."""
    return target[len("/v1") :] if target.startswith("/v1/v1/") else target


def _is_control(target: str) -> bool:
    return target.partition("?")[0].startswith(("/_simulator/", "/_simulator?")) or target == "/_simulator"


def _bounded(length: int) -> int:
    if length > _MAX_BODY:
        raise _Refusal(413, f"a body of more than {_MAX_BODY // 2**20} MiB")
    return length


class SimulatorServer:
    """A running server; leaving its `with` block, or `close`, stops it.

    Faults work here too: a refused or broken connection of `FlySimulator.transport` becomes a reset of the
    socket. Read timeouts are the client's own: `slow` waits on the simulator's clock, which must be the
    system's clock for the timeout to occur.
    """

    def __init__(
        self, service: Service, headers: Callable[[Answer], Headers], control: Control, port: int
    ) -> None:
        """Listen on 127.0.0.1 immediately; port 0 selects a free one."""
        self._listener = _Listener(port, service, headers, control)
        self.url = f"http://127.0.0.1:{self._listener.server_port}"
        """The base URL for clients, without `/v1`, as flyctl and `Fly` take it."""
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.01}, name="fly-simulator"
        )
        self._thread.daemon = True
        self._thread.start()

    def wait(self) -> None:
        """Block until `close` is called from another thread; Ctrl-C raises `KeyboardInterrupt` here."""
        while not self._closed.wait(_LOOK_FOR_CTRL_C_S):
            continue

    def close(self) -> None:
        """Stop listening and close all connections; it may be called repeatedly."""
        self._closed.set()
        self._listener.shutdown()
        self._listener.close_connections()
        self._listener.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
