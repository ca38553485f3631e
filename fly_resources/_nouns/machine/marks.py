"""Our metadata on a machine (owner, declared paths, secrets), and the checks of it and of flyctl's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from fly_resources._config.compare import MARKER_KEY, read_marker
from fly_resources._nouns import secrets
from fly_resources._nouns.machine.running import LEFT, NAME, started_ms
from fly_resources._sdk import reading
from fly_resources.errors import NotOwnedError, ProtectedError, UnreadableMachineError
from fly_resources.report import Change
from fly_resources.resources import FlySecret, Machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

    from fly_resources._config.compare import Path
    from fly_resources._nouns.machine.wanted import Wanted
    from fly_resources._nouns.run import Context, Handover, Run
    from fly_resources.resources import Resource


OWNER: Final = "fly_resources.owner"
APPLIED: Final = MARKER_KEY
#: "true": no call destroys or replaces the machine.
PROTECTED: Final = "fly_resources.protected"
_OURS: Final = frozenset({OWNER, NAME, APPLIED})
MARKS: Final = _OURS | {secrets.SECRETS, LEFT, PROTECTED}
#: flyctl sets these on the machines that it deploys (ME-6).
_FLYCTL: Final = ("fly_release_id", "fly_release_version")
#: Seconds by which the clock of secrets may differ from that of a machine's host.
_CLOCKS_S: Final = 10.0


def stale_secrets(
    resource: Machine, config: Mapping[str, Any], digests: Mapping[str, str]
) -> tuple[Change, ...]:
    """Return the secrets for which the machine runs with an older value, according to our metadata."""
    if not resource.follow_secrets:
        return ()
    older = secrets.older_than(secrets.recorded_in(config.get("metadata")), digests)
    return tuple(Change(f"secrets.{name}", "an older value", "the newest") for name in older)


def stale_since(resource: Machine, observed: models.Machine | None, handed: Handover) -> tuple[Change, ...]:
    """Return the secrets for which this run has set a newer value than the machine runs with."""
    seen = handed.marked or observed
    if seen is None or not reading.has_config(seen):
        return ()
    return stale_secrets(resource, {"metadata": reading.metadata_of(seen)}, handed.secrets.digests)


def _followed(resource: Machine, context: Context) -> list[FlySecret]:
    """Return the secrets, described in the same call, whose values the machine should run with."""
    if not resource.follow_secrets or "secrets" in context.state(resource).refused:
        return []
    named = context.described.of_kind(FlySecret, resource.app_name)
    return [other for other in named if other.value is not None]


def secret_changes(
    resource: Machine, config: Mapping[str, Any], observed: models.Machine, context: Context
) -> tuple[Change, ...]:
    """Return the secrets that the machine runs without, or with an older value.

    It lacks those that the app gets in this run, or got after the machine started. A machine without a record
    of its secrets did not get them from us and is not restarted because of them.
    """
    followed = _followed(resource, context)
    stale = stale_secrets(resource, config, secrets.known_digests(followed, context.state(resource).secrets))
    if deployed_by_flyctl(config) and not context.options.take_over:
        return stale  # it is not up to us to record the others
    there = {secret.name for secret in _before_start(resource, observed, context)}
    recorded = secrets.recorded_in(config.get("metadata"))
    new = sorted({secret.name for secret in followed} - recorded.keys() - there)
    return (*stale, *(Change(f"secrets.{name}", None, "the newest") for name in new))


def _before_start(resource: Machine, observed: models.Machine, context: Context) -> list[models.AppSecret]:
    """Return the app's secrets that were set before the machine started; all if nothing tells its start."""
    started = started_ms(observed) if secrets.recorded_in(reading.metadata_of(observed)) else None
    return [
        secret
        for secret in context.state(resource).secrets
        if started is None
        # without a time, it may have been set since
        or (isinstance(at := secret.updated_at, dt.datetime) and at.timestamp() + _CLOCKS_S <= started / 1000)
    ]


