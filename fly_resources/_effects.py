"""What a flow may ask for, and the two drivers that answer it: blocking and async.

A flow is a generator: it yields effects and is sent their results, so one implementation serves both
worlds and can be tested without either. Flows never do I/O, sleep or look at a clock themselves.
"""

from __future__ import annotations

import asyncio
import collections
import graphlib
import threading
from collections.abc import Generator, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

import attrs

from fly_resources._halting import Halt, Stopped, halted_by, kept
from fly_resources.errors import DependencyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from fly_machines import Client

    from fly_resources._clock import Clock

T = TypeVar("T")


@attrs.frozen
class Call(Generic[T]):
    """One request through the SDK, in both spellings.

    `keep`: the flow has to see its answer, because what it grants has to be given back. A cancellation
    waits for that.
    """

    sync: Callable[[Client], T]
    aio: Callable[[Client], Awaitable[T]]
    keep: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Sleep:
    """Wait for some seconds."""

    seconds: float


@attrs.frozen
class Now:
    """Ask for the clock's seconds."""


@attrs.frozen
class Tell:
    """Hand an event to whoever watches."""

    event: object


@attrs.frozen
class Node:
    """A flow that starts when those in `after` have succeeded, and those in `later_than` ended somehow."""

    start: Callable[[], Flow[Any]]
    after: frozenset[Hashable] = frozenset()
    later_than: frozenset[Hashable] = frozenset()


@attrs.frozen
class Together:
    """Run flows at once, in the order that their dependencies allow; answers `dict[key, Done]`."""

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
        """Return whether it did not end with a value."""
        return self.error is not None or self.because is not None


def call(request: Call[T]) -> Flow[T]:
    """Send a request and return its parsed answer."""
    return cast("T", (yield request))


def sleep(seconds: float) -> Flow[None]:
    """Wait."""
    yield Sleep(seconds)


def now() -> Flow[float]:
    """Return the clock's seconds."""
    return cast("float", (yield Now()))


def tell(event: object) -> Flow[None]:
    """Report progress."""
    yield Tell(event)


def graph(nodes: Mapping[Hashable, Node]) -> Flow[dict[Hashable, Done[Any]]]:
    """Run a graph of flows and return how each node ended."""
    return cast("dict[Hashable, Done[Any]]", (yield Together(nodes)))


def together(flows: Iterable[Callable[[], Flow[T]]]) -> Flow[list[Done[T]]]:
    """Run independent flows at once and return how each ended, in order."""
    nodes: dict[Hashable, Node] = {index: Node(start) for index, start in enumerate(flows)}
    done = yield from graph(nodes)
    return [done[index] for index in nodes]


class _Schedule:
    """Which nodes of a graph may start, and what became of the others. Shared by both drivers."""

    def __init__(self, nodes: Mapping[Hashable, Node], limit: int) -> None:
        self._nodes = nodes
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

    def take(self) -> list[Hashable]:
        """Return the nodes to start now, in a stable order."""
        order = {key: index for index, key in enumerate(self._nodes)}
        while self._sorter.is_active():
            fresh = sorted(self._sorter.get_ready(), key=order.__getitem__)
            if not fresh:
                break
            able: list[Hashable] = []
            for key in fresh:
                failed = [each for each in self._nodes[key].after if self.done[each].failed]
                if failed:
                    first = min(failed, key=order.__getitem__)
                    self.done[key] = Done(
                        because=first if self.done[first].because is None else self.done[first].because
                    )
                    self._sorter.done(key)
                else:
                    able.append(key)
            # What others have made possible goes before what could begin all along: a chain ends sooner.
            self._ready.extendleft(reversed(able))
        started = []
        while self._ready and self._running < self._limit:
            started.append(self._ready.popleft())
            self._running += 1
        return started

    def finish(self, key: Hashable, done: Done[Any]) -> None:
        """Record how a started node ended."""
        self._running -= 1
        self.done[key] = done
        self._sorter.done(key)

    @property
    def waiting(self) -> bool:
        """Return whether a started node has not ended yet."""
        return self._running > 0


def _endless(circle: Iterable[Hashable]) -> DependencyError:
    """Return the error for nodes of which each waits for the next."""
    names = (" of ".join(map(str, key)) if isinstance(key, tuple) else str(key) for key in circle)
    return DependencyError(
        f"None of these steps was begun, for they wait for one another: {', '.join(names)}. This is a defect "
        "of fly_resources; until it is mended, ensure what they name in two calls."
    )


@attrs.frozen
class _Ended:
    """How one unit of a `Together` came back; `interrupt` is what no flow may handle."""

    key: Hashable
    done: Done[Any]
    interrupt: BaseException | None = None

    def unless_interrupted(self) -> Done[Any]:
        """Return how it ended, or raise what interrupted it."""
        if self.interrupt is not None:
            raise self.interrupt
        return self.done


