from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        from ..models.postgres_installed_extension import PostgresInstalledExtension  # noqa: PLC0415

        default_version: None | str | Unset
        if isinstance(self.default_version, Unset):
            default_version = UNSET
        else:
            default_version = self.default_version

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        installed: dict[str, Any] | None | Unset
        if isinstance(self.installed, Unset):
            installed = UNSET
        elif isinstance(self.installed, PostgresInstalledExtension):
            installed = self.installed.to_dict()
        else:
            installed = self.installed

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        system: bool | None | Unset
        if isinstance(self.system, Unset):
            system = UNSET
        else:
            system = self.system

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if default_version is not UNSET:
            field_dict["default_version"] = default_version
        if description is not UNSET:
            field_dict["description"] = description
        if installed is not UNSET:
            field_dict["installed"] = installed
        if name is not UNSET:
            field_dict["name"] = name
        if system is not UNSET:
            field_dict["system"] = system

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.postgres_installed_extension import PostgresInstalledExtension  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_default_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        default_version = _parse_default_version(d.pop("default_version", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_installed(data: object) -> None | PostgresInstalledExtension | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                installed_type_1 = PostgresInstalledExtension.from_dict(data)

                return installed_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresInstalledExtension | Unset", data)

        installed = _parse_installed(d.pop("installed", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_system(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        system = _parse_system(d.pop("system", UNSET))

        postgres_extension = cls(
            default_version=default_version,
            description=description,
            installed=installed,
            name=name,
            system=system,
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
