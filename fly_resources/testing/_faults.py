"""Trouble that a test asks for, and which request runs into it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from fly_resources.testing._lists import LISTS
from fly_resources.testing._router import ROUTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.testing._wire import Json

FaultKind: TypeAlias = Literal[
    "refuse", "reset_before", "reset_after", "status", "truncate", "not_json", "stale", "slow", "empty"
]


_OPERATIONS = frozenset(operation for _, _, operation, _ in ROUTES)


def _check_count(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value < 1:
        raise ValueError(f"{attribute.name} must be at least 1, not {value}")


@attrs.frozen
class Fault:
    """One kind of trouble, for the `nth` request of `operation` that comes after it was added.

    Args:
        kind: What happens.
            `refuse`: no connection (`httpx.ConnectError`), nothing applied.
            `reset_before`: the connection breaks before the request is read (`httpx.ReadError`), not applied.
            `reset_after`: the request is applied, its answer lost (`httpx.ReadError`).
            `status`: answered with `status`, applied first if `applied`.
            `truncate`: applied; the body breaks off half-way (`httpx.RemoteProtocolError` when it is read).
            `not_json`: applied; the status is the real one, the body an HTML page.
            `stale`: a read is answered from the state before the latest write; only reads count.
            `empty`: a list is answered without elements, as if there were none (PL-12); only lists count.
            `slow`: applied, but the answer comes `seconds` later than usual. A client whose read timeout is
            shorter sees `httpx.ReadTimeout` when that is over.
        operation: The upstream's operationId; None: any request.
        nth: Which matching request, counted from 1 and from when the fault was added.
        times: How many matching requests in a row run into it, from the nth on.
        status: For `status`: the answer's status code.
        applied: For `status`: whether the request takes effect.
        headers: For `status`: more headers, such as `Retry-After`.
        body: For `status`: the JSON body; None: an error text that names the fault.
        seconds: For `slow`.
        late: For `slow`: the request takes effect only at the end of `seconds`, also when nobody waits for it
            any more.
    """

    kind: FaultKind
    operation: str | None = None
    nth: int = attrs.field(default=1, validator=_check_count)
    times: int = attrs.field(default=1, validator=_check_count)
    status: int = 503
    applied: bool = False
    headers: Mapping[str, str] = attrs.Factory(dict)
    body: Json = None
    seconds: float = 0.0
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
        """Start without any."""
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> None:
        """Arm a fault: requests are counted from now on.

        Raises:
            ValueError: No operation has that id, or it is no list, so the fault would never fire.
        """
        if fault.kind == "empty" and fault.operation is not None and fault.operation not in LISTS:
            raise ValueError(f"{fault.operation} is not a list: the fault would never fire")
        if fault.operation is not None and fault.operation not in _OPERATIONS:
            near = difflib.get_close_matches(fault.operation, _OPERATIONS, 3, 0.0)
            raise ValueError(f"no operation {fault.operation}; did you mean {', '.join(near)}?")
        self._armed.append(_Armed(fault))

    def clear(self) -> None:
        """Forget all faults, fired or not."""
        self._armed.clear()

    def take(self, operation: str | None, method: str) -> Fault | None:
        """Count a request, and return the fault that it runs into.

        Of several the one that was added first; the others wait for the next matching request.
        """
        hits = [armed for armed in self._armed if armed.meets(operation, method)]
        if not hits:
            return None
        hits[0].fired += 1
        return hits[0].fault
