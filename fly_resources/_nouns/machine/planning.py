"""Plan a machine: what differs, how it can change, and who may change it. `steps` applies the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from fly_resources._config.compare import differences
from fly_resources._nouns.machine import mounted, running, undeclared
from fly_resources._nouns.machine.comparison import compare, dropped_notes, merged_config, should_run
from fly_resources._nouns.machine.departures import describe_leaving, needs_force
from fly_resources._nouns.machine.marks import deployed_by_flyctl, missing_marks, secret_changes
from fly_resources._nouns.machine.wanted import Wanted, wanted_of
from fly_resources._nouns.regions import allows
from fly_resources._nouns.run import Context, destroy_step
from fly_resources._sdk import reading
from fly_resources.errors import ImmutableFieldError, NotOwnedError, ReconcileError
from fly_resources.report import Change, Planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fly_machines import models

    from fly_resources.resources import Machine


def find(resource: Machine, context: Context) -> models.Machine | None:
    """Return the live machine with the resource's name, or None."""
    return context.state(resource).machine(resource.name)


def diff_destroy(resource: Machine, context: Context) -> Planned[models.Machine]:
    """Plan a destruction: check that the machine exists and that its host allows its destruction."""
    observed = find(resource, context)
    if observed is None:
        gone = tuple(f"already: {each}" for each in _leaving(resource, context))
        return Planned(resource, "none", notes=gone)
    why = needs_force(observed)
    if why is not None and not context.options.force:
        return Planned(resource, "blocked", notes=(why,), observed=observed)
    return destroy_step(resource, observed, *([] if why is None else ["gone only when its host is back"]))


def _leaving(resource: Machine, context: Context) -> list[str]:
    """Describe the machines of that name that are being destroyed."""
    named = context.state(resource).machines.named(resource.name)
    return [describe_leaving(each) for each in named if reading.is_leaving(each)]


def diff(resource: Machine, context: Context) -> Planned[models.Machine]:
    """Compare the description with the live machine of that name.

    Raises:
        ImmutableFieldError: Its region or mounts would have to change.
        NotOwnedError: flyctl deploys the machine.
        ReconcileError: Another machine holds its volume.
    """
    wanted = wanted_of(resource, context)
    observed = find(resource, context)
    if observed is None:
        mounted.check_free(wanted, None, context)
        changes = [attrs.evolve(each, path=f"config.{each.path}") for each in differences(wanted.config, {})]
        if wanted.region:
            changes.append(Change("region", None, wanted.region))
        held = (f"once the name is free: {going}" for going in _leaving(resource, context))
        return Planned(resource, "create", tuple(changes), (_summary(wanted), *held))
    return _diff_existing(wanted, observed, context)


def _summary(wanted: Wanted) -> str:
    """Summarize a machine to be created. Variables are named, but their values are never shown."""
    where = f" in {wanted.region}" if wanted.region else ""
    image = f"{wanted.config.get('image', 'containers')}{where}"
    return ", ".join([image, *_parts(wanted), "billed while it runs"])


def _parts(wanted: Wanted) -> Iterator[str]:
    config = wanted.config
    yield _size(config)
    for service in config.get("services") or ():
        ports = [str(port.get("port", port.get("start_port"))) for port in service.get("ports") or ()]
        if ports:
            yield f"ports {'+'.join(ports)} to {service.get('internal_port')}"
    if config.get("env"):
        yield f"env {' '.join(sorted(config['env']))}"
    for path, volume in wanted.resource.mounts.items():
        yield f"{volume if isinstance(volume, str) else volume.name} at {path}"


def _size(config: Mapping[str, Any]) -> str:
    guest = config.get("guest") or {}
    if config.get("size") and not guest:
        return str(config["size"])
    kind, cpus = guest.get("cpu_kind", "shared"), guest.get("cpus", 1)
    memory = guest.get("memory_mb") or reading.default_memory_mb(guest)
    gpu = f" with {guest.get('gpus', 1)} {guest['gpu_kind']}" if guest.get("gpu_kind") else ""
    return f"{cpus} {kind} CPU{'' if cpus == 1 else 's'}, {memory} MB{gpu}"


