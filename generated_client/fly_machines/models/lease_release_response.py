from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.lease_release_result import LeaseReleaseResult


T = TypeVar("T", bound="LeaseReleaseResponse")


@_attrs_define
class LeaseReleaseResponse:
    status: str
    """ `success`. """
    data: LeaseReleaseResult | None | Unset = UNSET
    """ Whether it is released. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.lease_release_result import LeaseReleaseResult  # noqa: PLC0415

        status = self.status

        data: dict[str, Any] | None | Unset
        if isinstance(self.data, Unset):
            data = UNSET
        elif isinstance(self.data, LeaseReleaseResult):
            data = self.data.to_dict()
        else:
            data = self.data

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "status": status,
            }
        )
        if data is not UNSET:
            field_dict["data"] = data

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lease_release_result import LeaseReleaseResult  # noqa: PLC0415

        d = dict(src_dict)
        status = d.pop("status")

        def _parse_data(data: object) -> LeaseReleaseResult | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                data_type_1 = LeaseReleaseResult.from_dict(data)

                return data_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("LeaseReleaseResult | None | Unset", data)

        data = _parse_data(d.pop("data", UNSET))

        lease_release_response = cls(
            status=status,
            data=data,
        )

        lease_release_response.additional_properties = d
        return lease_release_response

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
