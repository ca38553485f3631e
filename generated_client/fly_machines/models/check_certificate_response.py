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
    from ..models.dns_records import DnsRecords
    from ..models.dns_requirements import DnsRequirements


T = TypeVar("T", bound="CheckCertificateResponse")


@_attrs_define
class CheckCertificateResponse:
    acme_requested: bool | None | Unset = UNSET

    certificates: list[CertificateEntry] | None | Unset = UNSET

    configured: bool | None | Unset = UNSET

    dns_provider: None | str | Unset = UNSET

    dns_records: DnsRecords | None | Unset = UNSET

    dns_requirements: DnsRequirements | None | Unset = UNSET

    hostname: None | str | Unset = UNSET

    rate_limited_until: None | str | Unset = UNSET

    status: CertificateStatus | None | str | Unset = UNSET

    validation: CertificateValidation | None | Unset = UNSET

    validation_errors: list[CertificateValidationError] | None | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.acme_requested is not UNSET:
            field_dict["acme_requested"] = self.acme_requested
        if self.certificates is not UNSET:
            field_dict["certificates"] = as_json(self.certificates)
        if self.configured is not UNSET:
            field_dict["configured"] = self.configured
        if self.dns_provider is not UNSET:
            field_dict["dns_provider"] = self.dns_provider
        if self.dns_records is not UNSET:
            field_dict["dns_records"] = as_json(self.dns_records)
        if self.dns_requirements is not UNSET:
            field_dict["dns_requirements"] = as_json(self.dns_requirements)
        if self.hostname is not UNSET:
            field_dict["hostname"] = self.hostname
        if self.rate_limited_until is not UNSET:
            field_dict["rate_limited_until"] = self.rate_limited_until
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        if self.validation is not UNSET:
            field_dict["validation"] = as_json(self.validation)
        if self.validation_errors is not UNSET:
            field_dict["validation_errors"] = as_json(self.validation_errors)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        check_certificate_response = cls(
            acme_requested=d.pop("acme_requested", UNSET),
            certificates=as_list(d.pop("certificates", UNSET), lambda item: as_model(item, models.CertificateEntry)),
            configured=d.pop("configured", UNSET),
            dns_provider=d.pop("dns_provider", UNSET),
            dns_records=as_model(d.pop("dns_records", UNSET), models.DnsRecords),
            dns_requirements=as_model(d.pop("dns_requirements", UNSET), models.DnsRequirements),
            hostname=d.pop("hostname", UNSET),
            rate_limited_until=d.pop("rate_limited_until", UNSET),
            status=as_known(d.pop("status", UNSET), CertificateStatus),
            validation=as_model(d.pop("validation", UNSET), models.CertificateValidation),
            validation_errors=as_list(
                d.pop("validation_errors", UNSET), lambda item: as_model(item, models.CertificateValidationError)
            ),
        )
        check_certificate_response.additional_properties = d
        return check_certificate_response

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
