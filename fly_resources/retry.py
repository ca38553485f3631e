"""Send a request again only where that cannot do harm.

Whether a retry is allowed depends on the operation (`fly_resources._operations`) and on how far the
failed attempt got. Never sent, or refused by the rate limit: any request may be sent again. Sent, and
the answer lost or a 5xx: only those that change nothing, or that set by value. All others are raised
to the caller, who can look whether they happened. So are 409 and 412, which mean too many things for
this layer: `fly_resources.errors` tells them apart, and the verbs decide.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import functools
import logging
import math
import random
import re
import threading
from typing import Final

import attrs
import httpx

from fly_resources import _arguments, _transports
from fly_resources._bodies import aread_whole, ask_for_bounded, is_streaming, read_whole
from fly_resources._clock import Clock, SystemClock, rest, rest_async
from fly_resources._deadlines import Deadline, TimedBody, guard_network
from fly_resources._halting import end_of_patience
from fly_resources._new_apps import NewApps
from fly_resources._operations import Repeat, find
from fly_resources._refusals import do_refusals_come_back
from fly_resources._streamed import STREAM, StreamedResponse
from fly_resources.errors import FlyError

__all__ = ["RetryPolicy", "RetryTransport", "parse_retry_after"]

_LOG: Final = logging.getLogger("fly_resources.retry")
#: The service never got the request: no connection, a proxy that lets nothing through, no HTTP at all.
_UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
#: What may not happen again. Other errors are about the programs on this side.
_PASSING: Final = (httpx.TransportError, httpx.DecodingError, OSError)
_LASTING: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
#: Some transports raise no more than the root of httpx's errors.
_ROOTS: Final = frozenset({httpx.HTTPError, httpx.RequestError})
#: How a proxy says that it will not do this: its status comes first.
_REFUSED_BY_PROXY: Final = re.compile(r"4(?!08|29)[0-9]{2}\b")
#: Set on a request that the service may have got.
MAYBE_SENT: Final = "fly_maybe_sent"
_TIMED_OUT: Final = 408
_TOO_MANY: Final = 429
_SERVER_FAILED: Final = range(500, 600)
#: A server that cannot will not be able to on the second try.
_CANNOT: Final = frozenset({501, 505})
#: Its 408 is an answer ("not yet"), not a failure (WA-3).
_WAIT: Final = "Machines_wait"
#: What httpx limits the duration of, each for itself.
_PHASES: Final = ("connect", "read", "write", "pool")
#: Longer than any date, and longer than any number of seconds that is meant.
_LONGEST_RETRY_AFTER: Final = 64


@attrs.frozen
class RetryPolicy:
    """When and how often a request is sent again.

    Attributes:
        attempts: How often a request is sent at most, the first time included. 1: never again.
        refusals: How often a request is sent again after a 429, on top of `attempts`: nothing was done,
            and the service is well.
        base_s, cap_s: Before retry n, wait a random time up to `min(cap_s, base_s * 2**n)` seconds.
        retry_after_cap_s: A `Retry-After` of up to so many seconds is waited for first; a longer one
            ends the retries, and the error carries the number.
        deadline_s: Seconds for all attempts and the pauses between them; what `RateLimitTransport`
            makes a request wait is not counted. What may be repeated is cut off when they have passed.
            Other writes are never cut short, because that would only leave their outcome in doubt: no
            attempt of theirs starts later, and the last one has its own timeout.
        budget: Retries that a client may spend at once, in tokens: each costs 5, or 10 after a
            timeout, and each success pays 1 back; a 429 costs nothing. Against a service that is down,
            a client stops adding load after 100 retries.
    """

    attempts: int = attrs.field(default=4, validator=_arguments.whole(1))
    refusals: int = attrs.field(default=60, validator=_arguments.whole(0))
    base_s: float = attrs.field(default=0.25, validator=_arguments.seconds())
    cap_s: float = attrs.field(default=8.0, validator=_arguments.seconds())
    retry_after_cap_s: float = attrs.field(default=60.0, validator=_arguments.seconds())
    deadline_s: float = attrs.field(default=300.0, validator=_arguments.seconds())
    budget: int = attrs.field(default=500, validator=_arguments.whole(0))


class _Budget:
    """The retry tokens of one client."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._left = size
        self._lock = threading.Lock()

    def renew_lock(self) -> None:
        self._lock = threading.Lock()

    def spend(self, tokens: int) -> bool:
        with self._lock:
            if self._left < tokens:
                return False
            self._left -= tokens
            return True

    def refund(self) -> None:
        with self._lock:
            self._left = min(self._size, self._left + 1)


