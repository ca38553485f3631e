"""Describe live resources: planning such a description reports no changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from fly_resources._checks.fields import MAX_VOLUME_GB
from fly_resources._engine.effects import Flow, call
from fly_resources._nouns import certificates
from fly_resources._nouns.existence import or_none
from fly_resources._nouns.machine import live
from fly_resources._sdk import reading, requests
from fly_resources._verbs.verbs import read
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.resources import App, Certificate, FlySecret, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

ResourceT = TypeVar("ResourceT", bound=Resource[Any])

_LONGEST_RETENTION: Final = 60
#: Values that the service sets by default and that a description can omit.
_DEFAULT_RETENTION: Final = 5
OWN_CERTIFICATE: Final = (
    "it is a certificate of your own, which cannot be read back; give its fullchain= and private_key="
)


def read_as_resource(resource: ResourceT) -> Flow[ResourceT | None]:
    """Return a description of the live resource; values that the service does not return stay as given.

    Raises:
        ReconcileError: No description exists whose plan reports no changes.
    """
    model = yield from read(resource)
    if model is None:
        return None
    fields, refused = yield from _fields(resource, model)
    try:
        if refused is None:
            return attrs.evolve(resource, **fields)
    except ConfigurationError as error:
        refused = str(error)
    raise ReconcileError(f"{resource} cannot be described so that its plan changes nothing: {refused}.")


def _fields(resource: Resource[Any], model: Any) -> Flow[tuple[Mapping[str, Any], str | None]]:  # noqa: ANN401  # its model
    """Return the fields read for a resource, and the reason they cannot describe it, or None."""
    match resource:
        case App():
            return app_fields(model), None
        case Volume():
            trouble = reading.host_trouble(model)
            return volume_fields(model), trouble and f"its host is {trouble}"
        case Machine():
            return (yield from _machine_fields(resource, model))
        case FlySecret():
            refused = "its value is not read, and none is given" if resource.value is None else None
            return {"if_absent": True}, refused
        case Certificate():
            is_acme = certificates.is_requested(model)
            fields = {"fullchain": None, "private_key": None} if is_acme else {}
            return fields, None if is_acme or resource.fullchain else OWN_CERTIFICATE
        case _:
            app = None
            if reading.given(model.network):
                app = yield from call(requests.get_app(resource.app_name))
            return address_fields(model, app), None


def _machine_fields(resource: Machine, model: models.Machine) -> Flow[tuple[Mapping[str, Any], str | None]]:
    disks: dict[str, tuple[Any, str]] = {}
    for mount in reading.mounts_of(model) if reading.has_config(model) else ():
        volume = yield from or_none(requests.get_volume(resource.app_name, str(mount.get("volume", ""))))
        # For a lost resource that is named by its id, the plan reports the loss.
        if volume is not None and reading.is_reachable(volume):
            disks[volume.id] = (Volume(resource.app, **volume_fields(volume)), volume.region)
    described = live.describe(model, {}, disks, hides=True)
    empty: dict[str, Any] = {"region": None, "mounts": {}, "state": None, "extra": None, "protect": False}
    return {**empty, **described.arguments}, described.refused


def app_fields(app: models.App) -> dict[str, Any]:
    network = reading.network_name(app)
    return {"org": reading.org_slug(app), "network": None if network == reading.DEFAULT_NETWORK else network}


def volume_fields(volume: models.Volume) -> dict[str, Any]:
    retention = reading.given(volume.snapshot_retention)
    unusual = retention != _DEFAULT_RETENTION and retention in range(1, _LONGEST_RETENTION + 1)
    return {
        "name": volume.name,
        "size_gb": max(1, min(volume.size_gb, MAX_VOLUME_GB)),
        "region": volume.region,
        "snapshot_retention": retention if unusual else None,
        "auto_backup_enabled": False if reading.given(volume.auto_backup_enabled) is False else None,
        "encrypted": reading.given(volume.encrypted) is not False,
    }


def address_fields(address: models.IpAssignment, app: models.App | None) -> dict[str, str | None]:
    """Return the fields that identify an address within its type; the app's own network is omitted."""
    region, network = reading.given(address.region), reading.network_name(address)
    own = (reading.network_name(app) if app else None) or reading.DEFAULT_NETWORK
    return {
        "region": region if region not in {"", "global"} else None,
        "network": network if network != own else None,
        "service_name": reading.given(address.service_name) or None,
    }
