from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.postgres_installed_extension import PostgresInstalledExtension


T = TypeVar("T", bound="PostgresExtension")


@_attrs_define
class PostgresExtension:
    default_version: None | str | Unset = UNSET

    description: None | str | Unset = UNSET

    installed: None | PostgresInstalledExtension | Unset = UNSET

    name: None | str | Unset = UNSET

    system: bool | None | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.default_version is not UNSET:
            field_dict["default_version"] = self.default_version
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.installed is not UNSET:
            field_dict["installed"] = as_json(self.installed)
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.system is not UNSET:
            field_dict["system"] = self.system
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_extension = cls(
            default_version=d.pop("default_version", UNSET),
            description=d.pop("description", UNSET),
            installed=as_model(d.pop("installed", UNSET), models.PostgresInstalledExtension),
            name=d.pop("name", UNSET),
            system=d.pop("system", UNSET),
        )
        postgres_extension.additional_properties = d
        return postgres_extension

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
