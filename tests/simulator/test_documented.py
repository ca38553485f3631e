"""The check that every test's answers go through finds what it is for."""

from __future__ import annotations

import pytest

from fly_resources.testing._exchange import Delivery
from fly_resources.testing._wire import Answer, Request, json_answer
from tests.documented_answers import violations


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (json_answer([{"id": "m"}]), "is a required property"),
        (json_answer([], 202), "no such success"),
        (Answer(200, b"[]", "text/plain"), "text/plain instead of application/json"),
        (json_answer({"error": 1}, 418), "is not of type"),
    ],
)
def test_an_answer_that_is_not_documented_is_found(answer: Answer, complaint: str) -> None:
    request = Request.parse("GET", "/v1/apps/web/machines", "", "", b"")
    (found,) = violations(request, Delivery(answer))
    assert complaint in found


@pytest.mark.parametrize("answer", [json_answer([]), json_answer({"error": "no"}, 418)])
def test_an_answer_that_is_documented_passes(answer: Answer) -> None:
    assert violations(Request.parse("GET", "/v1/apps/web/machines", "", "", b""), Delivery(answer)) == []


def test_a_body_of_an_empty_answer_is_found() -> None:
    request = Request.parse("DELETE", "/v1/apps/web/ip_assignments/::1", "", "", b"")
    assert violations(request, Delivery(json_answer({}, 204)))


def test_it_watches_every_simulator_of_this_run(undocumented_answers: list[str]) -> None:
    from fly_resources.testing._exchange import Service  # noqa: PLC0415 - as it is now, not as it was imported

    assert Service.exchange.__module__ == "tests.documented_answers"
    assert undocumented_answers == []
