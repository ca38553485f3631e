from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        add_size_gb: int | None | Unset
        if isinstance(self.add_size_gb, Unset):
            add_size_gb = UNSET
        else:
            add_size_gb = self.add_size_gb

        add_size_percent: int | None | Unset
        if isinstance(self.add_size_percent, Unset):
            add_size_percent = UNSET
        else:
            add_size_percent = self.add_size_percent

        encrypted: bool | None | Unset
        if isinstance(self.encrypted, Unset):
            encrypted = UNSET
        else:
            encrypted = self.encrypted

        extend_threshold_percent: int | None | Unset
        if isinstance(self.extend_threshold_percent, Unset):
            extend_threshold_percent = UNSET
        else:
            extend_threshold_percent = self.extend_threshold_percent

        min_add_size_gb: int | None | Unset
        if isinstance(self.min_add_size_gb, Unset):
            min_add_size_gb = UNSET
        else:
            min_add_size_gb = self.min_add_size_gb

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        path: None | str | Unset
        if isinstance(self.path, Unset):
            path = UNSET
        else:
            path = self.path

        size_gb: int | None | Unset
        if isinstance(self.size_gb, Unset):
            size_gb = UNSET
        else:
            size_gb = self.size_gb

        size_gb_limit: int | None | Unset
        if isinstance(self.size_gb_limit, Unset):
            size_gb_limit = UNSET
        else:
            size_gb_limit = self.size_gb_limit

        volume: None | str | Unset
        if isinstance(self.volume, Unset):
            volume = UNSET
        else:
            volume = self.volume

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if add_size_gb is not UNSET:
            field_dict["add_size_gb"] = add_size_gb
        if add_size_percent is not UNSET:
            field_dict["add_size_percent"] = add_size_percent
        if encrypted is not UNSET:
            field_dict["encrypted"] = encrypted
        if extend_threshold_percent is not UNSET:
            field_dict["extend_threshold_percent"] = extend_threshold_percent
        if min_add_size_gb is not UNSET:
            field_dict["min_add_size_gb"] = min_add_size_gb
        if name is not UNSET:
            field_dict["name"] = name
        if path is not UNSET:
            field_dict["path"] = path
        if size_gb is not UNSET:
            field_dict["size_gb"] = size_gb
        if size_gb_limit is not UNSET:
            field_dict["size_gb_limit"] = size_gb_limit
        if volume is not UNSET:
            field_dict["volume"] = volume

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_add_size_gb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        add_size_gb = _parse_add_size_gb(d.pop("add_size_gb", UNSET))

        def _parse_add_size_percent(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        add_size_percent = _parse_add_size_percent(d.pop("add_size_percent", UNSET))

        def _parse_encrypted(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        encrypted = _parse_encrypted(d.pop("encrypted", UNSET))

        def _parse_extend_threshold_percent(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        extend_threshold_percent = _parse_extend_threshold_percent(d.pop("extend_threshold_percent", UNSET))

        def _parse_min_add_size_gb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        min_add_size_gb = _parse_min_add_size_gb(d.pop("min_add_size_gb", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_path(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        path = _parse_path(d.pop("path", UNSET))

        def _parse_size_gb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        size_gb = _parse_size_gb(d.pop("size_gb", UNSET))

        def _parse_size_gb_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        size_gb_limit = _parse_size_gb_limit(d.pop("size_gb_limit", UNSET))

        def _parse_volume(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        volume = _parse_volume(d.pop("volume", UNSET))

        machine_mount = cls(
            add_size_gb=add_size_gb,
            add_size_percent=add_size_percent,
            encrypted=encrypted,
            extend_threshold_percent=extend_threshold_percent,
            min_add_size_gb=min_add_size_gb,
            name=name,
            path=path,
            size_gb=size_gb,
            size_gb_limit=size_gb_limit,
            volume=volume,
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
