from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.ip_assignment_network import IpAssignmentNetwork
    from ..models.ip_pair import IpPair


T = TypeVar("T", bound="CreateIpAssignmentResponse")


@_attrs_define
class CreateIpAssignmentResponse:
    created_at: datetime.datetime | None | str | Unset = UNSET

    egress: bool | None | Unset = UNSET

    ip: None | str | Unset = UNSET

    ip_pair: IpPair | None | Unset = UNSET

    network: IpAssignmentNetwork | None | Unset = UNSET

    region: None | str | Unset = UNSET

    service_name: None | str | Unset = UNSET

    shared: bool | None | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.created_at is not UNSET:
            field_dict["created_at"] = as_json(self.created_at)
        if self.egress is not UNSET:
            field_dict["egress"] = self.egress
        if self.ip is not UNSET:
            field_dict["ip"] = self.ip
        if self.ip_pair is not UNSET:
            field_dict["ip_pair"] = as_json(self.ip_pair)
        if self.network is not UNSET:
            field_dict["network"] = as_json(self.network)
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.service_name is not UNSET:
            field_dict["service_name"] = self.service_name
        if self.shared is not UNSET:
            field_dict["shared"] = self.shared
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_ip_assignment_response = cls(
            created_at=as_time(d.pop("created_at", UNSET)),
            egress=d.pop("egress", UNSET),
            ip=d.pop("ip", UNSET),
            ip_pair=as_model(d.pop("ip_pair", UNSET), models.IpPair),
            network=as_model(d.pop("network", UNSET), models.IpAssignmentNetwork),
            region=d.pop("region", UNSET),
            service_name=d.pop("service_name", UNSET),
            shared=d.pop("shared", UNSET),
        )
        create_ip_assignment_response.additional_properties = d
        return create_ip_assignment_response

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
