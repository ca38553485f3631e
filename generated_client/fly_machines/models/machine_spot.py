from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineSpot")


@_attrs_define
class MachineSpot:
    """Running on spare capacity."""

    max_price_fraction: float | None | Unset = UNSET
    """ Part of the full price to pay at most, 0 to 1. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        max_price_fraction: float | None | Unset
        if isinstance(self.max_price_fraction, Unset):
            max_price_fraction = UNSET
        else:
            max_price_fraction = self.max_price_fraction

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if max_price_fraction is not UNSET:
            field_dict["max_price_fraction"] = max_price_fraction

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_max_price_fraction(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        max_price_fraction = _parse_max_price_fraction(d.pop("max_price_fraction", UNSET))

        machine_spot = cls(
            max_price_fraction=max_price_fraction,
        )

        machine_spot.additional_properties = d
        return machine_spot

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
