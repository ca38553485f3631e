from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.postgres_role import PostgresRole
from ..types import UNSET
from . import Model, as_json, members, new, others

_PostgresRole = members(PostgresRole)
_NAMES = (
    "role",
    "username",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreatePostgresUserRequest")


@_attrs_define(repr=False)
class CreatePostgresUserRequest(Model[Any]):
    role: PostgresRole | str
    """ What the user may do. """
    username: str
    """ Name of the user. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        role = self.role
        d["role"] = role._value_ if type(role) is PostgresRole else as_json(role)
        d["username"] = self.username
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (role, self.username) = _values(d)
        self.role = _PostgresRole(role, role) if isinstance(role, str) else role
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
