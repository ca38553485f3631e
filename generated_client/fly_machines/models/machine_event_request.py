from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.exit_event is not UNSET:
            field_dict["exit_event"] = as_json(self.exit_event)
        if self.reason is not UNSET:
            field_dict["reason"] = self.reason
        if self.restart_count is not UNSET:
            field_dict["restart_count"] = self.restart_count
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_event_request = cls(
            exit_event=as_model(d.pop("exit_event", UNSET), models.MachineExitEvent),
            reason=d.pop("reason", UNSET),
            restart_count=d.pop("restart_count", UNSET),
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
