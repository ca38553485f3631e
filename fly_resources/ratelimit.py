"""Stay within Fly.io's rate limits by waiting before a request instead of after a 429.

Fly.io allows, per action and per machine or app, one request per second with bursts of three; for reading
one machine, five per second with bursts of ten; for deleting apps, a hundred per minute (RL-1).
"""

from __future__ import annotations

import collections
import threading
from typing import TYPE_CHECKING, Final

import attrs
import httpx  # noqa: TC002  # for typing.get_type_hints

from fly_resources._checks import arguments
from fly_resources._checks.keywords import with_words
from fly_resources._engine.clock import Clock  # noqa: TC001  # for typing.get_type_hints
from fly_resources._engine.sharing import SENDING
from fly_resources._wire.layers import Layer
from fly_resources._wire.new_apps import CREATION, asked_name
from fly_resources._wire.operations import Target, target_of

if TYPE_CHECKING:
    from fly_resources._wire.layers import Steps

__all__ = ["RateLimit", "RateLimitTransport"]

#: How many buckets are kept before idle ones are dropped.
_MAX_BUCKETS: Final = 4096
_TOO_MANY: Final = 429
_SHOW: Final = "Machines_show"
_APP_DELETION: Final = "Apps_delete"


@with_words(rate="per_second")
@attrs.frozen
class RateLimit:
    """How fast requests may be sent; the defaults are Fly.io's documented limits (RL-1).

    Attributes:
        per_second, burst: For each action on each machine or app. New apps are counted by name; after a
            429, all creations of apps count together.
        show_per_second, show_burst: For reading one machine.
        app_deletions_per_minute: For the whole client.
        margin_s: Seconds added to the interval once a burst is used up. A request that is delayed on its way,
            such as by connecting, would otherwise arrive too shortly before the next.
        slow_for_s: Seconds for which a bucket runs at half its rate after a 429, because other tools share
            the limit.
        enabled: False disables all waiting.

    Raises:
        ConfigurationError: A value of the wrong type or out of range.
    """

    per_second: float = attrs.field(default=1.0, validator=arguments.rate())
    burst: int = attrs.field(default=3, validator=arguments.whole(1))
    show_per_second: float = attrs.field(default=5.0, validator=arguments.rate())
    show_burst: int = attrs.field(default=10, validator=arguments.whole(1))
    app_deletions_per_minute: float = attrs.field(default=100.0, validator=arguments.rate())
    margin_s: float = attrs.field(default=0.25, validator=arguments.seconds())
    slow_for_s: float = attrs.field(default=60.0, validator=arguments.seconds())
    enabled: bool = attrs.field(default=True, validator=arguments.flag())


def as_limit(title: str, name: str, limit: object) -> RateLimit:
    """Return the limit for an argument: None and True mean the documented limits, False none.

    Raises:
        ConfigurationError: The argument is anything else.
    """
    if limit is None or limit is True:
        return RateLimit()
    if limit is False:
        return RateLimit(enabled=False)
    if not isinstance(limit, RateLimit):
        raise arguments.refuse(title, name, "a RateLimit, or False for no limit", limit)
    return limit


class _Bucket:
    """A token bucket that tells each request when it may be sent.

    It measures time in tokens earned since its start, so that a slower rate only changes the conversion to
    seconds. Request j may be sent when the bucket has earned what the first j - burst requests used, at the
    rate at which the service refills it.
    """

    def __init__(self, rate: float, burst: int, margin_s: float, now: float) -> None:
        self._rate = rate
        self._margin = margin_s * rate
        self._earned = 0.0
        self._updated = now
        self._slow_until = now
        #: When the service has refilled the token of each of the last `burst` requests.
        self._made_up: collections.deque[float] = collections.deque(maxlen=burst)

    def reserve(self, now: float) -> float:
        """Reserve the next slot and return the seconds until then."""
        self._refill(now)
        turn, before = self._earned, self._made_up
        if len(before) == before.maxlen:
            turn = max(turn, before[0] + self._margin)
        before.append((max(before[-1], turn) if before else turn) + 1.0)
        owed = turn - self._earned
        # Tokens are earned at half the rate while slowed down, and at the full rate afterwards.
        slowly = min(owed, max(0.0, self._slow_until - now) * self._rate / 2)
        return slowly / (self._rate / 2) + (owed - slowly) / self._rate

    def slow_down(self, now: float, seconds: float) -> None:
        """Run at half the rate for `seconds`, starting with an empty bucket."""
        self._refill(now)
        self._slow_until = now + seconds
        full, burst = self._made_up, self._made_up.maxlen or 1
        known = [*[0.0] * (burst - len(full)), *full]
        first = self._earned + 1.0 - self._margin
        full.extend([max(known[place], first + place) for place in range(burst)])

    def is_idle(self, now: float) -> bool:
        """Return whether a new bucket would behave the same."""
        self._refill(now)
        return now >= self._slow_until and (
            not self._made_up or self._made_up[-1] + self._margin <= self._earned
        )

    def _refill(self, now: float) -> None:
        slowed = max(0.0, min(now, self._slow_until) - self._updated)
        self._earned += (now - self._updated - slowed / 2) * self._rate
        self._updated = now


class RateLimitTransport(Layer):
    """Wrap an httpx transport so that its requests respect a `RateLimit`.

    It works with `httpx.Client` and `httpx.AsyncClient`, with this library or without it. Requests that are
    not operations of the API are not delayed. Retries count too, so put it inside `RetryTransport`.
    `request.extensions["fly_waited_s"]` is the total time that the request waited, over all attempts.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        limit: RateLimit | bool | None = None,  # noqa: FBT001  # Fly passes it by name
        *,
        clock: Clock | None = None,
    ) -> None:
        """Wrap `inner`, with the time from `clock`; `limit=False` disables all waiting.

        Raises:
            ConfigurationError: An argument of the wrong type.
        """
        super().__init__(inner, clock)
        self._limit = as_limit("RateLimitTransport", "limit", limit)
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._creations_count_together = False
        self._lock = threading.Lock()

    def _steps(self, request: httpx.Request) -> Steps[httpx.Response]:
        """Wait for a token, then send."""
        target = target_of(request) if self._limit.enabled else None
        if wait := self._reserve(target, request):
            yield self._rest(wait)
        if (sending := request.extensions.get(SENDING)) is not None:
            sending()  # calls that ask for this read later must send their own
        response: httpx.Response = yield self._send(request)
        if response.status_code == _TOO_MANY:
            self._learn(target, request)
        return response

    def renew_after_fork(self) -> None:
        """Use a new lock in a forked child: a thread of the parent may hold the old one."""
        self._lock = threading.Lock()

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
                if target.operation.id == CREATION:
                    self._creations_count_together = True
                self._bucket(target, request, now).slow_down(now, self._limit.slow_for_s)

    def _bucket(self, target: Target, request: httpx.Request, now: float) -> _Bucket:
        """Return the bucket for an action on a machine or app (RL-5). The caller holds the lock."""
        action, names = target.operation.id, target.parameters
        subject = names.get("machine_id") or names.get("app_name") or names.get("org_slug", "")
        if action == CREATION and not self._creations_count_together:
            subject = asked_name(request)
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
