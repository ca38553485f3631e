from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.cpu_kind import CpuKind
from ..models.persist_rootfs import PersistRootfs
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.cpu_kind is not UNSET:
            field_dict["cpu_kind"] = as_json(self.cpu_kind)
        if self.cpus is not UNSET:
            field_dict["cpus"] = self.cpus
        if self.gpu_kind is not UNSET:
            field_dict["gpu_kind"] = self.gpu_kind
        if self.gpus is not UNSET:
            field_dict["gpus"] = self.gpus
        if self.host_dedication_id is not UNSET:
            field_dict["host_dedication_id"] = self.host_dedication_id
        if self.kernel_args is not UNSET:
            field_dict["kernel_args"] = self.kernel_args
        if self.max_memory_mb is not UNSET:
            field_dict["max_memory_mb"] = self.max_memory_mb
        if self.memory_mb is not UNSET:
            field_dict["memory_mb"] = self.memory_mb
        if self.persist_rootfs is not UNSET:
            field_dict["persist_rootfs"] = as_json(self.persist_rootfs)
        if self.required_host_features is not UNSET:
            field_dict["required_host_features"] = self.required_host_features
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_guest = cls(
            cpu_kind=as_known(d.pop("cpu_kind", UNSET), CpuKind),
            cpus=d.pop("cpus", UNSET),
            gpu_kind=d.pop("gpu_kind", UNSET),
            gpus=d.pop("gpus", UNSET),
            host_dedication_id=d.pop("host_dedication_id", UNSET),
            kernel_args=d.pop("kernel_args", UNSET),
            max_memory_mb=d.pop("max_memory_mb", UNSET),
            memory_mb=d.pop("memory_mb", UNSET),
            persist_rootfs=as_known(d.pop("persist_rootfs", UNSET), PersistRootfs),
            required_host_features=d.pop("required_host_features", UNSET),
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
