from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.certificate_source import CertificateSource
from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.issued_certificate import IssuedCertificate


T = TypeVar("T", bound="CertificateEntry")


@_attrs_define
class CertificateEntry:
    created_at: datetime.datetime | None | str | Unset = UNSET

    expires_at: datetime.datetime | None | str | Unset = UNSET
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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = as_json(self.expires_at)
        if self.issued is not UNSET:
            field_dict["issued"] = as_json(self.issued)
        if self.issuer is not UNSET:
            field_dict["issuer"] = self.issuer
        if self.source is not UNSET:
            field_dict["source"] = as_json(self.source)
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        certificate_entry = cls(
            created_at=as_time(d.pop("created_at", UNSET)),
            expires_at=as_time(d.pop("expires_at", UNSET)),
            issued=as_list(d.pop("issued", UNSET), lambda item: as_model(item, models.IssuedCertificate)),
            issuer=d.pop("issuer", UNSET),
            source=as_known(d.pop("source", UNSET), CertificateSource),
            status=as_known(d.pop("status", UNSET), CertificateStatus),
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
