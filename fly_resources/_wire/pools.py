"""One connection pool per connection, instead of one for all, for async clients.

For every request and every answer, a pool of httpcore looks at each of its connections, and at all of
them for each that is idle: a hundred calls at once cost each of them many times what one alone costs.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import sys
from collections import deque
from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx

from fly_resources._lazy import lazy
from fly_resources._wire.streamed import PassedOn
from fly_resources._wire.transports import renew_in_children

if TYPE_CHECKING:
    import asyncio
    import ssl
    from collections.abc import Callable
else:
    asyncio = lazy("asyncio")

#: What httpcore imports several times for each request, to ask which event loop runs: where it is not
#: installed, each time takes as long as looking for it.
_OPTIONAL: Final = "sniffio"
#: The most connections if nothing else limits them.
_MANY: Final = 1000


class SplitTransport(httpx.AsyncBaseTransport):
    """Many `httpx.AsyncHTTPTransport`s with one connection each; a request takes one or waits for one."""

    def __init__(self, *, limits: httpx.Limits, verify: ssl.SSLContext | bool, **settings: Any) -> None:  # noqa: ANN401  # httpx's own
        """Open as many connections as `limits` allows; the settings are those of httpx."""
        # One context for all: reading the certificates takes longer than the rest.
        context = httpx.create_ssl_context(verify=verify) if isinstance(verify, bool) else verify
        one = httpx.Limits(
            max_connections=1, max_keepalive_connections=1, keepalive_expiry=limits.keepalive_expiry
        )
        self.pools: Final = tuple(
            httpx.AsyncHTTPTransport(verify=context, limits=one, **settings)
            for _ in range(limits.max_connections or _MANY)
        )
        self.renew_after_fork()
        _note_if_absent(_OPTIONAL)
        renew_in_children(self)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send through a pool that is free.

        Raises:
            httpx.PoolTimeout: None became free within the request's own limit.
        """
        free = self._free
        pool = await self._take(request)
        give_back = functools.partial(self._give_back, pool, free)
        try:
            response = await pool.handle_async_request(request)
        except BaseException:
            give_back()
            raise
        response.stream = _Lent(response.stream, give_back)
        return response

    async def aclose(self) -> None:
        """Close all pools."""
        async with contextlib.AsyncExitStack() as stack:
            for pool in self.pools:
                stack.push_async_callback(pool.aclose)

    def renew_after_fork(self) -> None:
        """Start with all pools free: the requests under way are the parent's."""
        self._free = list(reversed(self.pools))
        self._waiting: deque[asyncio.Future[httpx.AsyncHTTPTransport]] = deque()

    async def _take(self, request: httpx.Request) -> httpx.AsyncHTTPTransport:
        """Take the pool that was given back last, whose connection is the likeliest to be open."""
        if self._free:
            return self._free.pop()
        free = self._free
        turn: asyncio.Future[httpx.AsyncHTTPTransport] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(request.extensions.get("timeout", {}).get("pool")):
                return await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result(), free)
            if isinstance(error, TimeoutError):
                raise httpx.PoolTimeout("every connection is in use", request=request) from error
            raise

    def _give_back(self, pool: httpx.AsyncHTTPTransport, free: list[httpx.AsyncHTTPTransport]) -> None:
        """Hand it to the request that has waited longest, unless it was taken before a fork."""
        if free is not self._free:
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(pool)
                return
        free.append(pool)


@attrs.define(eq=False)
class _Lent(PassedOn):
    """The body of an answer; its connection is free again when it is closed."""

    _give_back: Callable[[], None] | None

    async def aclose(self) -> None:
        give_back, self._give_back = self._give_back, None
        try:
            await super().aclose()
        finally:
            if give_back is not None:
                give_back()


def _note_if_absent(module: str) -> None:
    """Let every later import of a module that is not installed fail at once."""
    if module not in sys.modules and importlib.util.find_spec(module) is None:
        absent: Any = None  # Python's own way of saying so
        sys.modules[module] = absent
