from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="TlsOptions")


@_attrs_define
class TlsOptions:
    """Details of the tls handler."""

    alpn: list[str] | None | Unset = UNSET
    """ Protocols to offer, as in `h2`, `http/1.1`. """
    default_self_signed: bool | None | Unset = UNSET
    """ Answer unknown host names with a self-signed certificate. Default: false. """
    versions: list[str] | None | Unset = UNSET
    """ TLS versions to accept, as in `TLSv1.2`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        alpn: list[str] | None | Unset
        if isinstance(self.alpn, Unset):
            alpn = UNSET
        elif isinstance(self.alpn, list):
            alpn = self.alpn

        else:
            alpn = self.alpn

        default_self_signed: bool | None | Unset
        if isinstance(self.default_self_signed, Unset):
            default_self_signed = UNSET
        else:
            default_self_signed = self.default_self_signed

        versions: list[str] | None | Unset
        if isinstance(self.versions, Unset):
            versions = UNSET
        elif isinstance(self.versions, list):
            versions = self.versions

        else:
            versions = self.versions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if alpn is not UNSET:
            field_dict["alpn"] = alpn
        if default_self_signed is not UNSET:
            field_dict["default_self_signed"] = default_self_signed
        if versions is not UNSET:
            field_dict["versions"] = versions

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_alpn(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                alpn_type_0 = cast("list[str]", data)

                return alpn_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        alpn = _parse_alpn(d.pop("alpn", UNSET))

        def _parse_default_self_signed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        default_self_signed = _parse_default_self_signed(d.pop("default_self_signed", UNSET))

        def _parse_versions(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                versions_type_0 = cast("list[str]", data)

                return versions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        versions = _parse_versions(d.pop("versions", UNSET))

        tls_options = cls(
            alpn=alpn,
            default_self_signed=default_self_signed,
            versions=versions,
        )

        tls_options.additional_properties = d
        return tls_options

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
