from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.machine_schedule import MachineSchedule
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_MachineSchedule = members(MachineSchedule)
_NAMES = (
    "auto_destroy",
    "cache_drive",
    "checks",
    "containers",
    "disable_machine_autostart",
    "dns",
    "env",
    "files",
    "guest",
    "image",
    "init",
    "metadata",
    "metrics",
    "mounts",
    "processes",
    "restart",
    "rootfs",
    "schedule",
    "services",
    "size",
    "spot",
    "standbys",
    "statics",
    "stop_config",
    "volumes",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineConfig")


@_attrs_define(repr=False)
class MachineConfig(Model[Any]):
    """What a Machine runs, and how. The service echoes it with defaults filled in and durations normalised."""

    auto_destroy: bool | None | Unset = UNSET
    """ Destroy it when its process ends, however it ends. Default: false. """
    cache_drive: models.MachineCacheDrive | None | Unset = UNSET
    """ A disk for caches. """
    checks: models.MachineConfigChecks | None | Unset = UNSET
    """ Checks by name, of the Machine itself; those of a service stand in the service. """
    containers: list[models.ContainerConfig] | None | Unset = UNSET
    """ Several containers in one Machine, each with its own image. """
    disable_machine_autostart: bool | None | Unset = UNSET
    """ Replaced by a service's `autostart`. """
    dns: models.DnsConfig | None | Unset = UNSET
    """ How names are resolved on it. """
    env: Any | Unset = UNSET
    """ Environment variables: a map of text to text. """
    files: list[models.MachineFile] | None | Unset = UNSET
    """ Files to write before it starts. """
    guest: models.MachineGuest | None | Unset = UNSET
    """ CPUs and memory. Default: shared, 1 CPU, 256 MiB. """
    image: None | str | Unset = UNSET
    """ Image to run, as in `nginx:alpine`. """
    init: models.MachineInit | None | Unset = UNSET
    """ What to run instead of what the image says. """
    metadata: Any | Unset = UNSET
    """ Texts by key, for you and for tools: a map of text to text. """
    metrics: models.MachineMetrics | None | Unset = UNSET
    """ Where Prometheus metrics are collected. """
    mounts: list[models.MachineMount] | None | Unset = UNSET
    """ Volumes to mount; at most one. """
    processes: list[models.MachineProcess] | None | Unset = UNSET
    """ Several processes in one Machine, each with its own environment. """
    restart: models.MachineRestart | None | Unset = UNSET
    """ What to do when the process ends. Default: as `on-failure` with 10 retries. """
    rootfs: models.MachineRootfs | None | Unset = UNSET
    """ How the root file system is kept. """
    schedule: MachineSchedule | None | str | Unset = UNSET
    """ Start it about once every hour, day, week or month. """
    services: list[models.MachineService] | None | Unset = UNSET
    """ Ports that the proxy serves. """
    size: None | str | Unset = UNSET
    """ A named size, as in `shared-cpu-2x`; replaced by `guest`. """
    spot: models.MachineSpot | None | Unset = UNSET
    """ Run on spare capacity. """
    standbys: list[str] | None | Unset = UNSET
    """ Ids of Machines that it stands by for: it stays stopped until one of their hosts fails. """
    statics: list[models.MachineStatic] | None | Unset = UNSET
    """ Folders that the proxy serves itself. """
    stop_config: None | models.StopConfig | Unset = UNSET
    """ How it is stopped. """
    volumes: list[models.VolumeConfig] | None | Unset = UNSET
    """ Volumes that last as long as the Machine: temporary folders, or images. Containers mount them by name. """

    _secrets: ClassVar[tuple[str, ...]] = ("env",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (auto_destroy := self.auto_destroy) is not UNSET:
            d["auto_destroy"] = auto_destroy
        if (cache_drive := self.cache_drive) is not UNSET:
            d["cache_drive"] = (
                cache_drive.to_dict() if type(cache_drive) is models.MachineCacheDrive else as_json(cache_drive)
            )
        if (checks := self.checks) is not UNSET:
            d["checks"] = checks.to_dict() if type(checks) is models.MachineConfigChecks else as_json(checks)
        if (containers := self.containers) is not UNSET:
            d["containers"] = (
                [each.to_dict() if type(each) is models.ContainerConfig else as_json(each) for each in containers]
                if type(containers) is list
                else as_json(containers)
            )
        if (disable_machine_autostart := self.disable_machine_autostart) is not UNSET:
            d["disable_machine_autostart"] = disable_machine_autostart
        if (dns := self.dns) is not UNSET:
            d["dns"] = dns.to_dict() if type(dns) is models.DnsConfig else as_json(dns)
        if (env := self.env) is not UNSET:
            d["env"] = env
        if (files := self.files) is not UNSET:
            d["files"] = (
                [each.to_dict() if type(each) is models.MachineFile else as_json(each) for each in files]
                if type(files) is list
                else as_json(files)
            )
        if (guest := self.guest) is not UNSET:
            d["guest"] = guest.to_dict() if type(guest) is models.MachineGuest else as_json(guest)
        if (image := self.image) is not UNSET:
            d["image"] = image
        if (init := self.init) is not UNSET:
            d["init"] = init.to_dict() if type(init) is models.MachineInit else as_json(init)
        if (metadata := self.metadata) is not UNSET:
            d["metadata"] = metadata
        if (metrics := self.metrics) is not UNSET:
            d["metrics"] = metrics.to_dict() if type(metrics) is models.MachineMetrics else as_json(metrics)
        if (mounts := self.mounts) is not UNSET:
            d["mounts"] = (
                [each.to_dict() if type(each) is models.MachineMount else as_json(each) for each in mounts]
                if type(mounts) is list
                else as_json(mounts)
            )
        if (processes := self.processes) is not UNSET:
            d["processes"] = (
                [each.to_dict() if type(each) is models.MachineProcess else as_json(each) for each in processes]
                if type(processes) is list
                else as_json(processes)
            )
        if (restart := self.restart) is not UNSET:
            d["restart"] = restart.to_dict() if type(restart) is models.MachineRestart else as_json(restart)
        if (rootfs := self.rootfs) is not UNSET:
            d["rootfs"] = rootfs.to_dict() if type(rootfs) is models.MachineRootfs else as_json(rootfs)
        if (schedule := self.schedule) is not UNSET:
            d["schedule"] = schedule._value_ if type(schedule) is MachineSchedule else as_json(schedule)
        if (services := self.services) is not UNSET:
            d["services"] = (
                [each.to_dict() if type(each) is models.MachineService else as_json(each) for each in services]
                if type(services) is list
                else as_json(services)
            )
        if (size := self.size) is not UNSET:
            d["size"] = size
        if (spot := self.spot) is not UNSET:
            d["spot"] = spot.to_dict() if type(spot) is models.MachineSpot else as_json(spot)
        if (standbys := self.standbys) is not UNSET:
            d["standbys"] = standbys
        if (statics := self.statics) is not UNSET:
            d["statics"] = (
                [each.to_dict() if type(each) is models.MachineStatic else as_json(each) for each in statics]
                if type(statics) is list
                else as_json(statics)
            )
        if (stop_config := self.stop_config) is not UNSET:
            d["stop_config"] = stop_config.to_dict() if type(stop_config) is models.StopConfig else as_json(stop_config)
        if (volumes := self.volumes) is not UNSET:
            d["volumes"] = (
                [each.to_dict() if type(each) is models.VolumeConfig else as_json(each) for each in volumes]
                if type(volumes) is list
                else as_json(volumes)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.auto_destroy,
            cache_drive,
            checks,
            containers,
            self.disable_machine_autostart,
            dns,
            self.env,
            files,
            guest,
            self.image,
            init,
            self.metadata,
            metrics,
            mounts,
            processes,
            restart,
            rootfs,
            schedule,
            services,
            self.size,
            spot,
            self.standbys,
            statics,
            stop_config,
            volumes,
        ) = _values(d)
        self.cache_drive = (
            models.MachineCacheDrive.from_dict(cache_drive) if isinstance(cache_drive, dict) else cache_drive
        )
        self.checks = models.MachineConfigChecks.from_dict(checks) if isinstance(checks, dict) else checks
        self.containers = (
            [models.ContainerConfig.from_dict(each) if isinstance(each, dict) else each for each in containers]
            if isinstance(containers, list)
            else containers
        )
        self.dns = models.DnsConfig.from_dict(dns) if isinstance(dns, dict) else dns
        self.files = (
            [models.MachineFile.from_dict(each) if isinstance(each, dict) else each for each in files]
            if isinstance(files, list)
            else files
        )
        self.guest = models.MachineGuest.from_dict(guest) if isinstance(guest, dict) else guest
        self.init = models.MachineInit.from_dict(init) if isinstance(init, dict) else init
        self.metrics = models.MachineMetrics.from_dict(metrics) if isinstance(metrics, dict) else metrics
        self.mounts = (
            [models.MachineMount.from_dict(each) if isinstance(each, dict) else each for each in mounts]
            if isinstance(mounts, list)
            else mounts
        )
        self.processes = (
            [models.MachineProcess.from_dict(each) if isinstance(each, dict) else each for each in processes]
            if isinstance(processes, list)
            else processes
        )
        self.restart = models.MachineRestart.from_dict(restart) if isinstance(restart, dict) else restart
        self.rootfs = models.MachineRootfs.from_dict(rootfs) if isinstance(rootfs, dict) else rootfs
        self.schedule = _MachineSchedule(schedule, schedule) if isinstance(schedule, str) else schedule
        self.services = (
            [models.MachineService.from_dict(each) if isinstance(each, dict) else each for each in services]
            if isinstance(services, list)
            else services
        )
        self.spot = models.MachineSpot.from_dict(spot) if isinstance(spot, dict) else spot
        self.statics = (
            [models.MachineStatic.from_dict(each) if isinstance(each, dict) else each for each in statics]
            if isinstance(statics, list)
            else statics
        )
        self.stop_config = models.StopConfig.from_dict(stop_config) if isinstance(stop_config, dict) else stop_config
        self.volumes = (
            [models.VolumeConfig.from_dict(each) if isinstance(each, dict) else each for each in volumes]
            if isinstance(volumes, list)
            else volumes
        )
        self._others = None if len(d) == 25 else others(d, _NAMES)
        return self
