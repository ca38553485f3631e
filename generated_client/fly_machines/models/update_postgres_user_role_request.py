from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.postgres_role import PostgresRole
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="UpdatePostgresUserRoleRequest")


@_attrs_define
class UpdatePostgresUserRoleRequest:
    role: PostgresRole | str
    """ What the user may do. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["role"] = as_json(self.role)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        update_postgres_user_role_request = cls(
            role=as_known(d.pop("role"), PostgresRole),
        )
        update_postgres_user_role_request.additional_properties = d
        return update_postgres_user_role_request

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
