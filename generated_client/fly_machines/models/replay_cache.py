from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.replay_cache_type import ReplayCacheType
from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        allow_bypass: bool | None | Unset
        if isinstance(self.allow_bypass, Unset):
            allow_bypass = UNSET
        else:
            allow_bypass = self.allow_bypass

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        path_prefix: None | str | Unset
        if isinstance(self.path_prefix, Unset):
            path_prefix = UNSET
        else:
            path_prefix = self.path_prefix

        ttl_seconds: int | None | Unset
        if isinstance(self.ttl_seconds, Unset):
            ttl_seconds = UNSET
        else:
            ttl_seconds = self.ttl_seconds

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, ReplayCacheType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if allow_bypass is not UNSET:
            field_dict["allow_bypass"] = allow_bypass
        if name is not UNSET:
            field_dict["name"] = name
        if path_prefix is not UNSET:
            field_dict["path_prefix"] = path_prefix
        if ttl_seconds is not UNSET:
            field_dict["ttl_seconds"] = ttl_seconds
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_allow_bypass(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        allow_bypass = _parse_allow_bypass(d.pop("allow_bypass", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_path_prefix(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        path_prefix = _parse_path_prefix(d.pop("path_prefix", UNSET))

        def _parse_ttl_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        ttl_seconds = _parse_ttl_seconds(d.pop("ttl_seconds", UNSET))

        def _parse_type_(data: object) -> None | ReplayCacheType | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = ReplayCacheType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | ReplayCacheType | str | Unset", data)

        type_ = _parse_type_(d.pop("type", UNSET))

        replay_cache = cls(
            allow_bypass=allow_bypass,
            name=name,
            path_prefix=path_prefix,
            ttl_seconds=ttl_seconds,
            type_=type_,
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
