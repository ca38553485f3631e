from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="CertificateValidation")


@_attrs_define
class CertificateValidation:
    alpn_configured: bool | None | Unset = UNSET
    dns_configured: bool | None | Unset = UNSET
    http_configured: bool | None | Unset = UNSET
    ownership_txt_configured: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        alpn_configured: bool | None | Unset
        if isinstance(self.alpn_configured, Unset):
            alpn_configured = UNSET
        else:
            alpn_configured = self.alpn_configured

        dns_configured: bool | None | Unset
        if isinstance(self.dns_configured, Unset):
            dns_configured = UNSET
        else:
            dns_configured = self.dns_configured

        http_configured: bool | None | Unset
        if isinstance(self.http_configured, Unset):
            http_configured = UNSET
        else:
            http_configured = self.http_configured

        ownership_txt_configured: bool | None | Unset
        if isinstance(self.ownership_txt_configured, Unset):
            ownership_txt_configured = UNSET
        else:
            ownership_txt_configured = self.ownership_txt_configured

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if alpn_configured is not UNSET:
            field_dict["alpn_configured"] = alpn_configured
        if dns_configured is not UNSET:
            field_dict["dns_configured"] = dns_configured
        if http_configured is not UNSET:
            field_dict["http_configured"] = http_configured
        if ownership_txt_configured is not UNSET:
            field_dict["ownership_txt_configured"] = ownership_txt_configured

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_alpn_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        alpn_configured = _parse_alpn_configured(d.pop("alpn_configured", UNSET))

        def _parse_dns_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        dns_configured = _parse_dns_configured(d.pop("dns_configured", UNSET))

        def _parse_http_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        http_configured = _parse_http_configured(d.pop("http_configured", UNSET))

        def _parse_ownership_txt_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        ownership_txt_configured = _parse_ownership_txt_configured(d.pop("ownership_txt_configured", UNSET))

        certificate_validation = cls(
            alpn_configured=alpn_configured,
            dns_configured=dns_configured,
            http_configured=http_configured,
            ownership_txt_configured=ownership_txt_configured,
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
