from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.postgres_backup_type import PostgresBackupType

T = TypeVar("T", bound="CreatePostgresBackupRequest")


@_attrs_define
class CreatePostgresBackupRequest:
    type_: PostgresBackupType | str
    """ full, diff (since the last full one) or incr (since the last one). """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_: str
        if isinstance(self.type_, PostgresBackupType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_type_(data: object) -> PostgresBackupType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = PostgresBackupType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("PostgresBackupType | str", data)

        type_ = _parse_type_(d.pop("type"))

        create_postgres_backup_request = cls(
            type_=type_,
        )

        create_postgres_backup_request.additional_properties = d
        return create_postgres_backup_request

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
