from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.postgres_major_version import PostgresMajorVersion
from ..models.postgres_plan import PostgresPlan
from ..models.postgres_pool_mode import PostgresPoolMode
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_PostgresMajorVersion = members(PostgresMajorVersion)
_PostgresPlan = members(PostgresPlan)
_PostgresPoolMode = members(PostgresPoolMode)
_NAMES = (
    "org_slug",
    "plan",
    "region",
    "disk_size_gb",
    "name",
    "pg_major_version",
    "pool_mode",
    "postgis_enabled",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[3:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreatePostgresClusterRequest")


@_attrs_define(repr=False)
class CreatePostgresClusterRequest(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["org_slug"] = self.org_slug
        plan = self.plan
        d["plan"] = plan._value_ if type(plan) is PostgresPlan else as_json(plan)
        d["region"] = self.region
        if (disk_size_gb := self.disk_size_gb) is not UNSET:
            d["disk_size_gb"] = disk_size_gb
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (pg_major_version := self.pg_major_version) is not UNSET:
            d["pg_major_version"] = (
                pg_major_version._value_
                if type(pg_major_version) is PostgresMajorVersion
                else as_json(pg_major_version)
            )
        if (pool_mode := self.pool_mode) is not UNSET:
            d["pool_mode"] = pool_mode._value_ if type(pool_mode) is PostgresPoolMode else as_json(pool_mode)
        if (postgis_enabled := self.postgis_enabled) is not UNSET:
            d["postgis_enabled"] = postgis_enabled
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.org_slug,
            plan,
            self.region,
            self.disk_size_gb,
            self.name,
            pg_major_version,
            pool_mode,
            self.postgis_enabled,
        ) = _values(d)
        self.plan = _PostgresPlan(plan, plan) if isinstance(plan, str) else plan
        self.pg_major_version = (
            _PostgresMajorVersion(pg_major_version, pg_major_version)
            if isinstance(pg_major_version, str)
            else pg_major_version
        )
        self.pool_mode = _PostgresPoolMode(pool_mode, pool_mode) if isinstance(pool_mode, str) else pool_mode
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
