from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.machine_schedule import MachineSchedule
from ..types import UNSET, Unset

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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.dns_config import DnsConfig  # noqa: PLC0415
        from ..models.machine_cache_drive import MachineCacheDrive  # noqa: PLC0415
        from ..models.machine_config_checks import MachineConfigChecks  # noqa: PLC0415
        from ..models.machine_guest import MachineGuest  # noqa: PLC0415
        from ..models.machine_init import MachineInit  # noqa: PLC0415
        from ..models.machine_metrics import MachineMetrics  # noqa: PLC0415
        from ..models.machine_restart import MachineRestart  # noqa: PLC0415
        from ..models.machine_rootfs import MachineRootfs  # noqa: PLC0415
        from ..models.machine_spot import MachineSpot  # noqa: PLC0415
        from ..models.stop_config import StopConfig  # noqa: PLC0415

        auto_destroy: bool | None | Unset
        if isinstance(self.auto_destroy, Unset):
            auto_destroy = UNSET
        else:
            auto_destroy = self.auto_destroy

        cache_drive: dict[str, Any] | None | Unset
        if isinstance(self.cache_drive, Unset):
            cache_drive = UNSET
        elif isinstance(self.cache_drive, MachineCacheDrive):
            cache_drive = self.cache_drive.to_dict()
        else:
            cache_drive = self.cache_drive

        checks: dict[str, Any] | None | Unset
        if isinstance(self.checks, Unset):
            checks = UNSET
        elif isinstance(self.checks, MachineConfigChecks):
            checks = self.checks.to_dict()
        else:
            checks = self.checks

        containers: list[dict[str, Any]] | None | Unset
        if isinstance(self.containers, Unset):
            containers = UNSET
        elif isinstance(self.containers, list):
            containers = []
            for containers_type_0_item_data in self.containers:
                containers_type_0_item = containers_type_0_item_data.to_dict()
                containers.append(containers_type_0_item)

        else:
            containers = self.containers

        disable_machine_autostart: bool | None | Unset
        if isinstance(self.disable_machine_autostart, Unset):
            disable_machine_autostart = UNSET
        else:
            disable_machine_autostart = self.disable_machine_autostart

        dns: dict[str, Any] | None | Unset
        if isinstance(self.dns, Unset):
            dns = UNSET
        elif isinstance(self.dns, DnsConfig):
            dns = self.dns.to_dict()
        else:
            dns = self.dns

        env = self.env

        files: list[dict[str, Any]] | None | Unset
        if isinstance(self.files, Unset):
            files = UNSET
        elif isinstance(self.files, list):
            files = []
            for files_type_0_item_data in self.files:
                files_type_0_item = files_type_0_item_data.to_dict()
                files.append(files_type_0_item)

        else:
            files = self.files

        guest: dict[str, Any] | None | Unset
        if isinstance(self.guest, Unset):
            guest = UNSET
        elif isinstance(self.guest, MachineGuest):
            guest = self.guest.to_dict()
        else:
            guest = self.guest

        image: None | str | Unset
        if isinstance(self.image, Unset):
            image = UNSET
        else:
            image = self.image

        init: dict[str, Any] | None | Unset
        if isinstance(self.init, Unset):
            init = UNSET
        elif isinstance(self.init, MachineInit):
            init = self.init.to_dict()
        else:
            init = self.init

        metadata = self.metadata

        metrics: dict[str, Any] | None | Unset
        if isinstance(self.metrics, Unset):
            metrics = UNSET
        elif isinstance(self.metrics, MachineMetrics):
            metrics = self.metrics.to_dict()
        else:
            metrics = self.metrics

        mounts: list[dict[str, Any]] | None | Unset
        if isinstance(self.mounts, Unset):
            mounts = UNSET
        elif isinstance(self.mounts, list):
            mounts = []
            for mounts_type_0_item_data in self.mounts:
                mounts_type_0_item = mounts_type_0_item_data.to_dict()
                mounts.append(mounts_type_0_item)

        else:
            mounts = self.mounts

        processes: list[dict[str, Any]] | None | Unset
        if isinstance(self.processes, Unset):
            processes = UNSET
        elif isinstance(self.processes, list):
            processes = []
            for processes_type_0_item_data in self.processes:
                processes_type_0_item = processes_type_0_item_data.to_dict()
                processes.append(processes_type_0_item)

        else:
            processes = self.processes

        restart: dict[str, Any] | None | Unset
        if isinstance(self.restart, Unset):
            restart = UNSET
        elif isinstance(self.restart, MachineRestart):
            restart = self.restart.to_dict()
        else:
            restart = self.restart

        rootfs: dict[str, Any] | None | Unset
        if isinstance(self.rootfs, Unset):
            rootfs = UNSET
        elif isinstance(self.rootfs, MachineRootfs):
            rootfs = self.rootfs.to_dict()
        else:
            rootfs = self.rootfs

        schedule: None | str | Unset
        if isinstance(self.schedule, Unset):
            schedule = UNSET
        elif isinstance(self.schedule, MachineSchedule):
            schedule = self.schedule.value
        else:
            schedule = self.schedule

        services: list[dict[str, Any]] | None | Unset
        if isinstance(self.services, Unset):
            services = UNSET
        elif isinstance(self.services, list):
            services = []
            for services_type_0_item_data in self.services:
                services_type_0_item = services_type_0_item_data.to_dict()
                services.append(services_type_0_item)

        else:
            services = self.services

        size: None | str | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        else:
            size = self.size

        spot: dict[str, Any] | None | Unset
        if isinstance(self.spot, Unset):
            spot = UNSET
        elif isinstance(self.spot, MachineSpot):
            spot = self.spot.to_dict()
        else:
            spot = self.spot

        standbys: list[str] | None | Unset
        if isinstance(self.standbys, Unset):
            standbys = UNSET
        elif isinstance(self.standbys, list):
            standbys = self.standbys

        else:
            standbys = self.standbys

        statics: list[dict[str, Any]] | None | Unset
        if isinstance(self.statics, Unset):
            statics = UNSET
        elif isinstance(self.statics, list):
            statics = []
            for statics_type_0_item_data in self.statics:
                statics_type_0_item = statics_type_0_item_data.to_dict()
                statics.append(statics_type_0_item)

        else:
            statics = self.statics

        stop_config: dict[str, Any] | None | Unset
        if isinstance(self.stop_config, Unset):
            stop_config = UNSET
        elif isinstance(self.stop_config, StopConfig):
            stop_config = self.stop_config.to_dict()
        else:
            stop_config = self.stop_config

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if auto_destroy is not UNSET:
            field_dict["auto_destroy"] = auto_destroy
        if cache_drive is not UNSET:
            field_dict["cache_drive"] = cache_drive
        if checks is not UNSET:
            field_dict["checks"] = checks
        if containers is not UNSET:
            field_dict["containers"] = containers
        if disable_machine_autostart is not UNSET:
            field_dict["disable_machine_autostart"] = disable_machine_autostart
        if dns is not UNSET:
            field_dict["dns"] = dns
        if env is not UNSET:
            field_dict["env"] = env
        if files is not UNSET:
            field_dict["files"] = files
        if guest is not UNSET:
            field_dict["guest"] = guest
        if image is not UNSET:
            field_dict["image"] = image
        if init is not UNSET:
            field_dict["init"] = init
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if metrics is not UNSET:
            field_dict["metrics"] = metrics
        if mounts is not UNSET:
            field_dict["mounts"] = mounts
        if processes is not UNSET:
            field_dict["processes"] = processes
        if restart is not UNSET:
            field_dict["restart"] = restart
        if rootfs is not UNSET:
            field_dict["rootfs"] = rootfs
        if schedule is not UNSET:
            field_dict["schedule"] = schedule
        if services is not UNSET:
            field_dict["services"] = services
        if size is not UNSET:
            field_dict["size"] = size
        if spot is not UNSET:
            field_dict["spot"] = spot
        if standbys is not UNSET:
            field_dict["standbys"] = standbys
        if statics is not UNSET:
            field_dict["statics"] = statics
        if stop_config is not UNSET:
            field_dict["stop_config"] = stop_config

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.container_config import ContainerConfig  # noqa: PLC0415
        from ..models.dns_config import DnsConfig  # noqa: PLC0415
        from ..models.machine_cache_drive import MachineCacheDrive  # noqa: PLC0415
        from ..models.machine_config_checks import MachineConfigChecks  # noqa: PLC0415
        from ..models.machine_file import MachineFile  # noqa: PLC0415
        from ..models.machine_guest import MachineGuest  # noqa: PLC0415
        from ..models.machine_init import MachineInit  # noqa: PLC0415
        from ..models.machine_metrics import MachineMetrics  # noqa: PLC0415
        from ..models.machine_mount import MachineMount  # noqa: PLC0415
        from ..models.machine_process import MachineProcess  # noqa: PLC0415
        from ..models.machine_restart import MachineRestart  # noqa: PLC0415
        from ..models.machine_rootfs import MachineRootfs  # noqa: PLC0415
        from ..models.machine_service import MachineService  # noqa: PLC0415
        from ..models.machine_spot import MachineSpot  # noqa: PLC0415
        from ..models.machine_static import MachineStatic  # noqa: PLC0415
        from ..models.stop_config import StopConfig  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_auto_destroy(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        auto_destroy = _parse_auto_destroy(d.pop("auto_destroy", UNSET))

        def _parse_cache_drive(data: object) -> MachineCacheDrive | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cache_drive_type_1 = MachineCacheDrive.from_dict(data)

                return cache_drive_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineCacheDrive | None | Unset", data)

        cache_drive = _parse_cache_drive(d.pop("cache_drive", UNSET))

        def _parse_checks(data: object) -> MachineConfigChecks | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                checks_type_1 = MachineConfigChecks.from_dict(data)

                return checks_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineConfigChecks | None | Unset", data)

        checks = _parse_checks(d.pop("checks", UNSET))

        def _parse_containers(data: object) -> list[ContainerConfig] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                containers_type_0 = []
                _containers_type_0 = data
                for containers_type_0_item_data in _containers_type_0:
                    containers_type_0_item = ContainerConfig.from_dict(containers_type_0_item_data)

                    containers_type_0.append(containers_type_0_item)

                return containers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[ContainerConfig] | None | Unset", data)

        containers = _parse_containers(d.pop("containers", UNSET))

        def _parse_disable_machine_autostart(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        disable_machine_autostart = _parse_disable_machine_autostart(d.pop("disable_machine_autostart", UNSET))

        def _parse_dns(data: object) -> DnsConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                dns_type_1 = DnsConfig.from_dict(data)

                return dns_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("DnsConfig | None | Unset", data)

        dns = _parse_dns(d.pop("dns", UNSET))

        env = d.pop("env", UNSET)

        def _parse_files(data: object) -> list[MachineFile] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                files_type_0 = []
                _files_type_0 = data
                for files_type_0_item_data in _files_type_0:
                    files_type_0_item = MachineFile.from_dict(files_type_0_item_data)

                    files_type_0.append(files_type_0_item)

                return files_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineFile] | None | Unset", data)

        files = _parse_files(d.pop("files", UNSET))

        def _parse_guest(data: object) -> MachineGuest | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                guest_type_1 = MachineGuest.from_dict(data)

                return guest_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineGuest | None | Unset", data)

        guest = _parse_guest(d.pop("guest", UNSET))

        def _parse_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        image = _parse_image(d.pop("image", UNSET))

        def _parse_init(data: object) -> MachineInit | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                init_type_1 = MachineInit.from_dict(data)

                return init_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineInit | None | Unset", data)

        init = _parse_init(d.pop("init", UNSET))

        metadata = d.pop("metadata", UNSET)

        def _parse_metrics(data: object) -> MachineMetrics | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metrics_type_1 = MachineMetrics.from_dict(data)

                return metrics_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineMetrics | None | Unset", data)

        metrics = _parse_metrics(d.pop("metrics", UNSET))

        def _parse_mounts(data: object) -> list[MachineMount] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                mounts_type_0 = []
                _mounts_type_0 = data
                for mounts_type_0_item_data in _mounts_type_0:
                    mounts_type_0_item = MachineMount.from_dict(mounts_type_0_item_data)

                    mounts_type_0.append(mounts_type_0_item)

                return mounts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineMount] | None | Unset", data)

        mounts = _parse_mounts(d.pop("mounts", UNSET))

        def _parse_processes(data: object) -> list[MachineProcess] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                processes_type_0 = []
                _processes_type_0 = data
                for processes_type_0_item_data in _processes_type_0:
                    processes_type_0_item = MachineProcess.from_dict(processes_type_0_item_data)

                    processes_type_0.append(processes_type_0_item)

                return processes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineProcess] | None | Unset", data)

        processes = _parse_processes(d.pop("processes", UNSET))

        def _parse_restart(data: object) -> MachineRestart | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                restart_type_1 = MachineRestart.from_dict(data)

                return restart_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineRestart | None | Unset", data)

        restart = _parse_restart(d.pop("restart", UNSET))

        def _parse_rootfs(data: object) -> MachineRootfs | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                rootfs_type_1 = MachineRootfs.from_dict(data)

                return rootfs_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineRootfs | None | Unset", data)

        rootfs = _parse_rootfs(d.pop("rootfs", UNSET))

        def _parse_schedule(data: object) -> MachineSchedule | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                schedule_type_0 = MachineSchedule(data)

                return schedule_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineSchedule | None | str | Unset", data)

        schedule = _parse_schedule(d.pop("schedule", UNSET))

        def _parse_services(data: object) -> list[MachineService] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                services_type_0 = []
                _services_type_0 = data
                for services_type_0_item_data in _services_type_0:
                    services_type_0_item = MachineService.from_dict(services_type_0_item_data)

                    services_type_0.append(services_type_0_item)

                return services_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineService] | None | Unset", data)

        services = _parse_services(d.pop("services", UNSET))

        def _parse_size(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        size = _parse_size(d.pop("size", UNSET))

        def _parse_spot(data: object) -> MachineSpot | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                spot_type_1 = MachineSpot.from_dict(data)

                return spot_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineSpot | None | Unset", data)

        spot = _parse_spot(d.pop("spot", UNSET))

        def _parse_standbys(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                standbys_type_0 = cast("list[str]", data)

                return standbys_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        standbys = _parse_standbys(d.pop("standbys", UNSET))

        def _parse_statics(data: object) -> list[MachineStatic] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                statics_type_0 = []
                _statics_type_0 = data
                for statics_type_0_item_data in _statics_type_0:
                    statics_type_0_item = MachineStatic.from_dict(statics_type_0_item_data)

                    statics_type_0.append(statics_type_0_item)

                return statics_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineStatic] | None | Unset", data)

        statics = _parse_statics(d.pop("statics", UNSET))

        def _parse_stop_config(data: object) -> None | StopConfig | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                stop_config_type_1 = StopConfig.from_dict(data)

                return stop_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | StopConfig | Unset", data)

        stop_config = _parse_stop_config(d.pop("stop_config", UNSET))

        machine_config = cls(
            auto_destroy=auto_destroy,
            cache_drive=cache_drive,
            checks=checks,
            containers=containers,
            disable_machine_autostart=disable_machine_autostart,
            dns=dns,
            env=env,
            files=files,
            guest=guest,
            image=image,
            init=init,
            metadata=metadata,
            metrics=metrics,
            mounts=mounts,
            processes=processes,
            restart=restart,
            rootfs=rootfs,
            schedule=schedule,
            services=services,
            size=size,
            spot=spot,
            standbys=standbys,
            statics=statics,
            stop_config=stop_config,
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
