from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.temp_dir_volume import TempDirVolume


T = TypeVar("T", bound="VolumeConfig")


@_attrs_define
class VolumeConfig:
    """A volume that belongs to one Machine: a temporary folder, or the files of an image."""

    image: None | str | Unset = UNSET
    """ Image whose files it holds. """
    name: None | str | Unset = UNSET
    """ Name, by which containers mount it. """
    temp_dir: None | TempDirVolume | Unset = UNSET
    """ A temporary folder. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.image is not UNSET:
            field_dict["image"] = self.image
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.temp_dir is not UNSET:
            field_dict["temp_dir"] = as_json(self.temp_dir)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        volume_config = cls(
            image=d.pop("image", UNSET),
            name=d.pop("name", UNSET),
            temp_dir=as_model(d.pop("temp_dir", UNSET), models.TempDirVolume),
        )
        volume_config.additional_properties = d
        return volume_config

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
