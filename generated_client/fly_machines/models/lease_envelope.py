from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET
from . import Model, as_json, as_needed, new, others

_NAMES = (
    "data",
    "status",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="LeaseEnvelope")


@_attrs_define(repr=False)
class LeaseEnvelope(Model[Any]):
    """A lease as the service wraps it."""

    data: models.Lease
    """ The right to change a Machine until a point in time. """
    status: str
    """ `success`. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        data = self.data
        d["data"] = data.to_dict() if type(data) is models.Lease else as_json(data)
        d["status"] = self.status
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (data, self.status) = _values(d)
        self.data = as_needed(data, models.Lease)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
