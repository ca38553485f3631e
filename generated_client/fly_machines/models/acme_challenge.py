from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "name",
    "target",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AcmeChallenge")


@_attrs_define(repr=False)
class AcmeChallenge(Model[Any]):
    name: None | str | Unset = UNSET
    """ Name of the CNAME record. """
    target: None | str | Unset = UNSET
    """ Its target. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (target := self.target) is not UNSET:
            d["target"] = target
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, self.target) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
