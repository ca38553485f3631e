from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "addr",
    "basename",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="DnsForwardRule")


@_attrs_define(repr=False)
class DnsForwardRule(Model[Any]):
    """A domain that another name server is asked for."""

    addr: None | str | Unset = UNSET
    """ Address of the name server. """
    basename: None | str | Unset = UNSET
    """ The domain. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (addr := self.addr) is not UNSET:
            d["addr"] = addr
        if (basename := self.basename) is not UNSET:
            d["basename"] = basename
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.addr, self.basename) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
