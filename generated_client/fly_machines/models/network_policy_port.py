from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "port",
    "protocol",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="NetworkPolicyPort")


@_attrs_define(repr=False)
class NetworkPolicyPort(Model[Any]):
    """A port of one protocol."""

    port: int | None | Unset = UNSET
    """ Number of the port. """
    protocol: None | str | Unset = UNSET
    """ As in tcp. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (port := self.port) is not UNSET:
            d["port"] = port
        if (protocol := self.protocol) is not UNSET:
            d["protocol"] = protocol
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.port, self.protocol) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
