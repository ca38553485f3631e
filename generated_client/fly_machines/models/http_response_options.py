from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="HttpResponseOptions")


@_attrs_define
class HttpResponseOptions:
    headers: Any | Unset = UNSET
    """ Headers to set on answers, by name: a text, several, or false to remove it. """
    pristine: bool | None | Unset = UNSET
    """ Add none of the proxy's own headers. Default: false. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        headers = self.headers

        pristine: bool | None | Unset
        if isinstance(self.pristine, Unset):
            pristine = UNSET
        else:
            pristine = self.pristine

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if headers is not UNSET:
            field_dict["headers"] = headers
        if pristine is not UNSET:
            field_dict["pristine"] = pristine

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        headers = d.pop("headers", UNSET)

        def _parse_pristine(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        pristine = _parse_pristine(d.pop("pristine", UNSET))

        http_response_options = cls(
            headers=headers,
            pristine=pristine,
        )

        http_response_options.additional_properties = d
        return http_response_options

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
