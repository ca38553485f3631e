"""Every error that this library raises; their base class is `FlyError`.

Each error says what was tried, on what, and what to do next. No message or repr contains a token or the
value of a secret.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from fly_resources._errors import (
    ApiError,
    ConfigurationError,
    DependencyError,
    FlyError,
    PermissionDeniedError,
    ReconcileError,
)
from fly_resources._lazy import lazy

if TYPE_CHECKING:
    from fly_resources import report
else:
    report = lazy("fly_resources.report")

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
    "LiveServiceError",
    "MachineNameConflictError",
    "MachineNotRunningError",
    "NameTakenError",
    "NotFoundError",
    "NotOwnedError",
    "NotSentError",
    "OutcomeUnknownError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "ProtectedError",
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


class LiveServiceError(ConfigurationError):
    """A test without `--fly-live` was about to send a request to Fly.io; nothing was sent."""


class TransportError(FlyError):
    """No usable response arrived.

    Attributes: `method` and `route` of the request, `attempts` (how often it was tried).
    """

    def __init__(self, message: str, *, method: str, route: str, attempts: int = 1) -> None:
        """Record the request that failed."""
        super().__init__(message)
        self.method = method
        self.route = route
        self.attempts = attempts


class NotSentError(TransportError):
    """The request did not reach the service: nothing has changed."""


class OutcomeUnknownError(TransportError):
    """The request was sent and its response was lost: it may or may not have been applied."""

    maybe_applied = True


class DecodeError(FlyError):
    """A success response whose body does not match the API document.

    Attributes: `method`, `route`, `status`, `body` (its bytes, at most the first MiB; secrets are masked).
    """

    maybe_applied = True

    def __init__(self, message: str, *, method: str, route: str, status: int, body: bytes) -> None:
        """Record the response that could not be decoded."""
        super().__init__(message)
        self.method = method
        self.route = route
        self.status = status
        self.body = body


class RedirectedError(ApiError):
    """3xx: a redirect. It is not followed, because that would send the token to another address."""

    advice = "Redirects are not followed; check base_url, and whether a proxy requires a login."


class BadRequestError(ApiError):
    """400: the service rejected the request as invalid."""

    advice = "Correct the value that it names."


class ImageNotFoundError(BadRequestError):
    """The registry does not have the machine's image (MA-41); nothing was created or changed.

    `image` is the requested image, if the response names it. An image of registry.fly.io may have been pushed
    moments ago, so it is tried for a minute before this is raised.
    """

    advice = "Check the image's name and tag, and that it was pushed; then try again."
    image: str | None = None


class AuthenticationError(ApiError):
    """401: the token is missing, malformed, expired or revoked (AU-5).

    For a single app it may also mean that the app belongs to another organisation (AP-11).
    """

    advice = "Create a new token (fly tokens create) and set FLY_API_TOKEN."


class NotFoundError(ApiError):
    """404: it does not exist."""

    advice = "Correct the name or id: fly-resources status APP lists what is there."


class RequestTimedOutError(ApiError):
    """408: the service timed out; a write may have been applied (ER-9)."""

    advice = (
        "The host may be unreachable: check the machine's host_status (machines_show), and try again later."
    )


class ConflictError(ApiError):
    """409: another client holds or is changing the same object."""


class PreconditionFailedError(ApiError):
    """412: the object's state does not allow this."""


class UnprocessableError(ApiError):
    """422: the service understood the request and refused it."""


class RateLimitedError(ApiError):
    """429: too many requests. `retry_after_s` is the delay that the service asked for, or None."""

    advice = "Other tools share this limit; wait, then try again."
    retry_after_s: float | None = None


class ServerError(ApiError):
    """5xx: the service failed; a write may have been applied."""

    advice = "If it persists, check https://status.flyio.net and give support the request id."


class NameTakenError(UnprocessableError):
    """An app of this name exists already; names are unique across Fly.io (AP-6)."""

    advice = "Choose another name; it may belong to someone else."


class CertificateExistsError(UnprocessableError):
    """The app already has a certificate for this hostname (CE-7)."""


class QuotaExceededError(UnprocessableError):
    """The organisation has reached its quota (MA-40): retrying does not help."""

    advice = (
        "Trying again does not help: destroy what is not needed, or have the limit raised "
        "(billing@fly.io, or the organisation's billing page)."
    )


