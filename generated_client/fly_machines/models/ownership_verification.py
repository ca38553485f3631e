from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="OwnershipVerification")


@_attrs_define
class OwnershipVerification:
    app_value: None | str | Unset = UNSET
    """ Its value for this app. """
    name: None | str | Unset = UNSET
    """ Name of the TXT record. """
    org_value: None | str | Unset = UNSET
    """ Its value for the whole organization. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.app_value is not UNSET:
            field_dict["app_value"] = self.app_value
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.org_value is not UNSET:
            field_dict["org_value"] = self.org_value
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ownership_verification = cls(
            app_value=d.pop("app_value", UNSET),
            name=d.pop("name", UNSET),
            org_value=d.pop("org_value", UNSET),
        )
        ownership_verification.additional_properties = d
        return ownership_verification

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
