from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.postgres_backup_type import PostgresBackupType
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_PostgresBackupType = members(PostgresBackupType)
_NAMES = (
    "finished_at",
    "id",
    "size_bytes",
    "started_at",
    "status",
    "type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresBackup")


@_attrs_define(repr=False)
class PostgresBackup(Model[Any]):
    finished_at: None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    size_bytes: int | None | Unset = UNSET

    started_at: None | str | Unset = UNSET

    status: None | str | Unset = UNSET

    type_: None | PostgresBackupType | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (finished_at := self.finished_at) is not UNSET:
            d["finished_at"] = finished_at
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (size_bytes := self.size_bytes) is not UNSET:
            d["size_bytes"] = size_bytes
        if (started_at := self.started_at) is not UNSET:
            d["started_at"] = started_at
        if (status := self.status) is not UNSET:
            d["status"] = status
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is PostgresBackupType else as_json(type_)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.finished_at, self.id, self.size_bytes, self.started_at, self.status, type_) = _values(d)
        self.type_ = _PostgresBackupType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
