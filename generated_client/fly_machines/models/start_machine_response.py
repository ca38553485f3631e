from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="StartMachineResponse")


@_attrs_define
class StartMachineResponse:
    previous_state: str
    """ State before the start. """
    migrated: bool | None | Unset = UNSET
    """ Whether it moved to another host. """
    new_host: None | str | Unset = UNSET
    """ The host that it moved to. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["previous_state"] = self.previous_state
        if self.migrated is not UNSET:
            field_dict["migrated"] = self.migrated
        if self.new_host is not UNSET:
            field_dict["new_host"] = self.new_host
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        start_machine_response = cls(
            previous_state=d.pop("previous_state"),
            migrated=d.pop("migrated", UNSET),
            new_host=d.pop("new_host", UNSET),
        )
        start_machine_response.additional_properties = d
        return start_machine_response

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
