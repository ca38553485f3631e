from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        from ..models.certificate_validation import CertificateValidation  # noqa: PLC0415
        from ..models.dns_requirements import DnsRequirements  # noqa: PLC0415

        configured = self.configured

        hostname = self.hostname

        status: str
        if isinstance(self.status, CertificateStatus):
            status = self.status.value
        else:
            status = self.status

        acme_requested: bool | None | Unset
        if isinstance(self.acme_requested, Unset):
            acme_requested = UNSET
        else:
            acme_requested = self.acme_requested

        certificates: list[dict[str, Any]] | None | Unset
        if isinstance(self.certificates, Unset):
            certificates = UNSET
        elif isinstance(self.certificates, list):
            certificates = []
            for certificates_type_0_item_data in self.certificates:
                certificates_type_0_item = certificates_type_0_item_data.to_dict()
                certificates.append(certificates_type_0_item)

        else:
            certificates = self.certificates

        dns_provider: None | str | Unset
        if isinstance(self.dns_provider, Unset):
            dns_provider = UNSET
        else:
            dns_provider = self.dns_provider

        dns_requirements: dict[str, Any] | None | Unset
        if isinstance(self.dns_requirements, Unset):
            dns_requirements = UNSET
        elif isinstance(self.dns_requirements, DnsRequirements):
            dns_requirements = self.dns_requirements.to_dict()
        else:
            dns_requirements = self.dns_requirements

        rate_limited_until: None | str | Unset
        if isinstance(self.rate_limited_until, Unset):
            rate_limited_until = UNSET
        else:
            rate_limited_until = self.rate_limited_until

        validation: dict[str, Any] | None | Unset
        if isinstance(self.validation, Unset):
            validation = UNSET
        elif isinstance(self.validation, CertificateValidation):
            validation = self.validation.to_dict()
        else:
            validation = self.validation

        validation_errors: list[dict[str, Any]] | None | Unset
        if isinstance(self.validation_errors, Unset):
            validation_errors = UNSET
        elif isinstance(self.validation_errors, list):
            validation_errors = []
            for validation_errors_type_0_item_data in self.validation_errors:
                validation_errors_type_0_item = validation_errors_type_0_item_data.to_dict()
                validation_errors.append(validation_errors_type_0_item)

        else:
            validation_errors = self.validation_errors

        warning: None | str | Unset
        if isinstance(self.warning, Unset):
            warning = UNSET
        else:
            warning = self.warning

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "configured": configured,
                "hostname": hostname,
                "status": status,
            }
        )
        if acme_requested is not UNSET:
            field_dict["acme_requested"] = acme_requested
        if certificates is not UNSET:
            field_dict["certificates"] = certificates
        if dns_provider is not UNSET:
            field_dict["dns_provider"] = dns_provider
        if dns_requirements is not UNSET:
            field_dict["dns_requirements"] = dns_requirements
        if rate_limited_until is not UNSET:
            field_dict["rate_limited_until"] = rate_limited_until
        if validation is not UNSET:
            field_dict["validation"] = validation
        if validation_errors is not UNSET:
            field_dict["validation_errors"] = validation_errors
        if warning is not UNSET:
            field_dict["warning"] = warning

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.certificate_entry import CertificateEntry  # noqa: PLC0415
        from ..models.certificate_validation import CertificateValidation  # noqa: PLC0415
        from ..models.certificate_validation_error import CertificateValidationError  # noqa: PLC0415
        from ..models.dns_requirements import DnsRequirements  # noqa: PLC0415

        d = dict(src_dict)
        configured = d.pop("configured")

        hostname = d.pop("hostname")

        def _parse_status(data: object) -> CertificateStatus | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = CertificateStatus(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CertificateStatus | str", data)

        status = _parse_status(d.pop("status"))

        def _parse_acme_requested(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        acme_requested = _parse_acme_requested(d.pop("acme_requested", UNSET))

        def _parse_certificates(data: object) -> list[CertificateEntry] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                certificates_type_0 = []
                _certificates_type_0 = data
                for certificates_type_0_item_data in _certificates_type_0:
                    certificates_type_0_item = CertificateEntry.from_dict(certificates_type_0_item_data)

                    certificates_type_0.append(certificates_type_0_item)

                return certificates_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[CertificateEntry] | None | Unset", data)

        certificates = _parse_certificates(d.pop("certificates", UNSET))

        def _parse_dns_provider(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        dns_provider = _parse_dns_provider(d.pop("dns_provider", UNSET))

        def _parse_dns_requirements(data: object) -> DnsRequirements | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                dns_requirements_type_1 = DnsRequirements.from_dict(data)

                return dns_requirements_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("DnsRequirements | None | Unset", data)

        dns_requirements = _parse_dns_requirements(d.pop("dns_requirements", UNSET))

        def _parse_rate_limited_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        rate_limited_until = _parse_rate_limited_until(d.pop("rate_limited_until", UNSET))

        def _parse_validation(data: object) -> CertificateValidation | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                validation_type_1 = CertificateValidation.from_dict(data)

                return validation_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CertificateValidation | None | Unset", data)

        validation = _parse_validation(d.pop("validation", UNSET))

        def _parse_validation_errors(data: object) -> list[CertificateValidationError] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                validation_errors_type_0 = []
                _validation_errors_type_0 = data
                for validation_errors_type_0_item_data in _validation_errors_type_0:
                    validation_errors_type_0_item = CertificateValidationError.from_dict(
                        validation_errors_type_0_item_data
                    )

                    validation_errors_type_0.append(validation_errors_type_0_item)

                return validation_errors_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[CertificateValidationError] | None | Unset", data)

        validation_errors = _parse_validation_errors(d.pop("validation_errors", UNSET))

        def _parse_warning(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        warning = _parse_warning(d.pop("warning", UNSET))

        certificate_detail = cls(
            configured=configured,
            hostname=hostname,
            status=status,
            acme_requested=acme_requested,
            certificates=certificates,
            dns_provider=dns_provider,
            dns_requirements=dns_requirements,
            rate_limited_until=rate_limited_until,
            validation=validation,
            validation_errors=validation_errors,
            warning=warning,
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
