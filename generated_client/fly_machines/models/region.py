from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "code",
    "deprecated",
    "gateway_available",
    "geo_region",
    "latitude",
    "longitude",
    "mpg_available",
    "name",
    "requires_paid_plan",
    "capacity",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="Region")


@_attrs_define(repr=False)
class Region(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (code := self.code) is not UNSET:
            d["code"] = code
        if (deprecated := self.deprecated) is not UNSET:
            d["deprecated"] = deprecated
        if (gateway_available := self.gateway_available) is not UNSET:
            d["gateway_available"] = gateway_available
        if (geo_region := self.geo_region) is not UNSET:
            d["geo_region"] = geo_region
        if (latitude := self.latitude) is not UNSET:
            d["latitude"] = latitude
        if (longitude := self.longitude) is not UNSET:
            d["longitude"] = longitude
        if (mpg_available := self.mpg_available) is not UNSET:
            d["mpg_available"] = mpg_available
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (requires_paid_plan := self.requires_paid_plan) is not UNSET:
            d["requires_paid_plan"] = requires_paid_plan
        if (capacity := self.capacity) is not UNSET:
            d["capacity"] = capacity
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.code,
            self.deprecated,
            self.gateway_available,
            self.geo_region,
            self.latitude,
            self.longitude,
            self.mpg_available,
            self.name,
            self.requires_paid_plan,
            self.capacity,
        ) = _values(d)
        self._others = None if len(d) == 10 else others(d, _NAMES)
        return self
