from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_event_request import MachineEventRequest


T = TypeVar("T", bound="MachineEvent")


@_attrs_define
class MachineEvent:
    """Something that happened to a Machine."""

    source: str
    """ Who caused it: user (the API), proxy (autostart) or flyd (the host). """
    status: str
    """ State that the Machine went to. """
    timestamp: int
    """ Milliseconds since 1970. """
    type_: str
    """ What happened, as in `start`, `exit`. """
    id: None | str | Unset = UNSET
    """ Id, in order of time; may be absent inside a Machine. """
    request: MachineEventRequest | None | Unset = UNSET
    """ More about it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["source"] = self.source
        field_dict["status"] = self.status
        field_dict["timestamp"] = self.timestamp
        field_dict["type"] = self.type_
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.request is not UNSET:
            field_dict["request"] = as_json(self.request)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_event = cls(
            source=d.pop("source"),
            status=d.pop("status"),
            timestamp=d.pop("timestamp"),
            type_=d.pop("type"),
            id=d.pop("id", UNSET),
            request=as_model(d.pop("request", UNSET), models.MachineEventRequest),
        )
        machine_event.additional_properties = d
        return machine_event

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
