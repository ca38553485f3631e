from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "dns_forward_rules",
    "hostname",
    "hostname_fqdn",
    "nameservers",
    "options",
    "searches",
    "skip_registration",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="DnsConfig")


@_attrs_define(repr=False)
class DnsConfig(Model[Any]):
    """How names are resolved on a Machine."""

    dns_forward_rules: list[models.DnsForwardRule] | None | Unset = UNSET
    """ Domains that other name servers are asked for. """
    hostname: None | str | Unset = UNSET
    """ Host name of the Machine. Default: its id. """
    hostname_fqdn: None | str | Unset = UNSET
    """ Fully qualified host name of the Machine. """
    nameservers: list[str] | None | Unset = UNSET
    """ Addresses of name servers, instead of Fly.io's. """
    options: list[models.DnsOption] | None | Unset = UNSET
    """ Options of the resolver. """
    searches: list[str] | None | Unset = UNSET
    """ Domains to look in. """
    skip_registration: bool | None | Unset = UNSET
    """ Leave it out of the private DNS. Default: false. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (dns_forward_rules := self.dns_forward_rules) is not UNSET:
            d["dns_forward_rules"] = (
                [each.to_dict() if type(each) is models.DnsForwardRule else as_json(each) for each in dns_forward_rules]
                if type(dns_forward_rules) is list
                else as_json(dns_forward_rules)
            )
        if (hostname := self.hostname) is not UNSET:
            d["hostname"] = hostname
        if (hostname_fqdn := self.hostname_fqdn) is not UNSET:
            d["hostname_fqdn"] = hostname_fqdn
        if (nameservers := self.nameservers) is not UNSET:
            d["nameservers"] = nameservers
        if (options := self.options) is not UNSET:
            d["options"] = (
                [each.to_dict() if type(each) is models.DnsOption else as_json(each) for each in options]
                if type(options) is list
                else as_json(options)
            )
        if (searches := self.searches) is not UNSET:
            d["searches"] = searches
        if (skip_registration := self.skip_registration) is not UNSET:
            d["skip_registration"] = skip_registration
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            dns_forward_rules,
            self.hostname,
            self.hostname_fqdn,
            self.nameservers,
            options,
            self.searches,
            self.skip_registration,
        ) = _values(d)
        self.dns_forward_rules = (
            [models.DnsForwardRule.from_dict(each) if isinstance(each, dict) else each for each in dns_forward_rules]
            if isinstance(dns_forward_rules, list)
            else dns_forward_rules
        )
        self.options = (
            [models.DnsOption.from_dict(each) if isinstance(each, dict) else each for each in options]
            if isinstance(options, list)
            else options
        )
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
