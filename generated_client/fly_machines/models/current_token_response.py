from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("tokens",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="CurrentTokenResponse")


@_attrs_define(repr=False)
class CurrentTokenResponse(Model[Any]):
    tokens: list[models.TokenInfo] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (tokens := self.tokens) is not UNSET:
            d["tokens"] = (
                [each.to_dict() if type(each) is models.TokenInfo else as_json(each) for each in tokens]
                if type(tokens) is list
                else as_json(tokens)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        tokens = d[_NAMES[0]]
        self.tokens = (
            [models.TokenInfo.from_dict(each) if isinstance(each, dict) else each for each in tokens]
            if isinstance(tokens, list)
            else tokens
        )
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
