from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("primary",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="PostgresClusterEndpoints")


@_attrs_define(repr=False)
class PostgresClusterEndpoints(Model[Any]):
    primary: None | models.PostgresNodeEndpoints | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (primary := self.primary) is not UNSET:
            d["primary"] = primary.to_dict() if type(primary) is models.PostgresNodeEndpoints else as_json(primary)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        primary = d[_NAMES[0]]
        self.primary = models.PostgresNodeEndpoints.from_dict(primary) if isinstance(primary, dict) else primary
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
