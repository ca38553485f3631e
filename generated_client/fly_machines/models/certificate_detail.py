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
    "configured",
    "hostname",
    "status",
    "acme_requested",
    "certificates",
    "dns_provider",
    "dns_requirements",
    "rate_limited_until",
    "validation",
    "validation_errors",
    "warning",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[3:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CertificateDetail")


@_attrs_define(repr=False)
class CertificateDetail(Model[Any]):
    """A host name and everything about its certificates."""

    configured: bool
    """ Whether the DNS records lead here. """
    hostname: str
    """ Host name, as it was added. """
    status: CertificateStatus | str
    """ `active`, or what is waited for. """
    acme_requested: bool | None | Unset = UNSET
    """ Whether Fly.io obtains certificates for it. """
    certificates: list[models.CertificateEntry] | None | Unset = UNSET
    """ The certificates that there are, from Fly.io and your own. """
    dns_provider: None | str | Unset = UNSET
    """ Who serves the domain's DNS, as far as known. """
    dns_requirements: models.DnsRequirements | None | Unset = UNSET
    """ The DNS records to publish. """
    rate_limited_until: None | str | Unset = UNSET
    """ When the next attempt is possible, if too many were made; else null. """
    validation: models.CertificateValidation | None | Unset = UNSET
    """ Which ways of validation work. """
    validation_errors: list[models.CertificateValidationError] | None | Unset = UNSET
    """ Why validation failed. """
    warning: None | str | Unset = UNSET
    """ What removing a certificate has brought about. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["configured"] = self.configured
        d["hostname"] = self.hostname
        status = self.status
        d["status"] = status._value_ if type(status) is CertificateStatus else as_json(status)
        if (acme_requested := self.acme_requested) is not UNSET:
            d["acme_requested"] = acme_requested
        if (certificates := self.certificates) is not UNSET:
            d["certificates"] = (
                [each.to_dict() if type(each) is models.CertificateEntry else as_json(each) for each in certificates]
                if type(certificates) is list
                else as_json(certificates)
            )
        if (dns_provider := self.dns_provider) is not UNSET:
            d["dns_provider"] = dns_provider
        if (dns_requirements := self.dns_requirements) is not UNSET:
            d["dns_requirements"] = (
                dns_requirements.to_dict()
                if type(dns_requirements) is models.DnsRequirements
                else as_json(dns_requirements)
            )
        if (rate_limited_until := self.rate_limited_until) is not UNSET:
            d["rate_limited_until"] = rate_limited_until
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
        if (warning := self.warning) is not UNSET:
            d["warning"] = warning
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.configured,
            self.hostname,
            status,
            self.acme_requested,
            certificates,
            self.dns_provider,
            dns_requirements,
            self.rate_limited_until,
            validation,
            validation_errors,
            self.warning,
        ) = _values(d)
        self.status = _CertificateStatus(status, status) if isinstance(status, str) else status
        self.certificates = (
            [models.CertificateEntry.from_dict(each) if isinstance(each, dict) else each for each in certificates]
            if isinstance(certificates, list)
            else certificates
        )
        self.dns_requirements = (
            models.DnsRequirements.from_dict(dns_requirements)
            if isinstance(dns_requirements, dict)
            else dns_requirements
        )
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
