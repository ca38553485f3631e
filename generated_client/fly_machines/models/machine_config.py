from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.machine_schedule import MachineSchedule
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.container_config import ContainerConfig
    from ..models.dns_config import DnsConfig
    from ..models.machine_cache_drive import MachineCacheDrive
    from ..models.machine_config_checks import MachineConfigChecks
    from ..models.machine_file import MachineFile
    from ..models.machine_guest import MachineGuest
    from ..models.machine_init import MachineInit
    from ..models.machine_metrics import MachineMetrics
    from ..models.machine_mount import MachineMount
    from ..models.machine_process import MachineProcess
    from ..models.machine_restart import MachineRestart
    from ..models.machine_rootfs import MachineRootfs
    from ..models.machine_service import MachineService
    from ..models.machine_spot import MachineSpot
    from ..models.machine_static import MachineStatic
    from ..models.stop_config import StopConfig
    from ..models.volume_config import VolumeConfig


T = TypeVar("T", bound="MachineConfig")


@_attrs_define
class MachineConfig:
    """What a Machine runs, and how. The service echoes it with defaults filled in and durations normalised."""

    auto_destroy: bool | None | Unset = UNSET
    """ Destroy it when its process ends, however it ends. Default: false. """
    cache_drive: MachineCacheDrive | None | Unset = UNSET
    """ A disk for caches. """
    checks: MachineConfigChecks | None | Unset = UNSET
    """ Checks by name, of the Machine itself; those of a service stand in the service. """
    containers: list[ContainerConfig] | None | Unset = UNSET
    """ Several containers in one Machine, each with its own image. """
    disable_machine_autostart: bool | None | Unset = UNSET
    """ Replaced by a service's `autostart`. """
    dns: DnsConfig | None | Unset = UNSET
    """ How names are resolved on it. """
    env: Any | Unset = UNSET
    """ Environment variables: a map of text to text. """
    files: list[MachineFile] | None | Unset = UNSET
    """ Files to write before it starts. """
    guest: MachineGuest | None | Unset = UNSET
    """ CPUs and memory. Default: shared, 1 CPU, 256 MiB. """
    image: None | str | Unset = UNSET
    """ Image to run, as in `nginx:alpine`. """
    init: MachineInit | None | Unset = UNSET
    """ What to run instead of what the image says. """
    metadata: Any | Unset = UNSET
    """ Texts by key, for you and for tools: a map of text to text. """
    metrics: MachineMetrics | None | Unset = UNSET
    """ Where Prometheus metrics are collected. """
    mounts: list[MachineMount] | None | Unset = UNSET
    """ Volumes to mount; at most one. """
    processes: list[MachineProcess] | None | Unset = UNSET
    """ Several processes in one Machine, each with its own environment. """
    restart: MachineRestart | None | Unset = UNSET
    """ What to do when the process ends. Default: as `on-failure` with 10 retries. """
    rootfs: MachineRootfs | None | Unset = UNSET
    """ How the root file system is kept. """
    schedule: MachineSchedule | None | str | Unset = UNSET
    """ Start it about once every hour, day, week or month. """
    services: list[MachineService] | None | Unset = UNSET
    """ Ports that the proxy serves. """
    size: None | str | Unset = UNSET
    """ A named size, as in `shared-cpu-2x`; replaced by `guest`. """
    spot: MachineSpot | None | Unset = UNSET
    """ Run on spare capacity. """
    standbys: list[str] | None | Unset = UNSET
    """ Ids of Machines that it stands by for: it stays stopped until one of their hosts fails. """
    statics: list[MachineStatic] | None | Unset = UNSET
    """ Folders that the proxy serves itself. """
    stop_config: None | StopConfig | Unset = UNSET
    """ How it is stopped. """
    volumes: list[VolumeConfig] | None | Unset = UNSET
    """ Volumes that last as long as the Machine: temporary folders, or images. Containers mount them by name. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("env",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.auto_destroy is not UNSET:
            field_dict["auto_destroy"] = self.auto_destroy
        if self.cache_drive is not UNSET:
            field_dict["cache_drive"] = as_json(self.cache_drive)
        if self.checks is not UNSET:
            field_dict["checks"] = as_json(self.checks)
        if self.containers is not UNSET:
            field_dict["containers"] = as_json(self.containers)
        if self.disable_machine_autostart is not UNSET:
            field_dict["disable_machine_autostart"] = self.disable_machine_autostart
        if self.dns is not UNSET:
            field_dict["dns"] = as_json(self.dns)
        if self.env is not UNSET:
            field_dict["env"] = self.env
        if self.files is not UNSET:
            field_dict["files"] = as_json(self.files)
        if self.guest is not UNSET:
            field_dict["guest"] = as_json(self.guest)
        if self.image is not UNSET:
            field_dict["image"] = self.image
        if self.init is not UNSET:
            field_dict["init"] = as_json(self.init)
        if self.metadata is not UNSET:
            field_dict["metadata"] = self.metadata
        if self.metrics is not UNSET:
            field_dict["metrics"] = as_json(self.metrics)
        if self.mounts is not UNSET:
            field_dict["mounts"] = as_json(self.mounts)
        if self.processes is not UNSET:
            field_dict["processes"] = as_json(self.processes)
        if self.restart is not UNSET:
            field_dict["restart"] = as_json(self.restart)
        if self.rootfs is not UNSET:
            field_dict["rootfs"] = as_json(self.rootfs)
        if self.schedule is not UNSET:
            field_dict["schedule"] = as_json(self.schedule)
        if self.services is not UNSET:
            field_dict["services"] = as_json(self.services)
        if self.size is not UNSET:
            field_dict["size"] = self.size
        if self.spot is not UNSET:
            field_dict["spot"] = as_json(self.spot)
        if self.standbys is not UNSET:
            field_dict["standbys"] = self.standbys
        if self.statics is not UNSET:
            field_dict["statics"] = as_json(self.statics)
        if self.stop_config is not UNSET:
            field_dict["stop_config"] = as_json(self.stop_config)
        if self.volumes is not UNSET:
            field_dict["volumes"] = as_json(self.volumes)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_config = cls(
            auto_destroy=d.pop("auto_destroy", UNSET),
            cache_drive=as_model(d.pop("cache_drive", UNSET), models.MachineCacheDrive),
            checks=as_model(d.pop("checks", UNSET), models.MachineConfigChecks),
            containers=as_list(d.pop("containers", UNSET), lambda item: as_model(item, models.ContainerConfig)),
            disable_machine_autostart=d.pop("disable_machine_autostart", UNSET),
            dns=as_model(d.pop("dns", UNSET), models.DnsConfig),
            env=d.pop("env", UNSET),
            files=as_list(d.pop("files", UNSET), lambda item: as_model(item, models.MachineFile)),
            guest=as_model(d.pop("guest", UNSET), models.MachineGuest),
            image=d.pop("image", UNSET),
            init=as_model(d.pop("init", UNSET), models.MachineInit),
            metadata=d.pop("metadata", UNSET),
            metrics=as_model(d.pop("metrics", UNSET), models.MachineMetrics),
            mounts=as_list(d.pop("mounts", UNSET), lambda item: as_model(item, models.MachineMount)),
            processes=as_list(d.pop("processes", UNSET), lambda item: as_model(item, models.MachineProcess)),
            restart=as_model(d.pop("restart", UNSET), models.MachineRestart),
            rootfs=as_model(d.pop("rootfs", UNSET), models.MachineRootfs),
            schedule=as_known(d.pop("schedule", UNSET), MachineSchedule),
            services=as_list(d.pop("services", UNSET), lambda item: as_model(item, models.MachineService)),
            size=d.pop("size", UNSET),
            spot=as_model(d.pop("spot", UNSET), models.MachineSpot),
            standbys=d.pop("standbys", UNSET),
            statics=as_list(d.pop("statics", UNSET), lambda item: as_model(item, models.MachineStatic)),
            stop_config=as_model(d.pop("stop_config", UNSET), models.StopConfig),
            volumes=as_list(d.pop("volumes", UNSET), lambda item: as_model(item, models.VolumeConfig)),
        )
        machine_config.additional_properties = d
        return machine_config

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
