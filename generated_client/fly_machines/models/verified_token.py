from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "caveats",
    "header",
    "nonce",
    "permission_token",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="VerifiedToken")


@_attrs_define(repr=False)
class VerifiedToken(Model[Any]):
    caveats: models.MacaroonCaveats | None | Unset = UNSET

    header: None | str | Unset = UNSET

    nonce: models.MacaroonNonce | None | Unset = UNSET

    permission_token: None | str | Unset = UNSET

    _secrets: ClassVar[tuple[str, ...]] = (
        "header",
        "permission_token",
    )

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (caveats := self.caveats) is not UNSET:
            d["caveats"] = caveats.to_dict() if type(caveats) is models.MacaroonCaveats else as_json(caveats)
        if (header := self.header) is not UNSET:
            d["header"] = header
        if (nonce := self.nonce) is not UNSET:
            d["nonce"] = nonce.to_dict() if type(nonce) is models.MacaroonNonce else as_json(nonce)
        if (permission_token := self.permission_token) is not UNSET:
            d["permission_token"] = permission_token
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (caveats, self.header, nonce, self.permission_token) = _values(d)
        self.caveats = models.MacaroonCaveats.from_dict(caveats) if isinstance(caveats, dict) else caveats
        self.nonce = models.MacaroonNonce.from_dict(nonce) if isinstance(nonce, dict) else nonce
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
