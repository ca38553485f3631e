from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.host_status import HostStatus
from ..models.volume_state import VolumeState
from ..models.volume_type import VolumeType
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text, as_time

T = TypeVar("T", bound="Volume")


@_attrs_define
class Volume:
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["created_at"] = as_json(self.created_at)
        field_dict["encrypted"] = self.encrypted
        field_dict["id"] = self.id
        field_dict["name"] = self.name
        field_dict["region"] = self.region
        field_dict["size_gb"] = self.size_gb
        field_dict["state"] = as_json(self.state)
        field_dict["zone"] = self.zone
        if self.attached_alloc_id is not UNSET:
            field_dict["attached_alloc_id"] = self.attached_alloc_id
        if self.attached_machine_id is not UNSET:
            field_dict["attached_machine_id"] = self.attached_machine_id
        if self.auto_backup_enabled is not UNSET:
            field_dict["auto_backup_enabled"] = self.auto_backup_enabled
        if self.block_size is not UNSET:
            field_dict["block_size"] = self.block_size
        if self.blocks is not UNSET:
            field_dict["blocks"] = self.blocks
        if self.blocks_avail is not UNSET:
            field_dict["blocks_avail"] = self.blocks_avail
        if self.blocks_free is not UNSET:
            field_dict["blocks_free"] = self.blocks_free
        if self.bytes_total is not UNSET:
            field_dict["bytes_total"] = self.bytes_total
        if self.bytes_used is not UNSET:
            field_dict["bytes_used"] = self.bytes_used
        if self.fstype is not UNSET:
            field_dict["fstype"] = self.fstype
        if self.host_features is not UNSET:
            field_dict["host_features"] = self.host_features
        if self.host_status is not UNSET:
            field_dict["host_status"] = as_json(self.host_status)
        if self.required_host_features is not UNSET:
            field_dict["required_host_features"] = self.required_host_features
        if self.snapshot_retention is not UNSET:
            field_dict["snapshot_retention"] = self.snapshot_retention
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        if self.host_dedication_id is not UNSET:
            field_dict["host_dedication_id"] = self.host_dedication_id
        if self.host_dedication_key is not UNSET:
            field_dict["host_dedication_key"] = self.host_dedication_key
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        volume = cls(
            created_at=as_time(d.pop("created_at")),
            encrypted=d.pop("encrypted"),
            id=d.pop("id"),
            name=d.pop("name"),
            region=d.pop("region"),
            size_gb=d.pop("size_gb"),
            state=as_known(d.pop("state"), VolumeState),
            zone=d.pop("zone"),
            attached_alloc_id=d.pop("attached_alloc_id", UNSET),
            attached_machine_id=d.pop("attached_machine_id", UNSET),
            auto_backup_enabled=d.pop("auto_backup_enabled", UNSET),
            block_size=d.pop("block_size", UNSET),
            blocks=d.pop("blocks", UNSET),
            blocks_avail=d.pop("blocks_avail", UNSET),
            blocks_free=d.pop("blocks_free", UNSET),
            bytes_total=d.pop("bytes_total", UNSET),
            bytes_used=d.pop("bytes_used", UNSET),
            fstype=d.pop("fstype", UNSET),
            host_features=d.pop("host_features", UNSET),
            host_status=as_known(d.pop("host_status", UNSET), HostStatus),
            required_host_features=d.pop("required_host_features", UNSET),
            snapshot_retention=d.pop("snapshot_retention", UNSET),
            type_=as_known(d.pop("type", UNSET), VolumeType),
            host_dedication_id=d.pop("host_dedication_id", UNSET),
            host_dedication_key=d.pop("host_dedication_key", UNSET),
        )
        volume.additional_properties = d
        return volume

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
