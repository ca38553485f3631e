from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from . import as_pairs, as_text

T = TypeVar("T", bound="CreateCustomCertificateRequest")


@_attrs_define
class CreateCustomCertificateRequest:
    fullchain: str
    """ Certificate and its intermediates, PEM. """
    hostname: str
    """ Fully qualified host name; `*.example.com` for a wildcard. """
    private_key: str
    """ The certificate's key, PEM. A secret. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("private_key",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["fullchain"] = self.fullchain
        field_dict["hostname"] = self.hostname
        field_dict["private_key"] = self.private_key
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_custom_certificate_request = cls(
            fullchain=d.pop("fullchain"),
            hostname=d.pop("hostname"),
            private_key=d.pop("private_key"),
        )
        create_custom_certificate_request.additional_properties = d
        return create_custom_certificate_request

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
