"""Every operation of the Machines API, and what may be done when its response is lost.

The rows are generated from the document: `scripts/tools/codegen/prose.py` has what follows from a method, and
`openapi/prose` what has to be said of a POST.
"""

from __future__ import annotations

import enum
import functools
from typing import TYPE_CHECKING, Final

import attrs
from fly_machines import operations

if TYPE_CHECKING:
    import httpx


class Repeat(enum.Enum):
    """The effect of sending a request twice."""

    SAFE = "safe"
    """It changes nothing: send it again at will."""
    IDEMPOTENT = "idempotent"
    """It sets or removes by value: twice is the same as once."""
    NAMED = "named"
    """The service keeps its subject unique, so the caller can read back whether it happened."""
    ONCE = "once"
    """Twice makes two: never sent again unless it was certainly not applied."""


@attrs.frozen
class Operation:
    """One operation: its upstream id, method, route below `/v1`, and `Repeat` class."""

    id: str
    method: str
    route: str
    repeat: Repeat


OPERATIONS: Final = tuple(
    Operation(each.id, each.method, each.route, Repeat(each.repeat)) for each in operations.OPERATIONS
)


def _index() -> dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]]:
    """Group the operations by method and number of segments; no path fits two of them, a test says."""
    groups: dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]] = {}
    for operation in OPERATIONS:
        segments = tuple(operation.route.strip("/").split("/"))
        groups.setdefault((operation.method, len(segments)), []).append((segments, operation))
    return groups


_BY_SHAPE: Final = _index()


@attrs.frozen
class Target:
    """What one request addresses: its operation and the values of the route's parameters."""

    operation: Operation
    parameters: dict[str, str]


@functools.lru_cache(maxsize=1024)  # each layer of the middleware asks
def find(method: str, path: str) -> Target | None:
    """Return the operation that `method` and the still encoded `path` address, or None for none of ours.

    What stands before `/v1` is ignored, and so is `/v1` itself: it belongs to the base URL, which may hold
    any words, such as "apps" or "v1". No route is the end of another one, so the first that fits is meant.
    """
    rest = f"/{path.lstrip('/')}"
    found = _find_route(method, rest)
    while found is None and "/v1/" in rest:
        rest = rest.partition("/v1/")[2]
        found = _find_route(method, rest)
    return found


def target_of(request: httpx.Request) -> Target | None:
    """Return what the request addresses, or None for no operation of ours."""
    return find(request.method, _path_of(request))


def route_of(request: httpx.Request) -> tuple[str, str]:
    """Return the route template and the path as sent, without the query."""
    target, path = target_of(request), _path_of(request)
    return (target.operation.route if target else path), path


def _path_of(request: httpx.Request) -> str:
    return request.url.raw_path.partition(b"?")[0].decode("ascii")


def _find_route(method: str, path: str) -> Target | None:
    parts = path.strip("/").split("/")
    for segments, operation in _BY_SHAPE.get((method.upper(), len(parts)), ()):
        parameters: dict[str, str] = {}
        for expected, actual in zip(segments, parts, strict=True):
            if expected.startswith("{"):
                parameters[expected[1:-1]] = actual
            elif expected != actual:
                break
        else:
            return Target(operation, parameters)
    return None
