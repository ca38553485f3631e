from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="MachineMount")


@_attrs_define
class MachineMount:
    """A volume mounted into a Machine."""

    add_size_gb: int | None | Unset = UNSET
    """ GB to extend it by. """
    add_size_percent: int | None | Unset = UNSET
    """ Percent of its size to extend it by. """
    encrypted: bool | None | Unset = UNSET
    """ Whether the volume is encrypted; filled in by the service. """
    extend_threshold_percent: int | None | Unset = UNSET
    """ Extend it by itself once it is this full, in percent. """
    min_add_size_gb: int | None | Unset = UNSET
    """ GB to extend it by at least. """
    name: None | str | Unset = UNSET
    """ Name of the volume; filled in by the service. """
    path: None | str | Unset = UNSET
    """ Folder to mount it at, as in `/data`. """
    size_gb: int | None | Unset = UNSET
    """ Size of the volume in GB; filled in by the service. """
    size_gb_limit: int | None | Unset = UNSET
    """ GB that it may grow to by itself. """
    volume: None | str | Unset = UNSET
    """ Id of the volume, or a name: then any free volume of that name in the region. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.add_size_gb is not UNSET:
            field_dict["add_size_gb"] = self.add_size_gb
        if self.add_size_percent is not UNSET:
            field_dict["add_size_percent"] = self.add_size_percent
        if self.encrypted is not UNSET:
            field_dict["encrypted"] = self.encrypted
        if self.extend_threshold_percent is not UNSET:
            field_dict["extend_threshold_percent"] = self.extend_threshold_percent
        if self.min_add_size_gb is not UNSET:
            field_dict["min_add_size_gb"] = self.min_add_size_gb
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.path is not UNSET:
            field_dict["path"] = self.path
        if self.size_gb is not UNSET:
            field_dict["size_gb"] = self.size_gb
        if self.size_gb_limit is not UNSET:
            field_dict["size_gb_limit"] = self.size_gb_limit
        if self.volume is not UNSET:
            field_dict["volume"] = self.volume
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_mount = cls(
            add_size_gb=d.pop("add_size_gb", UNSET),
            add_size_percent=d.pop("add_size_percent", UNSET),
            encrypted=d.pop("encrypted", UNSET),
            extend_threshold_percent=d.pop("extend_threshold_percent", UNSET),
            min_add_size_gb=d.pop("min_add_size_gb", UNSET),
            name=d.pop("name", UNSET),
            path=d.pop("path", UNSET),
            size_gb=d.pop("size_gb", UNSET),
            size_gb_limit=d.pop("size_gb_limit", UNSET),
            volume=d.pop("volume", UNSET),
        )
        machine_mount.additional_properties = d
        return machine_mount

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
