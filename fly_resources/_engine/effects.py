"""The effects that a flow can yield. Two drivers carry them out: `blocking` and `tasks`.

A flow is a generator that yields effects and is sent their results, so that one implementation serves
sync and async and can be tested without either. A flow itself does no I/O, never sleeps and reads no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterable, Mapping
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, cast

import attrs

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Call(Generic[T]):
    """One HTTP request: its `parts` as httpx takes them, and how to read its response.

    `keep`: the flow must see the response, because it has to release what it grants; a cancellation waits
    for it. `shared`: a read that may be shared by all callers that ask for it before it is sent.
    """

    parts: Mapping[str, Any] = attrs.field(repr=False)
    read: Callable[[Any], T]
    keep: bool = attrs.field(default=False, kw_only=True)
    shared: bool = attrs.field(default=False, kw_only=True)

    def send(self) -> Flow[T]:
        """Send the request and return its parsed response."""
        return cast("T", (yield self))


class Request(Protocol[T_co]):
    """A request of a flow: one call or several."""

    def send(self) -> Flow[T_co]:
        """Send it and return the result."""
        ...


@attrs.frozen
class Sleep:
    """Wait for some seconds."""

    seconds: float


@attrs.frozen
class Now:
    """Return the clock's time in seconds."""


@attrs.frozen
class Tell:
    """Report an event to `on_event`."""

    event: object


def nothing() -> Flow[None]:
    yield from ()


@attrs.frozen
class Node:
    """A flow that starts when all of `after` have succeeded and all of `later_than` have ended.

    Without `start` it is only a barrier, which succeeds as soon as all of `after` have.
    """

    start: Callable[[], Flow[Any]] = nothing
    after: frozenset[Hashable] = frozenset()
    later_than: frozenset[Hashable] = frozenset()


@attrs.frozen
class Together:
    """Run flows concurrently, as their dependencies allow; the result is `dict[key, Done]`."""

    nodes: Mapping[Hashable, Node]


Effect: TypeAlias = "Call[Any] | Sleep | Now | Tell | Together"
Flow: TypeAlias = Generator[Effect, Any, T]


@attrs.frozen
class Done(Generic[T]):
    """How a node ended: with a value, with an error, or not started because `because` failed."""

    value: T | None = None
    error: Exception | None = None
    because: Hashable = None

    @property
    def failed(self) -> bool:
        """Return whether it failed or was not started."""
        return self.error is not None or self.because is not None


def call(request: Request[T]) -> Flow[T]:
    """Send a request and return its parsed response."""
    return request.send()


def sleep(seconds: float) -> Flow[None]:
    """Wait."""
    yield Sleep(seconds)


def now() -> Flow[float]:
    """Return the clock's time in seconds."""
    return cast("float", (yield Now()))


def tell(event: object) -> Flow[None]:
    """Report progress."""
    yield Tell(event)


def graph(nodes: Mapping[Hashable, Node]) -> Flow[dict[Hashable, Done[Any]]]:
    """Run a graph of flows and return how each node ended."""
    return cast("dict[Hashable, Done[Any]]", (yield Together(nodes)))


def together(flows: Iterable[Callable[[], Flow[T]]]) -> Flow[list[Done[T]]]:
    """Run independent flows concurrently and return how each ended, in order."""
    nodes: dict[Hashable, Node] = {index: Node(start) for index, start in enumerate(flows)}
    done = yield from graph(nodes)
    return [done[index] for index in nodes]


def gathered(flows: Iterable[Callable[[], Flow[T]]]) -> Flow[list[T]]:
    """Run independent flows at once and return their values in order, or raise the first error among them."""
    ends = yield from together(flows)
    for end in ends:
        if end.error is not None:
            raise end.error
    return [cast("T", end.value) for end in ends]
