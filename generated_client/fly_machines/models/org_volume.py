from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.host_status import HostStatus
from ..models.volume_state import VolumeState
from ..models.volume_type import VolumeType
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_HostStatus = members(HostStatus)
_VolumeState = members(VolumeState)
_VolumeType = members(VolumeType)
_NAMES = (
    "app_name",
    "attached_alloc_id",
    "attached_machine_id",
    "auto_backup_enabled",
    "block_size",
    "blocks",
    "blocks_avail",
    "blocks_free",
    "bytes_total",
    "bytes_used",
    "created_at",
    "encrypted",
    "fstype",
    "host_features",
    "host_status",
    "id",
    "name",
    "region",
    "required_host_features",
    "size_gb",
    "snapshot_retention",
    "state",
    "type",
    "updated_at",
    "zone",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="OrgVolume")


@_attrs_define(repr=False)
class OrgVolume(Model[Any]):
    app_name: None | str | Unset = UNSET

    attached_alloc_id: None | str | Unset = UNSET

    attached_machine_id: None | str | Unset = UNSET

    auto_backup_enabled: bool | None | Unset = UNSET

    block_size: int | None | Unset = UNSET

    blocks: int | None | Unset = UNSET

    blocks_avail: int | None | Unset = UNSET

    blocks_free: int | None | Unset = UNSET

    bytes_total: int | None | Unset = UNSET

    bytes_used: int | None | Unset = UNSET

    created_at: datetime.datetime | None | str | Unset = UNSET

    encrypted: bool | None | Unset = UNSET

    fstype: None | str | Unset = UNSET

    host_features: list[str] | None | Unset = UNSET

    host_status: HostStatus | None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    name: None | str | Unset = UNSET

    region: None | str | Unset = UNSET

    required_host_features: list[str] | None | Unset = UNSET

    size_gb: int | None | Unset = UNSET

    snapshot_retention: int | None | Unset = UNSET

    state: None | str | Unset | VolumeState = UNSET

    type_: None | str | Unset | VolumeType = UNSET

    updated_at: datetime.datetime | None | str | Unset = UNSET

    zone: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (app_name := self.app_name) is not UNSET:
            d["app_name"] = app_name
        if (attached_alloc_id := self.attached_alloc_id) is not UNSET:
            d["attached_alloc_id"] = attached_alloc_id
        if (attached_machine_id := self.attached_machine_id) is not UNSET:
            d["attached_machine_id"] = attached_machine_id
        if (auto_backup_enabled := self.auto_backup_enabled) is not UNSET:
            d["auto_backup_enabled"] = auto_backup_enabled
        if (block_size := self.block_size) is not UNSET:
            d["block_size"] = block_size
        if (blocks := self.blocks) is not UNSET:
            d["blocks"] = blocks
        if (blocks_avail := self.blocks_avail) is not UNSET:
            d["blocks_avail"] = blocks_avail
        if (blocks_free := self.blocks_free) is not UNSET:
            d["blocks_free"] = blocks_free
        if (bytes_total := self.bytes_total) is not UNSET:
            d["bytes_total"] = bytes_total
        if (bytes_used := self.bytes_used) is not UNSET:
            d["bytes_used"] = bytes_used
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (encrypted := self.encrypted) is not UNSET:
            d["encrypted"] = encrypted
        if (fstype := self.fstype) is not UNSET:
            d["fstype"] = fstype
        if (host_features := self.host_features) is not UNSET:
            d["host_features"] = host_features
        if (host_status := self.host_status) is not UNSET:
            d["host_status"] = host_status._value_ if type(host_status) is HostStatus else as_json(host_status)
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (required_host_features := self.required_host_features) is not UNSET:
            d["required_host_features"] = required_host_features
        if (size_gb := self.size_gb) is not UNSET:
            d["size_gb"] = size_gb
        if (snapshot_retention := self.snapshot_retention) is not UNSET:
            d["snapshot_retention"] = snapshot_retention
        if (state := self.state) is not UNSET:
            d["state"] = state._value_ if type(state) is VolumeState else as_json(state)
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is VolumeType else as_json(type_)
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        if (zone := self.zone) is not UNSET:
            d["zone"] = zone
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.app_name,
            self.attached_alloc_id,
            self.attached_machine_id,
            self.auto_backup_enabled,
            self.block_size,
            self.blocks,
            self.blocks_avail,
            self.blocks_free,
            self.bytes_total,
            self.bytes_used,
            created_at,
            self.encrypted,
            self.fstype,
            self.host_features,
            host_status,
            self.id,
            self.name,
            self.region,
            self.required_host_features,
            self.size_gb,
            self.snapshot_retention,
            state,
            type_,
            updated_at,
            self.zone,
        ) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.host_status = _HostStatus(host_status, host_status) if isinstance(host_status, str) else host_status
        self.state = _VolumeState(state, state) if isinstance(state, str) else state
        self.type_ = _VolumeType(type_, type_) if isinstance(type_, str) else type_
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 25 else others(d, _NAMES)
        return self
