"""Machines: what is wanted, what differs, and who may change it; `machine_steps` changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _config_values, _declared, _readings
from fly_resources._compare import (
    MARKER_KEY,
    differences,
    merge,
    plain,
    read_marker,
    removed_paths,
    without_nulls,
    write_marker,
)
from fly_resources._config_keys import find_oddities
from fly_resources._flows import mounts, running, secrets, undeclared
from fly_resources._flows.departures import describe_leaving, needs_force
from fly_resources._flows.regions import allows
from fly_resources._flows.run import Context, destroy_step
from fly_resources._flows.running import LEFT, NAME, may_sleep
from fly_resources.errors import ConfigurationError, ImmutableFieldError, NotOwnedError, ReconcileError
from fly_resources.report import Change, Planned
from fly_resources.resources import FlySecret, Machine, Secret, Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

    from fly_resources._compare import Path
    from fly_resources._flows.mounts import Mounts
    from fly_resources._flows.run import Options, Run

OWNER: Final = "fly_resources.owner"
APPLIED: Final = MARKER_KEY
#: Which values of the named secrets it runs with, as fingerprints of the service's digests (rule 8).
SECRETS: Final = "fly_resources.secrets"
_OURS: Final = frozenset({OWNER, NAME, APPLIED})
MARKS: Final = _OURS | {SECRETS, LEFT}
#: flyctl writes these on the machines that it deploys (ME-6).
_FLYCTL: Final = ("fly_release_id", "fly_release_version")


@attrs.frozen
class Wanted:
    """A machine's description, resolved: declared config (hidden values still hidden), mounts, region.

    Which volume is mounted where is not in `config`; `mounts` is None where nothing is said of it.
    """

    config: dict[str, Any] = attrs.field(repr=False)
    mounts: Mounts | None
    region: str | None

    def marker(self) -> str:
        """Say which paths are declared."""
        return write_marker(self.config)


def resolve(noun: Machine) -> Wanted:
    """Check the config against the API's own keys and settle where the machine belongs.

    Raises:
        ConfigurationError: An unknown key (with the nearest known one), or values that exclude each other.
    """
    given = _readings.as_mapping(noun.config)
    for each in (given, noun.extra or {}):
        _config_values.check_variables(str(noun), each)
    declared: dict[str, Any] = _config_values.with_durations(str(noun), without_nulls(given))
    _check_known(noun, plain(declared))
    declared = _declared.checked(str(noun), {**declared, **without_nulls(noun.extra or {})})
    if not declared.get("image") and not declared.get("containers"):
        raise ConfigurationError(
            f"{noun}: config names no image; give config={{'image': 'registry/name:tag'}}."
        )
    if declared.get("auto_destroy"):
        raise ConfigurationError(
            f"{noun}: auto_destroy makes it vanish when it exits, which nothing can keep in existence. "
            "Start such a machine with the SDK (machines_create)."
        )
    if declared.get("schedule") and noun.state == "stopped":
        raise ConfigurationError(
            f"{noun}: schedule {declared['schedule']!r} and state='stopped' exclude each other: Fly.io never "
            "runs the schedule of a machine that was made without being started. Leave one of them out."
        )
    environment = declared.get("env") or {}
    if not isinstance(environment, dict):
        raise ConfigurationError(
            f"{noun}: config['env'] is {type(environment).__name__}; give names and their values."
        )
    for key, value in environment.items():
        if not isinstance(value, str | Secret):
            raise ConfigurationError(
                f"{noun}: env {key!r} is {type(value).__name__}; environment values are strings."
            )
    config, mounted = mounts.split(noun, declared)
    return Wanted(config, mounted, _region(noun, mounted))


def _check_known(noun: Machine, config: dict[str, Any]) -> None:
    """Refuse keys and values that the API does not have, naming the nearest or the right one."""
    try:
        oddities = find_oddities(config)
    except (AttributeError, TypeError, ValueError) as misshapen:
        raise ConfigurationError(
            f"{noun}: config does not have the form that the API describes; look for a text or a list where "
            "keys belong, or the other way round."
        ) from misshapen
    for odd in oddities:
        raise ConfigurationError(f"{noun}: {odd}")


def _region(noun: Machine, mounted: Mounts | None) -> str | None:
    given = [volume for _, volume in mounted or () if isinstance(volume, Volume)]
    # Where a volume of a given id is, only the service knows; the machine goes there.
    # A fork without a region goes to its source's, which only the service knows too.
    places = (volume.where for volume in given if volume.id is None or volume.region)
    place = next((where for where in places if where), None)
    elsewhere = [each for each in (place or "").split(",") if not allows(noun.region or "", each)]
    if place is not None and elsewhere:
        raise ConfigurationError(
            f"{noun}: region {noun.region!r}, but its volume is in {place!r}. "
            "A machine runs where its volume is: leave region out, or move the volume."
        )
    if place is None and noun.region is None and mounted:
        return None
    return place or noun.region or noun.default_region


def find(noun: Machine, context: Context) -> models.Machine | None:
    """Return the live machine of that name."""
    return context.state(noun).machine(noun.name)


def diff_destroy(noun: Machine, context: Context) -> Planned[models.Machine]:
    """Look whether the machine is there, and whether it can be destroyed while its host is as it is."""
    observed = find(noun, context)
    if observed is None:
        return Planned(noun, "none", notes=tuple(f"already: {gone}" for gone in _leaving(noun, context)))
    why = needs_force(observed)
    if why is not None and not context.options.force:
        return Planned(noun, "blocked", notes=(why,), observed=observed)
    return destroy_step(noun, observed, *([] if why is None else ["gone only when its host is back"]))


def _leaving(noun: Machine, context: Context) -> list[str]:
    """Describe the machines of that name that are on their way out."""
    named = (each for each in context.state(noun).machines if each.name == noun.name)
    return [describe_leaving(each) for each in named if _readings.is_leaving(each)]


def diff(noun: Machine, context: Context) -> Planned[models.Machine]:
    """Compare what is declared with the live machine of that name.

    Raises:
        ImmutableFieldError: Its region or mounts would have to change.
        NotOwnedError: flyctl deploys it.
        ReconcileError: Another machine holds its volume.
    """
    wanted = resolve(noun)
    observed = find(noun, context)
    if observed is None:
        mounts.check_free(noun, wanted.mounts, None, context)
        changes = [Change("config.image", None, wanted.config.get("image"))]
        if wanted.region:
            changes.append(Change("region", None, wanted.region))
        held = (f"only when the name is free: {going}" for going in _leaving(noun, context))
        return Planned(noun, "create", tuple(changes), (*_create_notes(wanted), *held))
    return _diff_existing(noun, wanted, observed, context)


def _create_notes(wanted: Wanted) -> tuple[str, ...]:
    where = f" in {wanted.region}" if wanted.region else ""
    return (f"{wanted.config.get('image', 'containers')}{where}, billed while it runs",)


def _diff_existing(
    noun: Machine, wanted: Wanted, observed: models.Machine, context: Context
) -> Planned[models.Machine]:
    options = context.options
    unreadable = _readings.why_unreadable(observed)
    if unreadable:
        return Planned(noun, "blocked", notes=(unreadable,), observed=observed)
    config = _readings.config_of(observed)
    if observed.state == "launch_failed" and (options.take_over or not deployed_by_flyctl(config)):
        _check_stays_armed(noun, merged_config(noun, wanted, config, options))
        return _launch_again(noun, observed, find_undeclared(noun, wanted, observed, options), options)
    mounts.check_stays(noun, wanted.mounts, context)
    fixed = _immutable_changes(wanted, observed, context)
    if fixed and not options.replace:
        raise _cannot_change(noun, fixed[0])
    if fixed:
        mounts.check_named(noun, wanted.mounts, observed)
        mounts.check_free(noun, wanted.mounts, observed, context)
        known = context.state(noun).live_volumes()
        mounts.check_mountable(noun, wanted.mounts, observed.id, known, context)
    changes = (
        *compare(noun, wanted, config, options),
        *stale_secrets(noun, config, _read_digests(noun, context)),
        *_new_secrets(noun, config, context),
    )
    differing = (*fixed, *changes, *_state_change(noun, observed, config))
    foreign = deployed_by_flyctl(config) and not options.take_over
    if differing and foreign:
        raise NotOwnedError(
            f"{noun} is deployed by flyctl, and {len(differing)} of its fields differ, first {differing[0]}. "
            "Keep deploying it with flyctl, or pass take_over=True to change it from here."
        )
    merged = merged_config(noun, wanted, config, options)
    if fixed:
        _check_stays_armed(noun, merged)
        theirs = find_undeclared(noun, wanted, observed, options)
        undeclared.check_accepted(noun, theirs, options)
        notes = ("destroyed, then made again; down meanwhile", *undeclared.note(theirs))
        return Planned(noun, "replace", differing, notes, observed)
    kept = running.kept_notes(wanted.config, merged)
    if differing:
        notes = _update_notes(noun, observed, merged) if changes else ()
        return Planned(noun, "update", differing, (*notes, *kept), observed)
    return _diff_standing(noun, wanted, observed, ("deployed by flyctl", *kept) if foreign else kept, context)


def _diff_standing(
    noun: Machine, wanted: Wanted, observed: models.Machine, notes: tuple[str, ...], context: Context
) -> Planned[models.Machine]:
    """Say what is wrong with a machine whose config is as declared: whether it runs, and our marks."""
    awaited = _awaited(noun, observed)
    if awaited:
        return Planned(noun, "update", awaited, ("waited for; nothing is written", *notes), observed)
    why = None if noun.state == "stopped" else running.why_down(observed)
    if why is not None:
        notes = (f"{why}; state='started' starts it again", *notes)
    if why is not None or observed.state == "launch_failed":
        return Planned(noun, "blocked", notes=notes or ("its launch failed",), observed=observed)
    if missing_marks(noun, wanted, _readings.config_of(observed), context):
        return Planned(noun, "adopt", notes=("metadata only, no restart", *notes), observed=observed)
    return Planned(noun, "none", notes=notes, observed=observed)


def _check_stays_armed(noun: Machine, merged: Mapping[str, Any]) -> None:
    """Refuse to make a machine with a schedule again and leave it stopped: that disarms the schedule.

    Raises:
        ReconcileError: Something else has set the schedule; nothing was written.
    """
    if noun.state == "stopped" and merged.get("schedule"):
        raise ReconcileError(
            f"{noun} has the schedule {merged['schedule']!r}, which something else has set, and "
            "state='stopped': made again without being started, its schedule would never run. "
            "Leave state out."
        )


def _update_notes(noun: Machine, observed: models.Machine, merged: Mapping[str, Any]) -> tuple[str, ...]:
    if noun.state == "stopped":
        return ()
    if not running.is_asleep(observed):
        return ("restarts",)
    if running.needs_arming(observed, merged):
        return ("starts, for its schedule runs only once it was started",)
    starts = noun.state is None and should_run(noun, observed, merged)
    return ("starts, for nothing would wake it any more",) if starts else ()


def find_undeclared(
    noun: Machine, wanted: Wanted, observed: models.Machine, options: Options
) -> dict[str, Any]:
    """Return what others have put on the machine, by path: a replacement carries it over."""
    merged = merged_config(noun, wanted, _readings.config_of(observed), options)
    return undeclared.find(wanted.config, merged)


def _launch_again(
    noun: Machine, observed: models.Machine, theirs: Mapping[str, Any], options: Options
) -> Planned[models.Machine]:
    """A machine that never ran holds nothing but its name; one with a volume is left to a person.

    So is one on which others have put something, unless that may be lost.
    """
    if _readings.config_of(observed).get("mounts"):
        note = "its launch failed, and it holds a volume: look at its events, destroy it and run this again"
        return Planned(noun, "blocked", notes=(note,), observed=observed)
    if theirs and options.replace != undeclared.ACCEPTED:
        note = (
            f"its launch failed, and it holds what is not declared: {', '.join(theirs)}; destroy it, or pass "
            f"replace={undeclared.ACCEPTED!r} to have it made again"
        )
        return Planned(noun, "blocked", notes=(note,), observed=observed)
    notes = ("its launch failed; made again", *undeclared.note(theirs))
    return Planned(noun, "replace", notes=notes, observed=observed)


def compare(noun: Machine, wanted: Wanted, config: Mapping[str, Any], options: Options) -> tuple[Change, ...]:
    """Return what is declared and differs, and what was declared earlier and is still there."""
    applied = applied_earlier(noun, config, options)
    found = [*differences(wanted.config, config, applied), *removed_paths(config, applied, wanted.config)]
    return tuple(attrs.evolve(change, path=f"config.{change.path}") for change in found)


def merged_config(
    noun: Machine, wanted: Wanted, config: Mapping[str, Any], options: Options
) -> dict[str, Any]:
    """Return what an update sends, but for our marks: what is declared, and of the rest what is there."""
    return merge(config, applied_earlier(noun, config, options), wanted.config)


def stale_secrets(noun: Machine, config: Mapping[str, Any], digests: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the secrets that the machine runs with an older value of, as far as our marks tell."""
    recorded = (config.get("metadata") or {}).get(SECRETS)
    if not noun.follow_secrets or not isinstance(recorded, str):
        return ()
    return tuple(
        Change(f"secrets.{name}", "an older value", "the newest")
        for name in secrets.older_than(recorded, digests)
    )


