from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.postgres_endpoint import PostgresEndpoint


T = TypeVar("T", bound="PostgresNodeEndpoints")


@_attrs_define
class PostgresNodeEndpoints:
    direct: None | PostgresEndpoint | Unset = UNSET
    pooler: None | PostgresEndpoint | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.postgres_endpoint import PostgresEndpoint  # noqa: PLC0415

        direct: dict[str, Any] | None | Unset
        if isinstance(self.direct, Unset):
            direct = UNSET
        elif isinstance(self.direct, PostgresEndpoint):
            direct = self.direct.to_dict()
        else:
            direct = self.direct

        pooler: dict[str, Any] | None | Unset
        if isinstance(self.pooler, Unset):
            pooler = UNSET
        elif isinstance(self.pooler, PostgresEndpoint):
            pooler = self.pooler.to_dict()
        else:
            pooler = self.pooler

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if direct is not UNSET:
            field_dict["direct"] = direct
        if pooler is not UNSET:
            field_dict["pooler"] = pooler

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.postgres_endpoint import PostgresEndpoint  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_direct(data: object) -> None | PostgresEndpoint | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                direct_type_1 = PostgresEndpoint.from_dict(data)

                return direct_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresEndpoint | Unset", data)

        direct = _parse_direct(d.pop("direct", UNSET))

        def _parse_pooler(data: object) -> None | PostgresEndpoint | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                pooler_type_1 = PostgresEndpoint.from_dict(data)

                return pooler_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PostgresEndpoint | Unset", data)

        pooler = _parse_pooler(d.pop("pooler", UNSET))

        postgres_node_endpoints = cls(
            direct=direct,
            pooler=pooler,
        )

        postgres_node_endpoints.additional_properties = d
        return postgres_node_endpoints

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
