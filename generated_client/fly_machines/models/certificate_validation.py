from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "alpn_configured",
    "dns_configured",
    "http_configured",
    "ownership_txt_configured",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CertificateValidation")


@_attrs_define(repr=False)
class CertificateValidation(Model[Any]):
    alpn_configured: bool | None | Unset = UNSET

    dns_configured: bool | None | Unset = UNSET

    http_configured: bool | None | Unset = UNSET

    ownership_txt_configured: bool | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (alpn_configured := self.alpn_configured) is not UNSET:
            d["alpn_configured"] = alpn_configured
        if (dns_configured := self.dns_configured) is not UNSET:
            d["dns_configured"] = dns_configured
        if (http_configured := self.http_configured) is not UNSET:
            d["http_configured"] = http_configured
        if (ownership_txt_configured := self.ownership_txt_configured) is not UNSET:
            d["ownership_txt_configured"] = ownership_txt_configured
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.alpn_configured, self.dns_configured, self.http_configured, self.ownership_txt_configured) = _values(d)
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
