"""Build resources from a file and the live app: machines to keep, new machines, and their volumes."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs

from fly_resources._flytoml import guests
from fly_resources._flytoml.configs import Mount  # noqa: TC001  # for typing.get_type_hints
from fly_resources._flytoml.live import Live, config_of, free_volumes, group_of, kept_machines
from fly_resources._flytoml.values import refusal
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.resources import App, Machine, Volume

if TYPE_CHECKING:
    from fly_machines import models
    from fly_machines.config_types import MachineConfigDict

Tree: TypeAlias = dict[str, Any]

_MOST_VOLUME_GB: Final = 500
_MOUNT_KEYS: Final = frozenset({"name", "path"})
#: Lists that a deployment replaces, even with an empty list (FT-114).
_REPLACED: Final = (
    ("services",),
    ("files",),
    ("statics",),
    ("init", "cmd"),
    ("init", "entrypoint"),
    ("init", "exec"),
)


@attrs.frozen
class ProcessGroup:
    """A process group of the file.

    Attributes:
        name: Its name.
        config: The config of its machines, with the API's keys, as flyctl builds it; `mounts` refers to the
            volume by name, whereas a resource has the volume in `Machine.mounts`.
        mount: The volume that each of its machines mounts, or None.
        has_services: Whether the proxy serves it.
    """

    name: str
    config: Tree = attrs.field(repr=False)
    mount: Mount | None
    has_services: bool

    def first_deployment(self, *, ha: bool = True) -> tuple[int, int]:
        """Return how many machines flyctl creates if there are none: started ones, and standbys (FT-122)."""
        if not ha or self.mount:
            return (1, 0)
        return (2, 0) if self.has_services else (1, 1)


@attrs.define
class Deployment:
    """Names the machines and volumes of one app, group by group."""

    app: App
    groups: Mapping[str, ProcessGroup]
    default_group: str
    live: Live
    host_dedication_id: str | None
    machines: list[Machine] = attrs.field(factory=list)
    volumes: list[Volume] = attrs.field(factory=list)
    #: Machines that exceed the file's groups or a requested count.
    surplus: list[Machine] = attrs.field(factory=list)
    _taken: set[str] = attrs.field(factory=set)

    def settle(self, counts: Mapping[str, int] | None, *, ha: bool) -> None:
        """Assign machines to every group.

        Raises:
            ConfigurationError, ReconcileError: See `FlyToml.resources`.
        """
        asked = _checked_counts(counts, self.groups)
        found = self._sort_by_group(asked)
        for name, group in self.groups.items():
            there = found.get(name, [])
            count = asked.get(name, len(there) or group.first_deployment(ha=ha)[0])
            for machine in sorted(there[:count], key=lambda each: (len(each.name), each.name)):
                self.machines.append(self._existing(group, machine))
            for _ in range(count - len(there)):
                self.machines.append(self._new(group))
            self.surplus += [self._bare(each) for each in there[count:]]

    def _sort_by_group(self, asked: Mapping[str, int]) -> dict[str, list[models.Machine]]:
        """Return the live machines of each group.

        Raises:
            ReconcileError: A group has no machines while some machines belong to no group: new machines would
                be created next to an existing set, although no count was requested.
        """
        found: dict[str, list[models.Machine]] = {}
        strangers = []
        for machine in kept_machines(self.live):
            self._taken |= {str(row.get("volume")) for row in config_of(machine).get("mounts") or []}
            named = group_of(machine, self.default_group)
            if named is None:
                strangers.append(machine)
            elif named in self.groups:
                found.setdefault(named, []).append(machine)
            else:
                self.surplus.append(self._bare(machine))
        missing = next((name for name in self.groups if name not in found and name not in asked), None)
        if strangers and missing is not None:
            stranger = strangers[0]
            raise ReconcileError(
                f"app {self.app.name} has machine {stranger.name} ({stranger.id}), which belongs to no "
                f"process group, so the machines of group {missing!r} would be created beside it. Give it "
                f"metadata fly_process_group={missing!r} if it is one of them, or say how many there should "
                f"be: counts={{{missing!r}: 1}}."
            )
        return found

    def _bare(self, machine: models.Machine) -> Machine:
        return Machine(self.app, machine.name, {"image": config_of(machine).get("image") or "unknown"})

    def _existing(self, group: ProcessGroup, machine: models.Machine) -> Machine:
        """Describe a live machine: its own name, region and volume, with the file's config."""
        seen = config_of(machine)
        config = _aligned(_declared(group), seen)
        guest = seen.get("guest") or {}
        if self.host_dedication_id and guest.get("host_dedication_id") == self.host_dedication_id:
            # it was written at creation, and does not change (FT-66)
            own = config.get("guest") or guest
            config["guest"] = {**own, "host_dedication_id": self.host_dedication_id}
        mounts = {}
        if not machine.config:
            # on an unreachable host: its mounts are unknown, and it cannot be changed
            config.pop("mounts", None)
        elif group.mount is not None:
            mounts = {group.mount.destination: self._mounted(group, group.mount, machine, seen)}
        return Machine(
            self.app,
            machine.name,
            cast("MachineConfigDict", config),
            region=machine.region or None,
            mounts=mounts,
        )

    def _mounted(self, group: ProcessGroup, mount: Mount, machine: models.Machine, seen: Tree) -> Volume:
        """Return the volume that a live machine mounts; it keeps its size and settings (FT-101, FT-102)."""
        row = next(iter(seen.get("mounts") or []), None)
        if row is None:
            return self._free_or_new(group, mount, machine.region or None)
        disk = next((each for each in self.live.volumes if each.id == row.get("volume")), None)
        name = disk.name if disk is not None else row.get("name") or mount.source
        if name != mount.source:
            raise ReconcileError(
                f"machine {machine.name} ({machine.id}) mounts volume {name!r}, and group {group.name!r} "
                f"needs {mount.source!r}: a machine keeps its volume. Use {name!r} in the file, or destroy "
                "this machine first, which keeps the volume."
            )
        return self._keep_volume(mount, str(row.get("volume")), disk, machine.region or None)

    def _keep_volume(
        self, mount: Mount, volume_id: str, disk: models.Volume | None, region: str | None
    ) -> Volume:
        self._taken.add(volume_id)
        size = max(1, min(disk.size_gb, _MOST_VOLUME_GB)) if disk is not None else 1
        where = disk.region if disk is not None else region
        volume = Volume(self.app, mount.source, size, region=where or None, id=volume_id)
        self.volumes.append(volume)
        return volume

    def _new(self, group: ProcessGroup) -> Machine:
        """Describe a machine to create (FT-95, FT-115)."""
        config = copy.deepcopy(_declared(group))
        if self.host_dedication_id:
            # at creation flyctl overwrites whatever [[vm]] says (FT-66)
            guest = config.get("guest") or guests.preset("vm.size", guests.DEFAULT_SIZE)
            config["guest"] = {**guest, "host_dedication_id": self.host_dedication_id}
        mounts = {}
        if group.mount is not None:
            volume = self._free_or_new(group, group.mount, self.app.primary_region)
            mounts = {group.mount.destination: volume}
        declared = cast("MachineConfigDict", config)
        return Machine(self.app, self._free_name(group.name), declared, mounts=mounts)

    def _free_or_new(self, group: ProcessGroup, mount: Mount, region: str | None) -> Volume:
        """Return an unattached volume, or describe a new one (FT-130, FT-131)."""
        free = [each for each in free_volumes(self.live, mount.source) if each.id not in self._taken]
        here = next((each for each in free if region is None or each.region == region), None)
        if here is not None:
            return self._keep_volume(mount, here.id, here, here.region)
        if free:
            other = free[0]
            raise ReconcileError(
                f"group {group.name!r} needs a volume {mount.source!r} in {region}, but {other.id} of that "
                f"name is free in {other.region}: no empty one is created in its place. Pass "
                f"primary_region={other.region!r} to use it, create one in {region} (fly volumes create "
                f"{mount.source} --region {region}), or delete it."
            )
        if region is None:
            raise refusal(
                "primary_region",
                f"is missing, and group {group.name!r} mounts a volume that does not exist yet. A volume "
                "cannot be moved later: set primary_region, or pass it.",
            )
        volume = Volume(
            self.app,
            mount.source,
            mount.size_gb,
            region=region,
            snapshot_retention=mount.snapshot_retention,
            auto_backup_enabled=mount.auto_backup_enabled,
        )
        if volume in self.volumes:
            raise refusal(
                "mounts",
                f"group {group.name!r} needs a second new volume {mount.source!r} in {region}, and two new "
                "volumes of one name cannot be told apart. Create them first (fly volumes create "
                f"{mount.source}), give each group a source of its own, or add one machine at a time.",
            )
        self.volumes.append(volume)
        return volume

    def _free_name(self, group: str) -> str:
        """Return the group's name with the first number that no machine of the app uses."""
        word = re.sub(r"[^A-Za-z0-9_.-]", "-", group).lstrip("._-")[:100] or "machine"
        used = {each.name for each in self.live.machines} | {each.name for each in self.machines}
        return next(name for number in range(1, len(used) + 2) if (name := f"{word}-{number}") not in used)


