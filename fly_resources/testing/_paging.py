"""Paginated lists, for clients that ask for pages (AP-23, MA-46, VO-23)."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, TypeAlias

import attrs

from fly_resources.testing import _errors as errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import JsonObject

#: The header in which machines and volumes give the next cursor.
NEXT = "fly-next-cursor"
MAX_ELEMENTS, MAX_APPS = 1000, 5000
#: Seconds for which cursors are valid, counted from the first page.
_GOOD_FOR_S = 30 * 60.0

#: The time an element was created, its id, and its JSON.
Element: TypeAlias = "tuple[float, str, JsonObject]"


@attrs.frozen
class _Cursor:
    """The start of a page: the element before it, and the time when the first page was read."""

    made_at: float
    id: str
    began_at: float


def page(call: Call, elements: Sequence[Element], most: int) -> tuple[list[JsonObject], str]:
    """Return one page, and the next cursor: empty at the end.

    Without `limit` everything is on one page, unless `Behaviour.unasked_page_size` is set. A cursor names the
    last element that was returned, so nothing is skipped if an element is deleted.

    Raises:
        Refusal: 400 for an invalid `limit` or `cursor` (the texts are not recorded).
    """
    size, cursor = _size(call, most), _read_cursor(call)
    if size is None:
        return [shown for _, _, shown in elements], ""
    left = sorted(elements, key=lambda element: element[:2])
    if cursor is not None:
        left = [element for element in left if element[:2] > (cursor.made_at, cursor.id)]
    taken = left[:size]
    shown = [element[2] for element in taken]
    if len(taken) == len(left):
        return shown, ""
    began_at = call.now if cursor is None else cursor.began_at
    return shown, _write_cursor(_Cursor(taken[-1][0], taken[-1][1], began_at))


def next_header(cursor: str) -> tuple[tuple[str, str], ...]:
    """Return the header that gives the next page; none at the end."""
    return ((NEXT, cursor),) if cursor else ()


def _size(call: Call, most: int) -> int | None:
    unasked = call.platform.behaviour.unasked_page_size
    if not call.query("limit"):
        return unasked
    limit = call.number("limit", most)
    if not 1 <= limit <= most:
        raise errors.daemon("invalid_argument", f"limit must be between 1 and {most}")
    return limit if unasked is None else min(limit, unasked)  # the limit is advisory: pages may be shorter


def _read_cursor(call: Call) -> _Cursor | None:
    text = call.query("cursor")
    if not text:
        return None
    if not call.query("limit") and call.platform.behaviour.unasked_page_size is None:
        raise errors.daemon("invalid_argument", "cursor needs a limit")
    try:
        made_at, name, began_at = json.loads(base64.urlsafe_b64decode(text.encode()))
        cursor = _Cursor(float(made_at), str(name), float(began_at))
    except (ValueError, TypeError):
        raise errors.daemon("invalid_argument", "invalid cursor") from None
    if call.now - cursor.began_at > _GOOD_FOR_S:
        raise errors.daemon("invalid_argument", "cursor has expired")
    return cursor


def _write_cursor(cursor: _Cursor) -> str:
    return base64.urlsafe_b64encode(json.dumps(attrs.astuple(cursor)).encode()).decode()
