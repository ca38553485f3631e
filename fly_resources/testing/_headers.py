"""The headers of the service's responses (HD-1 to HD-3)."""

from __future__ import annotations

import functools
from email.utils import formatdate
from typing import TYPE_CHECKING

from fly_resources.testing._ids import Ids

if TYPE_CHECKING:
    from fly_resources._engine.clock import Clock
    from fly_resources.testing._wall import Wall
    from fly_resources.testing._wire import Answer

_SERVER = "Fly/40bd1ce81 (2026-08-13)"


@functools.lru_cache(16)
def _date(unix: int) -> str:
    return formatdate(unix, usegmt=True)


class AnswerHeaders:
    """Adds the headers to every response; request ids come from a separate sequence."""

    def __init__(self, clock: Clock, wall: Wall, edge: str, seed: int) -> None:
        """Use the edge region `edge` in the headers."""
        self._clock = clock
        self._wall = wall
        self._edge = edge
        self._ids = Ids(seed)

    def __call__(self, answer: Answer) -> list[tuple[str, str]]:
        """Return the headers of one response."""
        now = self._clock.now()
        span_and_trace = self._ids.hex(48)
        headers = [
            ("date", _date(int(self._wall.unix(now)))),
            ("fly-request-id", f"{self._ids.ulid(self._wall.unix_ms(now))}-{self._edge}"),
            ("fly-span-id", span_and_trace[:16]),
            ("fly-trace-id", span_and_trace[16:]),
            ("server", _SERVER),
            ("via", "1.1 fly.io"),
            ("x-envoy-upstream-service-time", "0"),
            *answer.headers,
        ]
        if answer.content_type:
            headers.append(("content-type", answer.content_type))
        return headers
