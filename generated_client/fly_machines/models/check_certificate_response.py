from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_CertificateStatus = members(CertificateStatus)
_NAMES = (
    "acme_requested",
    "certificates",
    "configured",
    "dns_provider",
    "dns_records",
    "dns_requirements",
    "hostname",
    "rate_limited_until",
    "status",
    "validation",
    "validation_errors",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CheckCertificateResponse")


@_attrs_define(repr=False)
class CheckCertificateResponse(Model[Any]):
    acme_requested: bool | None | Unset = UNSET

    certificates: list[models.CertificateEntry] | None | Unset = UNSET

    configured: bool | None | Unset = UNSET

    dns_provider: None | str | Unset = UNSET

    dns_records: models.DnsRecords | None | Unset = UNSET

    dns_requirements: models.DnsRequirements | None | Unset = UNSET

    hostname: None | str | Unset = UNSET

    rate_limited_until: None | str | Unset = UNSET

    status: CertificateStatus | None | str | Unset = UNSET

    validation: models.CertificateValidation | None | Unset = UNSET

    validation_errors: list[models.CertificateValidationError] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (acme_requested := self.acme_requested) is not UNSET:
            d["acme_requested"] = acme_requested
        if (certificates := self.certificates) is not UNSET:
            d["certificates"] = (
                [each.to_dict() if type(each) is models.CertificateEntry else as_json(each) for each in certificates]
                if type(certificates) is list
                else as_json(certificates)
            )
        if (configured := self.configured) is not UNSET:
            d["configured"] = configured
        if (dns_provider := self.dns_provider) is not UNSET:
            d["dns_provider"] = dns_provider
        if (dns_records := self.dns_records) is not UNSET:
            d["dns_records"] = dns_records.to_dict() if type(dns_records) is models.DnsRecords else as_json(dns_records)
        if (dns_requirements := self.dns_requirements) is not UNSET:
            d["dns_requirements"] = (
                dns_requirements.to_dict()
                if type(dns_requirements) is models.DnsRequirements
                else as_json(dns_requirements)
            )
        if (hostname := self.hostname) is not UNSET:
            d["hostname"] = hostname
        if (rate_limited_until := self.rate_limited_until) is not UNSET:
            d["rate_limited_until"] = rate_limited_until
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is CertificateStatus else as_json(status)
        if (validation := self.validation) is not UNSET:
            d["validation"] = (
                validation.to_dict() if type(validation) is models.CertificateValidation else as_json(validation)
            )
        if (validation_errors := self.validation_errors) is not UNSET:
            d["validation_errors"] = (
                [
                    each.to_dict() if type(each) is models.CertificateValidationError else as_json(each)
                    for each in validation_errors
                ]
                if type(validation_errors) is list
                else as_json(validation_errors)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.acme_requested,
            certificates,
            self.configured,
            self.dns_provider,
            dns_records,
            dns_requirements,
            self.hostname,
            self.rate_limited_until,
            status,
            validation,
            validation_errors,
        ) = _values(d)
        self.certificates = (
            [models.CertificateEntry.from_dict(each) if isinstance(each, dict) else each for each in certificates]
            if isinstance(certificates, list)
            else certificates
        )
        self.dns_records = models.DnsRecords.from_dict(dns_records) if isinstance(dns_records, dict) else dns_records
        self.dns_requirements = (
            models.DnsRequirements.from_dict(dns_requirements)
            if isinstance(dns_requirements, dict)
            else dns_requirements
        )
        self.status = _CertificateStatus(status, status) if isinstance(status, str) else status
        self.validation = (
            models.CertificateValidation.from_dict(validation) if isinstance(validation, dict) else validation
        )
        self.validation_errors = (
            [
                models.CertificateValidationError.from_dict(each) if isinstance(each, dict) else each
                for each in validation_errors
            ]
            if isinstance(validation_errors, list)
            else validation_errors
        )
        self._others = None if len(d) == 11 else others(d, _NAMES)
        return self
