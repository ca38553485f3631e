from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="EnablePostgresExtensionRequest")


@_attrs_define
class EnablePostgresExtensionRequest:
    name: str
    """ Name of the extension. """
    create_schema: bool | Unset = UNSET
    """ Create that schema if it is missing. Default: false. """
    schema: str | Unset = UNSET
    """ Schema to install it into. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        if self.create_schema is not UNSET:
            field_dict["create_schema"] = self.create_schema
        if self.schema is not UNSET:
            field_dict["schema"] = self.schema
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        enable_postgres_extension_request = cls(
            name=d.pop("name"),
            create_schema=d.pop("create_schema", UNSET),
            schema=d.pop("schema", UNSET),
        )
        enable_postgres_extension_request.additional_properties = d
        return enable_postgres_extension_request

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
