from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.cpu_kind import CpuKind
from ..models.postgres_major_version import PostgresMajorVersion
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_status import PostgresStatus
from ..types import UNSET, Unset

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
    created_at: None | str | Unset = UNSET
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

    def to_dict(self) -> dict[str, Any]:
        from ..models.postgres_cluster_endpoints import PostgresClusterEndpoints  # noqa: PLC0415
        from ..models.postgres_organization import PostgresOrganization  # noqa: PLC0415

        attached_apps: list[dict[str, Any]] | None | Unset
        if isinstance(self.attached_apps, Unset):
            attached_apps = UNSET
        elif isinstance(self.attached_apps, list):
            attached_apps = []
            for attached_apps_type_0_item_data in self.attached_apps:
                attached_apps_type_0_item = attached_apps_type_0_item_data.to_dict()
                attached_apps.append(attached_apps_type_0_item)

        else:
            attached_apps = self.attached_apps

        cpu_kind: None | str | Unset
        if isinstance(self.cpu_kind, Unset):
            cpu_kind = UNSET
        elif isinstance(self.cpu_kind, CpuKind):
            cpu_kind = self.cpu_kind.value
        else:
            cpu_kind = self.cpu_kind

        cpus: int | None | Unset
        if isinstance(self.cpus, Unset):
            cpus = UNSET
        else:
            cpus = self.cpus

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        disk_size_gb: int | None | Unset
        if isinstance(self.disk_size_gb, Unset):
            disk_size_gb = UNSET
        else:
            disk_size_gb = self.disk_size_gb

        endpoints: dict[str, Any] | None | Unset
        if isinstance(self.endpoints, Unset):
            endpoints = UNSET
        elif isinstance(self.endpoints, PostgresClusterEndpoints):
            endpoints = self.endpoints.to_dict()
        else:
            endpoints = self.endpoints

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        memory_mb: int | None | Unset
        if isinstance(self.memory_mb, Unset):
            memory_mb = UNSET
        else:
            memory_mb = self.memory_mb

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        organization: dict[str, Any] | None | Unset
        if isinstance(self.organization, Unset):
            organization = UNSET
        elif isinstance(self.organization, PostgresOrganization):
            organization = self.organization.to_dict()
        else:
            organization = self.organization

        pg_major_version: None | str | Unset
        if isinstance(self.pg_major_version, Unset):
            pg_major_version = UNSET
        elif isinstance(self.pg_major_version, PostgresMajorVersion):
            pg_major_version = self.pg_major_version.value
        else:
            pg_major_version = self.pg_major_version

        plan: None | str | Unset
        if isinstance(self.plan, Unset):
            plan = UNSET
        elif isinstance(self.plan, PostgresPlan):
            plan = self.plan.value
        else:
            plan = self.plan

        postgis_enabled: bool | None | Unset
        if isinstance(self.postgis_enabled, Unset):
            postgis_enabled = UNSET
        else:
            postgis_enabled = self.postgis_enabled

        region: None | str | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        else:
            region = self.region

        replicas: int | None | Unset
        if isinstance(self.replicas, Unset):
            replicas = UNSET
        else:
            replicas = self.replicas

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, PostgresStatus):
            status = self.status.value
        else:
            status = self.status

        storage_provisioned_bytes: int | None | Unset
        if isinstance(self.storage_provisioned_bytes, Unset):
            storage_provisioned_bytes = UNSET
        else:
            storage_provisioned_bytes = self.storage_provisioned_bytes

        storage_used_bytes: int | None | Unset
        if isinstance(self.storage_used_bytes, Unset):
            storage_used_bytes = UNSET
        else:
            storage_used_bytes = self.storage_used_bytes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if attached_apps is not UNSET:
            field_dict["attached_apps"] = attached_apps
        if cpu_kind is not UNSET:
            field_dict["cpu_kind"] = cpu_kind
        if cpus is not UNSET:
            field_dict["cpus"] = cpus
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if disk_size_gb is not UNSET:
            field_dict["disk_size_gb"] = disk_size_gb
        if endpoints is not UNSET:
            field_dict["endpoints"] = endpoints
        if id is not UNSET:
            field_dict["id"] = id
        if memory_mb is not UNSET:
            field_dict["memory_mb"] = memory_mb
        if name is not UNSET:
            field_dict["name"] = name
        if organization is not UNSET:
            field_dict["organization"] = organization
        if pg_major_version is not UNSET:
            field_dict["pg_major_version"] = pg_major_version
        if plan is not UNSET:
            field_dict["plan"] = plan
        if postgis_enabled is not UNSET:
            field_dict["postgis_enabled"] = postgis_enabled
        if region is not UNSET:
            field_dict["region"] = region
        if replicas is not UNSET:
            field_dict["replicas"] = replicas
        if status is not UNSET:
            field_dict["status"] = status
        if storage_provisioned_bytes is not UNSET:
            field_dict["storage_provisioned_bytes"] = storage_provisioned_bytes
        if storage_used_bytes is not UNSET:
            field_dict["storage_used_bytes"] = storage_used_bytes

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.postgres_attached_app import PostgresAttachedApp  # noqa: PLC0415
        from ..models.postgres_cluster_endpoints import PostgresClusterEndpoints  # noqa: PLC0415
        from ..models.postgres_organization import PostgresOrganization  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_attached_apps(data: object) -> list[PostgresAttachedApp] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                attached_apps_type_0 = []
                _attached_apps_type_0 = data
                for attached_apps_type_0_item_data in _attached_apps_type_0:
                    attached_apps_type_0_item = PostgresAttachedApp.from_dict(attached_apps_type_0_item_data)

                    attached_apps_type_0.append(attached_apps_type_0_item)

                return attached_apps_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[PostgresAttachedApp] | None | Unset", data)

        attached_apps = _parse_attached_apps(d.pop("attached_apps", UNSET))

        def _parse_cpu_kind(data: object) -> CpuKind | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                cpu_kind_type_0 = CpuKind(data)

                return cpu_kind_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CpuKind | None | str | Unset", data)

        cpu_kind = _parse_cpu_kind(d.pop("cpu_kind", UNSET))

        def _parse_cpus(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        cpus = _parse_cpus(d.pop("cpus", UNSET))

        def _parse_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_disk_size_gb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        disk_size_gb = _parse_disk_size_gb(d.pop("disk_size_gb", UNSET))

        def _parse_endpoints(data: object) -> None | PostgresClusterEndpoints | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                endpoints_type_1 = PostgresClusterEndpoints.from_dict(data)

                return endpoints_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresClusterEndpoints | Unset", data)

        endpoints = _parse_endpoints(d.pop("endpoints", UNSET))

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_memory_mb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        memory_mb = _parse_memory_mb(d.pop("memory_mb", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_organization(data: object) -> None | PostgresOrganization | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                organization_type_1 = PostgresOrganization.from_dict(data)

                return organization_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresOrganization | Unset", data)

        organization = _parse_organization(d.pop("organization", UNSET))

        def _parse_pg_major_version(data: object) -> None | PostgresMajorVersion | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                pg_major_version_type_0 = PostgresMajorVersion(data)

                return pg_major_version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresMajorVersion | str | Unset", data)

        pg_major_version = _parse_pg_major_version(d.pop("pg_major_version", UNSET))

        def _parse_plan(data: object) -> None | PostgresPlan | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                plan_type_0 = PostgresPlan(data)

                return plan_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresPlan | str | Unset", data)

        plan = _parse_plan(d.pop("plan", UNSET))

        def _parse_postgis_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        postgis_enabled = _parse_postgis_enabled(d.pop("postgis_enabled", UNSET))

        def _parse_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        region = _parse_region(d.pop("region", UNSET))

        def _parse_replicas(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        replicas = _parse_replicas(d.pop("replicas", UNSET))

        def _parse_status(data: object) -> None | PostgresStatus | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = PostgresStatus(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresStatus | str | Unset", data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_storage_provisioned_bytes(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        storage_provisioned_bytes = _parse_storage_provisioned_bytes(d.pop("storage_provisioned_bytes", UNSET))

        def _parse_storage_used_bytes(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        storage_used_bytes = _parse_storage_used_bytes(d.pop("storage_used_bytes", UNSET))

        postgres_cluster = cls(
            attached_apps=attached_apps,
            cpu_kind=cpu_kind,
            cpus=cpus,
            created_at=created_at,
            disk_size_gb=disk_size_gb,
            endpoints=endpoints,
            id=id,
            memory_mb=memory_mb,
            name=name,
            organization=organization,
            pg_major_version=pg_major_version,
            plan=plan,
            postgis_enabled=postgis_enabled,
            region=region,
            replicas=replicas,
            status=status,
            storage_provisioned_bytes=storage_provisioned_bytes,
            storage_used_bytes=storage_used_bytes,
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
