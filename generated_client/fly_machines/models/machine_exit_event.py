from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "error",
    "exit_code",
    "exited_at",
    "guest_error",
    "guest_exit_code",
    "guest_signal",
    "oom_killed",
    "requested_stop",
    "restarting",
    "signal",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineExitEvent")


@_attrs_define(repr=False)
class MachineExitEvent(Model[Any]):
    """How a process ended."""

    error: None | str | Unset = UNSET
    """ What went wrong on the host. """
    exit_code: int | None | Unset = UNSET
    """ Exit code; 143 after SIGTERM. """
    exited_at: datetime.datetime | int | None | str | Unset = UNSET
    """ When; milliseconds since 1970 in old answers. """
    guest_error: None | str | Unset = UNSET
    """ What went wrong on the Machine. """
    guest_exit_code: int | None | Unset = UNSET
    """ Exit code of the process on the Machine. """
    guest_signal: int | None | Unset = UNSET
    """ Signal that ended the process on the Machine, or -1. """
    oom_killed: bool | None | Unset = UNSET
    """ Whether it ran out of memory. """
    requested_stop: bool | None | Unset = UNSET
    """ Whether it was asked to stop. """
    restarting: bool | None | Unset = UNSET
    """ Whether it is started again. """
    signal: int | None | Unset = UNSET
    """ Signal that ended it, or -1. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (error := self.error) is not UNSET:
            d["error"] = error
        if (exit_code := self.exit_code) is not UNSET:
            d["exit_code"] = exit_code
        if (exited_at := self.exited_at) is not UNSET:
            d["exited_at"] = exited_at.isoformat() if type(exited_at) is datetime.datetime else as_json(exited_at)
        if (guest_error := self.guest_error) is not UNSET:
            d["guest_error"] = guest_error
        if (guest_exit_code := self.guest_exit_code) is not UNSET:
            d["guest_exit_code"] = guest_exit_code
        if (guest_signal := self.guest_signal) is not UNSET:
            d["guest_signal"] = guest_signal
        if (oom_killed := self.oom_killed) is not UNSET:
            d["oom_killed"] = oom_killed
        if (requested_stop := self.requested_stop) is not UNSET:
            d["requested_stop"] = requested_stop
        if (restarting := self.restarting) is not UNSET:
            d["restarting"] = restarting
        if (signal := self.signal) is not UNSET:
            d["signal"] = signal
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.error,
            self.exit_code,
            exited_at,
            self.guest_error,
            self.guest_exit_code,
            self.guest_signal,
            self.oom_killed,
            self.requested_stop,
            self.restarting,
            self.signal,
        ) = _values(d)
        self.exited_at = as_time(exited_at) if isinstance(exited_at, str) else exited_at
        self._others = None if len(d) == 10 else others(d, _NAMES)
        return self
