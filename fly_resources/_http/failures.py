"""Map error responses to error classes, by one table of causes."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import httpx

from fly_resources import errors

_BY_STATUS: Final[dict[int, type[errors.ApiError]]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    408: errors.RequestTimedOutError,
    409: errors.ConflictError,
    412: errors.PreconditionFailedError,
    422: errors.UnprocessableError,
    429: errors.RateLimitedError,
}
#: Requests that need room on a host; a lease or a read needs none.
_PLACING: Final = re.compile(r"POST .*/(machines|machines/\{\w+\}|start|restart|volumes)|PUT .*/extend")
#: Words for a lack of capacity on a fixed host, or on the only one that has the volume.
_PINNED: Final = re.compile(r"existing volume|volume_placement_capacity|on the current host")
_PAYMENT: Final = re.compile(r"payment|credit card|invoice", re.IGNORECASE)


class _Cause(NamedTuple):
    """What an answer of this `kind` says: one of the `codes`, or the `words` under one of the statuses.

    `placing`: counts only for requests that need room on a host, and does not prove that nothing was done.
    """

    kind: type[errors.ApiError]
    status: frozenset[int]
    words: re.Pattern[str]
    codes: frozenset[str] = frozenset()
    placing: bool = False


#: The first match is the cause. Codes take precedence over words, which older servers and hosts use alone.
_CAUSES: Final = (
    _Cause(
        errors.QuotaExceededError,
        frozenset({400, 402, 403, 422}),
        re.compile(
            r"reached (its|the|your)( [\w-]+){0,3} limit|(maximum|max) number of|"
            r"quota exceeded|exceed\w* .*quota|billing@fly\.io|limited to \d+ (apps|machines|volumes)|"
            r"(add|requires?|need|update) .{0,40}(payment (method|information)|credit card)",
            re.IGNORECASE,
        ),
    ),
    _Cause(
        errors.InsufficientCapacityError,
        frozenset({409, 412, 422, 503}),
        re.compile(
            r"insufficient (resources|memory|cpus|ips)|could not reserve resource|no capacity|candidate host|"
            r"deploys to this host are temporarily disabled|governor policy blocked",
            re.IGNORECASE,
        ),
        codes=frozenset({"insufficient_capacity", "volume_placement_capacity"}),
    ),
    _Cause(
        errors.InsufficientCapacityError,
        frozenset({409, 412, 422, 503}),
        re.compile(r"(^|: )unavailable: ", re.IGNORECASE),
        placing=True,
    ),
    _Cause(
        errors.ImageNotFoundError,
        frozenset({400, 404, 422}),
        re.compile(
            r"failed to get manifest (?P<image>\S+): .*(not found|unknown)|"
            r"MANIFEST_UNKNOWN|NAME_UNKNOWN|manifest unknown",
            re.IGNORECASE,
        ),
    ),
    _Cause(
        errors.LeaseHeldError,
        frozenset({409}),
        re.compile(r"(?i)lease (?!not)[a-z ]*held( by (?P<owner>\S+?)(, expires at (?P<expires_at>.+))?)?$"),
    ),
    _Cause(
        errors.MachineNameConflictError,
        frozenset({409, 422}),
        re.compile(r"(?i)unique machine name(.*?ID (?P<machine_id>\w+))?|machine name .*(in use|taken)"),
    ),
    _Cause(
        errors.VolumeInUseError,
        frozenset({412}),
        re.compile(r"volume (is currently bound to|already claimed by) machine(:? (?P<machine_id>\w+))?"),
    ),
    _Cause(
        errors.NameTakenError,
        frozenset({409, 422}),
        re.compile(r"\bname (has|is) already( been)? (taken|in use)", re.IGNORECASE),
        codes=frozenset({"name_taken"}),
    ),
    _Cause(
        errors.CertificateExistsError, frozenset({409, 422}), re.compile(r"(?i)hostname (has |is )?already")
    ),
)
#: Classes whose advice, if any, needs a reason in the response; without one, other advice is given.
_SILENT: Final = frozenset(
    {
        errors.BadRequestError,
        errors.ConflictError,
        errors.PreconditionFailedError,
        errors.UnprocessableError,
        errors.ApiError,
    }
)
#: Advice for a lack of capacity on a fixed host, where another region does not help.
PINNED_ADVICE: Final = (
    "Its volume fixes the host: try a smaller machine or try again later; or restore a snapshot of the "
    "volume as another volume (snapshot_id=) where there is capacity."
)
_IN_PLACE_ADVICE: Final = (
    "It stays on its host: try again later or with a smaller machine. One without a volume can be replaced "
    "elsewhere: change its region and pass replace=True."
)
_GROW_ADVICE: Final = "The volume stays on its host: try again later, or restore a snapshot of it elsewhere."
_APP_ROUTE: Final = "/apps/{"
#: The service may answer 401 for what it answers 403 otherwise (AP-11).
_FOREIGN_APP: Final = (
    "If it works for other apps, this one belongs to another organisation or is outside the token's scope: "
    "use another app name, or a token of that organisation."
)
_MAX_MESSAGE: Final = 500


def _as_it_is(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    return value


def from_response(
    *,
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    method: str,
    route: str,
    path: str,
    attempts: int = 1,
    retry_after_s: float | None = None,
    mask: Callable[[Any], Any] = _as_it_is,
) -> errors.ApiError:
    """Build the most specific error for an answer: by the service's code, or else by its words.

    What is kept of the answer goes through `mask`, which gets texts and whole bodies.
    """
    said, code = _read_body(body := _decode(content), content)
    cause, found = _cause_of(status, code, _collapse(said), f"{method} {route}")
    error = (cause.kind if cause else _BY_STATUS.get(status, _kind_by_class(status)))(
        _collapse(mask(said)),
        status=status,
        code=mask(code),
        request_id=_collapse(mask(headers.get("fly-request-id", ""))) or None,
        method=method,
        route=route,
        path=path,
        body=_masked(body, content, mask),
        attempts=attempts,
    )
    if cause is not None and cause.placing:
        error.maybe_applied = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, errors.RateLimitedError):
        error.retry_after_s = retry_after_s
    return _filled(error, found, mask)


def _filled(
    error: errors.ApiError, found: Mapping[str, str | None], mask: Callable[[Any], Any]
) -> errors.ApiError:
    """Set the attributes that the message names, and the advice."""
    for attribute, words in found.items():
        if words:
            setattr(error, attribute, _read_time(words) if attribute == "expires_at" else mask(words))
    if (advice := _advice_for(error)) is not None:
        error.advice = advice
    return error


def _cause_of(
    status: int, code: str | None, message: str, request: str
) -> tuple[_Cause | None, dict[str, str | None]]:
    """Return the cause that an answer to `request` names, and what its words name."""
    for cause in _CAUSES:
        if code in cause.codes:
            return cause, {}
        if status not in cause.status or (cause.placing and not _PLACING.fullmatch(request)):
            continue
        if found := cause.words.search(message):
            return cause, found.groupdict()
    return None, {}


def _advice_for(error: errors.ApiError) -> str | None:
    """Return specific advice, or None if the class's own applies."""
    if not error.message and type(error) in _SILENT:
        return "The service gave no reason; give Fly.io's support the request id if it happens again."
    if isinstance(error, errors.QuotaExceededError) and _PAYMENT.search(error.message):
        return "Trying again does not help: add a payment method on the organisation's billing page first."
    if isinstance(error, errors.AuthenticationError) and error.route.startswith(_APP_ROUTE):
        return f"{errors.AuthenticationError.advice} {_FOREIGN_APP}"
    return _advice_for_room(error) if isinstance(error, errors.InsufficientCapacityError) else None


