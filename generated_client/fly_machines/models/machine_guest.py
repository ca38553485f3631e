from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.cpu_kind import CpuKind
from ..models.persist_rootfs import PersistRootfs
from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineGuest")


@_attrs_define
class MachineGuest:
    """CPUs and memory of a Machine."""

    cpu_kind: CpuKind | None | str | Unset = UNSET
    """ shared or performance. Needed as soon as a guest is given. """
    cpus: int | None | Unset = UNSET
    """ CPUs: 1, 2, 4, 6 or 8; performance also 10, 12, 14, 16, 32, 64 and 128. """
    gpu_kind: None | str | Unset = UNSET
    """ Kind of GPU. """
    gpus: int | None | Unset = UNSET
    """ How many GPUs. Default: 0. """
    host_dedication_id: None | str | Unset = UNSET
    """ Dedicated host group to run on. """
    kernel_args: list[str] | None | Unset = UNSET
    """ Arguments for the kernel. """
    max_memory_mb: int | None | Unset = UNSET
    """ Memory in MiB that it may grow to. """
    memory_mb: int | None | Unset = UNSET
    """ Memory in MiB: a multiple of 256 up to 2048 a shared CPU, of 1024 from 2048 to 8192 a performance CPU. """
    persist_rootfs: None | PersistRootfs | str | Unset = UNSET
    """ Replaced by `rootfs` of the config. """
    required_host_features: list[str] | None | Unset = UNSET
    """ Features that its host has to have. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cpu_kind: None | str | Unset
        if isinstance(self.cpu_kind, Unset):
            cpu_kind = UNSET
        elif isinstance(self.cpu_kind, CpuKind):
            cpu_kind = self.cpu_kind.value
        else:
            cpu_kind = self.cpu_kind

        cpus: int | None | Unset
        if isinstance(self.cpus, Unset):
            cpus = UNSET
        else:
            cpus = self.cpus

        gpu_kind: None | str | Unset
        if isinstance(self.gpu_kind, Unset):
            gpu_kind = UNSET
        else:
            gpu_kind = self.gpu_kind

        gpus: int | None | Unset
        if isinstance(self.gpus, Unset):
            gpus = UNSET
        else:
            gpus = self.gpus

        host_dedication_id: None | str | Unset
        if isinstance(self.host_dedication_id, Unset):
            host_dedication_id = UNSET
        else:
            host_dedication_id = self.host_dedication_id

        kernel_args: list[str] | None | Unset
        if isinstance(self.kernel_args, Unset):
            kernel_args = UNSET
        elif isinstance(self.kernel_args, list):
            kernel_args = self.kernel_args

        else:
            kernel_args = self.kernel_args

        max_memory_mb: int | None | Unset
        if isinstance(self.max_memory_mb, Unset):
            max_memory_mb = UNSET
        else:
            max_memory_mb = self.max_memory_mb

        memory_mb: int | None | Unset
        if isinstance(self.memory_mb, Unset):
            memory_mb = UNSET
        else:
            memory_mb = self.memory_mb

        persist_rootfs: None | str | Unset
        if isinstance(self.persist_rootfs, Unset):
            persist_rootfs = UNSET
        elif isinstance(self.persist_rootfs, PersistRootfs):
            persist_rootfs = self.persist_rootfs.value
        else:
            persist_rootfs = self.persist_rootfs

        required_host_features: list[str] | None | Unset
        if isinstance(self.required_host_features, Unset):
            required_host_features = UNSET
        elif isinstance(self.required_host_features, list):
            required_host_features = self.required_host_features

        else:
            required_host_features = self.required_host_features

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if cpu_kind is not UNSET:
            field_dict["cpu_kind"] = cpu_kind
        if cpus is not UNSET:
            field_dict["cpus"] = cpus
        if gpu_kind is not UNSET:
            field_dict["gpu_kind"] = gpu_kind
        if gpus is not UNSET:
            field_dict["gpus"] = gpus
        if host_dedication_id is not UNSET:
            field_dict["host_dedication_id"] = host_dedication_id
        if kernel_args is not UNSET:
            field_dict["kernel_args"] = kernel_args
        if max_memory_mb is not UNSET:
            field_dict["max_memory_mb"] = max_memory_mb
        if memory_mb is not UNSET:
            field_dict["memory_mb"] = memory_mb
        if persist_rootfs is not UNSET:
            field_dict["persist_rootfs"] = persist_rootfs
        if required_host_features is not UNSET:
            field_dict["required_host_features"] = required_host_features

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_cpu_kind(data: object) -> CpuKind | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                cpu_kind_type_0 = CpuKind(data)

                return cpu_kind_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CpuKind | None | str | Unset", data)

        cpu_kind = _parse_cpu_kind(d.pop("cpu_kind", UNSET))

        def _parse_cpus(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        cpus = _parse_cpus(d.pop("cpus", UNSET))

        def _parse_gpu_kind(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        gpu_kind = _parse_gpu_kind(d.pop("gpu_kind", UNSET))

        def _parse_gpus(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        gpus = _parse_gpus(d.pop("gpus", UNSET))

        def _parse_host_dedication_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        host_dedication_id = _parse_host_dedication_id(d.pop("host_dedication_id", UNSET))

        def _parse_kernel_args(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                kernel_args_type_0 = cast("list[str]", data)

                return kernel_args_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        kernel_args = _parse_kernel_args(d.pop("kernel_args", UNSET))

        def _parse_max_memory_mb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        max_memory_mb = _parse_max_memory_mb(d.pop("max_memory_mb", UNSET))

        def _parse_memory_mb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        memory_mb = _parse_memory_mb(d.pop("memory_mb", UNSET))

        def _parse_persist_rootfs(data: object) -> None | PersistRootfs | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                persist_rootfs_type_0 = PersistRootfs(data)

                return persist_rootfs_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PersistRootfs | str | Unset", data)

        persist_rootfs = _parse_persist_rootfs(d.pop("persist_rootfs", UNSET))

        def _parse_required_host_features(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                required_host_features_type_0 = cast("list[str]", data)

                return required_host_features_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        required_host_features = _parse_required_host_features(d.pop("required_host_features", UNSET))

        machine_guest = cls(
            cpu_kind=cpu_kind,
            cpus=cpus,
            gpu_kind=gpu_kind,
            gpus=gpus,
            host_dedication_id=host_dedication_id,
            kernel_args=kernel_args,
            max_memory_mb=max_memory_mb,
            memory_mb=memory_mb,
            persist_rootfs=persist_rootfs,
            required_host_features=required_host_features,
        )

        machine_guest.additional_properties = d
        return machine_guest

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
