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
    "ip",
    "created_at",
    "egress",
    "network",
    "region",
    "service_name",
    "shared",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="IpAssignment")


@_attrs_define(repr=False)
class IpAssignment(Model[Any]):
    """An address of an app."""

    ip: str
    """ The address; `fdaa:` ones are private. """
    created_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was assigned; may be null or empty. """
    egress: bool | None | Unset = UNSET
    """ Whether it is for outgoing connections. """
    network: models.IpAssignmentNetwork | None | Unset = UNSET
    """ Private network that it is reachable from. """
    region: None | str | Unset = UNSET
    """ Region, where the address has one. """
    service_name: None | str | Unset = UNSET
    """ Service that it is for, if any. """
    shared: bool | None | Unset = UNSET
    """ Whether other apps have it too. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["ip"] = self.ip
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (egress := self.egress) is not UNSET:
            d["egress"] = egress
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
        (self.ip, created_at, self.egress, network, self.region, self.service_name, self.shared) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.network = models.IpAssignmentNetwork.from_dict(network) if isinstance(network, dict) else network
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
