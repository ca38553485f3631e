"""What the simulator answers against what the service was recorded to answer (scripts/simulator)."""

from __future__ import annotations

import pytest

from tests.simulator.recorded import crosscheck, tables
from tests.simulator.recorded.crosscheck import SCENARIOS


@pytest.mark.parametrize("number", [n for n in sorted(SCENARIOS) if n not in crosscheck.UNLIKE])
def test_the_simulator_answers_as_the_service_did(number: int) -> None:
    assert crosscheck.compare(number).wrong == ()


@pytest.mark.parametrize("number", sorted(crosscheck.UNLIKE.keys() & SCENARIOS.keys()))
def test_what_is_said_to_be_answered_otherwise_is(number: int) -> None:
    assert crosscheck.compare(number).wrong


def test_every_record_is_compared_or_has_its_reason() -> None:
    assert set(crosscheck.RECORDED) == set(SCENARIOS) | set(crosscheck.UNLIKE)


@pytest.mark.parametrize(
    ("value", "recorded", "signs"),
    [
        ({"a": 1}, {"a": "number"}, []),
        ({"a": "1"}, {"a": "number"}, ["-"]),
        ({}, {"a": "number"}, ["-"]),
        ({}, {"a": "null"}, []),
        ({"a": 1, "b": 2}, {"a": "number"}, ["+"]),
        ({"a": 1}, {}, []),
        ([], {"a": "number"}, ["-"]),
        ({}, ["number"], ["-"]),
        ([{"a": "x"}], [{"a": "boolean"}], ["-"]),
        ([], [{"a": "boolean"}], []),
    ],
)
def test_the_comparison_sees_what_differs(value: object, recorded: object, signs: list[str]) -> None:
    assert [sign for sign, _ in crosscheck.differences(value, recorded)] == signs


def test_a_difference_stops_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(crosscheck.RECORDED, 25, {**crosscheck.RECORDED[25], "status": 418})
    with pytest.raises(ValueError, match="RR#25 is answered otherwise: status 200 instead of 418"):
        tables.pairs()
