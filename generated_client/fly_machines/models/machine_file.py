from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

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

    _secrets: ClassVar[tuple[str, ...]] = ("raw_value",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.guest_path is not UNSET:
            field_dict["guest_path"] = self.guest_path
        if self.image_config is not UNSET:
            field_dict["image_config"] = self.image_config
        if self.mode is not UNSET:
            field_dict["mode"] = self.mode
        if self.raw_value is not UNSET:
            field_dict["raw_value"] = self.raw_value
        if self.secret_name is not UNSET:
            field_dict["secret_name"] = self.secret_name
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_file = cls(
            guest_path=d.pop("guest_path", UNSET),
            image_config=d.pop("image_config", UNSET),
            mode=d.pop("mode", UNSET),
            raw_value=d.pop("raw_value", UNSET),
            secret_name=d.pop("secret_name", UNSET),
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
