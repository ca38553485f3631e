from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "app_value",
    "name",
    "org_value",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="OwnershipVerification")


@_attrs_define(repr=False)
class OwnershipVerification(Model[Any]):
    app_value: None | str | Unset = UNSET
    """ Its value for this app. """
    name: None | str | Unset = UNSET
    """ Name of the TXT record. """
    org_value: None | str | Unset = UNSET
    """ Its value for the whole organization. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (app_value := self.app_value) is not UNSET:
            d["app_value"] = app_value
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (org_value := self.org_value) is not UNSET:
            d["org_value"] = org_value
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.app_value, self.name, self.org_value) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
