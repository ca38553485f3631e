from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "Concurrency",
    "Count",
    "Region",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="RegionPlacement")


@_attrs_define(repr=False)
class RegionPlacement(Model[Any]):
    concurrency: int | None | Unset = UNSET
    """ How many can be created there at once. """
    count: int | None | Unset = UNSET
    """ How many would fit. """
    region: None | str | Unset = UNSET
    """ Code of the region. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (concurrency := self.concurrency) is not UNSET:
            d["Concurrency"] = concurrency
        if (count := self.count) is not UNSET:
            d["Count"] = count
        if (region := self.region) is not UNSET:
            d["Region"] = region
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.concurrency, self.count, self.region) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
