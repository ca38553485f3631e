from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.ip_assignment_type import IpAssignmentType
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_IpAssignmentType = members(IpAssignmentType)
_NAMES = (
    "type",
    "network",
    "org_slug",
    "region",
    "service_name",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateIpAssignmentRequest")


@_attrs_define(repr=False)
class CreateIpAssignmentRequest(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        type_ = self.type_
        d["type"] = type_._value_ if type(type_) is IpAssignmentType else as_json(type_)
        if (network := self.network) is not UNSET:
            d["network"] = network
        if (org_slug := self.org_slug) is not UNSET:
            d["org_slug"] = org_slug
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (service_name := self.service_name) is not UNSET:
            d["service_name"] = service_name
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (type_, self.network, self.org_slug, self.region, self.service_name) = _values(d)
        self.type_ = _IpAssignmentType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
