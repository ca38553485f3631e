"""What is sent again, how often and after how long; blocking and async alike."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import random
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources.retry import RetryPolicy, RetryTransport, parse_retry_after
from fly_resources.testing import VirtualClock
from tests.unit.fakes import BASE, Broken, Script, Step, answer, send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.unit.fakes import Mode

_FOUR = RetryPolicy(attempts=4)
#: One operation of each class, and whether a lost answer may be followed by a second request.
_SAFE = ("GET", "/apps/a/machines")
_IDEMPOTENT = ("DELETE", "/apps/a/machines/m")
_NAMED = ("POST", "/apps/a/machines")
_ONCE = ("POST", "/apps/a/volumes")
_REPEATABLE = [_SAFE, _IDEMPOTENT, ("GET", "/unknown"), ("HEAD", "/unknown")]
_NOT_REPEATABLE = [_NAMED, _ONCE, ("POST", "/unknown"), ("DELETE", "/unknown"), ("PUT", "/unknown")]

_NEVER_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]
_LOST = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.DecodingError,
]
_HOPELESS = [httpx.UnsupportedProtocol, httpx.LocalProtocolError]
_TRANSIENT = [408, 500, 502, 503, 504, 520, 522, 599]
_FINAL = [200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 412, 422, 499, 501, 505]


class _Chance(random.Random):
    """Chance that always picks the same share of a range, and keeps what it was asked for."""

    def __init__(self, share: float = 1.0) -> None:
        super().__init__()
        self._share = share
        self.asked: list[tuple[float, float]] = []

    def uniform(self, a: float, b: float) -> float:
        self.asked.append((a, b))
        return a + (b - a) * self._share


def _wrap(
    *steps: Step, policy: RetryPolicy = _FOUR, clock: VirtualClock | None = None, share: float = 1.0
) -> tuple[RetryTransport, Script, VirtualClock]:
    clock = clock or VirtualClock()
    script = Script(*steps, clock=clock)
    return RetryTransport(script, policy, clock=clock, rng=_Chance(share)), script, clock


@pytest.mark.parametrize("request_line", [*_REPEATABLE, *_NOT_REPEATABLE], ids=" ".join)
@pytest.mark.parametrize("error", _NEVER_SENT)
def test_what_was_never_sent_is_sent_again_whatever_it_is(
    mode: Mode, request_line: tuple[str, str], error: type[httpx.HTTPError]
) -> None:
    transport, script, _ = _wrap(error, error, 200)

    assert send(mode, transport, *request_line).status_code == 200
    assert script.sent == 3


@pytest.mark.parametrize("error", _LOST)
def test_after_a_lost_answer_only_the_repeatable_is_sent_again(
    mode: Mode, error: type[httpx.HTTPError]
) -> None:
    for line in _REPEATABLE:
        transport, script, _ = _wrap(error, 200)
        assert send(mode, transport, *line).status_code == 200
        assert script.sent == 2, line
    for line in _NOT_REPEATABLE:
        transport, script, _ = _wrap(error, 200)
        with pytest.raises(error):
            send(mode, transport, *line)
        assert script.sent == 1, line


@pytest.mark.parametrize("status", _TRANSIENT)
def test_after_a_transient_status_only_the_repeatable_is_sent_again(mode: Mode, status: int) -> None:
    for line in _REPEATABLE:
        transport, script, _ = _wrap(status, 200)
        assert send(mode, transport, *line).status_code == 200
        assert script.sent == 2, line
    for line in _NOT_REPEATABLE:
        transport, script, _ = _wrap(status, 200)
        assert send(mode, transport, *line).status_code == status
        assert script.sent == 1, line


@pytest.mark.parametrize("line", [*_REPEATABLE, *_NOT_REPEATABLE], ids=" ".join)
def test_after_429_anything_is_sent_again(mode: Mode, line: tuple[str, str]) -> None:
    transport, script, _ = _wrap(429, 200)

    assert send(mode, transport, *line).status_code == 200
    assert script.sent == 2


@pytest.mark.parametrize("status", _FINAL)
@pytest.mark.parametrize("line", [_SAFE, _IDEMPOTENT, _NAMED, _ONCE], ids=" ".join)
def test_a_final_status_is_returned_at_once(mode: Mode, line: tuple[str, str], status: int) -> None:
    transport, script, clock = _wrap(status)

    assert send(mode, transport, *line).status_code == status
    assert script.sent == 1
    assert clock.now() == 0


@pytest.mark.parametrize("error", _HOPELESS)
def test_what_could_never_be_sent_is_not_tried_again(mode: Mode, error: type[httpx.HTTPError]) -> None:
    transport, script, _ = _wrap(error)

    with pytest.raises(error):
        send(mode, transport, *_SAFE)
    assert script.sent == 1


def test_the_wait_operation_means_its_408(mode: Mode) -> None:
    transport, script, _ = _wrap(408)

    assert send(mode, transport, "GET", "/apps/a/machines/m/wait?state=started").status_code == 408
    assert script.sent == 1


def test_the_wait_operation_is_repeated_after_other_failures(mode: Mode) -> None:
    transport, script, _ = _wrap(httpx.ReadError, 502, 408)

    assert send(mode, transport, "GET", "/apps/a/machines/m/wait?state=started").status_code == 408
    assert script.sent == 3


@pytest.mark.parametrize("last", [503, 429, httpx.ConnectError, httpx.ReadError])
def test_the_last_failure_is_handed_on_after_the_given_number_of_attempts(mode: Mode, last: Step) -> None:
    transport, script, _ = _wrap(last)

    if isinstance(last, type):
        with pytest.raises(last):
            send(mode, transport, *_SAFE)
    else:
        assert send(mode, transport, *_SAFE).status_code == last
    assert script.sent == 4


def test_one_attempt_means_no_retry(mode: Mode) -> None:
    transport, script, _ = _wrap(503, policy=RetryPolicy(attempts=1))

    send(mode, transport, *_SAFE)

    assert script.sent == 1


def test_a_body_that_breaks_off_is_a_lost_answer(mode: Mode) -> None:
    transport, script, _ = _wrap(Broken(), Broken(httpx.RemoteProtocolError), 200)
    assert send(mode, transport, *_SAFE).json() == {}
    assert script.sent == 3

    transport, script, _ = _wrap(Broken(), 200)
    with pytest.raises(httpx.ReadError):
        send(mode, transport, *_ONCE)
    assert script.sent == 1


def test_every_answer_is_closed_kept_or_not(mode: Mode) -> None:
    transport, script, _ = _wrap(503, Broken(), 429, 200)

    send(mode, transport, *_SAFE)

    assert [body.closed for body in script.bodies] == [True] * 4


def test_the_same_body_is_sent_each_time(mode: Mode) -> None:
    transport, script, _ = _wrap(httpx.ConnectError, 429, 200)

    send(mode, transport, *_NAMED, content=b'{"name":"web"}')

    assert script.contents == [b'{"name":"web"}'] * 3


def test_a_body_that_is_made_while_it_is_sent_can_be_sent_again() -> None:
    def parts() -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    transport, script, _ = _wrap(503, 200)
    with httpx.Client(transport=transport, base_url=BASE) as client:
        assert client.put("/apps/a/volumes/vol_1", content=parts()).status_code == 200
    assert script.contents == [b"one two", b"one two"]


def test_a_body_that_is_made_by_async_code_can_be_sent_again() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"

    async def run() -> int:
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return (await client.put("/apps/a/volumes/vol_1", content=parts())).status_code

    transport, script, _ = _wrap(503, 200)
    assert asyncio.run(run()) == 200
    assert script.contents == [b"one two", b"one two"]


def test_pauses_double_up_to_the_cap(mode: Mode) -> None:
    policy = RetryPolicy(attempts=7, base_s=0.5, cap_s=4.0)
    transport, script, _ = _wrap(503, policy=policy)

    send(mode, transport, *_SAFE)

    assert script.times == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5]


def test_a_pause_is_chosen_from_the_whole_range(mode: Mode) -> None:
    chance = _Chance(0.0)
    clock = VirtualClock()
    transport = RetryTransport(
        Script(503), RetryPolicy(base_s=0.25, cap_s=8.0, attempts=8), clock=clock, rng=chance
    )

    send(mode, transport, *_SAFE)

    assert chance.asked == [(0.0, pause) for pause in (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0)]
    assert clock.now() == 0


@pytest.mark.parametrize("status", [429, 503, 500])
def test_retry_after_is_obeyed(mode: Mode, status: int) -> None:
    transport, script, _ = _wrap(answer(status, retry_after="7"), 200)

    send(mode, transport, *_SAFE)

    assert script.times == [0, 7]


def test_a_pause_longer_than_retry_after_stays(mode: Mode) -> None:
    transport, script, _ = _wrap(answer(429, retry_after="0"), 200, policy=RetryPolicy(base_s=3.0))

    send(mode, transport, *_SAFE)

    assert script.times == [0, 3]


def test_a_retry_after_beyond_the_cap_ends_the_retries(mode: Mode) -> None:
    transport, script, clock = _wrap(answer(429, retry_after="61"), 200)

    assert send(mode, transport, *_SAFE).status_code == 429
    assert (script.sent, clock.now()) == (1, 0)


@pytest.mark.parametrize("text", ["", "soon", "-5", "1e3", "nan", "inf", "0x10", "+3", "1,5", "99999999999"])
def test_a_retry_after_that_makes_no_sense_is_ignored(mode: Mode, text: str) -> None:
    transport, script, _ = _wrap(answer(429, retry_after=text), 200)

    send(mode, transport, *_SAFE)

    assert script.times == [0, 0.25]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("5", 5.0),
        (" 5 ", 5.0),
        ("1.5", 1.5),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0.0),
        ("Fri, 31 Dec 9999 25:00:00 GMT", None),
        ("Wed, 21 Oct 2015", None),
        ("\u0663", None),
        ("\uff11\uff12", None),
        ("1.5.2", None),
        (".5", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text) == seconds


def test_a_date_counts_from_now() -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)

    seconds = parse_retry_after(email.utils.format_datetime(moment, usegmt=True))

    assert seconds is not None
    assert 20 < seconds <= 30


def test_no_attempt_starts_after_the_deadline(mode: Mode) -> None:
    policy = RetryPolicy(attempts=100, base_s=4.0, cap_s=4.0, deadline_s=10.0)
    transport, script, _ = _wrap(503, policy=policy)

    assert send(mode, transport, *_SAFE).status_code == 503
    assert script.times == [0, 4, 8]


def test_an_attempt_at_the_deadline_itself_still_starts(mode: Mode) -> None:
    policy = RetryPolicy(attempts=100, base_s=5.0, cap_s=5.0, deadline_s=10.0)
    transport, script, _ = _wrap(503, policy=policy)

    send(mode, transport, *_SAFE)

    assert script.times == [0, 5, 10]


def test_a_storm_of_failures_uses_the_budget_up(mode: Mode) -> None:
    transport, script, _ = _wrap(503, policy=RetryPolicy(attempts=4, budget=50))

    for _ in range(20):
        send(mode, transport, *_SAFE)

    assert script.sent == 20 + 50 // 5


def test_a_timeout_costs_twice_as_much(mode: Mode) -> None:
    transport, script, _ = _wrap(httpx.ReadTimeout, policy=RetryPolicy(attempts=4, budget=50))

    for _ in range(20):
        with pytest.raises(httpx.ReadTimeout):
            send(mode, transport, *_SAFE)

    assert script.sent == 20 + 50 // 10


def test_each_success_pays_one_token_back(mode: Mode) -> None:
    steps = [503, 503, *[200] * 5, 503, 200]
    transport, script, _ = _wrap(*steps, policy=RetryPolicy(attempts=2, budget=5))

    assert send(mode, transport, *_SAFE).status_code == 503  # spends all five
    for _ in range(5):
        assert send(mode, transport, *_SAFE).status_code == 200
    assert send(mode, transport, *_SAFE).status_code == 200  # a retry is affordable again
    assert script.sent == 9


def test_a_refusal_pays_nothing_back(mode: Mode) -> None:
    transport, script, _ = _wrap(503, 503, *[404] * 9, 503, policy=RetryPolicy(attempts=2, budget=5))

    for _ in range(11):
        send(mode, transport, *_SAFE)

    assert script.sent == 12


def test_the_budget_never_grows_beyond_its_size(mode: Mode) -> None:
    transport, script, _ = _wrap(*[200] * 30, 503, policy=RetryPolicy(attempts=4, budget=5))

    for _ in range(31):
        send(mode, transport, *_SAFE)

    assert script.sent == 30 + 2


def test_no_budget_means_no_retry(mode: Mode) -> None:
    transport, script, _ = _wrap(503, policy=RetryPolicy(budget=0))

    send(mode, transport, *_SAFE)

    assert script.sent == 1


def test_one_request_can_bring_its_own_policy(mode: Mode) -> None:
    transport, script, _ = _wrap(503)

    send(mode, transport, *_SAFE, extensions={"fly_retry": RetryPolicy(attempts=2)})
    assert script.sent == 2
    send(mode, transport, *_SAFE)
    assert script.sent == 2 + 4


def test_attempts_are_visible_on_the_response(mode: Mode) -> None:
    transport, _, _ = _wrap(503, 503, 200)

    assert send(mode, transport, *_SAFE).extensions["fly_attempts"] == 3


def test_attempts_are_visible_on_the_request_of_an_error(mode: Mode) -> None:
    transport, script, _ = _wrap(httpx.ConnectError)

    with pytest.raises(httpx.ConnectError):
        send(mode, transport, *_SAFE)

    assert script.requests[-1].extensions["fly_attempts"] == 4


def test_what_is_no_http_error_passes_through(mode: Mode) -> None:
    class Odd(Script):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            super().handle_request(request)
            raise LookupError("a bug")

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return self.handle_request(request)

    script = Odd(200)
    with pytest.raises(LookupError, match="a bug"):
        send(mode, RetryTransport(script, clock=VirtualClock()), *_SAFE)
    assert script.sent == 1


def test_it_works_with_nothing_but_a_transport(mode: Mode) -> None:
    script = Script(200)

    assert send(mode, RetryTransport(script), *_SAFE).status_code == 200
    assert script.closed == [mode]


def test_a_transport_of_the_wrong_kind_is_named() -> None:
    class SyncOnly(httpx.BaseTransport):
        pass

    class AsyncOnly(httpx.AsyncBaseTransport):
        pass

    with pytest.raises(TypeError, match="async only"):
        send("sync", RetryTransport(AsyncOnly()), *_SAFE)
    with pytest.raises(TypeError, match="sync only"):
        send("async", RetryTransport(SyncOnly()), *_SAFE)


@pytest.mark.parametrize(
    "settings",
    [
        {"attempts": 0},
        {"base_s": -1},
        {"cap_s": -1},
        {"deadline_s": -1},
        {"budget": -1},
        {"retry_after_cap_s": -1},
    ],
    ids=str,
)
def test_a_policy_that_cannot_be_is_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        RetryPolicy(**settings)


def test_retries_are_logged_without_the_query(mode: Mode, caplog: pytest.LogCaptureFixture) -> None:
    transport, _, _ = _wrap(503, 200)

    with caplog.at_level("DEBUG", logger="fly_resources.retry"):
        send(mode, transport, "GET", "/apps/a/secrets?show_secrets=hunter2")

    assert [record.getMessage() for record in caplog.records] == [
        "GET /apps/{app_name}/secrets: status 503, attempt 1, again in 0.25 s"
    ]
