from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "access",
    "verified_token",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AuthorizeTokenResponse")


@_attrs_define(repr=False)
class AuthorizeTokenResponse(Model[Any]):
    access: models.AuthorizedAccess | None | Unset = UNSET

    verified_token: None | Unset | models.VerifiedToken = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (access := self.access) is not UNSET:
            d["access"] = access.to_dict() if type(access) is models.AuthorizedAccess else as_json(access)
        if (verified_token := self.verified_token) is not UNSET:
            d["verified_token"] = (
                verified_token.to_dict() if type(verified_token) is models.VerifiedToken else as_json(verified_token)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (access, verified_token) = _values(d)
        self.access = models.AuthorizedAccess.from_dict(access) if isinstance(access, dict) else access
        self.verified_token = (
            models.VerifiedToken.from_dict(verified_token) if isinstance(verified_token, dict) else verified_token
        )
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