def _checked_counts(counts: object, groups: Mapping[str, ProcessGroup]) -> Mapping[str, int]:
    if counts is None:
        return {}
    if not isinstance(counts, Mapping):
        raise ConfigurationError(f"counts must map groups to numbers, such as {{'web': 2}}, got {counts!r}.")
    checked = {}
    for name, count in counts.items():
        if not isinstance(name, str) or name not in groups:
            raise ConfigurationError(f"counts: no group {name!r}; the groups are {', '.join(groups)}.")
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise ConfigurationError(f"counts: {name!r} must be a whole number from 0, got {count!r}.")
        checked[name] = count
    return checked


def _declared(group: ProcessGroup) -> Tree:
    """Return a group's config in the form that `Machine` takes; the volume is passed separately."""
    config = {key: each for key, each in group.config.items() if key != "mounts"}
    growth = [
        {key: each for key, each in row.items() if key not in _MOUNT_KEYS}
        for row in group.config.get("mounts", [])
    ]
    return {**config, "mounts": growth} if any(growth) else config


def _aligned(config: Tree, seen: Tree) -> Tree:
    """Return a config that is written like the live one wherever both mean the same.

    flyctl sends headers in random order (FT-82) and empty strings for unset values (FT-60); neither may
    restart a machine. Lists that the file no longer has become empty, as in a flyctl deployment.
    """
    config = copy.deepcopy(config)
    for path in _REPLACED:
        wanted, there = config, seen
        for part in path[:-1]:
            wanted, there = wanted.setdefault(part, {}), there.get(part) or {}
        if there.get(path[-1]) and path[-1] not in wanted:
            wanted[path[-1]] = []
    if config.get("services") and seen.get("standbys"):
        config["standbys"] = []  # FT-124
    for static, before in zip(config.get("statics", []), seen.get("statics") or [], strict=False):
        for key in ("tigris_bucket", "index_document"):
            if not static.get(key) and key not in before:
                static.pop(key, None)
    for check, before in _pairs_of_checks(config, seen):
        names = [row.get("name") for row in before.get("headers") or []]
        if "headers" in check:
            places = {name: place for place, name in enumerate(names)}
            order = [places.get(row["name"], len(names)) for row in check["headers"]]
            check["headers"] = [
                row for _, row in sorted(zip(order, check["headers"], strict=True), key=_first)
            ]
    return config


def _first(pair: tuple[int, Tree]) -> int:
    return pair[0]


def _pairs_of_checks(config: Tree, seen: Tree) -> list[tuple[Tree, Tree]]:
    """Return each declared check with its live counterpart."""
    before = seen.get("checks") or {}
    pairs = [(check, before.get(name) or {}) for name, check in config.get("checks", {}).items()]
    for service, other in zip(config.get("services", []), seen.get("services") or [], strict=False):
        pairs += zip(service.get("checks", []), other.get("checks") or [], strict=False)
    return pairs
