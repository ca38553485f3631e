from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="RegionPlacement")


@_attrs_define
class RegionPlacement:
    concurrency: int | None | Unset = UNSET
    """ How many can be created there at once. """
    count: int | None | Unset = UNSET
    """ How many would fit. """
    region: None | str | Unset = UNSET
    """ Code of the region. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.concurrency is not UNSET:
            field_dict["Concurrency"] = self.concurrency
        if self.count is not UNSET:
            field_dict["Count"] = self.count
        if self.region is not UNSET:
            field_dict["Region"] = self.region
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        region_placement = cls(
            concurrency=d.pop("Concurrency", UNSET),
            count=d.pop("Count", UNSET),
            region=d.pop("Region", UNSET),
        )
        region_placement.additional_properties = d
        return region_placement

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
