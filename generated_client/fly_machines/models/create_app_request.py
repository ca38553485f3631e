from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="CreateAppRequest")


@_attrs_define
class CreateAppRequest:
    """A new app."""

    name: str
    """ Name: at most 62 lowercase letters, digits and dashes, unique in all of Fly.io. """
    org_slug: str
    """ Slug of the organization; `personal` is your own. """
    enable_subdomains: bool | Unset = UNSET
    """ Serve subdomains of the app's own host name. Default: false. """
    idempotency_key: str | Unset = UNSET
    """ Key that marks repeats of one request: a second one with the same key, and the same name or none, answers
    the app of the first; with another name it is refused. """
    network: str | Unset = UNSET
    """ Name of a private network of its own. Default: the organization's. Cannot be changed. """
    app_role_id: str | Unset = UNSET
    """ Role to create the app in. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        field_dict["org_slug"] = self.org_slug
        if self.enable_subdomains is not UNSET:
            field_dict["enable_subdomains"] = self.enable_subdomains
        if self.idempotency_key is not UNSET:
            field_dict["idempotency_key"] = self.idempotency_key
        if self.network is not UNSET:
            field_dict["network"] = self.network
        if self.app_role_id is not UNSET:
            field_dict["app_role_id"] = self.app_role_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_app_request = cls(
            name=d.pop("name"),
            org_slug=d.pop("org_slug"),
            enable_subdomains=d.pop("enable_subdomains", UNSET),
            idempotency_key=d.pop("idempotency_key", UNSET),
            network=d.pop("network", UNSET),
            app_role_id=d.pop("app_role_id", UNSET),
        )
        create_app_request.additional_properties = d
        return create_app_request

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
