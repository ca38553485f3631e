from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "created_at",
    "egress",
    "ip",
    "ip_pair",
    "network",
    "region",
    "service_name",
    "shared",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateIpAssignmentResponse")


@_attrs_define(repr=False)
class CreateIpAssignmentResponse(Model[Any]):
    created_at: datetime.datetime | None | str | Unset = UNSET

    egress: bool | None | Unset = UNSET

    ip: None | str | Unset = UNSET

    ip_pair: models.IpPair | None | Unset = UNSET

    network: models.IpAssignmentNetwork | None | Unset = UNSET

    region: None | str | Unset = UNSET

    service_name: None | str | Unset = UNSET

    shared: bool | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (egress := self.egress) is not UNSET:
            d["egress"] = egress
        if (ip := self.ip) is not UNSET:
            d["ip"] = ip
        if (ip_pair := self.ip_pair) is not UNSET:
            d["ip_pair"] = ip_pair.to_dict() if type(ip_pair) is models.IpPair else as_json(ip_pair)
        if (network := self.network) is not UNSET:
            d["network"] = network.to_dict() if type(network) is models.IpAssignmentNetwork else as_json(network)
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (service_name := self.service_name) is not UNSET:
            d["service_name"] = service_name
        if (shared := self.shared) is not UNSET:
            d["shared"] = shared
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (created_at, self.egress, self.ip, ip_pair, network, self.region, self.service_name, self.shared) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.ip_pair = models.IpPair.from_dict(ip_pair) if isinstance(ip_pair, dict) else ip_pair
        self.network = models.IpAssignmentNetwork.from_dict(network) if isinstance(network, dict) else network
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
