"""One live machine as the arguments of a `Machine`, or why it cannot be named as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from fly_resources._flows.machines import SECRETS, deployed_by_flyctl, resolve
from fly_resources._flows.mounts import mounted
from fly_resources._flows.secrets import older_than
from fly_resources._readings import config_of, why_unreadable
from fly_resources.cli._declared import Declared, as_declared
from fly_resources.cli._source import Name
from fly_resources.errors import ConfigurationError
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models


@attrs.frozen
class Described:
    """What to write of a machine.

    Attributes:
        arguments: Beside its app and name.
        remarks: What a person should know.
        refused: Why it cannot be named so that its plan changes nothing, or None.
    """

    arguments: tuple[tuple[str | None, Any], ...] = attrs.field(repr=False)
    remarks: tuple[str, ...]
    refused: str | None


def describe(
    machine: models.Machine, digests: Mapping[str, str], disks: dict[str, tuple[str, str]]
) -> Described:
    """Describe a machine. `disks` holds the volumes that are named; one that it mounts is taken out.

    `digests` are the service's, of the secrets that are named beside it.
    """
    unreadable = why_unreadable(machine)
    if unreadable:
        return Described(((None, {}),), (), f"{unreadable}, and import it again then")
    declared = as_declared(machine)
    mounts, region = _place(machine, disks)
    behind = older_than((config_of(machine).get("metadata") or {}).get(SECRETS) or "", digests)
    settings: dict[str, Any] = {
        "region": region,
        "mounts": mounts or None,
        "follow_secrets": False if behind else None,
        "extra": declared.extra or None,
    }
    refused = _why_not(machine, declared, region)
    arguments = (
        (None, declared.config),
        *((key, value) for key, value in settings.items() if value is not None),
    )
    return Described(arguments, tuple(_remarks(machine, declared, behind)), refused)


def _place(machine: models.Machine, disks: dict[str, tuple[str, str]]) -> tuple[dict[str, Any], str | None]:
    """Return its mounts, by volume or by id, and its region where no volume gives it."""
    mounts = mounted(machine)
    if len(mounts) != 1:
        return {}, machine.region or None
    path, volume = str(mounts[0].get("path", "")), str(mounts[0].get("volume", ""))
    variable, region = disks.get(volume, ("", ""))
    if variable and region == machine.region:
        del disks[volume]
        return {path: Name(variable)}, None
    return {path: volume}, machine.region or None


def _why_not(machine: models.Machine, declared: Declared, region: str | None) -> str | None:
    if machine.state == "launch_failed":
        return "its launch failed; ensure would make it again, or leave it to you if it holds a volume"
    try:
        ids = {str(mount.get("path")): str(mount.get("volume")) for mount in mounted(machine)}
        resolve(
            Machine("app", machine.name, declared.config, region=region, mounts=ids, extra=declared.extra)
        )
    except ConfigurationError as error:
        return str(error)
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
