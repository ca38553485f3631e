"""How long pauses, attempts and whole requests take at most; blocking and async alike."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources._wire.streamed import STREAM
from fly_resources.ratelimit import RateLimit, RateLimitTransport
from fly_resources.retry import RetryPolicy, RetryTransport
from fly_resources.testing import VirtualClock
from tests.unit.fakes import Body, Script, send
from tests.unit.retrying import IDEMPOTENT, NAMED, ONCE, SAFE, Chance, wrap

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.unit.fakes import Mode


def test_refusals_end_with_the_deadline(mode: Mode) -> None:
    transport, script, _ = wrap(429, policy=RetryPolicy(base_s=4.0, cap_s=4.0, deadline_s=10.0))

    assert send(mode, transport, *ONCE).status_code == 429
    assert script.times == [0, 4, 8]


def test_what_a_request_has_waited_when_it_was_sent_before_gives_it_no_more_time(mode: Mode) -> None:
    policy = RetryPolicy(attempts=99, base_s=4.0, cap_s=4.0, deadline_s=10.0)
    transport, script, _ = wrap(503, policy=policy)

    send(mode, transport, *SAFE, extensions={"fly_waited_s": 100.0})
    assert script.times == [0, 4, 8]


def test_pauses_double_up_to_the_cap(mode: Mode) -> None:
    policy = RetryPolicy(attempts=7, base_s=0.5, cap_s=4.0)
    transport, script, _ = wrap(503, policy=policy)

    send(mode, transport, *SAFE)

    assert script.times == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5]


def test_pauses_do_not_overflow(mode: Mode) -> None:
    policy = RetryPolicy(attempts=1100, base_s=0.001, cap_s=0.001, budget=100_000)
    transport, script, _ = wrap(503, policy=policy)

    send(mode, transport, *SAFE)

    assert script.sent == 1100


def test_a_pause_is_chosen_from_the_whole_range(mode: Mode) -> None:
    chance = Chance(0.0)
    clock = VirtualClock()
    transport = RetryTransport(
        Script(503), RetryPolicy(base_s=0.25, cap_s=8.0, attempts=8), clock=clock, rng=chance
    )

    send(mode, transport, *SAFE)

    assert chance.asked == [(0.0, pause) for pause in (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0)]
    assert clock.now() == 0


def test_no_attempt_starts_after_the_deadline(mode: Mode) -> None:
    policy = RetryPolicy(attempts=100, base_s=4.0, cap_s=4.0, deadline_s=10.0)
    transport, script, _ = wrap(503, policy=policy)

    assert send(mode, transport, *SAFE).status_code == 503
    assert script.times == [0, 4, 8]


def test_no_attempt_starts_that_would_have_no_time_at_all(mode: Mode) -> None:
    policy = RetryPolicy(attempts=100, base_s=5.0, cap_s=5.0, deadline_s=10.0)
    transport, script, _ = wrap(503, policy=policy)

    send(mode, transport, *SAFE)

    assert script.times == [0, 5]


def _timeouts(transport: RetryTransport, mode: Mode, line: tuple[str, str], **extensions: object) -> None:
    """Send with timeouts of 20 s, or without any."""
    usual = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 20.0)}
    send(mode, transport, *line, extensions={**usual, **extensions})


class _Hung(Script):
    """Never answers: each attempt takes its read timeout, on the clock."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(httpx.ReadTimeout, clock=clock)
        self._time = clock
        self.timeouts: list[float | None] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._time.sleep(self._note(request))
        return super().handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._time.sleep_async(self._note(request))
        return await super().handle_async_request(request)

    def _note(self, request: httpx.Request) -> float:
        seconds: float = request.extensions["timeout"]["read"]
        self.timeouts.append(seconds)
        return seconds


@pytest.mark.parametrize("line", [SAFE, IDEMPOTENT], ids=" ".join)
def test_the_deadline_also_ends_an_attempt_in_flight(mode: Mode, line: tuple[str, str]) -> None:
    clock = VirtualClock()
    hung = _Hung(clock)
    transport = RetryTransport(hung, RetryPolicy(deadline_s=50.0), clock=clock, rng=Chance(0.0))

    with pytest.raises(httpx.ReadTimeout):
        _timeouts(transport, mode, line)

    assert hung.timeouts == [20, 20, 10]
    assert clock.now() == 50


