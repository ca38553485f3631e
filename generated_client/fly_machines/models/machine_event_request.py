from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.machine_exit_event import MachineExitEvent


T = TypeVar("T", bound="MachineEventRequest")


@_attrs_define
class MachineEventRequest:
    """More about an event."""

    exit_event: MachineExitEvent | None | Unset = UNSET
    """ How the process ended, for exits. """
    reason: None | str | Unset = UNSET
    """ Why it was asked for. """
    restart_count: int | None | Unset = UNSET
    """ Restarts in a row so far. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_exit_event import MachineExitEvent  # noqa: PLC0415

        exit_event: dict[str, Any] | None | Unset
        if isinstance(self.exit_event, Unset):
            exit_event = UNSET
        elif isinstance(self.exit_event, MachineExitEvent):
            exit_event = self.exit_event.to_dict()
        else:
            exit_event = self.exit_event

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        restart_count: int | None | Unset
        if isinstance(self.restart_count, Unset):
            restart_count = UNSET
        else:
            restart_count = self.restart_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if exit_event is not UNSET:
            field_dict["exit_event"] = exit_event
        if reason is not UNSET:
            field_dict["reason"] = reason
        if restart_count is not UNSET:
            field_dict["restart_count"] = restart_count

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_exit_event import MachineExitEvent  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_exit_event(data: object) -> MachineExitEvent | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                exit_event_type_1 = MachineExitEvent.from_dict(data)

                return exit_event_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineExitEvent | None | Unset", data)

        exit_event = _parse_exit_event(d.pop("exit_event", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_restart_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        restart_count = _parse_restart_count(d.pop("restart_count", UNSET))

        machine_event_request = cls(
            exit_event=exit_event,
            reason=reason,
            restart_count=restart_count,
        )

        machine_event_request.additional_properties = d
        return machine_event_request

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
