from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from . import as_json, as_needed, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.volume import Volume


T = TypeVar("T", bound="ExtendVolumeResponse")


@_attrs_define
class ExtendVolumeResponse:
    needs_restart: bool
    """ Whether the Machine sees the new size only after a restart. """
    volume: Volume
    """ A disk on one host. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["needs_restart"] = self.needs_restart
        field_dict["volume"] = as_json(self.volume)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        extend_volume_response = cls(
            needs_restart=d.pop("needs_restart"),
            volume=as_needed(d.pop("volume"), models.Volume),
        )
        extend_volume_response.additional_properties = d
        return extend_volume_response

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