@pytest.mark.parametrize("line", [NAMED, ONCE], ids=" ".join)
def test_a_write_that_cannot_be_repeated_is_not_cut_short(mode: Mode, line: tuple[str, str]) -> None:
    """Its outcome would only be in doubt."""
    clock = VirtualClock()
    hung = _Hung(clock)
    transport = RetryTransport(hung, RetryPolicy(deadline_s=5.0), clock=clock)

    with pytest.raises(httpx.ReadTimeout):
        _timeouts(transport, mode, line)

    assert hung.timeouts == [20]


def test_every_phase_of_an_attempt_gets_what_is_left(mode: Mode) -> None:
    transport, script, _ = wrap(503, 200, policy=RetryPolicy(base_s=4.0, deadline_s=10.0))

    own = {"connect": 3.0, "read": None, "write": 20.0}
    send(mode, transport, *SAFE, extensions={"timeout": own})

    assert script.times == [0, 4]
    assert script.requests[-1].extensions["timeout"] == {"connect": 3, "read": 6, "write": 6, "pool": 6}


def test_without_a_deadline_timeouts_stay_as_they_are(mode: Mode) -> None:
    transport, script, _ = wrap(200, policy=RetryPolicy(deadline_s=math.inf))
    own = {"connect": 3.0, "read": None}

    send(mode, transport, *SAFE, extensions={"timeout": own})

    assert script.requests[-1].extensions["timeout"] == own


def test_waiting_for_a_turn_at_the_rate_limit_does_not_count(mode: Mode) -> None:
    clock = VirtualClock()
    script = Script(*[200] * 20, 503, 200, clock=clock)
    limited = RateLimitTransport(script, RateLimit(per_second=0.01, margin_s=0.0, burst=1), clock=clock)
    transport = RetryTransport(limited, RetryPolicy(deadline_s=5.0), clock=clock, rng=Chance(1.0))

    for _ in range(20):
        send(mode, transport, *SAFE)
    assert send(mode, transport, *SAFE).status_code == 200

    assert script.times[-2:] == pytest.approx([2000, 2100])


class _Dripping(Script):
    """Sends its body one byte every ten seconds, for ever."""

    def __init__(self, clock: VirtualClock, before_head_s: float = 0.0) -> None:
        super().__init__(200, clock=clock)
        self._time = clock
        self._before_head_s = before_head_s

    def _answer(self, request: httpx.Request, content: bytes) -> httpx.Response:
        super()._answer(request, content)
        self._time.catch_up(self._before_head_s)
        return httpx.Response(200, stream=_Drops(self._time))


class _Drops(Body):
    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(b"")
        self._time = clock

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self._time.sleep(10.0)
            yield b"."

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await self._time.sleep_async(10.0)
            yield b"."


@pytest.mark.parametrize(("deadline_s", "end"), [(45.0, 50.0), (5.0, 10.0)])
def test_an_answer_that_drips_in_is_ended_by_the_deadline(mode: Mode, deadline_s: float, end: float) -> None:
    clock = VirtualClock()
    transport = RetryTransport(_Dripping(clock), RetryPolicy(deadline_s=deadline_s), clock=clock)

    with pytest.raises(httpx.ReadTimeout, match="did not end in time"):
        _timeouts(transport, mode, SAFE)

    assert clock.now() == end


@pytest.mark.parametrize("before_head_s", [0.0, 100.0])
@pytest.mark.parametrize("streamed", [None, False])
def test_the_answer_to_a_write_drips_in_for_its_own_timeout_at_least(
    mode: Mode, before_head_s: float, *, streamed: bool | None
) -> None:
    clock = VirtualClock()
    transport = RetryTransport(_Dripping(clock, before_head_s), RetryPolicy(deadline_s=5.0), clock=clock)

    with pytest.raises(httpx.ReadTimeout, match="did not end in time"):
        _timeouts(transport, mode, ONCE, **{STREAM: streamed})

    assert clock.now() == before_head_s + 30
