from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.postgres_role import PostgresRole
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_PostgresRole = members(PostgresRole)
_NAMES = (
    "role",
    "username",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresUser")


@_attrs_define(repr=False)
class PostgresUser(Model[Any]):
    role: None | PostgresRole | str | Unset = UNSET

    username: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (role := self.role) is not UNSET:
            d["role"] = role._value_ if type(role) is PostgresRole else as_json(role)
        if (username := self.username) is not UNSET:
            d["username"] = username
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (role, self.username) = _values(d)
        self.role = _PostgresRole(role, role) if isinstance(role, str) else role
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
