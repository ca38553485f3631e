from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_guest import MachineGuest


T = TypeVar("T", bound="CreateVolumeRequest")


@_attrs_define
class CreateVolumeRequest:
    """A new volume, or with `snapshot_id` or `source_volume_id` a copy."""

    name: str
    """ Name; need not be unique. """
    auto_backup_enabled: bool | Unset = UNSET
    """ Take daily snapshots. Default: true. """
    compute: MachineGuest | Unset = UNSET
    """ CPUs and memory of a Machine. """
    compute_image: str | Unset = UNSET
    """ Image that will run on it, as a hint for placement. """
    encrypted: bool | Unset = UNSET
    """ Encrypt at rest. Default: true. """
    fstype: str | Unset = UNSET
    """ File system. Default: ext4. """
    region: str | Unset = UNSET
    """ Region, or several and aliases in order of preference (`iad,ewr`, `eu`). Default: near the caller. """
    require_unique_zone: bool | Unset = UNSET
    """ Keep volumes of one name on different hosts. Default: true, which fails once hosts run out. """
    size_gb: int | Unset = UNSET
    """ Size in GB. Default: 3. """
    snapshot_id: str | Unset = UNSET
    """ Restore this snapshot into the new volume. """
    snapshot_retention: int | Unset = UNSET
    """ Days to keep snapshots, 1 to 60. Default: 5. """
    source_volume_id: str | Unset = UNSET
    """ Fork this volume into the new one. """
    unique_zone_app_wide: bool | Unset = UNSET
    """ Keep all volumes of the app on different hosts, whatever their name. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        if self.auto_backup_enabled is not UNSET:
            field_dict["auto_backup_enabled"] = self.auto_backup_enabled
        if self.compute is not UNSET:
            field_dict["compute"] = as_json(self.compute)
        if self.compute_image is not UNSET:
            field_dict["compute_image"] = self.compute_image
        if self.encrypted is not UNSET:
            field_dict["encrypted"] = self.encrypted
        if self.fstype is not UNSET:
            field_dict["fstype"] = self.fstype
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.require_unique_zone is not UNSET:
            field_dict["require_unique_zone"] = self.require_unique_zone
        if self.size_gb is not UNSET:
            field_dict["size_gb"] = self.size_gb
        if self.snapshot_id is not UNSET:
            field_dict["snapshot_id"] = self.snapshot_id
        if self.snapshot_retention is not UNSET:
            field_dict["snapshot_retention"] = self.snapshot_retention
        if self.source_volume_id is not UNSET:
            field_dict["source_volume_id"] = self.source_volume_id
        if self.unique_zone_app_wide is not UNSET:
            field_dict["unique_zone_app_wide"] = self.unique_zone_app_wide
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_volume_request = cls(
            name=d.pop("name"),
            auto_backup_enabled=d.pop("auto_backup_enabled", UNSET),
            compute=as_model(d.pop("compute", UNSET), models.MachineGuest),
            compute_image=d.pop("compute_image", UNSET),
            encrypted=d.pop("encrypted", UNSET),
            fstype=d.pop("fstype", UNSET),
            region=d.pop("region", UNSET),
            require_unique_zone=d.pop("require_unique_zone", UNSET),
            size_gb=d.pop("size_gb", UNSET),
            snapshot_id=d.pop("snapshot_id", UNSET),
            snapshot_retention=d.pop("snapshot_retention", UNSET),
            source_volume_id=d.pop("source_volume_id", UNSET),
            unique_zone_app_wide=d.pop("unique_zone_app_wide", UNSET),
        )
        create_volume_request.additional_properties = d
        return create_volume_request

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
