"""SDK calls as effects: the SDK's modules describe them, and responses are checked before parsing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, Protocol, TypeVar

import attrs
from fly_machines.types import UNSET, Unset

from fly_resources._engine.effects import Call
from fly_resources._sdk.paging import check_whole, described
from fly_resources._sdk.shapes import Decoded, find_odd

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
ConvertedT = TypeVar("ConvertedT")


class _Operation(Protocol[P, T_co]):
    """An operation module of `fly_machines.api`."""

    __name__: str

    def request_parts(self, *args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        """Return the request's arguments for httpx."""
        ...

    def parse(self, response: Any) -> T_co:  # noqa: ANN401  # httpx's, which is not imported here
        """Return the value of a successful response."""
        ...


def ask(operation: _Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> Call[T]:
    """Describe a request by an SDK operation; a response that a verb cannot rely on is rejected."""

    def read(response: Any) -> T:  # noqa: ANN401  # httpx's
        answer = Decoded(response)
        if odd := find_odd(operation.__name__.rpartition(".")[2], answer):
            raise response.extensions["unexpected"](response.status_code, response.content, odd)
        return operation.parse(answer)

    return Call(operation.request_parts(*args, **kwargs), read)


def read_shared(operation: _Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> Call[T]:
    """Describe a read whose response is shared by all callers that ask for it before it is sent."""
    return attrs.evolve(ask(operation, *args, **kwargs), shared=True)


def converted(request: Call[T], convert: Callable[[T], ConvertedT]) -> Call[ConvertedT]:
    """Describe the same read, with its result converted."""
    return Call(
        request.parts,
        lambda response: convert(request.read(response)),
        keep=request.keep,
        shared=request.shared,
    )


def whole(request: Call[T]) -> Call[T]:
    """Describe a read of a list that has no known pagination; reject a paginated response."""

    def read(response: Any) -> T:  # noqa: ANN401  # httpx's
        answer = request.read(response)
        check_whole(described(request), response.headers, answer)
        return answer

    return attrs.evolve(request, read=read)


def with_parts(request: Call[T], **parts: Any) -> Call[T]:  # noqa: ANN401  # httpx's
    """Describe the same request with other parts."""
    return attrs.evolve(request, parts={**request.parts, **parts})


def sent_once(request: Call[T]) -> Call[T]:
    """Leave a rate-limit refusal to the flow, which looks before it sends again.

    A 429 says that nothing was done. For a request that would create a duplicate, that alone is not enough
    assurance.
    """
    return with_parts(request, extensions={"fly_refusals": 0})


def maybe(value: T | None) -> T | Unset:
    """Return a value for a field that is omitted if it is None."""
    return UNSET if value is None else value


def stated(kind: Any, **fields: Any) -> Any:  # noqa: ANN401  # a model of the SDK, and any JSON values
    """Return the body of a request; fields that are None are omitted."""
    return kind.from_dict({key: value for key, value in fields.items() if value is not None})
