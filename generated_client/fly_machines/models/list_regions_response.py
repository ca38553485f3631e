from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "Nearest",
    "Regions",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ListRegionsResponse")


@_attrs_define(repr=False)
class ListRegionsResponse(Model[Any]):
    nearest: None | str | Unset = UNSET
    """ Code of the region nearest to the caller. """
    regions: list[models.Region] | None | Unset = UNSET
    """ All regions. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (nearest := self.nearest) is not UNSET:
            d["Nearest"] = nearest
        if (regions := self.regions) is not UNSET:
            d["Regions"] = (
                [each.to_dict() if type(each) is models.Region else as_json(each) for each in regions]
                if type(regions) is list
                else as_json(regions)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.nearest, regions) = _values(d)
        self.regions = (
            [models.Region.from_dict(each) if isinstance(each, dict) else each for each in regions]
            if isinstance(regions, list)
            else regions
        )
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
