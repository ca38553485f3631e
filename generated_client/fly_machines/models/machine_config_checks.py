from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from . import Model, as_json, new

T = TypeVar("T", bound="MachineConfigChecks")


@_attrs_define(repr=False)
class MachineConfigChecks(Model["models.MachineCheck"]):
    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {
            name: value.to_dict() if type(value) is models.MachineCheck else as_json(value)
            for name, value in self.additional_properties.items()
        }
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        self = new(cls)
        self._others = {
            name: models.MachineCheck.from_dict(value) if isinstance(value, dict) else value
            for name, value in src_dict.items()
        }
        return self
