from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_models, new, others

_NAMES = ("secrets",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="ListAppSecretsResponse")


@_attrs_define(repr=False)
class ListAppSecretsResponse(Model[Any]):
    secrets: list[models.AppSecret] | None | Unset = UNSET
    """ All secrets of the app. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (secrets := self.secrets) is not UNSET:
            d["secrets"] = (
                [each.to_dict() if type(each) is models.AppSecret else as_json(each) for each in secrets]
                if type(secrets) is list
                else as_json(secrets)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        secrets = d[_NAMES[0]]
        self.secrets = as_models(secrets, models.AppSecret) if isinstance(secrets, list) else secrets
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
