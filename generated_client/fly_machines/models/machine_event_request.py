from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "exit_event",
    "reason",
    "restart_count",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineEventRequest")


@_attrs_define(repr=False)
class MachineEventRequest(Model[Any]):
    """More about an event."""

    exit_event: models.MachineExitEvent | None | Unset = UNSET
    """ How the process ended, for exits. """
    reason: None | str | Unset = UNSET
    """ Why it was asked for. """
    restart_count: int | None | Unset = UNSET
    """ Restarts in a row so far. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (exit_event := self.exit_event) is not UNSET:
            d["exit_event"] = (
                exit_event.to_dict() if type(exit_event) is models.MachineExitEvent else as_json(exit_event)
            )
        if (reason := self.reason) is not UNSET:
            d["reason"] = reason
        if (restart_count := self.restart_count) is not UNSET:
            d["restart_count"] = restart_count
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (exit_event, self.reason, self.restart_count) = _values(d)
        self.exit_event = models.MachineExitEvent.from_dict(exit_event) if isinstance(exit_event, dict) else exit_event
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
