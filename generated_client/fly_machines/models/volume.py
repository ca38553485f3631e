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
    "created_at",
    "encrypted",
    "id",
    "name",
    "region",
    "size_gb",
    "state",
    "zone",
    "attached_alloc_id",
    "attached_machine_id",
    "auto_backup_enabled",
    "block_size",
    "blocks",
    "blocks_avail",
    "blocks_free",
    "bytes_total",
    "bytes_used",
    "fstype",
    "host_features",
    "host_status",
    "required_host_features",
    "snapshot_retention",
    "type",
    "host_dedication_id",
    "host_dedication_key",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[8:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="Volume")


@_attrs_define(repr=False)
class Volume(Model[Any]):
    """A disk on one host."""

    created_at: datetime.datetime | str
    """ When it was created. """
    encrypted: bool
    """ Whether it is encrypted at rest; fixed at creation. """
    id: str
    """ Id, `vol_...`. """
    name: str
    """ Name; not unique. Machines may mount any free volume of a name. """
    region: str
    """ Region, fixed at creation. """
    size_gb: int
    """ Size in GB. """
    state: str | VolumeState
    """ `created` is usable; the destroying ones still appear in lists. """
    zone: str
    """ Hardware zone within the region. """
    attached_alloc_id: None | str | Unset = UNSET
    """ Allocation that mounts it, on the older platform; null on this one. """
    attached_machine_id: None | str | Unset = UNSET
    """ Machine that mounts it, or null. """
    auto_backup_enabled: bool | None | Unset = UNSET
    """ Whether snapshots are taken daily. """
    block_size: int | None | Unset = UNSET
    """ Bytes a block; 0 before the first mount. """
    blocks: int | None | Unset = UNSET
    """ Blocks in all; 0 before the first mount. """
    blocks_avail: int | None | Unset = UNSET
    """ Blocks that are free to unprivileged users. """
    blocks_free: int | None | Unset = UNSET
    """ Blocks that are free. """
    bytes_total: int | None | Unset = UNSET
    """ Bytes in all. """
    bytes_used: int | None | Unset = UNSET
    """ Bytes that are used. """
    fstype: None | str | Unset = UNSET
    """ File system; empty before the first mount. """
    host_features: list[str] | None | Unset = UNSET
    """ Features of its host. """
    host_status: HostStatus | None | str | Unset = UNSET
    """ Whether its host is reachable. """
    required_host_features: list[str] | None | Unset = UNSET
    """ Features that its host was asked to have. """
    snapshot_retention: int | None | Unset = UNSET
    """ Days that snapshots are kept. """
    type_: None | str | Unset | VolumeType = UNSET
    """ Kind of storage. """
    host_dedication_id: None | str | Unset = UNSET
    """ The same, as the official client calls it. """
    host_dedication_key: None | str | Unset = UNSET
    """ Dedicated host group that it is on, or empty. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        created_at = self.created_at
        d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        d["encrypted"] = self.encrypted
        d["id"] = self.id
        d["name"] = self.name
        d["region"] = self.region
        d["size_gb"] = self.size_gb
        state = self.state
        d["state"] = state._value_ if type(state) is VolumeState else as_json(state)
        d["zone"] = self.zone
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
        if (fstype := self.fstype) is not UNSET:
            d["fstype"] = fstype
        if (host_features := self.host_features) is not UNSET:
            d["host_features"] = host_features
        if (host_status := self.host_status) is not UNSET:
            d["host_status"] = host_status._value_ if type(host_status) is HostStatus else as_json(host_status)
        if (required_host_features := self.required_host_features) is not UNSET:
            d["required_host_features"] = required_host_features
        if (snapshot_retention := self.snapshot_retention) is not UNSET:
            d["snapshot_retention"] = snapshot_retention
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is VolumeType else as_json(type_)
        if (host_dedication_id := self.host_dedication_id) is not UNSET:
            d["host_dedication_id"] = host_dedication_id
        if (host_dedication_key := self.host_dedication_key) is not UNSET:
            d["host_dedication_key"] = host_dedication_key
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            created_at,
            self.encrypted,
            self.id,
            self.name,
            self.region,
            self.size_gb,
            state,
            self.zone,
            self.attached_alloc_id,
            self.attached_machine_id,
            self.auto_backup_enabled,
            self.block_size,
            self.blocks,
            self.blocks_avail,
            self.blocks_free,
            self.bytes_total,
            self.bytes_used,
            self.fstype,
            self.host_features,
            host_status,
            self.required_host_features,
            self.snapshot_retention,
            type_,
            self.host_dedication_id,
            self.host_dedication_key,
        ) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.state = _VolumeState(state, state) if isinstance(state, str) else state
        self.host_status = _HostStatus(host_status, host_status) if isinstance(host_status, str) else host_status
        self.type_ = _VolumeType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 25 else others(d, _NAMES)
        return self
