from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ip_assignment_type import IpAssignmentType
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="CreateIpAssignmentRequest")


@_attrs_define
class CreateIpAssignmentRequest:
    """The address that is wanted."""

    type_: IpAssignmentType | str
    """ v4 (dedicated, billed), shared_v4, v6, private_v6, or egress_v4, egress_v6 and egress_pair for outgoing
    connections. """
    network: str | Unset = UNSET
    """ Private network of a private_v6 address. Default: the organization's, not the app's. """
    org_slug: str | Unset = UNSET
    """ Organization whose private network a private_v6 address is in. """
    region: str | Unset = UNSET
    """ Region, for addresses that have one. """
    service_name: str | Unset = UNSET
    """ Service that a private_v6 address is for. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["type"] = as_json(self.type_)
        if self.network is not UNSET:
            field_dict["network"] = self.network
        if self.org_slug is not UNSET:
            field_dict["org_slug"] = self.org_slug
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.service_name is not UNSET:
            field_dict["service_name"] = self.service_name
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_ip_assignment_request = cls(
            type_=as_known(d.pop("type"), IpAssignmentType),
            network=d.pop("network", UNSET),
            org_slug=d.pop("org_slug", UNSET),
            region=d.pop("region", UNSET),
            service_name=d.pop("service_name", UNSET),
        )
        create_ip_assignment_request.additional_properties = d
        return create_ip_assignment_request

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
