from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "status",
    "data",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="LeaseReleaseResponse")


@_attrs_define(repr=False)
class LeaseReleaseResponse(Model[Any]):
    status: str
    """ `success`. """
    data: models.LeaseReleaseResult | None | Unset = UNSET
    """ Whether it is released. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["status"] = self.status
        if (data := self.data) is not UNSET:
            d["data"] = data.to_dict() if type(data) is models.LeaseReleaseResult else as_json(data)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.status, data) = _values(d)
        self.data = models.LeaseReleaseResult.from_dict(data) if isinstance(data, dict) else data
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
