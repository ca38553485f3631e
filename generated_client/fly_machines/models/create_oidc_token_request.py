from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "aud",
    "aws_principal_tags",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateOidcTokenRequest")


@_attrs_define(repr=False)
class CreateOidcTokenRequest(Model[Any]):
    aud: str | Unset = UNSET
    """ Whom the token is for. Default: `https://fly.io/` with your organization's slug. """
    aws_principal_tags: bool | Unset = UNSET
    """ Add the claims that AWS reads as session tags. Default: false. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (aud := self.aud) is not UNSET:
            d["aud"] = aud
        if (aws_principal_tags := self.aws_principal_tags) is not UNSET:
            d["aws_principal_tags"] = aws_principal_tags
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.aud, self.aws_principal_tags) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
