from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.app_status import AppStatus
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_AppStatus = members(AppStatus)
_NAMES = (
    "name",
    "id",
    "internal_numeric_id",
    "machine_count",
    "network",
    "network_cidr",
    "organization",
    "status",
    "volume_count",
    "cname_target",
    "app_role",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="App")


@_attrs_define(repr=False)
class App(Model[Any]):
    """An app. Lists hold only id, name, network and counts."""

    name: str
    """ Name, unique in all of Fly.io. """
    id: None | str | Unset = UNSET
    """ Opaque id; paths take the name. """
    internal_numeric_id: int | None | Unset = UNSET
    """ Number used by Fly.io's own tools. """
    machine_count: int | None | Unset = UNSET
    """ Machines that are not destroyed. """
    network: None | str | Unset = UNSET
    """ Private network that its Machines are in; fixed at creation. """
    network_cidr: None | str | Unset = UNSET
    """ Address range of the private network. """
    organization: models.AppOrganization | None | Unset = UNSET
    """ The organization that it belongs to. """
    status: AppStatus | None | str | Unset = UNSET
    """ `pending` until it has a Machine, then `deployed` or `suspended`. """
    volume_count: int | None | Unset = UNSET
    """ Volumes that are not destroyed. """
    cname_target: None | str | Unset = UNSET
    """ Host name that a CNAME record for this app points to. """
    app_role: Any | Unset = UNSET
    """ What the app is for, on platforms that build on Fly.io. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (internal_numeric_id := self.internal_numeric_id) is not UNSET:
            d["internal_numeric_id"] = internal_numeric_id
        if (machine_count := self.machine_count) is not UNSET:
            d["machine_count"] = machine_count
        if (network := self.network) is not UNSET:
            d["network"] = network
        if (network_cidr := self.network_cidr) is not UNSET:
            d["network_cidr"] = network_cidr
        if (organization := self.organization) is not UNSET:
            d["organization"] = (
                organization.to_dict() if type(organization) is models.AppOrganization else as_json(organization)
            )
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is AppStatus else as_json(status)
        if (volume_count := self.volume_count) is not UNSET:
            d["volume_count"] = volume_count
        if (cname_target := self.cname_target) is not UNSET:
            d["cname_target"] = cname_target
        if (app_role := self.app_role) is not UNSET:
            d["app_role"] = app_role
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.name,
            self.id,
            self.internal_numeric_id,
            self.machine_count,
            self.network,
            self.network_cidr,
            organization,
            status,
            self.volume_count,
            self.cname_target,
            self.app_role,
        ) = _values(d)
        self.organization = (
            models.AppOrganization.from_dict(organization) if isinstance(organization, dict) else organization
        )
        self.status = _AppStatus(status, status) if isinstance(status, str) else status
        self._others = None if len(d) == 11 else others(d, _NAMES)
        return self
