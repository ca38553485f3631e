"""One request from arrival to response: faults, latency, limits, and the model.

`Service.exchange` is a generator that yields the seconds to wait. The transports and the server run it with
their own kind of clock call, so waiting is implemented once for threads and tasks.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import math
import threading
from collections import deque
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from fly_resources.testing import _elsewhere as elsewhere
from fly_resources.testing import _errors as errors
from fly_resources.testing import _router as router
from fly_resources.testing import _tokens as tokens
from fly_resources.testing._call import Call, LeaseBlocks
from fly_resources.testing._cron import run_schedules
from fly_resources.testing._faults import Faults
from fly_resources.testing._limits import RateLimits, retry_after
from fly_resources.testing._lists import LISTS, emptied, shorten
from fly_resources.testing._proxy import stop_idle
from fly_resources.testing._request_log import RecordedRequest, RequestLog
from fly_resources.testing._state import World
from fly_resources.testing._wire import HTML_TYPE, Answer, Pending, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from fly_resources._engine.clock import Clock
    from fly_resources.testing._faults import Fault
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._wire import Json, Request, Result

#: Maximum time until a pending response is checked again: something else may have changed the world.
_POLL_S = 0.5
_HTML = b"<html><head><title>502 Bad Gateway</title></head><body>upstream said nothing</body></html>"

Loss: TypeAlias = Literal["refused", "reset", "timeout"]


class NoAnswerError(Exception):
    """The exchange ends without a response."""

    def __init__(self, loss: Loss) -> None:
        """Record how it ended."""
        super().__init__(loss)
        self.loss: Loss = loss


@attrs.frozen
class Delivery:
    """A response on its way to the client.

    `cut`: the body is truncated. `injected`: a fault produced the response.
    """

    answer: Answer
    cut: bool = False
    injected: bool = False


@attrs.frozen(order=True)
class _Late:
    """A request that takes effect after its client has given up."""

    due: float
    order: int
    request: Request = attrs.field(order=False)
    match: router.Match | None = attrs.field(order=False)


class Service:
    """The world, and everything that processes a request on its way to it."""

    def __init__(
        self,
        platform: Platform,
        clock: Clock,
        *,
        latency: float,
        rate_limits: bool,
        keep_requests: int,
    ) -> None:
        """Start with an empty world."""
        self.platform = platform
        self.clock = clock
        self.world = World()
        self.faults = Faults()
        self.requests = RequestLog(keep_requests)
        #: Called with each request when it is over.
        self.listeners: list[Callable[[RecordedRequest], object]] = []
        self.lock = threading.RLock()
        self._before = World()
        self.latency = latency
        self.limits = RateLimits() if rate_limits else None
        #: Worlds before a change, with the time of the change, oldest first.
        self._past: deque[tuple[float, World]] = deque()
        self._late: list[_Late] = []
        self._order = itertools.count()

    def replace(self, world: World) -> None:
        """Replace the world with another one."""
        self.world = world
        self._before = world.before_change(None)
        self._past.clear()

    def reset(self, *, latency: float, rate_limits: bool) -> None:
        """Start again with an empty world."""
        self.replace(World())
        self.faults.clear()
        self.requests.clear()
        self._late.clear()
        self.latency = latency
        self.limits = RateLimits() if rate_limits else None

    @contextlib.contextmanager
    def changing(self, app_name: str) -> Generator[World]:
        """Change an app outside of a request."""
        with self.lock:
            self.settle()
            before = self.world.before_change(app_name)
            yield self.world
            self._remember(before, self.clock.now())

    def exchange(self, request: Request, read_timeout: float | None) -> Generator[float, None, Delivery]:
        """Process one request; yields seconds to wait and returns what the client receives.

        Raises:
            NoAnswerError: The client receives nothing.
        """
        sent = self.clock.now()
        match = router.match(request)
        operation = None if match is None else match.operation
        record = RecordedRequest(
            request.method,
            request.path,
            operation,
            None,
            sent,
            request.query_text,
            request.body,
            asked_by=request.asked_by,
        )
        with self.lock:
            self.requests.append(record)
            fault = self.faults.take(operation, request.method)
        try:
            delivery = yield from self._carry(request, match, fault, read_timeout)
            record.status = delivery.answer.status
        finally:
            record.ended_at = self.clock.now()
            for told in self.listeners:
                told(record)
        return delivery

    def _carry(
        self, request: Request, match: router.Match | None, fault: Fault | None, read_timeout: float | None
    ) -> Generator[float, None, Delivery]:
        """Process a recorded request: latency, the model, and the way back."""
        sent = self.clock.now()
        kind = None if fault is None else fault.kind
        if kind == "refuse":
            raise NoAnswerError("refused")
        gives_up = math.inf if read_timeout is None else sent + read_timeout
        late = fault.seconds if fault is not None and fault.kind == "slow" and fault.late else 0.0
        arrival = sent + self.latency + late
        if arrival > gives_up:
            if kind != "reset_before" and not _unapplied(fault):
                with self.lock:
                    heapq.heappush(self._late, _Late(arrival, next(self._order), request, match))
            yield from self._until(gives_up)
            raise NoAnswerError("timeout")
        yield from self._until(arrival)
        if kind == "reset_before":
            raise NoAnswerError("reset")
        if fault is not None and _unapplied(fault):
            answer = _fault_answer(fault)
        else:
            answer = yield from self._answer(request, match, gives_up, stale=kind == "stale")
        operation = None if match is None else match.operation
        return (yield from self._deliver(answer, operation, fault, gives_up))

    def settle(self) -> None:
        """Apply changes that need no response. Called with the lock held.

        These are requests that arrive after their clients gave up, and what the scheduler and the proxy do on
        their own.
        """
        now = self.clock.now()
        while self._late and self._late[0].due <= now:
            late = heapq.heappop(self._late)
            self._pass_time(late.due)
            self._apply(late.request, late.match, late.due)
        self._pass_time(now)

    def _pass_time(self, now: float) -> None:
        run_schedules(self.world, self.platform, now)
        stop_idle(self.world, self.platform, now)

    def _answer(
        self, request: Request, match: router.Match | None, gives_up: float, *, stale: bool
    ) -> Generator[float, None, Answer]:
        with self.lock:
            self.settle()
            result = self._apply(request, match, self.clock.now(), stale=stale)
        while isinstance(result, Pending):
            look_again = min(result.at, self.clock.now() + _POLL_S)
            if look_again > gives_up:
                yield from self._until(gives_up)
                raise NoAnswerError("timeout")
            yield from self._until(look_again)
            with self.lock:
                self.settle()
                try:
                    result = result.poll(self.clock.now())
                except errors.Refusal as refusal:
                    result = refusal.spoken(self.platform.behaviour)
        return result

    def _deliver(
        self, answer: Answer, operation: str | None, fault: Fault | None, gives_up: float
    ) -> Generator[float, None, Delivery]:
        """Apply the fault to the response."""
        if fault is None:
            return Delivery(answer)
        if fault.kind == "reset_after":
            raise NoAnswerError("reset")
        if fault.kind == "slow" and not fault.late:
            done = self.clock.now() + fault.seconds
            yield from self._until(min(done, gives_up))
            if done > gives_up:
                raise NoAnswerError("timeout")
        if fault.kind == "status":
            return Delivery(_fault_answer(fault), injected=True)
        if fault.kind == "empty" and operation is not None:
            return Delivery(emptied(answer, operation))
        if fault.kind == "not_json":
            return Delivery(Answer(answer.status, _HTML, HTML_TYPE), injected=True)
        return Delivery(answer, cut=fault.kind == "truncate")

    def _until(self, at: float) -> Generator[float, None, None]:
        wait = at - self.clock.now()
        if wait > 0:
            yield wait

    def _apply(
        self, request: Request, match: router.Match | None, now: float, *, stale: bool = False
    ) -> Result:
        if match is None:
            if not any(request.segments):
                return Answer(301, headers=(("location", "https://fly.io/docs/machines/api/"),))  # PL-5
            other = elsewhere.answer(request, self.world, self.platform, now)
            return errors.route_miss() if other is None else other
        operation = match.operation
        if operation not in router.BEFORE_AUTH and not tokens.accepts(
            self.platform, request.authorization, now
        ):
            return errors.unauthenticated(operation)
        if self.limits is not None:
            wait = self.limits.refuse(operation, match.params, request, now)
            if wait is not None:
                return errors.rate_limited(retry_after(wait) if self.platform.behaviour.retry_after else None)
        if match.handler is None:
            return errors.not_modelled(operation)
        world = self._before if stale else self._seen_by(operation, now)
        return self._handle(match.handler, Call(request, operation, match.params, world, self.platform, now))

    def _handle(self, handler: router.Handler, call: Call) -> Result:
        is_read = call.request.method == "GET"
        before = None if is_read else self.world.before_change(call.params.get("app_name"))
        try:
            tokens.require_scope(call)
            result = handler(call)
        except errors.Refusal as refusal:
            return call.spoken(refusal)
        except LeaseBlocks as blocked:
            return Pending(blocked.until, lambda now: self._handle(handler, attrs.evolve(call, now=now)))
        if before is not None:
            self._remember(before, call.now)
        if call.operation in LISTS and not isinstance(result, Pending):
            empty, short = self.platform.behaviour.empty_lists, self.platform.behaviour.short_lists
            return shorten(result, call.operation, empty=empty, short=short)
        return result

    def _remember(self, before: World, now: float) -> None:
        """Keep the world before a change for stale reads."""
        self._before = before
        lags = self.platform.behaviour.stale_reads.values()
        if not lags:
            return
        self._past.append((now, before))
        while now - self._past[0][0] > max(lags):
            self._past.popleft()

    def _seen_by(self, operation: str, now: float) -> World:
        """Return the world that a request sees: the current one, or an older one if its operation lags."""
        lag = self.platform.behaviour.stale_reads.get(operation, 0.0)
        for changed_at, before in self._past if lag else ():
            if changed_at > now - lag:
                return before
        return self.world


def _unapplied(fault: Fault | None) -> bool:
    """Return whether the fault is a response that replaces the request's effect."""
    return fault is not None and fault.kind == "status" and not fault.applied


def _fault_answer(fault: Fault) -> Answer:
    body: Json = {"error": f"fault: status {fault.status}"} if fault.body is None else fault.body
    return Answer(fault.status, encode(body), headers=tuple(fault.headers.items()))
