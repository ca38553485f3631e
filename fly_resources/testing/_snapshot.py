"""The world as plain data for comparison: equal worlds give equal snapshots.

Identifiers, times, leases and secret values are omitted; references use names instead of ids. Destroyed
machines and dying volumes are omitted too.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from fly_resources.testing import _certificates as certificates
from fly_resources.testing import _lifecycle as lifecycle

if TYPE_CHECKING:
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Machine, World
    from fly_resources.testing._wire import Json, JsonObject

#: Metadata under this key is derived from secret digests, which differ between simulators.
_DERIVED_KEY = re.compile(r"secret|digest|fingerprint", re.IGNORECASE)
_DERIVED = "(derived from secrets)"


def snapshot(world: World, platform: Platform, now: float) -> dict[str, Json]:
    """Return everything in the world except identifiers, times and secret values."""
    return {"apps": {name: _app(app, platform, now) for name, app in sorted(world.apps.items())}}


def _app(app: App, platform: Platform, now: float) -> JsonObject:
    for machine in app.machines.values():
        lifecycle.advance(machine, now)
    names = {machine.id: machine.name for machine in app.machines.values()}
    return {
        "org": app.org,
        "network": app.network,
        "machines": _sorted(
            [_machine(app, m, names) for m in app.machines.values() if m.state != "destroyed"]
        ),
        "volumes": _sorted(
            [
                {
                    "name": volume.name,
                    "region": volume.region,
                    "size_gb": volume.size_gb,
                    "encrypted": volume.encrypted,
                    "snapshot_retention": volume.snapshot_retention,
                    "auto_backup_enabled": volume.auto_backup_enabled,
                    "attached_to": names.get(volume.held_by(now) or ""),
                }
                for volume in app.volumes.values()
                if volume.deleted_at is None
            ]
        ),
        "secrets": sorted(app.secrets),
        "certificates": _sorted(
            [
                {
                    "hostname": cert.hostname,
                    "acme_requested": cert.acme_requested,
                    "custom": cert.custom,
                    "active": certificates.active(platform, app, cert),
                }
                for cert in app.certificates.values()
            ]
        ),
        "ips": _sorted(
            [
                {
                    "type": ip.type,
                    "region": ip.region,
                    "network": ip.network,
                    "service_name": ip.service_name,
                }
                for ip in app.ips.values()
            ]
        ),
    }


def _machine(app: App, machine: Machine, names: dict[str, str]) -> JsonObject:
    return {
        "name": machine.name if machine.named_by_caller else None,
        "region": machine.region,
        "state": machine.state,
        "cordoned": machine.cordoned,
        "config": _config(app, machine, names),
        **({"armed": machine.armed} if machine.config.get("schedule") else {}),
        "secrets_are_current": machine.secrets is None or machine.secrets == app.digests(),
    }


def _config(app: App, machine: Machine, names: dict[str, str]) -> JsonObject:
    config: dict[str, Json] = dict(machine.config)
    mounts = config.get("mounts")
    if isinstance(mounts, list):
        config["mounts"] = [_without_volume_id(app, mount) for mount in mounts]
    standbys = config.get("standbys")
    if isinstance(standbys, list):
        config["standbys"] = [names.get(str(machine_id)) for machine_id in standbys]
    metadata = config.get("metadata")
    if isinstance(metadata, dict):
        config["metadata"] = {
            key: _DERIVED if _DERIVED_KEY.search(key) else value for key, value in metadata.items()
        }
    return config


def _without_volume_id(app: App, mount: Json) -> Json:
    if not isinstance(mount, dict):
        return mount
    volume = app.volumes.get(str(mount.get("volume")))
    return {**mount, "volume": None if volume is None else volume.name}


def _sorted(entries: list[JsonObject]) -> list[JsonObject]:
    return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))
