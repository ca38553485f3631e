from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        apps: list[str] | None | Unset
        if isinstance(self.apps, Unset):
            apps = UNSET
        elif isinstance(self.apps, list):
            apps = self.apps

        else:
            apps = self.apps

        org_slug: None | str | Unset
        if isinstance(self.org_slug, Unset):
            org_slug = UNSET
        else:
            org_slug = self.org_slug

        organization: None | str | Unset
        if isinstance(self.organization, Unset):
            organization = UNSET
        else:
            organization = self.organization

        restricted_to_machine: None | str | Unset
        if isinstance(self.restricted_to_machine, Unset):
            restricted_to_machine = UNSET
        else:
            restricted_to_machine = self.restricted_to_machine

        source_machine_id: None | str | Unset
        if isinstance(self.source_machine_id, Unset):
            source_machine_id = UNSET
        else:
            source_machine_id = self.source_machine_id

        token_id: None | str | Unset
        if isinstance(self.token_id, Unset):
            token_id = UNSET
        else:
            token_id = self.token_id

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if apps is not UNSET:
            field_dict["apps"] = apps
        if org_slug is not UNSET:
            field_dict["org_slug"] = org_slug
        if organization is not UNSET:
            field_dict["organization"] = organization
        if restricted_to_machine is not UNSET:
            field_dict["restricted_to_machine"] = restricted_to_machine
        if source_machine_id is not UNSET:
            field_dict["source_machine_id"] = source_machine_id
        if token_id is not UNSET:
            field_dict["token_id"] = token_id
        if user is not UNSET:
            field_dict["user"] = user

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_apps(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                apps_type_0 = cast("list[str]", data)

                return apps_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        apps = _parse_apps(d.pop("apps", UNSET))

        def _parse_org_slug(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        org_slug = _parse_org_slug(d.pop("org_slug", UNSET))

        def _parse_organization(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        organization = _parse_organization(d.pop("organization", UNSET))

        def _parse_restricted_to_machine(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        restricted_to_machine = _parse_restricted_to_machine(d.pop("restricted_to_machine", UNSET))

        def _parse_source_machine_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        source_machine_id = _parse_source_machine_id(d.pop("source_machine_id", UNSET))

        def _parse_token_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        token_id = _parse_token_id(d.pop("token_id", UNSET))

        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        user = _parse_user(d.pop("user", UNSET))

        token_info = cls(
            apps=apps,
            org_slug=org_slug,
            organization=organization,
            restricted_to_machine=restricted_to_machine,
            source_machine_id=source_machine_id,
            token_id=token_id,
            user=user,
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
