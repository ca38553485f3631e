"""Retry requests where that is safe.

Whether a request may be retried depends on its operation (`fly_resources._wire.operations`) and on how far
the failed attempt got. If it was never sent, or was refused by the rate limit, any request may be sent again.
If it was sent, and the response was lost or is a 5xx, only reads and idempotent writes may. Other failures
are raised to the caller, who can check whether the write was applied. So are 409 and 412, which are
ambiguous at this layer: `fly_resources.errors` tells their causes apart, and the verbs decide.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import math
import random
import re
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import attrs
import httpx

from fly_resources._checks import arguments
from fly_resources._checks.keywords import with_words
from fly_resources._engine.clock import Clock  # noqa: TC001  # for typing.get_type_hints
from fly_resources._engine.interrupts import end_of_patience
from fly_resources._wire import transports
from fly_resources._wire.bodies import aread_whole, ask_for_bounded, is_streaming, read_whole
from fly_resources._wire.deadlines import Deadline, TimedBody, guard_network
from fly_resources._wire.layers import Layer
from fly_resources._wire.new_apps import NewApps
from fly_resources._wire.operations import Repeat, target_of
from fly_resources._wire.streamed import STREAM, StreamedResponse
from fly_resources.errors import FlyError

if TYPE_CHECKING:
    from fly_resources._wire.layers import Steps

__all__ = ["RetryPolicy", "RetryTransport", "parse_retry_after"]

_LOG: Final = logging.getLogger("fly_resources.retry")
#: The request never reached the service: no connection, a proxy that refuses it, or not valid HTTP.
_UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
#: Errors that may be transient. All others are bugs on this side.
_PASSING: Final = (httpx.TransportError, httpx.DecodingError, OSError)
_LASTING: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
#: Some transports raise nothing more specific than httpx's base classes.
_ROOTS: Final = frozenset({httpx.HTTPError, httpx.RequestError})
#: The message of a proxy that refuses a connection begins with its status.
_REFUSED_BY_PROXY: Final = re.compile(r"4(?!08|29)[0-9]{2}\b")
#: Set on a request that may have reached the service.
MAYBE_SENT: Final = "fly_maybe_sent"
#: Permanent failures among the 5xx.
_CANNOT: Final = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})
#: The operation whose 408 means "not yet" instead of a failure (WA-3).
_WAIT: Final = "Machines_wait"
#: The phases that httpx has a separate timeout for.
_PHASES: Final = ("connect", "read", "write", "pool")
#: Longer than any date or any plausible number of seconds.
_LONGEST_RETRY_AFTER: Final = 64


@with_words(max_attempts="attempts", retries="attempts", timeout="deadline_s (seconds)")
@attrs.frozen
class RetryPolicy:
    """When and how often a request is sent again.

    Attributes:
        attempts: The most times that a request is sent, including the first. 1: no retries.
        refusals: How often a request is sent again after a 429, in addition to `attempts`: the service is
            healthy and has done nothing.
        base_s, cap_s: Before retry n, wait a random time up to `min(cap_s, base_s * 2**n)` seconds.
        retry_after_cap_s: The longest `Retry-After`, in seconds, that is waited for; a longer one ends
            the retries, and the error carries it.
        deadline_s: Seconds for all attempts and the pauses between them, not counting the time that
            `RateLimitTransport` holds a request back. Requests that may be retried are cut off at the
            deadline. Other writes are not, because that would leave their outcome unknown: no attempt starts
            after the deadline, and the last one has its own timeout.
        budget: The retry budget of a client, in tokens: a retry costs 5, or 10 after a timeout, and each
            success returns 1; a retry after a 429 is free. So a client stops adding load to a service
            that is down after 100 retries.

    Raises:
        ConfigurationError: A value of the wrong type or out of range.
    """

    attempts: int = attrs.field(default=4, validator=arguments.whole(1))
    refusals: int = attrs.field(default=60, validator=arguments.whole(0))
    base_s: float = attrs.field(default=0.25, validator=arguments.seconds())
    cap_s: float = attrs.field(default=8.0, validator=arguments.seconds())
    retry_after_cap_s: float = attrs.field(default=60.0, validator=arguments.seconds())
    deadline_s: float = attrs.field(default=300.0, validator=arguments.seconds())
    budget: int = attrs.field(default=500, validator=arguments.whole(0))


class _Budget:
    """The retry budget of one client."""

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


@attrs.define(eq=False, slots=False)
class _Attempts:
    """The attempts at one request. After a failure it returns the delay before the next, or None."""

    _request: httpx.Request
    _policy: RetryPolicy
    _budget: _Budget
    _clock: Clock
    _chance: random.Random
    _new_apps: NewApps

    def __attrs_post_init__(self) -> None:
        request, policy, clock = self._request, self._policy, self._clock
        self._target = target_of(request)
        self._repeatable = (
            request.method in {"GET", "HEAD"}
            if self._target is None
            else self._target.operation.repeat in {Repeat.SAFE, Repeat.IDEMPOTENT}
        )
        self._timeouts: dict[str, float | None] = request.extensions.get("timeout") or {}
        self._waited_before: float = request.extensions.get("fly_waited_s", 0.0)
        self._started = clock.now()
        self._patience = end_of_patience()
        self._refusals: int = request.extensions.get("fly_refusals", policy.refusals)
        self._refused = 0
        self._unseen = 0
        self.made = 0

    def begin(self) -> None:
        """Count an attempt, and limit its timeouts to the time left."""
        self.made += 1
        # Readable from the request and its response.
        self._request.extensions["fly_attempts"] = self.made
        self._new_apps.note_request(self._target, self._request)
        if not self._repeatable:
            return
        left = max(0.0, self._left())
        if left != math.inf:
            self._request.extensions["timeout"] = {
                phase: left if (own := self._timeouts.get(phase)) is None else min(own, left)
                for phase in _PHASES
            }

    def deadline(self) -> Deadline:
        """Return the deadline of the attempt, from its first byte to the last of its response."""
        return Deadline(self._clock, self._left, self._timeouts, firm=self._repeatable)

    def after_error(self, error: Exception, deadline: Deadline) -> float | None:
        if isinstance(error, FlyError):
            return None
        unsent = isinstance(error, _UNSENT) or deadline.is_unsent or transports.is_of_cassette(error)
        if not unsent:
            self._request.extensions[MAYBE_SENT] = True
        if not (unsent or self._repeatable) or not _is_passing(error):
            return None
        # do not log its text: it may quote the response
        cost = 10 if isinstance(error, httpx.TimeoutException | TimeoutError) else 5
        return self._delay(None, cost, type(error).__name__)

    def after_response(self, response: httpx.Response) -> float | None:
        status = response.status_code
        self._new_apps.note_response(self._target, self._request, response)
        pause = self._new_apps.pause(self._target, self._request, response, self._unseen)
        if pause is not None and pause < self._left():
            self._unseen += 1
            return self._again_in(pause, f"status {status} from a new app")
        if response.is_success and self._repeatable and _is_page(response):
            # a proxy's page instead of the service's response: the response is lost, whatever the status
            return self._delay(None, 5, f"status {status} with an HTML page")
        if response.is_success:
            self._budget.refund()
            return None
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._refused += 1
            return self._delay(asked_delay(response), 0, f"status {status}")
        if not self._is_transient(status):
            return None
        self._request.extensions[MAYBE_SENT] = True
        return self._delay(asked_delay(response), 5, f"status {status}") if self._repeatable else None

    def _is_transient(self, status: int) -> bool:
        """Return whether it is a status that Fly.io's own tools retry on (ER-10)."""
        if status == HTTPStatus.REQUEST_TIMEOUT:
            return self._target is None or self._target.operation.id != _WAIT
        return httpx.codes.is_server_error(status) and status not in _CANNOT

    def _left(self) -> float:
        """Return the seconds to the deadline, not counting the wait for the rate limit."""
        waited: float = self._request.extensions.get("fly_waited_s", 0.0) - self._waited_before
        end = min(self._started + self._policy.deadline_s + waited, self._patience)
        return end - self._clock.now()

    def _delay(self, asked: float | None, cost: int, why: str) -> float | None:
        policy = self._policy
        failed = self.made - self._refused - self._unseen
        allowed = self._refused <= self._refusals and failed < policy.attempts
        if not allowed or policy.attempts == 1:
            return None
        # full jitter, also on top of Retry-After, so that many clients do not retry in step
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


