from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineExitEvent")


@_attrs_define
class MachineExitEvent:
    """How a process ended."""

    error: None | str | Unset = UNSET
    """ What went wrong on the host. """
    exit_code: int | None | Unset = UNSET
    """ Exit code; 143 after SIGTERM. """
    exited_at: int | None | str | Unset = UNSET
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

    def to_dict(self) -> dict[str, Any]:
        error: None | str | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        else:
            error = self.error

        exit_code: int | None | Unset
        if isinstance(self.exit_code, Unset):
            exit_code = UNSET
        else:
            exit_code = self.exit_code

        exited_at: int | None | str | Unset
        if isinstance(self.exited_at, Unset):
            exited_at = UNSET
        else:
            exited_at = self.exited_at

        guest_error: None | str | Unset
        if isinstance(self.guest_error, Unset):
            guest_error = UNSET
        else:
            guest_error = self.guest_error

        guest_exit_code: int | None | Unset
        if isinstance(self.guest_exit_code, Unset):
            guest_exit_code = UNSET
        else:
            guest_exit_code = self.guest_exit_code

        guest_signal: int | None | Unset
        if isinstance(self.guest_signal, Unset):
            guest_signal = UNSET
        else:
            guest_signal = self.guest_signal

        oom_killed: bool | None | Unset
        if isinstance(self.oom_killed, Unset):
            oom_killed = UNSET
        else:
            oom_killed = self.oom_killed

        requested_stop: bool | None | Unset
        if isinstance(self.requested_stop, Unset):
            requested_stop = UNSET
        else:
            requested_stop = self.requested_stop

        restarting: bool | None | Unset
        if isinstance(self.restarting, Unset):
            restarting = UNSET
        else:
            restarting = self.restarting

        signal: int | None | Unset
        if isinstance(self.signal, Unset):
            signal = UNSET
        else:
            signal = self.signal

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if error is not UNSET:
            field_dict["error"] = error
        if exit_code is not UNSET:
            field_dict["exit_code"] = exit_code
        if exited_at is not UNSET:
            field_dict["exited_at"] = exited_at
        if guest_error is not UNSET:
            field_dict["guest_error"] = guest_error
        if guest_exit_code is not UNSET:
            field_dict["guest_exit_code"] = guest_exit_code
        if guest_signal is not UNSET:
            field_dict["guest_signal"] = guest_signal
        if oom_killed is not UNSET:
            field_dict["oom_killed"] = oom_killed
        if requested_stop is not UNSET:
            field_dict["requested_stop"] = requested_stop
        if restarting is not UNSET:
            field_dict["restarting"] = restarting
        if signal is not UNSET:
            field_dict["signal"] = signal

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_error(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        error = _parse_error(d.pop("error", UNSET))

        def _parse_exit_code(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        exit_code = _parse_exit_code(d.pop("exit_code", UNSET))

        def _parse_exited_at(data: object) -> int | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | str | Unset", data)

        exited_at = _parse_exited_at(d.pop("exited_at", UNSET))

        def _parse_guest_error(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        guest_error = _parse_guest_error(d.pop("guest_error", UNSET))

        def _parse_guest_exit_code(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        guest_exit_code = _parse_guest_exit_code(d.pop("guest_exit_code", UNSET))

        def _parse_guest_signal(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        guest_signal = _parse_guest_signal(d.pop("guest_signal", UNSET))

        def _parse_oom_killed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        oom_killed = _parse_oom_killed(d.pop("oom_killed", UNSET))

        def _parse_requested_stop(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        requested_stop = _parse_requested_stop(d.pop("requested_stop", UNSET))

        def _parse_restarting(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        restarting = _parse_restarting(d.pop("restarting", UNSET))

        def _parse_signal(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        signal = _parse_signal(d.pop("signal", UNSET))

        machine_exit_event = cls(
            error=error,
            exit_code=exit_code,
            exited_at=exited_at,
            guest_error=guest_error,
            guest_exit_code=guest_exit_code,
            guest_signal=guest_signal,
            oom_killed=oom_killed,
            requested_stop=requested_stop,
            restarting=restarting,
            signal=signal,
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
