from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "kid",
    "proof",
    "rnd",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MacaroonNonce")


@_attrs_define(repr=False)
class MacaroonNonce(Model[Any]):
    kid: None | str | Unset = UNSET

    proof: bool | None | Unset = UNSET

    rnd: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (kid := self.kid) is not UNSET:
            d["kid"] = kid
        if (proof := self.proof) is not UNSET:
            d["proof"] = proof
        if (rnd := self.rnd) is not UNSET:
            d["rnd"] = rnd
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.kid, self.proof, self.rnd) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
