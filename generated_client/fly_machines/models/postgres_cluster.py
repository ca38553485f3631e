from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.cpu_kind import CpuKind
from ..models.postgres_major_version import PostgresMajorVersion
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_status import PostgresStatus
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_CpuKind = members(CpuKind)
_PostgresMajorVersion = members(PostgresMajorVersion)
_PostgresPlan = members(PostgresPlan)
_PostgresStatus = members(PostgresStatus)
_NAMES = (
    "attached_apps",
    "cpu_kind",
    "cpus",
    "created_at",
    "disk_size_gb",
    "endpoints",
    "id",
    "memory_mb",
    "name",
    "organization",
    "pg_major_version",
    "plan",
    "postgis_enabled",
    "region",
    "replicas",
    "status",
    "storage_provisioned_bytes",
    "storage_used_bytes",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresCluster")


@_attrs_define(repr=False)
class PostgresCluster(Model[Any]):
    attached_apps: list[models.PostgresAttachedApp] | None | Unset = UNSET

    cpu_kind: CpuKind | None | str | Unset = UNSET

    cpus: int | None | Unset = UNSET

    created_at: datetime.datetime | None | str | Unset = UNSET

    disk_size_gb: int | None | Unset = UNSET

    endpoints: None | models.PostgresClusterEndpoints | Unset = UNSET

    id: None | str | Unset = UNSET

    memory_mb: int | None | Unset = UNSET

    name: None | str | Unset = UNSET

    organization: None | models.PostgresOrganization | Unset = UNSET

    pg_major_version: None | PostgresMajorVersion | str | Unset = UNSET

    plan: None | PostgresPlan | str | Unset = UNSET

    postgis_enabled: bool | None | Unset = UNSET

    region: None | str | Unset = UNSET

    replicas: int | None | Unset = UNSET

    status: None | PostgresStatus | str | Unset = UNSET

    storage_provisioned_bytes: int | None | Unset = UNSET

    storage_used_bytes: int | None | Unset = UNSET

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
        if (cpu_kind := self.cpu_kind) is not UNSET:
            d["cpu_kind"] = cpu_kind._value_ if type(cpu_kind) is CpuKind else as_json(cpu_kind)
        if (cpus := self.cpus) is not UNSET:
            d["cpus"] = cpus
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (disk_size_gb := self.disk_size_gb) is not UNSET:
            d["disk_size_gb"] = disk_size_gb
        if (endpoints := self.endpoints) is not UNSET:
            d["endpoints"] = (
                endpoints.to_dict() if type(endpoints) is models.PostgresClusterEndpoints else as_json(endpoints)
            )
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (memory_mb := self.memory_mb) is not UNSET:
            d["memory_mb"] = memory_mb
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (organization := self.organization) is not UNSET:
            d["organization"] = (
                organization.to_dict() if type(organization) is models.PostgresOrganization else as_json(organization)
            )
        if (pg_major_version := self.pg_major_version) is not UNSET:
            d["pg_major_version"] = (
                pg_major_version._value_
                if type(pg_major_version) is PostgresMajorVersion
                else as_json(pg_major_version)
            )
        if (plan := self.plan) is not UNSET:
            d["plan"] = plan._value_ if type(plan) is PostgresPlan else as_json(plan)
        if (postgis_enabled := self.postgis_enabled) is not UNSET:
            d["postgis_enabled"] = postgis_enabled
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (replicas := self.replicas) is not UNSET:
            d["replicas"] = replicas
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is PostgresStatus else as_json(status)
        if (storage_provisioned_bytes := self.storage_provisioned_bytes) is not UNSET:
            d["storage_provisioned_bytes"] = storage_provisioned_bytes
        if (storage_used_bytes := self.storage_used_bytes) is not UNSET:
            d["storage_used_bytes"] = storage_used_bytes
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            attached_apps,
            cpu_kind,
            self.cpus,
            created_at,
            self.disk_size_gb,
            endpoints,
            self.id,
            self.memory_mb,
            self.name,
            organization,
            pg_major_version,
            plan,
            self.postgis_enabled,
            self.region,
            self.replicas,
            status,
            self.storage_provisioned_bytes,
            self.storage_used_bytes,
        ) = _values(d)
        self.attached_apps = (
            [models.PostgresAttachedApp.from_dict(each) if isinstance(each, dict) else each for each in attached_apps]
            if isinstance(attached_apps, list)
            else attached_apps
        )
        self.cpu_kind = _CpuKind(cpu_kind, cpu_kind) if isinstance(cpu_kind, str) else cpu_kind
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.endpoints = (
            models.PostgresClusterEndpoints.from_dict(endpoints) if isinstance(endpoints, dict) else endpoints
        )
        self.organization = (
            models.PostgresOrganization.from_dict(organization) if isinstance(organization, dict) else organization
        )
        self.pg_major_version = (
            _PostgresMajorVersion(pg_major_version, pg_major_version)
            if isinstance(pg_major_version, str)
            else pg_major_version
        )
        self.plan = _PostgresPlan(plan, plan) if isinstance(plan, str) else plan
        self.status = _PostgresStatus(status, status) if isinstance(status, str) else status
        self._others = None if len(d) == 18 else others(d, _NAMES)
        return self
