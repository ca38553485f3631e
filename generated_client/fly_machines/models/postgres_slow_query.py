from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        calls: int | None | Unset
        if isinstance(self.calls, Unset):
            calls = UNSET
        else:
            calls = self.calls

        database: None | str | Unset
        if isinstance(self.database, Unset):
            database = UNSET
        else:
            database = self.database

        max_exec_time_seconds: float | None | Unset
        if isinstance(self.max_exec_time_seconds, Unset):
            max_exec_time_seconds = UNSET
        else:
            max_exec_time_seconds = self.max_exec_time_seconds

        mean_exec_time_seconds: float | None | Unset
        if isinstance(self.mean_exec_time_seconds, Unset):
            mean_exec_time_seconds = UNSET
        else:
            mean_exec_time_seconds = self.mean_exec_time_seconds

        query: None | str | Unset
        if isinstance(self.query, Unset):
            query = UNSET
        else:
            query = self.query

        query_id: None | str | Unset
        if isinstance(self.query_id, Unset):
            query_id = UNSET
        else:
            query_id = self.query_id

        total_exec_time_seconds: float | None | Unset
        if isinstance(self.total_exec_time_seconds, Unset):
            total_exec_time_seconds = UNSET
        else:
            total_exec_time_seconds = self.total_exec_time_seconds

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if calls is not UNSET:
            field_dict["calls"] = calls
        if database is not UNSET:
            field_dict["database"] = database
        if max_exec_time_seconds is not UNSET:
            field_dict["max_exec_time_seconds"] = max_exec_time_seconds
        if mean_exec_time_seconds is not UNSET:
            field_dict["mean_exec_time_seconds"] = mean_exec_time_seconds
        if query is not UNSET:
            field_dict["query"] = query
        if query_id is not UNSET:
            field_dict["query_id"] = query_id
        if total_exec_time_seconds is not UNSET:
            field_dict["total_exec_time_seconds"] = total_exec_time_seconds
        if user is not UNSET:
            field_dict["user"] = user

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_calls(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        calls = _parse_calls(d.pop("calls", UNSET))

        def _parse_database(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        database = _parse_database(d.pop("database", UNSET))

        def _parse_max_exec_time_seconds(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        max_exec_time_seconds = _parse_max_exec_time_seconds(d.pop("max_exec_time_seconds", UNSET))

        def _parse_mean_exec_time_seconds(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        mean_exec_time_seconds = _parse_mean_exec_time_seconds(d.pop("mean_exec_time_seconds", UNSET))

        def _parse_query(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        query = _parse_query(d.pop("query", UNSET))

        def _parse_query_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        query_id = _parse_query_id(d.pop("query_id", UNSET))

        def _parse_total_exec_time_seconds(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        total_exec_time_seconds = _parse_total_exec_time_seconds(d.pop("total_exec_time_seconds", UNSET))

        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        user = _parse_user(d.pop("user", UNSET))

        postgres_slow_query = cls(
            calls=calls,
            database=database,
            max_exec_time_seconds=max_exec_time_seconds,
            mean_exec_time_seconds=mean_exec_time_seconds,
            query=query,
            query_id=query_id,
            total_exec_time_seconds=total_exec_time_seconds,
            user=user,
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
