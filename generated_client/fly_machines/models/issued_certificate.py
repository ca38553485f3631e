from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_key_type import CertificateKeyType
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text, as_time

T = TypeVar("T", bound="IssuedCertificate")


@_attrs_define
class IssuedCertificate:
    certificate_authority: None | str | Unset = UNSET

    expires_at: datetime.datetime | None | str | Unset = UNSET

    type_: CertificateKeyType | None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.certificate_authority is not UNSET:
            field_dict["certificate_authority"] = self.certificate_authority
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = as_json(self.expires_at)
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        issued_certificate = cls(
            certificate_authority=d.pop("certificate_authority", UNSET),
            expires_at=as_time(d.pop("expires_at", UNSET)),
            type_=as_known(d.pop("type", UNSET), CertificateKeyType),
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
