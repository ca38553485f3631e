from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "description",
    "ttl",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AcquireLeaseRequest")


@_attrs_define(repr=False)
class AcquireLeaseRequest(Model[Any]):
    """How long a lease is wanted, and what for."""

    description: str | Unset = UNSET
    """ What you are doing; others who want the Machine can read it. """
    ttl: int | Unset = UNSET
    """ Lifetime in seconds. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (description := self.description) is not UNSET:
            d["description"] = description
        if (ttl := self.ttl) is not UNSET:
            d["ttl"] = ttl
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.description, self.ttl) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
