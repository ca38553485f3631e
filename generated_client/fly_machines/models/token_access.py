from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="TokenAccess")


@_attrs_define
class TokenAccess:
    """An action, and what it is done to."""

    action: int | str | Unset = UNSET
    """ Letters or the sum of their bits: r 1, w 2, c 4, d 8, C (control) 16. """
    app_feature: str | Unset = UNSET
    """ Feature of the app, as in `images`. """
    app_name: str | Unset = UNSET
    """ Name of the app. """
    command: list[str] | Unset = UNSET
    """ Command run on the Machine, an entry a word. """
    machine_feature: str | Unset = UNSET
    """ Feature of the Machine, as in `oidc`. """
    machine_id: str | Unset = UNSET
    """ Id of the Machine. """
    mutation: str | Unset = UNSET
    """ Name of a GraphQL mutation. """
    org_feature: str | Unset = UNSET
    """ Feature of the organization, as in `builder`. """
    org_slug: str | Unset = UNSET
    """ Slug of the organization. """
    source_machine: str | Unset = UNSET
    """ Id of the Machine that asks. """
    storage_object: str | Unset = UNSET
    """ Object in a storage bucket. """
    volume_id: str | Unset = UNSET
    """ Id of the volume. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.action is not UNSET:
            field_dict["action"] = self.action
        if self.app_feature is not UNSET:
            field_dict["app_feature"] = self.app_feature
        if self.app_name is not UNSET:
            field_dict["app_name"] = self.app_name
        if self.command is not UNSET:
            field_dict["command"] = self.command
        if self.machine_feature is not UNSET:
            field_dict["machine_feature"] = self.machine_feature
        if self.machine_id is not UNSET:
            field_dict["machine_id"] = self.machine_id
        if self.mutation is not UNSET:
            field_dict["mutation"] = self.mutation
        if self.org_feature is not UNSET:
            field_dict["org_feature"] = self.org_feature
        if self.org_slug is not UNSET:
            field_dict["org_slug"] = self.org_slug
        if self.source_machine is not UNSET:
            field_dict["source_machine"] = self.source_machine
        if self.storage_object is not UNSET:
            field_dict["storage_object"] = self.storage_object
        if self.volume_id is not UNSET:
            field_dict["volume_id"] = self.volume_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        token_access = cls(
            action=d.pop("action", UNSET),
            app_feature=d.pop("app_feature", UNSET),
            app_name=d.pop("app_name", UNSET),
            command=d.pop("command", UNSET),
            machine_feature=d.pop("machine_feature", UNSET),
            machine_id=d.pop("machine_id", UNSET),
            mutation=d.pop("mutation", UNSET),
            org_feature=d.pop("org_feature", UNSET),
            org_slug=d.pop("org_slug", UNSET),
            source_machine=d.pop("source_machine", UNSET),
            storage_object=d.pop("storage_object", UNSET),
            volume_id=d.pop("volume_id", UNSET),
        )
        token_access.additional_properties = d
        return token_access

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
