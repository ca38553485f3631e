from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "previous_state",
    "migrated",
    "new_host",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="StartMachineResponse")


@_attrs_define(repr=False)
class StartMachineResponse(Model[Any]):
    previous_state: str
    """ State before the start. """
    migrated: bool | None | Unset = UNSET
    """ Whether it moved to another host. """
    new_host: None | str | Unset = UNSET
    """ The host that it moved to. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["previous_state"] = self.previous_state
        if (migrated := self.migrated) is not UNSET:
            d["migrated"] = migrated
        if (new_host := self.new_host) is not UNSET:
            d["new_host"] = new_host
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.previous_state, self.migrated, self.new_host) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
