"""Faults that a test injects, and the request that each one affects."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence  # noqa: F401  # pyright: ignore[reportUnusedImport]  # of `Json`
from typing import Literal, TypeAlias

import attrs

from fly_resources.testing._amounts import check_seconds
from fly_resources.testing._lists import LISTS
from fly_resources.testing._router import ROUTES
from fly_resources.testing._wire import Json  # noqa: TC001  # for typing.get_type_hints

FaultKind: TypeAlias = Literal[
    "refuse", "reset_before", "reset_after", "status", "truncate", "not_json", "stale", "slow", "empty"
]


_OPERATIONS = frozenset(operation for _, _, operation, _ in ROUTES)


_LEAST_STATUS, _MOST_STATUS = 200, 599


def _check_status(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if not _LEAST_STATUS <= value <= _MOST_STATUS:
        raise ValueError(f"{attribute.name} must be from {_LEAST_STATUS} to {_MOST_STATUS}, not {value}")


def _check_headers(_: object, attribute: attrs.Attribute[Mapping[str, str]], value: object) -> None:
    pairs = value.items() if isinstance(value, Mapping) else [(value, None)]
    for pair in pairs:
        if not all(isinstance(each, str) and each.isascii() and each.isprintable() for each in pair):
            raise ValueError(f"{attribute.name} must be names and values in printable ASCII, not {pair!r}")


def _check_delay(_: object, attribute: attrs.Attribute[float], value: float) -> None:
    check_seconds(attribute.name, value)


def _check_count(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value < 1:
        raise ValueError(f"{attribute.name} must be at least 1, not {value}")


@attrs.frozen
class Fault:
    """One kind of failure, for the `nth` request of `operation` after the fault was added.

    Args:
        kind: What happens.
            `refuse`: no connection (`httpx.ConnectError`), nothing applied.
            `reset_before`: the connection breaks before the request is read (`httpx.ReadError`), not applied.
            `reset_after`: the request is applied, its response is lost (`httpx.ReadError`).
            `status`: the response has the status `status`; the request is applied first if `applied`.
            `truncate`: applied; the body is cut off half-way (`httpx.RemoteProtocolError` when it is read).
            `not_json`: applied; the status is the real one, the body is an HTML page.
            `stale`: a read is answered from the state before the latest write; only reads count.
            `empty`: a list response has no elements, as if there were none (PL-12); only lists count.
            `slow`: applied, but the response comes `seconds` later than usual. A client with a shorter read
            timeout gets `httpx.ReadTimeout` when that expires.
        operation: The upstream's operationId; None for any request.
        nth: Which matching request is affected, counted from 1 after the fault was added.
        times: How many consecutive matching requests are affected, from the nth on.
        status: For `status`: the response's status code.
        applied: For `status`: whether the request takes effect.
        headers: For `status`: additional headers, such as `Retry-After`.
        body: For `status`: the JSON body; None for an error text that names the fault.
        seconds: For `slow`: the delay in seconds.
        late: For `slow`: the request takes effect only at the end of `seconds`, even if the client no longer
            waits for it.
    """

    kind: FaultKind
    operation: str | None = None
    nth: int = attrs.field(default=1, validator=_check_count)
    times: int = attrs.field(default=1, validator=_check_count)
    status: int = attrs.field(default=503, validator=_check_status)
    applied: bool = False
    headers: Mapping[str, str] = attrs.field(factory=dict, validator=_check_headers)
    body: Json = None
    seconds: float = attrs.field(default=0.0, validator=_check_delay)
    late: bool = False


@attrs.define
class _Armed:
    fault: Fault
    seen: int = 0
    fired: int = 0

    def meets(self, operation: str | None, method: str) -> bool:
        fault = self.fault
        if fault.operation is not None and fault.operation != operation:
            return False
        if fault.kind == "stale" and method != "GET":
            return False
        if fault.kind == "empty" and operation not in LISTS:
            return False
        self.seen += 1
        return self.seen >= fault.nth and self.fired < fault.times


class Faults:
    """The faults of one simulator."""

    def __init__(self) -> None:
        """Start without faults."""
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> None:
        """Arm a fault: requests are counted from now on.

        Raises:
            ValueError: The operation id does not exist or is not a list, so the fault would never fire.
        """
        if fault.kind == "empty" and fault.operation is not None and fault.operation not in LISTS:
            raise ValueError(f"{fault.operation} is not a list: the fault would never fire")
        if fault.operation is not None and fault.operation not in _OPERATIONS:
            near = difflib.get_close_matches(fault.operation, _OPERATIONS, 3, 0.0)
            raise ValueError(f"no operation {fault.operation}; did you mean {', '.join(near)}?")
        self._armed.append(_Armed(fault))

    def clear(self) -> None:
        """Remove all faults, fired or not."""
        self._armed.clear()

    def waiting(self) -> list[_Armed]:
        """Return the faults that have not affected all their requests yet."""
        return [armed for armed in self._armed if armed.fired < armed.fault.times]

    def take(self, operation: str | None, method: str) -> Fault | None:
        """Count a request, and return the fault that affects it.

        If several match, the one added first is used; the others wait for the next matching request.
        """
        hits = [armed for armed in self._armed if armed.meets(operation, method)]
        if not hits:
            return None
        hits[0].fired += 1
        return hits[0].fault
