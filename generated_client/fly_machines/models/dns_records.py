from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.a is not UNSET:
            field_dict["a"] = self.a
        if self.aaaa is not UNSET:
            field_dict["aaaa"] = self.aaaa
        if self.acme_challenge_cname is not UNSET:
            field_dict["acme_challenge_cname"] = self.acme_challenge_cname
        if self.cname is not UNSET:
            field_dict["cname"] = self.cname
        if self.ownership_txt is not UNSET:
            field_dict["ownership_txt"] = self.ownership_txt
        if self.resolved_addresses is not UNSET:
            field_dict["resolved_addresses"] = self.resolved_addresses
        if self.soa is not UNSET:
            field_dict["soa"] = self.soa
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        dns_records = cls(
            a=d.pop("a", UNSET),
            aaaa=d.pop("aaaa", UNSET),
            acme_challenge_cname=d.pop("acme_challenge_cname", UNSET),
            cname=d.pop("cname", UNSET),
            ownership_txt=d.pop("ownership_txt", UNSET),
            resolved_addresses=d.pop("resolved_addresses", UNSET),
            soa=d.pop("soa", UNSET),
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
