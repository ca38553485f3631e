from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.signal import Signal
from ..types import UNSET
from . import Model, as_json, members, new, others

_Signal = members(Signal)
_NAMES = ("signal",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)

T = TypeVar("T", bound="SignalMachineRequest")


@_attrs_define(repr=False)
class SignalMachineRequest(Model[Any]):
    signal: int | Signal | str
    """ Name of the signal, or its number. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        signal = self.signal
        d["signal"] = signal._value_ if type(signal) is Signal else as_json(signal)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        signal = d[_NAMES[0]]
        self.signal = _Signal(signal, signal) if isinstance(signal, str) else signal
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
