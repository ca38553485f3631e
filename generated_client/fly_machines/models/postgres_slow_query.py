from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="PostgresSlowQuery")


@_attrs_define
class PostgresSlowQuery:
    calls: int | None | Unset = UNSET

    database: None | str | Unset = UNSET

    max_exec_time_seconds: float | None | Unset = UNSET

    mean_exec_time_seconds: float | None | Unset = UNSET

    query: None | str | Unset = UNSET

    query_id: None | str | Unset = UNSET

    total_exec_time_seconds: float | None | Unset = UNSET

    user: None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.calls is not UNSET:
            field_dict["calls"] = self.calls
        if self.database is not UNSET:
            field_dict["database"] = self.database
        if self.max_exec_time_seconds is not UNSET:
            field_dict["max_exec_time_seconds"] = self.max_exec_time_seconds
        if self.mean_exec_time_seconds is not UNSET:
            field_dict["mean_exec_time_seconds"] = self.mean_exec_time_seconds
        if self.query is not UNSET:
            field_dict["query"] = self.query
        if self.query_id is not UNSET:
            field_dict["query_id"] = self.query_id
        if self.total_exec_time_seconds is not UNSET:
            field_dict["total_exec_time_seconds"] = self.total_exec_time_seconds
        if self.user is not UNSET:
            field_dict["user"] = self.user
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_slow_query = cls(
            calls=d.pop("calls", UNSET),
            database=d.pop("database", UNSET),
            max_exec_time_seconds=d.pop("max_exec_time_seconds", UNSET),
            mean_exec_time_seconds=d.pop("mean_exec_time_seconds", UNSET),
            query=d.pop("query", UNSET),
            query_id=d.pop("query_id", UNSET),
            total_exec_time_seconds=d.pop("total_exec_time_seconds", UNSET),
            user=d.pop("user", UNSET),
        )
        postgres_slow_query.additional_properties = d
        return postgres_slow_query

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
