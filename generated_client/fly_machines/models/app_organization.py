from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="AppOrganization")


@_attrs_define
class AppOrganization:
    """The organization that an app belongs to."""

    internal_numeric_id: int | None | Unset = UNSET
    """ Number used by Fly.io's own tools. """
    name: None | str | Unset = UNSET
    """ Display name. """
    slug: None | str | Unset = UNSET
    """ Name used in requests. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.internal_numeric_id is not UNSET:
            field_dict["internal_numeric_id"] = self.internal_numeric_id
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.slug is not UNSET:
            field_dict["slug"] = self.slug
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app_organization = cls(
            internal_numeric_id=d.pop("internal_numeric_id", UNSET),
            name=d.pop("name", UNSET),
            slug=d.pop("slug", UNSET),
        )
        app_organization.additional_properties = d
        return app_organization

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
