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
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="SecretKey")


@_attrs_define(repr=False)
class SecretKey(Model[Any]):
    """A key without its secret part."""

    created_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was first set. """
    name: None | str | Unset = UNSET
    """ Name of the key. """
    public_key: None | str | Unset = UNSET
    """ Public part, base64, where the type has one. """
    type_: None | str | Unset = UNSET
    """ One of es256, hs256, hs384, hs512, xaes256gcm, nacl_auth, nacl_box, nacl_secretbox, nacl_sign. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was last set. """

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
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (created_at, self.name, self.public_key, self.type_, updated_at) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