class BlockingDriver:
    """Runs flows on this thread, and what they do together on threads of its own."""

    def __init__(
        self, sdk: Client, clock: Clock, *, max_concurrency: int, on_event: Callable[[object], object] | None
    ) -> None:
        """Answer calls through `sdk` and waits through `clock`."""
        self._sdk = sdk
        self._clock = clock
        self._limit = max_concurrency
        self._on_event = on_event
        self._interrupt: BaseException | None = None
        self._halt = Halt()

    def run(self, flow: Flow[T]) -> T:
        """Drive a flow to its end. On an interrupt, what runs beside it ends first."""
        ticket = self._clock.announce()
        try:
            self._clock.start(ticket)
            return self.drive(flow)
        except Stopped as stopped:
            raise (self._interrupt or stopped) from None
        finally:
            self._clock.finish()

    def drive(self, flow: Flow[T]) -> T:
        """Answer a flow's effects, on a thread that has its place on the clock already."""
        value: object = None
        error: Exception | None = None
        while True:
            try:
                effect = flow.send(value) if error is None else flow.throw(error)
            except StopIteration as stop:
                return cast("T", stop.value)
            value, error = None, None
            try:
                value = self._perform(effect)
            except Exception as raised:  # noqa: BLE001  # the flow decides what it means
                error = raised
            except BaseException:
                flow.close()
                raise

    def _perform(self, effect: Effect) -> object:
        self._halt.check()
        match effect:
            case Call():
                return effect.sync(self._sdk)
            case Sleep():
                self._clock.sleep(effect.seconds)
                return None
            case Now():
                return self._clock.now()
            case Tell():
                return self._on_event(effect.event) if self._on_event else None
            case Together():
                return self._together(effect.nodes)

    def _together(self, nodes: Mapping[Hashable, Node]) -> dict[Hashable, Done[Any]]:
        schedule = _Schedule(nodes, self._limit)
        threads = _Threads(self.drive, self._clock, self._halt)
        try:
            while True:
                for key in schedule.take():
                    threads.start(key, nodes[key])
                if not schedule.waiting:
                    return schedule.done
                ended = threads.await_one()
                schedule.finish(ended.key, ended.unless_interrupted())
        except BaseException as interrupt:
            # Let what is in flight end, so that nothing is left half done; begin nothing new.
            self._interrupt = self._interrupt or interrupt
            self._halt.stop()
            threads.await_all()
            raise


@attrs.define(eq=False)
class _Unit:
    """One node on its thread. Who takes `claim` decides whether it is begun, or was given up before."""

    claim: threading.Lock = attrs.field(factory=threading.Lock)
    ended: bool = False


class _Threads:
    """The threads of one `Together`.

    An interrupt may come at any point of the parent: nothing of what `await_all` waits for is counted there.
    """

    def __init__(self, drive: Callable[[Flow[Any]], Any], clock: Clock, halt: Halt) -> None:
        self._drive = drive
        self._clock = clock
        self._halt = halt
        self._units: list[_Unit] = []
        self._ended: collections.deque[_Ended] = collections.deque()
        self._changed = threading.Condition()
        self._parent_waits = False

    def start(self, key: Hashable, node: Node) -> None:
        """Run a node on a thread of its own."""
        unit = _Unit()
        ticket = self._clock.announce()
        self._units.append(unit)
        thread = threading.Thread(
            target=self._work, args=(unit, key, node, ticket), name="fly-resources", daemon=True
        )
        try:
            thread.start()
        except RuntimeError as error:
            # the system has no thread left; the other nodes go on
            self._end(unit, _Ended(key, Done(error=error)))

    def await_one(self) -> _Ended:
        """Wait, off the clock, until one has ended that was not returned yet."""
        with self._changed:
            if not self._ended and not self._parent_waits:
                self._parent_waits = True
                self._clock.finish()
            while self._parent_waits:
                self._changed.wait()
            return self._ended.popleft()

    def await_all(self) -> None:
        """Wait, off the clock, until none runs; what has not begun never does."""
        for unit in self._units:
            if not unit.ended and unit.claim.acquire(blocking=False):
                unit.ended = True
                self._clock.finish()
        with self._changed:
            while self._parent_waits or not all(unit.ended for unit in self._units):
                if not self._parent_waits:
                    self._parent_waits = True
                    self._clock.finish()
                self._changed.wait()

    def _work(self, unit: _Unit, key: Hashable, node: Node, ticket: int) -> None:
        if not unit.claim.acquire(blocking=False):
            return
        try:
            self._clock.start(ticket)
            with halted_by(self._halt):
                ended = _Ended(key, Done(self._drive(node.start())))
        except Exception as error:  # noqa: BLE001  # reported as the node's end
            ended = _Ended(key, Done(error=error))
        except BaseException as interrupt:  # noqa: BLE001  # raised by the parent
            ended = _Ended(key, Done(), interrupt)
        self._end(unit, ended)

    def _end(self, unit: _Unit, ended: _Ended) -> None:
        with self._changed:
            unit.ended = True
            self._ended.append(ended)
            if self._parent_waits:
                # This unit's place on the clock passes to the waiting parent.
                self._parent_waits = False
                self._changed.notify()
            else:
                self._clock.finish()


