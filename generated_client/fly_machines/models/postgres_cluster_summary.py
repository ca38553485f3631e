from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_status import PostgresStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.postgres_attached_app import PostgresAttachedApp


T = TypeVar("T", bound="PostgresClusterSummary")


@_attrs_define
class PostgresClusterSummary:
    attached_apps: list[PostgresAttachedApp] | None | Unset = UNSET

    created_at: datetime.datetime | None | str | Unset = UNSET

    deleted_at: None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    name: None | str | Unset = UNSET

    plan: None | PostgresPlan | str | Unset = UNSET

    region: None | str | Unset = UNSET

    status: None | PostgresStatus | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.attached_apps is not UNSET:
            field_dict["attached_apps"] = as_json(self.attached_apps)
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.deleted_at is not UNSET:
            field_dict["deleted_at"] = self.deleted_at
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.plan is not UNSET:
            field_dict["plan"] = as_json(self.plan)
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_cluster_summary = cls(
            attached_apps=as_list(
                d.pop("attached_apps", UNSET), lambda item: as_model(item, models.PostgresAttachedApp)
            ),
            created_at=as_time(d.pop("created_at", UNSET)),
            deleted_at=d.pop("deleted_at", UNSET),
            id=d.pop("id", UNSET),
            name=d.pop("name", UNSET),
            plan=as_known(d.pop("plan", UNSET), PostgresPlan),
            region=d.pop("region", UNSET),
            status=as_known(d.pop("status", UNSET), PostgresStatus),
        )
        postgres_cluster_summary.additional_properties = d
        return postgres_cluster_summary

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
