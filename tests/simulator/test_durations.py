"""Go durations (MA-12), against the format that Go documents."""

from __future__ import annotations

import pytest

from fly_resources.testing._durations import format_go_duration, parse_go_duration


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("60s", "1m0s"),
        ("120s", "2m0s"),
        ("15s", "15s"),
        ("1.5s", "1.5s"),
        ("1h", "1h0m0s"),
        ("90m", "1h30m0s"),
        ("25h61m1s", "26h1m1s"),
        ("250ms", "250ms"),
        ("1500us", "1.5ms"),
        ("2µs", "2µs"),
        ("7ns", "7ns"),
        ("0", "0s"),
        ("0s", "0s"),
        ("-90s", "-1m30s"),
        (".5s", "500ms"),
        ("1h0.5s", "1h0m0.5s"),
    ],
)
def test_durations_are_printed_as_go_does(text: str, printed: str) -> None:
    nanoseconds = parse_go_duration(text)
    assert nanoseconds is not None
    assert format_go_duration(nanoseconds) == printed
    assert parse_go_duration(printed) == nanoseconds


@pytest.mark.parametrize("text", ["", "5", "s", "5 s", "1d", "x5s", "5sx", "1s 2s", "."])
def test_what_go_cannot_read_is_none(text: str) -> None:
    assert parse_go_duration(text) is None