def stale_since(step: Planned[Any], run: Run) -> tuple[Change, ...]:
    """Return the secrets of which this run has set a newer value than the machine runs with."""
    noun, marked = step.noun, run.marked.get(step.noun)
    observed = step.observed if marked is None else marked
    if not isinstance(noun, Machine) or observed is None or not _readings.has_config(observed):
        return ()
    return stale_secrets(noun, _readings.config_of(observed), run.digests.get(noun.app_name, {}))


def _followed(noun: Machine, context: Context) -> list[FlySecret]:
    """Return the secrets named beside it whose values it shall run with."""
    if not noun.follow_secrets or "secrets" in context.state(noun).refused:
        return []
    return [
        other
        for other in context.nouns
        if isinstance(other, FlySecret) and other.app_name == noun.app_name and other.value is not None
    ]


def _read_digests(noun: Machine, context: Context) -> dict[str, str]:
    return secrets.known_digests(_followed(noun, context), context.state(noun).secrets)


def _unrecorded(noun: Machine, config: Mapping[str, Any], context: Context) -> set[str]:
    """Return the secrets of which nothing says with what value it runs, if that is for us to see to."""
    if deployed_by_flyctl(config) and not context.options.take_over:
        return set()
    recorded = secrets.recorded_names((config.get("metadata") or {}).get(SECRETS) or "")
    return {secret.name for secret in _followed(noun, context)} - recorded


