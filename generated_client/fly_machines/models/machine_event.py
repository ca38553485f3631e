from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_event_request import MachineEventRequest  # noqa: PLC0415

        source = self.source

        status = self.status

        timestamp = self.timestamp

        type_ = self.type_

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        request: dict[str, Any] | None | Unset
        if isinstance(self.request, Unset):
            request = UNSET
        elif isinstance(self.request, MachineEventRequest):
            request = self.request.to_dict()
        else:
            request = self.request

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "source": source,
                "status": status,
                "timestamp": timestamp,
                "type": type_,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if request is not UNSET:
            field_dict["request"] = request

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_event_request import MachineEventRequest  # noqa: PLC0415

        d = dict(src_dict)
        source = d.pop("source")

        status = d.pop("status")

        timestamp = d.pop("timestamp")

        type_ = d.pop("type")

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_request(data: object) -> MachineEventRequest | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                request_type_1 = MachineEventRequest.from_dict(data)

                return request_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineEventRequest | None | Unset", data)

        request = _parse_request(d.pop("request", UNSET))

        machine_event = cls(
            source=source,
            status=status,
            timestamp=timestamp,
            type_=type_,
            id=id,
            request=request,
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
