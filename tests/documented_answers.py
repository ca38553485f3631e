"""Checks what a simulator answers against the built document, in every test that uses one.

tests/conftest.py puts it into each simulator's way; what does not fit fails the test, whatever it looked at.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from fly_resources.testing import _exchange as exchange
from fly_resources.testing import _router as router

if TYPE_CHECKING:
    from collections.abc import Generator

    import pytest

    from fly_resources.testing._exchange import Delivery, Service
    from fly_resources.testing._wire import Answer, Request

_DOCUMENT = Path(__file__).parents[1] / "openapi" / "fly-machines.json"
_JSON, _PAGE = "application/json", "text/html"
_SUCCESS = range(200, 300)


def watch(patch: pytest.MonkeyPatch) -> list[str]:
    """Let every simulator's answers be checked; returns the list that what does not fit goes to."""
    found: list[str] = []
    carry = exchange.Service.exchange

    def checked(
        service: Service, request: Request, read_timeout: float | None
    ) -> Generator[float, None, Delivery]:
        delivery = yield from carry(service, request, read_timeout)
        if (
            not delivery.injected and service.platform.behaviour.lease_envelope
        ):  # else it is not the document's
            found.extend(violations(request, delivery))
        return delivery

    patch.setattr(exchange.Service, "exchange", checked)
    return found


def violations(request: Request, delivery: Delivery) -> list[str]:
    """Return how an answer differs from the document."""
    match = router.match(request)
    if match is None:
        return []  # unknown routes are answered with text (PL-4), which the document does not describe
    answer = delivery.answer
    found = _differences(match.operation, answer)
    return [
        f"{match.operation} {answer.status} for {request.method} {request.path}: {each}" for each in found
    ]


def _differences(operation: str, answer: Answer) -> list[str]:
    documented = _documented(operation, answer.status)
    if documented is None:
        return ["no such success"]
    if not answer.content:
        return []
    kind = answer.content_type.partition(";")[0]
    content = documented.get("content")
    if content is None:
        # What the policies answer nobody recorded, and the document leaves open.
        return [] if operation.startswith("App_NetworkPolicies") else ["a body where there is none"]
    # Something in front of the API answers with a page of its own at times (IP-10, IP-11).
    is_page = kind == _PAGE and answer.status not in _SUCCESS
    if kind not in content and not is_page:
        return [f"{kind} instead of {', '.join(content)}"]
    if kind != _JSON:
        return []
    validator = _validator(operation, json.dumps(content[kind]["schema"]))
    return [str(error) for error in validator.iter_errors(json.loads(answer.content))][:1]


def _documented(operation: str, status: int) -> dict[str, Any] | None:
    """Return what the document says of a status; errors that it does not list are its default."""
    responses = _operations()[operation]
    exact: dict[str, Any] | None = responses.get(str(status))
    return exact or responses.get("2XX" if status in _SUCCESS else "default")


@functools.cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = _with_nulls(json.loads(_DOCUMENT.read_text(encoding="utf-8")))
    return document


@functools.cache
def _operations() -> dict[str, dict[str, Any]]:
    return {
        operation["x-upstream-operation-id"]: operation["responses"]
        for item in _document()["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "x-upstream-operation-id" in operation
    }


@functools.cache
def _validator(operation: str, schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {**json.loads(schema), "components": _document()["components"]}, validate_formats=True
    )


def _with_nulls(value: object) -> Any:  # noqa: ANN401 - JSON in, JSON out
    """Say `nullable`, which JSON Schema does not know, in its words."""
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _with_nulls(item) for key, item in value.items()}
    if inner.pop("nullable", None) is True:
        return {"anyOf": [inner, {"type": "null"}]}
    return inner