def _new_secrets(noun: Machine, config: Mapping[str, Any], context: Context) -> tuple[Change, ...]:
    """Return the secrets that the app gets only now: it cannot run with them yet."""
    there = {secret.name for secret in context.state(noun).secrets}
    return tuple(
        Change(f"secrets.{name}", None, "the newest")
        for name in sorted(_unrecorded(noun, config, context) - there)
    )


def bookkeeping(noun: Machine, wanted: Wanted, options: Options) -> dict[str, str]:
    """Return our metadata for the machine."""
    marks = {NAME: noun.name, APPLIED: wanted.marker()}
    return marks if options.owner is None else {**marks, OWNER: options.owner}


def marks(noun: Machine, wanted: Wanted, config: Mapping[str, Any], run: Run) -> dict[str, str]:
    """Return our metadata for a machine that is about to start with the newest secrets."""
    ours = bookkeeping(noun, wanted, run.options)
    digests = run.digests.get(noun.app_name, {})
    if not noun.follow_secrets or not digests:
        return ours
    before = secrets.recorded_names((config.get("metadata") or {}).get(SECRETS) or "")
    others = {
        secret.name: digest
        for secret in run.context.state(noun).secrets
        if secret.name in before and (digest := _readings.given(secret.digest))
    }
    return {**ours, SECRETS: secrets.fingerprints({**others, **digests})}


