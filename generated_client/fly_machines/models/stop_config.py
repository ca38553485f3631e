from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.stop_signal import StopSignal
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_StopSignal = members(StopSignal)
_NAMES = (
    "signal",
    "timeout",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="StopConfig")


@_attrs_define(repr=False)
class StopConfig(Model[Any]):
    """How a Machine or container is stopped."""

    signal: None | StopSignal | str | Unset = UNSET
    """ Signal that asks the process to end. Default: SIGINT. """
    timeout: int | None | str | Unset = UNSET
    """ Time until it is killed: a Go duration (`10s`) or nanoseconds. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (signal := self.signal) is not UNSET:
            d["signal"] = signal._value_ if type(signal) is StopSignal else as_json(signal)
        if (timeout := self.timeout) is not UNSET:
            d["timeout"] = timeout
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (signal, self.timeout) = _values(d)
        self.signal = _StopSignal(signal, signal) if isinstance(signal, str) else signal
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