def _diff_existing(wanted: Wanted, observed: models.Machine, context: Context) -> Planned[models.Machine]:
    resource = wanted.resource
    unreadable = reading.why_unreadable(observed)
    if unreadable:
        return Planned(resource, "blocked", notes=(unreadable,), observed=observed)
    config = reading.config_of(observed)
    if observed.state == "launch_failed" and (wanted.options.take_over or not deployed_by_flyctl(config)):
        _check_stays_armed(wanted, config)
        return _launch_again(wanted, observed)
    fixed = _fixed_changes(wanted, observed, context)
    changes = (*compare(wanted, config), *secret_changes(resource, config, observed, context))
    differing = (*fixed, *changes, *_state_change(resource, observed, config))
    whose = _whose(wanted, config, differing)
    if fixed:
        return _replaced(wanted, observed, differing)
    if not differing:
        kept = running.kept_notes(wanted.config, config)
        return _diff_standing(wanted, observed, context, (*whose, *kept))
    merged = merged_config(wanted, config)
    notes = _update_notes(resource, observed, merged) if changes else ()
    kept = running.kept_notes(wanted.config, merged)
    return Planned(resource, "update", differing, (*notes, *kept), observed)


def _whose(wanted: Wanted, config: Mapping[str, Any], differing: tuple[Change, ...]) -> tuple[str, ...]:
    """Return a note if flyctl deploys the machine.

    Raises:
        NotOwnedError: flyctl deploys the machine, and something would have to change.
    """
    if wanted.options.take_over or not deployed_by_flyctl(config):
        return ()
    if differing:
        raise NotOwnedError(
            f"{wanted.resource} is deployed by flyctl, and {len(differing)} of its fields differ, first "
            f"{differing[0]}. Keep deploying it with flyctl, or pass take_over=True to change it from here."
        )
    unmarked = "; protect=True is not recorded on it, which takes take_over=True"
    return (f"deployed by flyctl{unmarked if wanted.resource.protect else ''}",)


def _fixed_changes(wanted: Wanted, observed: models.Machine, context: Context) -> tuple[Change, ...]:
    """Return the changes that require a replacement, if the machine may be replaced (LC-16, LC-17).

    Raises:
        ImmutableFieldError, ReconcileError, VolumeLostError: The machine may not be replaced.
    """
    mounted.check_stays(wanted, context)
    fixed: tuple[Change, ...] = ()
    if not allows(wanted.region or "", reading.given(observed.region)):
        fixed = (Change("region", observed.region, wanted.region),)
    fixed = (*fixed, *mounted.changes(wanted, observed, context))
    if fixed and not context.options.replace:
        change = fixed[0]
        raise ImmutableFieldError(
            f"{wanted.resource}: {change.path} is {change.before!r} and cannot become {change.after!r}: it "
            f"is fixed when a machine is created. Keep {change.path} as it is, create a machine with another "
            "name and destroy this one, or pass replace=True to have this one destroyed and created again.",
            changes=fixed,
        )
    if fixed:
        mounted.check_named(wanted, observed)
        mounted.check_free(wanted, observed, context)
        mounted.check_mountable(wanted, observed.id, context.state(wanted.resource).volumes.live, context)
    return fixed


def _state_change(
    resource: Machine, observed: models.Machine, config: Mapping[str, Any]
) -> tuple[Change, ...]:
    """Return the state change if the machine is not in the state that it should be in."""
    wanted = resource.state or ("started" if running.was_left_stopped(observed) else observed.state)
    if observed.state == wanted:
        return ()
    if wanted == "started" and observed.state in running.ASLEEP and running.may_sleep(config):
        return ()
    if wanted == "stopped" and observed.state == "suspended":
        return ()
    return (Change("state", str(observed.state), wanted),)


