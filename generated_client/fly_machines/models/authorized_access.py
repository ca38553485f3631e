from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="AuthorizedAccess")


@_attrs_define
class AuthorizedAccess:
    action: int | None | Unset = UNSET

    app_feature: None | str | Unset = UNSET

    appid: int | None | Unset = UNSET

    cluster: None | str | Unset = UNSET

    command: list[str] | None | Unset = UNSET

    feature: None | str | Unset = UNSET

    machine: None | str | Unset = UNSET

    machine_feature: None | str | Unset = UNSET

    mutation: None | str | Unset = UNSET

    orgid: int | None | Unset = UNSET

    source_app: None | str | Unset = UNSET

    source_machine: None | str | Unset = UNSET

    source_organization: None | str | Unset = UNSET

    storage_object: None | str | Unset = UNSET

    volume: None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.action is not UNSET:
            field_dict["action"] = self.action
        if self.app_feature is not UNSET:
            field_dict["app_feature"] = self.app_feature
        if self.appid is not UNSET:
            field_dict["appid"] = self.appid
        if self.cluster is not UNSET:
            field_dict["cluster"] = self.cluster
        if self.command is not UNSET:
            field_dict["command"] = self.command
        if self.feature is not UNSET:
            field_dict["feature"] = self.feature
        if self.machine is not UNSET:
            field_dict["machine"] = self.machine
        if self.machine_feature is not UNSET:
            field_dict["machine_feature"] = self.machine_feature
        if self.mutation is not UNSET:
            field_dict["mutation"] = self.mutation
        if self.orgid is not UNSET:
            field_dict["orgid"] = self.orgid
        if self.source_app is not UNSET:
            field_dict["sourceApp"] = self.source_app
        if self.source_machine is not UNSET:
            field_dict["sourceMachine"] = self.source_machine
        if self.source_organization is not UNSET:
            field_dict["sourceOrganization"] = self.source_organization
        if self.storage_object is not UNSET:
            field_dict["storage_object"] = self.storage_object
        if self.volume is not UNSET:
            field_dict["volume"] = self.volume
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        authorized_access = cls(
            action=d.pop("action", UNSET),
            app_feature=d.pop("app_feature", UNSET),
            appid=d.pop("appid", UNSET),
            cluster=d.pop("cluster", UNSET),
            command=d.pop("command", UNSET),
            feature=d.pop("feature", UNSET),
            machine=d.pop("machine", UNSET),
            machine_feature=d.pop("machine_feature", UNSET),
            mutation=d.pop("mutation", UNSET),
            orgid=d.pop("orgid", UNSET),
            source_app=d.pop("sourceApp", UNSET),
            source_machine=d.pop("sourceMachine", UNSET),
            source_organization=d.pop("sourceOrganization", UNSET),
            storage_object=d.pop("storage_object", UNSET),
            volume=d.pop("volume", UNSET),
        )
        authorized_access.additional_properties = d
        return authorized_access

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
