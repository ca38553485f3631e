from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "associated_data",
    "plaintext",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="EncryptSecretKeyRequest")


@_attrs_define(repr=False)
class EncryptSecretKeyRequest(Model[Any]):
    associated_data: str | Unset = UNSET
    """ Bound to the ciphertext but not part of it, base64. """
    plaintext: str | Unset = UNSET
    """ What to encrypt, base64. """

    _secrets: ClassVar[tuple[str, ...]] = ("plaintext",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (associated_data := self.associated_data) is not UNSET:
            d["associated_data"] = associated_data
        if (plaintext := self.plaintext) is not UNSET:
            d["plaintext"] = plaintext
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.associated_data, self.plaintext) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
