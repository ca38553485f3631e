from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.concurrency_type import ConcurrencyType
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_ConcurrencyType = members(ConcurrencyType)
_NAMES = (
    "hard_limit",
    "soft_limit",
    "type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineServiceConcurrency")


@_attrs_define(repr=False)
class MachineServiceConcurrency(Model[Any]):
    """How many requests a Machine takes."""

    hard_limit: int | None | Unset = UNSET
    """ From here on, it gets no more. """
    soft_limit: int | None | Unset = UNSET
    """ From here on, other Machines are preferred. """
    type_: ConcurrencyType | None | str | Unset = UNSET
    """ What is counted: connections or requests. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (hard_limit := self.hard_limit) is not UNSET:
            d["hard_limit"] = hard_limit
        if (soft_limit := self.soft_limit) is not UNSET:
            d["soft_limit"] = soft_limit
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is ConcurrencyType else as_json(type_)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.hard_limit, self.soft_limit, type_) = _values(d)
        self.type_ = _ConcurrencyType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
