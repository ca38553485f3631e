from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.machine_state import MachineState
from ..types import UNSET, Unset
from . import as_json, as_known, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.machine_overview_config import MachineOverviewConfig


T = TypeVar("T", bound="OrgMachine")


@_attrs_define
class OrgMachine:
    """A Machine as the organization's list has it."""

    app_name: None | str | Unset = UNSET
    """ App that it belongs to. """
    config: MachineOverviewConfig | None | Unset = UNSET
    """ The part of its config that lists hold. """
    created_at: datetime.datetime | None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    name: None | str | Unset = UNSET

    private_ip: None | str | Unset = UNSET

    region: None | str | Unset = UNSET

    state: MachineState | None | str | Unset = UNSET

    updated_at: datetime.datetime | None | str | Unset = UNSET

    version: None | str | Unset = UNSET
    """ Version: a new one with each update. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.app_name is not UNSET:
            field_dict["app_name"] = self.app_name
        if self.config is not UNSET:
            field_dict["config"] = as_json(self.config)
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.private_ip is not UNSET:
            field_dict["private_ip"] = self.private_ip
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.state is not UNSET:
            field_dict["state"] = as_json(self.state)
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        if self.version is not UNSET:
            field_dict["version"] = self.version
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        org_machine = cls(
            app_name=d.pop("app_name", UNSET),
            config=as_model(d.pop("config", UNSET), models.MachineOverviewConfig),
            created_at=as_time(d.pop("created_at", UNSET)),
            id=d.pop("id", UNSET),
            name=d.pop("name", UNSET),
            private_ip=d.pop("private_ip", UNSET),
            region=d.pop("region", UNSET),
            state=as_known(d.pop("state", UNSET), MachineState),
            updated_at=as_time(d.pop("updated_at", UNSET)),
            version=d.pop("version", UNSET),
        )
        org_machine.additional_properties = d
        return org_machine

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
