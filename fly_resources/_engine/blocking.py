"""The driver of `Fly`: runs flows on the calling thread, and concurrent ones on new threads."""

from __future__ import annotations

import contextlib
import contextvars
import queue
import threading
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from fly_resources._engine.driving import drive
from fly_resources._engine.effects import Call, Done, Effect, Flow, Node, Now, Sleep, Tell, Together
from fly_resources._engine.interrupts import Halt, Stopped, halted_by
from fly_resources._engine.schedule import Begun, End, Schedule, unit_name
from fly_resources._engine.sharing import Reads

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from fly_resources._engine.clock import Clock

T = TypeVar("T")

#: Seconds between looks for threads that died without a report.
_GLANCE_S: Final = 1.0


@attrs.define(eq=False)
class BlockingDriver:
    """Runs flows on the calling thread, and concurrent ones on new threads.

    Calls are sent with `send`, waits use `clock`; `reads` is shared by the whole client.
    """

    _send: Callable[[Mapping[str, Any]], Any]
    _clock: Clock
    _limit: int = attrs.field(kw_only=True, alias="max_concurrency")
    _on_event: Callable[[object], object] | None = attrs.field(kw_only=True, alias="on_event")
    _reads: Reads = attrs.field(factory=Reads, kw_only=True, alias="reads")
    _interrupt: BaseException | None = attrs.field(default=None, init=False)
    _halt: Halt = attrs.field(factory=Halt, init=False)

    def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end. On an interrupt, its concurrent flows end first."""
        ticket = self._clock.announce()
        try:
            self._clock.start(ticket)
            return self.drive(flow)
        except Stopped as stopped:
            raise (self._interrupt or stopped) from None
        finally:
            self._clock.finish()

    def drive(self, flow: Flow[T], first: Effect | None = None) -> T:
        """Run a flow on a thread registered with the clock. `first`: an effect that it has yielded."""
        return drive(flow, self._perform, first)

    def _perform(self, effect: Effect) -> object:
        self._halt.check()
        match effect:
            case Call() if effect.shared:
                return self.drive(self._reads.ask(effect))
            case Call():
                return effect.read(self._send(effect.parts))
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
        schedule = Schedule(nodes, self._limit)
        threads = Threads(self.drive, self._clock, self._halt)
        try:
            while True:
                for key, begun in schedule.begin(self._clock):
                    threads.start(key, begun)
                if not schedule.waiting:
                    return schedule.done
                schedule.finish(*threads.await_one())
        except BaseException as interrupt:
            # Let requests in flight finish, so that nothing is left half done; start nothing new.
            self._interrupt = self._interrupt or interrupt
            self._halt.stop()
            threads.await_all()
            raise


@attrs.define(eq=False)
class _Unit:
    """One node on its thread."""

    key: Hashable
    begun: Begun
    ticket: int
    thread: threading.Thread
    #: Set by the parent, which has its report.
    ended: bool = False


class Threads:
    """The threads of one `Together`.

    A thread's registration with the clock passes to the parent together with its report. Nothing that may
    be interrupted holds a lock, and the parent does not depend on a report: a dead thread has ended too.
    """

    def __init__(self, drive: Callable[[Flow[Any], Effect], Any], clock: Clock, halt: Halt) -> None:
        self._drive = drive
        self._clock = clock
        self._halt = halt
        self._units: list[_Unit] = []
        #: Units without a thread, which run on the parent's after all others.
        self._deferred: list[_Unit] = []
        self._reports: queue.SimpleQueue[tuple[_Unit, End]] = queue.SimpleQueue()
        #: Whether the parent is registered, apart from what comes with the reports.
        self._registered = True

    def start(self, key: Hashable, begun: Begun) -> None:
        """Run a node that has begun on a new thread, in a copy of the caller's context, as a task would."""
        run = contextvars.copy_context().run
        thread = threading.Thread(target=lambda: run(self._work, unit), name=unit_name(key), daemon=True)
        unit = _Unit(key, begun, self._clock.announce(), thread)
        self._units.append(unit)
        try:
            thread.start()
        except RuntimeError:
            # the system cannot start another thread, or Python is shutting down: run it on this one
            self._deferred.append(unit)
            self._clock.finish()

    def await_one(self) -> tuple[Hashable, End]:
        """Wait, unregistered from the clock, for a node that has ended and was not returned yet."""
        if self._registered:
            self._registered = False
            self._clock.finish()
        if self._deferred and self._deferred == self._running():
            unit = self._deferred.pop(0)
            unit.ticket = self._clock.announce()
            self._work(unit)
        while True:
            with contextlib.suppress(queue.Empty):
                return self._take(self._reports.get(timeout=_GLANCE_S))
            dead = [unit for unit in self._running() if not unit.thread.is_alive()]
            with contextlib.suppress(queue.Empty):
                return self._take(self._reports.get_nowait())
            if dead:
                died = RuntimeError(f"The thread {dead[0].thread.name!r} died without a result.")
                return self._take((dead[0], Done(error=died)))

    def await_all(self) -> None:
        """Wait, unregistered from the clock, until none runs."""
        for unit in self._deferred:
            unit.ended = True
        while self._running():
            self.await_one()

    def _running(self) -> list[_Unit]:
        return [unit for unit in self._units if not unit.ended]

    def _take(self, report: tuple[_Unit, End]) -> tuple[Hashable, End]:
        unit, done = report
        unit.ended = self._registered = True
        return unit.key, done

    def _work(self, unit: _Unit) -> None:
        done: End
        try:
            self._clock.start(unit.ticket)
            with halted_by(self._halt):
                done = Done(self._drive(unit.begun.flow, unit.begun.effect))
        except Exception as error:  # noqa: BLE001  # reported as the node's end
            done = Done(error=error)
        except BaseException as interrupt:  # noqa: BLE001  # raised by the parent
            done = interrupt
        self._reports.put((unit, done))
