from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="CertificateValidation")


@_attrs_define
class CertificateValidation:
    alpn_configured: bool | None | Unset = UNSET

    dns_configured: bool | None | Unset = UNSET

    http_configured: bool | None | Unset = UNSET

    ownership_txt_configured: bool | None | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.alpn_configured is not UNSET:
            field_dict["alpn_configured"] = self.alpn_configured
        if self.dns_configured is not UNSET:
            field_dict["dns_configured"] = self.dns_configured
        if self.http_configured is not UNSET:
            field_dict["http_configured"] = self.http_configured
        if self.ownership_txt_configured is not UNSET:
            field_dict["ownership_txt_configured"] = self.ownership_txt_configured
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        certificate_validation = cls(
            alpn_configured=d.pop("alpn_configured", UNSET),
            dns_configured=d.pop("dns_configured", UNSET),
            http_configured=d.pop("http_configured", UNSET),
            ownership_txt_configured=d.pop("ownership_txt_configured", UNSET),
        )
        certificate_validation.additional_properties = d
        return certificate_validation

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
