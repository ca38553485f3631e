from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text, as_time

T = TypeVar("T", bound="CertificateSummary")


@_attrs_define
class CertificateSummary:
    acme_alpn_configured: bool | None | Unset = UNSET

    acme_dns_configured: bool | None | Unset = UNSET

    acme_http_configured: bool | None | Unset = UNSET

    acme_requested: bool | None | Unset = UNSET

    configured: bool | None | Unset = UNSET

    created_at: datetime.datetime | None | str | Unset = UNSET

    dns_provider: None | str | Unset = UNSET

    has_custom_certificate: bool | None | Unset = UNSET

    has_fly_certificate: bool | None | Unset = UNSET

    hostname: None | str | Unset = UNSET

    ownership_txt_configured: bool | None | Unset = UNSET

    status: CertificateStatus | None | str | Unset = UNSET

    updated_at: datetime.datetime | None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.acme_alpn_configured is not UNSET:
            field_dict["acme_alpn_configured"] = self.acme_alpn_configured
        if self.acme_dns_configured is not UNSET:
            field_dict["acme_dns_configured"] = self.acme_dns_configured
        if self.acme_http_configured is not UNSET:
            field_dict["acme_http_configured"] = self.acme_http_configured
        if self.acme_requested is not UNSET:
            field_dict["acme_requested"] = self.acme_requested
        if self.configured is not UNSET:
            field_dict["configured"] = self.configured
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.dns_provider is not UNSET:
            field_dict["dns_provider"] = self.dns_provider
        if self.has_custom_certificate is not UNSET:
            field_dict["has_custom_certificate"] = self.has_custom_certificate
        if self.has_fly_certificate is not UNSET:
            field_dict["has_fly_certificate"] = self.has_fly_certificate
        if self.hostname is not UNSET:
            field_dict["hostname"] = self.hostname
        if self.ownership_txt_configured is not UNSET:
            field_dict["ownership_txt_configured"] = self.ownership_txt_configured
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        certificate_summary = cls(
            acme_alpn_configured=d.pop("acme_alpn_configured", UNSET),
            acme_dns_configured=d.pop("acme_dns_configured", UNSET),
            acme_http_configured=d.pop("acme_http_configured", UNSET),
            acme_requested=d.pop("acme_requested", UNSET),
            configured=d.pop("configured", UNSET),
            created_at=as_time(d.pop("created_at", UNSET)),
            dns_provider=d.pop("dns_provider", UNSET),
            has_custom_certificate=d.pop("has_custom_certificate", UNSET),
            has_fly_certificate=d.pop("has_fly_certificate", UNSET),
            hostname=d.pop("hostname", UNSET),
            ownership_txt_configured=d.pop("ownership_txt_configured", UNSET),
            status=as_known(d.pop("status", UNSET), CertificateStatus),
            updated_at=as_time(d.pop("updated_at", UNSET)),
        )
        certificate_summary.additional_properties = d
        return certificate_summary

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
