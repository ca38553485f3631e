from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("Regions",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="FindPlacementsResponse")


@_attrs_define(repr=False)
class FindPlacementsResponse(Model[Any]):
    regions: list[models.RegionPlacement] | None | Unset = UNSET
    """ The regions that have room, best first. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (regions := self.regions) is not UNSET:
            d["Regions"] = (
                [each.to_dict() if type(each) is models.RegionPlacement else as_json(each) for each in regions]
                if type(regions) is list
                else as_json(regions)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        regions = d[_NAMES[0]]
        self.regions = (
            [models.RegionPlacement.from_dict(each) if isinstance(each, dict) else each for each in regions]
            if isinstance(regions, list)
            else regions
        )
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
