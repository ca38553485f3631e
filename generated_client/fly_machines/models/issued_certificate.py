from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_key_type import CertificateKeyType
from ..types import UNSET, Unset

T = TypeVar("T", bound="IssuedCertificate")


@_attrs_define
class IssuedCertificate:
    certificate_authority: None | str | Unset = UNSET
    expires_at: None | str | Unset = UNSET
    type_: CertificateKeyType | None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        certificate_authority: None | str | Unset
        if isinstance(self.certificate_authority, Unset):
            certificate_authority = UNSET
        else:
            certificate_authority = self.certificate_authority

        expires_at: None | str | Unset
        if isinstance(self.expires_at, Unset):
            expires_at = UNSET
        else:
            expires_at = self.expires_at

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, CertificateKeyType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if certificate_authority is not UNSET:
            field_dict["certificate_authority"] = certificate_authority
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_certificate_authority(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        certificate_authority = _parse_certificate_authority(d.pop("certificate_authority", UNSET))

        def _parse_expires_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        expires_at = _parse_expires_at(d.pop("expires_at", UNSET))

        def _parse_type_(data: object) -> CertificateKeyType | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = CertificateKeyType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CertificateKeyType | None | str | Unset", data)

        type_ = _parse_type_(d.pop("type", UNSET))

        issued_certificate = cls(
            certificate_authority=certificate_authority,
            expires_at=expires_at,
            type_=type_,
        )

        issued_certificate.additional_properties = d
        return issued_certificate

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
