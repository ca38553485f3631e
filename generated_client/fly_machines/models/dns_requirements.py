from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.acme_challenge import AcmeChallenge
    from ..models.ownership_verification import OwnershipVerification


T = TypeVar("T", bound="DnsRequirements")


@_attrs_define
class DnsRequirements:
    """DNS records that the host name needs."""

    a: list[str] | None | Unset = UNSET
    """ IPv4 addresses of the A records. """
    aaaa: list[str] | None | Unset = UNSET
    """ IPv6 addresses of the AAAA records. """
    acme_challenge: AcmeChallenge | None | Unset = UNSET
    """ Record that lets Fly.io obtain certificates, also before traffic moves. """
    cname: None | str | Unset = UNSET
    """ Target of a CNAME record, instead of addresses. """
    ownership: None | OwnershipVerification | Unset = UNSET
    """ Record that proves whose the host name is. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.a is not UNSET:
            field_dict["a"] = self.a
        if self.aaaa is not UNSET:
            field_dict["aaaa"] = self.aaaa
        if self.acme_challenge is not UNSET:
            field_dict["acme_challenge"] = as_json(self.acme_challenge)
        if self.cname is not UNSET:
            field_dict["cname"] = self.cname
        if self.ownership is not UNSET:
            field_dict["ownership"] = as_json(self.ownership)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        dns_requirements = cls(
            a=d.pop("a", UNSET),
            aaaa=d.pop("aaaa", UNSET),
            acme_challenge=as_model(d.pop("acme_challenge", UNSET), models.AcmeChallenge),
            cname=d.pop("cname", UNSET),
            ownership=as_model(d.pop("ownership", UNSET), models.OwnershipVerification),
        )
        dns_requirements.additional_properties = d
        return dns_requirements

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
