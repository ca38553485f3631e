"""List responses, and the faults that make them incomplete (PL-12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources.testing._wire import JSON_TYPE, encode

if TYPE_CHECKING:
    from collections.abc import Collection

    from fly_resources.testing._wire import Answer

#: Operations that return a list, and the key that holds it; "" if the body is the list.
LISTS = {
    "App_Certificates_list": "certificates",
    "App_IPAssignments_list": "ips",
    "Apps_list": "apps",
    "Machines_list": "",
    "Machines_org_list": "machines",
    "Secretkeys_list": "secret_keys",
    "Secrets_list": "secrets",
    "Volumes_list": "",
    "Volumes_list_snapshots": "",
    "Volumes_org_list": "volumes",
}
#: Fields where a page gives the next cursor and the total count.
_NEXT_HEADER = "fly-next-cursor"
_NEXT_KEY = "next_cursor"
_COUNTS = ("total_apps", "total_count")
_OK = 200


def shorten(answer: Answer, operation: str, *, empty: Collection[str], short: Collection[str]) -> Answer:
    """Return a list without elements or without its first one, if its operation is among those."""
    if operation in empty:
        return emptied(answer, operation)
    if operation in short:
        return _without(answer, operation, first=1)
    return answer


def emptied(answer: Answer, operation: str) -> Answer:
    """Return a list response without elements and without a next page."""
    left = _without(answer, operation, first=None)
    headers = tuple(header for header in left.headers if header[0] != _NEXT_HEADER)
    return attrs.evolve(left, headers=headers)


def _without(answer: Answer, operation: str, *, first: int | None) -> Answer:
    """Return a list response without its first elements; None removes all of them."""
    if answer.status != _OK or answer.content_type != JSON_TYPE:
        return answer
    body: Any = json.loads(answer.content)
    key = LISTS[operation]
    everything: list[Any] = (body.get(key) if key else body) or []
    found = [] if first is None else everything[first:]
    if not key:
        return attrs.evolve(answer, content=encode(found))
    changed = {**body, key: found, **{count: len(found) for count in _COUNTS if count in body}}
    if not found and _NEXT_KEY in changed:
        changed[_NEXT_KEY] = ""
    return attrs.evolve(answer, content=encode(changed))
