"""The one place that interprets answers: versions, configs, hosts, networks, images, and what is gone.

A missing or null field is unknown, never its zero value. Empty text where the service spells its default
is that default.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar

from fly_machines import models
from fly_machines.types import Unset

from fly_resources.errors import UnreadableMachineError

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

_UNTIMED: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
#: What users and some answers call an organisation's default network; lists of addresses say "" (IP-12).
DEFAULT_NETWORK: Final = "default"
_DEFAULT_TAG: Final = "latest"
#: A volume in one of these states is gone or going; lists show it all the same (VO-13).
_DYING: Final = frozenset(
    {"scheduling_destroy", "pending_destroy", "destroying", "destroyed", "fork_cleanup", "waiting_for_detach"}
)


def given(value: T | Unset | None) -> T | None:
    """Return what the answer says, or None where it says nothing."""
    return None if isinstance(value, Unset) else value


def moment(value: dt.datetime | str | Unset | None) -> dt.datetime:
    """Return a time to order by: the earliest there is for none, and for text that is no time (IP-5)."""
    return value if isinstance(value, dt.datetime) else _UNTIMED


def is_app(answer: models.App | models.CreateAppResponse) -> TypeGuard[models.App]:
    """Return whether the answer to creating an app is the app itself (AP-2)."""
    return isinstance(answer, models.App)


def org_slug(app: models.App) -> str | None:
    """Return the slug of the app's organisation, if the answer names one."""
    organization = given(app.organization)
    return given(organization.slug) if organization else None


def version_of(machine: models.Machine) -> str | None:
    """Return the machine's version, by whichever of its two names the answer gives (MA-47)."""
    return given(machine.version) or given(machine.instance_id) or None


def has_config(machine: models.Machine) -> bool:
    """Return whether the answer holds the machine's config; every real one says what it runs (MA-45)."""
    config = given(machine.config)
    return config is not None and bool(given(config.image) or given(config.containers))


def config_of(machine: models.Machine) -> dict[str, Any]:
    """Return the machine's config as JSON.

    Raises:
        UnreadableMachineError: The answer holds none, which says nothing about the machine (MA-18, MA-45).
    """
    config = given(machine.config)
    if config is None or not has_config(machine):
        raise UnreadableMachineError(f"machine {machine.name} ({machine.id}): {why_unreadable(machine)}")
    return config.to_dict()


def why_unreadable(machine: models.Machine) -> str | None:
    """Say why nothing can be concluded from the answer about this machine; None if all is there."""
    status = host_trouble(machine)
    if status:
        return f"its host is {status}; try again when it is back"
    if not has_config(machine):
        return "the service leaves out its config, also when it is read by id; try again later"
    return None


def host_trouble(thing: models.Machine | models.Volume) -> str | None:
    """Return what its host is said to be, mostly `unreachable`; None where it is ok, or nothing is said."""
    status = given(thing.host_status)
    return str(status) if status and status != "ok" else None


def is_reachable(thing: models.Machine | models.Volume) -> bool:
    """Return whether its host answers: stated, or not stated in an answer that is complete (MA-18, MA-45)."""
    if given(thing.host_status):
        return host_trouble(thing) is None
    return isinstance(thing, models.Volume) or has_config(thing)


def is_gone(thing: models.Machine | models.Volume) -> bool:
    """Return whether the machine or volume no longer exists.

    `replaced` and `migrated` are states of a version: they say nothing about the machine (LC-43).
    """
    return thing.state == "destroyed"


def is_leaving(machine: models.Machine) -> bool:
    """Return whether the machine is being destroyed; it may still run if its host is dead (HS-1)."""
    return machine.state == "destroying"


def is_live(machine: models.Machine) -> bool:
    """Return whether the machine is there to stay, in whatever state."""
    return not is_gone(machine) and not is_leaving(machine)


def is_dying(volume: models.Volume) -> bool:
    """Return whether the volume is gone or going (VO-13)."""
    return volume.state in _DYING


def as_dying(volume: models.Volume) -> models.Volume:
    """Return a copy of the volume that is on its way out, unknown keys included."""
    return (
        volume
        if is_dying(volume)
        else models.Volume.from_dict({**volume.to_dict(), "state": "pending_destroy"})
    )


def network_name(thing: models.App | models.IpAssignment) -> str | None:
    """Return the name of an app's or an address's private network; None where the answer does not say.

    An empty name is the organisation's default network (IP-12).
    """
    if isinstance(thing, models.App):
        name = given(thing.network)
    else:
        network = given(thing.network)
        name = given(network.name) if network else None
    return None if name is None else name or DEFAULT_NETWORK


def same_image(declared: str, observed: str) -> bool:
    """Return whether the observed image is the declared one.

    The service may add the digest of what it resolved (MA-43). A declared digest must be there.
    """
    (wanted, wanted_tag, wanted_digest), (name, tag, digest) = _image(declared), _image(observed)
    if wanted != name or (wanted_digest and wanted_digest != digest):
        return False
    return bool(wanted_digest) or wanted_tag == tag


def _image(reference: str) -> tuple[str, str, str]:
    """Split an image into its name, its tag and its digest."""
    rest, _, digest = reference.partition("@")
    folder, slash, last = rest.rpartition("/")
    name, _, tag = last.partition(":")
    return folder + slash + name, tag or _DEFAULT_TAG, digest


def exit_of(event: models.MachineEvent) -> dict[str, Any] | None:
    """Return what an event reports of a process that ended; None if it is about something else (LC-29)."""
    request = given(event.request)
    report = given(request.exit_event) if request and event.type_ == "exit" else None
    return report.to_dict() if report else None


def with_metadata(machine: models.Machine, metadata: Mapping[str, str]) -> models.Machine:
    """Return a copy of the machine with these keys in its metadata too."""
    config = config_of(machine)
    config["metadata"] = {**(config.get("metadata") or {}), **metadata}
    return models.Machine.from_dict({**machine.to_dict(), "config": config})


def with_state(machine: models.Machine, state: str) -> models.Machine:
    """Return a copy of the machine in another state, unknown keys included."""
    return models.Machine.from_dict({**machine.to_dict(), "state": state})


def as_mapping(config: models.MachineConfig | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a config as a mapping of the API's own keys."""
    return config.to_dict() if isinstance(config, models.MachineConfig) else config
