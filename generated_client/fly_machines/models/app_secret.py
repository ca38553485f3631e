from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_json, as_pairs, as_text, as_time

T = TypeVar("T", bound="AppSecret")


@_attrs_define
class AppSecret:
    """A secret, mostly without its value."""

    name: str
    """ Name of the environment variable. """
    created_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was first set. """
    digest: None | str | Unset = UNSET
    """ Short opaque hash: equal values have equal digests. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was last set. """
    value: None | str | Unset = UNSET
    """ The value, if it was asked for and may be read. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("value",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.digest is not UNSET:
            field_dict["digest"] = self.digest
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        if self.value is not UNSET:
            field_dict["value"] = self.value
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app_secret = cls(
            name=d.pop("name"),
            created_at=as_time(d.pop("created_at", UNSET)),
            digest=d.pop("digest", UNSET),
            updated_at=as_time(d.pop("updated_at", UNSET)),
            value=d.pop("value", UNSET),
        )
        app_secret.additional_properties = d
        return app_secret

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
