from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.postgres_major_version import PostgresMajorVersion
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_pool_mode import PostgresPoolMode
from ..types import UNSET, Unset

T = TypeVar("T", bound="CreatePostgresClusterRequest")


@_attrs_define
class CreatePostgresClusterRequest:
    """A new cluster."""

    org_slug: str
    """ Slug of the organization. """
    plan: PostgresPlan | str
    """ Plan, which sets CPUs and memory. """
    region: str
    """ Region; see `mpg_available` of the list of regions. """
    disk_size_gb: int | Unset = UNSET
    """ Size of the disk in GB. """
    name: str | Unset = UNSET
    """ Name; generated if absent. """
    pg_major_version: PostgresMajorVersion | str | Unset = UNSET
    """ Major version of Postgres. """
    pool_mode: PostgresPoolMode | str | Unset = UNSET
    """ When the pooler gives a connection to another client: after a session, or after a transaction. """
    postgis_enabled: bool | Unset = UNSET
    """ Install PostGIS. Default: false. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        org_slug = self.org_slug

        plan: str
        if isinstance(self.plan, PostgresPlan):
            plan = self.plan.value
        else:
            plan = self.plan

        region = self.region

        disk_size_gb = self.disk_size_gb

        name = self.name

        pg_major_version: str | Unset
        if isinstance(self.pg_major_version, Unset):
            pg_major_version = UNSET
        elif isinstance(self.pg_major_version, PostgresMajorVersion):
            pg_major_version = self.pg_major_version.value
        else:
            pg_major_version = self.pg_major_version

        pool_mode: str | Unset
        if isinstance(self.pool_mode, Unset):
            pool_mode = UNSET
        elif isinstance(self.pool_mode, PostgresPoolMode):
            pool_mode = self.pool_mode.value
        else:
            pool_mode = self.pool_mode

        postgis_enabled = self.postgis_enabled

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "org_slug": org_slug,
                "plan": plan,
                "region": region,
            }
        )
        if disk_size_gb is not UNSET:
            field_dict["disk_size_gb"] = disk_size_gb
        if name is not UNSET:
            field_dict["name"] = name
        if pg_major_version is not UNSET:
            field_dict["pg_major_version"] = pg_major_version
        if pool_mode is not UNSET:
            field_dict["pool_mode"] = pool_mode
        if postgis_enabled is not UNSET:
            field_dict["postgis_enabled"] = postgis_enabled

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        org_slug = d.pop("org_slug")

        def _parse_plan(data: object) -> PostgresPlan | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                plan_type_0 = PostgresPlan(data)

                return plan_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("PostgresPlan | str", data)

        plan = _parse_plan(d.pop("plan"))

        region = d.pop("region")

        disk_size_gb = d.pop("disk_size_gb", UNSET)

        name = d.pop("name", UNSET)

        def _parse_pg_major_version(data: object) -> PostgresMajorVersion | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                pg_major_version_type_0 = PostgresMajorVersion(data)

                return pg_major_version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("PostgresMajorVersion | str | Unset", data)

        pg_major_version = _parse_pg_major_version(d.pop("pg_major_version", UNSET))

        def _parse_pool_mode(data: object) -> PostgresPoolMode | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                pool_mode_type_0 = PostgresPoolMode(data)

                return pool_mode_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("PostgresPoolMode | str | Unset", data)

        pool_mode = _parse_pool_mode(d.pop("pool_mode", UNSET))

        postgis_enabled = d.pop("postgis_enabled", UNSET)

        create_postgres_cluster_request = cls(
            org_slug=org_slug,
            plan=plan,
            region=region,
            disk_size_gb=disk_size_gb,
            name=name,
            pg_major_version=pg_major_version,
            pool_mode=pool_mode,
            postgis_enabled=postgis_enabled,
        )

        create_postgres_cluster_request.additional_properties = d
        return create_postgres_cluster_request

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
