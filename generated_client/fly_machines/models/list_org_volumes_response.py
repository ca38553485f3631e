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
    from ..models.org_volume import OrgVolume


T = TypeVar("T", bound="ListOrgVolumesResponse")


@_attrs_define
class ListOrgVolumesResponse:
    last_updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When the last volume on the page changed. """
    last_volume_id: None | str | Unset = UNSET
    """ Id of the last volume on the page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; empty on the last. """
    volumes: list[OrgVolume] | None | Unset = UNSET
    """ One page. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.last_updated_at is not UNSET:
            field_dict["last_updated_at"] = as_json(self.last_updated_at)
        if self.last_volume_id is not UNSET:
            field_dict["last_volume_id"] = self.last_volume_id
        if self.next_cursor is not UNSET:
            field_dict["next_cursor"] = self.next_cursor
        if self.volumes is not UNSET:
            field_dict["volumes"] = as_json(self.volumes)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        list_org_volumes_response = cls(
            last_updated_at=as_time(d.pop("last_updated_at", UNSET)),
            last_volume_id=d.pop("last_volume_id", UNSET),
            next_cursor=d.pop("next_cursor", UNSET),
            volumes=as_list(d.pop("volumes", UNSET), lambda item: as_model(item, models.OrgVolume)),
        )
        list_org_volumes_response.additional_properties = d
        return list_org_volumes_response

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
