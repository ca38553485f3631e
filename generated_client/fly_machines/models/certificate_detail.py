from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.certificate_entry import CertificateEntry
    from ..models.certificate_validation import CertificateValidation
    from ..models.certificate_validation_error import CertificateValidationError
    from ..models.dns_requirements import DnsRequirements


T = TypeVar("T", bound="CertificateDetail")


@_attrs_define
class CertificateDetail:
    """A host name and everything about its certificates."""

    configured: bool
    """ Whether the DNS records lead here. """
    hostname: str
    """ Host name, as it was added. """
    status: CertificateStatus | str
    """ `active`, or what is waited for. """
    acme_requested: bool | None | Unset = UNSET
    """ Whether Fly.io obtains certificates for it. """
    certificates: list[CertificateEntry] | None | Unset = UNSET
    """ The certificates that there are, from Fly.io and your own. """
    dns_provider: None | str | Unset = UNSET
    """ Who serves the domain's DNS, as far as known. """
    dns_requirements: DnsRequirements | None | Unset = UNSET
    """ The DNS records to publish. """
    rate_limited_until: None | str | Unset = UNSET
    """ When the next attempt is possible, if too many were made; else null. """
    validation: CertificateValidation | None | Unset = UNSET
    """ Which ways of validation work. """
    validation_errors: list[CertificateValidationError] | None | Unset = UNSET
    """ Why validation failed. """
    warning: None | str | Unset = UNSET
    """ What removing a certificate has brought about. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["configured"] = self.configured
        field_dict["hostname"] = self.hostname
        field_dict["status"] = as_json(self.status)
        if self.acme_requested is not UNSET:
            field_dict["acme_requested"] = self.acme_requested
        if self.certificates is not UNSET:
            field_dict["certificates"] = as_json(self.certificates)
        if self.dns_provider is not UNSET:
            field_dict["dns_provider"] = self.dns_provider
        if self.dns_requirements is not UNSET:
            field_dict["dns_requirements"] = as_json(self.dns_requirements)
        if self.rate_limited_until is not UNSET:
            field_dict["rate_limited_until"] = self.rate_limited_until
        if self.validation is not UNSET:
            field_dict["validation"] = as_json(self.validation)
        if self.validation_errors is not UNSET:
            field_dict["validation_errors"] = as_json(self.validation_errors)
        if self.warning is not UNSET:
            field_dict["warning"] = self.warning
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        certificate_detail = cls(
            configured=d.pop("configured"),
            hostname=d.pop("hostname"),
            status=as_known(d.pop("status"), CertificateStatus),
            acme_requested=d.pop("acme_requested", UNSET),
            certificates=as_list(d.pop("certificates", UNSET), lambda item: as_model(item, models.CertificateEntry)),
            dns_provider=d.pop("dns_provider", UNSET),
            dns_requirements=as_model(d.pop("dns_requirements", UNSET), models.DnsRequirements),
            rate_limited_until=d.pop("rate_limited_until", UNSET),
            validation=as_model(d.pop("validation", UNSET), models.CertificateValidation),
            validation_errors=as_list(
                d.pop("validation_errors", UNSET), lambda item: as_model(item, models.CertificateValidationError)
            ),
            warning=d.pop("warning", UNSET),
        )
        certificate_detail.additional_properties = d
        return certificate_detail

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
