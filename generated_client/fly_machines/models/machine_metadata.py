from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from . import Model, new

T = TypeVar("T", bound="MachineMetadata")


@_attrs_define(repr=False)
class MachineMetadata(Model[str]):
    """All metadata of a Machine, by key."""

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        self = new(cls)
        self._others = {**src_dict}
        return self