def asked_delay(response: httpx.Response) -> float | None:
    """Return the response's `Retry-After` in seconds."""
    asked = response.headers.get("retry-after")
    return None if asked is None else parse_retry_after(asked, response.headers.get("date"))


def _is_passing(error: Exception) -> bool:
    """Return whether the error may be transient."""
    if isinstance(error, httpx.ProxyError):
        return _REFUSED_BY_PROXY.match(str(error)) is None
    return type(error) in _ROOTS or (isinstance(error, _PASSING) and not isinstance(error, _LASTING))


def as_policy(title: str, name: str, policy: object) -> RetryPolicy:
    """Return the policy for an argument: None and True mean the default, False no retries.

    Raises:
        ConfigurationError: The argument is anything else.
    """
    if policy is None or policy is True:
        return RetryPolicy()
    if policy is False:
        return RetryPolicy(attempts=1)
    if not isinstance(policy, RetryPolicy):
        raise arguments.refuse(
            title, name, "a RetryPolicy such as RetryPolicy(attempts=3), or False for no retries", policy
        )
    return policy


def _is_page(response: httpx.Response) -> bool:
    kind: str = response.headers.get("content-type", "")
    return kind.lower().startswith("text/html")


def _read(request: httpx.Request, response: httpx.Response, deadline: Deadline) -> Steps[httpx.Response]:
    """Read the body before the deadline, even if it arrives slowly."""
    deadline.head_is_here()
    response.stream = TimedBody(response.stream, deadline)
    try:
        whole: httpx.Response = yield read_whole, aread_whole, request, response
    finally:
        if not response.is_closed:
            yield response.close, response.aclose
    return whole


