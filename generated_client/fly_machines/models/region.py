from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code: None | str | Unset
        if isinstance(self.code, Unset):
            code = UNSET
        else:
            code = self.code

        deprecated: bool | None | Unset
        if isinstance(self.deprecated, Unset):
            deprecated = UNSET
        else:
            deprecated = self.deprecated

        gateway_available: bool | None | Unset
        if isinstance(self.gateway_available, Unset):
            gateway_available = UNSET
        else:
            gateway_available = self.gateway_available

        geo_region: None | str | Unset
        if isinstance(self.geo_region, Unset):
            geo_region = UNSET
        else:
            geo_region = self.geo_region

        latitude: float | None | Unset
        if isinstance(self.latitude, Unset):
            latitude = UNSET
        else:
            latitude = self.latitude

        longitude: float | None | Unset
        if isinstance(self.longitude, Unset):
            longitude = UNSET
        else:
            longitude = self.longitude

        mpg_available: bool | None | Unset
        if isinstance(self.mpg_available, Unset):
            mpg_available = UNSET
        else:
            mpg_available = self.mpg_available

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        requires_paid_plan: bool | None | Unset
        if isinstance(self.requires_paid_plan, Unset):
            requires_paid_plan = UNSET
        else:
            requires_paid_plan = self.requires_paid_plan

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if code is not UNSET:
            field_dict["code"] = code
        if deprecated is not UNSET:
            field_dict["deprecated"] = deprecated
        if gateway_available is not UNSET:
            field_dict["gateway_available"] = gateway_available
        if geo_region is not UNSET:
            field_dict["geo_region"] = geo_region
        if latitude is not UNSET:
            field_dict["latitude"] = latitude
        if longitude is not UNSET:
            field_dict["longitude"] = longitude
        if mpg_available is not UNSET:
            field_dict["mpg_available"] = mpg_available
        if name is not UNSET:
            field_dict["name"] = name
        if requires_paid_plan is not UNSET:
            field_dict["requires_paid_plan"] = requires_paid_plan

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        code = _parse_code(d.pop("code", UNSET))

        def _parse_deprecated(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        deprecated = _parse_deprecated(d.pop("deprecated", UNSET))

        def _parse_gateway_available(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        gateway_available = _parse_gateway_available(d.pop("gateway_available", UNSET))

        def _parse_geo_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        geo_region = _parse_geo_region(d.pop("geo_region", UNSET))

        def _parse_latitude(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        latitude = _parse_latitude(d.pop("latitude", UNSET))

        def _parse_longitude(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        longitude = _parse_longitude(d.pop("longitude", UNSET))

        def _parse_mpg_available(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        mpg_available = _parse_mpg_available(d.pop("mpg_available", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_requires_paid_plan(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        requires_paid_plan = _parse_requires_paid_plan(d.pop("requires_paid_plan", UNSET))

        region = cls(
            code=code,
            deprecated=deprecated,
            gateway_available=gateway_available,
            geo_region=geo_region,
            latitude=latitude,
            longitude=longitude,
            mpg_available=mpg_available,
            name=name,
            requires_paid_plan=requires_paid_plan,
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