class InsufficientCapacityError(ApiError):
    """The region or host has no capacity for it now (MA-28, MA-29, LC-41, ER-11).

    `tried` holds the regions in the order in which they were tried.
    """

    advice = "Try another region or a smaller machine, or try again later."
    _refused = True
    tried: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the message with the regions that were tried."""
        text = super().__str__()
        if not any(self.tried):
            return text
        return f"{text} Tried: {', '.join(self.tried)}."


class LeaseHeldError(ConflictError):
    """Another client holds the machine's lease (LE-3): `owner`, until `expires_at`, if known."""

    advice = "Another tool is changing this machine; wait until its lease expires."
    owner: str | None = None
    expires_at: dt.datetime | None = None


class MachineNameConflictError(ConflictError):
    """The app already has a live machine of this name (MA-20); `machine_id` is its id."""

    machine_id: str | None = None


class VolumeInUseError(PreconditionFailedError):
    """A machine uses the volume (VO-14, MA-27): `machine_id`, if the response names it."""

    advice = (
        "Destroy the machine that mounts it first; the volume stays attached for up to a minute afterwards."
    )
    machine_id: str | None = None


class TruncatedListError(FlyError):
    """A paginated list could not be read to its end, so none of it is used (MA-46).

    Attributes: `route` (the list), `pages` (how many were read). The page's error is `__cause__`.
    """

    def __init__(self, message: str, *, route: str, pages: int) -> None:
        """Record the list, and how far it was read."""
        super().__init__(message)
        self.route = route
        self.pages = pages


class ImmutableFieldError(ReconcileError):
    """The API cannot change a field of an existing resource; `changes` holds the fields, if known."""

    def __init__(self, message: str, *, changes: Sequence[report.Change] = ()) -> None:
        """Record the fields."""
        super().__init__(message)
        self.changes = tuple(changes)


class ProtectedError(ReconcileError):
    """The resource is protected, by `protect=True` or by an earlier run. Nothing was written."""


class AmbiguousMatchError(ReconcileError):
    """Several existing objects match one description; `candidates` holds their ids."""

    def __init__(self, message: str, *, candidates: Sequence[str]) -> None:
        """Record the candidates."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class NotOwnedError(ReconcileError):
    """The object belongs to another owner or tool, so it is left alone."""


class VolumeLostError(ReconcileError):
    """The volume that a machine needs is gone, being destroyed, or in another region.

    No empty volume is created in its place. Attributes: `app`, `volume_id` (the lost volume, if known),
    `snapshots` (ids to restore it from, newest first; also empty if they could not be read).
    """

    def __init__(
        self, message: str, *, app: str = "", volume_id: str | None = None, snapshots: Sequence[str] = ()
    ) -> None:
        """Record the volume and its snapshots."""
        super().__init__(message)
        self.app = app
        self.volume_id = volume_id
        self.snapshots = tuple(snapshots)


class MachineNotRunningError(ReconcileError):
    """A machine that should run does not: it crashed, exited, or cannot be started.

    Attributes: `machine_id` (empty if unknown), and, from `ensure`, `log`: its last 20 lines at most, with
    the values of Secrets masked; empty if they could not be read within 3 s (Machines_list_logs).
    """

    machine_id: str = ""
    log: tuple[report.LogLine, ...] = ()

    def __str__(self) -> str:
        """Return the message, and the machine's last log lines."""
        return "\n".join([super().__str__(), *self.last_words()])

    def last_words(self) -> list[str]:
        """Return the log lines for display."""
        if not self.log:
            return []
        lines = [f"  | {_printable(getattr(line, 'message', str(line)))}" for line in self.log]
        return [f"The last lines of its log ({len(lines)}):", *lines]


def _printable(text: str, most: int = 300) -> str:
    shown = "".join(each if each.isprintable() else " " for each in text)
    return shown if len(shown) <= most else f"{shown[:most]}..."


class UpdateRevertedError(ReconcileError):
    """Fly.io reverted an update to the earlier version (LC-37).

    If no event proves it, reads have shown the earlier version for 30 s; the message says so.

    Attributes: `wanted_version` (from the update's response), `running_version` (the machine's version now).
    """

    def __init__(self, message: str, *, wanted_version: str = "", running_version: str = "") -> None:
        """Record both versions."""
        super().__init__(message)
        self.wanted_version = wanted_version
        self.running_version = running_version


class ContradictionError(ReconcileError):
    """Two responses of the service contradict each other, so neither is relied on.

    For example, a list is shorter than the app's own count, or lacks something that a read by id shows
    (PL-12). They were read again first; nothing was written for the resources in question.
    """


