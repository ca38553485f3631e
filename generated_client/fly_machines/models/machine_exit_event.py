from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_json, as_pairs, as_text, as_time

T = TypeVar("T", bound="MachineExitEvent")


@_attrs_define
class MachineExitEvent:
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.error is not UNSET:
            field_dict["error"] = self.error
        if self.exit_code is not UNSET:
            field_dict["exit_code"] = self.exit_code
        if self.exited_at is not UNSET:
            field_dict["exited_at"] = as_json(self.exited_at)
        if self.guest_error is not UNSET:
            field_dict["guest_error"] = self.guest_error
        if self.guest_exit_code is not UNSET:
            field_dict["guest_exit_code"] = self.guest_exit_code
        if self.guest_signal is not UNSET:
            field_dict["guest_signal"] = self.guest_signal
        if self.oom_killed is not UNSET:
            field_dict["oom_killed"] = self.oom_killed
        if self.requested_stop is not UNSET:
            field_dict["requested_stop"] = self.requested_stop
        if self.restarting is not UNSET:
            field_dict["restarting"] = self.restarting
        if self.signal is not UNSET:
            field_dict["signal"] = self.signal
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_exit_event = cls(
            error=d.pop("error", UNSET),
            exit_code=d.pop("exit_code", UNSET),
            exited_at=as_time(d.pop("exited_at", UNSET)),
            guest_error=d.pop("guest_error", UNSET),
            guest_exit_code=d.pop("guest_exit_code", UNSET),
            guest_signal=d.pop("guest_signal", UNSET),
            oom_killed=d.pop("oom_killed", UNSET),
            requested_stop=d.pop("requested_stop", UNSET),
            restarting=d.pop("restarting", UNSET),
            signal=d.pop("signal", UNSET),
        )
        machine_exit_event.additional_properties = d
        return machine_exit_event

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
