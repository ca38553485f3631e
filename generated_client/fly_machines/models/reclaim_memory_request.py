from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("amount_mb",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="ReclaimMemoryRequest")


@_attrs_define(repr=False)
class ReclaimMemoryRequest(Model[Any]):
    amount_mb: int | Unset = UNSET
    """ How much to ask for, in MiB. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (amount_mb := self.amount_mb) is not UNSET:
            d["amount_mb"] = amount_mb
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.amount_mb = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
