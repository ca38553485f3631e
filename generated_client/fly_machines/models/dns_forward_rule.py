from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="DnsForwardRule")


@_attrs_define
class DnsForwardRule:
    """A domain that another name server is asked for."""

    addr: None | str | Unset = UNSET
    """ Address of the name server. """
    basename: None | str | Unset = UNSET
    """ The domain. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        addr: None | str | Unset
        if isinstance(self.addr, Unset):
            addr = UNSET
        else:
            addr = self.addr

        basename: None | str | Unset
        if isinstance(self.basename, Unset):
            basename = UNSET
        else:
            basename = self.basename

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if addr is not UNSET:
            field_dict["addr"] = addr
        if basename is not UNSET:
            field_dict["basename"] = basename

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_addr(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        addr = _parse_addr(d.pop("addr", UNSET))

        def _parse_basename(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        basename = _parse_basename(d.pop("basename", UNSET))

        dns_forward_rule = cls(
            addr=addr,
            basename=basename,
        )

        dns_forward_rule.additional_properties = d
        return dns_forward_rule

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
