from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.certificate_source import CertificateSource
from ..models.certificate_status import CertificateStatus
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_CertificateSource = members(CertificateSource)
_CertificateStatus = members(CertificateStatus)
_NAMES = (
    "created_at",
    "expires_at",
    "issued",
    "issuer",
    "source",
    "status",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CertificateEntry")


@_attrs_define(repr=False)
class CertificateEntry(Model[Any]):
    created_at: datetime.datetime | None | str | Unset = UNSET

    expires_at: datetime.datetime | None | str | Unset = UNSET
    """ When it runs out. """
    issued: list[models.IssuedCertificate] | None | Unset = UNSET
    """ The certificates behind it, one a key type. """
    issuer: None | str | Unset = UNSET
    """ Who issued it; null for Fly.io's own. """
    source: CertificateSource | None | str | Unset = UNSET
    """ `fly` or `custom`. """
    status: CertificateStatus | None | str | Unset = UNSET
    """ `active`, or what is waited for. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (expires_at := self.expires_at) is not UNSET:
            d["expires_at"] = expires_at.isoformat() if type(expires_at) is datetime.datetime else as_json(expires_at)
        if (issued := self.issued) is not UNSET:
            d["issued"] = (
                [each.to_dict() if type(each) is models.IssuedCertificate else as_json(each) for each in issued]
                if type(issued) is list
                else as_json(issued)
            )
        if (issuer := self.issuer) is not UNSET:
            d["issuer"] = issuer
        if (source := self.source) is not UNSET:
            d["source"] = source._value_ if type(source) is CertificateSource else as_json(source)
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is CertificateStatus else as_json(status)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (created_at, expires_at, issued, self.issuer, source, status) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.expires_at = as_time(expires_at) if isinstance(expires_at, str) else expires_at
        self.issued = (
            [models.IssuedCertificate.from_dict(each) if isinstance(each, dict) else each for each in issued]
            if isinstance(issued, list)
            else issued
        )
        self.source = _CertificateSource(source, source) if isinstance(source, str) else source
        self.status = _CertificateStatus(status, status) if isinstance(status, str) else status
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