def _advice_for_room(error: errors.InsufficientCapacityError) -> str | None:
    """Return the advice for a lack of capacity: only a new resource can use another region."""
    if "/volumes/" in error.route:
        return _GROW_ADVICE
    if not error.route.endswith(("/machines", "/volumes")):
        return _IN_PLACE_ADVICE
    is_pinned = error.route.endswith("/machines") and _PINNED.search(f"{error.message} {error.code}")
    return PINNED_ADVICE if is_pinned else None


def _kind_by_class(status: int) -> type[errors.ApiError]:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.ServerError
    return errors.RedirectedError if httpx.codes.is_redirect(status) else errors.ApiError


def _masked(body: Any, content: bytes, mask: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # any JSON value
    try:
        return mask(body)
    except RecursionError:
        return mask(content.decode("utf-8", "replace"))  # nested deeper than can be gone through


def _collapse(text: str) -> str:
    """Return the text on one line, truncated, without control characters."""
    shown = "".join(each if each.isprintable() else " " for each in text[: _MAX_MESSAGE * 4])
    return " ".join(shown.split())[:_MAX_MESSAGE]


def _decode(content: bytes) -> Any:  # noqa: ANN401  # any JSON value
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def _read_time(words: str) -> dt.datetime | None:
    """Parse the time in a sentence: RFC 3339, or Go's format with the zone twice (LE-3)."""
    from dateutil import parser  # noqa: PLC0415  # slow to import, and only a lease conflict needs it

    try:
        time = parser.parse(words, fuzzy=True)
        return None if time.tzinfo is None else time.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _read_body(body: object, content: bytes) -> tuple[str, str | None]:
    """Return the message and the code, whichever of the service's shapes this is (ER-1)."""
    fields = body if isinstance(body, dict) else {"error": body}
    message = next(_texts(fields, "error", "message", "msg"), None)
    if message is None:
        # an unknown shape: show it raw
        message = content.decode("utf-8", "replace") if any(fields.values()) else ""
    # A lease conflict says status "error" and keeps its code apart (LE-3).
    return message, next((text for text in _texts(fields, "status", "code") if text != "error"), None)


def _texts(fields: Mapping[str, object], *keys: str) -> Iterator[str]:
    return (text for key in keys if isinstance(text := fields.get(key), str) and text)
