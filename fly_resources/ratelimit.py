"""Keep inside Fly.io's rate limits by waiting before a request instead of after a refusal.

Fly.io allows, per action and per machine or app, one request a second with bursts of three; reading
one machine five a second with bursts of ten; deleting apps a hundred a minute (RL-1).
"""

from __future__ import annotations

import collections
import json
import threading
from typing import Final

import attrs
import httpx

from fly_resources import _arguments, _transports
from fly_resources._clock import Clock, SystemClock, rest, rest_async
from fly_resources._operations import Target, find

__all__ = ["RateLimit", "RateLimitTransport"]

#: Buckets kept before those that are full again are forgotten.
_MAX_BUCKETS: Final = 4096
_TOO_MANY: Final = 429
_SHOW: Final = "Machines_show"
_APP_CREATION: Final = "Apps_create"
_APP_DELETION: Final = "Apps_delete"


@attrs.frozen
class RateLimit:
    """How fast requests may be sent; the defaults are Fly.io's documented limits (RL-1).

    Attributes:
        per_second, burst: For each action on each machine or app. An app that is being created is told
            from others by its name; after a 429 all creations of apps count together.
        show_per_second, show_burst: For reading one machine.
        app_deletions_per_minute: For the whole client.
        margin_s: Once a burst is used up, requests go this much later than they could: on their way, the
            first may be held up by so much (setting up a connection) and come in too close before the next.
        slow_for_s: After a 429 the bucket that it hit runs at half its rate for so long, because other
            tools share the limit.
        enabled: False waits for nothing.
    """

    per_second: float = attrs.field(default=1.0, validator=_arguments.rate())
    burst: int = attrs.field(default=3, validator=_arguments.whole(1))
    show_per_second: float = attrs.field(default=5.0, validator=_arguments.rate())
    show_burst: int = attrs.field(default=10, validator=_arguments.whole(1))
    app_deletions_per_minute: float = attrs.field(default=100.0, validator=_arguments.rate())
    margin_s: float = attrs.field(default=0.25, validator=_arguments.seconds())
    slow_for_s: float = attrs.field(default=60.0, validator=_arguments.seconds())
    enabled: bool = attrs.field(default=True, validator=_arguments.flag())


def as_limit(title: str, name: str, limit: object) -> RateLimit:
    """Return the limit that an argument means: None and True the documented one, False none at all.

    Raises:
        ConfigurationError: It is something else.
    """
    if limit is None or limit is True:
        return RateLimit()
    if limit is False:
        return RateLimit(enabled=False)
    if not isinstance(limit, RateLimit):
        raise _arguments.refuse(title, name, "a RateLimit, or False for no limit", limit)
    return limit


class _Bucket:
    """A token bucket that tells each request when it may go.

    It counts in tokens earned since its start instead of seconds, so that a slower rate changes nothing
    but the way from one to the other. Request j may go when the bucket has earned what the first j - burst
    requests have used up, at the rate that the service fills it.
    """

    def __init__(self, rate: float, burst: int, margin_s: float, now: float) -> None:
        self._rate = rate
        self._margin = margin_s * rate
        self._earned = 0.0
        self._updated = now
        self._slow_until = now
        #: When the service has made up for each of the last `burst` requests.
        self._made_up: collections.deque[float] = collections.deque(maxlen=burst)

    def reserve(self, now: float) -> float:
        """Take a place in the queue; return the seconds to wait for it."""
        self._refill(now)
        turn, before = self._earned, self._made_up
        if len(before) == before.maxlen:
            turn = max(turn, before[0] + self._margin)
        before.append((max(before[-1], turn) if before else turn) + 1.0)
        owed = turn - self._earned
        # While slowed down, what is owed is earned at half the rate; the rest of it at the full one.
        slowly = min(owed, max(0.0, self._slow_until - now) * self._rate / 2)
        return slowly / (self._rate / 2) + (owed - slowly) / self._rate

    def slow_down(self, now: float, seconds: float) -> None:
        """Drop to half the rate for `seconds`, starting empty."""
        self._refill(now)
        self._slow_until = now + seconds
        full, burst = self._made_up, self._made_up.maxlen or 1
        known = [*[0.0] * (burst - len(full)), *full]
        first = self._earned + 1.0 - self._margin
        full.extend([max(known[place], first + place) for place in range(burst)])

    def is_idle(self, now: float) -> bool:
        """Return whether it says nothing that a new bucket would not say."""
        self._refill(now)
        return now >= self._slow_until and (
            not self._made_up or self._made_up[-1] + self._margin <= self._earned
        )

    def _refill(self, now: float) -> None:
        slowed = max(0.0, min(now, self._slow_until) - self._updated)
        self._earned += (now - self._updated - slowed / 2) * self._rate
        self._updated = now


class RateLimitTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Wrap an httpx transport so that its requests respect a `RateLimit`.

    Serves `httpx.Client` and `httpx.AsyncClient` alike, with this library or without it. Requests that
    are no operation of the API pass at once. Each retry counts, so put it inside `RetryTransport`.
    `request.extensions["fly_waited_s"]` says how long the request waited for its turn, all attempts added.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        limit: RateLimit | bool | None = None,  # noqa: FBT001  # as an argument of Fly it has a name
        *,
        clock: Clock | None = None,
    ) -> None:
        """Wrap `inner`; time comes from `clock`. `limit=False` waits for nothing.

        Raises:
            ConfigurationError: An argument of another kind.
        """
        _transports.check_transport("RateLimitTransport", inner)
        _arguments.check_clock("RateLimitTransport", clock)
        self._inner = inner
        self._limit = as_limit("RateLimitTransport", "limit", limit)
        self._clock = clock or SystemClock()
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._creations_count_together = False
        self._lock = threading.Lock()
        _transports.renew_in_children(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for a token, then send."""
        if not isinstance(self._inner, httpx.BaseTransport):
            _transports.refuse_half(self, "sync")
        target = self._target(request)
        if wait := self._reserve(target, request):
            rest(self._clock, wait)
        response = self._inner.handle_request(request)
        if response.status_code == _TOO_MANY:
            self._learn(target, request)
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for a token, then send."""
        if not isinstance(self._inner, httpx.AsyncBaseTransport):
            _transports.refuse_half(self, "async")
        target = self._target(request)
        if wait := self._reserve(target, request):
            await rest_async(self._clock, wait)
        response = await self._inner.handle_async_request(request)
        if response.status_code == _TOO_MANY:
            self._learn(target, request)
        return response

    def close(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.BaseTransport):
            self._inner.close()

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        if isinstance(self._inner, httpx.AsyncBaseTransport):
            await self._inner.aclose()

    def renew_after_fork(self) -> None:
        """Take another lock: the parent's may be held by a thread that a forked child does not have."""
        self._lock = threading.Lock()

    def _target(self, request: httpx.Request) -> Target | None:
        if not self._limit.enabled:
            return None
        return find(request.method, request.url.raw_path.partition(b"?")[0].decode("ascii"))

    def _reserve(self, target: Target | None, request: httpx.Request) -> float:
        if target is None:
            return 0.0
        now = self._clock.now()
        with self._lock:
            wait = self._bucket(target, request, now).reserve(now)
        if wait:
            request.extensions["fly_waited_s"] = request.extensions.get("fly_waited_s", 0.0) + wait
        return wait

    def _learn(self, target: Target | None, request: httpx.Request) -> None:
        if target is not None:
            now = self._clock.now()
            with self._lock:
                if target.operation.id == _APP_CREATION:
                    self._creations_count_together = True
                self._bucket(target, request, now).slow_down(now, self._limit.slow_for_s)

    def _bucket(self, target: Target, request: httpx.Request, now: float) -> _Bucket:
        """Return the bucket of one action on one machine, or else app (RL-5). Called with the lock held."""
        action, names = target.operation.id, target.parameters
        subject = names.get("machine_id") or names.get("app_name") or names.get("org_slug", "")
        if action == _APP_CREATION and not self._creations_count_together:
            subject = _name_in(request)
        elif action == _APP_DELETION:
            subject = ""
        key = (action, subject)
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= _MAX_BUCKETS:
                self._buckets = {each: one for each, one in self._buckets.items() if not one.is_idle(now)}
            bucket = self._buckets[key] = self._new_bucket(action, now)
        return bucket

    def _new_bucket(self, action: str, now: float) -> _Bucket:
        limit = self._limit
        rate, burst = limit.per_second, limit.burst
        if action == _SHOW:
            rate, burst = limit.show_per_second, limit.show_burst
        elif action == _APP_DELETION:
            rate, burst = limit.app_deletions_per_minute / 60, int(limit.app_deletions_per_minute)
        return _Bucket(rate, max(1, burst), limit.margin_s, now)


def _name_in(request: httpx.Request) -> str:
    """Return the name of the app that a request creates; nothing if its body is not there or not JSON."""
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError, httpx.RequestNotRead):
        return ""
    return str(body.get("name") or body.get("app_name")) if isinstance(body, dict) else ""
