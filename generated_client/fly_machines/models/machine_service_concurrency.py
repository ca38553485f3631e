from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.concurrency_type import ConcurrencyType
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="MachineServiceConcurrency")


@_attrs_define
class MachineServiceConcurrency:
    """How many requests a Machine takes."""

    hard_limit: int | None | Unset = UNSET
    """ From here on, it gets no more. """
    soft_limit: int | None | Unset = UNSET
    """ From here on, other Machines are preferred. """
    type_: ConcurrencyType | None | str | Unset = UNSET
    """ What is counted: connections or requests. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.hard_limit is not UNSET:
            field_dict["hard_limit"] = self.hard_limit
        if self.soft_limit is not UNSET:
            field_dict["soft_limit"] = self.soft_limit
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_service_concurrency = cls(
            hard_limit=d.pop("hard_limit", UNSET),
            soft_limit=d.pop("soft_limit", UNSET),
            type_=as_known(d.pop("type", UNSET), ConcurrencyType),
        )
        machine_service_concurrency.additional_properties = d
        return machine_service_concurrency

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
