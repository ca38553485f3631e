from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineFile")


@_attrs_define
class MachineFile:
    """A file to write before the process starts; one of the three contents."""

    guest_path: None | str | Unset = UNSET
    """ Where to write it; absolute. """
    image_config: None | str | Unset = UNSET
    """ Image whose config is the contents. """
    mode: int | None | Unset = UNSET
    """ Permissions, as a number: 420 is 0o644. """
    raw_value: None | str | Unset = UNSET
    """ Contents, base64. """
    secret_name: None | str | Unset = UNSET
    """ Secret that holds the contents, base64. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        guest_path: None | str | Unset
        if isinstance(self.guest_path, Unset):
            guest_path = UNSET
        else:
            guest_path = self.guest_path

        image_config: None | str | Unset
        if isinstance(self.image_config, Unset):
            image_config = UNSET
        else:
            image_config = self.image_config

        mode: int | None | Unset
        if isinstance(self.mode, Unset):
            mode = UNSET
        else:
            mode = self.mode

        raw_value: None | str | Unset
        if isinstance(self.raw_value, Unset):
            raw_value = UNSET
        else:
            raw_value = self.raw_value

        secret_name: None | str | Unset
        if isinstance(self.secret_name, Unset):
            secret_name = UNSET
        else:
            secret_name = self.secret_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if guest_path is not UNSET:
            field_dict["guest_path"] = guest_path
        if image_config is not UNSET:
            field_dict["image_config"] = image_config
        if mode is not UNSET:
            field_dict["mode"] = mode
        if raw_value is not UNSET:
            field_dict["raw_value"] = raw_value
        if secret_name is not UNSET:
            field_dict["secret_name"] = secret_name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_guest_path(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        guest_path = _parse_guest_path(d.pop("guest_path", UNSET))

        def _parse_image_config(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        image_config = _parse_image_config(d.pop("image_config", UNSET))

        def _parse_mode(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        mode = _parse_mode(d.pop("mode", UNSET))

        def _parse_raw_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        raw_value = _parse_raw_value(d.pop("raw_value", UNSET))

        def _parse_secret_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        secret_name = _parse_secret_name(d.pop("secret_name", UNSET))

        machine_file = cls(
            guest_path=guest_path,
            image_config=image_config,
            mode=mode,
            raw_value=raw_value,
            secret_name=secret_name,
        )

        machine_file.additional_properties = d
        return machine_file

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
