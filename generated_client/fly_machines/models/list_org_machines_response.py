from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.org_machine import OrgMachine


T = TypeVar("T", bound="ListOrgMachinesResponse")


@_attrs_define
class ListOrgMachinesResponse:
    error_regions: list[str] | None | Unset = UNSET
    """ Regions that could not be asked: what they have is missing here. """
    last_machine_id: None | str | Unset = UNSET
    """ Id of the last Machine on the page. """
    last_updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When the last Machine on the page changed. """
    machines: list[OrgMachine] | None | Unset = UNSET
    """ One page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; empty on the last. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.error_regions is not UNSET:
            field_dict["error_regions"] = self.error_regions
        if self.last_machine_id is not UNSET:
            field_dict["last_machine_id"] = self.last_machine_id
        if self.last_updated_at is not UNSET:
            field_dict["last_updated_at"] = as_json(self.last_updated_at)
        if self.machines is not UNSET:
            field_dict["machines"] = as_json(self.machines)
        if self.next_cursor is not UNSET:
            field_dict["next_cursor"] = self.next_cursor
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        list_org_machines_response = cls(
            error_regions=d.pop("error_regions", UNSET),
            last_machine_id=d.pop("last_machine_id", UNSET),
            last_updated_at=as_time(d.pop("last_updated_at", UNSET)),
            machines=as_list(d.pop("machines", UNSET), lambda item: as_model(item, models.OrgMachine)),
            next_cursor=d.pop("next_cursor", UNSET),
        )
        list_org_machines_response.additional_properties = d
        return list_org_machines_response

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
