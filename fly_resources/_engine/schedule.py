"""The order in which the nodes of a graph start, for both drivers."""

from __future__ import annotations

import collections
import graphlib
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources._engine.effects import Done, Node, Now, nothing
from fly_resources._errors import DependencyError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from fly_resources._engine.clock import Clock
    from fly_resources._engine.effects import Effect, Flow

#: How a unit ended: with an exception that no flow may handle if it was interrupted.
End: TypeAlias = "Done[Any] | BaseException"
#: How often a node may ask for the time before it counts as waiting.
_QUESTIONS: Final = 3


class Schedule:
    """Tracks which nodes of a graph may start and how the others ended. Used by both drivers."""

    def __init__(self, nodes: Mapping[Hashable, Node], limit: int) -> None:
        self._nodes = nodes
        self._order = {key: index for index, key in enumerate(nodes)}
        self._limit = limit
        self._sorter = graphlib.TopologicalSorter(
            {key: node.after | node.later_than for key, node in nodes.items()}
        )
        try:
            self._sorter.prepare()
        except graphlib.CycleError as cycle:
            raise _endless(cycle.args[1]) from cycle
        self._ready: collections.deque[Hashable] = collections.deque()
        self._running = 0
        self.done: dict[Hashable, Done[Any]] = {}

    def begin(self, clock: Clock) -> Iterator[tuple[Hashable, Begun]]:
        """Begin the nodes that may start now, and yield those that have something to wait for."""
        while keys := self.take():
            for key in keys:
                begun = _begin(self._nodes[key], clock)
                if isinstance(begun, Begun):
                    yield key, begun
                else:
                    self.finish(key, begun)

    def take(self) -> list[Hashable]:
        """Return the nodes to start now, in a stable order."""
        able: list[Hashable] = []
        while fresh := self._sorter.get_ready():
            for key in fresh:
                node = self._nodes[key]
                causes = [cause for each in node.after if (cause := self._cause(each)) is not None]
                if causes or node.start is nothing:
                    self.done[key] = Done(because=min(causes, key=self._order.__getitem__, default=None))
                    self._sorter.done(key)
                else:
                    able.append(key)
        # Prefer nodes that have just become ready over those that always were: chains end sooner.
        self._ready.extendleft(sorted(able, key=self._order.__getitem__, reverse=True))
        started = []
        while self._ready and self._running < self._limit:
            started.append(self._ready.popleft())
            self._running += 1
        return started

    def _cause(self, key: Hashable) -> Hashable:
        """Return the node that failed: this one or one that it depends on; None if it succeeded."""
        done = self.done[key]
        return done.because if done.error is None else key

    def finish(self, key: Hashable, done: End) -> None:
        """Record how a started node ended, or raise the exception that interrupted it."""
        if isinstance(done, BaseException):
            raise done
        self._running -= 1
        self.done[key] = done
        self._sorter.done(key)

    @property
    def waiting(self) -> bool:
        """Return whether a started node is still running."""
        return self._running > 0


@attrs.frozen
class Begun:
    """A flow and its first effect that may take time: it needs a thread or task of its own."""

    flow: Flow[Any]
    effect: Effect


def _begin(node: Node, clock: Clock) -> Begun | Done[Any]:
    """Run a node up to its first effect that may take time; many nodes only compare, and have none."""
    try:
        flow = node.start()
        effect = next(flow)
        for _ in range(_QUESTIONS):
            if isinstance(effect, Now):
                effect = flow.send(clock.now())
    except StopIteration as stop:
        return Done(stop.value)
    except Exception as error:  # noqa: BLE001  # reported as the node's end
        return Done(error=error)
    return Begun(flow, effect)


def _words(key: Hashable) -> str:
    return " of ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def unit_name(key: Hashable) -> str:
    """Return the name of a node's thread or task, for debuggers and for reports of a stuck clock."""
    return f"fly-resources: {_words(key)}"


def _endless(circle: Iterable[Hashable]) -> DependencyError:
    """Return the error for nodes that wait for each other."""
    return DependencyError(
        f"These steps wait for each other and were not started: {', '.join(map(_words, circle))}. "
        "This is a bug in fly_resources; as a workaround, ensure these resources in two calls."
    )
