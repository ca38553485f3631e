from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = ("expiry",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="CreateAppDeployTokenRequest")


@_attrs_define(repr=False)
class CreateAppDeployTokenRequest(Model[Any]):
    """What the new token shall be good for."""

    expiry: str | Unset = UNSET
    """ Lifetime as a Go duration, as in `48h`. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (expiry := self.expiry) is not UNSET:
            d["expiry"] = expiry
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        self.expiry = d[_NAMES[0]]
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
