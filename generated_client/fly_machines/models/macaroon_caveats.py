from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("caveats",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="MacaroonCaveats")


@_attrs_define(repr=False)
class MacaroonCaveats(Model[Any]):
    caveats: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (caveats := self.caveats) is not UNSET:
            d["caveats"] = caveats
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.caveats = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
