"""Send a request again only where that cannot do harm.

Whether a retry is allowed depends on the operation (`fly_resources._operations`) and on how far the
failed attempt got. Never sent, or refused by the rate limit: any request may be sent again. Sent, and
the answer lost or a 5xx: only those that change nothing, or that set by value. All others are raised
to the caller, who can look whether they happened.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import random
import re
import threading
from typing import TYPE_CHECKING, Final

import attrs
import httpx

from fly_resources._clock import Clock, SystemClock
from fly_resources._operations import Repeat, Target, find

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RetryPolicy", "RetryTransport", "parse_retry_after"]

_LOG: Final = logging.getLogger("fly_resources.retry")
NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_MAYBE_SENT: Final = (
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.DecodingError,
)
_TIMED_OUT: Final = 408
_TOO_MANY: Final = 429
_SERVER_FAILED: Final = range(500, 600)
#: A server that cannot will not be able to on the second try.
_CANNOT: Final = frozenset({501, 505})
#: Its 408 is an answer ("not yet"), not a failure (WA-3).
_WAIT: Final = "Machines_wait"


@attrs.frozen
class RetryPolicy:
    """When and how often a request is sent again.

    Attributes:
        attempts: How often a request is sent at most, the first time included.
        base_s, cap_s: Before retry n, wait a random time up to `min(cap_s, base_s * 2**n)` seconds.
        retry_after_cap_s: A `Retry-After` of up to so many seconds is obeyed instead; a longer one
            ends the retries, and the error carries the number.
        deadline_s: No attempt starts later than this many seconds after the first one.
        budget: Retries that a client may spend at once, in tokens: each costs 5, or 10 after a
            timeout, and each success pays 1 back. Against a service that is down, a client stops
            adding load after 100 retries.
    """

    attempts: int = attrs.field(default=4, validator=attrs.validators.ge(1))
    base_s: float = attrs.field(default=0.25, validator=attrs.validators.ge(0))
    cap_s: float = attrs.field(default=8.0, validator=attrs.validators.ge(0))
    retry_after_cap_s: float = attrs.field(default=60.0, validator=attrs.validators.ge(0))
    deadline_s: float = attrs.field(default=90.0, validator=attrs.validators.ge(0))
    budget: int = attrs.field(default=500, validator=attrs.validators.ge(0))


class _Budget:
    """The retry tokens of one client."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._left = size
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


@attrs.define
class _Attempts:
    """The attempts at one request: after each failure, how long to wait, or None for no more."""

    request: httpx.Request
    policy: RetryPolicy
    target: Target | None
    budget: _Budget
    clock: Clock
    pick: Callable[[float, float], float]
    made: int = 0
    started: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.started = self.clock.now()

    def begin(self) -> None:
        self.made += 1
        # Visible to whoever holds the request or its response.
        self.request.extensions["fly_attempts"] = self.made

    def after_error(self, error: httpx.HTTPError) -> float | None:
        if isinstance(error, NEVER_SENT) or (isinstance(error, _MAYBE_SENT) and self._repeatable()):
            return self._delay(None, 10 if isinstance(error, httpx.TimeoutException) else 5, repr(error))
        return None

    def after_response(self, response: httpx.Response) -> float | None:
        status = response.status_code
        if status == _TOO_MANY or (self._is_transient(status) and self._repeatable()):
            return self._delay(response.headers.get("retry-after"), 5, f"status {status}")
        if response.is_success:
            self.budget.refund()
        return None

    def _repeatable(self) -> bool:
        if self.target is None:
            return self.request.method in {"GET", "HEAD"}
        return self.target.operation.repeat in {Repeat.SAFE, Repeat.IDEMPOTENT}

    def _is_transient(self, status: int) -> bool:
        """Whether it is of those that Fly.io's own tools repeat (ER-10)."""
        if status == _TIMED_OUT:
            return self.target is None or self.target.operation.id != _WAIT
        return status in _SERVER_FAILED and status not in _CANNOT

    def _delay(self, asked: str | None, cost: int, why: str) -> float | None:
        if self.made >= self.policy.attempts:
            return None
        # full jitter: a fleet of clients must not come back in step
        delay = self.pick(0.0, min(self.policy.cap_s, self.policy.base_s * 2 ** (self.made - 1)))
        if asked is not None and (seconds := parse_retry_after(asked)) is not None:
            if seconds > self.policy.retry_after_cap_s:
                return None
            delay = max(delay, seconds)
        late = self.clock.now() + delay > self.started + self.policy.deadline_s
        if late or not self.budget.spend(cost):
            return None
        route = self.target.operation.route if self.target else "an unknown route"
        _LOG.debug(
            "%s %s: %s, attempt %d, again in %.2f s", self.request.method, route, why, self.made, delay
        )
        return delay


class RetryTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Wrap an httpx transport so that what may be repeated is repeated.

    Serves `httpx.Client` and `httpx.AsyncClient` alike, with this library or without it. Bodies are
    read whole before an answer counts, so that one that breaks off is a lost answer too.
    `request.extensions["fly_retry"]` takes another `RetryPolicy` for one request;
    `request.extensions["fly_attempts"]` (and the response's) says how often it was sent.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        policy: RetryPolicy | None = None,
        *,
        clock: Clock | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """Wrap `inner`; time comes from `clock`, chance from `rng`."""
        self._inner = inner
        self._policy = policy or RetryPolicy()
        self._clock = clock or SystemClock()
        self._rng = rng or random.Random()  # noqa: S311  # jitter, not cryptography
        self._budget = _Budget(self._policy.budget)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and send again where the policy and the operation allow it."""
        if not isinstance(self._inner, httpx.BaseTransport):
            raise TypeError("the wrapped transport is async only: use it with httpx.AsyncClient")
        request.read()  # a body that is made while it is sent can be sent only once
        attempts = self._attempts(request)
        while True:
            attempts.begin()
            try:
                response = self._inner.handle_request(request)
                try:
                    response.read()
                finally:
                    response.close()
            except httpx.HTTPError as error:
                if (delay := attempts.after_error(error)) is None:
                    raise
            else:
                if (delay := attempts.after_response(response)) is None:
                    response.extensions["fly_attempts"] = attempts.made
                    return response
            self._clock.sleep(delay)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and send again where the policy and the operation allow it."""
        if not isinstance(self._inner, httpx.AsyncBaseTransport):
            raise TypeError("the wrapped transport is sync only: use it with httpx.Client")
        await request.aread()  # a body that is made while it is sent can be sent only once
        attempts = self._attempts(request)
        while True:
            attempts.begin()
            try:
                response = await self._inner.handle_async_request(request)
                try:
                    await response.aread()
                finally:
                    await response.aclose()
            except httpx.HTTPError as error:
                if (delay := attempts.after_error(error)) is None:
                    raise
            else:
                if (delay := attempts.after_response(response)) is None:
                    response.extensions["fly_attempts"] = attempts.made
                    return response
            await self._clock.sleep_async(delay)

    def close(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.BaseTransport):
            self._inner.close()

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.AsyncBaseTransport):
            await self._inner.aclose()

    def _attempts(self, request: httpx.Request) -> _Attempts:
        override = request.extensions.get("fly_retry")
        policy = override if isinstance(override, RetryPolicy) else self._policy
        target = find(request.method, request.url.raw_path.partition(b"?")[0].decode("ascii"))
        return _Attempts(request, policy, target, self._budget, self._clock, self._rng.uniform)


def parse_retry_after(value: str) -> float | None:
    """Read a `Retry-After` header as seconds from now; None if it is neither a number nor a date."""
    text = value.strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
