from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.postgres_backup_type import PostgresBackupType
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="PostgresBackup")


@_attrs_define
class PostgresBackup:
    finished_at: None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    size_bytes: int | None | Unset = UNSET

    started_at: None | str | Unset = UNSET

    status: None | str | Unset = UNSET

    type_: None | PostgresBackupType | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.finished_at is not UNSET:
            field_dict["finished_at"] = self.finished_at
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.size_bytes is not UNSET:
            field_dict["size_bytes"] = self.size_bytes
        if self.started_at is not UNSET:
            field_dict["started_at"] = self.started_at
        if self.status is not UNSET:
            field_dict["status"] = self.status
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_backup = cls(
            finished_at=d.pop("finished_at", UNSET),
            id=d.pop("id", UNSET),
            size_bytes=d.pop("size_bytes", UNSET),
            started_at=d.pop("started_at", UNSET),
            status=d.pop("status", UNSET),
            type_=as_known(d.pop("type", UNSET), PostgresBackupType),
        )
        postgres_backup.additional_properties = d
        return postgres_backup

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
