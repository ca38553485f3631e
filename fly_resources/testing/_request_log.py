"""The log of a simulator's latest requests."""

from __future__ import annotations

import logging

import attrs

#: Default number of requests that a simulator keeps.
REQUESTS = 10_000

_logger = logging.getLogger("fly_resources.testing")


@attrs.define
class RecordedRequest:
    """One request as it was sent; `status` stays None if it got no response.

    Attributes:
        method: HTTP method.
        path: Decoded path, without the query.
        operation: The upstream's operationId; None for a path that the service does not know.
        status: HTTP status of the response.
        at: Seconds of the simulator's clock when it was sent.
        query: The query as it was sent.
        body: The body as it was sent.
        ended_at: Seconds of the simulator's clock when it was answered, or lost.
        asked_by: The `User-Agent` of the request.
    """

    method: str
    path: str
    operation: str | None
    status: int | None
    at: float
    query: str = ""
    body: bytes = attrs.field(default=b"", repr=False)
    ended_at: float | None = None
    asked_by: str = ""

    def __str__(self) -> str:
        """Return one log line: the request, the response, and the duration."""
        words = [self.method, self.path, self.status or "no answer", self.operation or "no such route"]
        if self.ended_at is not None:
            words.append(f"{1000 * (self.ended_at - self.at):.0f} ms")
        return " ".join(map(str, words))


class RequestLog(list[RecordedRequest]):
    """The latest requests of a simulator, in order; `dropped` counts those before them.

    When the first request is dropped, the logger `fly_resources.testing` reports it.
    """

    def __init__(self, keep: int) -> None:
        """Keep the latest `keep` requests; up to a tenth more between two cleanups."""
        super().__init__()
        self.keep = keep
        self.dropped = 0

    def append(self, request: RecordedRequest) -> None:
        """Add a request, and drop the oldest ones if there are too many."""
        super().append(request)
        surplus = len(self) - self.keep
        if surplus > self.keep // 10:
            if not self.dropped:
                _logger.warning("only the latest %d requests are kept: see FlySimulator.requests", self.keep)
            del self[:surplus]
            self.dropped += surplus

    def clear(self) -> None:
        """Remove all requests, and reset the count of dropped ones."""
        super().clear()
        self.dropped = 0
