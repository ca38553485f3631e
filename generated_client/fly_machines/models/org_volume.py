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

T = TypeVar("T", bound="OrgVolume")


@_attrs_define
class OrgVolume:
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

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.app_name is not UNSET:
            field_dict["app_name"] = self.app_name
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
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.encrypted is not UNSET:
            field_dict["encrypted"] = self.encrypted
        if self.fstype is not UNSET:
            field_dict["fstype"] = self.fstype
        if self.host_features is not UNSET:
            field_dict["host_features"] = self.host_features
        if self.host_status is not UNSET:
            field_dict["host_status"] = as_json(self.host_status)
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.required_host_features is not UNSET:
            field_dict["required_host_features"] = self.required_host_features
        if self.size_gb is not UNSET:
            field_dict["size_gb"] = self.size_gb
        if self.snapshot_retention is not UNSET:
            field_dict["snapshot_retention"] = self.snapshot_retention
        if self.state is not UNSET:
            field_dict["state"] = as_json(self.state)
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        if self.zone is not UNSET:
            field_dict["zone"] = self.zone
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        org_volume = cls(
            app_name=d.pop("app_name", UNSET),
            attached_alloc_id=d.pop("attached_alloc_id", UNSET),
            attached_machine_id=d.pop("attached_machine_id", UNSET),
            auto_backup_enabled=d.pop("auto_backup_enabled", UNSET),
            block_size=d.pop("block_size", UNSET),
            blocks=d.pop("blocks", UNSET),
            blocks_avail=d.pop("blocks_avail", UNSET),
            blocks_free=d.pop("blocks_free", UNSET),
            bytes_total=d.pop("bytes_total", UNSET),
            bytes_used=d.pop("bytes_used", UNSET),
            created_at=as_time(d.pop("created_at", UNSET)),
            encrypted=d.pop("encrypted", UNSET),
            fstype=d.pop("fstype", UNSET),
            host_features=d.pop("host_features", UNSET),
            host_status=as_known(d.pop("host_status", UNSET), HostStatus),
            id=d.pop("id", UNSET),
            name=d.pop("name", UNSET),
            region=d.pop("region", UNSET),
            required_host_features=d.pop("required_host_features", UNSET),
            size_gb=d.pop("size_gb", UNSET),
            snapshot_retention=d.pop("snapshot_retention", UNSET),
            state=as_known(d.pop("state", UNSET), VolumeState),
            type_=as_known(d.pop("type", UNSET), VolumeType),
            updated_at=as_time(d.pop("updated_at", UNSET)),
            zone=d.pop("zone", UNSET),
        )
        org_volume.additional_properties = d
        return org_volume

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
