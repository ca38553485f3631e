from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("secret_keys",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="ListSecretKeysResponse")


@_attrs_define(repr=False)
class ListSecretKeysResponse(Model[Any]):
    secret_keys: list[models.SecretKey] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (secret_keys := self.secret_keys) is not UNSET:
            d["secret_keys"] = (
                [each.to_dict() if type(each) is models.SecretKey else as_json(each) for each in secret_keys]
                if type(secret_keys) is list
                else as_json(secret_keys)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        secret_keys = d[_NAMES[0]]
        self.secret_keys = (
            [models.SecretKey.from_dict(each) if isinstance(each, dict) else each for each in secret_keys]
            if isinstance(secret_keys, list)
            else secret_keys
        )
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
