from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        application_name: None | str | Unset
        if isinstance(self.application_name, Unset):
            application_name = UNSET
        else:
            application_name = self.application_name

        client: None | str | Unset
        if isinstance(self.client, Unset):
            client = UNSET
        else:
            client = self.client

        database: None | str | Unset
        if isinstance(self.database, Unset):
            database = UNSET
        else:
            database = self.database

        duration_seconds: float | None | Unset
        if isinstance(self.duration_seconds, Unset):
            duration_seconds = UNSET
        else:
            duration_seconds = self.duration_seconds

        pid: int | None | Unset
        if isinstance(self.pid, Unset):
            pid = UNSET
        else:
            pid = self.pid

        query: None | str | Unset
        if isinstance(self.query, Unset):
            query = UNSET
        else:
            query = self.query

        state: None | str | Unset
        if isinstance(self.state, Unset):
            state = UNSET
        else:
            state = self.state

        state_duration_seconds: float | None | Unset
        if isinstance(self.state_duration_seconds, Unset):
            state_duration_seconds = UNSET
        else:
            state_duration_seconds = self.state_duration_seconds

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        wait_event: None | str | Unset
        if isinstance(self.wait_event, Unset):
            wait_event = UNSET
        else:
            wait_event = self.wait_event

        wait_event_type: None | str | Unset
        if isinstance(self.wait_event_type, Unset):
            wait_event_type = UNSET
        else:
            wait_event_type = self.wait_event_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if application_name is not UNSET:
            field_dict["application_name"] = application_name
        if client is not UNSET:
            field_dict["client"] = client
        if database is not UNSET:
            field_dict["database"] = database
        if duration_seconds is not UNSET:
            field_dict["duration_seconds"] = duration_seconds
        if pid is not UNSET:
            field_dict["pid"] = pid
        if query is not UNSET:
            field_dict["query"] = query
        if state is not UNSET:
            field_dict["state"] = state
        if state_duration_seconds is not UNSET:
            field_dict["state_duration_seconds"] = state_duration_seconds
        if user is not UNSET:
            field_dict["user"] = user
        if wait_event is not UNSET:
            field_dict["wait_event"] = wait_event
        if wait_event_type is not UNSET:
            field_dict["wait_event_type"] = wait_event_type

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_application_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        application_name = _parse_application_name(d.pop("application_name", UNSET))

        def _parse_client(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        client = _parse_client(d.pop("client", UNSET))

        def _parse_database(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        database = _parse_database(d.pop("database", UNSET))

        def _parse_duration_seconds(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        duration_seconds = _parse_duration_seconds(d.pop("duration_seconds", UNSET))

        def _parse_pid(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        pid = _parse_pid(d.pop("pid", UNSET))

        def _parse_query(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        query = _parse_query(d.pop("query", UNSET))

        def _parse_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        state = _parse_state(d.pop("state", UNSET))

        def _parse_state_duration_seconds(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("float | None | Unset", data)

        state_duration_seconds = _parse_state_duration_seconds(d.pop("state_duration_seconds", UNSET))

        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        user = _parse_user(d.pop("user", UNSET))

        def _parse_wait_event(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        wait_event = _parse_wait_event(d.pop("wait_event", UNSET))

        def _parse_wait_event_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        wait_event_type = _parse_wait_event_type(d.pop("wait_event_type", UNSET))

        postgres_active_query = cls(
            application_name=application_name,
            client=client,
            database=database,
            duration_seconds=duration_seconds,
            pid=pid,
            query=query,
            state=state,
            state_duration_seconds=state_duration_seconds,
            user=user,
            wait_event=wait_event,
            wait_event_type=wait_event_type,
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
