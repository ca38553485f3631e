from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="AcquireLeaseRequest")


@_attrs_define
class AcquireLeaseRequest:
    """How long a lease is wanted, and what for."""

    description: str | Unset = UNSET
    """ What you are doing; others who want the Machine can read it. """
    ttl: int | Unset = UNSET
    """ Lifetime in seconds. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.ttl is not UNSET:
            field_dict["ttl"] = self.ttl
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        acquire_lease_request = cls(
            description=d.pop("description", UNSET),
            ttl=d.pop("ttl", UNSET),
        )
        acquire_lease_request.additional_properties = d
        return acquire_lease_request

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
