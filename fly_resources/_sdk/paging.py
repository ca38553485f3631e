"""Read paginated lists completely, or fail.

A list is complete unless pages are requested. If the service paginates anyway, a part must never be treated
as the whole list: the missing resources would be created again, or considered destroyed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import attrs
from fly_machines.types import UNSET, Unset

from fly_resources._engine.effects import Call
from fly_resources.errors import FlyError, TruncatedListError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_machines import models

    from fly_resources._engine.effects import Flow

#: The header that names the next page of machines and of volumes (MA-46, VO-23).
NEXT_CURSOR: Final = "fly-next-cursor"
#: The maximum number of pages: an endless list is not followed.
MAX_PAGES: Final = 10_000
#: Page size from the second page on, if a cursor requires a limit: the maximum of one page.
_LIMIT: Final = 1000

T = TypeVar("T")


EntryT = TypeVar("EntryT", "models.Machine", "models.Volume")


@attrs.frozen
class Page(Generic[T]):
    """One page: its entries by unique key, and the cursor of the next page, if there is one.

    If an entry moved between two pages, both may contain it; the later one counts.
    """

    entries: dict[str, T]
    cursor: str


@attrs.define
class Pages(Generic[T]):
    """The pages read so far of one list, the next cursor, and whether there is another page."""

    route: str
    entries: dict[str, T] = attrs.field(factory=dict[str, T])
    read: int = 0
    cursors: set[str] = attrs.field(factory=set[str])
    cursor: str | Unset = UNSET
    more: bool = True

    def add(self, page: Page[T]) -> None:
        """Add a page.

        Raises:
            TruncatedListError: A cursor repeats, or the list has too many pages.
        """
        self.read += 1
        self.entries.update(page.entries)
        if page.cursor in self.cursors:
            raise _truncated(self.route, self.read, "the page after it is one that was read before")
        if page.cursor and self.read >= MAX_PAGES:
            raise _truncated(self.route, self.read, "there are still more")
        self.cursors.add(page.cursor)
        self.cursor, self.more = page.cursor, bool(page.cursor)


@attrs.frozen
class Listing(Generic[T]):
    """A list that is read completely: one request, and one more for each further page.

    `ask`: describes the request for the page at a cursor.
    """

    ask: Callable[[str | Unset], Call[Page[T]]]

    def send(self) -> Flow[list[T]]:
        """Read the list.

        Raises:
            TruncatedListError: The list has several pages, and not all of them could be read.
        """
        pages = Pages[T](described(self.ask(UNSET)))
        while pages.more:
            try:
                page = yield from self.ask(pages.cursor).send()
            except FlyError as error:
                if pages.read == 0:
                    raise
                why = f"the next one could not be read: {error}"
                raise _truncated(pages.route, pages.read, why) from error
            pages.add(page)
        return list(pages.entries.values())


def described(request: Call[Any]) -> str:
    """Return the method and path of a request for error messages."""
    return f"{request.parts['method'].upper()} /v1{request.parts['url']}"


def limit_at(cursor: str | Unset) -> int | Unset:
    """Return the limit that a cursor requires; the first page is requested without one."""
    return UNSET if isinstance(cursor, Unset) else _LIMIT


def by_header(request: Call[list[EntryT]]) -> Call[Page[EntryT]]:
    """Parse a response as a page whose header names the next page."""

    def read(response: Any) -> Page[EntryT]:  # noqa: ANN401  # httpx's
        entries = request.read(response)
        return Page({entry.id: entry for entry in entries}, response.headers.get(NEXT_CURSOR, ""))

    return Call(request.parts, read, shared=request.shared)


def check_whole(route: str, headers: Mapping[str, str], answer: object) -> None:
    """Check that a list without known pagination has only one page.

    Raises:
        TruncatedListError: The response says that there are more entries, and no known request returns them.
    """
    if headers.get(NEXT_CURSOR) or getattr(answer, "additional_properties", {}).get("next_cursor"):
        raise _truncated(route, 1, "this version does not know how to ask for the next one of this list")


def _truncated(route: str, pages: int, why: str) -> TruncatedListError:
    return TruncatedListError(
        f"{route} is truncated: the list comes in pages, of which {pages} {'was' if pages == 1 else 'were'} "
        f"read, and {why.rstrip('.')}. What the rest holds is not known, so nothing was decided "
        "by this list. Run it again.",
        route=route,
        pages=pages,
    )
