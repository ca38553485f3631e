from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.cpu_kind import CpuKind
from ..models.postgres_major_version import PostgresMajorVersion
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_status import PostgresStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.postgres_attached_app import PostgresAttachedApp
    from ..models.postgres_cluster_endpoints import PostgresClusterEndpoints
    from ..models.postgres_organization import PostgresOrganization


T = TypeVar("T", bound="PostgresCluster")


@_attrs_define
class PostgresCluster:
    attached_apps: list[PostgresAttachedApp] | None | Unset = UNSET

    cpu_kind: CpuKind | None | str | Unset = UNSET

    cpus: int | None | Unset = UNSET

    created_at: datetime.datetime | None | str | Unset = UNSET

    disk_size_gb: int | None | Unset = UNSET

    endpoints: None | PostgresClusterEndpoints | Unset = UNSET

    id: None | str | Unset = UNSET

    memory_mb: int | None | Unset = UNSET

    name: None | str | Unset = UNSET

    organization: None | PostgresOrganization | Unset = UNSET

    pg_major_version: None | PostgresMajorVersion | str | Unset = UNSET

    plan: None | PostgresPlan | str | Unset = UNSET

    postgis_enabled: bool | None | Unset = UNSET

    region: None | str | Unset = UNSET

    replicas: int | None | Unset = UNSET

    status: None | PostgresStatus | str | Unset = UNSET

    storage_provisioned_bytes: int | None | Unset = UNSET

    storage_used_bytes: int | None | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.attached_apps is not UNSET:
            field_dict["attached_apps"] = as_json(self.attached_apps)
        if self.cpu_kind is not UNSET:
            field_dict["cpu_kind"] = as_json(self.cpu_kind)
        if self.cpus is not UNSET:
            field_dict["cpus"] = self.cpus
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.disk_size_gb is not UNSET:
            field_dict["disk_size_gb"] = self.disk_size_gb
        if self.endpoints is not UNSET:
            field_dict["endpoints"] = as_json(self.endpoints)
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.memory_mb is not UNSET:
            field_dict["memory_mb"] = self.memory_mb
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.organization is not UNSET:
            field_dict["organization"] = as_json(self.organization)
        if self.pg_major_version is not UNSET:
            field_dict["pg_major_version"] = as_json(self.pg_major_version)
        if self.plan is not UNSET:
            field_dict["plan"] = as_json(self.plan)
        if self.postgis_enabled is not UNSET:
            field_dict["postgis_enabled"] = self.postgis_enabled
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.replicas is not UNSET:
            field_dict["replicas"] = self.replicas
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        if self.storage_provisioned_bytes is not UNSET:
            field_dict["storage_provisioned_bytes"] = self.storage_provisioned_bytes
        if self.storage_used_bytes is not UNSET:
            field_dict["storage_used_bytes"] = self.storage_used_bytes
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        postgres_cluster = cls(
            attached_apps=as_list(
                d.pop("attached_apps", UNSET), lambda item: as_model(item, models.PostgresAttachedApp)
            ),
            cpu_kind=as_known(d.pop("cpu_kind", UNSET), CpuKind),
            cpus=d.pop("cpus", UNSET),
            created_at=as_time(d.pop("created_at", UNSET)),
            disk_size_gb=d.pop("disk_size_gb", UNSET),
            endpoints=as_model(d.pop("endpoints", UNSET), models.PostgresClusterEndpoints),
            id=d.pop("id", UNSET),
            memory_mb=d.pop("memory_mb", UNSET),
            name=d.pop("name", UNSET),
            organization=as_model(d.pop("organization", UNSET), models.PostgresOrganization),
            pg_major_version=as_known(d.pop("pg_major_version", UNSET), PostgresMajorVersion),
            plan=as_known(d.pop("plan", UNSET), PostgresPlan),
            postgis_enabled=d.pop("postgis_enabled", UNSET),
            region=d.pop("region", UNSET),
            replicas=d.pop("replicas", UNSET),
            status=as_known(d.pop("status", UNSET), PostgresStatus),
            storage_provisioned_bytes=d.pop("storage_provisioned_bytes", UNSET),
            storage_used_bytes=d.pop("storage_used_bytes", UNSET),
        )
        postgres_cluster.additional_properties = d
        return postgres_cluster

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
