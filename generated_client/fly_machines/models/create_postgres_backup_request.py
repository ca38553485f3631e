from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.postgres_backup_type import PostgresBackupType
from ..types import UNSET
from . import Model, as_json, members, new, others

_PostgresBackupType = members(PostgresBackupType)
_NAMES = ("type",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)

T = TypeVar("T", bound="CreatePostgresBackupRequest")


@_attrs_define(repr=False)
class CreatePostgresBackupRequest(Model[Any]):
    type_: PostgresBackupType | str
    """ full, diff (since the last full one) or incr (since the last one). """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        type_ = self.type_
        d["type"] = type_._value_ if type(type_) is PostgresBackupType else as_json(type_)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        type_ = d[_NAMES[0]]
        self.type_ = _PostgresBackupType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
