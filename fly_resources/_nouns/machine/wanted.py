"""Resolve what is wanted of a machine: a checked config, its mounts and its region; and its task in a run."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from fly_machines import models

from fly_resources._checks import fields
from fly_resources._config.check import checked
from fly_resources._config.compare import write_marker
from fly_resources._nouns.machine import mounts
from fly_resources._nouns.regions import allows
from fly_resources._nouns.run import check_trusted
from fly_resources._sdk import reading
from fly_resources.errors import ConfigurationError
from fly_resources.resources import Machine, Volume

if TYPE_CHECKING:
    from fly_resources._nouns.machine.mounts import Mounts
    from fly_resources._nouns.run import Context, Handover, Options, Run
    from fly_resources.report import Change, Planned


class Declared(dict[str, Any]):
    """A checked config, shared by the machines that are described with the same config object."""

    @functools.cached_property
    def marker(self) -> str:
        """Return the marker that lists the declared paths."""
        return write_marker(self)


@attrs.frozen
class Wanted:
    """A machine's resolved description (hidden values still hidden), and the options of the call.

    `config` does not say which volume is mounted where; `mounts` is None if mounts are not declared.
    """

    resource: Machine
    options: Options = attrs.field(repr=False)
    config: Declared = attrs.field(repr=False)
    mounts: Mounts | None
    region: str | None

    @property
    def volume(self) -> Volume | str | None:
        """The volume that the machine mounts; one at most (MA-26)."""
        return next((volume for _, volume in self.mounts or ()), None)


def resolve(resource: Machine, options: Options, known: dict[int, Declared] | None = None) -> Wanted:
    """Check the config against the API's own keys and determine the machine's mounts and region.

    `known` holds the configs checked for other machines of the call, by `id()` of the config object.

    Raises:
        ConfigurationError: An unknown key (with the nearest known one), or values that exclude each other.
    """
    given: Any = resource.config
    if not isinstance(given, Mapping | models.MachineConfig):
        raise ConfigurationError(
            f"{resource}: config must be a mapping of the API's keys, such as {{'image': 'nginx'}}, or a "
            f"fly_machines.models.MachineConfig, got {fields.kind_of(given)}."
        )
    known = {} if known is None or resource.extra else known
    declared = known.get(id(given))
    if declared is None:
        declared = known[id(given)] = Declared(
            checked(str(resource), reading.as_mapping(given), resource.extra or {})
        )
    _check_can_be_kept(resource, declared)
    config, mounted = mounts.split(resource, declared)
    config = config if isinstance(config, Declared) else Declared(config)
    return Wanted(resource, options, config, mounted, _region(resource, mounted))


def _check_can_be_kept(resource: Machine, declared: Mapping[str, Any]) -> None:
    """Refuse a machine that cannot run, or that would not stay as described.

    Raises:
        ConfigurationError: No image, `auto_destroy`, or a schedule together with `state="stopped"`.
    """
    if not declared.get("image") and not declared.get("containers"):
        raise ConfigurationError(
            f"{resource}: config names no image; give config={{'image': 'registry/name:tag'}}."
        )
    if declared.get("auto_destroy"):
        raise ConfigurationError(
            f"{resource}: with auto_destroy, it is destroyed when it exits, so ensure cannot keep it. Run it "
            "with fly.run."
        )
    if declared.get("schedule") and resource.state == "stopped":
        raise ConfigurationError(
            f"{resource}: schedule {declared['schedule']!r} and state='stopped' exclude each other: Fly.io "
            "never runs the schedule of a machine that was never started. Leave one out."
        )


def wanted_of(resource: Machine, context: Context) -> Wanted:
    """Resolve the machine's description as `resolve` does, once per call."""
    known: dict[Machine, Wanted] = context.described.wanted
    if resource not in known:
        known[resource] = resolve(resource, context.options)
    return known[resource]


def _region(resource: Machine, mounted: Mounts | None) -> str | None:
    place = _place(mounted)
    if place is None:
        if mounted and resource.region is None:
            return None  # only the service knows where its volume is
        return resource.region or resource.default_region
    if not all(allows(resource.region or "", each) for each in place.split(",")):
        raise ConfigurationError(
            f"{resource}: region {resource.region!r}, but its volume is in {place!r}. A machine runs where "
            "its volume is: leave region out, or mount a volume in that region."
        )
    return place


def _place(mounted: Mounts | None) -> str | None:
    """Return the region that the machine's volume gives.

    For a volume with a given id, only the service knows the region. The same holds for a fork without a
    region, which is created in its source's region; the machine follows it.
    """
    volumes = (volume for _, volume in mounted or () if isinstance(volume, Volume))
    return next((each.where for each in volumes if each.where and (each.id is None or each.region)), None)


@attrs.define
class Task:
    """The step of one machine in a run, with what other nodes of the graph hand to it."""

    planned: Planned[models.Machine]
    resource: Machine
    run: Run
    handed: Handover

    @property
    def wanted(self) -> Wanted:
        """What is wanted of the machine."""
        return wanted_of(self.resource, self.run.context)

    def becomes_update(self, *changes: Change) -> None:
        """Update the machine for a reason that its plan could not know.

        Raises:
            ContradictionError: The answers about its app contradict each other.
        """
        self.planned = attrs.evolve(self.planned, action="update", changes=changes)
        check_trusted(self.planned, self.run)
