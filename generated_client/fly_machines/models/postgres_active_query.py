from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="PostgresActiveQuery")


@_attrs_define
class PostgresActiveQuery:
    application_name: None | str | Unset = UNSET

    client: None | str | Unset = UNSET

    database: None | str | Unset = UNSET

    duration_seconds: float | None | Unset = UNSET

    pid: int | None | Unset = UNSET

    query: None | str | Unset = UNSET

    state: None | str | Unset = UNSET

    state_duration_seconds: float | None | Unset = UNSET

    user: None | str | Unset = UNSET

    wait_event: None | str | Unset = UNSET

    wait_event_type: None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.application_name is not UNSET:
            field_dict["application_name"] = self.application_name
        if self.client is not UNSET:
            field_dict["client"] = self.client
        if self.database is not UNSET:
            field_dict["database"] = self.database
        if self.duration_seconds is not UNSET:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.pid is not UNSET:
            field_dict["pid"] = self.pid
        if self.query is not UNSET:
            field_dict["query"] = self.query
        if self.state is not UNSET:
            field_dict["state"] = self.state
        if self.state_duration_seconds is not UNSET:
            field_dict["state_duration_seconds"] = self.state_duration_seconds
        if self.user is not UNSET:
            field_dict["user"] = self.user
        if self.wait_event is not UNSET:
            field_dict["wait_event"] = self.wait_event
        if self.wait_event_type is not UNSET:
            field_dict["wait_event_type"] = self.wait_event_type
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_active_query = cls(
            application_name=d.pop("application_name", UNSET),
            client=d.pop("client", UNSET),
            database=d.pop("database", UNSET),
            duration_seconds=d.pop("duration_seconds", UNSET),
            pid=d.pop("pid", UNSET),
            query=d.pop("query", UNSET),
            state=d.pop("state", UNSET),
            state_duration_seconds=d.pop("state_duration_seconds", UNSET),
            user=d.pop("user", UNSET),
            wait_event=d.pop("wait_event", UNSET),
            wait_event_type=d.pop("wait_event_type", UNSET),
        )
        postgres_active_query.additional_properties = d
        return postgres_active_query

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
