from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "code",
    "message",
    "remediation",
    "timestamp",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CertificateValidationError")


@_attrs_define(repr=False)
class CertificateValidationError(Model[Any]):
    code: None | str | Unset = UNSET

    message: None | str | Unset = UNSET

    remediation: None | str | Unset = UNSET

    timestamp: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (code := self.code) is not UNSET:
            d["code"] = code
        if (message := self.message) is not UNSET:
            d["message"] = message
        if (remediation := self.remediation) is not UNSET:
            d["remediation"] = remediation
        if (timestamp := self.timestamp) is not UNSET:
            d["timestamp"] = timestamp
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.code, self.message, self.remediation, self.timestamp) = _values(d)
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
