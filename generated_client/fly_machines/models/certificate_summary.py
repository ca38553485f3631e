from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_CertificateStatus = members(CertificateStatus)
_NAMES = (
    "acme_alpn_configured",
    "acme_dns_configured",
    "acme_http_configured",
    "acme_requested",
    "configured",
    "created_at",
    "dns_provider",
    "has_custom_certificate",
    "has_fly_certificate",
    "hostname",
    "ownership_txt_configured",
    "status",
    "updated_at",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CertificateSummary")


@_attrs_define(repr=False)
class CertificateSummary(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (acme_alpn_configured := self.acme_alpn_configured) is not UNSET:
            d["acme_alpn_configured"] = acme_alpn_configured
        if (acme_dns_configured := self.acme_dns_configured) is not UNSET:
            d["acme_dns_configured"] = acme_dns_configured
        if (acme_http_configured := self.acme_http_configured) is not UNSET:
            d["acme_http_configured"] = acme_http_configured
        if (acme_requested := self.acme_requested) is not UNSET:
            d["acme_requested"] = acme_requested
        if (configured := self.configured) is not UNSET:
            d["configured"] = configured
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (dns_provider := self.dns_provider) is not UNSET:
            d["dns_provider"] = dns_provider
        if (has_custom_certificate := self.has_custom_certificate) is not UNSET:
            d["has_custom_certificate"] = has_custom_certificate
        if (has_fly_certificate := self.has_fly_certificate) is not UNSET:
            d["has_fly_certificate"] = has_fly_certificate
        if (hostname := self.hostname) is not UNSET:
            d["hostname"] = hostname
        if (ownership_txt_configured := self.ownership_txt_configured) is not UNSET:
            d["ownership_txt_configured"] = ownership_txt_configured
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is CertificateStatus else as_json(status)
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.acme_alpn_configured,
            self.acme_dns_configured,
            self.acme_http_configured,
            self.acme_requested,
            self.configured,
            created_at,
            self.dns_provider,
            self.has_custom_certificate,
            self.has_fly_certificate,
            self.hostname,
            self.ownership_txt_configured,
            status,
            updated_at,
        ) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.status = _CertificateStatus(status, status) if isinstance(status, str) else status
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 13 else others(d, _NAMES)
        return self
