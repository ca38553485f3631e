from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_models, new, others

_NAMES = (
    "secrets",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="UpdateAppSecretsResponse")


@_attrs_define(repr=False)
class UpdateAppSecretsResponse(Model[Any]):
    secrets: list[models.AppSecret] | None | Unset = UNSET
    """ All secrets of the app, after the change. """
    version: int | None | Unset = UNSET
    """ Version of the app's secrets, for `min_secrets_version`. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (secrets := self.secrets) is not UNSET:
            d["secrets"] = (
                [each.to_dict() if type(each) is models.AppSecret else as_json(each) for each in secrets]
                if type(secrets) is list
                else as_json(secrets)
            )
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (secrets, self.version) = _values(d)
        self.secrets = as_models(secrets, models.AppSecret) if isinstance(secrets, list) else secrets
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
