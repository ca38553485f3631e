from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_json, as_pairs, as_text, as_time

T = TypeVar("T", bound="SetMetadataRequest")


@_attrs_define
class SetMetadataRequest:
    value: str
    """ The new value of the key. """
    updated_at: datetime.datetime | str | Unset = UNSET
    """ Time of the write, RFC 3339. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["value"] = self.value
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        set_metadata_request = cls(
            value=d.pop("value"),
            updated_at=as_time(d.pop("updated_at", UNSET)),
        )
        set_metadata_request.additional_properties = d
        return set_metadata_request

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