class StalePlanError(ReconcileError):
    """What would be done now differs from the plan; nothing was written.

    `differences` lists, for each resource, what the plan showed and what would be done now.
    """

    def __init__(self, message: str, *, differences: Sequence[str] = ()) -> None:
        """Record the differences."""
        super().__init__(message)
        self.differences = tuple(differences)


class UnreadableMachineError(ReconcileError):
    """The service's responses omit a machine's config, so it cannot be compared or changed (MA-45)."""


class WaitTimeoutError(FlyError, TimeoutError):
    """A wait timed out. Attributes: `last_state`, and `waited_s` in seconds.

    From `Fly.run` it also has the `log`: the machine's output so far.
    """

    log: tuple[report.LogLine, ...] = ()

    def __init__(self, message: str, *, last_state: str | None = None, waited_s: float = 0.0) -> None:
        """Record the last state seen."""
        super().__init__(message)
        self.last_state = last_state
        self.waited_s = waited_s


class StuckMachineError(WaitTimeoutError):
    """A machine stayed in a transient state for longer than Fly.io documents (LC-3)."""


#: How many causes are shown in addition to the first.
_MOST_CAUSES: Final = 5


class EnsureError(FlyError):
    """Some resources could not be brought to their desired state; the others were.

    Attributes: `errors` (the failures in order; the first is also `__cause__`), `report`,
    `maybe_applied`: whether one of the failures is a write that may have been applied, and `advice`: how to
    undo updates that were sent, a line for each app.
    """

    def __init__(
        self, errors: Sequence[FlyError], report: report.Report, *, subjects: Sequence[str] = ()
    ) -> None:
        """Summarise the failures, each cause once; `subjects` names the resource of each."""
        self.errors = tuple(errors)
        self.report = report
        self.maybe_applied = any(error.maybe_applied for error in self.errors)
        cause, *others = _causes(subjects, self.errors) or ["Some resources failed."]
        first = next(iter(self.errors), None)
        words = first.last_words() if isinstance(first, MachineNotRunningError) else []
        more = [f"  - {each.partition(chr(10))[0]}" for each in others[:_MOST_CAUSES]]
        if len(others) > _MOST_CAUSES:
            more.append(f"  - and {len(others) - _MOST_CAUSES} more: see `errors`")
        waiting = [str(each.resource) for each in report if isinstance(each.error, DependencyError)]
        lines = [cause, *words, *([f"Also failed: {len(others)}", *more] if others else [])]
        if waiting:
            lines.append(f"These come later and were not begun: {_few(waiting)}.")
        again = ": it continues from here." if any(each.error is None for each in report) else "."
        self.advice = "\n".join(_ways_back(report))
        super().__init__("\n".join([*lines, f"Fix the cause and run it again{again}"]))

    def __str__(self) -> str:
        """Return the message, and how to undo the updates."""
        return f"{super().__str__()}\n{self.advice}".rstrip()


def _ways_back(outcomes: report.Report) -> list[str]:
    """Return how to undo updates that were sent, whether or not the machines came up with them."""
    updates = [each for each in outcomes if each.action == "update" and each.resource.kind == "machine"]
    apps = {each.resource.app_name for each in updates if each.changed or _is_after_the_write(each.error)}
    return [f"Or roll back: fly.ensure(*fly.last_good({app!r}))" for app in sorted(apps)]


def _is_after_the_write(error: Exception | None) -> bool:
    """Return whether the error is about a machine that was waited for, so that it has its new config."""
    return isinstance(error, MachineNotRunningError) or bool(getattr(error, "last_state", None))


def _causes(subjects: Sequence[str], errors: Sequence[FlyError]) -> list[str]:
    """Return each cause once, with the resources that it affects."""
    found: dict[str, list[str]] = {}
    for subject, error in itertools.zip_longest(subjects, errors, fillvalue=""):
        # Ignore the logs: they differ even if the cause is the same.
        text = str(error.args[0]) if isinstance(error, MachineNotRunningError) else str(error)
        found.setdefault(text.removeprefix(f"{subject}: ") if subject else text, []).append(str(subject))
    return [_about(_few(named, 1), text) for text, named in found.items()]


def _few(names: Sequence[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _about(subject: str, text: str) -> str:
    return text if not subject or text.startswith(subject) else f"{subject}: {text}"
