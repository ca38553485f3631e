from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.alpn is not UNSET:
            field_dict["alpn"] = self.alpn
        if self.default_self_signed is not UNSET:
            field_dict["default_self_signed"] = self.default_self_signed
        if self.versions is not UNSET:
            field_dict["versions"] = self.versions
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        tls_options = cls(
            alpn=d.pop("alpn", UNSET),
            default_self_signed=d.pop("default_self_signed", UNSET),
            versions=d.pop("versions", UNSET),
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
