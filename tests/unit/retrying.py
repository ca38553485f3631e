"""A retry transport around a script, with chance that is none, and one request of each class."""

from __future__ import annotations

import random

from fly_resources.retry import RetryPolicy, RetryTransport
from fly_resources.testing import VirtualClock
from tests.unit.fakes import Script, Step

FOUR = RetryPolicy(attempts=4)
SAFE = ("GET", "/apps/a/machines")
IDEMPOTENT = ("DELETE", "/apps/a/machines/m")
NAMED = ("POST", "/apps/a/machines")
ONCE = ("POST", "/apps/a/volumes")


class Chance(random.Random):
    """Chance that always picks the same share of a range, and keeps what it was asked for."""

    def __init__(self, share: float = 1.0) -> None:
        super().__init__()
        self._share = share
        self.asked: list[tuple[float, float]] = []

    def uniform(self, a: float, b: float) -> float:
        self.asked.append((a, b))
        return a + (b - a) * self._share


def wrap(
    *steps: Step, policy: RetryPolicy = FOUR, clock: VirtualClock | None = None, share: float = 1.0
) -> tuple[RetryTransport, Script, VirtualClock]:
    clock = clock or VirtualClock()
    script = Script(*steps, clock=clock)
    return RetryTransport(script, policy, clock=clock, rng=Chance(share)), script, clock
