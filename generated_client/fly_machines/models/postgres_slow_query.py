from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "calls",
    "database",
    "max_exec_time_seconds",
    "mean_exec_time_seconds",
    "query",
    "query_id",
    "total_exec_time_seconds",
    "user",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresSlowQuery")


@_attrs_define(repr=False)
class PostgresSlowQuery(Model[Any]):
    calls: int | None | Unset = UNSET

    database: None | str | Unset = UNSET

    max_exec_time_seconds: float | None | Unset = UNSET

    mean_exec_time_seconds: float | None | Unset = UNSET

    query: None | str | Unset = UNSET

    query_id: None | str | Unset = UNSET

    total_exec_time_seconds: float | None | Unset = UNSET

    user: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (calls := self.calls) is not UNSET:
            d["calls"] = calls
        if (database := self.database) is not UNSET:
            d["database"] = database
        if (max_exec_time_seconds := self.max_exec_time_seconds) is not UNSET:
            d["max_exec_time_seconds"] = max_exec_time_seconds
        if (mean_exec_time_seconds := self.mean_exec_time_seconds) is not UNSET:
            d["mean_exec_time_seconds"] = mean_exec_time_seconds
        if (query := self.query) is not UNSET:
            d["query"] = query
        if (query_id := self.query_id) is not UNSET:
            d["query_id"] = query_id
        if (total_exec_time_seconds := self.total_exec_time_seconds) is not UNSET:
            d["total_exec_time_seconds"] = total_exec_time_seconds
        if (user := self.user) is not UNSET:
            d["user"] = user
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.calls,
            self.database,
            self.max_exec_time_seconds,
            self.mean_exec_time_seconds,
            self.query,
            self.query_id,
            self.total_exec_time_seconds,
            self.user,
        ) = _values(d)
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
