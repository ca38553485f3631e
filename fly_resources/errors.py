"""Everything that this library raises, under one root: `FlyError`.

Each error says what was tried, on what, and what to do next. None carries a token or the value of a
secret in its message or repr.
"""

from __future__ import annotations

import copy
import itertools
import pickle
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fly_resources.report import Report

__all__ = [
    "AmbiguousMatchError",
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "CertificateExistsError",
    "ConfigurationError",
    "ConflictError",
    "ContradictionError",
    "DecodeError",
    "DependencyError",
    "EnsureError",
    "FlyError",
    "ImageNotFoundError",
    "ImmutableFieldError",
    "InsufficientCapacityError",
    "LeaseHeldError",
    "MachineNameConflictError",
    "MachineNotRunningError",
    "NameTakenError",
    "NotFoundError",
    "NotOwnedError",
    "NotSentError",
    "OutcomeUnknownError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "QuotaExceededError",
    "RateLimitedError",
    "ReconcileError",
    "RedirectedError",
    "RequestTimedOutError",
    "ServerError",
    "StalePlanError",
    "StuckMachineError",
    "TransportError",
    "TruncatedListError",
    "UnprocessableError",
    "UnreadableMachineError",
    "UpdateRevertedError",
    "VolumeInUseError",
    "VolumeLostError",
    "WaitTimeoutError",
]

#: A write that timed out, here or at a proxy (499), may have happened; so may one that failed with 5xx.
_MAYBE_APPLIED: Final = frozenset({408, 499})