class _Attempts:
    """The attempts at one request: after each failure, how long to wait, or None for no more."""

    def __init__(
        self,
        request: httpx.Request,
        policy: RetryPolicy,
        budget: _Budget,
        clock: Clock,
        chance: random.Random,
        *,
        new_apps: NewApps,
    ) -> None:
        self._request = request
        self._new_apps = new_apps
        self._policy = policy
        self._budget = budget
        self._clock = clock
        self._chance = chance
        self._target = find(request.method, request.url.raw_path.partition(b"?")[0].decode("ascii"))
        self._repeatable = (
            request.method in {"GET", "HEAD"}
            if self._target is None
            else self._target.operation.repeat in {Repeat.SAFE, Repeat.IDEMPOTENT}
        )
        self._timeouts: dict[str, float | None] = request.extensions.get("timeout") or {}
        self._waited_before: float = request.extensions.get("fly_waited_s", 0.0)
        self._started = clock.now()
        self._patience = end_of_patience()
        self._refusals = 0 if do_refusals_come_back() else policy.refusals
        self._refused = 0
        self._unseen = 0
        self.made = 0

    def begin(self) -> None:
        """Count one more attempt, and leave it no more time than there is."""
        self.made += 1
        # Visible to whoever holds the request or its response.
        self._request.extensions["fly_attempts"] = self.made
        self._new_apps.note_request(self._target, self._request.content)
        if not self._repeatable:
            return
        left = max(0.0, self._left())
        timeouts = {phase: _shorter(self._timeouts.get(phase), left) for phase in _PHASES}
        if timeouts != self._timeouts and left != math.inf:
            self._request.extensions["timeout"] = timeouts

    def deadline(self) -> Deadline:
        """Return the time that the attempt has, from its first byte to the last of its answer."""
        return Deadline(self._clock, self._left, self._timeouts, firm=self._repeatable)

    def watch(self, response: httpx.Response, deadline: Deadline) -> None:
        """Let the answer's body end in time, also when it comes in drop by drop."""
        deadline.head_is_here()
        if not response.is_closed:  # else it is here already
            response.stream = TimedBody(response.stream, deadline, self._request)

    def after_error(self, error: Exception, deadline: Deadline) -> float | None:
        unsent = isinstance(error, _UNSENT) or deadline.is_unsent or _transports.is_of_cassette(error)
        if not unsent:
            self._request.extensions[MAYBE_SENT] = True
        if not (unsent or self._repeatable) or not _is_passing(error):
            return None
        # its text stays out of the log: it may quote a broken answer
        cost = 10 if isinstance(error, httpx.TimeoutException | TimeoutError) else 5
        return self._delay(None, cost, type(error).__name__)

    def after_response(self, response: httpx.Response) -> float | None:
        status = response.status_code
        self._new_apps.note_response(self._target, self._request.content, response)
        pause = self._new_apps.pause(self._target, response, self._unseen)
        if pause is not None and pause < self._left():
            self._unseen += 1
            return self._again_in(pause, f"status {status} from an app that was just made")
        if response.is_success and self._repeatable and _is_page(response):
            # a proxy's words in place of the service's: the answer is lost, whatever the status
            return self._delay(None, 5, f"status {status} with a page")
        if response.is_success:
            self._budget.refund()
            return None
        refused = status == _TOO_MANY
        if not refused and self._is_transient(status):
            self._request.extensions[MAYBE_SENT] = True
        if not refused and not (self._repeatable and self._is_transient(status)):
            return None
        self._refused += refused
        asked = response.headers.get("retry-after")
        seconds = None if asked is None else parse_retry_after(asked, response.headers.get("date"))
        return self._delay(seconds, 0 if refused else 5, f"status {status}")

    def _is_transient(self, status: int) -> bool:
        """Return whether it is of those that Fly.io's own tools repeat (ER-10)."""
        if status == _TIMED_OUT:
            return self._target is None or self._target.operation.id != _WAIT
        return status in _SERVER_FAILED and status not in _CANNOT

    def _left(self) -> float:
        """Return the seconds to the deadline; waiting for a turn at the rate limit does not count."""
        waited: float = self._request.extensions.get("fly_waited_s", 0.0) - self._waited_before
        end = min(self._started + self._policy.deadline_s + waited, self._patience)
        return end - self._clock.now()

    def _delay(self, asked: float | None, cost: int, why: str) -> float | None:
        policy = self._policy
        failed = self.made - self._refused - self._unseen
        allowed = self._refused <= self._refusals and failed < policy.attempts
        if not allowed or policy.attempts == 1:
            return None
        # full jitter, also on top of what the service asks for: a fleet of clients must not come back in step
        delay = self._chance.uniform(0.0, min(policy.cap_s, policy.base_s * 2.0 ** min(self.made - 1, 64)))
        if asked is not None:
            if asked > policy.retry_after_cap_s:
                return None
            delay += asked
        if delay >= self._left() or not self._budget.spend(cost):
            return None
        return self._again_in(delay, why)

    def _again_in(self, delay: float, why: str) -> float:
        route = self._target.operation.route if self._target else "an unknown route"
        _LOG.debug(
            "%s %s: %s, attempt %d, again in %.2f s", self._request.method, route, why, self.made, delay
        )
        return delay


