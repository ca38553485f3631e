from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_guest import MachineGuest


T = TypeVar("T", bound="MachineOverviewConfig")


@_attrs_define
class MachineOverviewConfig:
    """The part of a config that the organization's list holds."""

    guest: MachineGuest | None | Unset = UNSET

    image: None | str | Unset = UNSET

    metadata: Any | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.guest is not UNSET:
            field_dict["guest"] = as_json(self.guest)
        if self.image is not UNSET:
            field_dict["image"] = self.image
        if self.metadata is not UNSET:
            field_dict["metadata"] = self.metadata
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_overview_config = cls(
            guest=as_model(d.pop("guest", UNSET), models.MachineGuest),
            image=d.pop("image", UNSET),
            metadata=d.pop("metadata", UNSET),
        )
        machine_overview_config.additional_properties = d
        return machine_overview_config

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
