"""Lists in pages, for those who ask for them (AP-23, MA-46, VO-23)."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, TypeAlias

from fly_resources.testing import _errors as errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import JsonObject

#: The header under which machines and volumes say what comes next.
NEXT = "fly-next-cursor"
MAX_ELEMENTS, MAX_APPS = 1000, 5000
#: How long a cursor of apps is good.
_APPS_CURSOR_S = 30 * 60.0

#: When an element was made, its id, and how it is shown.
Element: TypeAlias = "tuple[float, str, JsonObject]"


def page(call: Call, elements: Sequence[Element], most: int) -> tuple[list[JsonObject], str]:
    """Return one page, and the cursor of the next: empty at the end.

    Without `limit` everything is on one page, if `Behaviour.unasked_page_size` does not say otherwise. A
    cursor names the last element that was seen, so nothing is skipped when an element goes.

    Raises:
        Refusal: 400 for a `limit` or `cursor` that is none (the texts are not recorded).
    """
    size, after = _size(call, most), _after(call)
    if size is None and after is None:
        return [shown for _, _, shown in elements], ""
    left = sorted((e for e in elements if after is None or e[:2] > after), key=lambda e: e[:2])
    taken = left if size is None else left[:size]
    cursor = _cursor(call, taken[-1]) if len(taken) < len(left) else ""
    return [shown for _, _, shown in taken], cursor


def next_header(cursor: str) -> tuple[tuple[str, str], ...]:
    """Return the header that names the next page; at the end there is none."""
    return ((NEXT, cursor),) if cursor else ()


def _size(call: Call, most: int) -> int | None:
    if not call.query("limit"):
        return call.platform.behaviour.unasked_page_size
    limit = call.number("limit", most)
    if not 1 <= limit <= most:
        raise errors.daemon("invalid_argument", f"limit must be between 1 and {most}")
    unasked = call.platform.behaviour.unasked_page_size
    return limit if unasked is None else min(limit, unasked)  # it is advisory: pages may be short


def _after(call: Call) -> tuple[float, str] | None:
    text = call.query("cursor")
    if not text:
        return None
    of_apps = call.operation == "Apps_list"
    if of_apps and not call.query("limit") and call.platform.behaviour.unasked_page_size is None:
        raise errors.daemon("invalid_argument", "cursor needs a limit")
    try:
        at, name, issued = json.loads(base64.urlsafe_b64decode(text.encode()))
        found = float(at), str(name)
        age = call.now - float(issued)
    except (ValueError, TypeError):
        raise errors.daemon("invalid_argument", "invalid cursor") from None
    if of_apps and age > _APPS_CURSOR_S:
        raise errors.daemon("invalid_argument", "cursor has expired")
    return found


def _cursor(call: Call, last: Element) -> str:
    return base64.urlsafe_b64encode(json.dumps([last[0], last[1], call.now]).encode()).decode()
