"""Changes that others make to an app: the CLI's deploys and clones, and the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _mounts as mounts
from fly_resources.testing._call import as_object
from fly_resources.testing._config import normalised
from fly_resources.testing._machines import take_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Machine, Volume
    from fly_resources.testing._wire import Json

_AFTER_MIGRATION_S = 7 * 24 * 3600.0  # VO-12
_FLYCTL = "fly_flyctl_version"


def edit_machine(app: App, name: str, now: float, change: Callable[[Machine], object]) -> Machine:
    """Change the record of a machine, and return the machine.

    Raises:
        LookupError: The machine does not exist.
    """
    record = find_machine(app, name, now).fork()
    change(record)
    app.machines[record.id] = record
    return record


def find_machine(app: App, name: str, now: float) -> Machine:
    """Return the machine with that name or id that is not destroyed.

    Raises:
        LookupError: The machine does not exist.
    """
    for machine in app.machines.values():
        lifecycle.advance(machine, now)
    found = next((m for m in app.machines.values() if name in {m.name, m.id} and not m.gone), None)
    if found is None:
        raise LookupError(f"app {app.name} has no machine {name}")
    return found


def set_host_status(app: App, name: str, status: str, platform: Platform, now: float) -> None:
    """Lose or restore the host of a machine; on restore, pending deletions are carried out (HS-1).

    Raises:
        LookupError: The machine does not exist.
    """
    for machine in app.machines.values():
        lifecycle.advance(machine, now)
    there = [m for m in app.machines.values() if name in {m.name, m.id} and m.state != "destroyed"]
    if not there:
        raise LookupError(f"app {app.name} has no machine {name}")
    machine = there[-1].fork()
    machine.host_status = status
    app.machines[machine.id] = machine
    for volume in list(app.volumes.values()):
        if volume.held_by(now) == machine.id:
            app.volumes[volume.id] = attrs.evolve(volume, host_status=status)
    if status == "ok" and machine.state == "destroying" and not machine.schedule:
        mounts.release(app, machine.id, lifecycle.vanish(machine, now, platform), platform)


def find_volume(app: App, name: str) -> Volume:
    """Return the volume with that name or id.

    Raises:
        LookupError: The volume does not exist.
    """
    found = next((v for v in app.volumes.values() if name in {v.name, v.id}), None)
    if found is None:
        raise LookupError(f"app {app.name} has no volume {name}")
    return found


def deploy(app: App, image: str, names: tuple[str, ...], platform: Platform, now: float) -> None:
    """Update machines as `fly deploy` does: image and release metadata; the rest is unchanged (ME-6).

    Raises:
        LookupError: A machine is missing, or none was named and none was deployed by `fly deploy`.
    """
    machines = [find_machine(app, name, now) for name in names]
    if not names:
        machines = [m for m in app.machines.values() if not m.gone and _FLYCTL in _metadata(m)]
    if not machines:
        raise LookupError(f"app {app.name} has no machine of an earlier deploy: name some")
    last = max(int(_metadata(m).get("fly_release_version", "0")) for m in app.machines.values())
    release = {
        "fly_platform_version": "v2",
        "fly_process_group": "app",
        "fly_release_id": platform.ids.label(16),
        "fly_release_version": str(last + 1),
        _FLYCTL: "0.4.0",
    }
    for machine in machines:
        metadata: dict[str, Json] = {**_metadata(machine), **release}
        config = {**machine.config, "image": image, "metadata": metadata}
        is_asleep = machine.state in {"stopped", "suspended"}
        _new_version(app, machine, config, platform, now, skip_launch=is_asleep)  # LC-44


def clone(app: App, source: str, name: str, platform: Platform, now: float) -> Machine:
    """Copy a machine with its config and metadata, as `fly machine clone` does; not its volumes.

    Raises:
        LookupError: The source machine does not exist.
        ValueError: The name is taken.
    """
    original = find_machine(app, source, now)
    if any(m.name == name and m.state != "destroyed" for m in app.machines.values()):
        raise ValueError(f"app {app.name} has a machine {name} already")
    config = {key: value for key, value in original.config.items() if key != "mounts"}
    version = platform.ids.ulid(platform.wall.unix_ms(now))
    copy = attrs.evolve(
        original,
        id=platform.ids.machine(),
        name=name,
        named_by_caller=True,
        instance_id=version,
        private_ip=platform.ids.private_ip(),
        created_at=now,
        updated_at=now,
        config=config,
        state="created",
        lease=None,
        started_at=None,
        secrets=None if original.skip_secrets else app.digests(),
        schedule=[],
        events=[],
        versions=[(version, config)],
        scheduled_at=now,
        replaced_at=None,
        former=None,
    )
    lifecycle.created(copy, now, platform, launch=True)
    app.machines[copy.id] = copy
    return copy


def migrate(app: App, name: str, platform: Platform, now: float) -> None:
    """Move a machine to another host: its volume is replaced by one with another id (HS-2, VO-12).

    The machine keeps its id and gets a new version that mounts the new volume; the old volume is listed as
    dying and stays recoverable for 7 days. How Fly records the move is not among the facts.

    Raises:
        LookupError: The machine does not exist, or it mounts nothing.
    """
    machine = find_machine(app, name, now)
    old = next((v for v in app.volumes.values() if v.held_by(now) == machine.id), None)
    if old is None:
        raise LookupError(f"machine {name} of app {app.name} mounts no volume")
    ids = platform.ids
    new = attrs.evolve(old, id=ids.volume(), zone=ids.hex(4), created_at=now, host_status="ok", snapshots=())
    app.volumes[old.id] = attrs.evolve(
        old, machine_id=None, release_at=None, deleted_at=now, recoverable_s=_AFTER_MIGRATION_S
    )
    app.volumes[new.id] = new
    remounted: list[Json] = [
        {**as_object(mount, "fly.MachineMount"), "volume": new.id} for mount in _mounts(machine)
    ]
    skip_launch = platform.behaviour.update_starts_stopped and not lifecycle.is_started(machine)
    config = {**machine.config, "mounts": remounted}
    moved = _new_version(app, machine, config, platform, now, skip_launch=skip_launch)
    moved.host_status = "ok"


def _new_version(
    app: App,
    machine: Machine,
    config: Mapping[str, Json],
    platform: Platform,
    now: float,
    *,
    skip_launch: bool,
) -> Machine:
    changed = machine.fork()
    changed.updated_at = now
    take_version(app, changed, normalised(config, platform), platform, now, skip_launch=skip_launch)
    app.machines[changed.id] = changed
    return changed


def _metadata(machine: Machine) -> dict[str, str]:
    found = as_object(machine.config.get("metadata") or {}, "map[string]string")
    return {key: str(value) for key, value in found.items()}


def _mounts(machine: Machine) -> list[Json]:
    found = machine.config.get("mounts")
    return found if isinstance(found, list) else []
