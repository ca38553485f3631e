from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "plaintext",
    "signature",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="VerifySecretKeyRequest")


@_attrs_define(repr=False)
class VerifySecretKeyRequest(Model[Any]):
    plaintext: str | Unset = UNSET
    """ What was signed, base64. """
    signature: str | Unset = UNSET
    """ The signature, base64. """

    _secrets: ClassVar[tuple[str, ...]] = ("plaintext",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (plaintext := self.plaintext) is not UNSET:
            d["plaintext"] = plaintext
        if (signature := self.signature) is not UNSET:
            d["signature"] = signature
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.plaintext, self.signature) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