def bookkeeping(wanted: Wanted, metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return our metadata for a machine with this `metadata`. Our keys are set, never removed."""
    marks = {NAME: wanted.resource.name, APPLIED: wanted.config.marker}
    if wanted.resource.protect or metadata.get(PROTECTED) == "true":
        marks[PROTECTED] = "true" if wanted.resource.protect else "false"
    return marks if wanted.options.owner is None else {**marks, OWNER: wanted.options.owner}


def is_protected(machine: models.Machine) -> bool:
    """Return whether the machine's metadata marks it as protected."""
    return _shown(machine).get(PROTECTED) == "true"


def check_unprotected(resource: Resource[Any], *machines: models.Machine) -> None:
    """Refuse to destroy machines that have been protected since this run read them.

    Raises:
        ProtectedError: At least one of the machines is protected.
    """
    names = [str(each.name) for each in machines if is_protected(each)]
    if names:
        whose = f"machine {names[0]} has" if len(names) == 1 else f"machines {', '.join(names)} have"
        raise ProtectedError(
            f"{resource} was not destroyed: {whose} been protected since this run read it. Ensure what is "
            "protected with protect=False first."
        )


def check_not_marked(
    resource: Resource[Any], observed: models.Machine, fresh: models.Machine, run: Run
) -> None:
    """Refuse to destroy a machine that was marked since this run read it; a lease does not prevent that.

    Raises:
        NotOwnedError: Another owner has taken it over.
        ProtectedError: It is protected now.
    """
    check_unprotected(resource, fresh)
    owner = owner_of(fresh)
    if owner not in {None, owner_of(observed), run.options.owner}:
        raise NotOwnedError(
            f"{resource} was not destroyed: owner {owner!r} has taken it over since this run read it. Run it "
            "again to destroy it anyway."
        )


def check_still_ours(resource: Machine, fresh: models.Machine, run: Run) -> None:
    """Refuse to write to a machine that was deployed by flyctl, lost or made unreadable since the plan.

    Raises:
        UnreadableMachineError: Its host is lost, or it cannot be read.
        NotOwnedError: flyctl has deployed it, and `take_over` is not set.
    """
    unreadable = reading.why_unreadable(fresh)
    if unreadable:
        raise UnreadableMachineError(f"{resource}: {unreadable}.")
    if deployed_by_flyctl(reading.config_of(fresh)) and not run.options.take_over:
        raise NotOwnedError(
            f"flyctl has deployed {resource} since this run read it. Keep deploying it with flyctl, or pass "
            "take_over=True to change it from here."
        )


def marks(
    wanted: Wanted, config: Mapping[str, Any], context: Context, digests: Mapping[str, str]
) -> dict[str, str]:
    """Return our metadata for a machine that is about to start with the newest secrets."""
    resource = wanted.resource
    ours = bookkeeping(wanted, config.get("metadata") or {})
    if not resource.follow_secrets or not digests:
        return ours
    before = secrets.recorded_in(config.get("metadata"))
    others = {
        secret.name: digest
        for secret in context.state(resource).secrets
        if secret.name in before and (digest := reading.given(secret.digest))
    }
    return {**ours, secrets.SECRETS: secrets.fingerprints({**others, **digests})}


def missing_marks(wanted: Wanted, observed: models.Machine, context: Context) -> dict[str, str]:
    """Return the part of our metadata that the machine lacks before anything is written.

    For a secret that is followed from now on, the value that the machine was started with is recorded, or
    that it had none. A value set later then shows as newer, even if this program ends in between.
    """
    resource, config = wanted.resource, reading.config_of(observed)
    if deployed_by_flyctl(config) and not context.options.take_over:
        return {}
    missing = _unmarked(wanted, config)
    recorded, followed = secrets.recorded_in(config.get("metadata")), _followed(resource, context)
    if {secret.name for secret in followed} - recorded.keys():
        before = _before_start(resource, observed, context)
        missing[secrets.SECRETS] = secrets.record_more(recorded, followed, before)
    return missing


def _unmarked(wanted: Wanted, config: Mapping[str, Any]) -> dict[str, str]:
    """Return the part of our metadata that the machine lacks."""
    metadata = config.get("metadata") or {}
    marks = bookkeeping(wanted, metadata)
    return {key: value for key, value in marks.items() if metadata.get(key) != value}


def applied_earlier(wanted: Wanted, config: Mapping[str, Any]) -> frozenset[Path] | None:
    """Return the paths declared last time, or None if the metadata is not ours or not this machine's."""
    metadata = config.get("metadata") or {}
    is_ours = _marked(metadata, wanted.resource.name, wanted.options.owner)
    return read_marker(metadata.get(APPLIED)) if is_ours else None


def is_ours(machine: models.Machine, owner: str | None) -> bool:
    """Return whether our metadata names this very machine; a clone carries that of another one (rule 1).

    Without an owner, a machine cannot be attributed: any other program without an owner could have
    created it. For an unreadable machine the answer is unknown: check `why_unreadable` first.
    """
    if owner is None or not reading.has_config(machine):
        return False
    return _marked(reading.metadata_of(machine), machine.name, owner)


def owner_of(machine: models.Machine) -> str | None:
    """Return the owner that the machine's metadata names, or None."""
    return _shown(machine).get(OWNER)


def _shown(machine: models.Machine) -> Mapping[str, str]:
    """Return the machine's metadata; for a dead host, the service keeps it under another key (MA-18)."""
    config = reading.given(machine.config) or reading.given(machine.incomplete_config)
    return (reading.given(config.metadata) if config else None) or {}


def _marked(metadata: Mapping[str, Any], name: str | None, owner: str | None) -> bool:
    return metadata.get(NAME) == name and metadata.get(OWNER) == owner


def deployed_by_flyctl(config: Mapping[str, Any]) -> bool:
    """Return whether the config has flyctl's release metadata and none of ours."""
    metadata = config.get("metadata") or {}
    return any(key in metadata for key in _FLYCTL) and not _OURS & metadata.keys()
