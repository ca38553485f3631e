from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("plaintext",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="SignSecretKeyRequest")


@_attrs_define(repr=False)
class SignSecretKeyRequest(Model[Any]):
    plaintext: str | Unset = UNSET
    """ What to sign, base64. """

    _secrets: ClassVar[tuple[str, ...]] = ("plaintext",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (plaintext := self.plaintext) is not UNSET:
            d["plaintext"] = plaintext
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.plaintext = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
