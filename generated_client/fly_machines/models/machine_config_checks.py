from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_check import MachineCheck


T = TypeVar("T", bound="MachineConfigChecks")


@_attrs_define
class MachineConfigChecks:
    additional_properties: dict[str, MachineCheck] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {name: as_json(value) for name, value in self.additional_properties.items()}
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_config_checks = cls()
        machine_config_checks.additional_properties = {
            name: as_model(value, models.MachineCheck) for name, value in d.items()
        }
        return machine_config_checks

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> MachineCheck:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: MachineCheck) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
