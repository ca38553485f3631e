from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "https",
    "path",
    "port",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineMetrics")


@_attrs_define(repr=False)
class MachineMetrics(Model[Any]):
    """Where Prometheus metrics are collected."""

    https: bool | None | Unset = UNSET
    """ Ask over HTTPS. Default: false. """
    path: None | str | Unset = UNSET
    """ Path, as in `/metrics`. """
    port: int | None | Unset = UNSET
    """ Port. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (https := self.https) is not UNSET:
            d["https"] = https
        if (path := self.path) is not UNSET:
            d["path"] = path
        if (port := self.port) is not UNSET:
            d["port"] = port
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.https, self.path, self.port) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
