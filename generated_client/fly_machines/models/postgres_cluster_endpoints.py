from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.postgres_node_endpoints import PostgresNodeEndpoints


T = TypeVar("T", bound="PostgresClusterEndpoints")


@_attrs_define
class PostgresClusterEndpoints:
    primary: None | PostgresNodeEndpoints | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.postgres_node_endpoints import PostgresNodeEndpoints  # noqa: PLC0415

        primary: dict[str, Any] | None | Unset
        if isinstance(self.primary, Unset):
            primary = UNSET
        elif isinstance(self.primary, PostgresNodeEndpoints):
            primary = self.primary.to_dict()
        else:
            primary = self.primary

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if primary is not UNSET:
            field_dict["primary"] = primary

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.postgres_node_endpoints import PostgresNodeEndpoints  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_primary(data: object) -> None | PostgresNodeEndpoints | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                primary_type_1 = PostgresNodeEndpoints.from_dict(data)

                return primary_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresNodeEndpoints | Unset", data)

        primary = _parse_primary(d.pop("primary", UNSET))

        postgres_cluster_endpoints = cls(
            primary=primary,
        )

        postgres_cluster_endpoints.additional_properties = d
        return postgres_cluster_endpoints

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
