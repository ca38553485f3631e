from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        action: int | str | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        app_feature = self.app_feature

        app_name = self.app_name

        command: list[str] | Unset = UNSET
        if not isinstance(self.command, Unset):
            command = self.command

        machine_feature = self.machine_feature

        machine_id = self.machine_id

        mutation = self.mutation

        org_feature = self.org_feature

        org_slug = self.org_slug

        source_machine = self.source_machine

        storage_object = self.storage_object

        volume_id = self.volume_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if app_feature is not UNSET:
            field_dict["app_feature"] = app_feature
        if app_name is not UNSET:
            field_dict["app_name"] = app_name
        if command is not UNSET:
            field_dict["command"] = command
        if machine_feature is not UNSET:
            field_dict["machine_feature"] = machine_feature
        if machine_id is not UNSET:
            field_dict["machine_id"] = machine_id
        if mutation is not UNSET:
            field_dict["mutation"] = mutation
        if org_feature is not UNSET:
            field_dict["org_feature"] = org_feature
        if org_slug is not UNSET:
            field_dict["org_slug"] = org_slug
        if source_machine is not UNSET:
            field_dict["source_machine"] = source_machine
        if storage_object is not UNSET:
            field_dict["storage_object"] = storage_object
        if volume_id is not UNSET:
            field_dict["volume_id"] = volume_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast("int | str | Unset", data)

        action = _parse_action(d.pop("action", UNSET))

        app_feature = d.pop("app_feature", UNSET)

        app_name = d.pop("app_name", UNSET)

        command = cast("list[str]", d.pop("command", UNSET))

        machine_feature = d.pop("machine_feature", UNSET)

        machine_id = d.pop("machine_id", UNSET)

        mutation = d.pop("mutation", UNSET)

        org_feature = d.pop("org_feature", UNSET)

        org_slug = d.pop("org_slug", UNSET)

        source_machine = d.pop("source_machine", UNSET)

        storage_object = d.pop("storage_object", UNSET)

        volume_id = d.pop("volume_id", UNSET)

        token_access = cls(
            action=action,
            app_feature=app_feature,
            app_name=app_name,
            command=command,
            machine_feature=machine_feature,
            machine_id=machine_id,
            mutation=mutation,
            org_feature=org_feature,
            org_slug=org_slug,
            source_machine=source_machine,
            storage_object=storage_object,
            volume_id=volume_id,
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