class FlyError(Exception):
    """Root of every error of this library."""

    #: Whether a write may have been carried out although its answer did not arrive as success.
    maybe_applied: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Be made anew from what it holds, and not by its own arguments: process pools pickle errors."""
        return _filled, (type(self), self.args), _state(self, _portable(self.__cause__))

    def __copy__(self) -> FlyError:
        """Hold the same things."""
        return _filled(type(self), self.args, _state(self, self.__cause__))

    def __deepcopy__(self, memo: dict[int, Any]) -> FlyError:
        """Hold copies of them; the error that it came from stays the same."""
        memo[id(self)] = twin = _filled(type(self), self.args)
        twin.__setstate__(copy.deepcopy(vars(self), memo))
        twin.__setstate__(_state(twin, self.__cause__))
        return twin


class ConfigurationError(FlyError, ValueError):
    """What the caller described cannot be right; nothing was sent."""


class TransportError(FlyError):
    """No usable answer arrived.

    Attributes: `method` and `route` of the request, `attempts` (how often it was sent or tried).
    """

    def __init__(self, message: str, *, method: str, route: str, attempts: int = 1) -> None:
        """Describe the request that failed."""
        super().__init__(message)
        self.method = method
        self.route = route
        self.attempts = attempts


class NotSentError(TransportError):
    """The service never got the request: nothing has changed."""


class OutcomeUnknownError(TransportError):
    """The request was sent and its answer was lost: it may or may not have been carried out."""

    maybe_applied = True


class DecodeError(FlyError):
    """A success status whose body is not what the API describes.

    Attributes: `method`, `route`, `status`, `body` (its bytes, at most the first MiB; secrets are masked).
    """

    maybe_applied = True

    def __init__(self, message: str, *, method: str, route: str, status: int, body: bytes) -> None:
        """Describe the answer that could not be read."""
        super().__init__(message)
        self.method = method
        self.route = route
        self.status = status
        self.body = body


class ApiError(FlyError):
    """The service answered with an error status.

    Attributes: `status` (HTTP), `code` (the service's own word, open set, or None), `message`,
    `request_id` (what Fly.io's support asks for), `method`, `route`, `body` (decoded JSON or text),
    `attempts`. Where the answer repeats a secret that was sent, `***` stands in its place.
    """

    #: What a reader should do next, by the cause of the error; shown at the end of the message.
    advice: str = ""
    #: Whether this error says outright that nothing was done, whatever the status.
    _refused: bool = False

    def __init__(
        self,
        message: str,
        *,
        status: int,
        method: str,
        route: str,
        path: str = "",
        code: str | None = None,
        request_id: str | None = None,
        body: object = None,
        attempts: int = 1,
    ) -> None:
        """Describe the answer."""
        self.status = status
        self.code = code
        self.message = message
        self.request_id = request_id
        self.method = method
        self.route = route
        self.body = body
        self.attempts = attempts
        ambiguous = status in _MAYBE_APPLIED or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        self.maybe_applied = ambiguous and not self._refused  # ER-9
        tried = f" after {attempts} attempts" if attempts > 1 else ""
        trace = f" [request {request_id}]" if request_id else ""
        said = message.rstrip(".") or "no message"
        text = f"{method} {path or route} answered {status}{tried}: {said}.{trace}"
        super().__init__(text)

    def __str__(self) -> str:
        """Say what was tried, what the service answered, and what to do next."""
        text = super().__str__()
        return f"{text} {self.advice}" if self.advice else text


class RedirectedError(ApiError):
    """3xx: the answer points elsewhere. It is not followed, because the token would go along."""

    advice = "Redirects are not followed; check base_url, and whether a proxy in between asks for a login."


class BadRequestError(ApiError):
    """400: the service could not make sense of the request."""

    advice = "Correct the value it names."


class ImageNotFoundError(BadRequestError):
    """The registry does not have the machine's image (MA-41); nothing was made or changed.

    `image` is what was asked for, where the answer names it. One of registry.fly.io that was pushed moments
    ago is asked for again for a minute before this is raised.
    """

    advice = "Check the image's name and tag, and that it was pushed; then run it again."
    image: str | None = None


class AuthenticationError(ApiError):
    """401: the token is missing, malformed, expired or revoked (AU-5)."""

    advice = "Make a new token (fly tokens create) and set FLY_API_TOKEN."


class PermissionDeniedError(ApiError):
    """403: the token lacks the scope, or the app is another organisation's (AU-6, AP-11)."""

    advice = "It is another organisation's, or your token lacks it."


class NotFoundError(ApiError):
    """404: there is no such thing."""


class RequestTimedOutError(ApiError):
    """408: the service gave up waiting; a write may still have happened (ER-9)."""

    advice = "Often the host does not answer: see host_status (machines_show), and run it again later."


class ConflictError(ApiError):
    """409: something else holds or changes the same thing."""


class PreconditionFailedError(ApiError):
    """412: the thing is not in a state that allows this."""


class UnprocessableError(ApiError):
    """422: understood, and refused."""


class RateLimitedError(ApiError):
    """429: too many requests. `retry_after_s` is what the service asked for, or None."""

    advice = "Other tools share this limit; wait, then run it again."
    retry_after_s: float | None = None


class ServerError(ApiError):
    """5xx: the service failed; a write may still have happened."""

    advice = "If it lasts, see https://status.flyio.net and name the request id to support."


class NameTakenError(UnprocessableError):
    """An app of this name exists already; names are shared by all of Fly.io (AP-6)."""

    advice = "Choose another name; it may belong to someone else."


class CertificateExistsError(UnprocessableError):
    """The app already has a certificate for this hostname (CE-7)."""


class QuotaExceededError(UnprocessableError):
    """The organisation may not have more of this (MA-40): repeating the request does not help."""

    advice = (
        "Running it again does not help: destroy what is not needed, or have the limit raised "
        "(billing@fly.io, or the organisation's billing page)."
    )


class InsufficientCapacityError(ApiError):
    """There is no room for it now in that region or on that host (MA-28, MA-29, LC-41, ER-11).

    `tried` names the regions in the order in which they were asked, if there were several.
    """

    advice = "Try another region or a smaller machine, or try again later."
    _refused = True
    tried: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name the regions that were tried too."""
        text = super().__str__()
        return f"{text} Tried: {', '.join(self.tried)}." if len(self.tried) > 1 else text


class LeaseHeldError(ConflictError):
    """Someone else holds the machine's lease (LE-3): `owner`, until `expires_at`, if that could be read."""

    advice = "Another tool is changing this machine; wait until its lease ends."
    owner: str | None = None
    expires_at: dt.datetime | None = None


class MachineNameConflictError(ConflictError):
    """A live machine of this name exists in the app (MA-20). `machine_id` is the holder's."""

    machine_id: str | None = None


class VolumeInUseError(PreconditionFailedError):
    """A machine holds the volume (VO-14, MA-27): `machine_id`, if the answer names it."""

    advice = "Destroy the machine that mounts it first; it stays bound for up to a minute after."
    machine_id: str | None = None


class TruncatedListError(FlyError):
    """A list came in pages and could not be read to its end, so that it is no list at all (MA-46).

    Attributes: `route` (what was read), `pages` (how many of it). The page that failed is `__cause__`.
    """

    def __init__(self, message: str, *, route: str, pages: int) -> None:
        """Say which list it is, and how far it was read."""
        super().__init__(message)
        self.route = route
        self.pages = pages


class ReconcileError(FlyError):
    """The described state cannot be reached as asked."""


class ImmutableFieldError(ReconcileError):
    """The API cannot change this field of an existing thing."""


class AmbiguousMatchError(ReconcileError):
    """Several existing things match one description. `candidates` holds their ids."""

    def __init__(self, message: str, *, candidates: Sequence[str]) -> None:
        """Name the candidates."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class NotOwnedError(ReconcileError):
    """It belongs to someone or something else, so it is left alone."""


class VolumeLostError(ReconcileError):
    """The volume that a machine needs is gone, dying or elsewhere; no empty one is made in its place.

    Attributes: `app`, `volume_id` (the lost one, if it is known), `snapshots` (ids that it can be restored
    from, newest first; empty too where they could not be read).
    """

    def __init__(
        self, message: str, *, app: str = "", volume_id: str | None = None, snapshots: Sequence[str] = ()
    ) -> None:
        """Name the volume."""
        super().__init__(message)
        self.app = app
        self.volume_id = volume_id
        self.snapshots = tuple(snapshots)


class MachineNotRunningError(ReconcileError):
    """A machine should run and does not: it crashed, it ended by itself, or it cannot be started."""


class UpdateRevertedError(ReconcileError):
    """Fly.io undid an update and went back to the earlier version (LC-37).

    Where no event proves that, reads have shown the earlier version for 30 s; the text says so.

    Attributes: `wanted_version` (what the update answered), `running_version` (what the machine has now).
    """

    def __init__(self, message: str, *, wanted_version: str = "", running_version: str = "") -> None:
        """Name both versions."""
        super().__init__(message)
        self.wanted_version = wanted_version
        self.running_version = running_version


class ContradictionError(ReconcileError):
    """Two answers of the service contradict each other, so nothing is concluded from either.

    Such as a list that is shorter than the app's own count, or a thing that a read shows and a list lacks
    (PL-12). It was read again first; nothing was written about what they contradict each other in.
    """


class StalePlanError(ReconcileError):
    """What would be done now is not what the plan has shown; nothing was written.

    `differences` says of each resource what was shown, and what would be done instead.
    """

    def __init__(self, message: str, *, differences: Sequence[str] = ()) -> None:
        """Keep the differences."""
        super().__init__(message)
        self.differences = tuple(differences)


class UnreadableMachineError(ReconcileError):
    """The service's answers leave out a machine's config, so it cannot be compared or changed (MA-45)."""


class DependencyError(ReconcileError):
    """Not tried, because something that it depends on failed."""


class WaitTimeoutError(FlyError, TimeoutError):
    """What was waited for did not happen in time. `last_state`, and `waited_s` in seconds."""

    def __init__(self, message: str, *, last_state: str | None = None, waited_s: float = 0.0) -> None:
        """Say what was seen last."""
        super().__init__(message)
        self.last_state = last_state
        self.waited_s = waited_s


class StuckMachineError(WaitTimeoutError):
    """A machine stays in a transient state for longer than Fly.io documents (LC-3)."""


class EnsureError(FlyError):
    """Some resources could not be brought to their desired state; the others were.

    Attributes: `errors` (the failures, first one first; it is also `__cause__`), `report`;
    `maybe_applied` if one of the failures is about a write that may have been carried out.
    """

    def __init__(self, errors: Sequence[FlyError], report: Report, *, subjects: Sequence[str] = ()) -> None:
        """Sum the failures up; `subjects` says what each is about."""
        self.errors = tuple(errors)
        self.report = report
        self.maybe_applied = any(error.maybe_applied for error in self.errors)
        listed = "\n".join(
            f"  - {_about(subject, error)}"
            for subject, error in itertools.zip_longest(subjects, self.errors, fillvalue="")
        )
        noun = "resource" if len(self.errors) == 1 else "resources"
        super().__init__(
            f"{len(self.errors)} {noun} failed; what did not depend on them is done:\n{listed}\n"
            "Run it again when the cause is removed: it goes on from here."
        )


def _filled(kind: type[FlyError], args: tuple[Any, ...], state: dict[str, Any] | None = None) -> FlyError:
    """Return an error of that kind whose constructor was not called."""
    error = kind.__new__(kind, *args)
    error.args = args  # OSError, which timeouts are, leaves that to its constructor
    error.__setstate__(state or {})
    return error


def _state(error: FlyError, cause: BaseException | None) -> dict[str, Any]:
    """Return all that an error holds, its notes and the error that it came from included."""
    return {**vars(error), **({"__cause__": cause} if cause else {})}


def _portable(cause: BaseException | None) -> BaseException | None:
    """Return the cause of an error as another process can have it.

    One of another library goes without what it holds, as that may be a request with its token.
    """
    if cause is None or isinstance(cause, FlyError):
        return cause
    try:
        bare = type(cause)(*cause.args)
        pickle.loads(pickle.dumps(bare))  # noqa: S301  # where this fails, it would fail over there
    except Exception:  # noqa: BLE001  # whatever its class does
        return RuntimeError(f"{type(cause).__name__}: {cause}")
    return bare


def _about(subject: str, error: object) -> str:
    text = str(error)
    return text if not subject or text.startswith(subject) else f"{subject}: {text}"
