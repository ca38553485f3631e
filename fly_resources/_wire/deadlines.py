"""One deadline for a whole response: httpx's timeouts restart with every chunk that arrives.

A peer that sends a header line every second, or `103 Early Hints` forever, never causes a read timeout.
So the network streams of httpx's transports are wrapped: each wait on a socket is limited to the time
that the response has left.
"""

from __future__ import annotations

import contextlib
import contextvars
import math
from typing import TYPE_CHECKING, Any, Final, Self

import attrs
import httpx

from fly_resources._wire.streamed import PassedOn
from fly_resources._wire.transports import inner_transports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_resources._engine.clock import Clock

#: The most bytes in the head of a response; real ones have about 2 KiB.
MAX_HEAD: Final = 2**18
#: Bytes that are written with one timeout.
_PIECE: Final = 2**16
#: Seconds that a socket's timeout can hold on every platform.
_LONGEST_S: Final = 10.0**6
#: The methods of httpcore's backends and streams that open a stream.
_OPENING: Final = frozenset({"connect_tcp", "connect_unix_socket", "start_tls"})

_CURRENT: Final[contextvars.ContextVar[Deadline | None]] = contextvars.ContextVar("deadline", default=None)


@attrs.define(eq=False)
class Deadline:
    """The time that one attempt at a request has left; entered, it holds for the streams inside.

    Sending, and the answer's head, may take as long as httpx's `write` and `read` timeouts say, each as
    a whole. The body ends with the policy's deadline; if `firm`, so does everything before it.
    """

    _clock: Clock
    #: Returns the seconds that the policy leaves.
    _policy_left: Callable[[], float] = attrs.field(alias="left")
    _timeouts: Mapping[str, float | None]
    _firm: bool = attrs.field(kw_only=True, alias="firm")
    #: Until a socket says otherwise: other transports hand over whole heads.
    _stage: str = attrs.field(default="body", init=False)
    _began: float = attrs.field(init=False)
    _received: int = attrs.field(default=0, init=False)
    _connects: bool = attrs.field(default=False, init=False)
    _writes: bool = attrs.field(default=False, init=False)
    _token: contextvars.Token[Deadline | None] | None = attrs.field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        """Begin now."""
        self._began = self._clock.now()

    def __enter__(self) -> Self:
        self._token = _CURRENT.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            # interrupted steps may be closed by the garbage collector, in another context
            with contextlib.suppress(ValueError):
                _CURRENT.reset(self._token)

    def head_is_here(self) -> None:
        """Note that the status and the headers have arrived."""
        if self._stage == "body":
            self._began = self._clock.now()  # no socket has said when the answer began
        self._stage = "body"

    @property
    def is_unsent(self) -> bool:
        """Return whether a connection was begun for the request and nothing was written."""
        return self._connects and not self._writes

    def before_connect(self) -> None:
        """Note that a socket is being opened."""
        self._connects = True

    def before_write(self) -> None:
        """Count the time from the first piece of the request."""
        self._writes = True
        if self._stage != "write":
            self._stage, self._began, self._received = "write", self._clock.now(), 0

    def before_read(self) -> None:
        """Count the answer's time from the end of the request."""
        if self._stage == "write":
            self._stage, self._began = "head", self._clock.now()

    def has_room_for(self, count: int) -> bool:
        """Count bytes that arrived, and return whether a head may be that long."""
        self._received += count
        return self._stage != "head" or self._received <= MAX_HEAD

    def left(self) -> float:
        """Return the seconds that this stage of the attempt may still take."""
        timeout = self._timeouts.get("write" if self._stage == "write" else "read")
        limit = math.inf if timeout is None else timeout
        own = limit - (self._clock.now() - self._began)
        policy = self._policy_left()
        if self._stage == "body":
            return policy if self._firm or limit == math.inf else max(policy, own)
        return min(policy, own) if self._firm else own


@attrs.define(eq=False)
class TimedBody(PassedOn):
    """A body that must end before the deadline, whatever its transport."""

    _deadline: Deadline

    def _check(self) -> None:
        if self._deadline.left() < 0:
            raise httpx.ReadTimeout("the response did not end in time")


def guard_network(transport: object) -> None:
    """Apply the deadlines to the sockets of httpx's transports, also inside other transports.

    A transport that opens its sockets in another way keeps its own timeouts.
    """
    for each in inner_transports(transport):
        # httpx passes no backend through, so it is replaced where httpcore keeps it
        pool: Any = getattr(each, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if backend is not None and not isinstance(backend, _Guarded):
            wrapper = _AsyncGuarded if isinstance(each, httpx.AsyncHTTPTransport) else _BlockingGuarded
            pool._network_backend = wrapper(backend)  # noqa: SLF001  # see above


@attrs.define(eq=False)
class _Guarded:
    """A network backend or stream of httpcore; the streams that it opens are guarded too.

    It is not a subclass of theirs, because httpx imports httpcore only when it is used, and so do we.
    """

    _inner: Any

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever httpcore calls
        found = getattr(self._inner, name)
        return self._opening(found) if name in _OPENING else found

    def _opening(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """Return a method of the same kind, sync or async, whose stream is guarded."""
        raise NotImplementedError


class _BlockingGuarded(_Guarded):
    def _opening(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def open_stream(*arguments: Any, **named: Any) -> _BlockingGuarded:  # noqa: ANN401  # httpcore's
            _note_connecting()
            return _BlockingGuarded(method(*arguments, **named))

        return open_stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._inner.read(max_bytes, _cut(timeout))
        _count(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for at in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[at : at + _PIECE], _cut(timeout, writes=True))


class _AsyncGuarded(_Guarded):
    def _opening(self, method: Callable[..., Any]) -> Callable[..., Any]:
        async def open_stream(*arguments: Any, **named: Any) -> _AsyncGuarded:  # noqa: ANN401  # httpcore's
            _note_connecting()
            return _AsyncGuarded(await method(*arguments, **named))

        return open_stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's
        data: bytes = await self._inner.read(max_bytes, _cut(timeout))
        _count(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  # httpcore's
        for at in range(0, len(buffer), _PIECE):
            await self._inner.write(buffer[at : at + _PIECE], _cut(timeout, writes=True))


def _note_connecting() -> None:
    if (deadline := _CURRENT.get()) is not None:
        deadline.before_connect()


def _cut(timeout: float | None, *, writes: bool = False) -> float | None:
    """Return how long one wait on a socket may take: no longer than the deadline."""
    deadline = _CURRENT.get()
    if deadline is None:
        return timeout
    if writes:
        deadline.before_write()
    else:
        deadline.before_read()
    left = deadline.left()
    if left <= 0:
        import httpcore  # noqa: PLC0415  # it is there: its stream called

        if writes:
            raise httpcore.WriteTimeout("the request could not be sent in time")
        raise httpcore.ReadTimeout("the response did not end in time")
    shorter = min(math.inf if timeout is None else timeout, left)
    return None if shorter >= _LONGEST_S else shorter


def _count(data: bytes) -> None:
    deadline = _CURRENT.get()
    if deadline is not None and not deadline.has_room_for(len(data)):
        from httpcore import RemoteProtocolError  # noqa: PLC0415  # it is there: its stream called

        raise RemoteProtocolError(f"the head of the response has more than {MAX_HEAD // 2**10} KiB")
