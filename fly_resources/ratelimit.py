"""Keep inside Fly.io's rate limits by waiting before a request instead of after a refusal.

Fly.io allows, per action and per machine or app, one request a second with bursts of three; reading
one machine five a second with bursts of ten; deleting apps a hundred a minute (RL-1).
"""

from __future__ import annotations

import threading

import attrs
import httpx

from fly_resources._clock import Clock, SystemClock
from fly_resources._operations import Target, find

__all__ = ["RateLimit", "RateLimitTransport"]

#: Buckets kept before those that are full again are forgotten.
_MAX_BUCKETS = 4096
_TOO_MANY = 429


@attrs.frozen
class RateLimit:
    """How fast requests may be sent; the defaults are Fly.io's documented limits (RL-1).

    `per_second` and `burst` hold for each action on each machine or app; `show_per_second` and
    `show_burst` for reading one machine; `app_deletions_per_minute` for the whole client. After a 429
    the bucket that it hit runs at half its rate for `slow_for_s` seconds, because other tools share
    the limit. `enabled=False` waits for nothing.
    """

    per_second: float = attrs.field(default=1.0, validator=attrs.validators.gt(0))
    burst: int = attrs.field(default=3, validator=attrs.validators.ge(1))
    show_per_second: float = attrs.field(default=5.0, validator=attrs.validators.gt(0))
    show_burst: int = attrs.field(default=10, validator=attrs.validators.ge(1))
    app_deletions_per_minute: float = attrs.field(default=100.0, validator=attrs.validators.gt(0))
    slow_for_s: float = attrs.field(default=60.0, validator=attrs.validators.ge(0))
    enabled: bool = True


@attrs.define
class _Bucket:
    """A token bucket that hands out the moment at which the next request may go."""

    rate: float
    burst: float
    tokens: float
    updated: float
    slow_until: float = float("-inf")

    def reserve(self, now: float) -> float:
        """Take one token, going into debt if need be; return the seconds to wait for it."""
        self._refill(now)
        self.tokens -= 1.0
        if self.tokens >= 0.0:
            return 0.0
        debt = -self.tokens
        # While slowed down, the debt is paid at half the rate; the rest of it at the full one.
        slow = max(0.0, self.slow_until - now)
        paid_slowly = min(debt, slow * self.rate / 2)
        return paid_slowly / (self.rate / 2) + (debt - paid_slowly) / self.rate

    def slow_down(self, now: float, seconds: float) -> None:
        """Drop to half the rate for `seconds`, starting empty."""
        self._refill(now)
        self.slow_until = now + seconds
        self.tokens = min(self.tokens, 0.0)

    def is_idle(self, now: float) -> bool:
        """Whether it says nothing that a new bucket would not say."""
        self._refill(now)
        return self.tokens >= self.burst and now >= self.slow_until

    def _refill(self, now: float) -> None:
        slowed = max(0.0, min(now, self.slow_until) - self.updated)
        earned = (now - self.updated) * self.rate - slowed * self.rate / 2
        self.tokens = min(self.burst, self.tokens + earned)
        self.updated = now


class RateLimitTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Wrap an httpx transport so that its requests respect a `RateLimit`.

    Serves `httpx.Client` and `httpx.AsyncClient` alike. Requests that are no operation of the API
    pass at once. Each retry counts, so put it inside `RetryTransport`.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        limit: RateLimit | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        """Wrap `inner`; time comes from `clock`."""
        self._inner = inner
        self._limit = limit or RateLimit()
        self._clock = clock or SystemClock()
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for a token, then send."""
        if not isinstance(self._inner, httpx.BaseTransport):
            raise TypeError("the wrapped transport is async only: use it with httpx.AsyncClient")
        target = self._target(request)
        if wait := self._reserve(target):
            self._clock.sleep(wait)
        response = self._inner.handle_request(request)
        self._learn(target, response)
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for a token, then send."""
        if not isinstance(self._inner, httpx.AsyncBaseTransport):
            raise TypeError("the wrapped transport is sync only: use it with httpx.Client")
        target = self._target(request)
        if wait := self._reserve(target):
            await self._clock.sleep_async(wait)
        response = await self._inner.handle_async_request(request)
        self._learn(target, response)
        return response

    def close(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.BaseTransport):
            self._inner.close()

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.AsyncBaseTransport):
            await self._inner.aclose()

    def _target(self, request: httpx.Request) -> Target | None:
        if not self._limit.enabled:
            return None
        return find(request.method, request.url.raw_path.partition(b"?")[0].decode("ascii"))

    def _reserve(self, target: Target | None) -> float:
        if target is None:
            return 0.0
        now = self._clock.now()
        with self._lock:
            return self._bucket(target, now).reserve(now)

    def _learn(self, target: Target | None, response: httpx.Response) -> None:
        if target is not None and response.status_code == _TOO_MANY:
            now = self._clock.now()
            with self._lock:
                self._bucket(target, now).slow_down(now, self._limit.slow_for_s)

    def _bucket(self, target: Target, now: float) -> _Bucket:
        action, limit = target.operation.id, self._limit
        names = target.parameters
        subject = names.get("machine_id") or names.get("app_name") or names.get("org_slug", "")
        rate, burst = limit.per_second, float(limit.burst)
        if action == "Machines_show":
            rate, burst = limit.show_per_second, float(limit.show_burst)
        elif action == "Apps_delete":
            subject, rate = "", limit.app_deletions_per_minute / 60
            burst = max(burst, limit.app_deletions_per_minute)
        key = (action, subject)
        if key not in self._buckets:
            if len(self._buckets) >= _MAX_BUCKETS:
                self._buckets = {each: one for each, one in self._buckets.items() if not one.is_idle(now)}
            self._buckets[key] = _Bucket(rate, burst, burst, now)
        return self._buckets[key]
