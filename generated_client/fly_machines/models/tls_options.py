from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "alpn",
    "default_self_signed",
    "versions",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="TlsOptions")


@_attrs_define(repr=False)
class TlsOptions(Model[Any]):
    """Details of the tls handler."""

    alpn: list[str] | None | Unset = UNSET
    """ Protocols to offer, as in `h2`, `http/1.1`. """
    default_self_signed: bool | None | Unset = UNSET
    """ Answer unknown host names with a self-signed certificate. Default: false. """
    versions: list[str] | None | Unset = UNSET
    """ TLS versions to accept, as in `TLSv1.2`. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (alpn := self.alpn) is not UNSET:
            d["alpn"] = alpn
        if (default_self_signed := self.default_self_signed) is not UNSET:
            d["default_self_signed"] = default_self_signed
        if (versions := self.versions) is not UNSET:
            d["versions"] = versions
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.alpn, self.default_self_signed, self.versions) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
