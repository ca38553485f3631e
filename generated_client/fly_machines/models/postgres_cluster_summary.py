from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.postgres_plan import PostgresPlan
from ..models.postgres_status import PostgresStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.postgres_attached_app import PostgresAttachedApp


T = TypeVar("T", bound="PostgresClusterSummary")


@_attrs_define
class PostgresClusterSummary:
    attached_apps: list[PostgresAttachedApp] | None | Unset = UNSET
    created_at: None | str | Unset = UNSET
    deleted_at: None | str | Unset = UNSET
    id: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    plan: None | PostgresPlan | str | Unset = UNSET
    region: None | str | Unset = UNSET
    status: None | PostgresStatus | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
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

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        deleted_at: None | str | Unset
        if isinstance(self.deleted_at, Unset):
            deleted_at = UNSET
        else:
            deleted_at = self.deleted_at

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        plan: None | str | Unset
        if isinstance(self.plan, Unset):
            plan = UNSET
        elif isinstance(self.plan, PostgresPlan):
            plan = self.plan.value
        else:
            plan = self.plan

        region: None | str | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        else:
            region = self.region

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, PostgresStatus):
            status = self.status.value
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if attached_apps is not UNSET:
            field_dict["attached_apps"] = attached_apps
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if deleted_at is not UNSET:
            field_dict["deleted_at"] = deleted_at
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if plan is not UNSET:
            field_dict["plan"] = plan
        if region is not UNSET:
            field_dict["region"] = region
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.postgres_attached_app import PostgresAttachedApp  # noqa: PLC0415

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

        def _parse_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_deleted_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        deleted_at = _parse_deleted_at(d.pop("deleted_at", UNSET))

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

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

        def _parse_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        region = _parse_region(d.pop("region", UNSET))

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

        postgres_cluster_summary = cls(
            attached_apps=attached_apps,
            created_at=created_at,
            deleted_at=deleted_at,
            id=id,
            name=name,
            plan=plan,
            region=region,
            status=status,
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
