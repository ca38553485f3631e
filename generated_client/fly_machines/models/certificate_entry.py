from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.certificate_source import CertificateSource
from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.issued_certificate import IssuedCertificate


T = TypeVar("T", bound="CertificateEntry")


@_attrs_define
class CertificateEntry:
    created_at: None | str | Unset = UNSET
    expires_at: None | str | Unset = UNSET
    """ When it runs out. """
    issued: list[IssuedCertificate] | None | Unset = UNSET
    """ The certificates behind it, one a key type. """
    issuer: None | str | Unset = UNSET
    """ Who issued it; null for Fly.io's own. """
    source: CertificateSource | None | str | Unset = UNSET
    """ `fly` or `custom`. """
    status: CertificateStatus | None | str | Unset = UNSET
    """ `active`, or what is waited for. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        expires_at: None | str | Unset
        if isinstance(self.expires_at, Unset):
            expires_at = UNSET
        else:
            expires_at = self.expires_at

        issued: list[dict[str, Any]] | None | Unset
        if isinstance(self.issued, Unset):
            issued = UNSET
        elif isinstance(self.issued, list):
            issued = []
            for issued_type_0_item_data in self.issued:
                issued_type_0_item = issued_type_0_item_data.to_dict()
                issued.append(issued_type_0_item)

        else:
            issued = self.issued

        issuer: None | str | Unset
        if isinstance(self.issuer, Unset):
            issuer = UNSET
        else:
            issuer = self.issuer

        source: None | str | Unset
        if isinstance(self.source, Unset):
            source = UNSET
        elif isinstance(self.source, CertificateSource):
            source = self.source.value
        else:
            source = self.source

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, CertificateStatus):
            status = self.status.value
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if issued is not UNSET:
            field_dict["issued"] = issued
        if issuer is not UNSET:
            field_dict["issuer"] = issuer
        if source is not UNSET:
            field_dict["source"] = source
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.issued_certificate import IssuedCertificate  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_expires_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        expires_at = _parse_expires_at(d.pop("expires_at", UNSET))

        def _parse_issued(data: object) -> list[IssuedCertificate] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                issued_type_0 = []
                _issued_type_0 = data
                for issued_type_0_item_data in _issued_type_0:
                    issued_type_0_item = IssuedCertificate.from_dict(issued_type_0_item_data)

                    issued_type_0.append(issued_type_0_item)

                return issued_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[IssuedCertificate] | None | Unset", data)

        issued = _parse_issued(d.pop("issued", UNSET))

        def _parse_issuer(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        issuer = _parse_issuer(d.pop("issuer", UNSET))

        def _parse_source(data: object) -> CertificateSource | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                source_type_0 = CertificateSource(data)

                return source_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CertificateSource | None | str | Unset", data)

        source = _parse_source(d.pop("source", UNSET))

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

        certificate_entry = cls(
            created_at=created_at,
            expires_at=expires_at,
            issued=issued,
            issuer=issuer,
            source=source,
            status=status,
        )

        certificate_entry.additional_properties = d
        return certificate_entry

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
