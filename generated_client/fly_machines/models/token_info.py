from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="TokenInfo")


@_attrs_define
class TokenInfo:
    apps: list[str] | None | Unset = UNSET
    """ Apps that it is limited to. """
    org_slug: None | str | Unset = UNSET
    """ Slug of the organization that it is for. """
    organization: None | str | Unset = UNSET
    """ Id of the organization that it is for. """
    restricted_to_machine: None | str | Unset = UNSET
    """ Machine that it can only be used from. """
    source_machine_id: None | str | Unset = UNSET
    """ Machine that this request came from. """
    token_id: None | str | Unset = UNSET
    """ Id of the token. """
    user: None | str | Unset = UNSET
    """ Account, if it is a person's. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.apps is not UNSET:
            field_dict["apps"] = self.apps
        if self.org_slug is not UNSET:
            field_dict["org_slug"] = self.org_slug
        if self.organization is not UNSET:
            field_dict["organization"] = self.organization
        if self.restricted_to_machine is not UNSET:
            field_dict["restricted_to_machine"] = self.restricted_to_machine
        if self.source_machine_id is not UNSET:
            field_dict["source_machine_id"] = self.source_machine_id
        if self.token_id is not UNSET:
            field_dict["token_id"] = self.token_id
        if self.user is not UNSET:
            field_dict["user"] = self.user
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        token_info = cls(
            apps=d.pop("apps", UNSET),
            org_slug=d.pop("org_slug", UNSET),
            organization=d.pop("organization", UNSET),
            restricted_to_machine=d.pop("restricted_to_machine", UNSET),
            source_machine_id=d.pop("source_machine_id", UNSET),
            token_id=d.pop("token_id", UNSET),
            user=d.pop("user", UNSET),
        )
        token_info.additional_properties = d
        return token_info

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