class AsyncDriver:
    """Runs flows on this task, and what they do together on tasks of its own."""

    def __init__(
        self, sdk: Client, clock: Clock, *, max_concurrency: int, on_event: Callable[[object], object] | None
    ) -> None:
        """Answer calls through `sdk` and waits through `clock`."""
        self._sdk = sdk
        self._clock = clock
        self._limit = max_concurrency
        self._on_event = on_event

    async def run(self, flow: Flow[T]) -> T:
        """Drive a flow to its end. When cancelled, what runs beside it is cancelled too."""
        ticket = self._clock.announce()
        try:
            await self._clock.start_async(ticket)
            return await self.drive(flow)
        finally:
            self._clock.finish()

    async def drive(self, flow: Flow[T]) -> T:
        """Answer a flow's effects, on a task that has its place on the clock already."""
        value: object = None
        error: Exception | None = None
        cancelled: asyncio.CancelledError | None = None
        while True:
            try:
                effect = flow.send(value) if error is None else flow.throw(error)
            except StopIteration as stop:
                if cancelled is not None:
                    raise cancelled from None
                return cast("T", stop.value)
            value, error = None, None
            try:
                if cancelled is not None:
                    raise cancelled  # noqa: TRY301  # the one way out closes the flow
                if isinstance(effect, Call) and effect.keep:
                    value, cancelled = await kept(effect.aio(self._sdk))
                else:
                    value = await self._perform(effect)
            except Exception as raised:  # noqa: BLE001  # the flow decides what it means
                error = raised
            except BaseException:
                flow.close()
                raise

    async def _perform(self, effect: Effect) -> object:
        match effect:
            case Call():
                return await effect.aio(self._sdk)
            case Sleep():
                await self._clock.sleep_async(effect.seconds)
                return None
            case Now():
                return self._clock.now()
            case Tell():
                return self._on_event(effect.event) if self._on_event else None
            case Together():
                return await self._together(effect.nodes)

    async def _together(self, nodes: Mapping[Hashable, Node]) -> dict[Hashable, Done[Any]]:
        schedule = _Schedule(nodes, self._limit)
        tasks = _Tasks(self.drive, self._clock)
        try:
            while True:
                for key in schedule.take():
                    tasks.start(key, nodes[key])
                if not schedule.waiting:
                    return schedule.done
                ended = await tasks.await_one()
                schedule.finish(ended.key, ended.unless_interrupted())
        except BaseException:
            await tasks.cancel_all()
            raise


class _Tasks:
    """The tasks of one `Together`."""

    def __init__(self, drive: Callable[[Flow[Any]], Awaitable[Any]], clock: Clock) -> None:
        self._drive = drive
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: collections.deque[_Ended] = collections.deque()
        self._parent_waits: asyncio.Future[None] | None = None

    def start(self, key: Hashable, node: Node) -> None:
        """Run a node on a task of its own."""
        task = asyncio.create_task(self._work(key, node, self._clock.announce()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def await_one(self) -> _Ended:
        """Wait, off the clock, until one has ended that was not returned yet."""
        if not self._ended:
            self._parent_waits = asyncio.get_running_loop().create_future()
            self._clock.finish()
            try:
                await self._parent_waits
            except asyncio.CancelledError:
                if self._parent_waits.cancelled():
                    # Nobody passed a place on the clock on: take one to give up in the end.
                    self._clock.announce()
                raise
        return self._ended.popleft()

    async def cancel_all(self) -> None:
        """Cancel what runs, and wait, off the clock, until it has ended: some may still await an answer."""
        for task in tuple(self._tasks):
            task.cancel()
        self._clock.finish()
        try:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        finally:
            self._clock.announce()

    async def _work(self, key: Hashable, node: Node, ticket: int) -> None:
        try:
            await self._clock.start_async(ticket)
            self._end(_Ended(key, Done(await self._drive(node.start()))))
        except Exception as error:  # noqa: BLE001  # reported as the node's end
            self._end(_Ended(key, Done(error=error)))
        except BaseException as interrupt:
            self._end(_Ended(key, Done(), interrupt))
            raise

    def _end(self, ended: _Ended) -> None:
        self._ended.append(ended)
        if self._parent_waits is not None and not self._parent_waits.done():
            # This unit's place on the clock passes to the waiting parent.
            self._parent_waits.set_result(None)
        else:
            self._clock.finish()
