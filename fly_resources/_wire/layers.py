"""A transport that wraps another; how it handles a request is written once, for threads and for tasks.

As in httpx's own auth flows, it is a generator: it yields steps and is sent their results.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeAlias, TypeVar

import httpx

from fly_resources._checks import arguments
from fly_resources._engine.clock import Clock, SystemClock, rest, rest_async
from fly_resources._engine.driving import drive, drive_async
from fly_resources._wire import transports

T = TypeVar("T")


#: A function for threads, its async counterpart for tasks, and the arguments of either.
Step: TypeAlias = tuple["Callable[..., Any]", "Callable[..., Awaitable[Any]]", *tuple[Any, ...]]
Steps: TypeAlias = Generator[Step, Any, T]


def run(steps: Steps[T]) -> T:
    """Take steps on this thread."""
    return drive(steps, lambda step: step[0](*step[2:]))


async def run_async(steps: Steps[T]) -> T:
    """Take steps on this task."""
    return await drive_async(steps, lambda step: step[1](*step[2:]))


class Layer(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport around another one; `_steps` says what becomes of a request."""

    def __init__(self, inner: object, clock: Clock | None = None) -> None:
        """Wrap `inner`; time comes from `clock`.

        Raises:
            ConfigurationError: An argument of the wrong type.
        """
        title = type(self).__name__
        transports.check_transport(title, inner)
        arguments.check_clock(title, clock)
        self._inner: Any = inner
        self._clock = clock or SystemClock()
        transports.renew_in_children(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its answer."""
        if not isinstance(self._inner, httpx.BaseTransport):
            transports.refuse_half(self, "sync")
        return run(self._steps(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its answer."""
        if not isinstance(self._inner, httpx.AsyncBaseTransport):
            transports.refuse_half(self, "async")
        return await run_async(self._steps(request))

    def close(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.BaseTransport):
            self._inner.close()

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.AsyncBaseTransport):
            await self._inner.aclose()

    def renew_after_fork(self) -> None:
        """Begin anew in a forked child."""

    def _steps(self, request: httpx.Request) -> Steps[httpx.Response]:
        raise NotImplementedError

    def _send(self, request: httpx.Request) -> Step:
        # looked up for each request: libraries for tests replace the methods of transports that exist already
        here: Any = getattr(self._inner, "handle_request", None)
        awaited: Any = getattr(self._inner, "handle_async_request", None)
        return here, awaited, request

    def _rest(self, seconds: float) -> Step:
        return rest, rest_async, self._clock, seconds
