from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.replay_cache_type import ReplayCacheType
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="ReplayCache")


@_attrs_define
class ReplayCache:
    """Requests that go where an earlier one of theirs was replayed to."""

    allow_bypass: bool | None | Unset = UNSET
    """ Let requests ask not to be sent there. Default: false. """
    name: None | str | Unset = UNSET
    """ Name of that cookie or header. """
    path_prefix: None | str | Unset = UNSET
    """ Paths that this is for. """
    ttl_seconds: int | None | Unset = UNSET
    """ Seconds to remember. """
    type_: None | ReplayCacheType | str | Unset = UNSET
    """ What tells requests apart: cookie or header. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.allow_bypass is not UNSET:
            field_dict["allow_bypass"] = self.allow_bypass
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.path_prefix is not UNSET:
            field_dict["path_prefix"] = self.path_prefix
        if self.ttl_seconds is not UNSET:
            field_dict["ttl_seconds"] = self.ttl_seconds
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        replay_cache = cls(
            allow_bypass=d.pop("allow_bypass", UNSET),
            name=d.pop("name", UNSET),
            path_prefix=d.pop("path_prefix", UNSET),
            ttl_seconds=d.pop("ttl_seconds", UNSET),
            type_=as_known(d.pop("type", UNSET), ReplayCacheType),
        )
        replay_cache.additional_properties = d
        return replay_cache

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
