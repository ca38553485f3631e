"""The headers that the service puts on its answers (HD-1 to HD-3)."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING

from fly_resources.testing._ids import Ids

if TYPE_CHECKING:
    from fly_resources._clock import Clock
    from fly_resources.testing._wall import Wall
    from fly_resources.testing._wire import Answer

_SERVER = "Fly/40bd1ce81 (2026-08-13)"


class AnswerHeaders:
    """Gives every answer its headers; request ids come from a sequence of their own."""

    def __init__(self, clock: Clock, wall: Wall, edge: str, seed: int) -> None:
        """Stamp answers of the edge region `edge`."""
        self._clock = clock
        self._wall = wall
        self._edge = edge
        self._ids = Ids(seed)

    def __call__(self, answer: Answer) -> list[tuple[str, str]]:
        """Return the headers of one answer."""
        now = self._clock.now()
        headers = [
            ("date", formatdate(self._wall.unix(now), usegmt=True)),
            ("fly-request-id", f"{self._ids.ulid(self._wall.unix_ms(now))}-{self._edge}"),
            ("fly-span-id", self._ids.hex(16)),
            ("fly-trace-id", self._ids.hex(32)),
            ("server", _SERVER),
            ("via", "1.1 fly.io"),
            ("x-envoy-upstream-service-time", "0"),
            *answer.headers,
        ]
        if answer.content_type:
            headers.append(("content-type", answer.content_type))
        return headers
