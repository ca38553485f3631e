from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        action: int | None | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        app_feature: None | str | Unset
        if isinstance(self.app_feature, Unset):
            app_feature = UNSET
        else:
            app_feature = self.app_feature

        appid: int | None | Unset
        if isinstance(self.appid, Unset):
            appid = UNSET
        else:
            appid = self.appid

        cluster: None | str | Unset
        if isinstance(self.cluster, Unset):
            cluster = UNSET
        else:
            cluster = self.cluster

        command: list[str] | None | Unset
        if isinstance(self.command, Unset):
            command = UNSET
        elif isinstance(self.command, list):
            command = self.command

        else:
            command = self.command

        feature: None | str | Unset
        if isinstance(self.feature, Unset):
            feature = UNSET
        else:
            feature = self.feature

        machine: None | str | Unset
        if isinstance(self.machine, Unset):
            machine = UNSET
        else:
            machine = self.machine

        machine_feature: None | str | Unset
        if isinstance(self.machine_feature, Unset):
            machine_feature = UNSET
        else:
            machine_feature = self.machine_feature

        mutation: None | str | Unset
        if isinstance(self.mutation, Unset):
            mutation = UNSET
        else:
            mutation = self.mutation

        orgid: int | None | Unset
        if isinstance(self.orgid, Unset):
            orgid = UNSET
        else:
            orgid = self.orgid

        source_app: None | str | Unset
        if isinstance(self.source_app, Unset):
            source_app = UNSET
        else:
            source_app = self.source_app

        source_machine: None | str | Unset
        if isinstance(self.source_machine, Unset):
            source_machine = UNSET
        else:
            source_machine = self.source_machine

        source_organization: None | str | Unset
        if isinstance(self.source_organization, Unset):
            source_organization = UNSET
        else:
            source_organization = self.source_organization

        storage_object: None | str | Unset
        if isinstance(self.storage_object, Unset):
            storage_object = UNSET
        else:
            storage_object = self.storage_object

        volume: None | str | Unset
        if isinstance(self.volume, Unset):
            volume = UNSET
        else:
            volume = self.volume

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if app_feature is not UNSET:
            field_dict["app_feature"] = app_feature
        if appid is not UNSET:
            field_dict["appid"] = appid
        if cluster is not UNSET:
            field_dict["cluster"] = cluster
        if command is not UNSET:
            field_dict["command"] = command
        if feature is not UNSET:
            field_dict["feature"] = feature
        if machine is not UNSET:
            field_dict["machine"] = machine
        if machine_feature is not UNSET:
            field_dict["machine_feature"] = machine_feature
        if mutation is not UNSET:
            field_dict["mutation"] = mutation
        if orgid is not UNSET:
            field_dict["orgid"] = orgid
        if source_app is not UNSET:
            field_dict["sourceApp"] = source_app
        if source_machine is not UNSET:
            field_dict["sourceMachine"] = source_machine
        if source_organization is not UNSET:
            field_dict["sourceOrganization"] = source_organization
        if storage_object is not UNSET:
            field_dict["storage_object"] = storage_object
        if volume is not UNSET:
            field_dict["volume"] = volume

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_action(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_app_feature(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        app_feature = _parse_app_feature(d.pop("app_feature", UNSET))

        def _parse_appid(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        appid = _parse_appid(d.pop("appid", UNSET))

        def _parse_cluster(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        cluster = _parse_cluster(d.pop("cluster", UNSET))

        def _parse_command(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                command_type_0 = cast("list[str]", data)

                return command_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        command = _parse_command(d.pop("command", UNSET))

        def _parse_feature(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        feature = _parse_feature(d.pop("feature", UNSET))

        def _parse_machine(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        machine = _parse_machine(d.pop("machine", UNSET))

        def _parse_machine_feature(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        machine_feature = _parse_machine_feature(d.pop("machine_feature", UNSET))

        def _parse_mutation(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        mutation = _parse_mutation(d.pop("mutation", UNSET))

        def _parse_orgid(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        orgid = _parse_orgid(d.pop("orgid", UNSET))

        def _parse_source_app(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        source_app = _parse_source_app(d.pop("sourceApp", UNSET))

        def _parse_source_machine(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        source_machine = _parse_source_machine(d.pop("sourceMachine", UNSET))

        def _parse_source_organization(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        source_organization = _parse_source_organization(d.pop("sourceOrganization", UNSET))

        def _parse_storage_object(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        storage_object = _parse_storage_object(d.pop("storage_object", UNSET))

        def _parse_volume(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        volume = _parse_volume(d.pop("volume", UNSET))

        authorized_access = cls(
            action=action,
            app_feature=app_feature,
            appid=appid,
            cluster=cluster,
            command=command,
            feature=feature,
            machine=machine,
            machine_feature=machine_feature,
            mutation=mutation,
            orgid=orgid,
            source_app=source_app,
            source_machine=source_machine,
            source_organization=source_organization,
            storage_object=storage_object,
            volume=volume,
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
