from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET
from . import Model, new, others

_NAMES = (
    "fullchain",
    "hostname",
    "private_key",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[3:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateCustomCertificateRequest")


@_attrs_define(repr=False)
class CreateCustomCertificateRequest(Model[Any]):
    fullchain: str
    """ Certificate and its intermediates, PEM. """
    hostname: str
    """ Fully qualified host name; `*.example.com` for a wildcard. """
    private_key: str
    """ The certificate's key, PEM. A secret. """

    _secrets: ClassVar[tuple[str, ...]] = ("private_key",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["fullchain"] = self.fullchain
        d["hostname"] = self.hostname
        d["private_key"] = self.private_key
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.fullchain, self.hostname, self.private_key) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
