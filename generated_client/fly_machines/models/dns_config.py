from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        dns_forward_rules: list[dict[str, Any]] | None | Unset
        if isinstance(self.dns_forward_rules, Unset):
            dns_forward_rules = UNSET
        elif isinstance(self.dns_forward_rules, list):
            dns_forward_rules = []
            for dns_forward_rules_type_0_item_data in self.dns_forward_rules:
                dns_forward_rules_type_0_item = dns_forward_rules_type_0_item_data.to_dict()
                dns_forward_rules.append(dns_forward_rules_type_0_item)

        else:
            dns_forward_rules = self.dns_forward_rules

        hostname: None | str | Unset
        if isinstance(self.hostname, Unset):
            hostname = UNSET
        else:
            hostname = self.hostname

        hostname_fqdn: None | str | Unset
        if isinstance(self.hostname_fqdn, Unset):
            hostname_fqdn = UNSET
        else:
            hostname_fqdn = self.hostname_fqdn

        nameservers: list[str] | None | Unset
        if isinstance(self.nameservers, Unset):
            nameservers = UNSET
        elif isinstance(self.nameservers, list):
            nameservers = self.nameservers

        else:
            nameservers = self.nameservers

        options: list[dict[str, Any]] | None | Unset
        if isinstance(self.options, Unset):
            options = UNSET
        elif isinstance(self.options, list):
            options = []
            for options_type_0_item_data in self.options:
                options_type_0_item = options_type_0_item_data.to_dict()
                options.append(options_type_0_item)

        else:
            options = self.options

        searches: list[str] | None | Unset
        if isinstance(self.searches, Unset):
            searches = UNSET
        elif isinstance(self.searches, list):
            searches = self.searches

        else:
            searches = self.searches

        skip_registration: bool | None | Unset
        if isinstance(self.skip_registration, Unset):
            skip_registration = UNSET
        else:
            skip_registration = self.skip_registration

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if dns_forward_rules is not UNSET:
            field_dict["dns_forward_rules"] = dns_forward_rules
        if hostname is not UNSET:
            field_dict["hostname"] = hostname
        if hostname_fqdn is not UNSET:
            field_dict["hostname_fqdn"] = hostname_fqdn
        if nameservers is not UNSET:
            field_dict["nameservers"] = nameservers
        if options is not UNSET:
            field_dict["options"] = options
        if searches is not UNSET:
            field_dict["searches"] = searches
        if skip_registration is not UNSET:
            field_dict["skip_registration"] = skip_registration

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.dns_forward_rule import DnsForwardRule  # noqa: PLC0415
        from ..models.dns_option import DnsOption  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_dns_forward_rules(data: object) -> list[DnsForwardRule] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                dns_forward_rules_type_0 = []
                _dns_forward_rules_type_0 = data
                for dns_forward_rules_type_0_item_data in _dns_forward_rules_type_0:
                    dns_forward_rules_type_0_item = DnsForwardRule.from_dict(dns_forward_rules_type_0_item_data)

                    dns_forward_rules_type_0.append(dns_forward_rules_type_0_item)

                return dns_forward_rules_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[DnsForwardRule] | None | Unset", data)

        dns_forward_rules = _parse_dns_forward_rules(d.pop("dns_forward_rules", UNSET))

        def _parse_hostname(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        hostname = _parse_hostname(d.pop("hostname", UNSET))

        def _parse_hostname_fqdn(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        hostname_fqdn = _parse_hostname_fqdn(d.pop("hostname_fqdn", UNSET))

        def _parse_nameservers(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                nameservers_type_0 = cast("list[str]", data)

                return nameservers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        nameservers = _parse_nameservers(d.pop("nameservers", UNSET))

        def _parse_options(data: object) -> list[DnsOption] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                options_type_0 = []
                _options_type_0 = data
                for options_type_0_item_data in _options_type_0:
                    options_type_0_item = DnsOption.from_dict(options_type_0_item_data)

                    options_type_0.append(options_type_0_item)

                return options_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[DnsOption] | None | Unset", data)

        options = _parse_options(d.pop("options", UNSET))

        def _parse_searches(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                searches_type_0 = cast("list[str]", data)

                return searches_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        searches = _parse_searches(d.pop("searches", UNSET))

        def _parse_skip_registration(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        skip_registration = _parse_skip_registration(d.pop("skip_registration", UNSET))

        dns_config = cls(
            dns_forward_rules=dns_forward_rules,
            hostname=hostname,
            hostname_fqdn=hostname_fqdn,
            nameservers=nameservers,
            options=options,
            searches=searches,
            skip_registration=skip_registration,
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
