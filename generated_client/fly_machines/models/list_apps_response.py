from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.app import App


T = TypeVar("T", bound="ListAppsResponse")


@_attrs_define
class ListAppsResponse:
    apps: list[App] | None
    """ All apps of the organization, or one page of them. """
    total_apps: int
    """ How many there are on all pages, counted when the first one was read. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; absent on the last. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["apps"] = as_json(self.apps)
        field_dict["total_apps"] = self.total_apps
        if self.next_cursor is not UNSET:
            field_dict["next_cursor"] = self.next_cursor
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        list_apps_response = cls(
            apps=as_list(d.pop("apps"), lambda item: as_model(item, models.App)),
            total_apps=d.pop("total_apps"),
            next_cursor=d.pop("next_cursor", UNSET),
        )
        list_apps_response.additional_properties = d
        return list_apps_response

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
