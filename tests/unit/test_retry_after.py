"""`Retry-After`: seconds, dates, and what is neither; blocking and async alike."""

from __future__ import annotations

import datetime as dt
import email.utils
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources.retry import RetryPolicy, parse_retry_after
from tests.unit.fakes import answer, send
from tests.unit.retrying import SAFE, wrap

if TYPE_CHECKING:
    from tests.unit.fakes import Mode


@pytest.mark.parametrize("status", [429, 503, 500])
def test_retry_after_is_obeyed(mode: Mode, status: int) -> None:
    transport, script, _ = wrap(answer(status, retry_after="7"), 200)

    send(mode, transport, *SAFE)

    # and a random pause on top, or all who were refused at once would come back at once
    assert script.times == [0, 7.25]


def test_a_retry_after_of_nothing_leaves_the_pause(mode: Mode) -> None:
    transport, script, _ = wrap(answer(429, retry_after="0"), 200, policy=RetryPolicy(base_s=3.0))

    send(mode, transport, *SAFE)

    assert script.times == [0, 3]


def test_the_longest_retry_after_is_waited_for(mode: Mode) -> None:
    transport, script, _ = wrap(answer(429, retry_after="60"), 200)

    send(mode, transport, *SAFE)

    assert script.times == [0, 60.25]


def test_a_retry_after_beyond_the_cap_ends_the_retries(mode: Mode) -> None:
    transport, script, clock = wrap(answer(429, retry_after="61"), 200)

    assert send(mode, transport, *SAFE).status_code == 429
    assert (script.sent, clock.now()) == (1, 0)


@pytest.mark.parametrize("text", ["9" * 11, "9" * 60, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_absurd_retry_after_ends_the_retries(mode: Mode, text: str) -> None:
    transport, script, clock = wrap(answer(429, retry_after=text), 200)

    assert send(mode, transport, *SAFE).status_code == 429
    assert (script.sent, clock.now()) == (1, 0)


@pytest.mark.parametrize(
    "text", ["", "soon", "-5", "1e3", "nan", "inf", "0x10", "+3", "1,5", "1 s", "9" * 65]
)
def test_a_retry_after_that_makes_no_sense_is_ignored(mode: Mode, text: str) -> None:
    transport, script, _ = wrap(answer(429, retry_after=text), 200)

    send(mode, transport, *SAFE)

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
        ("Wed, 21 Oct 2015 07:28:\u0663\u0663 GMT", None),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        ("Sun Nov  6 08:49:37 1994", 0.0),
        ("Sun, 06 Nov 1994 08:49:37 +0200", 0.0),
        ("2026-01-01T00:00:00Z", None),
        ("Sun, 00 Nov 1994 08:49:37 GMT", None),
        ("12345678901", 12345678901.0),
        ("0" * 64, 0.0),
        ("0" * 65, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text) == seconds


def test_a_date_counts_from_now() -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)

    seconds = parse_retry_after(email.utils.format_datetime(moment, usegmt=True))

    assert seconds is not None
    assert 20 < seconds <= 30


@pytest.mark.parametrize(
    "date",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 10:49:37 +0200",
    ],
)
def test_a_date_counts_from_the_answers_own_date(mode: Mode, date: str) -> None:
    """Whatever this machine's clock says; so a virtual clock can be waited on too."""
    transport, script, _ = wrap(answer(429, retry_after=date, date="Sun, 06 Nov 1994 08:49:07 GMT"), 200)

    send(mode, transport, *SAFE)

    assert script.times == [0, 30.25]


def test_a_date_in_the_past_is_now(mode: Mode) -> None:
    past = "Sun, 06 Nov 1994 08:49:37 GMT"
    transport, script, _ = wrap(answer(503, retry_after=past, date="Sun, 06 Nov 1994 08:50:00 GMT"), 200)

    send(mode, transport, *SAFE)

    assert script.times == [0, 0.25]


def test_a_date_beside_a_date_that_makes_no_sense_counts_from_now() -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)

    seconds = parse_retry_after(email.utils.format_datetime(moment, usegmt=True), "yesterday")

    assert seconds is not None
    assert 20 < seconds <= 30


_HEADERS = st.text(max_size=80) | st.from_regex(
    r"\A[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{2,5} \d\d:\d\d:\d\d .{1,6}\Z"
)


@given(_HEADERS, st.none() | _HEADERS)
def test_any_retry_after_is_seconds_or_nothing(text: str, date: str | None) -> None:
    seconds = parse_retry_after(text, date)

    assert seconds is None or 0 <= seconds < math.inf
