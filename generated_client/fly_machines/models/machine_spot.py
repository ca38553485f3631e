from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("max_price_fraction",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="MachineSpot")


@_attrs_define(repr=False)
class MachineSpot(Model[Any]):
    """Running on spare capacity."""

    max_price_fraction: float | None | Unset = UNSET
    """ Part of the full price to pay at most, 0 to 1. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (max_price_fraction := self.max_price_fraction) is not UNSET:
            d["max_price_fraction"] = max_price_fraction
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.max_price_fraction = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
