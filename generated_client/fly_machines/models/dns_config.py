from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.dns_forward_rule import DnsForwardRule
    from ..models.dns_option import DnsOption


T = TypeVar("T", bound="DnsConfig")


@_attrs_define
class DnsConfig:
    """How names are resolved on a Machine."""

    dns_forward_rules: list[DnsForwardRule] | None | Unset = UNSET
    """ Domains that other name servers are asked for. """
    hostname: None | str | Unset = UNSET
    """ Host name of the Machine. Default: its id. """
    hostname_fqdn: None | str | Unset = UNSET
    """ Fully qualified host name of the Machine. """
    nameservers: list[str] | None | Unset = UNSET
    """ Addresses of name servers, instead of Fly.io's. """
    options: list[DnsOption] | None | Unset = UNSET
    """ Options of the resolver. """
    searches: list[str] | None | Unset = UNSET
    """ Domains to look in. """
    skip_registration: bool | None | Unset = UNSET
    """ Leave it out of the private DNS. Default: false. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.dns_forward_rules is not UNSET:
            field_dict["dns_forward_rules"] = as_json(self.dns_forward_rules)
        if self.hostname is not UNSET:
            field_dict["hostname"] = self.hostname
        if self.hostname_fqdn is not UNSET:
            field_dict["hostname_fqdn"] = self.hostname_fqdn
        if self.nameservers is not UNSET:
            field_dict["nameservers"] = self.nameservers
        if self.options is not UNSET:
            field_dict["options"] = as_json(self.options)
        if self.searches is not UNSET:
            field_dict["searches"] = self.searches
        if self.skip_registration is not UNSET:
            field_dict["skip_registration"] = self.skip_registration
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        dns_config = cls(
            dns_forward_rules=as_list(
                d.pop("dns_forward_rules", UNSET), lambda item: as_model(item, models.DnsForwardRule)
            ),
            hostname=d.pop("hostname", UNSET),
            hostname_fqdn=d.pop("hostname_fqdn", UNSET),
            nameservers=d.pop("nameservers", UNSET),
            options=as_list(d.pop("options", UNSET), lambda item: as_model(item, models.DnsOption)),
            searches=d.pop("searches", UNSET),
            skip_registration=d.pop("skip_registration", UNSET),
        )
        dns_config.additional_properties = d
        return dns_config

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
