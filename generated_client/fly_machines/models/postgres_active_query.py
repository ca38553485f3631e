from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "application_name",
    "client",
    "database",
    "duration_seconds",
    "pid",
    "query",
    "state",
    "state_duration_seconds",
    "user",
    "wait_event",
    "wait_event_type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresActiveQuery")


@_attrs_define(repr=False)
class PostgresActiveQuery(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (application_name := self.application_name) is not UNSET:
            d["application_name"] = application_name
        if (client := self.client) is not UNSET:
            d["client"] = client
        if (database := self.database) is not UNSET:
            d["database"] = database
        if (duration_seconds := self.duration_seconds) is not UNSET:
            d["duration_seconds"] = duration_seconds
        if (pid := self.pid) is not UNSET:
            d["pid"] = pid
        if (query := self.query) is not UNSET:
            d["query"] = query
        if (state := self.state) is not UNSET:
            d["state"] = state
        if (state_duration_seconds := self.state_duration_seconds) is not UNSET:
            d["state_duration_seconds"] = state_duration_seconds
        if (user := self.user) is not UNSET:
            d["user"] = user
        if (wait_event := self.wait_event) is not UNSET:
            d["wait_event"] = wait_event
        if (wait_event_type := self.wait_event_type) is not UNSET:
            d["wait_event_type"] = wait_event_type
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.application_name,
            self.client,
            self.database,
            self.duration_seconds,
            self.pid,
            self.query,
            self.state,
            self.state_duration_seconds,
            self.user,
            self.wait_event,
            self.wait_event_type,
        ) = _values(d)
        self._others = None if len(d) == 11 else others(d, _NAMES)
        return self
