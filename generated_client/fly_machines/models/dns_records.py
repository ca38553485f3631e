from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="DnsRecords")


@_attrs_define
class DnsRecords:
    a: list[str] | None | Unset = UNSET
    aaaa: list[str] | None | Unset = UNSET
    acme_challenge_cname: None | str | Unset = UNSET
    cname: list[str] | None | Unset = UNSET
    ownership_txt: None | str | Unset = UNSET
    resolved_addresses: list[str] | None | Unset = UNSET
    soa: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        a: list[str] | None | Unset
        if isinstance(self.a, Unset):
            a = UNSET
        elif isinstance(self.a, list):
            a = self.a

        else:
            a = self.a

        aaaa: list[str] | None | Unset
        if isinstance(self.aaaa, Unset):
            aaaa = UNSET
        elif isinstance(self.aaaa, list):
            aaaa = self.aaaa

        else:
            aaaa = self.aaaa

        acme_challenge_cname: None | str | Unset
        if isinstance(self.acme_challenge_cname, Unset):
            acme_challenge_cname = UNSET
        else:
            acme_challenge_cname = self.acme_challenge_cname

        cname: list[str] | None | Unset
        if isinstance(self.cname, Unset):
            cname = UNSET
        elif isinstance(self.cname, list):
            cname = self.cname

        else:
            cname = self.cname

        ownership_txt: None | str | Unset
        if isinstance(self.ownership_txt, Unset):
            ownership_txt = UNSET
        else:
            ownership_txt = self.ownership_txt

        resolved_addresses: list[str] | None | Unset
        if isinstance(self.resolved_addresses, Unset):
            resolved_addresses = UNSET
        elif isinstance(self.resolved_addresses, list):
            resolved_addresses = self.resolved_addresses

        else:
            resolved_addresses = self.resolved_addresses

        soa: None | str | Unset
        if isinstance(self.soa, Unset):
            soa = UNSET
        else:
            soa = self.soa

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if a is not UNSET:
            field_dict["a"] = a
        if aaaa is not UNSET:
            field_dict["aaaa"] = aaaa
        if acme_challenge_cname is not UNSET:
            field_dict["acme_challenge_cname"] = acme_challenge_cname
        if cname is not UNSET:
            field_dict["cname"] = cname
        if ownership_txt is not UNSET:
            field_dict["ownership_txt"] = ownership_txt
        if resolved_addresses is not UNSET:
            field_dict["resolved_addresses"] = resolved_addresses
        if soa is not UNSET:
            field_dict["soa"] = soa

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_a(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                a_type_0 = cast("list[str]", data)

                return a_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        a = _parse_a(d.pop("a", UNSET))

        def _parse_aaaa(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                aaaa_type_0 = cast("list[str]", data)

                return aaaa_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        aaaa = _parse_aaaa(d.pop("aaaa", UNSET))

        def _parse_acme_challenge_cname(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        acme_challenge_cname = _parse_acme_challenge_cname(d.pop("acme_challenge_cname", UNSET))

        def _parse_cname(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                cname_type_0 = cast("list[str]", data)

                return cname_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        cname = _parse_cname(d.pop("cname", UNSET))

        def _parse_ownership_txt(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        ownership_txt = _parse_ownership_txt(d.pop("ownership_txt", UNSET))

        def _parse_resolved_addresses(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                resolved_addresses_type_0 = cast("list[str]", data)

                return resolved_addresses_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        resolved_addresses = _parse_resolved_addresses(d.pop("resolved_addresses", UNSET))

        def _parse_soa(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        soa = _parse_soa(d.pop("soa", UNSET))

        dns_records = cls(
            a=a,
            aaaa=aaaa,
            acme_challenge_cname=acme_challenge_cname,
            cname=cname,
            ownership_txt=ownership_txt,
            resolved_addresses=resolved_addresses,
            soa=soa,
        )

        dns_records.additional_properties = d
        return dns_records

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
