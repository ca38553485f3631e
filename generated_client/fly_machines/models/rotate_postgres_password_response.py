from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("data",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="RotatePostgresPasswordResponse")


@_attrs_define(repr=False)
class RotatePostgresPasswordResponse(Model[Any]):
    data: None | models.PostgresUserCredentials | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (data := self.data) is not UNSET:
            d["data"] = data.to_dict() if type(data) is models.PostgresUserCredentials else as_json(data)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        data = d[_NAMES[0]]
        self.data = models.PostgresUserCredentials.from_dict(data) if isinstance(data, dict) else data
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
