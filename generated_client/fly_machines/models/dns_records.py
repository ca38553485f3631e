from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "a",
    "aaaa",
    "acme_challenge_cname",
    "cname",
    "ownership_txt",
    "resolved_addresses",
    "soa",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="DnsRecords")


@_attrs_define(repr=False)
class DnsRecords(Model[Any]):
    a: list[str] | None | Unset = UNSET

    aaaa: list[str] | None | Unset = UNSET

    acme_challenge_cname: None | str | Unset = UNSET

    cname: list[str] | None | Unset = UNSET

    ownership_txt: None | str | Unset = UNSET

    resolved_addresses: list[str] | None | Unset = UNSET

    soa: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (a := self.a) is not UNSET:
            d["a"] = a
        if (aaaa := self.aaaa) is not UNSET:
            d["aaaa"] = aaaa
        if (acme_challenge_cname := self.acme_challenge_cname) is not UNSET:
            d["acme_challenge_cname"] = acme_challenge_cname
        if (cname := self.cname) is not UNSET:
            d["cname"] = cname
        if (ownership_txt := self.ownership_txt) is not UNSET:
            d["ownership_txt"] = ownership_txt
        if (resolved_addresses := self.resolved_addresses) is not UNSET:
            d["resolved_addresses"] = resolved_addresses
        if (soa := self.soa) is not UNSET:
            d["soa"] = soa
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.a,
            self.aaaa,
            self.acme_challenge_cname,
            self.cname,
            self.ownership_txt,
            self.resolved_addresses,
            self.soa,
        ) = _values(d)
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
