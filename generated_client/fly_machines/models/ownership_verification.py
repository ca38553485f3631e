from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        app_value: None | str | Unset
        if isinstance(self.app_value, Unset):
            app_value = UNSET
        else:
            app_value = self.app_value

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        org_value: None | str | Unset
        if isinstance(self.org_value, Unset):
            org_value = UNSET
        else:
            org_value = self.org_value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if app_value is not UNSET:
            field_dict["app_value"] = app_value
        if name is not UNSET:
            field_dict["name"] = name
        if org_value is not UNSET:
            field_dict["org_value"] = org_value

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_app_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        app_value = _parse_app_value(d.pop("app_value", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_org_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        org_value = _parse_org_value(d.pop("org_value", UNSET))

        ownership_verification = cls(
            app_value=app_value,
            name=name,
            org_value=org_value,
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
