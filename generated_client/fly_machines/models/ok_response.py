from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET
from . import Model, new, others

_NAMES = ("ok",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)

T = TypeVar("T", bound="OkResponse")


@_attrs_define(repr=False)
class OkResponse(Model[Any]):
    ok: bool
    """ Always true. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["ok"] = self.ok
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.ok = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
