"""Shared parts of the transports: checks of arguments, forked processes, event loops."""

from __future__ import annotations

import contextlib
import os
import sys
import weakref
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol

import httpx

from fly_resources._lazy import lazy
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator
else:
    asyncio = lazy("asyncio")

#: Names of the lists in which httpcore's pools keep their connections and requests, and of their lock.
_POOLED: Final = ("_connections", "_pool", "_requests")
_POOL_LOCKS: Final = ("_optional_thread_lock", "_pool_lock")


class Forked(Protocol):
    """An object with locks or connections, which a forked process must not share with its parent."""

    def renew_after_fork(self) -> None:
        """Begin anew, in the child, before anything else runs there."""
        ...


_FORKED: Final[weakref.WeakSet[Forked]] = weakref.WeakSet()


def renew_in_children(each: Forked) -> None:
    """Call `each.renew_after_fork()` in every process that is forked from this one."""
    _FORKED.add(each)


def _renew_all() -> None:
    for each in list(_FORKED):
        each.renew_after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_renew_all)


def inner_transports(transport: object) -> Iterator[Any]:
    """Yield a transport and all that it wraps."""
    todo, seen = [transport], set[int]()
    while todo:
        each = todo.pop()
        if id(each) in seen or not isinstance(each, httpx.BaseTransport | httpx.AsyncBaseTransport):
            continue
        seen.add(id(each))
        yield each
        for value in getattr(each, "__dict__", {}).values():
            todo += value if isinstance(value, tuple) else (value,)


def renew_connections(transport: object) -> None:
    """Take the parent's connections out of the pools of httpx's own transports, in a forked child.

    The child's copies of their sockets are closed, which the parent does not notice.
    """
    for each in inner_transports(transport):
        pool = getattr(each, "_pool", None)
        for name in _POOL_LOCKS:
            if hasattr(pool, name):  # perhaps held by a thread that the child does not have
                setattr(pool, name, type(getattr(pool, name))())
        for name in _POOLED:
            for old in getattr(pool, name, ()):
                _close_quietly(old)
            if hasattr(pool, name):
                setattr(pool, name, [])


def _close_quietly(connection: object) -> None:
    close = getattr(connection, "close", None)  # connections that are awaited belong to the parent's loop
    with contextlib.suppress(Exception):
        if close is not None:
            close()
    if close is None:
        _PARENTS.append(connection)


#: Kept, because asyncio warns of connections that go without having been closed.
_PARENTS: Final[list[object]] = []


def check_transport(title: str, transport: object) -> None:
    """Refuse anything that is not an httpx transport.

    Raises:
        ConfigurationError: It says what is wanted instead.
    """
    if isinstance(transport, httpx.BaseTransport | httpx.AsyncBaseTransport):
        return
    kind = type(transport).__name__
    if isinstance(transport, httpx.Client | httpx.AsyncClient):
        hint = "a client has one; pass that, such as httpx.HTTPTransport() or httpx.AsyncHTTPTransport()"
    elif callable(getattr(transport, "transport", None)):
        hint = f"give {kind}(...).transport()"
    else:
        hint = "give an httpx.BaseTransport or httpx.AsyncBaseTransport"
    raise ConfigurationError(f"{title}: transport must be a transport of httpx, got {kind}: {hint}.")


def refuse_half(transport: object, wanted: str) -> NoReturn:
    """Refuse to send through a transport of the other kind."""
    has, client = ("async", "AsyncClient") if wanted == "sync" else ("sync", "Client")
    raise ConfigurationError(
        f"{type(transport).__name__}: the wrapped transport is {has} only: use it with httpx.{client}. "
        "Nothing was sent."
    )


def is_of_cassette(error: Exception) -> bool:
    """Return whether a cassette of vcrpy, which sends nothing, has no answer to a request."""
    return type(error).__module__ == "vcr.errors"


def is_in_trio() -> bool:
    """Return whether this runs in a task of trio."""
    lowlevel = getattr(sys.modules.get("trio"), "lowlevel", None)
    if lowlevel is None:
        return False
    try:
        lowlevel.current_trio_token()
    except RuntimeError:
        return False
    return True


class Lifetime:
    """Where and how long a client can be used: until it is closed and, if async, in one event loop."""

    def __init__(self, owner: str, *, is_async: bool) -> None:
        """Begin open, in no loop yet."""
        self._owner = owner
        self._is_async = is_async
        self._loop: asyncio.AbstractEventLoop | None = None
        self.is_closed = False
        if is_async and is_in_trio():
            self._refuse_trio()

    def check(self) -> None:
        """Refuse a use that cannot go well, before anything is sent.

        Raises:
            ConfigurationError: The client is closed, or belongs to another event loop.
        """
        if self.is_closed:
            raise ConfigurationError(
                f"This {self._owner} is closed: create another one, or close it later. Nothing was sent."
            )
        if not self._is_async:
            return
        loop = self._running_loop()
        if self._loop is None:
            self._loop = loop
        if self._loop is not loop:
            raise ConfigurationError(
                f"This {self._owner} belongs to the event loop that used it first, and this is another one: "
                "its connections cannot be used here. Create one client per loop (inside the function that "
                "asyncio.run() runs), use one asyncio.run() for everything, or use Fly, which blocks. "
                "Nothing was sent."
            )

    def leave(self) -> bool:
        """Note that the client is being closed, and return whether its connections can be.

        Raises:
            ConfigurationError: Its event loop is another one, and still there.
        """
        if self.is_closed:
            return False
        if self._is_async and self._loop is not None and self._loop is not self._running_loop():
            if not self._loop.is_closed():
                raise ConfigurationError(
                    f"This {self._owner} belongs to another event loop: await aclose() there. "
                    "It is still open."
                )
            self.is_closed = True
            return False  # they ended with their loop
        self.is_closed = True
        return True

    def renew_after_fork(self) -> None:
        """Belong to the first event loop of the child."""
        self._loop = None

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        try:
            return asyncio.get_running_loop()
        except RuntimeError:
            self._refuse_trio()

    def _refuse_trio(self) -> NoReturn:
        raise ConfigurationError(
            f"{self._owner} needs asyncio, and no event loop of asyncio runs here. Under trio, use Fly in "
            "trio.to_thread.run_sync(), or run on anyio's asyncio backend. Nothing was sent."
        ) from None
