from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "app_name",
    "attached_at",
    "postgres_cluster_id",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresAttachment")


@_attrs_define(repr=False)
class PostgresAttachment(Model[Any]):
    app_name: None | str | Unset = UNSET

    attached_at: None | str | Unset = UNSET

    postgres_cluster_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (app_name := self.app_name) is not UNSET:
            d["app_name"] = app_name
        if (attached_at := self.attached_at) is not UNSET:
            d["attached_at"] = attached_at
        if (postgres_cluster_id := self.postgres_cluster_id) is not UNSET:
            d["postgres_cluster_id"] = postgres_cluster_id
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.app_name, self.attached_at, self.postgres_cluster_id) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
