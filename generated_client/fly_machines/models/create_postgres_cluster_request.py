from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.postgres_major_version import PostgresMajorVersion
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_pool_mode import PostgresPoolMode
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

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
    """ Size of the disk in GB, 10 to 1000. """
    name: str | Unset = UNSET
    """ Name; generated if absent. """
    pg_major_version: PostgresMajorVersion | str | Unset = UNSET
    """ Major version of Postgres. """
    pool_mode: PostgresPoolMode | str | Unset = UNSET
    """ When the pooler gives a connection to another client: after a session, or after a transaction. """
    postgis_enabled: bool | Unset = UNSET
    """ Install PostGIS. Default: false. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["org_slug"] = self.org_slug
        field_dict["plan"] = as_json(self.plan)
        field_dict["region"] = self.region
        if self.disk_size_gb is not UNSET:
            field_dict["disk_size_gb"] = self.disk_size_gb
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.pg_major_version is not UNSET:
            field_dict["pg_major_version"] = as_json(self.pg_major_version)
        if self.pool_mode is not UNSET:
            field_dict["pool_mode"] = as_json(self.pool_mode)
        if self.postgis_enabled is not UNSET:
            field_dict["postgis_enabled"] = self.postgis_enabled
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_postgres_cluster_request = cls(
            org_slug=d.pop("org_slug"),
            plan=as_known(d.pop("plan"), PostgresPlan),
            region=d.pop("region"),
            disk_size_gb=d.pop("disk_size_gb", UNSET),
            name=d.pop("name", UNSET),
            pg_major_version=as_known(d.pop("pg_major_version", UNSET), PostgresMajorVersion),
            pool_mode=as_known(d.pop("pool_mode", UNSET), PostgresPoolMode),
            postgis_enabled=d.pop("postgis_enabled", UNSET),
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