def missing_marks(
    noun: Machine, wanted: Wanted, config: Mapping[str, Any], context: Context
) -> dict[str, str]:
    """Return what our metadata lacks on the machine, as it is before anything is written.

    Of a secret that is followed from now on, the value that the app has now is written down: what is set
    next shows as newer, also if this program ends in between.
    """
    if deployed_by_flyctl(config) and not context.options.take_over:
        return {}
    missing = unmarked(noun, wanted, config, context.options)
    if _unrecorded(noun, config, context):
        recorded = (config.get("metadata") or {}).get(SECRETS) or ""
        missing[SECRETS] = secrets.record_more(
            recorded, _followed(noun, context), context.state(noun).secrets
        )
    return missing


def unmarked(noun: Machine, wanted: Wanted, config: Mapping[str, Any], options: Options) -> dict[str, str]:
    """Return what our metadata lacks on the machine."""
    metadata = config.get("metadata") or {}
    marks = bookkeeping(noun, wanted, options)
    return {key: value for key, value in marks.items() if metadata.get(key) != value}


def applied_earlier(noun: Machine, config: Mapping[str, Any], options: Options) -> frozenset[Path] | None:
    """Return the paths that we declared last time; None if the marks are not this machine's and ours."""
    metadata = config.get("metadata") or {}
    return read_marker(metadata.get(APPLIED)) if _marked(metadata, noun.name, options.owner) else None