class RetryTransport(Layer):
    """Wrap an httpx transport so that requests are retried where that is safe.

    It works with `httpx.Client` and `httpx.AsyncClient`, with this library or without it. A body is read
    completely before its response counts, so that a truncated one is a lost response too. A success of
    more than 64 MiB is a `DecodeError`; gzip is the only encoding that is requested and decoded. With
    `client.stream()`, only failures before the body are retried, and the body is passed on as it arrives.
    A new app may be unknown to the service for a minute: a request to it that gets 404 or 401 meanwhile is
    sent again, whatever the policy (AP-12).

    Request extensions: `fly_retry` is another `RetryPolicy` for this request, or False for no retries;
    `fly_refusals` overrides only `refusals`. With `fly_refusals` 0 the caller checks before it sends
    again, so a new app's 404 or 401 is returned too. `fly_attempts`, set on request and response, is
    the number of attempts.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        policy: RetryPolicy | bool | None = None,  # noqa: FBT001  # Fly passes it by name
        *,
        clock: Clock | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """Wrap `inner`, with the time from `clock` and the jitter from `rng`; `policy=False`: no retries.

        Raises:
            ConfigurationError: An argument of the wrong type.
        """
        super().__init__(inner, clock)
        guard_network(inner)
        self._policy = as_policy("RetryTransport", "policy", policy)
        self._rng = rng or random.Random()  # noqa: S311  # jitter, not cryptography
        self._budget = _Budget(self._policy.budget)
        self._new_apps = NewApps(self._clock)

    def _steps(self, request: httpx.Request) -> Steps[httpx.Response]:
        """Send the request, and retry it where the policy and the operation allow."""
        ask_for_bounded(request)
        # a streamed body could be sent only once
        yield request.read, request.aread
        # unless the caller is known not to stream the response, its body is left to the caller
        whole = request.extensions.get(STREAM) is False
        override = request.extensions.get("fly_retry")
        policy = self._policy if override is None else as_policy("request.extensions", "fly_retry", override)
        attempts = _Attempts(request, policy, self._budget, self._clock, self._rng, self._new_apps)
        return (yield from self._send_until_done(request, attempts, whole=whole))

    def _send_until_done(
        self, request: httpx.Request, attempts: _Attempts, *, whole: bool, head: httpx.Response | None = None
    ) -> Steps[httpx.Response]:
        """Send the request until its response counts; `head`: read the body of this one first.

        Unless the response is wanted `whole`, the body of a success is left to the caller.
        """
        while True:
            if head is None:
                attempts.begin()
            deadline = attempts.deadline()
            try:
                with deadline:
                    response: httpx.Response = head or (yield self._send(request))
                    if whole or not is_streaming(response):
                        response = yield from _read(request, response, deadline)
            except Exception as error:
                if (delay := attempts.after_error(error, deadline)) is None:
                    raise
            else:
                if head is not None:
                    return response
                if (delay := attempts.after_response(response)) is None:
                    response.extensions["fly_attempts"] = attempts.made
                    if not is_streaming(response):
                        return response
                    return StreamedResponse(
                        response,
                        lambda begun: self._send_until_done(request, attempts, whole=True, head=begun),
                    )
                yield response.close, response.aclose
            head = None
            yield self._rest(delay)

    def renew_after_fork(self) -> None:
        """Use new connections and a new lock in a forked child: the old ones belong to the parent."""
        transports.renew_connections(self._inner)
        self._budget.renew_lock()


def parse_retry_after(value: str, answered: str | None = None) -> float | None:
    """Parse a `Retry-After` header to seconds; return None if it is neither a number nor a date.

    A date is compared with the response's own `Date` header, because this machine's clock may be wrong;
    without that header, with the current time.
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