def _awaited_changes(resource: Machine, observed: models.Machine) -> tuple[Change, ...]:
    """Return the differences that need only a wait, for a machine that should run (rule 12)."""
    if resource.state == "stopped":
        return ()
    if observed.state in running.COMING_UP:
        return (Change("state", str(observed.state), "started"),)
    failing = running.failing_checks(observed)
    return (Change("checks", failing, "passing"),) if failing else ()


def _replaced(
    wanted: Wanted, observed: models.Machine, differing: tuple[Change, ...]
) -> Planned[models.Machine]:
    _check_stays_armed(wanted, reading.config_of(observed))
    theirs = undeclared.find(wanted, observed)
    undeclared.check_accepted(wanted, theirs)
    has_new_image = any(each.path.endswith("image") for each in differing)
    untried = ("the new image is tried only then",) if has_new_image else ()
    notes = ("destroyed, then created again; down meanwhile", *untried, *undeclared.note(theirs))
    return Planned(wanted.resource, "replace", differing, notes, observed)


def _diff_standing(
    wanted: Wanted, observed: models.Machine, context: Context, notes: tuple[str, ...]
) -> Planned[models.Machine]:
    """Plan a machine whose config is as declared: check that it runs and has our metadata."""
    resource = wanted.resource
    notes = (*notes, *dropped_notes(wanted, reading.config_of(observed)))
    awaited = _awaited_changes(resource, observed)
    if awaited:
        return Planned(resource, "update", awaited, ("waited for; nothing is written", *notes), observed)
    why = None if resource.state == "stopped" else running.why_down(observed)
    if why is not None:
        notes = (f"{why}; give state='started' to start it again", *notes)
    if why is not None or observed.state == "launch_failed":
        return Planned(resource, "blocked", notes=notes or ("its launch failed",), observed=observed)
    if missing_marks(wanted, observed, context):
        return Planned(resource, "adopt", notes=("metadata only, no restart", *notes), observed=observed)
    return Planned(resource, "none", notes=notes, observed=observed)


def _check_stays_armed(wanted: Wanted, config: Mapping[str, Any]) -> None:
    """Refuse to recreate a machine with a schedule and leave it stopped, which would disarm the schedule.

    Raises:
        ReconcileError: Something else has set the schedule; nothing was written.
    """
    schedule = merged_config(wanted, config).get("schedule")
    if wanted.resource.state == "stopped" and schedule:
        raise ReconcileError(
            f"{wanted.resource} has the schedule {schedule!r}, which something else has set, and "
            "state='stopped': so its schedule would never run. Leave state out."
        )


def _update_notes(resource: Machine, observed: models.Machine, merged: Mapping[str, Any]) -> tuple[str, ...]:
    if resource.state == "stopped":
        return ()
    if not running.is_asleep(observed):
        return ("restarts",)
    if running.needs_arming(observed, merged):
        return ("starts, because its schedule runs only after a first start",)
    starts = resource.state is None and should_run(resource, observed, merged)
    return ("starts, because nothing would wake it any more",) if starts else ()


def _launch_again(wanted: Wanted, observed: models.Machine) -> Planned[models.Machine]:
    """Plan to recreate a machine whose launch failed: it never ran, so it holds nothing except its name.

    A machine with a volume is left to the user. So is one with undeclared config, unless that may be lost.
    """
    resource, theirs = wanted.resource, undeclared.find(wanted, observed)
    if reading.mounts_of(observed):
        note = "its launch failed, and it has a volume: see its events, destroy it, and run this again"
        return Planned(resource, "blocked", notes=(note,), observed=observed)
    if theirs and wanted.options.replace != undeclared.ACCEPTED:
        note = (
            f"its launch failed, and it has undeclared settings: {', '.join(theirs)}; destroy it, or pass "
            f"replace={undeclared.ACCEPTED!r} to have it created again"
        )
        return Planned(resource, "blocked", notes=(note,), observed=observed)
    notes = ("its launch failed; created again", *undeclared.note(theirs))
    return Planned(resource, "replace", notes=notes, observed=observed)
