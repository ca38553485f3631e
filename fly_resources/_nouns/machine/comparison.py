"""Compare a machine's config with its description, merge the two, and judge what a step starts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources._config.compare import differences, merge, removed_paths, render
from fly_resources._config.keys import find_oddities
from fly_resources._nouns.machine import running
from fly_resources._nouns.machine.marks import APPLIED, applied_earlier
from fly_resources._sdk import reading
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

    from fly_resources._config.compare import Path
    from fly_resources._nouns.machine.wanted import Wanted
    from fly_resources.report import Change, Planned


def compare(wanted: Wanted, config: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the declared values that differ, and values declared earlier that are still on the machine."""
    applied = applied_earlier(wanted, config)
    found, _ = _differences(wanted, config, applied)
    # With an equal marker, no path has been dropped from the declaration since the last update.
    if (config.get("metadata") or {}).get(APPLIED) != wanted.config.marker:
        found += removed_paths(config, applied, wanted.config)
    return tuple(attrs.evolve(change, path=f"config.{change.path}") for change in found)


def dropped_notes(wanted: Wanted, config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a note for each key of `extra` that was sent before and that the service does not show."""
    if not wanted.resource.extra:
        return ()
    _, dropped = _differences(wanted, config, applied_earlier(wanted, config))
    why = "was sent before and is missing now: Fly.io or another tool dropped it; the next update sends it"
    return tuple(f"config.{each.path} {why}" for each in dropped)


def _differences(
    wanted: Wanted, config: Mapping[str, Any], applied: frozenset[Path] | None
) -> tuple[list[Change], list[Change]]:
    """Return the differences, and apart those in `extra` keys that were sent but are not shown (ER-5)."""
    found = differences(wanted.config, config, applied)
    sent = _keys_of_extra(wanted, applied) if wanted.resource.extra and found else ()
    dropped = [each for each in found if each.before is None and each.path in sent]
    return [each for each in found if each not in dropped], dropped


def _keys_of_extra(wanted: Wanted, applied: frozenset[Path] | None) -> set[str]:
    """Return the paths at or below keys unknown to the API that lead to a value sent earlier."""
    unknown = [re.escape(each.path) for each in find_oddities(wanted.config) if each.known_keys]
    below = re.compile(rf"({'|'.join(unknown) or '(?!)'})(\W|$)")
    heads = (render(path[:length]) for path in applied or () for length in range(1, len(path) + 1))
    return {head for head in heads if below.match(head)}


def merged_config(wanted: Wanted, config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the config that an update sends: declared over current values, without our metadata."""
    return merge(config, applied_earlier(wanted, config), wanted.config)


def is_standing(step: Planned[Any]) -> bool:
    """Return whether the config is as declared, so that nothing is written unless the secrets change.

    The machine may have crashed, or be waited for until it runs or its checks pass.
    """
    resource, seen = step.resource, step.observed
    if step.action == "blocked" and isinstance(resource, Machine) and seen is not None:
        return reading.why_unreadable(seen) is None and running.why_down(seen) is not None
    is_awaited = step.action == "update" and all(
        change.path == "checks" or (change.path == "state" and change.before in running.COMING_UP)
        for change in step.changes
    )
    return step.action in {"none", "adopt"} or is_awaited


def is_only_state(step: Planned[Any]) -> bool:
    """Return whether the step leaves the machine's config unchanged."""
    return all(change.path in {"state", "checks"} for change in step.changes)


def should_run(resource: Machine, machine: models.Machine, config: Mapping[str, Any]) -> bool:
    """Return whether the machine should run with `config` after an update, or stay asleep (rule 5).

    A machine that was running, had crashed or was left stopped should run. So should a machine that sleeps
    until the proxy or a schedule wakes it, if `config` has neither: otherwise it would never run again.
    """
    if resource.state == "stopped":
        return False
    starts = resource.state == "started" and not running.may_sleep(config)
    if starts or running.needs_arming(machine, config):
        return True
    return not running.is_asleep(machine) or (running.is_sleeper(machine) and not running.may_sleep(config))
