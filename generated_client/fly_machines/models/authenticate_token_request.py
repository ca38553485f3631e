from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("header",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="AuthenticateTokenRequest")


@_attrs_define(repr=False)
class AuthenticateTokenRequest(Model[Any]):
    header: str | Unset = UNSET
    """ The authorization header that you were sent. A secret. """

    _secrets: ClassVar[tuple[str, ...]] = ("header",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (header := self.header) is not UNSET:
            d["header"] = header
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.header = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
