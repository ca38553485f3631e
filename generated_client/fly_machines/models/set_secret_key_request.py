from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "type",
    "value",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="SetSecretKeyRequest")


@_attrs_define(repr=False)
class SetSecretKeyRequest(Model[Any]):
    type_: str | Unset = UNSET
    """ One of es256, hs256, hs384, hs512, xaes256gcm, nacl_auth, nacl_box, nacl_secretbox, nacl_sign. """
    value: str | Unset = UNSET
    """ The key, base64; left out when one is generated. """

    _secrets: ClassVar[tuple[str, ...]] = ("value",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_
        if (value := self.value) is not UNSET:
            d["value"] = value
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.type_, self.value) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
