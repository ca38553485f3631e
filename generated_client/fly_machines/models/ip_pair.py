from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "v4",
    "v6",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="IpPair")


@_attrs_define(repr=False)
class IpPair(Model[Any]):
    v4: None | str | Unset = UNSET

    v6: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (v4 := self.v4) is not UNSET:
            d["v4"] = v4
        if (v6 := self.v6) is not UNSET:
            d["v6"] = v6
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.v4, self.v6) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
