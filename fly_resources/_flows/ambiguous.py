"""Writes whose answer was lost: look whether they happened before anything is sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from fly_resources._effects import Flow, now, sleep
from fly_resources.errors import (
    ConflictError,
    FlyError,
    OutcomeUnknownError,
    PreconditionFailedError,
    RateLimitedError,
    ServerError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

#: A create may land this long after its answer was lost; 17 s were seen (PL-9).
SETTLE_S: Final = 30.0
#: Refused by the rate limit, it is sent again for so long.
REFUSED_S: Final = 300.0
#: Asked to wait longer, it gives up at once, as for any other request.
_LONGEST_WAIT_S: Final = 60.0
#: A list may not show what another process created in the last moments.
SETTLE_AFTER_S: Final = 2.0
_LONGEST_PAUSE_S: Final = 4.0
#: A lost write that may be repeated is sent so often again.
_RESENDS: Final = 2


def read_back(send: Callable[[], Flow[T]], find: Callable[[], Flow[T | None]]) -> Flow[T]:
    """Write what may be sent twice: after a lost answer, take what `find` sees of it, or send it again.

    The service keeps its subject unique, or sees by the version or state that it was carried out. So if the
    first one lands late, one of the two is refused or changes nothing.
    """
    lost = False
    for resent in range(_RESENDS + 1):
        try:
            return (yield from send())
        except FlyError as error:
            refused = lost and isinstance(error, ConflictError | PreconditionFailedError)
            if not error.maybe_applied and not refused:
                raise
            found = yield from find()
            if found is not None:
                return found
            if refused or resent == _RESENDS:
                raise
            lost = True
        yield from sleep(1.0 + resent)
    raise AssertionError("unreachable")


def create_once(
    create: Callable[[], Flow[T]],
    find_new: Callable[[], Flow[list[T]]],
    what: str,
    name: Callable[[T], str],
    *,
    free: bool = False,
) -> Flow[T]:
    """Create what the service would make twice: after a lost answer, look for it.

    Only what is `free` is sent once more, after a 5xx, if it has not appeared (IP-11). Refused by
    the rate limit, it looks first and then sends again: by its own words the service has done nothing then,
    but a second volume would be too dear a price for a word.

    Raises:
        OutcomeUnknownError: Nothing new appeared within `SETTLE_S`, or more than one did.
        RateLimitedError: It was still refused after `REFUSED_S`.
    """
    began = yield from now()
    pause, lost = 1.0, 0
    while True:
        try:
            return (yield from create())
        except RateLimitedError as refused:
            wait = max(pause, refused.retry_after_s or 0.0)
            if wait > _LONGEST_WAIT_S or (yield from now()) + wait > began + REFUSED_S:
                raise
            yield from sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE_S)
            found = yield from find_new()
            if found:
                # Another's, by all accounts: the first of them stays, so it is ours as well.
                return found[0]
        except FlyError as error:
            if not error.maybe_applied:
                raise
            lost += 1
            found = yield from _await_new(find_new)
            if len(found) == 1:
                return found[0]
            again = free and isinstance(error, ServerError) and lost == 1
            if found or not again:
                raise _unknown(what, lost, [name(each) for each in found], error) from error


def _await_new(find_new: Callable[[], Flow[list[T]]]) -> Flow[list[T]]:
    """Look until one new thing is there or `SETTLE_S` have passed; return what has appeared by then."""
    end = (yield from now()) + SETTLE_S
    pause = 1.0
    while True:
        found = yield from find_new()
        # Of several, those of other processes may be about to go: they settle their races too.
        if len(found) == 1 or (yield from now()) + pause > end:
            return found
        yield from sleep(pause)
        pause = min(pause * 2, 8.0)


def _unknown(what: str, lost: int, names: list[str], error: FlyError) -> OutcomeUnknownError:
    seen = "none has appeared since"
    if names:
        seen = f"{len(names)} new ones appeared ({', '.join(names)}), and which is ours cannot be told"
    sent = "Nothing was sent again" if lost == 1 else "It was sent twice"
    return OutcomeUnknownError(
        f"The answer to creating {what} was lost, and {seen}. {sent}. "
        "Run it again in a minute: it adopts what has appeared by then.",
        method="POST",
        route=getattr(error, "route", ""),
    )


def list_settled(
    list_all: Callable[[], Flow[list[T]]], is_unclear: Callable[[list[T]], bool]
) -> Flow[list[T]]:
    """List what races have left; where that is unclear, once more when others have settled theirs."""
    listed = yield from list_all()
    if is_unclear(listed):
        yield from sleep(2 * SETTLE_AFTER_S)
        listed = yield from list_all()
    return listed


def unclear(noun: object, ids: Iterable[str]) -> OutcomeUnknownError:
    """Build the error for a lost create that left several candidates."""
    return OutcomeUnknownError(
        f"{noun}: several were made at once: {', '.join(ids)}. The answer that names ours was lost, so none "
        "was deleted, and each is billed. Delete those that nothing needs.",
        method="POST",
        route="",
    )
