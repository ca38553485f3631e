from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="PostgresAttachment")


@_attrs_define
class PostgresAttachment:
    app_name: None | str | Unset = UNSET

    attached_at: None | str | Unset = UNSET

    postgres_cluster_id: None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.app_name is not UNSET:
            field_dict["app_name"] = self.app_name
        if self.attached_at is not UNSET:
            field_dict["attached_at"] = self.attached_at
        if self.postgres_cluster_id is not UNSET:
            field_dict["postgres_cluster_id"] = self.postgres_cluster_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_attachment = cls(
            app_name=d.pop("app_name", UNSET),
            attached_at=d.pop("attached_at", UNSET),
            postgres_cluster_id=d.pop("postgres_cluster_id", UNSET),
        )
        postgres_attachment.additional_properties = d
        return postgres_attachment

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
