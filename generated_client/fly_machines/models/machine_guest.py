from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.cpu_kind import CpuKind
from ..models.persist_rootfs import PersistRootfs
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_CpuKind = members(CpuKind)
_PersistRootfs = members(PersistRootfs)
_NAMES = (
    "cpu_kind",
    "cpus",
    "gpu_kind",
    "gpus",
    "host_dedication_id",
    "kernel_args",
    "max_memory_mb",
    "memory_mb",
    "persist_rootfs",
    "required_host_features",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineGuest")


@_attrs_define(repr=False)
class MachineGuest(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (cpu_kind := self.cpu_kind) is not UNSET:
            d["cpu_kind"] = cpu_kind._value_ if type(cpu_kind) is CpuKind else as_json(cpu_kind)
        if (cpus := self.cpus) is not UNSET:
            d["cpus"] = cpus
        if (gpu_kind := self.gpu_kind) is not UNSET:
            d["gpu_kind"] = gpu_kind
        if (gpus := self.gpus) is not UNSET:
            d["gpus"] = gpus
        if (host_dedication_id := self.host_dedication_id) is not UNSET:
            d["host_dedication_id"] = host_dedication_id
        if (kernel_args := self.kernel_args) is not UNSET:
            d["kernel_args"] = kernel_args
        if (max_memory_mb := self.max_memory_mb) is not UNSET:
            d["max_memory_mb"] = max_memory_mb
        if (memory_mb := self.memory_mb) is not UNSET:
            d["memory_mb"] = memory_mb
        if (persist_rootfs := self.persist_rootfs) is not UNSET:
            d["persist_rootfs"] = (
                persist_rootfs._value_ if type(persist_rootfs) is PersistRootfs else as_json(persist_rootfs)
            )
        if (required_host_features := self.required_host_features) is not UNSET:
            d["required_host_features"] = required_host_features
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            cpu_kind,
            self.cpus,
            self.gpu_kind,
            self.gpus,
            self.host_dedication_id,
            self.kernel_args,
            self.max_memory_mb,
            self.memory_mb,
            persist_rootfs,
            self.required_host_features,
        ) = _values(d)
        self.cpu_kind = _CpuKind(cpu_kind, cpu_kind) if isinstance(cpu_kind, str) else cpu_kind
        self.persist_rootfs = (
            _PersistRootfs(persist_rootfs, persist_rootfs) if isinstance(persist_rootfs, str) else persist_rootfs
        )
        self._others = None if len(d) == 10 else others(d, _NAMES)
        return self
