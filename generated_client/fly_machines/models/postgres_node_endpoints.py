from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "direct",
    "pooler",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresNodeEndpoints")


@_attrs_define(repr=False)
class PostgresNodeEndpoints(Model[Any]):
    direct: None | models.PostgresEndpoint | Unset = UNSET

    pooler: None | models.PostgresEndpoint | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (direct := self.direct) is not UNSET:
            d["direct"] = direct.to_dict() if type(direct) is models.PostgresEndpoint else as_json(direct)
        if (pooler := self.pooler) is not UNSET:
            d["pooler"] = pooler.to_dict() if type(pooler) is models.PostgresEndpoint else as_json(pooler)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (direct, pooler) = _values(d)
        self.direct = models.PostgresEndpoint.from_dict(direct) if isinstance(direct, dict) else direct
        self.pooler = models.PostgresEndpoint.from_dict(pooler) if isinstance(pooler, dict) else pooler
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
