from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="Region")


@_attrs_define
class Region:
    code: None | str | Unset = UNSET
    """ Code, as in `iad`. """
    deprecated: bool | None | Unset = UNSET
    """ Whether new Machines should go elsewhere. """
    gateway_available: bool | None | Unset = UNSET
    """ Whether WireGuard peers can connect here. """
    geo_region: None | str | Unset = UNSET
    """ Alias for all regions around, as in `eu`. """
    latitude: float | None | Unset = UNSET
    """ Degrees north. """
    longitude: float | None | Unset = UNSET
    """ Degrees east. """
    mpg_available: bool | None | Unset = UNSET
    """ Whether Managed Postgres is offered here. """
    name: None | str | Unset = UNSET
    """ City and country. """
    requires_paid_plan: bool | None | Unset = UNSET
    """ Whether it is for paid plans only. """
    capacity: int | None | Unset = UNSET
    """ How much room there is, in a measure that is not documented; in older answers. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.code is not UNSET:
            field_dict["code"] = self.code
        if self.deprecated is not UNSET:
            field_dict["deprecated"] = self.deprecated
        if self.gateway_available is not UNSET:
            field_dict["gateway_available"] = self.gateway_available
        if self.geo_region is not UNSET:
            field_dict["geo_region"] = self.geo_region
        if self.latitude is not UNSET:
            field_dict["latitude"] = self.latitude
        if self.longitude is not UNSET:
            field_dict["longitude"] = self.longitude
        if self.mpg_available is not UNSET:
            field_dict["mpg_available"] = self.mpg_available
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.requires_paid_plan is not UNSET:
            field_dict["requires_paid_plan"] = self.requires_paid_plan
        if self.capacity is not UNSET:
            field_dict["capacity"] = self.capacity
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        region = cls(
            code=d.pop("code", UNSET),
            deprecated=d.pop("deprecated", UNSET),
            gateway_available=d.pop("gateway_available", UNSET),
            geo_region=d.pop("geo_region", UNSET),
            latitude=d.pop("latitude", UNSET),
            longitude=d.pop("longitude", UNSET),
            mpg_available=d.pop("mpg_available", UNSET),
            name=d.pop("name", UNSET),
            requires_paid_plan=d.pop("requires_paid_plan", UNSET),
            capacity=d.pop("capacity", UNSET),
        )
        region.additional_properties = d
        return region

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
