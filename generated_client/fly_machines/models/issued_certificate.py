from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.certificate_key_type import CertificateKeyType
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_CertificateKeyType = members(CertificateKeyType)
_NAMES = (
    "certificate_authority",
    "expires_at",
    "type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="IssuedCertificate")


@_attrs_define(repr=False)
class IssuedCertificate(Model[Any]):
    certificate_authority: None | str | Unset = UNSET

    expires_at: datetime.datetime | None | str | Unset = UNSET

    type_: CertificateKeyType | None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (certificate_authority := self.certificate_authority) is not UNSET:
            d["certificate_authority"] = certificate_authority
        if (expires_at := self.expires_at) is not UNSET:
            d["expires_at"] = expires_at.isoformat() if type(expires_at) is datetime.datetime else as_json(expires_at)
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is CertificateKeyType else as_json(type_)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.certificate_authority, expires_at, type_) = _values(d)
        self.expires_at = as_time(expires_at) if isinstance(expires_at, str) else expires_at
        self.type_ = _CertificateKeyType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
