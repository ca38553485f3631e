"""The documented rate limits of the service (RL-1, RL-5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from fly_resources.testing._wire import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.testing._wire import Request

_APP_DELETIONS = "Apps_delete"
#: Requests per second, and the burst size.
_USUAL = (1.0, 3.0)
_SPECIAL = {"Machines_show": (5.0, 10.0), _APP_DELETIONS: (100 / 60, 100.0)}
_MANY = 10_000
_FULL_AFTER_S = 60.0  # app deletions: burst of 100, at 100 per minute
#: Tolerance for floating-point errors of the clock, so that a due request is not refused.
_TOLERANCE = 1e-6


@attrs.define
class _Bucket:
    tokens: float
    at: float


class RateLimits:
    """Token buckets per action and identifier: the machine if there is one, else the app (RL-5).

    App deletions share one bucket. An app that is being created is identified by its name.
    """

    def __init__(self) -> None:
        """Start with full buckets."""
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def refuse(self, operation: str, params: Mapping[str, str], request: Request, now: float) -> float | None:
        """Take a token, or return the seconds until one is available."""
        rate, burst = _SPECIAL.get(operation, _USUAL)
        key = (operation, _identifier(operation, params, request))
        bucket = self._buckets.get(key)
        if bucket is None:
            self._forget_full(now)
            bucket = self._buckets[key] = _Bucket(burst, now)
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.tokens < 1 - _TOLERANCE:
            return (1 - bucket.tokens) / rate
        bucket.tokens -= 1
        return None

    def _forget_full(self, now: float) -> None:
        """Drop buckets that have been unused for long: they are full, like new ones."""
        if len(self._buckets) > _MANY:
            self._buckets = {
                key: held for key, held in self._buckets.items() if now - held.at < _FULL_AFTER_S
            }


def _identifier(operation: str, params: Mapping[str, str], request: Request) -> str:
    if operation == _APP_DELETIONS:
        return ""
    if operation == "Apps_create":
        return _name_in(request.body)
    for name in ("machine_id", "app_name", "org_slug"):
        if name in params:
            return params[name]
    return ",".join(request.query.get("org_slug", ()))


def _name_in(body: bytes) -> str:
    try:
        value = decode(body)
    except ValueError:
        return ""
    return str(value.get("name") or value.get("app_name")) if isinstance(value, dict) else ""


def retry_after(seconds: float) -> int:
    """Return whole seconds for the `Retry-After` header."""
    return max(1, math.ceil(seconds))
