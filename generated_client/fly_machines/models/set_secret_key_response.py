from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "created_at",
    "name",
    "public_key",
    "type",
    "updated_at",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="SetSecretKeyResponse")


@_attrs_define(repr=False)
class SetSecretKeyResponse(Model[Any]):
    created_at: datetime.datetime | None | str | Unset = UNSET

    name: None | str | Unset = UNSET

    public_key: None | str | Unset = UNSET

    type_: None | str | Unset = UNSET

    updated_at: datetime.datetime | None | str | Unset = UNSET

    version: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (public_key := self.public_key) is not UNSET:
            d["public_key"] = public_key
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (created_at, self.name, self.public_key, self.type_, updated_at, self.version) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