def is_ours(machine: models.Machine, owner: str | None) -> bool:
    """Return whether our marks name this very machine: a clone carries another's (rule 1).

    Without an owner nobody can tell whose a machine is: it could be any other program's without one. Of a
    machine that cannot be read, nobody knows; ask `why_unreadable` first.
    """
    if owner is None or not _readings.has_config(machine):
        return False
    return _marked(_readings.config_of(machine).get("metadata") or {}, machine.name, owner)


def _marked(metadata: Mapping[str, Any], name: str | None, owner: str | None) -> bool:
    return metadata.get(NAME) == name and metadata.get(OWNER) == owner


def deployed_by_flyctl(config: Mapping[str, Any]) -> bool:
    """Return whether flyctl's release marks are on it and ours are not."""
    metadata = config.get("metadata") or {}
    return any(key in metadata for key in _FLYCTL) and not _OURS & metadata.keys()


def _immutable_changes(wanted: Wanted, observed: models.Machine, context: Context) -> tuple[Change, ...]:
    """Return what differs and cannot change in place (LC-16, LC-17)."""
    changes = []
    if not allows(wanted.region or "", _readings.given(observed.region)):
        changes.append(Change("region", observed.region, wanted.region))
    mounted = mounts.change(wanted.mounts, observed, context)
    return (*changes, mounted) if mounted else tuple(changes)


def _cannot_change(noun: Machine, change: Change) -> ImmutableFieldError:
    return ImmutableFieldError(
        f"{noun}: {change.path} is {change.before!r} and cannot become {change.after!r}: it is fixed when a "
        f"machine is made. Keep {change.path} as it is, make a machine of another name and destroy this one, "
        "or pass replace=True to have this one destroyed and made again."
    )


def _state_change(noun: Machine, observed: models.Machine, config: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return in which state the machine should be and is not."""
    wanted = noun.state or ("started" if running.was_left_stopped(observed) else observed.state)
    if observed.state == wanted:
        return ()
    if wanted == "started" and observed.state in running.ASLEEP and may_sleep(config):
        return ()
    if wanted == "stopped" and observed.state == "suspended":
        return ()
    return (Change("state", str(observed.state), wanted),)


def _awaited(noun: Machine, observed: models.Machine) -> tuple[Change, ...]:
    """Return what a machine that should run lacks and only has to be waited for (rule 12)."""
    if noun.state == "stopped":
        return ()
    if observed.state in running.COMING_UP:
        return (Change("state", str(observed.state), "started"),)
    failing = running.failing_checks(observed)
    return (Change("checks", failing, "passing"),) if failing else ()


def is_only_awaited(step: Planned[Any]) -> bool:
    """Return whether nothing is to be written: the machine comes up by itself, or its checks have to pass."""
    return step.action == "update" and all(
        change.path == "checks" or (change.path == "state" and change.before in running.COMING_UP)
        for change in step.changes
    )


def is_standing(step: Planned[Any]) -> bool:
    """Return whether its config is as declared, so that nothing is written unless its secrets change."""
    crashed = step.action == "blocked" and step.observed is not None and _is_crash(step.noun, step.observed)
    return step.action in {"none", "adopt"} or is_only_awaited(step) or crashed


def _is_crash(noun: object, observed: models.Machine) -> bool:
    readable = _readings.why_unreadable(observed) is None
    return readable and isinstance(noun, Machine) and running.why_down(observed) is not None


def is_only_state(step: Planned[Any]) -> bool:
    """Return whether the machine's config stays as it is."""
    return all(change.path in {"state", "checks"} for change in step.changes)


def should_run(noun: Machine, machine: models.Machine, config: Mapping[str, Any]) -> bool:
    """Return whether the machine shall run with `config` after an update, or be left asleep (rule 5).

    What ran before shall, and what crashed or was left stopped. What only sleeps until the proxy or a
    schedule wakes it, and loses both, would never run again.
    """
    if noun.state == "stopped":
        return False
    if (noun.state == "started" and not may_sleep(config)) or running.needs_arming(machine, config):
        return True
    return not running.is_asleep(machine) or (running.sleeper(machine) and not may_sleep(config))