def _is_passing(error: Exception) -> bool:
    """Return whether the same may go well on the next attempt."""
    if isinstance(error, httpx.ProxyError):
        return _REFUSED_BY_PROXY.match(str(error)) is None
    return type(error) in _ROOTS or (isinstance(error, _PASSING) and not isinstance(error, _LASTING))


def as_policy(title: str, name: str, policy: object) -> RetryPolicy:
    """Return the policy that an argument means: None and True the default, False no repeats.

    Raises:
        ConfigurationError: It is something else.
    """
    if policy is None or policy is True:
        return RetryPolicy()
    if policy is False:
        return RetryPolicy(attempts=1)
    if not isinstance(policy, RetryPolicy):
        raise _arguments.refuse(
            title, name, "a RetryPolicy such as RetryPolicy(attempts=3), or False for no repeats", policy
        )
    return policy


def _is_page(response: httpx.Response) -> bool:
    kind: str = response.headers.get("content-type", "")
    return kind.lower().startswith("text/html")


def _is_whole_wanted(request: httpx.Request) -> bool:
    """Return whether it is known that the answer will not be iterated."""
    return request.extensions.get(STREAM) is False


def _shorter(timeout: float | None, left: float) -> float:
    return left if timeout is None else min(timeout, left)


class RetryTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Wrap an httpx transport so that what may be repeated is repeated.

    Serves `httpx.Client` and `httpx.AsyncClient` alike, with this library or without it. Bodies are
    read whole before an answer counts, so that one that breaks off is a lost answer too; a success of
    more than 64 MiB is a `DecodeError`, and gzip is the only coding that is asked for and unpacked. With
    `client.stream()`, only what comes before the body is repeated, and the body's parts pass as they arrive.
    An app that was just made may be unknown for a minute: a request to it that is answered 404 or 401
    meanwhile is sent again, whatever the policy (AP-12).
    `request.extensions["fly_retry"]` takes another `RetryPolicy` for one request, False for no repeats;
    `request.extensions["fly_attempts"]` (and the response's) says how often it was sent.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        policy: RetryPolicy | bool | None = None,  # noqa: FBT001  # as an argument of Fly it has a name
        *,
        clock: Clock | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """Wrap `inner`; time comes from `clock`, chance from `rng`. `policy=False` repeats nothing.

        Raises:
            ConfigurationError: An argument of another kind.
        """
        _transports.check_transport("RetryTransport", inner)
        _arguments.check_clock("RetryTransport", clock)
        self._inner = inner
        guard_network(inner)
        self._policy = as_policy("RetryTransport", "policy", policy)
        self._clock = clock or SystemClock()
        self._rng = rng or random.Random()  # noqa: S311  # jitter, not cryptography
        self._budget = _Budget(self._policy.budget)
        self._new_apps = NewApps(self._clock)
        _transports.renew_in_children(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and send again where the policy and the operation allow it."""
        if not isinstance(self._inner, httpx.BaseTransport):
            _transports.refuse_half(self, "sync")
        ask_for_bounded(request)
        request.read()  # a body that is made while it is sent can be sent only once
        return self._send(self._inner, request, self._attempts(request), whole=_is_whole_wanted(request))

    def _send(
        self, inner: httpx.BaseTransport, request: httpx.Request, attempts: _Attempts, *, whole: bool
    ) -> httpx.Response:
        while True:
            attempts.begin()
            deadline = attempts.deadline()
            try:
                with deadline:
                    response = inner.handle_request(request)
                    if whole or not is_streaming(response):
                        response = self._read(request, response, attempts, deadline)
            except FlyError:
                raise
            except Exception as error:
                if (delay := attempts.after_error(error, deadline)) is None:
                    raise
            else:
                if (delay := attempts.after_response(response)) is None:
                    response.extensions["fly_attempts"] = attempts.made
                    if response.is_closed or not is_streaming(response):
                        return response
                    return StreamedResponse(
                        response, finish=functools.partial(self._finish, inner, request, attempts)
                    )
                response.close()
            rest(self._clock, delay)

    def _read(
        self, request: httpx.Request, response: httpx.Response, attempts: _Attempts, deadline: Deadline
    ) -> httpx.Response:
        attempts.watch(response, deadline)
        try:
            return read_whole(request, response)
        finally:
            response.close()

    def _finish(
        self, inner: httpx.BaseTransport, request: httpx.Request, attempts: _Attempts, head: httpx.Response
    ) -> httpx.Response:
        """Read the body of a success whose head was handed out already, or all of another answer."""
        deadline = attempts.deadline()
        try:
            with deadline:
                return self._read(request, head, attempts, deadline)
        except FlyError:
            raise
        except Exception as error:
            if (delay := attempts.after_error(error, deadline)) is None:
                raise
        rest(self._clock, delay)
        return self._send(inner, request, attempts, whole=True)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and send again where the policy and the operation allow it."""
        if not isinstance(self._inner, httpx.AsyncBaseTransport):
            _transports.refuse_half(self, "async")
        ask_for_bounded(request)
        await request.aread()  # a body that is made while it is sent can be sent only once
        attempts = self._attempts(request)
        return await self._send_async(self._inner, request, attempts, whole=_is_whole_wanted(request))

    async def _send_async(
        self, inner: httpx.AsyncBaseTransport, request: httpx.Request, attempts: _Attempts, *, whole: bool
    ) -> httpx.Response:
        while True:
            attempts.begin()
            deadline = attempts.deadline()
            try:
                with deadline:
                    response = await inner.handle_async_request(request)
                    if whole or not is_streaming(response):
                        response = await self._read_async(request, response, attempts, deadline)
            except FlyError:
                raise
            except Exception as error:
                if (delay := attempts.after_error(error, deadline)) is None:
                    raise
            else:
                if (delay := attempts.after_response(response)) is None:
                    response.extensions["fly_attempts"] = attempts.made
                    if response.is_closed or not is_streaming(response):
                        return response
                    return StreamedResponse(
                        response, finish_async=functools.partial(self._finish_async, inner, request, attempts)
                    )
                await response.aclose()
            await rest_async(self._clock, delay)

    async def _read_async(
        self, request: httpx.Request, response: httpx.Response, attempts: _Attempts, deadline: Deadline
    ) -> httpx.Response:
        attempts.watch(response, deadline)
        try:
            return await aread_whole(request, response)
        finally:
            await response.aclose()

    async def _finish_async(
        self,
        inner: httpx.AsyncBaseTransport,
        request: httpx.Request,
        attempts: _Attempts,
        head: httpx.Response,
    ) -> httpx.Response:
        """Read the body of a success whose head was handed out already, or all of another answer."""
        deadline = attempts.deadline()
        try:
            with deadline:
                return await self._read_async(request, head, attempts, deadline)
        except FlyError:
            raise
        except Exception as error:
            if (delay := attempts.after_error(error, deadline)) is None:
                raise
        await rest_async(self._clock, delay)
        return await self._send_async(inner, request, attempts, whole=True)

    def close(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.BaseTransport):
            self._inner.close()

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.AsyncBaseTransport):
            await self._inner.aclose()

    def renew_after_fork(self) -> None:
        """Take other connections and another lock: those of the parent serve the parent."""
        _transports.renew_connections(self._inner)
        self._budget.renew_lock()

    def _attempts(self, request: httpx.Request) -> _Attempts:
        override = request.extensions.get("fly_retry")
        policy = self._policy if override is None else as_policy("request.extensions", "fly_retry", override)
        return _Attempts(request, policy, self._budget, self._clock, self._rng, new_apps=self._new_apps)


def parse_retry_after(value: str, answered: str | None = None) -> float | None:
    """Read a `Retry-After` header as seconds; None if it is neither a number nor a date.

    A date counts from the answer's own `Date` header, whatever this machine's clock says; without one,
    from now.
    """
    text = value.strip()
    if not text.isascii() or len(text) > _LONGEST_RETRY_AFTER:
        return None
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return float(text)
    moment = _read_date(text)
    if moment is None:
        return None
    began = (None if answered is None else _read_date(answered)) or dt.datetime.now(dt.UTC)
    return max(0.0, (moment - began).total_seconds())


def _read_date(text: str) -> dt.datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
