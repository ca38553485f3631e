"""Advice printed with a plan: it blocks nothing, and one line covers all affected machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._nouns import addresses
from fly_resources._nouns.machine.running import declares_checks
from fly_resources._nouns.machine.wanted import wanted_of
from fly_resources.resources import IpAddress, Machine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fly_resources._nouns.run import Context
    from fly_resources.report import Planned

_Configs: TypeAlias = "Mapping[Machine, Mapping[str, Any]]"
#: The most machines that one line names.
_NAMED: Final = 3
#: Tags that are usually moved; "" is an image without a tag.
_MOVING: Final = re.compile("|dev|develop|edge|latest|main|master|nightly|prod|production|stable|staging")
_PUBLIC: Final = frozenset({"v4", "shared_v4", "v6"})
_NEW: Final = frozenset({"create", "update", "replace"})


def advise(steps: Sequence[Planned[Any]], context: Context) -> tuple[str, ...]:
    """Return the advice for a plan's machines, one line per topic."""
    machines = {
        step.resource: wanted_of(step.resource, context).config
        for step in steps
        if isinstance(step.resource, Machine) and step.error is None
    }
    new = {step.resource for step in steps if step.action in _NEW}
    bare = [each for each, config in machines.items() if each in new and not declares_checks(config)]
    return (*_about_tags(machines), *_about_checks(bare), *_about_ways(machines, context))


def _about_tags(machines: _Configs) -> Iterator[str]:
    """Point out mutable image tags: the reference is compared, not the registry's content (MA-42)."""
    moving = [each for each, config in machines.items() if _moves(config.get("image"))]
    if moving:
        yield (
            f"{_spell(moving)}: the image has a tag that moves, and an unchanged reference is not pulled "
            "again; use a version or a digest (image@sha256:...)"
        )


def _about_checks(bare: Sequence[Machine]) -> Iterator[str]:
    if bare:
        yield f"{_spell(bare)}: without health checks, only the state 'started' tells whether one is up"


def _about_ways(machines: _Configs, context: Context) -> Iterator[str]:
    """Point out services that are unreachable from outside, as far as the app's addresses are known."""
    serving: dict[str, list[Machine]] = {}
    for machine, config in machines.items():
        if any(each.get("ports") for each in config.get("services") or ()):
            serving.setdefault(machine.app_name, []).append(machine)
    for app, those in serving.items():
        if _is_unreachable(app, context):
            yield (
                f"{_spell(those)}: its app has no public address, so its services cannot be reached from "
                f"outside; add IpAddress({app!r}, 'shared_v4') and IpAddress({app!r}, 'v6')"
            )


def _is_unreachable(app: str, context: Context) -> bool:
    state = context.world[app]
    described = {each.type for each in context.described.of_kind(IpAddress, app)}
    there = {addresses.type_of(each) for each in state.addresses}
    is_known = state.absent or bool(described)  # otherwise its addresses were not read
    return is_known and not _PUBLIC & (described | there)


def _moves(image: object) -> bool:
    """Return whether the image has no tag or a tag that is usually moved, such as `latest`."""
    if not isinstance(image, str) or "@" in image:
        return False
    return _MOVING.fullmatch(image.rpartition("/")[2].partition(":")[2]) is not None


def _spell(machines: Sequence[Machine]) -> str:
    """List some of the machines; consecutive machines of one app share its name."""
    shown = machines[:_NAMED]
    apps = [None, *(each.app_name for each in shown)]
    named = ", ".join(
        each.name if each.app_name == before else str(each) for each, before in zip(shown, apps, strict=False)
    )
    return named if len(machines) <= _NAMED else f"{named} and {len(machines) - _NAMED} more"
