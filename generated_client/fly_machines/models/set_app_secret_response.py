from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_json, as_pairs, as_text, as_time

T = TypeVar("T", bound="SetAppSecretResponse")


@_attrs_define
class SetAppSecretResponse:
    created_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was first set. """
    digest: None | str | Unset = UNSET
    """ Short opaque hash of the value. """
    name: None | str | Unset = UNSET
    """ Name of the environment variable. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was last set. """
    value: None | str | Unset = UNSET
    """ The value, if it may be read. """
    version: int | None | Unset = UNSET
    """ Version of the app's secrets, for `min_secrets_version`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("value",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.digest is not UNSET:
            field_dict["digest"] = self.digest
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        if self.value is not UNSET:
            field_dict["value"] = self.value
        if self.version is not UNSET:
            field_dict["version"] = self.version
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        set_app_secret_response = cls(
            created_at=as_time(d.pop("created_at", UNSET)),
            digest=d.pop("digest", UNSET),
            name=d.pop("name", UNSET),
            updated_at=as_time(d.pop("updated_at", UNSET)),
            value=d.pop("value", UNSET),
            version=d.pop("version", UNSET),
        )
        set_app_secret_response.additional_properties = d
        return set_app_secret_response

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
