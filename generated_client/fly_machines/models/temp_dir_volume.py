from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.temp_dir_storage import TempDirStorage
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="TempDirVolume")


@_attrs_define
class TempDirVolume:
    """A temporary folder."""

    size_mb: int | None | Unset = UNSET
    """ Size in MiB. """
    storage_type: None | str | TempDirStorage | Unset = UNSET
    """ disk or memory. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.size_mb is not UNSET:
            field_dict["size_mb"] = self.size_mb
        if self.storage_type is not UNSET:
            field_dict["storage_type"] = as_json(self.storage_type)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        temp_dir_volume = cls(
            size_mb=d.pop("size_mb", UNSET),
            storage_type=as_known(d.pop("storage_type", UNSET), TempDirStorage),
        )
        temp_dir_volume.additional_properties = d
        return temp_dir_volume

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
