"""What the modules of `api` share: from arguments to a request, and from a response to what a success answers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol, TypeVar, cast

import httpx

from .errors import UnexpectedStatus
from .models import as_json
from .types import UNSET, Response, Unset

T = TypeVar("T")
U = TypeVar("U")
#: What reading a body that is not as declared can raise.
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
#: What is said of something that is no body.
BODY_HINT = "give the SDK's model, or a mapping of the API's keys."


class Body(Protocol):
    """The model of a body."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        ...


def request(
    method: str,
    url: str,
    *,
    query: Mapping[str, Any] | None = None,
    joined: Container[str] = (),
    headers: Mapping[str, Any] | None = None,
    body: Body | Mapping[str, Any] | Unset = UNSET,
) -> dict[str, Any]:
    """Return a request as `httpx.Client.request` takes it.

    Args:
        query: The parameters; what is unset or None is left out.
        joined: Parameters whose lists travel in one text, with commas.
        headers: The headers; what is unset is left out.
        body: The model of the body, or a mapping of the API's own keys.
    """
    parts: dict[str, Any] = {"method": method, "url": url}
    if query is not None:
        given = {name: _in_query(value) for name, value in query.items() if value is not UNSET and value is not None}
        parts["params"] = {
            name: ",".join(value) if name in joined and isinstance(value, list) else value
            for name, value in given.items()
        }
    if headers is not None:
        parts["headers"] = {name: value for name, value in headers.items() if value is not UNSET}
    if not is_body(body):
        raise TypeError(f"body is a {type(body).__name__}: {BODY_HINT}")
    if not isinstance(body, Unset):
        parts["json"] = _in_body(body) if isinstance(body, Mapping) else body.to_dict()
    return parts


def is_body(body: Any) -> bool:
    """Say whether something can be a body: a model, a mapping, or unset."""
    return isinstance(body, (Mapping, Unset)) or hasattr(body, "to_dict")


def _in_body(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _in_body(each) for key, each in value.items() if each is not UNSET}
    if isinstance(value, (list, tuple)):
        return [_in_body(each) for each in value]
    if isinstance(value, timedelta):
        return f"{value // timedelta(microseconds=1)}us"
    if hasattr(value, "reveal"):
        return value.reveal()
    plain = as_json(value)
    return plain if plain is value else _in_body(plain)


def _in_query(value: Any) -> Any:
    # anything that holds several values is sent as they are, one after the other
    several = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return as_json(list(value) if several else value)


def parse_object(
    response: httpx.Response,
    statuses: Container[int],
    kind: Callable[[dict[str, Any]], T],
    other: Callable[[dict[str, Any]], U] | None = None,
) -> T | U:
    """Return a JSON object as what it is declared to be, or where that cannot be made of it, the other."""
    check_status(response, statuses)
    try:
        body = response.json()
        if not isinstance(body, dict):
            raise TypeError("another kind of JSON value than declared")
        return kind(body) if other is None else _either(body, kind, other)
    except _UNREADABLE as error:
        raise unexpected(response) from error


def _either(body: dict[str, Any], kind: Callable[[dict[str, Any]], T], other: Callable[[dict[str, Any]], U]) -> T | U:
    try:
        return kind(body)
    except (AttributeError, KeyError, TypeError, ValueError):
        return other(body)


def parse_list(response: httpx.Response, statuses: Container[int], kind: Callable[[dict[str, Any]], T]) -> list[T]:
    """Return a JSON list of objects of one kind."""
    check_status(response, statuses)
    try:
        body = response.json()
        if not isinstance(body, list):
            raise TypeError("another kind of JSON value than declared")
        return [kind(each) for each in body]
    except _UNREADABLE as error:
        raise unexpected(response) from error


def parse_text(response: httpx.Response, statuses: Container[int]) -> str:
    """Return a body that is text."""
    check_status(response, statuses)
    try:
        return response.text
    except _UNREADABLE as error:
        raise unexpected(response) from error


def check_status(response: httpx.Response, statuses: Container[int]) -> None:
    """Raise an answer whose status is none of a success."""
    if response.status_code not in statuses:
        raise unexpected(response)


def unexpected(response: httpx.Response) -> Exception:
    """Return the error of an answer that is not as declared: a middleware may have put its own on the response."""
    kind = response.extensions.get("unexpected", UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def detailed(response: httpx.Response, parse: Callable[[httpx.Response], T]) -> Response[T]:
    """Return an answer with its status, headers and content."""
    parsed = parse(response)
    return Response(HTTPStatus(response.status_code), response.content, response.headers, parsed)
