from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "ok",
    "event_id",
    "state",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="WaitMachineResponse")


@_attrs_define(repr=False)
class WaitMachineResponse(Model[Any]):
    """A state that was reached."""

    ok: bool
    """ Always true. """
    event_id: None | str | Unset = UNSET
    """ Event that it was reached with. """
    state: None | str | Unset = UNSET
    """ The state. """
    version: None | str | Unset = UNSET
    """ Version that is in it. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["ok"] = self.ok
        if (event_id := self.event_id) is not UNSET:
            d["event_id"] = event_id
        if (state := self.state) is not UNSET:
            d["state"] = state
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.ok, self.event_id, self.state, self.version) = _values(d)
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
