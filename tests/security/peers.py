"""Peers on loopback sockets that send what no HTTP library would."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Peer:
    """A server whose every connection is answered by `talk`; counts the requests."""

    def __init__(self, talk: Callable[[socket.socket, bytes], None]) -> None:
        self._talk = talk
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=300)
        self._open: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        self.heads: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            while head := _read_request(connection):
                self.heads.append(head)
                self._talk(connection, head)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._socket, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._thread.join()


def _read_request(connection: socket.socket) -> bytes:
    """Read one request; return its head, or nothing at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    left = int(lengths[0].partition(b":")[2]) - len(body) if lengths else 0
    while left > 0:
        left -= len(connection.recv(65536))
    return head


def answer(body: bytes = b"{}", status: int = 200, *lines: bytes) -> bytes:
    """Return a whole answer, with further header lines."""
    head = [b"HTTP/1.1 %d Whatever" % status, b"content-type: application/json", *lines]
    return b"\r\n".join([*head, b"content-length: %d" % len(body), b"", body])


def dripping(
    pieces: Callable[[], Iterator[bytes]], pause_s: float = 0.0
) -> Callable[[socket.socket, bytes], None]:
    """Return what sends a piece, waits, and sends the next."""

    def talk(connection: socket.socket, _head: bytes) -> None:
        for piece in pieces():
            connection.sendall(piece)
            if pause_s:
                time.sleep(pause_s)

    return talk
