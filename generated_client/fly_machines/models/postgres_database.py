from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("name",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="PostgresDatabase")


@_attrs_define(repr=False)
class PostgresDatabase(Model[Any]):
    name: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (name := self.name) is not UNSET:
            d["name"] = name
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.name = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
