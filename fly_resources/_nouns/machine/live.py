"""Describe an existing machine as arguments of `Machine`, or say why that is not possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

from fly_resources._nouns.machine.declared import Declared, as_declared
from fly_resources._nouns.machine.marks import deployed_by_flyctl, is_protected
from fly_resources._nouns.machine.wanted import resolve
from fly_resources._nouns.run import Options
from fly_resources._nouns.secrets import older_than, recorded_in
from fly_resources._sdk.reading import config_of, mounts_of, why_unreadable
from fly_resources.errors import ConfigurationError
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models
    from fly_machines.config_types import MachineConfigDict


@attrs.frozen
class Described:
    """The description of an existing machine.

    Attributes:
        arguments: The arguments of `Machine`, except its app and name.
        remarks: Remarks for the user.
        refused: Why no description of it would plan no change, or None.
    """

    arguments: Mapping[str, Any] = attrs.field(repr=False)
    remarks: tuple[str, ...]
    refused: str | None


def describe(
    machine: models.Machine,
    digests: Mapping[str, str],
    disks: dict[str, tuple[Any, str]],
    *,
    hides: bool = False,
) -> Described:
    """Describe a machine.

    `disks` maps a volume's id to its representation and region; the entry of the volume that the machine
    mounts is removed. `digests` are the service's digests of the secrets described with the machine. With
    `hides`, a value that looks like a secret becomes a `Secret` instead of being left out.
    """
    unreadable = why_unreadable(machine)
    if unreadable:
        return Described({"config": {}}, (), unreadable)
    declared = as_declared(machine, hides=hides)
    mounts, region = _place(machine, disks)
    behind = older_than(recorded_in(config_of(machine).get("metadata")), digests)
    arguments: dict[str, Any] = {
        "config": declared.config,
        "region": region,
        "mounts": mounts or None,
        "follow_secrets": False if behind else None,
        "extra": declared.extra or None,
        "protect": is_protected(machine) or None,
    }
    return Described(
        {key: value for key, value in arguments.items() if value is not None},
        tuple(_remarks(machine, declared, behind)),
        _why_not(machine, declared, region),
    )


def _place(machine: models.Machine, disks: dict[str, tuple[Any, str]]) -> tuple[dict[str, Any], str | None]:
    """Return the mounts, each with the volume or its id, and the region if no volume determines it."""
    mounts = mounts_of(machine)
    if len(mounts) != 1:
        return {}, machine.region or None
    path, volume = str(mounts[0].get("path", "")), str(mounts[0].get("volume", ""))
    disk, region = disks.get(volume, (None, ""))
    if disk is not None and region == machine.region:
        del disks[volume]
        return {path: disk}, None
    return {path: volume}, machine.region or None


def _why_not(machine: models.Machine, declared: Declared, region: str | None) -> str | None:
    if machine.state == "launch_failed":
        return "its launch failed; ensure would create it again, unless it has a volume"
    try:
        ids = {str(mount.get("path")): str(mount.get("volume")) for mount in mounts_of(machine)}
        config = cast("MachineConfigDict", declared.config)
        noun = Machine("app", machine.name, config, region=region, mounts=ids, extra=declared.extra)
        resolve(noun, Options())
    except ConfigurationError as error:
        return str(error).replace(f"app/{machine.name}", str(machine.name))
    return None


def _remarks(machine: models.Machine, declared: Declared, behind: list[str]) -> list[str]:
    remarks = []
    if deployed_by_flyctl(config_of(machine)):
        remarks.append("Deployed by flyctl: a change from here needs take_over=True (--take-over).")
    if declared.left_out:
        remarks.append(
            f"Left out, because it looks like a secret: {', '.join(declared.left_out)}. What is not declared "
            "stays as it is."
        )
    if declared.shown:
        remarks.append(
            f"These look like secrets: {', '.join(declared.shown)}. They were declared before: leaving "
            "them out removes them."
        )
    if behind:
        remarks.append(
            f"It runs with older values of {', '.join(behind)}: remove follow_secrets=False to have it "
            "restarted with the newest."
        )
    return remarks
