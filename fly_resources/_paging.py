"""Lists that come in pages: read to their end, or not taken for a list at all.

A list answers whole unless it is asked for pages. Should it page unasked, a part of it must never pass for
the whole: what is missing there would be made a second time, or be taken for destroyed.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

import attrs
from fly_machines.types import UNSET, Unset

from fly_resources._effects import Call
from fly_resources.errors import FlyError, TruncatedListError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from fly_machines import Client
    from fly_machines.types import Response

#: The header that names the next page of machines and of volumes (MA-46, VO-23).
NEXT_CURSOR: Final = "fly-next-cursor"
#: No list is that long: a service that goes on and on is not followed for ever.
MAX_PAGES: Final = 10_000
#: Entries to ask for from the second page on, where a cursor needs a limit: the most that one page may have.
_LIMIT: Final = 1000

T = TypeVar("T")
AnswerT = TypeVar("AnswerT")


class Listed(Protocol):
    """An entry that has an id."""

    @property
    def id(self) -> str:
        """Tells it from the others."""
        ...


EntryT = TypeVar("EntryT", bound=Listed)


@attrs.frozen
class Page(Generic[T]):
    """One page: its entries by what tells one from the others, and where the next begins, if there is one.

    Two pages may both hold what moved between them; the later one counts.
    """

    entries: dict[str, T]
    cursor: str


@attrs.define
class Pages(Generic[T]):
    """What was read of one list, and where it goes on."""

    route: str
    entries: dict[str, T] = attrs.field(factory=dict[str, T])
    read: int = 0
    cursors: set[str] = attrs.field(factory=set[str])
    cursor: str | Unset = UNSET

    @property
    def more(self) -> bool:
        """Return whether there is a page to ask for."""
        return self.read == 0 or not isinstance(self.cursor, Unset)

    def add(self, page: Page[T]) -> None:
        """Take a page over.

        Raises:
            TruncatedListError: The list goes on where it has been already, or for too long.
        """
        self.read += 1
        self.entries.update(page.entries)
        if page.cursor in self.cursors:
            raise _truncated(self.route, self.read, "the page after it is one that was read before")
        if page.cursor and self.read >= MAX_PAGES:
            raise _truncated(self.route, self.read, "there are still more")
        self.cursors.add(page.cursor)
        self.cursor = page.cursor or UNSET

    @contextlib.contextmanager
    def reading(self) -> Generator[None]:
        """Read one page; what fails after the first leaves a part of a list, and no list.

        Raises:
            TruncatedListError: A page after the first could not be read.
        """
        try:
            yield
        except FlyError as error:
            if self.read == 0:
                raise
            raise _truncated(self.route, self.read, f"the next one could not be read: {error}") from error


def paged(
    route: str,
    sync: Callable[[Client, str | Unset], AnswerT],
    aio: Callable[[Client, str | Unset], Awaitable[AnswerT]],
    read: Callable[[AnswerT], Page[T]],
) -> Call[list[T]]:
    """Return the call that reads a list to its end: one request, and one more for each page that follows.

    Args:
        route: What is read, for the error.
        sync: Asks for the page at a cursor.
        aio: The same, awaited.
        read: Takes an answer for a page.

    Raises:
        TruncatedListError: The list has pages, and not all of them could be read.
    """

    def blocking(sdk: Client) -> list[T]:
        pages = Pages[T](route)
        while pages.more:
            with pages.reading():
                answer = sync(sdk, pages.cursor)
            pages.add(read(answer))
        return list(pages.entries.values())

    async def awaited(sdk: Client) -> list[T]:
        pages = Pages[T](route)
        while pages.more:
            with pages.reading():
                answer = await aio(sdk, pages.cursor)
            pages.add(read(answer))
        return list(pages.entries.values())

    return Call(blocking, awaited)


def limit_at(cursor: str | Unset) -> int | Unset:
    """Return the limit that a cursor needs; a list that nobody has cut is asked for without one."""
    return UNSET if isinstance(cursor, Unset) else _LIMIT


def by_header(answer: Response[list[EntryT]]) -> Page[EntryT]:
    """Take an answer for a page whose header names the next one."""
    return Page({entry.id: entry for entry in answer.parsed or []}, answer.headers.get(NEXT_CURSOR, ""))


def whole(route: str, answer: Response[T]) -> T:
    """Return what a list answered that is not known to have pages.

    Raises:
        TruncatedListError: The answer says that there is more, which nobody knows how to ask for.
    """
    body: Any = answer.parsed
    if answer.headers.get(NEXT_CURSOR) or getattr(body, "additional_properties", {}).get("next_cursor"):
        raise _truncated(route, 1, "this version does not know how to ask for the next one of this list")
    parsed: T = body
    return parsed


def _truncated(route: str, pages: int, why: str) -> TruncatedListError:
    return TruncatedListError(
        f"{route} is truncated: the list comes in pages, of which {pages} {'was' if pages == 1 else 'were'} "
        f"read, and {why.rstrip('.')}. What the rest holds is not known, so nothing was decided "
        "by this list. Run it again.",
        route=route,
        pages=pages,
    )
