from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="WaitMachineResponse")


@_attrs_define
class WaitMachineResponse:
    """A state that was reached."""

    ok: bool
    """ Always true. """
    event_id: None | str | Unset = UNSET
    """ Event that it was reached with. """
    state: None | str | Unset = UNSET
    """ The state. """
    version: None | str | Unset = UNSET
    """ Version that is in it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["ok"] = self.ok
        if self.event_id is not UNSET:
            field_dict["event_id"] = self.event_id
        if self.state is not UNSET:
            field_dict["state"] = self.state
        if self.version is not UNSET:
            field_dict["version"] = self.version
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        wait_machine_response = cls(
            ok=d.pop("ok"),
            event_id=d.pop("event_id", UNSET),
            state=d.pop("state", UNSET),
            version=d.pop("version", UNSET),
        )
        wait_machine_response.additional_properties = d
        return wait_machine_response

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
