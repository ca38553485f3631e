from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "name",
    "org_slug",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="IpAssignmentNetwork")


@_attrs_define(repr=False)
class IpAssignmentNetwork(Model[Any]):
    name: None | str | Unset = UNSET

    org_slug: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (org_slug := self.org_slug) is not UNSET:
            d["org_slug"] = org_slug
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, self.org_slug) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
