from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_status import PostgresStatus
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_PostgresPlan = members(PostgresPlan)
_PostgresStatus = members(PostgresStatus)
_NAMES = (
    "attached_apps",
    "created_at",
    "deleted_at",
    "id",
    "name",
    "plan",
    "region",
    "status",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresClusterSummary")


@_attrs_define(repr=False)
class PostgresClusterSummary(Model[Any]):
    attached_apps: list[models.PostgresAttachedApp] | None | Unset = UNSET

    created_at: datetime.datetime | None | str | Unset = UNSET

    deleted_at: None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    name: None | str | Unset = UNSET

    plan: None | PostgresPlan | str | Unset = UNSET

    region: None | str | Unset = UNSET

    status: None | PostgresStatus | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (attached_apps := self.attached_apps) is not UNSET:
            d["attached_apps"] = (
                [
                    each.to_dict() if type(each) is models.PostgresAttachedApp else as_json(each)
                    for each in attached_apps
                ]
                if type(attached_apps) is list
                else as_json(attached_apps)
            )
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (deleted_at := self.deleted_at) is not UNSET:
            d["deleted_at"] = deleted_at
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (plan := self.plan) is not UNSET:
            d["plan"] = plan._value_ if type(plan) is PostgresPlan else as_json(plan)
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is PostgresStatus else as_json(status)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (attached_apps, created_at, self.deleted_at, self.id, self.name, plan, self.region, status) = _values(d)
        self.attached_apps = (
            [models.PostgresAttachedApp.from_dict(each) if isinstance(each, dict) else each for each in attached_apps]
            if isinstance(attached_apps, list)
            else attached_apps
        )
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.plan = _PostgresPlan(plan, plan) if isinstance(plan, str) else plan
        self.status = _PostgresStatus(status, status) if isinstance(status, str) else status
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
