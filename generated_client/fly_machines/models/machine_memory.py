from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "available_mb",
    "limit_mb",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineMemory")


@_attrs_define(repr=False)
class MachineMemory(Model[Any]):
    available_mb: int | None | Unset = UNSET
    """ What is available below it, in MiB. """
    limit_mb: int | None | Unset = UNSET
    """ Limit in MiB. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (available_mb := self.available_mb) is not UNSET:
            d["available_mb"] = available_mb
        if (limit_mb := self.limit_mb) is not UNSET:
            d["limit_mb"] = limit_mb
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.available_mb, self.limit_mb) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
