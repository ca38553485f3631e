from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.certificate_summary import CertificateSummary


T = TypeVar("T", bound="ListCertificatesResponse")


@_attrs_define
class ListCertificatesResponse:
    certificates: list[CertificateSummary] | None
    """ One page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; absent or empty on the last. """
    total_count: int | None | Unset = UNSET
    """ Host names in all. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        certificates: list[dict[str, Any]] | None
        if isinstance(self.certificates, list):
            certificates = []
            for certificates_type_0_item_data in self.certificates:
                certificates_type_0_item = certificates_type_0_item_data.to_dict()
                certificates.append(certificates_type_0_item)

        else:
            certificates = self.certificates

        next_cursor: None | str | Unset
        if isinstance(self.next_cursor, Unset):
            next_cursor = UNSET
        else:
            next_cursor = self.next_cursor

        total_count: int | None | Unset
        if isinstance(self.total_count, Unset):
            total_count = UNSET
        else:
            total_count = self.total_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "certificates": certificates,
            }
        )
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor
        if total_count is not UNSET:
            field_dict["total_count"] = total_count

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.certificate_summary import CertificateSummary  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_certificates(data: object) -> list[CertificateSummary] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                certificates_type_0 = []
                _certificates_type_0 = data
                for certificates_type_0_item_data in _certificates_type_0:
                    certificates_type_0_item = CertificateSummary.from_dict(certificates_type_0_item_data)

                    certificates_type_0.append(certificates_type_0_item)

                return certificates_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[CertificateSummary] | None", data)

        certificates = _parse_certificates(d.pop("certificates"))

        def _parse_next_cursor(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        next_cursor = _parse_next_cursor(d.pop("next_cursor", UNSET))

        def _parse_total_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        total_count = _parse_total_count(d.pop("total_count", UNSET))

        list_certificates_response = cls(
            certificates=certificates,
            next_cursor=next_cursor,
            total_count=total_count,
        )

        list_certificates_response.additional_properties = d
        return list_certificates_response

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
