from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset

T = TypeVar("T", bound="CertificateSummary")


@_attrs_define
class CertificateSummary:
    acme_alpn_configured: bool | None | Unset = UNSET
    acme_dns_configured: bool | None | Unset = UNSET
    acme_http_configured: bool | None | Unset = UNSET
    acme_requested: bool | None | Unset = UNSET
    configured: bool | None | Unset = UNSET
    created_at: None | str | Unset = UNSET
    dns_provider: None | str | Unset = UNSET
    has_custom_certificate: bool | None | Unset = UNSET
    has_fly_certificate: bool | None | Unset = UNSET
    hostname: None | str | Unset = UNSET
    ownership_txt_configured: bool | None | Unset = UNSET
    status: CertificateStatus | None | str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        acme_alpn_configured: bool | None | Unset
        if isinstance(self.acme_alpn_configured, Unset):
            acme_alpn_configured = UNSET
        else:
            acme_alpn_configured = self.acme_alpn_configured

        acme_dns_configured: bool | None | Unset
        if isinstance(self.acme_dns_configured, Unset):
            acme_dns_configured = UNSET
        else:
            acme_dns_configured = self.acme_dns_configured

        acme_http_configured: bool | None | Unset
        if isinstance(self.acme_http_configured, Unset):
            acme_http_configured = UNSET
        else:
            acme_http_configured = self.acme_http_configured

        acme_requested: bool | None | Unset
        if isinstance(self.acme_requested, Unset):
            acme_requested = UNSET
        else:
            acme_requested = self.acme_requested

        configured: bool | None | Unset
        if isinstance(self.configured, Unset):
            configured = UNSET
        else:
            configured = self.configured

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        dns_provider: None | str | Unset
        if isinstance(self.dns_provider, Unset):
            dns_provider = UNSET
        else:
            dns_provider = self.dns_provider

        has_custom_certificate: bool | None | Unset
        if isinstance(self.has_custom_certificate, Unset):
            has_custom_certificate = UNSET
        else:
            has_custom_certificate = self.has_custom_certificate

        has_fly_certificate: bool | None | Unset
        if isinstance(self.has_fly_certificate, Unset):
            has_fly_certificate = UNSET
        else:
            has_fly_certificate = self.has_fly_certificate

        hostname: None | str | Unset
        if isinstance(self.hostname, Unset):
            hostname = UNSET
        else:
            hostname = self.hostname

        ownership_txt_configured: bool | None | Unset
        if isinstance(self.ownership_txt_configured, Unset):
            ownership_txt_configured = UNSET
        else:
            ownership_txt_configured = self.ownership_txt_configured

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, CertificateStatus):
            status = self.status.value
        else:
            status = self.status

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if acme_alpn_configured is not UNSET:
            field_dict["acme_alpn_configured"] = acme_alpn_configured
        if acme_dns_configured is not UNSET:
            field_dict["acme_dns_configured"] = acme_dns_configured
        if acme_http_configured is not UNSET:
            field_dict["acme_http_configured"] = acme_http_configured
        if acme_requested is not UNSET:
            field_dict["acme_requested"] = acme_requested
        if configured is not UNSET:
            field_dict["configured"] = configured
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if dns_provider is not UNSET:
            field_dict["dns_provider"] = dns_provider
        if has_custom_certificate is not UNSET:
            field_dict["has_custom_certificate"] = has_custom_certificate
        if has_fly_certificate is not UNSET:
            field_dict["has_fly_certificate"] = has_fly_certificate
        if hostname is not UNSET:
            field_dict["hostname"] = hostname
        if ownership_txt_configured is not UNSET:
            field_dict["ownership_txt_configured"] = ownership_txt_configured
        if status is not UNSET:
            field_dict["status"] = status
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_acme_alpn_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        acme_alpn_configured = _parse_acme_alpn_configured(d.pop("acme_alpn_configured", UNSET))

        def _parse_acme_dns_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        acme_dns_configured = _parse_acme_dns_configured(d.pop("acme_dns_configured", UNSET))

        def _parse_acme_http_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        acme_http_configured = _parse_acme_http_configured(d.pop("acme_http_configured", UNSET))

        def _parse_acme_requested(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        acme_requested = _parse_acme_requested(d.pop("acme_requested", UNSET))

        def _parse_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        configured = _parse_configured(d.pop("configured", UNSET))

        def _parse_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_dns_provider(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        dns_provider = _parse_dns_provider(d.pop("dns_provider", UNSET))

        def _parse_has_custom_certificate(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        has_custom_certificate = _parse_has_custom_certificate(d.pop("has_custom_certificate", UNSET))

        def _parse_has_fly_certificate(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        has_fly_certificate = _parse_has_fly_certificate(d.pop("has_fly_certificate", UNSET))

        def _parse_hostname(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        hostname = _parse_hostname(d.pop("hostname", UNSET))

        def _parse_ownership_txt_configured(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        ownership_txt_configured = _parse_ownership_txt_configured(d.pop("ownership_txt_configured", UNSET))

        def _parse_status(data: object) -> CertificateStatus | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = CertificateStatus(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CertificateStatus | None | str | Unset", data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        updated_at = _parse_updated_at(d.pop("updated_at", UNSET))

        certificate_summary = cls(
            acme_alpn_configured=acme_alpn_configured,
            acme_dns_configured=acme_dns_configured,
            acme_http_configured=acme_http_configured,
            acme_requested=acme_requested,
            configured=configured,
            created_at=created_at,
            dns_provider=dns_provider,
            has_custom_certificate=has_custom_certificate,
            has_fly_certificate=has_fly_certificate,
            hostname=hostname,
            ownership_txt_configured=ownership_txt_configured,
            status=status,
            updated_at=updated_at,
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
