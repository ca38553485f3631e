"""Clients on a cassette: their requests do not depend on how long anything takes.

A cassette is recorded in real time and replayed instantly. So in both cases the clients' time is virtual: it
advances while they sleep, and not while they wait for a response. During recording, one virtual second takes
one real second.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

from fly_resources._engine.clock import SystemClock
from fly_resources._wire.layers import Layer
from fly_resources._wire.transports import is_of_cassette
from fly_resources.testing._clock import VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import httpx

    from fly_resources._wire.layers import Steps

_TIMED_OUT = 408


class PacedClock(VirtualClock):
    """A virtual clock that takes as much real time as it advances, for recording cassettes.

    As on any virtual clock, one unit of work runs at a time, in a reproducible order.
    """

    def __init__(self, start: float = 0.0) -> None:
        """Start at `start` seconds."""
        super().__init__(start)
        self._real = SystemClock()

    def now(self) -> float:
        """Return virtual seconds."""
        return self._now

    def _wake(self, wake: Callable[[], None], passed: float) -> None:
        if passed <= 0:
            wake()
            return

        def wait() -> None:
            self._real.sleep(passed)
            with self._lock:
                wake()

        threading.Thread(target=wait, name="fly-clock", daemon=True).start()

    def _check_progress(self, waiter: object, seen: int) -> int:  # noqa: ARG002 - answers take real time here
        return seen


class CassetteTransport(Layer):
    """Sends through a vcrpy cassette, so that a replay sends what the recording sent.

    A wait that the service timed out counts as the time that was requested. If the cassette has no response,
    the error says which recorded request was probably meant.
    """

    def _steps(self, request: httpx.Request) -> Steps[httpx.Response]:
        try:
            response: httpx.Response = yield self._send(request)
        except Exception as error:
            _explain(error)
            raise
        if (waited := _waited_s(request, response)) > 0:
            yield self._rest(waited)
        return response


def _waited_s(request: httpx.Request, response: httpx.Response) -> float:
    """Return the requested seconds of a wait that timed out (WA-4)."""
    if response.status_code != _TIMED_OUT or not request.url.path.endswith("/wait"):
        return 0.0
    asked = request.url.params.get("timeout", "")
    return float(asked) if asked.isdecimal() else 0.0


def _explain(error: Exception) -> None:
    """Add to vcrpy's error which recorded request was meant, and what differs."""
    if is_of_cassette(error) and getattr(error, "failed_request", None) is not None:
        error.args = (_explanation(cast("Any", error)),)


def _explanation(error: Any) -> str:  # noqa: ANN401 - vcrpy's error, which has no types
    cassette, sent = error.cassette, error.failed_request
    recorded = [request for request, _ in cassette.data]
    head = f"{sent.method} {sent.uri} is not in the cassette {cassette._path}"  # noqa: SLF001 - it names the file
    advice = "Record it again if the test is right: pytest --fly-record --fly-org SLUG."
    if not recorded:
        return f"{head}, which is missing or empty: nothing has been recorded under this name yet. {advice}"
    played = f"{cassette.play_count} of its {len(recorded)} requests were played"
    told = [
        f"\n  no. {1 + _index(recorded, request)}: {request.method} {request.uri}: {_difference(failed)}"
        for request, _, failed in cassette.find_requests_with_most_matches(sent)[:3]
    ]
    nearest = f" Nearest to it:{''.join(told)}\n" if told else " None of them is similar. "
    return f"{head}; {played}.{nearest}{advice}"


def _index(recorded: list[Any], request: object) -> int:
    return next(index for index, each in enumerate(recorded) if each is request)


def _difference(failed: Iterable[tuple[str, str | None]]) -> str:
    """Return how a recorded request differs from the one that was sent."""
    named = [f"{matcher} differs" + (f" ({message})" if message else "") for matcher, message in failed]
    return "; ".join(named) or "the same, but already played"
