from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "host",
    "port",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresEndpoint")


@_attrs_define(repr=False)
class PostgresEndpoint(Model[Any]):
    host: None | str | Unset = UNSET

    port: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (host := self.host) is not UNSET:
            d["host"] = host
        if (port := self.port) is not UNSET:
            d["port"] = port
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.host, self.port) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
