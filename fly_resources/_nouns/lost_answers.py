"""Writes whose answer was lost: check whether they took effect before anything is sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

import attrs

from fly_resources._engine.effects import Flow, now, sleep
from fly_resources._nouns.existence import look_until
from fly_resources.errors import (
    ApiError,
    AuthenticationError,
    ConflictError,
    FlyError,
    NotFoundError,
    OutcomeUnknownError,
    PreconditionFailedError,
    RateLimitedError,
    ServerError,
)

T = TypeVar("T")

#: Seconds after a lost answer in which a create may still take effect; 17 s were seen (PL-9).
_SETTLE_S: Final = 30.0
#: Seconds between the looks meanwhile.
_PAUSES_S: Final = (1.0, 2.0, 4.0, 8.0, 8.0)
#: Seconds for which a refused create is retried.
REFUSED_S: Final = 300.0
#: The longest `Retry-After`, in seconds, that a refused create waits for; a longer one is raised.
_LONGEST_WAIT_S: Final = 60.0
#: Seconds for which a list may not show what another process has just created.
SETTLE_AFTER_S: Final = 2.0
#: Seconds after a refusal before the next read and retry, because lists may be this far behind.
_PAUSE_S: Final = 4.0
#: How many times a lost, repeatable write is sent again.
_RESENDS: Final = 2


def read_back(send: Callable[[], Flow[T]], find: Callable[[], Flow[T | None]]) -> Flow[T]:
    """Send a repeatable write; after a lost answer, return what `find` sees of it or send it again.

    The service keeps the subject of the write unique, or detects by version or state that it was applied. So
    if the first request takes effect late, one of the two is refused or changes nothing.
    """
    resent = 0
    while True:
        try:
            return (yield from send())
        except FlyError as error:
            refused = resent > 0 and isinstance(error, ConflictError | PreconditionFailedError)
            if not error.maybe_applied and not refused:
                raise
            found = yield from find()
            if found is not None:
                return found
            if refused or resent == _RESENDS:
                raise
        resent += 1
        yield from sleep(float(resent))


@attrs.frozen
class Created(Generic[T]):
    """Something created by an answered request, or found later; `lost`: one without an answer may have."""

    thing: T
    answered: bool
    lost: bool


def create_once(
    create: Callable[[], Flow[T]],
    find_new: Callable[[], Flow[list[T]]],
    what: str,
    name: Callable[[T], str],
    *,
    free: bool = False,
) -> Flow[Created[T]]:
    """Create something that the service would create twice; after a lost answer, look for it.

    Only what is `free` is sent once more, after a 5xx, if it has not appeared (IP-11). If the rate limit
    refuses the request, or an app that was just created and is not known everywhere does (AP-12), this looks
    first and then sends again: such a refusal says that nothing was done, but that is not certain enough to
    risk a second volume.

    Raises:
        OutcomeUnknownError: Nothing new appeared in time, or more than one thing did.
        RateLimitedError: It was still refused after `REFUSED_S`.
    """
    began = yield from now()
    lost, maybe_applied = 0, False
    while True:
        try:
            return Created((yield from create()), answered=True, lost=maybe_applied)
        except (RateLimitedError, AuthenticationError, NotFoundError) as refused:
            wait = _wait_after(refused)
            if wait is None or (yield from now()) + wait > began + REFUSED_S:
                raise
            maybe_applied |= refused.maybe_applied
            yield from sleep(wait)
            # It is most likely another process's; the first one stays, so it becomes ours as well.
            found = yield from find_new()
        except FlyError as error:
            if not error.maybe_applied:
                raise
            lost, maybe_applied = lost + 1, True
            found = yield from _await_new(find_new)
            resend, free = free and isinstance(error, ServerError), False
            if len(found) > 1 or not (found or resend):
                raise _unknown(what, lost, list(map(name, found)), error) from error
        if found:
            return Created(found[0], answered=False, lost=maybe_applied)


def _wait_after(refused: ApiError) -> float | None:
    """Return the seconds to wait before the next read and retry; None if the refusal is final."""
    if not isinstance(refused, RateLimitedError):
        return _PAUSE_S if refused.maybe_applied else None
    wait = max(_PAUSE_S, refused.retry_after_s or 0.0)
    return wait if wait <= _LONGEST_WAIT_S else None


def _await_new(find_new: Callable[[], Flow[list[T]]]) -> Flow[list[T]]:
    """Look until there is exactly one new thing: of several, others may be about to delete theirs."""
    return look_until(find_new, lambda seen: len(seen) == 1, _PAUSES_S, within_s=_SETTLE_S)


def _unknown(what: str, lost: int, names: list[str], error: FlyError) -> OutcomeUnknownError:
    seen = "nothing has appeared since"
    if names:
        seen = f"{len(names)} new ones appeared ({', '.join(names)}), and it is unknown which one is ours"
    sent = "Nothing was sent again" if lost == 1 else "It was sent twice"
    return OutcomeUnknownError(
        f"The response to the creation of {what} was lost, and {seen}. {sent}. Run it again in a minute: it "
        "then adopts what has appeared.",
        method="POST",
        route=getattr(error, "route", ""),
    )


def list_settled(list_all: Callable[[], Flow[T]], is_unclear: Callable[[T], bool]) -> Flow[T]:
    """List the result of races; if it is unclear, list again once others have settled theirs."""
    return look_until(list_all, lambda listed: not is_unclear(listed), [2 * SETTLE_AFTER_S])


def unclear(resource: object, ids: Iterable[str]) -> OutcomeUnknownError:
    """Build the error for a lost create that left several candidates."""
    told = (
        f"{resource}: several were created at once: {', '.join(ids)}. The response that names ours was lost, "
        "so none was deleted, and each is billed. Delete those that you do not need."
    )
    return OutcomeUnknownError(told, method="POST", route="")
