from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ip_assignment import IpAssignment


T = TypeVar("T", bound="ListIpAssignmentsResponse")


@_attrs_define
class ListIpAssignmentsResponse:
    ips: list[IpAssignment] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        ips: list[dict[str, Any]] | None | Unset
        if isinstance(self.ips, Unset):
            ips = UNSET
        elif isinstance(self.ips, list):
            ips = []
            for ips_type_0_item_data in self.ips:
                ips_type_0_item = ips_type_0_item_data.to_dict()
                ips.append(ips_type_0_item)

        else:
            ips = self.ips

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if ips is not UNSET:
            field_dict["ips"] = ips

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ip_assignment import IpAssignment  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_ips(data: object) -> list[IpAssignment] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                ips_type_0 = []
                _ips_type_0 = data
                for ips_type_0_item_data in _ips_type_0:
                    ips_type_0_item = IpAssignment.from_dict(ips_type_0_item_data)

                    ips_type_0.append(ips_type_0_item)

                return ips_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[IpAssignment] | None | Unset", data)

        ips = _parse_ips(d.pop("ips", UNSET))

        list_ip_assignments_response = cls(
            ips=ips,
        )

        list_ip_assignments_response.additional_properties = d
        return list_ip_assignments_response

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
