from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET
from . import Model, new, others

_NAMES = ("value",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)

T = TypeVar("T", bound="MetadataValue")


@_attrs_define(repr=False)
class MetadataValue(Model[Any]):
    value: str
    """ The value of the key. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["value"] = self.value
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.value = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
