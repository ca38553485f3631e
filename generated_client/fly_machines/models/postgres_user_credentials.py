from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "password",
    "username",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresUserCredentials")


@_attrs_define(repr=False)
class PostgresUserCredentials(Model[Any]):
    password: None | str | Unset = UNSET

    username: None | str | Unset = UNSET

    _secrets: ClassVar[tuple[str, ...]] = ("password",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (password := self.password) is not UNSET:
            d["password"] = password
        if (username := self.username) is not UNSET:
            d["username"] = username
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.password, self.username) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
